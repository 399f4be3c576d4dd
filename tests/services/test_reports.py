"""What a report of a crash never says, and how many of them are kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services import reports
from services.files import stamp
from services.paths import logs_folder

NOW = datetime(2026, 7, 4, 12, tzinfo=UTC)
CANARY = "c4n4ry-k3y-of-a-person"


def test_that_keys_names_and_folders_are_taken_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ABOUTFACE_KEY_TIINGO", CANARY)
    monkeypatch.setenv("LOGNAME", "margaret")
    home = Path.home()
    profile = home / "data" / "profile"
    text = "\n".join(
        [
            f'File "{home}/app/main.py", line 1',
            f"opened {profile}/archive.sqlite",
            f"GET https://api.tiingo.com/prices?token={CANARY}&from=2017",
            "GET https://example.org/?apikey=0123456789&x=1 {'Authorization': 'Token-0123456789'}",
            f"a bare {CANARY}, margaret and margaret@example.org",
        ]
    )
    said = reports.redacted(text, profile)
    for secret in (CANARY, "0123456789", "margaret", "example.org,", str(home)):
        assert secret not in said
    assert "<data folder>/archive.sqlite" in said
    assert 'File "~/app/main.py", line 1' in said
    assert "from=2017" in said


def test_that_the_last_five_reports_are_kept(tmp_path: Path) -> None:
    moments = [NOW + timedelta(minutes=number) for number in range(8)]
    for number, moment in enumerate(moments):
        kept = reports.keep(f"report {number}", tmp_path, moment)
        assert kept is not None and kept.read_text("utf-8") == f"report {number}"
    names = sorted(path.name for path in logs_folder(tmp_path).iterdir())
    assert names == [f"crash.txt.at-{stamp(moment)}" for moment in moments[-reports.KEPT :]]


def test_that_a_folder_that_cannot_be_made_costs_the_report_alone(tmp_path: Path) -> None:
    (tmp_path / "profile").write_bytes(b"a file where the folder should be")
    assert reports.keep("report", tmp_path / "profile", NOW) is None
