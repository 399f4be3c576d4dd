"""The Check page in a real window: what is listed, marked, said and asked for there."""

import html
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QDate, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QWidget

from models.calendars import end_of_day
from models.check.findings import ArticleVerdict
from models.names import Report, Verdict
from models.pages.check import CheckChoice, notes_on, record, summary, verdict_title
from models.pages.check import page as build_page
from models.pages.check_report import as_html, as_text
from models.pages.choice import Choice
from models.qt.desk import Desk
from models.statements.evidence import Evidence
from services.archive.archive import Archive
from services.starter import tables
from tests.models.samples import tuesdays
from tests.services.archive.samples import opened as archive_at
from tests.services.archive.samples import positions, save
from ui.commands.output import to_json
from ui.pages.check_list import MARGIN, mark_boxes, marks_of
from ui.pages.check_page import CheckPage
from ui.theme import DARK, Theme

Shown = Callable[..., QWidget]
Open = Callable[..., tuple[CheckPage, Desk]]
DAY = date(2017, 6, 16)


def gold(archive: Archive) -> None:
    """Ten weeks of gold that end at 7,542 contracts net long."""
    days = tuesdays(10, date(2017, 4, 11))
    nets = np.linspace(-1000, 7542, 10)
    rows = {
        ("088691", day): {"noncommercial_long": 10_000 + net, "noncommercial_short": 10_000.0}
        for day, net in zip(days, nets, strict=True)
    }
    save(archive, positions(rows, name="GOLD"))


@pytest.fixture
def opened(theme: Theme, shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))

    def call(text: str = "") -> tuple[CheckPage, Desk]:
        desk = Desk(Choice(end_of_day(DAY), is_live=False).with_page(CheckChoice(text)))
        widget = CheckPage(desk, theme)

        def draw() -> None:
            with archive_at(tmp_path / "archive.sqlite") as archive:
                if not archive.newest_report(Report.LEGACY_FUTURES, desk.choice.as_of):
                    gold(archive)
                widget.show_page(build_page(archive, desk.choice))

        desk.changed.connect(draw)
        draw()
        shown(widget, 1200, 700)
        return widget, desk

    return call


def evidence_of(widget: CheckPage) -> Evidence:
    found = widget.evidence.evidence
    assert found is not None
    return found


TEXT = (
    "It rained. Speculators are net long 7,500 contracts of gold. They are net short 7,500 contracts of gold."
    " Gold could rise 5 percent."
)


def test_that_sentences_carry_the_marks_of_their_verdicts(opened: Open) -> None:
    widget, _ = opened(TEXT)
    assert widget.page is not None
    assert [marks_of(sentence) for sentence in widget.page.sentences] == [(), ("true",), ("false",), ()]
    assert widget.sentence_text().startswith("2 claims: 1 supported, 1 not supported.")
    model = widget.sentences.model()
    assert model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole).endswith(
        "gold. Supported: +7,542 contracts on 13 Jun 2017, claimed: 7,500 contracts."
    )


def test_that_what_was_not_understood_stands_below_its_sentence_and_in_what_is_saved(opened: Open) -> None:
    text = "Speculators, who manage $9 billion, are net long 7,500 contracts of gold."
    widget, _ = opened(text)
    assert widget.page is not None
    said = "Not understood: \u201c$9 billion\u201d; this figure belongs to no claim that can be checked"
    assert notes_on(widget.page.sentences[0])[-1] == said
    model = widget.sentences.model()
    assert said in model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert html.escape(said.removeprefix("Not understood: ")) in as_html(widget.page)
    assert "[not understood] $9 billion: " in as_text(widget.page)
    figures = widget.sentences.figures()
    assert figures is not None
    assert figures.rows[0][-1] == "supported; not understood: $9 billion"
    assert '"text": "$9 billion"' in to_json(record(widget.page))


def test_that_a_verdict_of_some_definitions_has_one_mark_and_one_wording(opened: Open) -> None:
    widget, _ = opened("Speculators are the most bullish on gold on record.")
    assert widget.page is not None
    (claim,) = widget.page.claims
    some = replace(claim, verdict=ArticleVerdict.ONE_DEFINITION)
    sentence = replace(widget.page.sentences[0], claims=(some,))
    assert marks_of(sentence) == ("some",)
    short = replace(claim.shown, verdict=Verdict.UNKNOWN, reason="sample_too_short")
    beyond = replace(claim, verdict=ArticleVerdict.CANNOT_BE_SHOWN, shown=short)
    assert marks_of(replace(sentence, claims=(beyond,))) == ("short",)
    title = verdict_title(some)
    assert summary(replace(widget.page, sentences=(sentence,))) == f"1 claim: 1 {title}."
    assert notes_on(sentence)[0].lower().startswith(title)


def test_that_three_marks_stay_in_the_margin(opened: Open) -> None:
    area = QRect(0, 10, 600, 80)
    boxes = mark_boxes(area, 3)
    assert all(area.left() <= box.left() and box.right() < area.left() + MARGIN for box in boxes)
    assert not any(a.intersects(b) for a, b in combinations(boxes, 2))
    assert boxes[2].left() == boxes[0].left()
    three = "Speculators are net long gold, they are net short gold, and they are net long platinum."
    widget, _ = opened(three)
    assert widget.page is not None
    assert marks_of(widget.page.sentences[0]) == ("true", "false", "missing")
    assert widget.sentences.sizeHintForRow(0) > boxes[2].bottom() - area.top()


def test_that_the_first_claim_is_chosen_and_the_keys_move_on(opened: Open) -> None:
    widget, _ = opened(TEXT)
    evidence = evidence_of(widget)
    assert (evidence.claim, evidence.verdict) == ("Speculators are net long 7,500 contracts of gold", "supported")
    assert (evidence.lead, evidence.lead_note) == ("+7,542", "contracts; claimed: 7,500 contracts")
    assert evidence.sources
    assert evidence.export_rows
    QTest.keyClick(widget.sentences, Qt.Key.Key_Down)
    assert evidence_of(widget).verdict == "not supported"
    QTest.keyClick(widget.sentences, Qt.Key.Key_Down)
    assert not widget.evidence.is_showing_claim
    assert widget.evidence.said.text().startswith("Not understood: \u201crise 5 percent\u201d.")


def test_that_each_claim_of_a_sentence_has_its_evidence(opened: Open) -> None:
    widget, _ = opened("Speculators are net long gold, and they are net long 7,500 contracts of gold.")
    assert widget.evidence.choice.isVisible()
    widget.evidence.choice.chosen.emit("1")
    assert evidence_of(widget).claim == "they are net long 7,500 contracts of gold"


def test_that_an_amount_in_dollars_is_short_and_a_claim_without_sample_has_no_heading_for_it(opened: Open) -> None:
    widget, _ = opened("Speculators hold a net long worth $9 billion in gold. Gold fell 3 percent in May.")
    assert widget.page is not None
    assert evidence_of(widget).lead_note == "claimed: $9.0bn"
    assert notes_on(widget.page.sentences[0])[0] == (
        "Cannot be shown with the data at hand: Speculators in Gold futures:"
        " no price that gives the dollar value of 13 Jun 2017 is held."
    )
    QTest.keyClick(widget.sentences, Qt.Key.Key_Down)
    titles = [one for one in widget.evidence.findChildren(QWidget) if one.accessibleName() == "Sample and sources"]
    assert [title.isVisible() for title in titles] == [False]


def test_that_a_ranked_claim_shows_its_rank_among_all_reports(opened: Open) -> None:
    widget, _ = opened("Speculators are the most bullish on gold on record.")
    assert evidence_of(widget).lead.startswith("1st")
    assert evidence_of(widget).strip is not None


def test_that_without_a_text_a_sample_of_our_own_is_checked(opened: Open) -> None:
    widget, _ = opened()
    assert widget.page is not None
    assert len(widget.page.sentences) == 11
    assert {claim.verdict for claim in widget.page.claims} == {ArticleVerdict.CANNOT_BE_SHOWN}


def test_that_a_pasted_text_is_checked_and_nothing_in_it_is_markup(opened: Open) -> None:
    widget, desk = opened()
    QGuiApplication.clipboard().setText("Speculators are net long 7,500 contracts of gold &lt;img src=x&gt;.")
    QTest.mouseClick(widget.paste, Qt.MouseButton.LeftButton)
    assert desk.choice.on_page(CheckChoice).text.startswith("Speculators")
    assert widget.page is not None
    assert len(widget.page.claims) == 1
    labels = widget.findChildren(QLabel)
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_that_a_text_too_long_or_empty_is_refused_and_the_old_one_stays(opened: Open) -> None:
    widget, _ = opened(TEXT)
    said: list[str] = []
    widget.told.connect(said.append)
    widget.check("word " * 300_000)
    widget.check("  \n")
    assert "no article" in said[0]
    assert "no text" in said[1]
    assert widget.page is not None
    assert len(widget.page.claims) == 2


def test_that_a_file_is_opened_or_the_reason_said(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget, _ = opened(TEXT)
    said: list[str] = []
    widget.told.connect(said.append)
    path = tmp_path / "article.txt"
    path.write_text("Speculators are net long 7,500 contracts of gold.")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))
    widget.open.click()
    assert widget.page is not None
    assert len(widget.page.sentences) == 1
    path.write_bytes(b"\0\1")
    widget.open.click()
    assert "not a text file" in said[0]


def test_that_the_day_of_the_article_is_the_day_of_the_figures(opened: Open) -> None:
    widget, desk = opened("Speculators are net long 7,500 contracts of gold.")
    widget.day.setDate(QDate(2017, 6, 15))
    assert desk.choice.on_page(CheckChoice).date == date(2017, 6, 15)
    assert widget.page is not None
    assert widget.page.claims[0].verdict is ArticleVerdict.NOT_SUPPORTED
    widget.day.setDate(QDate(2018, 1, 5))
    assert widget.page.as_of == end_of_day(DAY)


@pytest.mark.parametrize(("form", "start"), [("html", b"<!doctype html>"), ("json", b"{"), ("pdf", b"%PDF-")])
def test_that_the_checked_article_is_saved(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, start: bytes
) -> None:
    widget, _ = opened(TEXT)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / f"x.{form}"), ""))
    widget.save.click()
    menu = widget.findChild(QMenu)
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.data() == form).trigger()
    menu.close()
    assert (tmp_path / f"x.{form}").read_bytes().startswith(start)


def test_that_it_is_drawn_in_the_dark_and_when_narrow(opened: Open, theme: Theme) -> None:
    widget, _ = opened(TEXT)
    theme.choose(DARK)
    widget.resize(880, 560)
    QApplication.processEvents()
    assert not widget.grab().isNull()
    heights = [widget.sentences.sizeHintForRow(row) for row in range(4)]
    assert min(heights) > 12
