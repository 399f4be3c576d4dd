"""The door to the network opens as a person has set it."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytest_httpserver import HTTPServer

from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind, InputError, SourceError
from services.network import open_http
from services.settings import Settings
from services.sources import fedboard
from tests.faults.server import FaultServer

NOW = datetime(2026, 9, 25, 23, tzinfo=UTC)
MOVED = "https://www.federalreserve.gov/econres/notes/feds-notes/ebp_2026.csv"
BODY = "date,gz_spread,ebp\n2026-08-01,1.1,-0.2\n"


@pytest.mark.parametrize(("setting", "path"), [("", "ebp_csv.csv"), (MOVED, "ebp_2026.csv")])
def test_that_the_boards_file_is_asked_where_it_is_said_to_be(httpserver: HTTPServer, setting: str, path: str) -> None:
    folder = "/www.federalreserve.gov/econres/notes/feds-notes/"
    httpserver.expect_request(folder + path).respond_with_data(BODY, content_type="text/csv")
    settings = Settings(board_file=setting)
    with closing(open_http(Clock(NOW), settings, httpserver.url_for("").rstrip("/"))) as http:
        reply = http.fetch(fedboard.SOURCE.files[0].request, Cancel())
    assert reply.body.decode() == BODY
    assert reply.url.endswith(path)


def test_that_requests_go_through_the_proxy_that_is_set() -> None:
    with FaultServer() as server:
        settings = Settings(proxy=server.url)
        with closing(open_http(Clock(NOW), settings, None)) as http, pytest.raises(SourceError) as caught:
            http.fetch(replace(fedboard.SOURCE.files[0].request, tries=1), Cancel())
        assert server.requests[0].startswith("CONNECT www.federalreserve.gov:443")
    assert caught.value.kind is ErrorKind.OFFLINE


@pytest.mark.parametrize(
    "address", ["ebp.csv", "http://www.federalreserve.gov/ebp.csv", "https://example.com/ebp.csv", "https://"]
)
def test_that_another_place_is_no_place_of_the_boards_file(address: str) -> None:
    with pytest.raises(InputError, match=r"is no address of a file at https://www\.federalreserve\.gov"):
        open_http(Clock(NOW), Settings(board_file=address), None)
