"""The network door: what is sent, what comes back, and what is never told to anybody."""

import contextlib
import hashlib
import logging
import re
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from models.records import Validator
from services.cancel import Cancel
from services.clock import Clock
from services.errors import SENTENCES, STOPS_HOST, ErrorKind, SourceError
from services.hosts import HOSTS, Agent, user_agent
from services.http import Content, Http, Request
from services.http_answer import reply_validator
from tests.faults.asking import HOST, failed, failure, fetch, header
from tests.faults.server import ETAG, ROWS, FaultServer

NOW = datetime(2017, 6, 16, 20, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
LIBRARY = "python-requests/2"


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture
def http(server: FaultServer) -> Iterator[Http]:
    with contextlib.closing(Http(Clock(NOW), mirror=server.url, backoff_s=0.01, version="1.2")) as opened:
        yield opened


# The answer


@pytest.mark.parametrize("path", ["ok", "ok_gzip", "ok_two_members", "ok_deflate", "ok_raw_deflate", "ok_chunked"])
def test_that_a_body_arrives_whole_however_it_was_sent(http: Http, path: str) -> None:
    reply = fetch(http, path)
    assert (reply.status, reply.body, reply.not_modified) == (200, ROWS, False)
    assert reply.sha256 == hashlib.sha256(ROWS).hexdigest()
    assert timedelta(0) <= reply.retrieved_at - NOW < timedelta(minutes=1)


def test_that_the_first_bytes_count_and_not_the_content_type(http: Http) -> None:
    assert fetch(http, "ok_zip", Content.ZIP).body.startswith(b"PK\x03\x04")
    assert fetch(http, "ok_zip", Content.XLSX).headers["content-type"] == "text/html"
    assert fetch(http, "ok_csv", Content.CSV).body.startswith(b"DATE")
    assert fetch(http, "text", Content.TEXT).status == 200
    assert fetch(http, "ok_bom").body.endswith(ROWS)


def test_that_an_unchanged_body_is_not_sent_again(server: FaultServer, http: Http) -> None:
    first = fetch(http, "conditional")
    assert first.validator == Validator(f"{HOST}/conditional", ETAG, "Fri, 16 Jun 2017 19:30:46 GMT")
    again = http.fetch(Request(f"{HOST}/conditional", Content.JSON, validator=first.validator), Cancel())
    assert again.not_modified
    assert (again.status, again.body, again.validator) == (304, b"", first.validator)
    head = server.heads("conditional")[-1]
    assert header(head, "If-None-Match") == ETAG
    assert header(head, "If-Modified-Since") == "Fri, 16 Jun 2017 19:30:46 GMT"


def test_that_an_unchanged_body_keeps_the_connection(http: Http) -> None:
    validator = fetch(http, "conditional").validator
    for _ in range(3):
        http.fetch(Request(f"{HOST}/conditional", Content.JSON, validator=validator), Cancel())
    assert fetch(http, "ok").status == 200


def test_that_a_validator_that_could_not_be_sent_back_is_not_kept() -> None:
    assert reply_validator("u", {"etag": '"a\x01b"'}) is None
    assert reply_validator("u", {"etag": '"\xe4"', "last-modified": "today"}) == Validator("u", None, "today")
    assert reply_validator("u", {"etag": "x" * 5000}) is None


def test_that_what_a_server_says_of_a_bad_request_is_kept_short(http: Http) -> None:
    detail = failure(http, "400").detail
    assert detail.startswith('HTTP 400: {"errorCode": "query.soql.no-such-column"}')
    assert len(detail) == len("HTTP 400: ") + 300


def test_that_every_kind_of_error_has_a_sentence() -> None:
    assert set(SENTENCES) == set(ErrorKind)


# What is sent


def test_that_each_host_gets_the_user_agent_it_wants(server: FaultServer) -> None:
    wanted = {
        "publicreporting.cftc.gov": r"Aboutface/1\.2",
        "fred.stlouisfed.org": r"python-requests/[\d.]+",
        "query1.finance.yahoo.com": r"Mozilla/5\.0 \(compatible; Aboutface/1\.2\)",
        "api.nasdaq.com": r"Mozilla/5\.0 \(compatible; Aboutface/1\.2\)",
        "data.sec.gov": r"Aboutface/1\.2 Jo Doe jo@example\.org",
    }
    contact = "Jo Doe jo@example.org"
    with contextlib.closing(Http(Clock(), mirror=server.url, version="1.2", contact=contact)) as http:
        for host, pattern in wanted.items():
            fetch(http, "ok", host=f"https://{host}")
            head = server.requests[-1]
            assert re.fullmatch(pattern, header(head, "User-Agent") or ""), host
            assert header(head, "Accept-Encoding") == "gzip, deflate"
    nasdaq = server.heads("api.nasdaq.com")[0]
    assert header(nasdaq, "Origin") == "https://www.nasdaq.com"
    assert sum("jo@example.org" in head for head in server.requests) == 1


@pytest.mark.parametrize("contact", ["", "Jo Doe", "jo@example", "jo@exämple.org", "a@b.org\r\nX-Evil: 1"])
def test_that_a_host_that_wants_a_contact_is_not_asked_without_one(server: FaultServer, contact: str) -> None:
    with contextlib.closing(Http(Clock(), mirror=server.url, contact=contact)) as http:
        error = failure(http, "ok", host="https://data.sec.gov")
    assert error.kind is ErrorKind.NOT_ACCEPTED
    assert "data.sec.gov wants an e-mail address" in error.detail
    assert server.requests == []


def test_that_the_table_of_hosts_is_consistent() -> None:
    for name, policy in HOSTS.items():
        assert name == policy.host == policy.host.lower()
        assert policy.may_redirect_to(policy.host)
        assert policy.domain.count(".") == 1
        assert 0.1 <= policy.min_interval_s <= 15
    assert user_agent(Agent.APP, version="", contact="", library=LIBRARY) == "Aboutface"
    assert user_agent(Agent.LIBRARY, version="", contact="", library=LIBRARY) == LIBRARY


def test_that_the_query_and_extra_headers_are_sent_as_given(server: FaultServer, http: Http) -> None:
    where = "code in('239742','23977A') AND name like 'A&B=%+'"
    asked = Request(f"{HOST}/ok", Content.JSON, (("$where", where), ("$limit", "5")), (("X-App-Token", "abc"),))
    reply = http.fetch(asked, Cancel())
    assert reply.url == f"{HOST}/ok?%24where={quote(where)}&%24limit=5"
    head = server.requests[-1]
    assert head.startswith(f"GET /publicreporting.cftc.gov/ok?%24where={quote(where)}&%24limit=5 ")
    assert header(head, "X-App-Token") == "abc"


def test_that_a_path_that_is_quoted_already_stays_as_it_is(server: FaultServer, http: Http) -> None:
    fetch(http, "v8/%5ERUT/ok")
    assert server.requests[-1].startswith("GET /publicreporting.cftc.gov/v8/%5ERUT/ok ")


def test_that_no_password_and_no_cookie_is_sent(
    server: FaultServer, http: Http, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login canary password canary\n", encoding="ascii")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    fetch(http, "ok_cookie")
    fetch(http, "ok")
    assert header(server.requests[-1], "Authorization") is None
    assert header(server.requests[-1], "Cookie") is None


@pytest.mark.parametrize(
    "url",
    [
        "http://publicreporting.cftc.gov/ok",
        "https://elsewhere.example/ok",
        "https://publicreporting.cftc.gov:8443/ok",
        "https://publicreporting.cftc.gov@elsewhere.example/ok",
        "https://elsewhere.example\\@publicreporting.cftc.gov/ok",
        "file:///etc/passwd",
        "https://[/ok",
        "",
    ],
)
def test_that_only_hosts_of_the_table_are_asked(server: FaultServer, http: Http, url: str) -> None:
    assert failed(http, Request(url, Content.JSON)).kind is ErrorKind.NOT_ALLOWED
    assert server.requests == []


def test_that_importing_the_door_does_not_load_the_libraries() -> None:
    code = (
        "import sys; from services.clock import Clock; from services.http import Http; Http(Clock()).close()\n"
        "print([name for name in ('requests', 'urllib3', 'truststore', 'numpy') if name in sys.modules])"
    )
    output = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert output.strip() == "[]"


MEANWHILE = """
import sys, threading, time
from importlib.abc import MetaPathFinder

begun, preloading = threading.Event(), threading.Event()

class Slow(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "requests.exceptions":
            begun.set()
            preloading.wait(5)
            time.sleep(0.1)

sys.meta_path.insert(0, Slow())
from services import http

def ahead():
    begun.wait(5)
    preloading.set()
    http.preload()

other = threading.Thread(target=ahead)
other.start()
import requests
other.join()
print(requests.adapters.HTTPAdapter.__name__)
"""


def test_that_loading_ahead_leaves_nothing_half_made_for_another_thread() -> None:
    done = subprocess.run([sys.executable, "-c", MEANWHILE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "HTTPAdapter", "")


# Redirects and the mirror


def test_that_a_redirect_inside_the_domain_is_followed(server: FaultServer, http: Http) -> None:
    reply = fetch(http, "redirect", to="https://www.cftc.gov/files/ok?a=1")
    assert (reply.url, reply.body) == ("https://www.cftc.gov/files/ok?a=1", ROWS)
    assert server.requests[-1].startswith("GET /www.cftc.gov/files/ok?a=1 ")
    assert fetch(http, "redirect", to="/resource/ok#part").url == f"{HOST}/resource/ok"
    assert fetch(http, "redirect", to=f"{server.url}/www.cftc.gov/ok").url == "https://www.cftc.gov/ok"


@pytest.mark.parametrize(
    "target",
    [
        "http://www.cftc.gov/ok",
        "https://elsewhere.example/ok",
        "https://cftc.gov.elsewhere.example/ok",
        "https://notcftc.gov/ok",
        "https://user@www.cftc.gov/ok",
        "https://www.cftc.gov:444/ok",
        "//elsewhere.example/ok",
        "http://127.0.0.1:1/ok",
        "file:///etc/passwd",
        "https://[::1/ok",
        "https://elsewhere.example\\.cftc.gov/ok",
    ],
)
def test_that_no_redirect_leads_out_of_the_domain(server: FaultServer, http: Http, target: str) -> None:
    error = failure(http, "redirect", to=target)
    assert error.kind is ErrorKind.REDIRECT
    assert len(server.requests) == 1


def test_that_a_redirect_loop_ends_after_five(server: FaultServer, http: Http) -> None:
    assert failure(http, "redirect_for_ever").kind is ErrorKind.REDIRECT
    assert len(server.requests) == 6


# Trying again, and leaving alone


def test_that_a_passing_fault_is_tried_again(server: FaultServer, http: Http) -> None:
    assert fetch(http, "flaky", times="2").body == ROWS
    assert len(server.heads("flaky")) == 3


def test_that_tries_are_counted_as_asked(server: FaultServer, http: Http) -> None:
    failed(http, Request(f"{HOST}/503", Content.JSON, tries=1))
    assert len(server.requests) == 1


def test_that_a_failed_host_is_left_alone_until_the_next_refresh(server: FaultServer, http: Http) -> None:
    first = failure(http, "503")
    asked = len(server.requests)
    second = failure(http, "ok")
    assert (second.kind, second.url) == (ErrorKind.SERVER, first.url)
    assert second.detail.startswith("not asked again: HTTP 503")
    assert len(server.requests) == asked
    assert fetch(http, "ok", host="https://www.cftc.gov").status == 200
    http.forget_failures()
    assert fetch(http, "ok").status == 200


def test_that_a_missing_file_does_not_stop_its_host(http: Http) -> None:
    for path in ("404", "403", "400", "portal", "empty", "corrupt_gzip", "truncated_length"):
        assert failure(http, path).kind not in STOPS_HOST
    assert fetch(http, "ok").status == 200


def test_that_a_short_wish_for_a_pause_is_granted(server: FaultServer, http: Http) -> None:
    started = time.monotonic()
    assert fetch(http, "429_short").body == ROWS
    assert 0.9 <= time.monotonic() - started < 2.0


@pytest.mark.parametrize(("path", "pause_s"), [("429_huge", 6 * 3600), ("429_date", 90), ("503_later", 120)])
def test_that_a_long_wish_for_a_pause_is_passed_on_at_once(http: Http, path: str, pause_s: float) -> None:
    started = time.monotonic()
    error = failure(http, path)
    assert time.monotonic() - started < 1.0
    assert error.retry_at is not None
    assert error.retry_at - NOW == pytest.approx(timedelta(seconds=pause_s), abs=timedelta(seconds=5))


def test_that_the_pause_of_a_host_that_blocks_for_long_is_known(server: FaultServer, http: Http) -> None:
    error = failure(http, "edge", host="https://query1.finance.yahoo.com")
    assert error.kind is ErrorKind.RATE_LIMITED
    assert error.retry_at is not None and timedelta(minutes=14) < error.retry_at - NOW < timedelta(minutes=16)
    assert len(server.requests) == 1


# Keys


def test_that_keys_are_told_to_the_host_and_to_nobody_else(
    server: FaultServer, http: Http, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reply = fetch(http, "ok", api_key="canary", file_type="json")
    assert "api_key=canary" in server.requests[-1]
    assert reply.url == f"{HOST}/ok?api_key=***&file_type=json"
    assert reply.validator is not None and "canary" not in reply.validator.url
    errors = [failure(http, path, apikey="canary") for path in ("reset", "400", "portal")]
    server.refuse()
    http.forget_failures()
    errors.append(failure(http, "ok", token="canary"))
    assert errors[-1].kind is ErrorKind.OFFLINE
    for error in errors:
        assert "canary" not in "".join(traceback.format_exception(error)) + error.url + error.detail
    assert caplog.records
    assert "canary" not in caplog.text
    assert max(record.levelno for record in caplog.records) == logging.DEBUG


# Several threads


def test_that_several_threads_may_fetch_at_once_and_connections_are_kept(server: FaultServer, http: Http) -> None:
    failures: list[SourceError] = []
    bodies: list[bytes] = []

    def work() -> None:
        for path in 10 * ["ok", "ok_gzip", "ok_chunked"]:
            try:
                bodies.append(fetch(http, path).body)
            except SourceError as error:
                failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert bodies == [ROWS] * 120
    assert server.connections <= 4


def test_that_one_hanging_host_does_not_hold_up_another(http: Http) -> None:
    cancel = Cancel()
    slow = Request("https://www.cftc.gov/hang", Content.JSON)

    def hang() -> None:
        failed(http, slow, cancel)

    thread = threading.Thread(target=hang)
    thread.start()
    started = time.monotonic()
    assert fetch(http, "ok").status == 200
    assert time.monotonic() - started < 1.0
    cancel.cancel()
    thread.join()


def test_that_a_kept_connection_that_the_server_closed_is_replaced(server: FaultServer, http: Http) -> None:
    fetch(http, "ok")
    server.refuse()
    server.open()
    assert fetch(http, "ok").body == ROWS
