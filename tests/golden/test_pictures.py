"""Every page looks as it did when a person last looked at it.

`python3 dev.py pictures` makes them anew; look at each before it is committed.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.golden import pictures
from tests.golden.pictures import DOUBLED, FOLDER, PAGE_NAMES, SETUP, SIZES, THEMES, Pixels, name_of


@pytest.fixture
def is_updating(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-pictures"))


@pytest.fixture
def pinned(qapp: QApplication, is_updating: bool, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The setup in which the pictures were made, in the time of Greenwich; elsewhere nothing is compared."""
    here = pictures.setup()
    if is_updating:
        FOLDER.mkdir(parents=True, exist_ok=True)
        SETUP.write_text(here)
    elif not SETUP.exists():
        pytest.skip("no pictures are kept yet")
    elif SETUP.read_text() != here:
        pytest.skip(f"the pictures were made with {SETUP.read_text().strip()}, this is {here.strip()}")
    if hasattr(time, "tzset"):
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def check(of: Pixels, name: str, out: Path, *, is_updating: bool) -> str:
    """Keeps the picture, or gives in what it differs from the one that is kept."""
    path = FOLDER / name
    if is_updating:
        pictures.save(of, path)
        return ""
    if not path.exists():
        return f"{name} is not kept"
    kept = pictures.pixels(QImage.fromData(QByteArray(path.read_bytes())))
    said = pictures.difference(of, kept)
    if said:
        pictures.save(of, out / name)
        return f"{name}: {said}; see {out / name}"
    return ""


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_that_every_page_looks_as_it_did(
    qtbot: QtBot, profile: Path, tmp_path: Path, pinned: None, is_updating: bool, size: tuple[int, int], theme: str
) -> None:
    with pictures.window(qtbot, profile, theme, size) as app:
        found = [
            check(pictures.picture(qtbot, app, page), name_of(page, theme, size), tmp_path, is_updating=is_updating)
            for page in PAGE_NAMES
        ]
    assert not [said for said in found if said]


@pytest.mark.parametrize("page", DOUBLED)
def test_that_a_page_looks_the_same_at_twice_the_scale(
    profile: Path, tmp_path: Path, pinned: None, is_updating: bool, page: str
) -> None:
    made = pictures.doubled(page, profile, tmp_path / "made.png")
    assert made.shape == (1800, 2880, 3)
    assert check(made, name_of(page, "light", (1440, 900), 2), tmp_path, is_updating=is_updating) == ""


def test_that_a_picture_that_differs_is_told(tmp_path: Path, qapp: QApplication) -> None:
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    white = pictures.pixels(image)
    pictures.save(white, tmp_path / "white.png")
    kept = pictures.pixels(QImage(str(tmp_path / "white.png")))
    assert pictures.difference(white, kept) == ""
    spotted = white.copy()
    spotted[10:20, 10:20] = 0
    assert "within 10,10 to 19,19" in pictures.difference(spotted, kept)
    assert "40x40" in pictures.difference(white[:20], kept)


def test_that_all_pictures_together_are_small() -> None:
    sizes = [path.stat().st_size for path in FOLDER.glob("*.png")]
    assert sum(sizes) < 6_000_000 and all(size < 1_000_000 for size in sizes)
