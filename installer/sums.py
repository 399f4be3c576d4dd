"""SHA-256 sums in the form of sha256sum; `python -m installer.sums` makes those in dist/ anew, as after signing."""

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

DIST = Path(__file__).resolve().parents[1] / "dist"


def write(target: Path, files: Iterable[Path]) -> None:
    """One line for each file, which has to lie beside `target`."""
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    target.write_text("".join(lines), "utf-8", newline="\n")


def sums_file() -> Path:
    return DIST / f"SHA256SUMS-{sys.platform}.txt"


if __name__ == "__main__":
    names = [line.split(maxsplit=1)[1] for line in sums_file().read_text("utf-8").splitlines()]
    write(sums_file(), [DIST / name for name in names])
