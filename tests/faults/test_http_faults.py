"""What each fault on the way becomes: one typed error, in bounded time, with nothing left behind."""

import contextlib
import gc
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind, SourceError
from services.http import Content, Http, Request
from tests.faults.asking import HOST, failed
from tests.faults.certificates import client_tls, server_tls
from tests.faults.server import FAULTS, ROWS, FaultServer

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture
def http(server: FaultServer) -> Iterator[Http]:
    with contextlib.closing(Http(Clock(), mirror=server.url, backoff_s=0.01)) as opened:
        yield opened


def request(fault: str, content: Content = Content.JSON, deadline_s: float = 10.0, **params: str) -> Request:
    return Request(f"{HOST}/resource/{fault}", content, tuple(params.items()), deadline_s=deadline_s)


KINDS = [
    ("hang", ErrorKind.TIMEOUT, 1),
    ("hang_in_body", ErrorKind.TIMEOUT, 1),
    ("slow_status", ErrorKind.TIMEOUT, 1),
    ("slow_headers", ErrorKind.TIMEOUT, 1),
    ("slow_body", ErrorKind.TIMEOUT, 1),
    ("slow_chunks", ErrorKind.TIMEOUT, 1),
    ("slow_without_length", ErrorKind.TIMEOUT, 1),
    ("many_interim", ErrorKind.TIMEOUT, 1),
    ("endless", ErrorKind.TOO_BIG, 1),
    ("huge_announced", ErrorKind.TOO_BIG, 1),
    ("gzip_bomb", ErrorKind.TOO_BIG, 1),
    ("truncated_length", ErrorKind.TRUNCATED, 3),
    ("truncated_chunks", ErrorKind.TRUNCATED, 3),
    ("broken_chunk", ErrorKind.TRUNCATED, 3),
    ("truncated_gzip", ErrorKind.TRUNCATED, 3),
    ("truncated_gzip_without_length", ErrorKind.TRUNCATED, 3),
    ("reset", ErrorKind.TRUNCATED, 3),
    ("reset_in_body", ErrorKind.TRUNCATED, 3),
    ("closed", ErrorKind.TRUNCATED, 3),
    ("corrupt_gzip", ErrorKind.BAD_CONTENT, 1),
    ("wrong_checksum", ErrorKind.BAD_CONTENT, 1),
    ("unknown_encoding", ErrorKind.BAD_CONTENT, 1),
    ("text", ErrorKind.BAD_CONTENT, 1),
    ("binary", ErrorKind.BAD_CONTENT, 1),
    ("ok_zip", ErrorKind.BAD_CONTENT, 1),
    ("portal", ErrorKind.WEB_PAGE, 1),
    ("portal_that_lies", ErrorKind.WEB_PAGE, 1),
    ("portal_511", ErrorKind.WEB_PAGE, 1),
    ("challenge_202", ErrorKind.WEB_PAGE, 1),
    ("empty", ErrorKind.EMPTY, 1),
    ("blank", ErrorKind.EMPTY, 1),
    ("empty_gzip", ErrorKind.EMPTY, 1),
    ("204", ErrorKind.EMPTY, 1),
    ("400", ErrorKind.BAD_REQUEST, 1),
    ("401", ErrorKind.BAD_REQUEST, 1),
    ("403", ErrorKind.FORBIDDEN, 1),
    ("404", ErrorKind.NOT_FOUND, 1),
    ("edge", ErrorKind.RATE_LIMITED, 3),
    ("429", ErrorKind.RATE_LIMITED, 3),
    ("429_negative", ErrorKind.RATE_LIMITED, 3),
    ("429_garbage", ErrorKind.RATE_LIMITED, 3),
    ("429_huge", ErrorKind.RATE_LIMITED, 1),
    ("429_date", ErrorKind.RATE_LIMITED, 1),
    ("500", ErrorKind.SERVER, 3),
    ("503", ErrorKind.SERVER, 3),
    ("503_later", ErrorKind.SERVER, 1),
    ("garbage_status", ErrorKind.PROTOCOL, 1),
    ("wrong_status", ErrorKind.PROTOCOL, 1),
    ("long_header", ErrorKind.PROTOCOL, 1),
    ("300_headers", ErrorKind.PROTOCOL, 1),
    ("two_lengths", ErrorKind.PROTOCOL, 1),
    ("unasked_304", ErrorKind.PROTOCOL, 1),
    ("redirect_for_ever", ErrorKind.REDIRECT, 6),
    ("redirect_nowhere", ErrorKind.PROTOCOL, 1),
]
WITH_A_GOOD_END = {name for name in FAULTS if name.startswith("ok")} | {
    "conditional",
    "redirect",
    "429_short",
    "flaky",
    "headers_without_colon",
}


@pytest.mark.parametrize(("fault", "kind", "requests"), KINDS, ids=[row[0] for row in KINDS])
def test_that_each_fault_has_its_kind_and_its_requests_and_the_next_answer_is_good(
    server: FaultServer, http: Http, fault: str, kind: ErrorKind, requests: int
) -> None:
    http.fetch(request("ok"), Cancel())  # loads the libraries
    started = time.monotonic()
    error = failed(http, request(fault, deadline_s=0.4 if kind is ErrorKind.TIMEOUT else 10.0))
    elapsed_s = time.monotonic() - started
    assert error.kind is kind
    assert error.url == f"{HOST}/resource/{fault}"
    assert len(server.heads(fault)) == requests
    if kind is ErrorKind.TIMEOUT:
        assert 0.39 <= elapsed_s <= 0.6
    http.forget_failures()
    assert http.fetch(request("ok"), Cancel()).body == ROWS


def test_that_no_fault_of_the_server_is_left_out() -> None:
    assert {row[0] for row in KINDS} | WITH_A_GOOD_END == set(FAULTS)


def test_that_a_failed_refresh_does_not_wait_long_between_its_tries(server: FaultServer) -> None:
    with contextlib.closing(Http(Clock(), mirror=server.url)) as http:
        started = time.monotonic()
        assert failed(http, request("503")).kind is ErrorKind.SERVER
        assert 1.4 <= time.monotonic() - started <= 3.5


def test_that_a_host_that_refuses_connections_is_offline() -> None:
    with FaultServer() as server:
        server.refuse()
        with contextlib.closing(Http(Clock(), mirror=server.url, backoff_s=0.01)) as http:
            error = failed(http, request("ok"))
            assert (error.kind, error.retry_at) == (ErrorKind.OFFLINE, None)
            server.open()
            http.forget_failures()
            assert http.fetch(request("ok"), Cancel()).status == 200


def test_that_a_host_without_an_address_is_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_address(*args: object, **kwargs: object) -> list[object]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_address)
    with contextlib.closing(Http(Clock(), proxies={}, backoff_s=0.01)) as http:
        assert failed(http, request("ok")).kind is ErrorKind.OFFLINE


def test_that_a_flapping_network_brings_whole_answers_or_typed_errors() -> None:
    good, bad = 0, set()
    with FaultServer() as server, contextlib.closing(Http(Clock(), mirror=server.url, backoff_s=0.02)) as http:
        end = time.monotonic() + 2.0
        over = threading.Event()

        def flap() -> None:
            while not over.wait(0.1):
                server.refuse()
                over.wait(0.1)
                server.open()

        flapping = threading.Thread(target=flap)
        flapping.start()
        while time.monotonic() < end:
            http.forget_failures()
            try:
                assert http.fetch(request("ok", tries=""), Cancel()).body == ROWS
                good += 1
            except SourceError as error:
                bad.add(error.kind)
        over.set()
        flapping.join()
        http.forget_failures()
        assert http.fetch(request("ok"), Cancel()).body == ROWS
    assert good > 5
    assert bad <= {ErrorKind.OFFLINE, ErrorKind.TRUNCATED}


# Cancelling


@pytest.fixture
def full_listener() -> Iterator[str]:
    """An address whose queue is full, so that connecting to it takes for ever."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def cancelled_after(http: Http, asked: Request, delay_s: float = 0.2) -> float:
    """Seconds from the cancelling to the return."""
    cancel = Cancel()
    moments: list[float] = []

    def stop() -> None:
        moments.append(time.monotonic())
        cancel.cancel()

    timer = threading.Timer(delay_s, stop)
    timer.start()
    assert failed(http, asked, cancel).kind is ErrorKind.CANCELLED
    timer.join()
    return time.monotonic() - moments[0]


@pytest.mark.parametrize("fault", ["hang", "hang_in_body", "slow_headers", "slow_body", "slow_without_length"])
def test_that_cancel_cuts_what_is_on_the_wire(http: Http, fault: str) -> None:
    http.fetch(request("ok"), Cancel())  # so that the connection is one that was kept
    assert cancelled_after(http, request(fault)) < 0.5


def test_that_cancel_ends_the_wait_for_the_next_try(server: FaultServer) -> None:
    with contextlib.closing(Http(Clock(), mirror=server.url, backoff_s=4.0)) as http:
        assert cancelled_after(http, request("503")) < 0.5


def test_that_cancel_ends_a_pending_connect(full_listener: str) -> None:
    with contextlib.closing(Http(Clock(), mirror=full_listener)) as http:
        assert cancelled_after(http, request("ok")) < 0.5


def test_that_a_pending_connect_ends_at_the_deadline(full_listener: str) -> None:
    with contextlib.closing(Http(Clock(), mirror=full_listener)) as http:
        started = time.monotonic()
        assert failed(http, request("ok", deadline_s=0.4)).kind is ErrorKind.TIMEOUT
        assert time.monotonic() - started <= 0.7


def test_that_cancel_ends_a_silent_handshake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mirror = f"https://127.0.0.1:{silent.getsockname()[1]}"
        with contextlib.closing(Http(Clock(), mirror=mirror)) as http:
            assert cancelled_after(http, request("ok")) < 0.5
            started = time.monotonic()
            assert failed(http, request("ok", deadline_s=0.4)).kind is ErrorKind.TIMEOUT
            assert time.monotonic() - started <= 0.6


def test_that_cancel_does_not_wait_for_a_silent_name_server(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def silent(*args: object, **kwargs: object) -> list[object]:
        answered.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", silent)
    with contextlib.closing(Http(Clock(), proxies={})) as http:
        assert cancelled_after(http, request("ok")) < 0.5
    answered.set()
    for thread in threading.enumerate():
        if thread.name == "http-look-up":
            thread.join()


def test_that_nothing_is_asked_once_cancelled(server: FaultServer, http: Http) -> None:
    cancel = Cancel()
    cancel.cancel()
    before = len(server.requests)
    assert failed(http, request("ok"), cancel).kind is ErrorKind.CANCELLED
    assert len(server.requests) == before


def test_that_a_cancelled_request_does_not_stop_its_host(http: Http) -> None:
    cancelled_after(http, request("hang"))
    assert http.fetch(request("ok"), Cancel()).status == 200


def test_that_closing_cuts_what_is_under_way(server: FaultServer) -> None:
    http = Http(Clock(), mirror=server.url)
    timer = threading.Timer(0.2, http.close)
    timer.start()
    started = time.monotonic()
    assert failed(http, request("hang")).kind is ErrorKind.CANCELLED
    assert time.monotonic() - started < 0.7
    timer.join()
    assert failed(http, request("ok")).kind is ErrorKind.CANCELLED


# Nothing left behind


def own_threads() -> set[str]:
    return {thread.name for thread in threading.enumerate() if thread.name.startswith("http-")}


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted where /proc lists them")
def test_that_faults_leave_no_threads_and_no_open_sockets() -> None:
    gc.collect()  # what tests before have left
    files = open_files()
    with FaultServer() as server:
        http = Http(Clock(), mirror=server.url, backoff_s=0.001)
        assert own_threads() == set()
        for fault, kind, _ in 3 * [row for row in KINDS if row[0] not in {"endless", "gzip_bomb"}]:
            http.forget_failures()
            failed(http, request(fault, deadline_s=0.05 if kind is ErrorKind.TIMEOUT else 5.0))
            assert own_threads() == {"http-watchdog"}
        http.close()
    assert own_threads() == set()
    assert open_files() <= files


BOMB_IN_A_CHILD = """
import resource, sys
from services.cancel import Cancel
from services.clock import Clock
from services.errors import SourceError
from services.http import Content, Http, Request

http = Http(Clock(), mirror=sys.argv[1])
ask = lambda fault: http.fetch(Request(f"https://publicreporting.cftc.gov/{fault}", Content.JSON), Cancel())
ask("ok_gzip")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    ask(sys.argv[2])
except SourceError as error:
    print(error.kind, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
http.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in KiB on Linux")
def test_that_a_decompression_bomb_does_not_grow_the_memory(server: FaultServer) -> None:
    command = [sys.executable, "-c", BOMB_IN_A_CHILD, server.url, "gzip_bomb"]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60).stdout
    kind, grown_kib = output.split()
    assert kind == ErrorKind.TOO_BIG
    assert int(grown_kib) < 60 * 1024


# Certificates


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


def test_that_a_trusted_certificate_is_accepted(ca: trustme.CA) -> None:
    with (
        FaultServer(tls=server_tls(ca, "localhost")) as server,
        contextlib.closing(Http(Clock(), mirror=server.url, tls=client_tls(ca))) as http,
    ):
        assert http.fetch(request("ok_gzip"), Cancel()).body == ROWS


BAD_CERTIFICATES: dict[str, Callable[[trustme.CA], ssl.SSLContext]] = {
    "of an unknown authority": lambda ca: server_tls(trustme.CA(), "localhost"),
    "of another host": lambda ca: server_tls(ca, "other.example"),
    "expired": lambda ca: server_tls(ca, "localhost", not_after=datetime(2021, 1, 1, tzinfo=UTC)),
}


@pytest.mark.parametrize("bad", BAD_CERTIFICATES)
def test_that_a_bad_certificate_is_refused_at_once(ca: trustme.CA, bad: str) -> None:
    with FaultServer(tls=BAD_CERTIFICATES[bad](ca)) as server:
        with contextlib.closing(Http(Clock(), mirror=server.url, tls=client_tls(ca))) as http:
            error = failed(http, request("ok"))
            assert error.kind is ErrorKind.TLS
            assert "certificate verify failed" in error.detail
            assert failed(http, request("ok")).detail.startswith("not asked again")
        assert server.requests == []


def test_that_no_answer_is_taken_from_a_server_that_does_not_encrypt() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            sock, _ = listener.accept()
            with sock:
                sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                sock.recv(65536)

        serving = threading.Thread(target=serve)
        serving.start()
        mirror = f"https://127.0.0.1:{listener.getsockname()[1]}"
        with contextlib.closing(Http(Clock(), mirror=mirror)) as http:
            assert failed(http, request("ok")).kind is ErrorKind.TLS
        serving.join()


@pytest.mark.skipif(sys.platform != "linux", reason="the system's trust store is a file on Linux only")
def test_that_the_trust_store_of_the_system_decides(
    ca: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with FaultServer(tls=server_tls(ca, "localhost")) as server:
        for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.setenv(variable, str(tmp_path / "ca.pem"))
        monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(tmp_path / "ca.pem"))
        with contextlib.closing(Http(Clock(), mirror=server.url)) as http:
            assert failed(http, request("ok")).kind is ErrorKind.TLS
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        with contextlib.closing(Http(Clock(), mirror=server.url)) as http:
            assert http.fetch(request("ok"), Cancel()).body == ROWS
