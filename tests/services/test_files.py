"""Files that are there whole or not at all, and where the app keeps its own."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services import paths
from services.errors import InputError
from services.files import free_name, write_atomically

ROOT = Path(__file__).resolve().parents[2]


def test_that_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "ümlaut 50%.csv"
    for content in (b"old", b"", b"new" * 100_000):
        write_atomically(path, content)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_that_a_file_that_cannot_be_put_in_its_place_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    for path in (tmp_path / "taken", tmp_path / "nowhere" / "file"):
        with pytest.raises(InputError, match="could not be written"):
            write_atomically(path, b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is one of POSIX")
def test_that_a_disk_that_takes_no_more_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    program = """
import resource, sys
from pathlib import Path
from services.errors import InputError
from services.files import write_atomically
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_atomically(Path(sys.argv[1]), b"x" * 2000)
except InputError as error:
    print(error)
"""
    command = [sys.executable, "-c", program, str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert told == f"{path} could not be written: file too large.\n"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_that_content_is_on_the_disk_before_the_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(handle: int) -> None:
        order.append("sync")
        sync(handle)

    def noted_replace(path: Path, target: Path) -> Path:
        order.append("replace")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    write_atomically(tmp_path / "file", b"content")
    assert order[:2] == ["sync", "replace"]


def test_that_a_free_name_is_free(tmp_path: Path) -> None:
    path, moment = tmp_path / "file.json", datetime(2026, 7, 4, 12, tzinfo=UTC)
    names = []
    for _ in range(3):
        name = free_name(path, "bad", moment)
        name.touch()
        names.append(name.name)
    assert names == [f"file.json.bad-20260704T120000Z{suffix}" for suffix in ("", "-2", "-3")]


def test_that_everything_lies_in_one_profile(profile: Path) -> None:
    folder = paths.profile_folder()
    assert folder.name == "Aboutface"
    assert folder.is_relative_to(profile)
    assert not folder.exists()
    places = (paths.archive_path, paths.settings_path, paths.lock_path, paths.logs_folder, paths.exports_folder)
    assert len({place(folder) for place in places}) == len(places)
    assert {place(folder).parent for place in places} == {folder}


def test_that_a_profile_may_be_given(profile: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.profile_folder("here") == tmp_path / "here"
    assert paths.profile_folder("~/there") == profile / "there"
    assert paths.profile_folder(tmp_path) == tmp_path
