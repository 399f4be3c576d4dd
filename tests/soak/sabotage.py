"""Makes the N-th call fail that the first thread makes of the disk, the network or SQLite."""

import errno
import functools
import io
import os
import socket
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any
from unittest import mock

OWN = ("services", "models")


def full() -> Exception:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def broken() -> Exception:
    return OSError(errno.EIO, os.strerror(errno.EIO))


def sql_error(code: int, words: str) -> Exception:
    error = sqlite3.OperationalError(words)
    error.sqlite_errorcode = code
    return error


FAULTS: dict[str, dict[str, Callable[[], Exception]]] = {
    "no room": {"sqlite": lambda: sql_error(sqlite3.SQLITE_FULL, "database or disk is full"), "file": full},
    "broken disk": {"sqlite": lambda: sql_error(sqlite3.SQLITE_IOERR, "disk I/O error"), "file": broken},
    "busy": {"sqlite": lambda: sql_error(sqlite3.SQLITE_BUSY, "database is locked"), "file": broken},
    "no memory": {"sqlite": MemoryError, "file": MemoryError},
}
"""What a call of each kind raises; a socket that fails is reset in any case, but for memory."""


@dataclass
class Saboteur:
    """Counts calls; `failing` is the first that fails, and with `for_good` all that follow do too."""

    fault: str
    failing: int
    for_good: bool = False
    count: int = 0
    is_on: bool = False
    struck: list[str] = field(default_factory=list)

    def call(self, kind: str, name: str) -> None:
        if not self.is_on or threading.current_thread() is not threading.main_thread():
            return
        self.count += 1
        if self.count == self.failing or (self.for_good and self.count > self.failing):
            self.struck.append(name)
            raise self._error(kind)

    def _error(self, kind: str) -> Exception:
        if kind == "socket":
            return MemoryError() if self.fault == "no memory" else ConnectionResetError(errno.ECONNRESET, "reset")
        return FAULTS[self.fault][kind]()


@contextmanager
def sabotaged(by: Saboteur) -> Iterator[None]:
    """Everything in the block that goes to the disk, the network or SQLite passes `by` first."""
    with (
        mock.patch.object(os, "fsync", _guarded(by, "file", "fsync", os.fsync)),
        mock.patch.object(os, "replace", _guarded(by, "file", "replace", os.replace)),
        mock.patch.object(os, "rename", _guarded(by, "file", "rename", os.rename)),
        mock.patch.object(socket.socket, "recv_into", _receiving(by)),
        mock.patch.object(sqlite3, "connect", _connecting(by)),
        mock.patch.object(io, "open", _opening(by)),
    ):
        by.is_on = True
        try:
            yield
        finally:
            by.is_on = False


def _guarded(by: Saboteur, kind: str, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def call(*arguments: Any, **named: Any) -> Any:
        by.call(kind, name)
        return original(*arguments, **named)

    return call


def _receiving(by: Saboteur) -> Callable[..., int]:
    original = socket.socket.recv_into

    def recv_into(self: socket.socket, *arguments: Any) -> int:
        by.call("socket", "recv_into")
        return original(self, *arguments)

    return recv_into


def _connecting(by: Saboteur) -> Callable[..., sqlite3.Connection]:
    original = sqlite3.connect

    class Connection(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            by.call("sqlite", str(arguments[0])[:60])
            return super().execute(*arguments)

        def executemany(self, *arguments: Any) -> sqlite3.Cursor:
            by.call("sqlite", str(arguments[0])[:60])
            return super().executemany(*arguments)

        def backup(self, *arguments: Any, **named: Any) -> None:
            by.call("sqlite", "backup")
            super().backup(*arguments, **named)

    def connect(*arguments: Any, **named: Any) -> sqlite3.Connection:
        by.call("sqlite", "connect")
        return original(*arguments, factory=Connection, **named)

    return connect


def _opening(by: Saboteur) -> Callable[..., Any]:
    original = io.open

    def opened(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        made = original(file, mode, *arguments, **named)
        if isinstance(made, io.BufferedWriter):
            made.write = _guarded(by, "file", "write", made.write)  # type: ignore[method-assign]
        return made

    return opened


@contextmanager
def memory_that_ends(at: int) -> Iterator[list[str]]:
    """The N-th call of a function of the app's own raises MemoryError in the first thread; yields which it was."""
    struck: list[str] = []
    count = 0

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        if event != "call" or not str(frame.f_globals.get("__name__", "")).startswith(OWN):
            return
        count += 1
        if count == at:
            struck.append(f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}")
            raise MemoryError

    sys.setprofile(watch)
    try:
        yield struck
    finally:
        sys.setprofile(None)
