"""Connections of urllib3 whose sockets are known to the guard of the try from their first moment on.

Loaded with the first request only: urllib3 and requests have no place on the way to the first paint.
"""

import errno
import logging
import os
import selectors
import socket
import ssl
import threading
import time
from http.client import HTTPException, IncompleteRead, RemoteDisconnected
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ProxyError
from urllib3.exceptions import SSLError as Urllib3SSLError
from urllib3.exceptions import TimeoutError as Urllib3TimeoutError

from services.errors import ErrorKind, SourceError
from services.http_watch import Guard, current

# The library writes whole addresses, keys included, and what servers get wrong; both is said elsewhere.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

_SLICE_S = 0.05
"""How often a wait that no shutdown can end looks whether it was cut."""

_Address = tuple[socket.AddressFamily, Any]

TRANSPORT_ERRORS = (OSError, HTTPError, HTTPException, UnicodeError)
"""All that the libraries raise when an exchange fails (the errors of requests are OSErrors)."""


def transport_error(error: BaseException) -> SourceError:
    """The library's error by its root; the wrappers around the root quote the whole address."""
    chain = [error]
    while (inner := _inside(chain[-1])) is not None and inner not in chain:
        chain.append(inner)
    return SourceError(_kind(chain), " ".join(f"{type(chain[-1]).__name__}: {chain[-1]}".split()))


def _inside(error: BaseException) -> BaseException | None:
    wrapped = (argument for argument in error.args if isinstance(argument, BaseException))
    return error.__cause__ or error.__context__ or next(wrapped, None)


def _kind(chain: list[BaseException]) -> ErrorKind:
    def has(*types: type[BaseException]) -> bool:
        return any(isinstance(link, types) for link in chain)

    if has(ProxyError):
        return ErrorKind.OFFLINE
    if has(TimeoutError, Urllib3TimeoutError):
        return ErrorKind.TIMEOUT
    if has(RemoteDisconnected, ConnectionError, IncompleteRead, ssl.SSLEOFError, ssl.SSLZeroReturnError):
        return ErrorKind.TRUNCATED
    if has(ssl.SSLError, Urllib3SSLError):
        return ErrorKind.TLS
    return ErrorKind.PROTOCOL


def look_up(host: str, port: int, guard: Guard) -> list[_Address]:
    """Addresses of a host; raises OFFLINE where it has none.

    The system's look-up cannot be interrupted and may take half a minute when a name server is silent.
    So it runs aside, and is left to end by itself when the guard is cut.
    """
    found: list[_Address] = []
    failed: list[OSError | UnicodeError] = []

    def run() -> None:
        try:
            for family, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append((family, address))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=run, name="http-look-up", daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(min(_SLICE_S, guard.remaining_s()))
    if failed or not found:
        raise SourceError(ErrorKind.OFFLINE, f"no address for {host}: {failed[0] if failed else 'none found'}")
    return found


def open_socket(host: str, port: int, timeout_s: float, guard: Guard) -> socket.socket:
    """A connected socket, at the first address that answers; `timeout_s` is shared fairly among them.

    Raises OFFLINE when all refuse, TIMEOUT when the last one is silent, and what cut the guard.
    """
    addresses = look_up(host, port, guard)
    end = time.monotonic() + timeout_s
    failure = SourceError(ErrorKind.TIMEOUT, f"{host} did not accept the connection")
    for n, (family, address) in enumerate(addresses):
        share_s = (end - time.monotonic()) / (len(addresses) - n)
        try:
            return _connect(family, address, share_s, guard)
        except TimeoutError:
            failure = SourceError(ErrorKind.TIMEOUT, f"{host} did not accept the connection in {timeout_s:.0f} s")
        except OSError as error:
            failure = SourceError(ErrorKind.OFFLINE, f"{host}: {error}")
    raise failure


def _connect(family: socket.AddressFamily, address: Any, timeout_s: float, guard: Guard) -> socket.socket:
    """Not all systems end a pending connect on shutdown, so it is awaited in slices."""
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        guard.attach(sock.fileno())
        failure = sock.connect_ex(address)
        if failure in (errno.EINPROGRESS, errno.EWOULDBLOCK):
            _await_connection(sock, time.monotonic() + timeout_s, guard)
            failure = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        guard.check()
        if failure:
            raise OSError(failure, os.strerror(failure))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock


def _await_connection(sock: socket.socket, end: float, guard: Guard) -> None:
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_WRITE)
        while not selector.select(_SLICE_S):
            guard.check()
            if time.monotonic() >= end:
                raise TimeoutError


class _PlainConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        timeout_s = self.timeout
        assert timeout_s is not None and self.port is not None  # every request names its timeouts
        sock = open_socket(self.host, self.port, timeout_s, current.get())
        sock.settimeout(timeout_s)
        return sock

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> None:
        """A connection that was kept open is handed to the guard of the try that uses it now."""
        if self.sock is not None:
            current.get().attach(self.sock.fileno())
        super().request(method, url, *args, **kwargs)


class _TlsConnection(_PlainConnection, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


POOLS: dict[str, type[HTTPConnectionPool]] = {"http": _PlainPool, "https": _TlsPool}
"""For `PoolManager.pool_classes_by_scheme`."""
