"""Short ways to ask, for tests of the network door."""

import re

import pytest

from services.cancel import Cancel
from services.errors import SourceError
from services.http import Content, Http, Reply, Request

HOST = "https://publicreporting.cftc.gov"


def fetch(http: Http, path: str, content: Content = Content.JSON, host: str = HOST, **params: str) -> Reply:
    return http.fetch(Request(f"{host}/{path}", content, tuple(params.items())), Cancel())


def failure(http: Http, path: str, content: Content = Content.JSON, host: str = HOST, **params: str) -> SourceError:
    return failed(http, Request(f"{host}/{path}", content, tuple(params.items())))


def failed(http: Http, request: Request, cancel: Cancel | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        http.fetch(request, cancel or Cancel())
    return caught.value


def header(head: str, name: str) -> str | None:
    """A header's value in a request as it came."""
    found = re.search(rf"^{name}: (.*)\r$", head, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else None
