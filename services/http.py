"""The only door to the network: `Http.fetch`.

An answer is complete, unpacked and of the right kind, or a `SourceError` says why not, before the
request's deadline. What makes that necessary: the timeouts of sockets are no deadlines, unpacking has
no bounds of its own, redirects lead anywhere, and a login page comes as 200 and `text/csv`.
"""

import itertools
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind, SourceError
from services.hosts import HostPolicy, user_agent
from services.http_address import Mirror, host_policy, is_loopback, redact, redirect_target, with_query
from services.http_answer import reply_validator, status_error
from services.http_body import Content, read_body, sniff
from services.http_manners import Manners
from services.http_watch import Guard, Watchdog
from services.turn import Turn

if TYPE_CHECKING:
    import ssl

    import requests
    from requests.adapters import HTTPAdapter

    from models.records import Validator  # which loads numpy

__all__ = ["Content", "Http", "Reply", "Request"]

_MIB = 1024 * 1024
_MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_EXCERPT_BYTES = 64 * 1024

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Request:
    """What is asked, always at the original host, even when a mirror answers.

    `url` has no query; that is given by `params`. `deadline_s` bounds all tries and redirects together;
    waiting for the host's turn comes before it.
    """

    url: str
    content: Content
    params: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    validator: "Validator | None" = None
    deadline_s: float = 60.0
    max_wire_bytes: int = 64 * _MIB
    max_body_bytes: int = 256 * _MIB
    tries: int = 3


@dataclass(frozen=True)
class Reply:
    """A complete answer, status 200 or 304.

    `url` is the original address after redirects, with its query; keys and tokens in it are blotted out.
    `headers` have lower-case names. `validator` belongs to the address that was asked; after 304 it is
    the one that was sent, unless the host gave a new one.
    """

    url: str
    status: int
    body: bytes
    headers: Mapping[str, str]
    retrieved_at: datetime
    validator: "Validator | None"
    sha256: str

    @property
    def not_modified(self) -> bool:
        return self.status == 304


class Http:
    """Asks the hosts of `services.hosts`; may be used by several threads at once.

    `mirror` is an address that stands in for all hosts. `proxies` maps schemes to proxies, as
    `urllib.request.getproxies` does; None takes the system's. `contact` goes to hosts that demand one. `moved` says
    for addresses that are known what is asked instead. A thread that has `turn` lends it while it waits for an answer.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        mirror: str | None = None,
        proxies: Mapping[str, str] | None = None,
        contact: str = "",
        moved: Mapping[str, str] | None = None,
        version: str = "",
        tls: "Callable[[], ssl.SSLContext] | None" = None,
        backoff_s: float = 1.0,
    ) -> None:
        """Raises InputError when the mirror cannot be used.

        `tls` makes the settings of encrypted connections, by default those of the system's trust store;
        `backoff_s` is the longest wait before the second try, and half the longest before the third.
        """
        self._clock = clock
        self._mirror = Mirror(mirror) if mirror else None
        self._proxies = proxies
        self._contact = contact
        self._moved = moved or {}
        self._version = version
        self._tls = tls or _system_trust
        is_polite = self._mirror is None or not self._mirror.is_local
        self._manners = Manners(clock, backoff_s=backoff_s, is_polite=is_polite)
        self._watchdog = Watchdog()
        self.turn = Turn()
        self._lock = threading.Lock()
        self._idle: defaultdict[str, list[HTTPAdapter]] = defaultdict(list)
        self._is_closed = False

    def fetch(self, request: Request, cancel: Cancel) -> Reply:
        """One complete answer; raises SourceError only, of the kinds that concern the network or the body.

        A host that failed for good in a way that will not pass at once is not asked again until
        `forget_failures`.
        """
        request = replace(request, url=self._moved.get(request.url, request.url))
        url = with_query(request.url, request.params)
        policy = host_policy(request.url)
        self._manners.raise_if_left_alone(policy.host)
        try:
            with self.turn.lent(cancel):
                return self._with_retries(request, policy, url, cancel)
        except SourceError as error:
            failure = SourceError(error.kind, redact(error.detail), url=redact(url), retry_at=error.retry_at)
        self._manners.remember(policy.host, failure)
        raise failure  # outside of the handler: the libraries' errors quote the address with its keys

    def forget_failures(self) -> None:
        """Lets a new refresh ask every host again, but for those that want to be left alone for longer."""
        self._manners.forget_failures()

    def close(self) -> None:
        """Cuts what is under way and lets go of all connections; nothing can be fetched afterwards."""
        self._watchdog.close()
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, defaultdict(list)
        for adapter in itertools.chain.from_iterable(idle.values()):
            adapter.close()

    def _with_retries(self, request: Request, policy: HostPolicy, url: str, cancel: Cancel) -> Reply:
        headers = self._headers(request, policy)
        self._manners.take_turn(policy.host, policy, cancel)
        deadline = time.monotonic() + request.deadline_s
        for tried in itertools.count(1):
            try:
                return self._try(request, policy, url, headers, deadline, cancel)
            except SourceError as error:
                error.retry_at = self._manners.retry_moment(error, policy)
                pause_s = self._manners.pause_s(error, tried, request.tries)
                if pause_s is None or time.monotonic() + pause_s >= deadline:
                    raise
                _log.debug("%s failed (%s); try %d follows in %.1f s", policy.host, error.kind, tried + 1, pause_s)
            cancel.wait(pause_s)
            self._manners.take_turn(policy.host, policy, cancel)
        raise AssertionError("unreachable")

    def _try(
        self,
        request: Request,
        policy: HostPolicy,
        url: str,
        headers: Mapping[str, str],
        deadline: float,
        cancel: Cancel,
    ) -> Reply:
        """One exchange with its redirects, cut at the deadline, on cancel and on close."""
        from services.http_socket import TRANSPORT_ERRORS, transport_error

        guard = Guard(deadline)
        # The guard ends first: from then on the connection may be another thread's.
        with self._adapter(policy.host) as adapter, self._watchdog.watching(guard, cancel):
            try:
                for _ in range(_MAX_REDIRECTS + 1):
                    with closing(self._send(adapter, policy, url, headers, guard)) as response:
                        if response.status_code not in _REDIRECTS:
                            return self._reply(request, url, response, guard)
                        location = response.headers.get("location", "")
                    url = redirect_target(url, location, policy, self._mirror)
                    self._manners.take_turn(urlsplit(url).netloc, policy, cancel)
            except SourceError:
                guard.check()
                raise
            except TRANSPORT_ERRORS as error:
                guard.check()
                raise transport_error(error) from error
        raise SourceError(ErrorKind.REDIRECT, f"more than {_MAX_REDIRECTS} times")

    def _send(
        self, adapter: "HTTPAdapter", policy: HostPolicy, url: str, headers: Mapping[str, str], guard: Guard
    ) -> "requests.Response":
        """The answer as far as its headers.

        The adapter is used without a Session: that would add passwords from `.netrc`, keep cookies, and
        read the body of every redirect to its end.
        """
        import requests

        address = self._mirror.address(url) if self._mirror else url
        prepared = requests.Request("GET", address, headers=dict(headers)).prepare()
        remaining_s = guard.remaining_s()
        started = time.monotonic()
        response = adapter.send(
            prepared,
            stream=True,
            timeout=(min(policy.connect_s, remaining_s), min(policy.silence_s, remaining_s)),
            proxies=self._proxies_for(address),
        )
        _log.debug("GET %s: %d after %.2f s", redact(address), response.status_code, time.monotonic() - started)
        return response

    def _reply(self, request: Request, url: str, response: "requests.Response", guard: Guard) -> Reply:
        import hashlib  # which loads OpenSSL

        headers = {name.lower(): value for name, value in response.headers.items()}
        status = response.status_code
        body = b""
        if status == 200:
            body = _body(request, headers, response)
            guard.check()  # a body without a length seems complete when the socket was cut
            sniff(request.content, body)
        elif status != 304:
            raise status_error(status, headers, _error_body(headers, response), self._clock.now())
        elif request.validator is None:
            raise SourceError(ErrorKind.PROTOCOL, "HTTP 304 to an unconditional request")
        else:
            response.raw.read()  # nothing; hands the connection back
        validator = reply_validator(redact(with_query(request.url, request.params)), headers)
        return Reply(
            url=redact(url),
            status=status,
            body=body,
            headers=headers,
            retrieved_at=self._clock.now(),
            validator=validator or (request.validator if status == 304 else None),
            sha256=hashlib.sha256(body).hexdigest(),
        )

    def _headers(self, request: Request, policy: HostPolicy) -> dict[str, str]:
        import requests  # a module of it, named first by another thread, would find the package half made

        library = requests.utils.default_user_agent()
        agent = user_agent(policy.agent, version=self._version, contact=self._contact, library=library)
        if agent is None:
            raise SourceError(
                ErrorKind.NOT_ACCEPTED,
                f"{policy.host} wants an e-mail address of whoever asks; enter one as contact in the settings",
            )
        headers = {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
        if request.validator and request.validator.etag:
            headers["If-None-Match"] = request.validator.etag
        if request.validator and request.validator.last_modified:
            headers["If-Modified-Since"] = request.validator.last_modified
        return headers | dict(policy.headers) | dict(request.headers)

    def _proxies_for(self, address: str) -> dict[str, str]:
        import urllib.request

        parts = urlsplit(address)
        if is_loopback(parts.hostname):
            return {}
        if self._proxies is None:
            return {} if urllib.request.proxy_bypass(parts.netloc) else urllib.request.getproxies()
        proxies = dict(self._proxies)
        is_direct = urllib.request.proxy_bypass_environment(parts.netloc, proxies)  # type: ignore[attr-defined]
        return {} if is_direct else proxies

    @contextmanager
    def _adapter(self, host: str) -> Iterator["HTTPAdapter"]:
        """An adapter that no other thread uses meanwhile: they are kept by host, with their open connections.

        None is shared, as one thread's stuck TLS handshake holds the lock of its trust store.
        """
        with self._lock:
            idle = self._idle[host]
            adapter = idle.pop() if idle else None
        adapter = adapter or _new_adapter(self._tls())
        try:
            yield adapter
        finally:
            with self._lock:
                is_closed = self._is_closed
                if not is_closed:
                    self._idle[host].append(adapter)
            if is_closed:
                adapter.close()


def preload() -> None:
    """Loads what the first request would load. It takes a tenth of a second and keeps other threads from running.

    The package before any module of it: another thread that loads it meanwhile would find the module half made.
    """
    for name in ("requests", "truststore", "services.http_socket"):
        import_module(name)


def _body(request: Request, headers: Mapping[str, str], response: "requests.Response") -> bytes:
    announced = headers.get("content-length", "")
    if announced.isdecimal() and len(announced) < 20 and int(announced) > request.max_wire_bytes:
        raise SourceError(ErrorKind.TOO_BIG, f"{announced} bytes announced")
    return read_body(
        response.raw,
        headers.get("content-encoding", ""),
        max_wire_bytes=request.max_wire_bytes,
        max_body_bytes=request.max_body_bytes,
    )


def _error_body(headers: Mapping[str, str], response: "requests.Response") -> bytes:
    """What an error says of itself, or nothing: that it is one is known already."""
    from services.http_socket import TRANSPORT_ERRORS

    encoding = headers.get("content-encoding", "")
    try:
        return read_body(response.raw, encoding, max_wire_bytes=_EXCERPT_BYTES, max_body_bytes=_EXCERPT_BYTES)
    except (SourceError, *TRANSPORT_ERRORS):
        return b""


def _system_trust() -> "ssl.SSLContext":
    """Trusts whom the operating system trusts, and nobody else.

    REQUESTS_CA_BUNDLE and the like are not read: a company's own authority belongs in the system's store.
    """
    import ssl

    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _new_adapter(tls: "ssl.SSLContext") -> "HTTPAdapter":
    """An adapter whose sockets are guarded and whose trust is `tls`, direct and through proxies alike."""
    import requests

    from services.http_socket import POOLS

    class GuardedAdapter(requests.adapters.HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, ssl_context=tls, **kwargs)
            self.poolmanager.pool_classes_by_scheme = POOLS

        def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
            manager = super().proxy_manager_for(proxy, ssl_context=tls, **kwargs)
            manager.pool_classes_by_scheme = POOLS
            return manager

        def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
            conn.cert_reqs = "CERT_REQUIRED"  # and no certificates but those of `tls`

    return GuardedAdapter(pool_connections=2, pool_maxsize=1)
