"""Marks on the way from the start of the process to the first full page, printed where ABOUTFACE_TRACE is set."""

import os
import sys
import time
from pathlib import Path

_IS_ON = bool(os.environ.get("ABOUTFACE_TRACE"))
_IMPORTED = time.monotonic()


def mark(name: str) -> None:
    """Prints the milliseconds since the process started, on standard error."""
    if _IS_ON:
        print(f"{age_s() * 1000:7.0f} ms  {name}", file=sys.stderr, flush=True)  # noqa: T201


def age_s() -> float:
    """Seconds since the process started, to a hundredth; on other systems than Linux since this module was loaded."""
    try:
        started_ticks = int(Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()[19])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started_ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, AttributeError):
        return time.monotonic() - _IMPORTED
