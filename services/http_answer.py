"""What the status and the headers of an answer mean."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from services.errors import ErrorKind, SourceError
from services.http_body import excerpt, is_web_page

if TYPE_CHECKING:
    from models.records import Validator

MAX_PAUSE = timedelta(hours=6)
"""The longest time for which a host's wish to be left alone is believed."""

_SECONDS = re.compile(r"[+-]?\d+(\.\d*)?")
_MAX_VALIDATOR_CHARACTERS = 1024


def status_error(status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> SourceError:
    """The error for any status but 200 and 304; `body` is what could be read of it."""
    said = f"HTTP {status}: {excerpt(body)}" if body else f"HTTP {status}"
    retry_at = retry_moment(headers, now)
    match status:
        case 204 | 205:
            return SourceError(ErrorKind.EMPTY, said)
        case 403:
            return SourceError(ErrorKind.FORBIDDEN, said)
        case 404:
            return SourceError(ErrorKind.NOT_FOUND, said)
        case 429:
            return SourceError(ErrorKind.RATE_LIMITED, said, retry_at=retry_at)
        case 511:  # Network Authentication Required (RFC 6585, 6)
            return SourceError(ErrorKind.WEB_PAGE, said)
        case _ if 500 <= status < 600:
            return SourceError(ErrorKind.SERVER, said, retry_at=retry_at)
        case _ if 400 <= status < 500:
            return SourceError(ErrorKind.BAD_REQUEST, said)
        case _:
            return SourceError(ErrorKind.WEB_PAGE if is_web_page(body) else ErrorKind.PROTOCOL, said)


def retry_moment(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """`now` plus what Retry-After asks for, between nothing and six hours; None where it says nothing usable.

    A date is read against the server's own clock, as this machine's may be wrong.
    """
    value = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        seconds = float(value)
    else:
        moment = _http_date(value)
        if moment is None:
            return None
        seconds = (moment - (_http_date(headers.get("date", "")) or now)).total_seconds()
    return now + timedelta(seconds=min(max(seconds, 0.0), MAX_PAUSE.total_seconds()))


def _http_date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def reply_validator(url: str, headers: Mapping[str, str]) -> "Validator | None":
    """What the reply gives to ask again with; a value that could not be sent back is left out."""
    from models.records import Validator  # loads numpy, which has no place on the way to the first paint

    etag, last_modified = (_sendable(headers.get(name)) for name in ("etag", "last-modified"))
    return Validator(url, etag, last_modified) if etag or last_modified else None


def _sendable(value: str | None) -> str | None:
    if value and len(value) <= _MAX_VALIDATOR_CHARACTERS and value.isascii() and value.isprintable():
        return value
    return None
