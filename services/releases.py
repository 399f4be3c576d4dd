"""Whether a newer version of the app is out: one small question to the place of its releases, for those who want it.

The build says where that is, in a file beside this one; a build that names no place, like the source tree, never asks.
"""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from models.version import VERSION
from services import strict_json
from services.cancel import Cancel
from services.errors import ErrorKind, SourceError

if TYPE_CHECKING:
    from services.http import Http

HOST = "api.github.com"
ADDRESS_FILE = Path(__file__).with_name("releases.txt")

_ADDRESS = re.compile(rf"https://{re.escape(HOST)}/repos/([\w.-]+/[\w.-]+)/releases/latest")
_VERSION = re.compile(r"v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})", re.ASCII)
_MOST_BYTES = 256 * 1024
_DEADLINE_S = 15.0


def address() -> str:
    """Where this build's releases are asked for, "" where it has none."""
    try:
        held = ADDRESS_FILE.read_text("utf-8").strip()
    except FileNotFoundError:
        return ""
    return held if is_address(held) else ""


def is_address(text: str) -> bool:
    """Whether this is the address of a repository's latest release at `HOST`, the only kind that is ever asked."""
    return _ADDRESS.fullmatch(text) is not None


def page_of(asked: str) -> str:
    """The page on which people find the releases; what the answer says of addresses is never opened."""
    found = _ADDRESS.fullmatch(asked)
    if found is None:
        raise ValueError(f"{asked!r} is no address of releases")
    return f"https://github.com/{found[1]}/releases"


def newer_version(http: "Http", asked: str, cancel: Cancel) -> str | None:
    """The newest released version where it is newer than this one, else None; raises SourceError."""
    from services.http import Content, Request

    request = Request(
        asked, Content.JSON, deadline_s=_DEADLINE_S, max_wire_bytes=_MOST_BYTES, max_body_bytes=_MOST_BYTES
    )
    answer = strict_json.load(http.fetch(request, cancel).body)
    tag = answer.get("tag_name") if isinstance(answer, dict) else None
    found = _VERSION.fullmatch(tag) if isinstance(tag, str) else None
    own = _VERSION.fullmatch(VERSION)
    assert own is not None
    if found is None:
        raise SourceError(ErrorKind.BAD_CONTENT, "the answer names no version", url=asked)
    newest = tuple(map(int, found.groups()))
    return ".".join(map(str, newest)) if newest > tuple(map(int, own.groups())) else None
