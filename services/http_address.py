"""Addresses: what may be asked, how a mirror stands in, and what is never written down."""

import ipaddress
import re
from urllib.parse import SplitResult, quote, urlencode, urljoin, urlsplit

from services.errors import ErrorKind, InputError, SourceError
from services.hosts import HOSTS, HostPolicy

_SECRET = re.compile(r"((?:api_?key|token|key)=)[^&\s'\"]+", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
_HOST_NAME = re.compile(r"[a-z0-9.-]+")


def redact(text: str) -> str:
    """Text with the values of keys and tokens in query strings blotted out."""
    return _SECRET.sub(r"\1***", text)


def host_policy(url: str) -> HostPolicy:
    """How to ask the host of an address; raises NOT_ALLOWED unless it is https and in the table."""
    parts = _split(url)
    if parts is None or parts.scheme != "https" or parts.netloc not in HOSTS:
        raise SourceError(ErrorKind.NOT_ALLOWED, redact(url))
    return HOSTS[parts.netloc]


def with_query(url: str, params: tuple[tuple[str, str], ...]) -> str:
    return f"{url}?{urlencode(params, quote_via=quote)}" if params else url


def is_loopback(host: str | None) -> bool:
    if not host:
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Mirror:
    """Stands in for all hosts: `https://host/path` is asked as `MIRROR/host/path`."""

    def __init__(self, base: str) -> None:
        """Raises InputError unless `base` is an https address, or http on this machine."""
        self._base = base.strip().rstrip("/")
        parts = _split(self._base)
        if parts is None or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
            raise InputError(f"The mirror {base!r} is not an address like https://mirror.example/path.")
        self.is_local = is_loopback(parts.hostname)
        if parts.scheme != "https" and not (parts.scheme == "http" and self.is_local):
            raise InputError(f"The mirror {base!r} must be https; http is for this machine only.")

    def address(self, url: str) -> str:
        """Where an original address is asked."""
        return f"{self._base}/{url.removeprefix('https://')}"

    def original(self, url: str) -> str:
        """The original address of one at the mirror; others are returned as they are."""
        prefix = f"{self._base}/"
        return f"https://{url.removeprefix(prefix)}" if url.startswith(prefix) else url


class Proxy:
    """What requests go through where a person names one: `http://proxy.example.com:8080`."""

    def __init__(self, address: str) -> None:
        """Raises InputError unless it is an http or https address with nothing behind the port."""
        self.address = address.strip().rstrip("/")
        parts = _split(self.address)
        is_plain = parts is not None and parts.hostname and not (parts.path or parts.query or parts.fragment)
        if parts is None or not is_plain or parts.scheme not in ("http", "https") or not _has_port(parts):
            raise InputError(f"The proxy {redact(address)!r} is not an address like http://proxy.example.com:8080.")

    @property
    def by_scheme(self) -> dict[str, str]:
        return {"http": self.address, "https": self.address}


def redirect_target(url: str, location: str, policy: HostPolicy, mirror: Mirror | None) -> str:
    """The original address to which `url` redirects.

    Raises REDIRECT unless it is https and inside the registrable domain of the host that was asked first,
    PROTOCOL where there is no address.
    """
    if not location:
        raise SourceError(ErrorKind.PROTOCOL, "a redirect without an address")
    moved = mirror.original(location) if mirror else location
    try:
        target = urljoin(url, moved)
    except ValueError:
        target = ""
    parts = _split(target)
    host = parts.netloc.lower() if parts and parts.scheme == "https" else ""
    if not _HOST_NAME.fullmatch(host) or not policy.may_redirect_to(host):  # no port, no user name
        raise SourceError(ErrorKind.REDIRECT, f"to {redact(location[:200])!r}")
    return target.partition("#")[0]


def _has_port(parts: SplitResult) -> bool:
    """Whether the port, where one is written, is a number that a port can have."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _split(url: str) -> SplitResult | None:
    """Parts of an address, or None where two parsers might disagree about them."""
    if _UNFIT.search(url):
        return None
    try:
        return urlsplit(url)
    except ValueError:
        return None
