"""The command line as `main` takes it apart: common options on either side of a command, and wrong usage."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import main
from services.settings import Settings
from ui.commands.context import EXIT_FAILED, EXIT_USAGE, UsageError
from ui.commands.registry import COMMANDS

ROOT = Path(__file__).resolve().parents[1]


def options(*arguments: str) -> dict[str, object]:
    return vars(main.parse(arguments)[1])


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as a person starts it."""
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60)


def test_that_without_a_command_it_is_the_window() -> None:
    assert main.parse([])[0] is None
    assert main.parse(["--offline", "--profile", "p"])[0] is None


def test_that_common_options_stand_before_or_after_the_command() -> None:
    before = options("--profile", "p", "--quiet", "scan", "--format", "csv")
    after = options("scan", "--format", "csv", "--quiet", "--profile", "p")
    assert before == after
    assert before["profile"] == "p"
    assert before["format"] == "csv"


def test_that_the_value_of_an_option_is_not_taken_for_a_command() -> None:
    assert main.split(["--profile", "brief", "scan", "--market", "vix"]) == (
        ["--profile", "brief"],
        "scan",
        ["--market", "vix"],
    )


def test_that_no_option_that_was_not_given_is_invented() -> None:
    assert "format" not in options("scan")
    assert main.context_of(main.parse(["scan"])[1], Path("p"), Settings()).format == "text"


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["--no-such-option"],
        ["scan", "--no-such-option"],
        ["--format", "xml", "scan"],
        ["--profile"],
    ],
)
def test_that_wrong_usage_ends_with_64_and_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main.parse(arguments)
    assert left.value.code == EXIT_USAGE
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("option", ["--as-of", "--now"])
def test_that_an_impossible_moment_is_wrong_usage(option: str) -> None:
    with pytest.raises(UsageError, match="2017-02-30"):
        main.context_of(main.parse([option, "2017-02-30"])[1], Path("p"), Settings())


def test_that_the_clock_starts_where_it_is_asked_to() -> None:
    given = main.context_of(main.parse(["--now", "2017-06-16T20:00Z"])[1], Path("p"), Settings())
    assert given.is_live
    assert given.clock.now() - datetime(2017, 6, 16, 20, tzinfo=UTC) < timedelta(minutes=1)


def test_that_as_of_a_day_is_its_end_in_new_york_and_a_day_to_come_is_live() -> None:
    moments = ["--now", "2017-06-20T12:00Z", "--as-of"]
    past = main.context_of(main.parse([*moments, "2017-06-16"])[1], Path("p"), Settings())
    assert (past.is_live, past.as_of.isoformat()) == (False, "2017-06-17T03:59:59.999999+00:00")
    assert main.context_of(main.parse([*moments, "2018-01-01"])[1], Path("p"), Settings()).is_live


def test_that_a_moment_still_to_come_is_held_to_now_with_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    moments = ["--now", "2017-06-20T12:00Z", "--as-of"]
    main.context_of(main.parse([*moments, "2017-06-20"])[1], Path("p"), Settings())
    assert capsys.readouterr().err == ""
    given = main.context_of(main.parse([*moments, "2030-01-01"])[1], Path("p"), Settings())
    assert given.as_of < datetime(2017, 6, 21, tzinfo=UTC)
    assert capsys.readouterr().err == "--as-of: 2030-01-01 is still to come; what is shown is as of now.\n"


def test_that_option_environment_and_setting_name_the_mirror_in_that_order(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(mirror="https://setting.example")

    def mirror(*arguments: str) -> str | None:
        return main.context_of(main.parse(arguments)[1], Path("p"), settings).mirror

    assert mirror() == "https://setting.example"
    monkeypatch.setenv("ABOUTFACE_MIRROR", "https://environment.example")
    assert mirror() == "https://environment.example"
    assert mirror("--mirror", "https://option.example") == "https://option.example"


def test_that_help_lists_every_command_and_each_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main.parse(["--help"])
    assert left.value.code == 0
    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in COMMANDS)


def test_that_a_command_that_reads_leaves_no_folder_behind(tmp_path: Path) -> None:
    done = run("--profile", str(tmp_path / "p"), "series", "--format", "csv", "--now", "2017-06-20")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("date,value,unit")
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    "command",
    [
        ["brief"],
        ["records"],
        ["refresh"],
        ["check", "article.txt", "--date", "2017-06-19"],
        ["screenshot", "--page", "story", "--out", "x.png"],
        ["selftest"],
    ],
)
def test_that_no_command_answers_from_a_profile_that_cannot_be_used(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("kept")
    for profile in (file, file / "within"):
        assert main.main([*command, "--profile", str(profile)]) == EXIT_FAILED
        told = capsys.readouterr()
        assert (told.out, told.err) == ("", f"aboutface: The data folder {profile} cannot be used: not a directory.\n")
    assert file.read_text() == "kept"


def test_that_a_wrong_market_is_one_sentence_and_not_a_trace(tmp_path: Path) -> None:
    done = run("--profile", str(tmp_path / "p"), "series", "--market", "rusel-2000")
    assert done.returncode == EXIT_USAGE
    assert done.stderr.strip().startswith(
        "aboutface: There is no market called 'rusel-2000'. Did you mean russell-2000"
    )
    assert "Traceback" not in done.stderr


def test_that_options_of_commands_do_not_open_a_window(tmp_path: Path) -> None:
    done = run("--profile", str(tmp_path / "p"), "--out", "x.json")
    assert (done.returncode, done.stderr) == (EXIT_USAGE, "aboutface: --format and --out belong to a command.\n")


def test_that_a_command_draws_where_there_is_no_display(tmp_path: Path) -> None:
    """Qt aborts the process where it looks for a display in vain."""
    drawn = tmp_path / "brief.pdf"
    done = run(
        *("brief", "--format", "pdf", "--as-of", "2017-06-16", "--profile", str(tmp_path), "--out", str(drawn)),
        QT_QPA_PLATFORM="xcb",
        DISPLAY="",
        WAYLAND_DISPLAY="",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert drawn.read_bytes().startswith(b"%PDF")
