"""What the app's own code never does, read off its source; and that a person's language changes no figure."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.hosts import HOSTS

ROOT = Path(__file__).resolve().parents[2]
MODULES = {"pickle", "marshal", "shelve", "yaml", "xml.etree", "lxml", "telnetlib", "ftplib"}
CALLS = {"extractall", "extract", "popen", "_create_unverified_context"}
SHELLS = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
BUILT_IN = {"eval", "exec", "compile", "__import__"}
WORDS = ("CERT_NONE", "verify=False", "check_hostname = False", "trust_env = True", "http://")
PLAIN_HTTP = {"services/http_address.py", "services/hosts.py", "ui/dialogs/settings_dialog.py"}
"""Where a mirror on this machine may be asked without encryption, and where the form of a proxy's address is shown."""
OPENED = {("ui/app.py", "QUrl(address)")}
"""The page of the releases, put together from the address that the build was given (`releases.page_of`)."""


def sources() -> Iterator[tuple[str, str]]:
    for folder in ("models", "services", "ui"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")
    yield "main.py", (ROOT / "main.py").read_text("utf-8")


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Name and node of every call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            of = node.func
            name = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
            yield name, node


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_that_nothing_runs_what_it_reads() -> None:
    found = []
    for name, text in sources():
        tree = ast.parse(text)
        found += [f"{name} imports {one}" for one in imported(tree) if one in MODULES]
        found += [f"{name}:{node.lineno} calls {called}" for called, node in calls(tree) if called in CALLS]
        for called, node in calls(tree):
            if called in BUILT_IN and isinstance(node.func, ast.Name):
                found.append(f"{name}:{node.lineno} calls {called}")
            if ast.unparse(node.func) in SHELLS:
                found.append(f"{name}:{node.lineno} calls {ast.unparse(node.func)}")
            shell = [word for word in node.keywords if word.arg == "shell"]
            found += [f"{name}:{node.lineno} runs a shell" for _ in shell]
    assert not found


def test_that_nothing_weakens_the_connection() -> None:
    found = [
        f"{name}: {word}"
        for name, text in sources()
        for word in WORDS
        if word in text and not (word == "http://" and name in PLAIN_HTTP)
    ]
    assert not found
    assert all(not host.startswith(("http", "localhost")) for host in HOSTS)


def test_that_only_known_addresses_are_opened() -> None:
    """Folders of this machine, and what the app itself has written down; never an address from outside."""
    opened = [
        (name, ast.unparse(node.args[0]))
        for name, text in sources()
        for called, node in calls(ast.parse(text))
        if called == "openUrl"
    ]
    assert opened
    assert {one for one in opened if not one[1].startswith("QUrl.fromLocalFile(")} == OPENED


@pytest.mark.parametrize("language", ["de_DE.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8"])
def test_that_no_locale_changes_a_figure(language: str, tmp_path: Path) -> None:
    def told(spoken: str) -> bytes:
        command = [sys.executable, "main.py", "series", "--profile", str(tmp_path / "none"), "--format", "csv"]
        command += ["--now", "2026-07-01T12:00Z", "--as-of", "2017-06-16", "--basis", "notional", "--quiet"]
        environment = os.environ | {"LC_ALL": spoken, "LANG": spoken, "PYTHONUTF8": "1"}
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True).stdout

    assert told(language) == told("C.UTF-8")
