"""The Story in a real widget, on made-up histories."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from models.formats import day, month
from models.names import Kind, Legs, Report, Verdict
from models.pages import story_panels
from models.pages.brief import statements
from models.pages.brief_text import as_html, as_markdown, as_text, heading, place, released
from models.pages.choice import Choice
from models.pages.side_claims import NO_DATA
from models.pages.story import StoryPage as Page
from models.pages.story import build
from models.pages.story import page as positions
from models.pages.story_choice import StoryChoice, as_plain, from_plain, measured
from models.qt.desk import Desk
from models.records import SourceStatus
from models.statements.drawer import claim_title
from services.archive.archive import Archive
from services.clock import Clock
from ui.pages.story_cells import look_of
from ui.pages.story_matrix import ROWS_SHOWN, row_caption
from ui.pages.story_page import StoryPage
from ui.pages.story_panels import earnings_caption, performance_caption
from ui.report import render
from ui.theme import Theme

JUNE = datetime(2017, 6, 17, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """The built-in figures, kept nowhere."""
    opened = Archive.open(tmp_path / "none" / "archive.sqlite", Clock(), writable=False)
    yield opened
    opened.close()


@pytest.fixture
def page(archive: Archive) -> Page:
    return build(archive, Choice(JUNE, is_live=False))


@pytest.fixture
def shown(qtbot: QtBot, page: Page) -> StoryPage:
    theme = Theme("light")
    theme.apply()
    widget = StoryPage(Desk(page.choice), theme)
    qtbot.addWidget(widget)
    widget.resize(1340, 824)
    widget.show_page(page)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_that_the_built_in_figures_tell_the_story_of_june_2017(page: Page) -> None:
    assert page.headline is not None
    assert page.headline.lead == "+80,572"
    assert "but not once contract size is counted" in page.headline.short
    assert page.matrix is not None
    assert page.matrix.rows[0].primary.of == 506


def test_that_a_cell_opens_its_evidence_and_escape_gives_the_focus_back(qtbot: QtBot, shown: StoryPage) -> None:
    cell = shown.matrix._cells[0][1]
    cell.setFocus()
    QTest.keyClick(cell, Qt.Key.Key_Return)
    assert shown.drawer.isVisible()
    assert shown.drawer.evidence is not None
    assert shown.drawer.evidence.lead == "3rd"
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.drawer.isVisible()
    assert QApplication.focusWidget() is cell


def test_that_a_claim_of_a_sign_shows_the_report_that_it_goes_back_to(page: Page) -> None:
    assert page.matrix is not None
    row = next(row for row in page.matrix.rows if row.claim.kind is Kind.SIGN)
    shown = page.evidence_of(row, row.primary)
    assert [line.cells[0] for line in shown.rows] == ["28 Feb 2017", "13 Jun 2017"]


def test_that_the_evidence_of_all_contracts_counts_the_reports_without_one_of_them(archive: Archive) -> None:
    page = positions(archive, Choice(datetime(2026, 6, 30, tzinfo=UTC), is_live=False))
    row = page.claims[0]
    summed = next(s for s in row.statements if s.definition.legs == Legs.ALL)
    shown = page.evidence_of(row, summed)
    gone = len(page.series_of(summed.definition).unsummed)
    assert gone > 100
    assert f"{gone} reports without one of the contracts are left out." in shown.sample
    assert any(line.startswith("Reports of every contract are not held between ") for line in shown.sample)


def test_that_arrows_move_among_the_cells(qtbot: QtBot, shown: StoryPage) -> None:
    first = shown.matrix._cells[0][0]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    QTest.keyClick(shown.matrix._cells[0][1], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is shown.matrix._cells[1][1]


def test_that_every_cell_says_claim_definition_verdict_and_figure(shown: StoryPage) -> None:
    name = shown.matrix._cells[0][0].accessibleName()
    assert name == "Largest two-week rise on record, Contracts as reported: holds, 1st of 506, +80,572."


def test_that_a_new_record_keeps_zoom_and_the_chosen_kind_of_cell(shown: StoryPage, page: Page) -> None:
    shown.set_range("5Y")
    shown.show_page(page)
    assert shown.chart.preset == "5Y"


def test_that_nothing_is_cut_off_at_the_small_size(qtbot: QtBot, shown: StoryPage) -> None:
    shown.resize(1052, 624)
    qtbot.wait(1)
    assert shown._body.width() <= shown._scroll.viewport().width()
    for cells in shown.matrix._cells:
        for cell in cells:
            assert cell.width() >= cell.minimumSizeHint().width()


@pytest.mark.parametrize(
    ("form", "head"), [("pdf", b"%PDF"), ("png", b"\x89PNG"), ("html", b"<!doctype"), ("md", b"# ")]
)
def test_that_the_brief_is_saved_whole(
    shown: StoryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, head: bytes
) -> None:
    target = tmp_path / f"brief.{form}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    shown.save_brief(form)
    assert target.read_bytes().startswith(head)
    assert list(tmp_path.glob("*.tmp*")) == []


def test_that_what_next_report_would_need_is_named_with_its_unit(page: Page) -> None:
    assert page.watch
    assert all(line.unit and line.meaning for line in page.watch)
    assert any("net short again" in line.meaning for line in page.watch)


def test_that_a_market_without_figures_says_so(qtbot: QtBot, archive: Archive) -> None:
    empty = build(archive, Choice(JUNE, is_live=False, market="cocoa"))
    theme = Theme("dark")
    widget = StoryPage(Desk(empty.choice), theme)
    qtbot.addWidget(widget)
    widget.show_page(empty)
    assert "No figures for Cocoa are held as of 16 Jun 2017: choose a later day, or refresh" in widget.sentence_text()
    assert empty.matrix is None
    assert widget.chart.accessibleDescription() == empty.reason_empty
    assert (widget._watch.text(), widget._changed.text()) == (empty.reason_empty, empty.reason_empty)
    live = positions(archive, Choice(JUNE, market="cocoa"))
    assert live.reason_empty == "No figures for Cocoa are held as of 16 Jun 2017: refresh to download them."
    assert widget.anatomy.bars.accessibleDescription() == "No two reports are held."


def asked(dataset: Report, rows: int, error: str = "") -> SourceStatus:
    return SourceStatus("cftc", dataset.value, date(2017, 6, 13) if rows else None, JUNE, rows, error)


def test_that_a_market_without_figures_after_a_refresh_says_why(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To refresh once more is no advice where a source has failed or has nothing of the market."""
    statuses = [asked(Report.LEGACY_FUTURES, 900), asked(Report.TFF_FUTURES, 0, "The provider refused the request.")]
    monkeypatch.setattr(archive, "statuses", lambda: tuple(statuses))
    lead = "No figures for Cocoa are held as of 16 Jun 2017. "
    said = positions(archive, Choice(JUNE, market="cocoa")).reason_empty
    assert said == f"{lead}What has been downloaded of its reports has none."
    statuses += [
        asked(family, 0, "The provider is gone.") for family in (Report.DISAGG_FUTURES, Report.DISAGG_COMBINED)
    ]
    said = positions(archive, Choice(JUNE, market="cocoa")).reason_empty
    failed = "The disaggregated report could not be downloaded: the provider is gone."
    assert said == f"{lead}{failed} What has been downloaded of other reports has none."


def test_that_a_live_brief_of_an_ended_contract_is_of_its_last_report(archive: Archive) -> None:
    ended = positions(archive, Choice(datetime(2026, 7, 1, tzinfo=UTC), market="23977A"))
    last = ended.release
    assert last is not None and heading(ended) == f"Russell 2000 23977A, report of {day(last.report)}"
    assert released(ended).endswith(" The contract has no newer report.")
    late = positions(archive, Choice(datetime(2036, 7, 1, tzinfo=UTC)))
    assert heading(late).startswith("Russell 2000, report of ")
    assert released(late).endswith(" No newer report is held.")
    now = positions(archive, Choice(JUNE))
    assert heading(now) == "Russell 2000, now" and "newer" not in released(now)


def test_that_larger_swings_are_marked_beside_the_weeks_own(page: Page) -> None:
    marks = {mark.end: (mark.label, mark.is_current) for mark in page.swings}
    assert marks[date(2017, 6, 13)] == ("+80,572", True)
    assert marks[date(2016, 11, 22)] == ("+106,316", False)
    assert marks[date(2007, 8, 21)] == ("+129,034", False)


def test_that_a_quiet_week_asks_the_ordinary_questions(qtbot: QtBot, archive: Archive, shown: StoryPage) -> None:
    weeks = (JUNE - timedelta(weeks=week) for week in range(40))
    pages = (positions(archive, Choice(week, is_live=False)) for week in weeks)
    quiet = next(made for made in pages if made.matrix is not None and not made.matrix.rows)
    assert quiet.matrix is not None
    shown.show_page(quiet)
    kinds = [row.claim.kind for row in quiet.ordinary]
    assert kinds == [Kind.SWING, Kind.SWING, Kind.LEVEL]
    assert len(shown.matrix._cells[0]) == len(quiet.matrix.columns)
    assert quiet.headline is not None and "record" not in quiet.headline.sentence
    assert quiet.swings == ()
    asked = {claim_title(row.primary) for row in quiet.ordinary}
    for text in (as_text(quiet), as_markdown(quiet), as_html(quiet)):
        assert all(title in text for title in asked)
    told = {made["id"] for made in statements(quiet)}
    assert {row.claim.id for row in quiet.ordinary} <= told


def test_that_a_level_of_the_same_year_is_said_by_its_day_where_room_is_short(page: Page) -> None:
    assert page.matrix is not None
    level = next(row.primary for row in page.matrix.rows if row.claim.kind is Kind.SIGN)
    assert level.since == date(2017, 2, 28)
    report = level.claim.date
    assert look_of(level, report).short == "Since 28 Feb"
    assert look_of(level, report).first == "Since 28 Feb 2017"
    assert look_of(level, date(2018, 1, 2)).short == "Since 2017"
    assert look_of(replace(level, since=date(2016, 7, 5)), report).short == "Since 2016"
    old = look_of(replace(level, since=date(2011, 5, 17)), report)
    assert (old.first, old.short) == ("Since May 2011", "Since 2011")


def test_that_the_anatomy_names_both_reports_where_they_differ(page: Page, shown: StoryPage) -> None:
    assert page.anatomy is not None
    assert (page.anatomy.steps_in, page.anatomy.groups_in) == ("legacy", "TFF")
    found = shown.anatomy.bars.figures()
    assert found is not None
    assert {row[-1] for row in found.rows} == {"By report, legacy", "By group, TFF"}


def test_that_a_long_claim_stays_beside_its_marks_on_paper(page: Page) -> None:
    """Whatever the title, nothing else of the sheet changes."""

    def sheet(title: str) -> QImage:
        claims = tuple(replace(claim, title=title) for claim in page.panels.claims)
        made = replace(page, panels=replace(page.panels, claims=claims))
        image = QImage.fromData(render(made, "png", "Brief", []))
        return image.copy(2 * (40 + 206) - 8, 0, image.width(), image.height())

    assert page.panels.claims
    assert sheet("Largest monthly lead since November 2016 by any measure of it") == sheet("Lead")


def test_that_a_claim_beside_positioning_opens_its_evidence(shown: StoryPage, page: Page) -> None:
    claim = page.panels.claims[0]
    cell = shown.matrix._cells[ROWS_SHOWN][0]
    cell.click()
    assert shown.drawer.evidence is not None
    behind = claim.cells[0].behind
    assert behind is not None
    assert shown.drawer.evidence.claim == claim.title != behind.claim
    assert shown.drawer.evidence.definition == (f"{behind.claim}.", *behind.definition)
    assert claim.cells[0].sentence in shown.drawer.evidence.sentence
    assert shown.drawer.evidence.export_rows == behind.export_rows


def test_that_what_comes_later_leaves_the_focus_and_the_chosen_verdict(shown: StoryPage, page: Page) -> None:
    cell = shown.matrix._cells[0][1]
    cell.click()
    cell.setFocus()
    before = len(shown.matrix._cells)
    shown.show_panels(replace(page.panels, claims=page.panels.claims[:1]))
    assert len(shown.matrix._cells) == ROWS_SHOWN + 1 < before
    assert QApplication.focusWidget() is cell is shown.matrix._cells[0][1]
    shown.show_panels(page.panels)
    assert len(shown.matrix._cells) == before
    assert [each for row in shown.matrix._cells for each in row if each.is_chosen] == [cell]


def test_that_a_hidden_claim_comes_back(shown: StoryPage, page: Page) -> None:
    assert page.matrix is not None
    before = len(shown.matrix._cells)
    shown.matrix._hide(page.panels.claims[0].id)
    assert len(shown.matrix._cells) == before - 1
    shown.matrix._show_hidden()
    assert len(shown.matrix._cells) == before


def test_that_a_measured_swing_is_kept_and_judged_until_it_is_removed(archive: Archive, page: Page) -> None:
    claim = measured(page.series, date(2017, 5, 23), date(2017, 6, 13))
    assert claim is not None and claim.window == 3
    kept = StoryChoice().with_claim(claim)
    shown = positions(archive, page.choice.with_page(kept))
    (row,) = shown.kept
    assert (row.claim, row.primary.value) == (claim, float(page.series.value[-1] - page.series.value[-4]))
    assert shown.matrix == page.matrix
    assert from_plain([as_plain(claim), {"market": "none"}, 3]) == kept
    assert kept.without(claim) == StoryChoice()
    earlier = positions(archive, replace(page.choice.with_page(kept), as_of=JUNE - timedelta(weeks=2)))
    assert earlier.kept == ()


def test_that_no_claim_is_longer_than_half_a_year(page: Page) -> None:
    assert measured(page.series, date(2016, 6, 14), date(2017, 6, 13)) is None
    assert measured(page.series, date(2017, 6, 13), date(2017, 6, 13)) is None


def test_that_later_figures_have_no_verdict_and_carry_their_day(archive: Archive) -> None:
    strict = story_panels.build(archive, Choice(JUNE, is_live=False))
    marked = story_panels.build(archive, Choice(JUNE, is_live=False, later_data=True))
    assert all(cell.later is None for claim in strict.claims for cell in claim.cells)
    later = [cell for claim in marked.claims for cell in claim.cells if cell.later is not None]
    assert later
    assert all(cell.later > JUNE.date() and cell.mark == NO_DATA for cell in later if cell.later)


def test_that_the_panels_stay_on_the_first_screen(qtbot: QtBot, shown: StoryPage, page: Page) -> None:
    shown.resize(1356, 824)
    qtbot.wait(1)
    for panel in shown.panels.shown:
        assert panel.mapTo(shown, panel.rect().bottomLeft()).y() <= shown.height()


def test_that_the_claims_are_those_of_the_newest_report_or_its_swing(page: Page) -> None:
    assert page.matrix is not None
    newest = date(2017, 6, 13)
    for row in page.matrix.rows:
        assert row.claim.date == newest or row.claim.kind is Kind.LEVEL


def test_that_a_panel_never_calls_another_year_this_one(page: Page) -> None:
    market = page.panels.market
    assert market is not None and market.relative is not None and market.relative.month is not None
    now = performance_caption(market)
    assert now.startswith("June: ") and now.endswith(" pts this year.")
    later = replace(market, choice=replace(market.choice, as_of=JUNE.replace(year=2018)))
    assert performance_caption(later) == now.replace("June: ", "Jun 2017: ").replace("this year", "in 2017")


def test_that_growth_names_its_basis_and_the_day_of_its_estimates(shown: StoryPage, page: Page) -> None:
    earnings = page.panels.earnings
    assert earnings is not None and earnings.small is not None
    assert shown.panels.earnings.title == "Earnings growth, operating, %"
    assert earnings_caption(earnings).endswith(f" large, {day(earnings.small.vintage)}.")
    claim = next(claim for claim in page.panels.claims if claim.kind is Kind.EARNINGS)
    assert {cell.definition.partition(" ")[2] for cell in claim.cells} == {"oper.", "as reported"}


def test_that_the_week_of_a_fall_is_drawn_to_the_left_of_zero(qtbot: QtBot, shown: StoryPage, page: Page) -> None:
    """Only the bars move: each lies on the side of the zero line that its sign says."""
    made = page.anatomy
    assert made is not None
    bars = shown.anatomy.bars
    weeks = bars.size().width() // 4
    ink = QColor(bars._theme.tokens.small)

    def blue_columns(place: int) -> list[int]:
        image = bars.grab().toImage()
        row = round((24 + 17 * place) * image.devicePixelRatio())
        return [x for x in range(int(weeks * image.devicePixelRatio())) if image.pixelColor(x, row) == ink]

    bars.show_anatomy(replace(made, by_report=((made.start, -9_850.0), (made.end, 9_850.0))), page.anatomy_focus)
    falls, rises = blue_columns(0), blue_columns(1)
    assert falls and rises
    assert max(falls) <= min(rises)
    bars.show_anatomy(replace(made, by_report=((made.end, -9_850.0),)), page.anatomy_focus)
    alone = blue_columns(0)
    assert alone and max(alone) >= max(rises)  # the zero of falls alone is at the right end


def test_that_a_record_with_holes_and_a_figure_not_held_say_what_they_rest_on(page: Page) -> None:
    assert page.matrix is not None
    row = next(row for row in page.matrix.rows if row.claim.kind is Kind.LEVEL)
    report = row.claim.date
    holed = replace(row.primary, since=None, observations=30, holes=((date(2010, 1, 5), date(2011, 1, 4)),))
    assert look_of(holed, report).first == "Of 30 reports"
    assert look_of(replace(holed, holes=()), report).first == "On record"
    start = month(holed.sample_start)
    assert row_caption(replace(row, statements=(holed,))) == f"{day(report)}, from {start}, 1\u00a0hole"
    missing = replace(holed, verdict=Verdict.UNKNOWN, reason="no_data", newest=date(2016, 5, 3))
    assert (look_of(missing, report).first, look_of(missing, report).second) == ("No data since", "3 May 2016")
    assert look_of(replace(missing, newest=None), report).first == "No data"
    assert look_of(None, report).second == "none held"
    assert place(missing) == "held to 3 May 2016"
    assert place(holed) == f"on record, of 30 reports since {start}, 1 hole"
