"""What can go wrong on the way to the data, as types that decide what happens next.

Every error carries one plain sentence for people; details stay in `detail`. No word of what
came from outside is ever part of the sentence.
"""

from datetime import datetime
from enum import StrEnum


class ErrorKind(StrEnum):
    """Why a source could not be read; `RETRIED` and `STOPS_HOST` say what follows."""

    OFFLINE = "offline"
    TIMEOUT = "timeout"
    CANCELLED = "cancelled"
    TLS = "tls"
    PROTOCOL = "protocol"
    REDIRECT = "redirect"
    RATE_LIMITED = "rate_limited"
    SERVER = "server"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    BAD_REQUEST = "bad_request"
    TOO_BIG = "too_big"
    TRUNCATED = "truncated"
    BAD_CONTENT = "bad_content"
    WEB_PAGE = "web_page"
    EMPTY = "empty"
    CHANGED_FORMAT = "changed_format"
    IMPLAUSIBLE = "implausible"
    WRONG_DATE = "wrong_date"
    NOT_ACCEPTED = "not_accepted"
    NOT_ALLOWED = "not_allowed"
    NO_KEY = "no_key"


SENTENCES: dict[ErrorKind, str] = {
    ErrorKind.OFFLINE: "The provider could not be reached.",
    ErrorKind.TIMEOUT: "The provider did not answer in time.",
    ErrorKind.CANCELLED: "The refresh was cancelled.",
    ErrorKind.TLS: "The provider's certificate could not be verified, so nothing was downloaded.",
    ErrorKind.PROTOCOL: "The provider's answer was not valid HTTP.",
    ErrorKind.REDIRECT: "The provider sent the request to an address that is not allowed.",
    ErrorKind.RATE_LIMITED: "The provider asks for fewer requests.",
    ErrorKind.SERVER: "The provider reports a fault of its own.",
    ErrorKind.FORBIDDEN: "The provider refused the request.",
    ErrorKind.NOT_FOUND: "The provider no longer has this address.",
    ErrorKind.BAD_REQUEST: "The provider did not understand the request; its columns may have changed.",
    ErrorKind.TOO_BIG: "The answer was far larger than it should be and was cut off.",
    ErrorKind.TRUNCATED: "The connection broke before the whole answer had arrived.",
    ErrorKind.BAD_CONTENT: "The answer could not be read.",
    ErrorKind.WEB_PAGE: "The provider sent a web page instead of data.",
    ErrorKind.EMPTY: "The answer was empty.",
    ErrorKind.CHANGED_FORMAT: "The provider's file has changed its form.",
    ErrorKind.IMPLAUSIBLE: "The figures do not fit what was known before and were set aside.",
    ErrorKind.WRONG_DATE: "The provider sent another date than was asked for.",
    ErrorKind.NOT_ACCEPTED: "The terms of this source have not been accepted.",
    ErrorKind.NOT_ALLOWED: "The address is not one that the app may ask.",
    ErrorKind.NO_KEY: "This source needs a key of your own, and none was entered.",
}

RETRIED = frozenset(
    {ErrorKind.OFFLINE, ErrorKind.TIMEOUT, ErrorKind.SERVER, ErrorKind.RATE_LIMITED, ErrorKind.TRUNCATED}
)
STOPS_HOST = frozenset({ErrorKind.OFFLINE, ErrorKind.TIMEOUT, ErrorKind.SERVER, ErrorKind.RATE_LIMITED, ErrorKind.TLS})


class SourceError(Exception):
    """A source could not be read. The figures held stay as they were.

    `retry_at` is the moment before which the host does not want to be asked again.
    """

    def __init__(self, kind: ErrorKind, detail: str = "", *, url: str = "", retry_at: datetime | None = None) -> None:
        super().__init__(f"{kind}: {detail}" if detail else str(kind))
        self.kind = kind
        self.detail = detail
        self.url = url
        self.retry_at = retry_at

    @property
    def sentence(self) -> str:
        return SENTENCES[self.kind]


class ArchiveError(Exception):
    """The archive cannot be used as asked; the message is a sentence for people."""


class ArchiveLocked(ArchiveError):
    """Another instance holds the archive for writing."""


class ArchiveUnwritable(ArchiveError):
    """The data folder cannot be written to; what is held may still be read."""


class ArchiveTooNew(ArchiveError):
    """The archive was written by a newer version of the app and is left alone."""


class InputError(Exception):
    """A file, setting or argument of the user's cannot be used; the message says where and why."""
