"""Whether a newer version is out, asked of a server on this machine that stands in for the place of the releases."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from models.version import VERSION
from services import releases
from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind, SourceError
from services.http import Http

ADDRESS = "https://api.github.com/repos/owner/aboutface/releases/latest"
PATH = ADDRESS.removeprefix("https:/")


@pytest.fixture
def http(httpserver: HTTPServer) -> Iterator[Http]:
    with contextlib.closing(Http(Clock(), mirror=httpserver.url_for("/"), version=VERSION, backoff_s=0.01)) as made:
        yield made


def answer(httpserver: HTTPServer, body: str, status: int = 200) -> None:
    httpserver.expect_request(PATH).respond_with_data(body, status, content_type="application/json")


def later(places: str) -> str:
    """This version with its first, second or third number raised by one."""
    numbers = [int(number) for number in VERSION.split(".")]
    numbers["abc".index(places)] += 1
    return ".".join(map(str, numbers))


@pytest.mark.parametrize("place", "abc")
@pytest.mark.parametrize("prefix", ["v", ""])
def test_that_a_newer_version_is_named(httpserver: HTTPServer, http: Http, place: str, prefix: str) -> None:
    answer(httpserver, json.dumps({"tag_name": f"{prefix}{later(place)}", "html_url": "javascript:alert(1)"}))
    assert releases.newer_version(http, ADDRESS, Cancel()) == later(place)


@pytest.mark.parametrize("tag", [f"v{VERSION}", VERSION, "0.0.1"])
def test_that_the_same_and_an_older_version_are_no_news(httpserver: HTTPServer, http: Http, tag: str) -> None:
    answer(httpserver, json.dumps({"tag_name": tag}))
    assert releases.newer_version(http, ADDRESS, Cancel()) is None


def test_that_versions_are_compared_as_numbers(
    httpserver: HTTPServer, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "VERSION", "0.9.0")
    answer(httpserver, json.dumps({"tag_name": "v0.10.0"}))
    assert releases.newer_version(http, ADDRESS, Cancel()) == "0.10.0"


@pytest.mark.parametrize(
    "body",
    ["[]", "{}", '{"tag_name": 2}', '{"tag_name": "nightly"}', '{"tag_name": "v1.2.3 <b>now</b>"}', '{"tag_name": "v1'],
)
def test_that_an_answer_without_a_version_is_no_news(httpserver: HTTPServer, http: Http, body: str) -> None:
    answer(httpserver, body)
    with pytest.raises(SourceError) as caught:
        releases.newer_version(http, ADDRESS, Cancel())
    assert caught.value.kind is ErrorKind.BAD_CONTENT


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (404, "{}", ErrorKind.NOT_FOUND),
        (503, "", ErrorKind.SERVER),
        (200, "<html>Log in</html>", ErrorKind.WEB_PAGE),
        (200, '{"body": "' + "x" * 300_000 + '"}', ErrorKind.TOO_BIG),
    ],
)
def test_that_what_goes_wrong_on_the_way_has_its_kind(
    httpserver: HTTPServer, http: Http, status: int, body: str, kind: ErrorKind
) -> None:
    answer(httpserver, body, status)
    with pytest.raises(SourceError) as caught:
        releases.newer_version(http, ADDRESS, Cancel())
    assert caught.value.kind is kind


@pytest.mark.parametrize(
    "address",
    [
        "http://api.github.com/repos/owner/aboutface/releases/latest",
        "https://api.github.com.example/repos/owner/aboutface/releases/latest",
        "https://api.github.com/repos/owner/aboutface/releases/latest?x=1",
        "https://api.github.com/repos/owner/aboutface/contents/README.md",
        "",
    ],
)
def test_that_no_other_address_is_ever_asked(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "releases.txt"
    monkeypatch.setattr(releases, "ADDRESS_FILE", file)
    assert releases.address() == ""
    file.write_text(f"{address}\n", "utf-8")
    assert releases.address() == ""
    file.write_text(f"{ADDRESS}\n", "utf-8")
    assert releases.address() == ADDRESS


def test_that_the_page_is_made_of_the_address_and_not_of_the_answer() -> None:
    assert releases.page_of(ADDRESS) == "https://github.com/owner/aboutface/releases"
    with pytest.raises(ValueError, match="no address"):
        releases.page_of("https://example.org/")


def test_that_the_source_tree_has_no_place_of_releases() -> None:
    assert releases.address() == ""
