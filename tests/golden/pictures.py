"""Pictures of the window from the built-in figures at a fixed moment, small enough to keep, and how they compare."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, qVersion
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from services.clock import Clock
from services.settings import Settings
from tests.ui.shell import WAIT_MS, context
from ui.app import App
from ui.charts.export import png_bytes
from ui.pages.registry import PAGES
from ui.still import still_picture
from ui.theme import LIGHT, Theme, family

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
SETUP = FOLDER / "setup.txt"
"""What the pictures were made with; elsewhere letters have other edges and nothing can be compared."""

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
SIZES = ((1440, 900), (1100, 700))
THEMES = ("light", "dark")
DOUBLED = ("story", "positioning")
"""Pages that are kept at twice the scale as well."""
PAGE_NAMES = tuple(entry.name for entry in PAGES)

MOST_COLOURS = 256
LARGE_DIFFERENCE = 60
MOST_LARGE_SHARE = 0.002
MOST_MEAN = 0.8
"""A picture is the same where at most so many pixels differ by much, and all by so little on average (of 255)."""

Pixels = NDArray[np.uint8]


class StoppedClock(Clock):
    """Stands still, so that no countdown moves between two pictures."""

    def now(self) -> datetime:
        return NOW


def name_of(page: str, theme: str, size: tuple[int, int], scale: int = 1) -> str:
    return f"{page}-{theme}-{size[0]}x{size[1]}{'@2x' if scale == 2 else ''}.png"


def setup() -> str:
    """Qt's version, the font, and how one line of text comes out of them once the app is dressed."""
    Theme(LIGHT).apply()
    image = QImage(220, 24, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    font = QFont(family())
    font.setPixelSize(13)
    painter = QPainter(image)
    painter.setFont(font)
    painter.drawText(4, 17, "Net position 0123456789 \u2212%")
    painter.end()
    drawn = hashlib.sha256(bytes(image.constBits())).hexdigest()[:16]
    return f"{sys.platform} Qt {qVersion()} {family()} {drawn}\n"


@contextmanager
def window(qtbot: QtBot, profile: Path, theme: str, size: tuple[int, int]) -> Iterator[App]:
    """The app as it stands for its picture: the built-in figures, nobody asked, nothing remembered."""
    of = context(profile, now=NOW, clock=StoppedClock(NOW), is_offline=True)
    app = App(of, Settings(theme=theme, seen_hints=True), page=PAGE_NAMES[0], is_picture=True)
    app.window.resize(*size)
    app.start()
    try:
        yield app
    finally:
        app.stop()


def picture(qtbot: QtBot, app: App, page: str) -> Pixels:
    app.window.show_page(page)
    qtbot.waitUntil(lambda: app.window.is_drawn and app.loader.is_settled and app.jobs.is_idle, timeout=WAIT_MS)
    return pixels(still_picture(app.window))


def doubled(page: str, profile: Path, out: Path) -> Pixels:
    """The page at twice the scale, which takes a process of its own."""
    command = [sys.executable, str(ROOT / "main.py"), "screenshot", "--profile", str(profile), "--page", page]
    command += ["--now", NOW.isoformat(), "--size", "1440x900", "--theme", "light", "--out", str(out)]
    environment = {**os.environ, "QT_SCALE_FACTOR": "2", "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run(command, check=True, cwd=ROOT, env=environment, timeout=120)
    return pixels(QImage.fromData(QByteArray(out.read_bytes())))


def pixels(image: QImage) -> Pixels:
    """Red, green and blue of every pixel."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).copy()


def few_colours(of: Pixels) -> tuple[NDArray[np.uint8], Pixels]:
    """Index of each pixel in a table of the most frequent colours, and the table; the others take the nearest."""
    packed = (of.astype(np.uint32) * [[[1 << 16, 1 << 8, 1]]]).sum(axis=2, dtype=np.uint32)
    found, inverse, counts = np.unique(packed, return_inverse=True, return_counts=True)
    kept = np.argsort(counts)[::-1][:MOST_COLOURS]
    colours = np.stack([found >> 16, found >> 8 & 255, found & 255], axis=1).astype(np.int32)
    table = colours[kept]
    nearest = np.empty(len(found), np.uint8)
    for start in range(0, len(found), 4096):
        part = colours[start : start + 4096, None, :] - table[None, :, :]
        nearest[start : start + 4096] = np.argmin((part * part).sum(axis=2), axis=1)
    return nearest[inverse].reshape(of.shape[:2]), table.astype(np.uint8)


def save(of: Pixels, path: Path) -> None:
    """As PNG with a palette."""
    indices, table = few_colours(of)
    height, width = indices.shape
    padded = np.zeros((height, -(-width // 4) * 4), np.uint8)
    padded[:, :width] = indices
    image = QImage(padded.tobytes(), width, height, padded.shape[1], QImage.Format.Format_Indexed8)
    image.setColorTable([QColor(*map(int, colour)).rgb() for colour in table])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png_bytes(image))


def difference(of: Pixels, kept: Pixels) -> str:
    """In what a picture differs from the one that is kept, "" where it is the same but for a few edges."""
    if of.shape != kept.shape:
        return f"it is {of.shape[1]}x{of.shape[0]} and was {kept.shape[1]}x{kept.shape[0]}"
    indices, table = few_colours(of)
    apart = np.abs(table[indices].astype(np.int16) - kept.astype(np.int16)).max(axis=2)
    large, mean = float((apart > LARGE_DIFFERENCE).mean()), float(apart.mean())
    if large <= MOST_LARGE_SHARE and mean <= MOST_MEAN:
        return ""
    rows, columns = np.nonzero(apart > LARGE_DIFFERENCE)
    where = f" within {columns.min()},{rows.min()} to {columns.max()},{rows.max()}" if len(rows) else ""
    return f"{100 * large:.2f} % of its pixels differ much{where}, all of them by {mean:.2f} on average"
