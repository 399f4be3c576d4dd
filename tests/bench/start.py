"""Measures the start: time from exec to the first paint and to the full page, and resident memory then.

    python tests/bench/start.py                              from source, with this Python
    python tests/bench/start.py dist/aboutface/aboutface     frozen
    --runs N (ten)  --evict: drop the app's files from the file cache before each run (Linux)

Prints min/median/max. The app marks its way itself where ABOUTFACE_TRACE is set (ui/trace.py), on a profile of its own
that the first, uncounted run has filled.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARKS = {"window painted": "first paint", "page painted": "full page"}
LIMIT_S = 30


def measure(command: Sequence[str], profile: str) -> dict[str, float]:
    """One start: milliseconds by mark and the resident memory at the full page in MB."""
    options = ["--offline", "--profile", profile]
    environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ | {"ABOUTFACE_TRACE": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else every start compiles every module
    found: dict[str, float] = {}
    with subprocess.Popen([*command, *options], env=environment, stderr=subprocess.PIPE, text=True) as app:
        assert app.stderr is not None
        for line in app.stderr:
            marked = re.match(r"\s*(\d+) ms  ([^:\n]+)", line)
            if marked and marked[2] in MARKS:
                found[MARKS[marked[2]] + ", ms"] = float(marked[1])
            if "full page, ms" in found:
                status = Path(f"/proc/{app.pid}/status").read_text("ascii")
                found["resident, MB"] = int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024
                break
        app.terminate()
        app.wait(LIMIT_S)
    if "full page, ms" not in found:
        raise SystemExit("The app ended before it had painted its page.")
    return found


def evict(folders: Sequence[Path]) -> None:
    """Asks the system to forget the files' contents; system libraries that others use stay."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--evict", action="store_true")
    options = parser.parse_args()
    program = options.program and options.program.resolve()
    command = [str(program)] if program else [sys.executable, str(ROOT / "main.py")]
    packages = Path(sys.prefix, "lib")
    folders = [program.parent] if program else [packages, ROOT / "ui", ROOT / "models", ROOT / "services"]
    with tempfile.TemporaryDirectory() as profile:
        measure(command, profile)
        runs = []
        for _ in range(options.runs):
            if options.evict:
                evict(folders)
            runs.append(measure(command, profile))
    for name in runs[0]:
        values = [run[name] for run in runs]
        print(f"{name:16} {min(values):6.0f} / {statistics.median(values):6.0f} / {max(values):6.0f}")


if __name__ == "__main__":
    main()
