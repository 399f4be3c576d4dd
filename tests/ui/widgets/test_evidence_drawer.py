"""The drawer that shows what stands behind a statement."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.pages import sample
from ui.theme import Theme
from ui.widgets.evidence_drawer import DRAWER_WIDTH, EvidenceDrawer
from ui.widgets.verdict_mark import paint_mark


@pytest.fixture
def drawer(theme: Theme, shown: Callable[..., QWidget]) -> EvidenceDrawer:
    made = EvidenceDrawer(theme)
    made.show_evidence(sample.evidence())
    shown(made, DRAWER_WIDTH, 760)
    return made


def said(drawer: EvidenceDrawer) -> str:
    texts = [label.text() for label in drawer.findChildren(QLabel)]
    names = [f"{child.accessibleName()} {child.accessibleDescription()}" for child in drawer.findChildren(QWidget)]
    return "\n".join(texts + names)


def test_that_everything_behind_the_statement_is_told(drawer: EvidenceDrawer) -> None:
    text = said(drawer)
    for part in (
        "“Largest two-week rise on record” does not hold",
        "3rd of 506 two-week changes since Dec 2006",
        "Net = non-commercial long − short, futures only.",
        "Contracts as reported: holds, 1st of 506",
        "All contracts, notional value: cannot be shown: no data, no data",
        "508 reports from 12 Dec 2006",
        "released 16 Jun 2017, 15:30 ET",
        "https://publicreporting.cftc.gov",
    ):
        assert part in text


def test_that_the_sentence_is_copied(drawer: EvidenceDrawer, qtbot: QtBot) -> None:
    button = next(button for button in drawer.findChildren(QPushButton) if button.text() == "Copy sentence")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == sample.evidence().sentence


def test_that_escape_asks_to_close(drawer: EvidenceDrawer, qtbot: QtBot) -> None:
    with qtbot.waitSignal(drawer.closed):
        QTest.keyClick(drawer, Qt.Key.Key_Escape)


def test_that_nothing_is_wider_than_the_drawer(drawer: EvidenceDrawer) -> None:
    scroll = drawer.findChildren(QScrollArea)[0]
    body = scroll.widget()
    assert body is not None
    assert body.width() <= scroll.viewport().width()


def test_that_html_in_a_name_stays_text(drawer: EvidenceDrawer) -> None:
    drawer.show_evidence(replace(sample.evidence(), claim="<b>x</b>", definition=("<img src=x>",)))
    labels = drawer.findChildren(QLabel)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    assert any("<b>x</b>" in label.text() for label in labels)


def test_that_evidence_without_strip_rows_or_others_leaves_no_empty_headings(drawer: EvidenceDrawer) -> None:
    drawer.show_evidence(replace(sample.evidence(), strip=None, rows=(), others=(), export_rows=()))
    hidden = {child.accessibleName() for child in drawer.findChildren(QWidget) if child.isHidden()}
    assert {"The windows compared", "Other definitions"} <= hidden
    assert drawer.figures() is None


def test_that_the_five_marks_differ_without_colour(qapp: QApplication) -> None:
    pictures = set()
    for mark in ("true", "some", "false", "short", "missing"):
        image = QImage(16, 16, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_mark(painter, image.rect().toRectF(), mark, QColor("black"), QColor("white"))
        painter.end()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == 5
