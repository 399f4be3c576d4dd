"""The rules of ARCHITECTURE.md that import-linter and ruff cannot see."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("models", "services", "ui")

MAX_FILE_BYTES = 3_000_000
MAX_FILE_LINES = 600
MAX_FUNCTION_LINES = 120

# The doors: what may be named only in these files, or in the files of these folders.
DOORS = {
    "requests": ("services/http",),
    "urllib3": ("services/http",),
    "urllib.request": ("services/http",),
    "http.client": ("services/http",),
    "sqlite3": ("services/archive/",),
    "pyqtgraph": ("ui/charts/",),
    "PySide6": ("ui/", "models/qt/"),
    "threading.Thread": ("ui/jobs.py", "services/http"),
    "threading.Timer": (),
    "concurrent.futures": (),
    "multiprocessing": (),
    "PySide6.QtCore.QThread": ("ui/jobs.py",),
    "PySide6.QtCore.QThreadPool": ("ui/jobs.py",),
    "PySide6.QtCore.QRunnable": ("ui/jobs.py",),
    "subprocess": ("ui/commands/selftest_checks.py",),  # a writer to kill
    "pickle": (),
}

# Written in two parts, so that this file does not hold what it looks for.
UNWANTED = ["/" + "work/", "pypi" + ".org", "python" + "hosted.org"]


def tracked_files() -> list[Path]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(ROOT), "ls-files", "-z"]
    try:
        listed = subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout, so nothing says which files belong to the project")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> Iterator[tuple[str, str]]:
    """Name and text of every Python file in these folders, or of the whole project."""
    for folder in folders or (*LAYERS, "tests"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield name_of(file), file.read_text("utf-8")
    if not folders:
        for file in sorted(ROOT.glob("*.py")):
            yield name_of(file), file.read_text("utf-8")


def imported_names(text: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that is imported, at any depth, and of attributes of imported modules."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.lineno, f"{node.value.id}.{node.attr}"


@cache
def imports() -> list[tuple[str, str]]:
    """Every import of the layers: where it stands (`file:line`) and the full name."""
    return [
        (f"{name}:{line}", imported) for name, text in python_files(*LAYERS) for line, imported in imported_names(text)
    ]


def imports_of(module: str) -> list[tuple[str, str]]:
    return [(where, name) for where, name in imports() if name == module or name.startswith(f"{module}.")]


def test_that_every_init_file_is_empty() -> None:
    full = [name for name, text in python_files() if name.endswith("__init__.py") and text]
    assert not full


def test_that_every_package_has_an_init_file() -> None:
    folders = {(ROOT / name).parent for name, _ in python_files(*LAYERS)}
    assert not [name_of(folder) for folder in folders if not (folder / "__init__.py").is_file()]


def test_that_no_tracked_file_is_big() -> None:
    assert not [name_of(file) for file in tracked_files() if file.stat().st_size > MAX_FILE_BYTES]


def test_that_no_file_is_long() -> None:
    assert not [name for name, text in python_files() if text.count("\n") > MAX_FILE_LINES]


def test_that_no_function_is_long() -> None:
    long = [
        f"{name}:{node.lineno} {node.name}"
        for name, text in python_files()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= MAX_FUNCTION_LINES
    ]
    assert not long


@pytest.mark.parametrize("module", DOORS)
def test_that_nothing_goes_past_its_door(module: str) -> None:
    assert not [(where, name) for where, name in imports_of(module) if not where.startswith(DOORS[module])]


def test_that_no_modules_import_each_other() -> None:
    """Not in a function either, nor for types alone."""
    modules = {name.removesuffix(".py").replace("/", ".") for name, _ in python_files(*LAYERS)}
    needs: dict[str, set[str]] = {module: set() for module in modules}
    for where, imported in imports():
        importer = where.partition(".py:")[0].replace("/", ".")
        needs[importer] |= {imported, imported.rpartition(".")[0]} & modules - {importer}
    TopologicalSorter(needs).prepare()


def test_that_the_window_is_painted_before_anything_heavy_is_loaded() -> None:
    """Each costs a tenth of a second and more; the module that needs one imports it where it is used."""
    program = "import sys, main, ui.app; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    heavy = {"numpy", "openpyxl", "pandas", "pyqtgraph", "requests", "sqlite3", "squarify", "ssl", "urllib3"}
    assert "PySide6" in loaded.stdout.split()
    assert not heavy & set(loaded.stdout.split())


def test_that_models_know_no_more_of_qt_than_its_core() -> None:
    used = [(where, name) for where, name in imports_of("PySide6") if where.startswith("models/")]
    assert not [(where, name) for where, name in used if not name.startswith("PySide6.QtCore")]


def test_that_tracked_text_speaks_of_the_project_alone() -> None:
    """No paths of the machine on which it was written, no hosts of package registries."""
    unwanted = [*UNWANTED, f"{ROOT}/"]
    found = []
    for file in tracked_files():
        try:
            lines = file.read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture or the like
        found += [f"{name_of(file)}:{n}" for n, line in enumerate(lines, 1) if any(word in line for word in unwanted)]
    assert not found
