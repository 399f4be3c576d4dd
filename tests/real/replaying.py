"""The replay of the public hosts as a process of its own, with a clock that moves and faults that come and go."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tests.shared import SHARED


class Replay:
    """A running replay at `base`."""

    def __init__(self, base: str) -> None:
        self.base = base

    def set_now(self, moment: datetime) -> None:
        self._control("now", {"now": moment.isoformat()})

    def set_fault(self, host: str, fault: str) -> None:
        self._control("fault", {"host": host, "fault": fault})

    def heal(self) -> None:
        """Removes all faults."""
        self.set_fault("*", "none")

    def _control(self, what: str, wanted: dict[str, str]) -> None:
        request = urllib.request.Request(f"{self.base}/_control/{what}", data=json.dumps(wanted).encode())
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as reply:
            reply.read()


@contextmanager
def replaying(*arguments: str) -> Iterator[Replay]:
    command = [sys.executable, str(SHARED / "replay" / "serve.py"), "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        yield Replay(server.stdout.readline().strip())
        server.terminate()
