"""Processes that use an archive and are killed, or that may not do what the test itself may."""

import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[3]
NOBODY = 65534

_PREAMBLE = """
import sys
from pathlib import Path
from services.archive import migrations, schema
from services.archive.archive import Archive
from services.clock import Clock
from services.errors import ArchiveError
from services.starter import tables
from tests.services.archive.samples import *
tables.batches = lambda: iter(())
path = Path(sys.argv[1])
def say(*words):
    print(*words, flush=True)
"""


_GIVE_UP_RIGHTS = f"""
import os
if os.geteuid() == 0:  # who may write anywhere
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
"""


@contextmanager
def child(program: str, path: Path, *, unprivileged: bool = False) -> Iterator[tuple[subprocess.Popen[str], IO[str]]]:
    """A process that runs these lines on the archive at `path`; yields it and what it prints. Killed at the end.

    `unprivileged`: as a user who may not write where modes forbid it, even if the tests run as root.
    """
    script = _PREAMBLE + (_GIVE_UP_RIGHTS if unprivileged else "") + textwrap.dedent(program)
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout
        finally:
            process.kill()


def run(program: str, path: Path, *, unprivileged: bool = False) -> list[str]:
    """What a process prints that must end well."""
    with child(program, path, unprivileged=unprivileged) as (process, output):
        lines = output.read().splitlines()
        assert process.wait() == 0
    return lines
