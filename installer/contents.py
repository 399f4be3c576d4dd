"""The list of everything in the app, kept in the project, so that nothing joins or leaves it unnoticed."""

import difflib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "installer" / "files"
DATA_FOLDERS = ("services/starter", "ui/commands/schemas", "ui/resources")
"""What the app reads beside its code. Everything else in these folders is code."""
# One line stands for all of these: time zones, and those modules of Python that its builder made files of. What such a
# module would bring along has a line of its own.
MANY = ("tzdata/zoneinfo/", "lib-dynload/")
OF_PYTHON = "_internal/libexpat.so.*"
"""Inside of Python or beside it, as its builder had it."""


def data_files(folder: str) -> list[Path]:
    files = (file for file in sorted((ROOT / folder).rglob("*")) if file.is_file())
    return [file for file in files if file.suffix not in {".py", ".pyc"}]


def listed(app: Path, modules: Path) -> list[str]:
    """The app's files, then its Python modules by top-level name; versions in names are left out."""
    files = (file.relative_to(app).as_posix() for file in app.rglob("*") if file.is_file() or file.is_symlink())
    named = {next((f"{many}…" for many in MANY if many in name), without_version(name)) for name in files}
    kept = named - {OF_PYTHON}
    names = (line.partition(".")[0] for line in modules.read_text("utf-8").splitlines())
    packages = {f"module {re.sub('(?<=^_sysconfigdata).*', '*', name)}" for name in names}
    return [*sorted(kept), *sorted(packages)]


def without_version(name: str) -> str:
    """`numpy-2.4.6.dist-info` as `numpy-*.dist-info`, `libicuuc.so.73` as `libicuuc.so.*`, hashes of wheels as well."""
    name = re.sub(r"-\d[\w.]*(?=\.dist-info)", "-*", name)
    name = re.sub(r"(?<=\.so)(\.\d+)+$", ".*", name)
    return re.sub(r"-[0-9a-f]{8}(?=[-.])", "-*", name)


def changes(app: Path, modules: Path) -> list[str]:
    """What the kept list of this system lacks or has too much, as a diff; nothing where there is no list yet."""
    if not list_file().is_file():
        return []
    kept = list_file().read_text("utf-8").splitlines()
    told = difflib.unified_diff(kept, listed(app, modules), "expected", "built", lineterm="", n=0)
    return [line for line in told if not line.startswith("@@")]


def accept(app: Path, modules: Path) -> None:
    LISTS.mkdir(exist_ok=True)
    list_file().write_text("".join(f"{line}\n" for line in listed(app, modules)), "utf-8")


def list_file() -> Path:
    return LISTS / f"{sys.platform}.txt"
