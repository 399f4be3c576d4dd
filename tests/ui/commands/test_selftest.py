"""The self-test: that it finds this installation whole, and that it says what is wrong with one that is not."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from main import main
from services.clock import Clock
from services.starter import tables
from ui import theme
from ui.commands import selftest_checks
from ui.pages import registry

CHECKS = dict(selftest_checks.checks(Clock()))


@pytest.mark.parametrize("name", CHECKS)
def test_that_this_installation_is_whole(name: str, qapp: QApplication) -> None:
    assert CHECKS[name]()


def test_that_one_check_that_fails_is_told_and_the_others_go_on(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    assert main(["selftest"]) == 2
    lines = {line.split("  ")[0]: line for line in capsys.readouterr().out.splitlines()}
    assert "no built-in figures were found" in lines["starter figures"]
    assert [name for name, line in lines.items() if " false " in line] == ["starter figures"]


def test_that_a_writer_that_ends_by_itself_is_no_proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "main.py"
    broken.write_text("print(1)", "utf-8")
    monkeypatch.setattr(selftest_checks, "_MAIN", broken)
    with pytest.raises(RuntimeError, match="ended by itself"):
        CHECKS["killed writer"]()


def test_that_a_batch_lost_by_the_kill_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    killed_after = selftest_checks._killed_after
    monkeypatch.setattr(selftest_checks, "_killed_after", lambda folder: killed_after(folder) + 1_000_000)
    with pytest.raises(RuntimeError, match=r"were safe before the kill, and \d+ are there"):
        CHECKS["killed writer"]()


def test_that_a_missing_font_is_named_with_what_stands_in_for_it(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "FAMILY", "No Such Family")
    with pytest.raises(RuntimeError, match="No Such Family could not be loaded"):
        CHECKS["fonts"]()


def test_that_a_page_that_was_not_taken_along_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = registry.PageEntry("absent", "Absent", "", "ui.pages.absent:Absent", ())
    monkeypatch.setattr(registry, "PAGES", (absent,))
    with pytest.raises(ModuleNotFoundError, match=r"ui\.pages\.absent"):
        CHECKS["pages"]()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep their roots of trust to themselves")
def test_that_a_system_without_roots_of_trust_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "roots.pem"
    empty.touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(empty))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    with pytest.raises(RuntimeError, match="ca-certificates"):
        CHECKS["certificates"]()
