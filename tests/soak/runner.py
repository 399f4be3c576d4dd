"""Runs cases, each in a process of its own with an empty home, as many at a time as there are processors."""

import faulthandler
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.soak.cases import case_named
from tests.soak.effort import Effort

OK, FAILED = "ok", "FAIL"
PATIENCE_S = {False: 120.0, True: 40 * 60.0}
"""By whether all is tried: what takes longer has failed."""

# Where a process can be copied, each case starts with the libraries loaded.
_IS_COPIED = sys.platform == "linux"
_PROCESSES: Any = multiprocessing.get_context("fork" if _IS_COPIED else "spawn")
_LIBRARIES = ("pandas", "requests", "openpyxl", "pyqtgraph")
_SAID_CHARACTERS = 6_000


@dataclass(frozen=True)
class Row:
    """What came of one case; `said` is what its process wrote."""

    case: str
    tries: int
    result: str
    seconds: float
    said: str


@dataclass
class _Run:
    case: str
    folder: Path
    process: BaseProcess
    started: float

    def row(self, *, is_late: bool) -> Row:
        said = (self.folder / "said").read_text("utf-8", "replace")[-_SAID_CHARACTERS:]
        tried = self.folder / "tried"
        tries = int(tried.read_text("ascii")) if tried.is_file() else 0
        is_good = self.process.exitcode == 0 and tries > 0 and not is_late
        return Row(self.case, tries, OK if is_good else FAILED, time.monotonic() - self.started, said)


def run_all(names: Sequence[str], *, is_full: bool, seed: int = Effort.seed) -> Iterator[Row]:
    """A row as each case ends."""
    if _IS_COPIED:
        for library in _LIBRARIES:
            import_module(library)
        for name in names:
            case_named(name)
    waiting, running = list(names), list[_Run]()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        Path(home).chmod(0o755)  # some cases let another user in
        while waiting or running:
            while waiting and len(running) < max(os.cpu_count() or 1, 2):
                running.append(_start(waiting.pop(0), Path(home), is_full=is_full, seed=seed))
            time.sleep(0.02)
            for run in list(running):
                is_late = time.monotonic() - run.started > PATIENCE_S[is_full]
                if is_late:
                    run.process.kill()
                    run.process.join()
                if not run.process.is_alive():
                    running.remove(run)
                    yield run.row(is_late=is_late)


def _start(case: str, home: Path, *, is_full: bool, seed: int) -> _Run:
    folder = Path(tempfile.mkdtemp(dir=home))
    folder.chmod(0o755)
    (folder / "said").touch()
    process = _PROCESSES.Process(target=_work, args=(case, str(folder), is_full, seed))
    process.start()
    return _Run(case, folder, process, time.monotonic())


def _work(case: str, folder: str, is_full: bool, seed: int) -> None:
    """The process of one case: what it and its own children write goes to a file."""
    said = os.open(Path(folder, "said"), os.O_WRONLY | os.O_APPEND)
    for number in (1, 2):
        os.dup2(said, number)
    _shut_out_the_user(folder)
    faulthandler.enable()
    warnings.simplefilter("error")
    effort = Effort(is_full, seed)
    code = 0
    try:
        case_named(case)(effort)
    except BaseException:  # noqa: BLE001 - whatever it is, the case has failed and says why
        os.write(2, traceback.format_exc().encode("utf-8", "replace"))  # whoever has taken sys.stderr
        code = 1
    Path(folder, "tried").write_text(str(effort.tried), "ascii")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _shut_out_the_user(folder: str) -> None:
    """Nothing of the user's own in reach, no variables that change the app, nothing on the screen."""
    for name in list(os.environ):
        if name.startswith(("ABOUTFACE_", "QT_", "XDG_")) or name.lower().endswith("_proxy"):
            del os.environ[name]
    runtime = Path(folder, "runtime")
    runtime.mkdir(mode=0o700)
    names = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME")
    os.environ |= dict.fromkeys(names, folder)
    os.environ |= {"XDG_RUNTIME_DIR": str(runtime), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    tempfile.tempdir = folder


def table(rows: Sequence[Row]) -> str:
    wide = max(len(row.case) for row in rows)
    lines = [f"{row.case:<{wide}}  {row.tries:>7,}  {row.result}" for row in rows]
    return "\n".join([f"{'case':<{wide}}  {'tries':>7}  result", *lines])
