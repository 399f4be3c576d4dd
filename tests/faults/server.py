"""A server on loopback that misbehaves byte by byte, as its table `FAULTS` says.

The last part of a request's path names the fault: `GET /any.host/hang`. Everything else of the request
is only kept, in `requests`, for a test to look at.
"""

import contextlib
import functools
import gzip
import json
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

ROWS = json.dumps([{"code": "239742", "open_interest_all": str(n)} for n in range(500)]).encode()
WEB_PAGE = b"\xef\xbb\xbf\n <!DOCTYPE html><html><body>Please sign in</body></html>"
BOMB_BYTES = 200 << 20
"""Less than a body may have, so that its size alone does not give it away."""
ETAG = '"rows-1"'


@dataclass
class Peer:
    """One request and the connection on which it came; `stop` is set when the server ends."""

    sock: socket.socket
    head: str
    fault: str
    query: dict[str, str]
    count: int
    stop: threading.Event

    def send(self, data: bytes) -> Self:
        self.sock.sendall(data)
        return self

    def answer(self, body: bytes = b"", *headers: str, status: str = "200 OK", length: int | None = None) -> Self:
        length = len(body) if length is None else length
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {length}", *headers]
        return self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    def chunked(self, *chunks: bytes) -> Self:
        self.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for chunk in chunks:
            self.send(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
        return self

    def drip(self, data: bytes, pause_s: float) -> Self:
        for n in range(len(data)):
            self.send(data[n : n + 1])
            if self.stop.wait(pause_s):
                break
        return self

    def hang(self) -> Self:
        self.stop.wait()
        return self

    def reset(self) -> Self:
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()
        return self

    def close(self) -> Self:
        self.sock.shutdown(socket.SHUT_RDWR)
        return self


@functools.cache
def gzip_bomb(size: int) -> bytes:
    """A valid gzip stream of spaces, about a thousandth of `size` bytes long."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    piece = b" " * (1 << 20)
    return b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()


def _endless(peer: Peer) -> None:
    peer.chunked()
    while not peer.stop.is_set():
        peer.send(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


def _endless_without_length(peer: Peer) -> None:
    peer.send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    peer.drip(ROWS * 100, 0.02)


def _cut_gzip_without_length(peer: Peer) -> None:
    peer.send(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n" + gzip.compress(ROWS)[:-20])
    peer.close()


def _reset_in_body(peer: Peer) -> None:
    peer.answer(ROWS[:100], length=len(ROWS))
    time.sleep(0.05)
    peer.reset()


def _conditional(peer: Peer) -> None:
    if ETAG in peer.head:
        peer.send(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    else:
        peer.answer(ROWS, f"ETag: {ETAG}", "Last-Modified: Fri, 16 Jun 2017 19:30:46 GMT")


def _redirect(peer: Peer) -> None:
    peer.answer(b"", f"Location: {peer.query.get('to', 'https://elsewhere.example/')}", status="302 Found")


def _retry_after(peer: Peer, value: str) -> None:
    peer.answer(b"slow down", f"Retry-After: {value}", status="429 Too Many Requests")


def _soon(peer: Peer) -> None:
    """By the server's clock, which is a year wrong."""
    now = datetime.now(UTC) + timedelta(days=365)
    moment = format_datetime((now + timedelta(seconds=90)).replace(microsecond=0), usegmt=True)
    date = f"Date: {format_datetime(now.replace(microsecond=0), usegmt=True)}"
    peer.answer(b"", f"Retry-After: {moment}", date, status="429 Too Many Requests")


def _flaky(peer: Peer) -> None:
    if peer.count <= int(peer.query.get("times", "2")):
        peer.answer(b"busy", status="503 Service Unavailable")
    else:
        peer.answer(ROWS)


FAULTS: dict[str, Callable[[Peer], Peer | None]] = {
    "ok": lambda peer: peer.answer(ROWS, f"ETag: {ETAG}"),
    "ok_gzip": lambda peer: peer.answer(gzip.compress(ROWS), "Content-Encoding: gzip"),
    "ok_two_members": lambda peer: peer.answer(
        gzip.compress(ROWS[:9]) + gzip.compress(ROWS[9:]), "Content-Encoding: gzip"
    ),
    "ok_deflate": lambda peer: peer.answer(zlib.compress(ROWS), "Content-Encoding: deflate"),
    "ok_raw_deflate": lambda peer: peer.answer(zlib.compress(ROWS)[2:-4], "Content-Encoding: deflate"),
    "ok_chunked": lambda peer: peer.chunked(ROWS[:700], ROWS[700:], b""),
    "ok_zip": lambda peer: peer.answer(b"PK\x03\x04" + bytes(range(256)), "Content-Type: text/html"),
    "ok_bom": lambda peer: peer.answer(b"\xef\xbb\xbf\r\n" + ROWS),
    "ok_cookie": lambda peer: peer.answer(ROWS, "Set-Cookie: id=canary; Path=/"),
    "ok_csv": lambda peer: peer.answer(b"DATE,CLOSE\n2017-06-13,1425.98\n"),
    "conditional": _conditional,
    "unasked_304": lambda peer: peer.send(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
    "hang": lambda peer: peer.hang(),
    "hang_in_body": lambda peer: peer.answer(ROWS[:10], length=len(ROWS)).hang(),
    "slow_status": lambda peer: peer.drip(b"HTTP/1.1 200 OK\r\n" * 100, 0.02),
    "slow_headers": lambda peer: peer.send(b"HTTP/1.1 200 OK\r\n").drip(b"X-Slow: header\r\n" * 90, 0.02),
    "slow_body": lambda peer: peer.answer(length=len(ROWS)).drip(ROWS, 0.02),
    "slow_chunks": lambda peer: peer.chunked().drip(b"1\r\n \r\n" * 5000, 0.02),
    "slow_without_length": _endless_without_length,
    "many_interim": lambda peer: peer.drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, 0.005),
    "endless": _endless,
    "huge_announced": lambda peer: peer.answer(ROWS, length=1 << 40),
    "gzip_bomb": lambda peer: peer.answer(gzip_bomb(BOMB_BYTES), "Content-Encoding: gzip"),
    "truncated_length": lambda peer: peer.answer(ROWS[:100], length=len(ROWS)).close(),
    "truncated_chunks": lambda peer: peer.chunked(ROWS[:100]).close(),
    "broken_chunk": lambda peer: peer.chunked(ROWS[:100]).send(b"zz\r\n").close(),
    "truncated_gzip": lambda peer: peer.answer(gzip.compress(ROWS)[:-20], "Content-Encoding: gzip"),
    "truncated_gzip_without_length": _cut_gzip_without_length,
    "corrupt_gzip": lambda peer: peer.answer(gzip.compress(ROWS)[:50] + b"\xff" * 200, "Content-Encoding: gzip"),
    "wrong_checksum": lambda peer: peer.answer(
        gzip.compress(ROWS)[:-8] + b"\x00\x00\x00\x00" + struct.pack("<I", len(ROWS)), "Content-Encoding: gzip"
    ),
    "unknown_encoding": lambda peer: peer.answer(ROWS, "Content-Encoding: br"),
    "reset": lambda peer: peer.reset(),
    "reset_in_body": _reset_in_body,
    "closed": lambda peer: peer.close(),
    "portal": lambda peer: peer.answer(WEB_PAGE, "Content-Type: text/html"),
    "portal_that_lies": lambda peer: peer.answer(WEB_PAGE, "Content-Type: application/json"),
    "portal_511": lambda peer: peer.answer(WEB_PAGE, status="511 Network Authentication Required"),
    "challenge_202": lambda peer: peer.answer(WEB_PAGE, status="202 Accepted"),
    "edge": lambda peer: peer.answer(b"Edge: Too Many Requests", "Content-Type: application/json"),
    "binary": lambda peer: peer.answer(bytes(range(256)) * 16),
    "text": lambda peer: peer.answer(b"The service is being maintained."),
    "empty": lambda peer: peer.answer(b""),
    "blank": lambda peer: peer.answer(b" \r\n\r\n"),
    "empty_gzip": lambda peer: peer.answer(b"", "Content-Encoding: gzip"),
    "204": lambda peer: peer.send(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "redirect": _redirect,
    "redirect_for_ever": lambda peer: peer.answer(
        b"", f"Location: /redirect_for_ever?n={peer.count}", status="301 Moved Permanently"
    ),
    "redirect_nowhere": lambda peer: peer.answer(b"", status="302 Found"),
    "400": lambda peer: peer.answer(b'{"errorCode": "query.soql.no-such-column"}' * 20, status="400 Bad Request"),
    "401": lambda peer: peer.answer(b"", status="401 Unauthorized"),
    "403": lambda peer: peer.answer(WEB_PAGE, status="403 Forbidden"),
    "404": lambda peer: peer.answer(WEB_PAGE, status="404 Not Found"),
    "429": lambda peer: peer.answer(b"Too Many Requests", status="429 Too Many Requests"),
    "429_short": lambda peer: peer.answer(ROWS) if peer.count > 1 else _retry_after(peer, "1"),
    "429_huge": lambda peer: _retry_after(peer, "99999999999999999999"),
    "429_negative": lambda peer: _retry_after(peer, "-5"),
    "429_garbage": lambda peer: _retry_after(peer, "Fri, 99 Foo 99999 soon"),
    "429_date": _soon,
    "500": lambda peer: peer.answer(b"fault", status="500 Internal Server Error"),
    "503": lambda peer: peer.answer(WEB_PAGE, status="503 Service Unavailable"),
    "503_later": lambda peer: peer.answer(b"", "Retry-After: 120", status="503 Service Unavailable"),
    "flaky": _flaky,
    "garbage_status": lambda peer: peer.send(b"SSH-2.0-OpenSSH_9.7\r\n\r\n"),
    "wrong_status": lambda peer: peer.send(b"HTTP/1.1 banana OK\r\n\r\n"),
    "long_header": lambda peer: peer.answer(ROWS, "X-Long: " + "x" * 70_000),
    "300_headers": lambda peer: peer.answer(ROWS, *(f"X-{n}: {n}" for n in range(300))),
    "two_lengths": lambda peer: peer.answer(ROWS, "Content-Length: 7"),
    "headers_without_colon": lambda peer: peer.answer(ROWS, "this is no header", "X-After: 1"),
}


@dataclass
class FaultServer:
    """Serves `FAULTS` from threads of its own, until the block ends.

    With `always` it answers every request with one fault. With `tls` it speaks https, with `tunnel_tls` it is a proxy
    that plays the host behind it as well.
    """

    tls: ssl.SSLContext | None = None
    tunnel_tls: ssl.SSLContext | None = None
    always: str = ""
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._counts: dict[str, int] = {}
        self._threads: list[threading.Thread] = []
        self._peers: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self.port = 0
        self.connections = 0
        self.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self.refuse()
        for thread in self._threads:
            thread.join()

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://localhost:{self.port}"

    def open(self) -> None:
        """Accepts connections, on the same port as before."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        self._start(self._accept, self._listener)

    def refuse(self) -> None:
        """Drops all connections and refuses new ones."""
        with self._lock:
            listener, self._listener = self._listener, None
            peers, self._peers = self._peers, []
        for sock in [*peers, *([listener] if listener else [])]:
            with contextlib.suppress(OSError):  # closed already, from either side
                sock.shutdown(socket.SHUT_RDWR)
            sock.close()

    def heads(self, fault: str) -> list[str]:
        """The requests for one fault, as they came."""
        with self._lock:
            return [head for head in self.requests if f"/{fault}" in head.split(" ")[1]]

    def _start(self, target: Callable[..., None], *args: socket.socket) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            self._start(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        try:
            with self.tls.wrap_socket(sock, server_side=True) if self.tls else sock as connection:
                self._answer_all(connection)
        except OSError:  # what a client that goes away leaves behind
            pass

    def _answer_all(self, connection: socket.socket) -> None:
        with self._lock:
            self._peers.append(connection)
            self.connections += 1
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while (head := _read_head(connection)) and not self._stop.is_set():
            if not head.startswith("CONNECT "):
                self._answer(connection, head)
                continue
            with self._lock:
                self.requests.append(head)
            if self.tunnel_tls is None:
                connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                continue
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with self.tunnel_tls.wrap_socket(connection, server_side=True) as inner:
                self._answer_all(inner)
            return

    def _answer(self, connection: socket.socket, head: str) -> None:
        target = urlsplit(head.split(" ")[1])
        fault = self.always or target.path.rpartition("/")[2]
        with self._lock:
            self.requests.append(head)
            self._counts[fault] = count = self._counts.get(fault, 0) + 1
        query = {name: values[0] for name, values in parse_qs(target.query).items()}
        FAULTS[fault](Peer(connection, head, fault, query, count, self._stop))


def _read_head(connection: socket.socket) -> str:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return ""
        data += more
    return data.decode("latin-1")
