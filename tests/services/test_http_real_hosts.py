"""The real hosts, played by a server on this machine: names, certificates and proxies."""

import base64
import contextlib
import socket
import sys
import threading
import time
from collections.abc import Iterator

import pytest
import trustme

from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind
from services.http import Content, Http, Request
from tests.faults.asking import HOST, failed, failure, fetch, header
from tests.faults.certificates import client_tls, server_tls
from tests.faults.server import ROWS, FaultServer


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def host_server(ca: trustme.CA, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultServer]:
    """What answers for every name that is looked up; its certificate is for the hosts of the CFTC."""
    with FaultServer(tls=server_tls(ca, "publicreporting.cftc.gov", "www.cftc.gov")) as running:

        def look_up(host: str, port: int, **kwargs: object) -> list[object]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", running.port))]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        yield running


def test_that_a_real_host_is_asked_by_its_name_and_with_manners(ca: trustme.CA, host_server: FaultServer) -> None:
    with contextlib.closing(Http(Clock(), tls=client_tls(ca), proxies={})) as http:
        fetch(http, "ok")
        started = time.monotonic()
        assert fetch(http, "redirect", to="https://www.cftc.gov/files/ok").url == "https://www.cftc.gov/files/ok"
        assert time.monotonic() - started >= 0.25
    assert [header(head, "Host") for head in host_server.requests] == [
        "publicreporting.cftc.gov",
        "publicreporting.cftc.gov",
        "www.cftc.gov",
    ]
    assert host_server.requests[0].startswith("GET /ok HTTP/1.1")


def test_that_a_certificate_of_another_host_is_refused(ca: trustme.CA, host_server: FaultServer) -> None:
    with contextlib.closing(Http(Clock(), tls=client_tls(ca), proxies={})) as http:
        assert failure(http, "ok", host="https://cdn.cboe.com").kind is ErrorKind.TLS


def test_that_a_proxy_is_used_and_the_host_behind_it_is_still_verified(ca: trustme.CA) -> None:
    with FaultServer(tunnel_tls=server_tls(ca, "publicreporting.cftc.gov")) as proxy:
        proxies = {"https": proxy.url.replace("//", "//user:secret@")}
        with contextlib.closing(Http(Clock(), tls=client_tls(ca), proxies=proxies)) as http:
            assert fetch(http, "ok").body == ROWS
            assert failure(http, "ok", host="https://cdn.cboe.com").kind is ErrorKind.TLS
        connect, get, _ = proxy.requests
        assert connect.startswith("CONNECT publicreporting.cftc.gov:443 ")
        assert header(connect, "Proxy-Authorization") == "Basic " + base64.b64encode(b"user:secret").decode()
        assert header(get, "Proxy-Authorization") is None


def test_that_cancel_cuts_what_comes_through_a_proxy(ca: trustme.CA) -> None:
    cancel = Cancel()
    timer = threading.Timer(0.2, cancel.cancel)
    with (
        FaultServer(tunnel_tls=server_tls(ca, "publicreporting.cftc.gov")) as proxy,
        contextlib.closing(Http(Clock(), tls=client_tls(ca), proxies={"https": proxy.url})) as http,
    ):
        started = time.monotonic()
        timer.start()
        error = failed(http, Request(f"{HOST}/hang", Content.JSON, deadline_s=5.0), cancel)
        assert time.monotonic() - started < 0.7
    timer.join()
    assert error.kind is ErrorKind.CANCELLED


def test_that_a_proxy_that_refuses_means_offline(server: FaultServer) -> None:
    proxies = {"https": server.url.replace("//", "//user:secret@")}
    with contextlib.closing(Http(Clock(), proxies=proxies, backoff_s=0.01)) as http:
        error = failure(http, "ok")
    assert error.kind is ErrorKind.OFFLINE
    assert "407" in error.detail
    assert "secret" not in error.detail


def test_that_hosts_excepted_from_the_proxy_are_asked_directly(
    ca: trustme.CA, host_server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {"https": "http://127.0.0.1:1", "no": ".cftc.gov"}
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", ".cftc.gov")
    for proxies in (named, None):
        with contextlib.closing(Http(Clock(), tls=client_tls(ca), proxies=proxies)) as http:
            assert fetch(http, "ok").body == ROWS


@pytest.mark.skipif(sys.platform != "linux", reason="the system's proxy is an environment variable on Linux only")
def test_that_the_proxy_of_the_system_is_used(server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", server.url)
    with contextlib.closing(Http(Clock(), backoff_s=0.01)) as http:
        assert failure(http, "ok").kind is ErrorKind.OFFLINE
    assert server.requests[0].startswith("CONNECT publicreporting.cftc.gov:443 ")
