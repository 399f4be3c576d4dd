"""Starts that fail are counted until one gets through."""

from pathlib import Path

import pytest

from services import starts


def test_that_failed_starts_are_counted_until_one_gets_through(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    assert [starts.begin(profile) for _ in range(3)] == [0, 1, 2]
    starts.succeed(profile)
    assert starts.begin(profile) == 0
    starts.succeed(profile)
    assert list(profile.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"many", b"\xff\xfe", b"-1", b"1e9"])
def test_that_a_note_that_is_none_counts_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "start-under-way").write_bytes(content)
    assert starts.begin(tmp_path) == 0
    assert starts.begin(tmp_path) == 1


def test_that_a_place_that_cannot_be_written_counts_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    assert [starts.begin(file / "profile") for _ in range(3)] == [0, 0, 0]
    starts.succeed(file / "profile")
