"""The Sectors page off screen: one selection in four cards, a search that keeps up, and nothing lost on a redraw."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.calendars import end_of_day, known_at
from models.names import Known
from models.pages.choice import Choice
from models.pages.sectors import FundDay, HoldingRow, SectorsChoice
from models.pages.sectors import SectorsPage as Page
from models.pages.sectors_build import build
from models.qt.desk import Desk
from models.qt.holdings_model import HoldingsModel
from models.records import SectorWeights
from models.taxonomies import Taxonomy, View
from tests.models.holdings import HoldingsReader, by_sector, holding, snapshot
from ui.dialogs.funds_dialog import FundsDialog
from ui.pages.sectors_holdings import _columns
from ui.pages.sectors_page import SectorsPage
from ui.theme import DARK, Theme

LIVE = datetime(2018, 3, 1, 21, tzinfo=UTC)
MAY, JUNE = date(2017, 5, 31), date(2017, 6, 30)
SMALL = {"Financials": 30.0, "Real Estate": 8.0, "Energy": 22.0, "Health Care": 40.0}
LARGE = {"Financials": 14.0, "Real Estate": 3.0, "Energy": 63.0, "Health Care": 20.0}
PAIR = SectorsChoice(small=FundDay("SML"), large=FundDay("LRG"))

Shown = Callable[..., QWidget]


def record(options: SectorsChoice = PAIR, choice: Choice | None = None, *, holdings: int = 0) -> Page:
    lines = [
        holding(f"T{n}", 1000.0 - n, list(SMALL)[n % 4], name=f"COMPANY {n} {'BANCORP' if n % 7 == 0 else 'INC'}")
        for n in range(holdings)
    ]
    small = snapshot(*lines, fund="SML", as_of=JUNE) if holdings else by_sector(SMALL, "SML", JUNE)
    reader = HoldingsReader(by_sector(SMALL, "SML", MAY), small, by_sector(LARGE, "LRG", JUNE))
    return build(reader, choice or Choice(LIVE), options)  # type: ignore[arg-type]


@pytest.fixture
def page(theme: Theme, shown: Shown) -> SectorsPage:
    made = SectorsPage(Desk(Choice(LIVE).with_page(PAIR)), theme)
    shown(made, 1356, 824)
    made.show_page(record(holdings=200))
    QApplication.processEvents()
    return made


def test_that_the_page_says_its_sentence_and_files(page: SectorsPage) -> None:
    assert page.sentence_text().startswith("Financials lead small caps: ")
    assert "SML of 30 Jun 2017 against LRG of 30 Jun 2017." in page.sentence_text()


def test_that_a_sector_chosen_anywhere_is_chosen_everywhere(page: SectorsPage) -> None:
    page.tiles.map.sector_chosen.emit("Energy")
    assert page.sector == "Energy"
    assert page.weights.bars._sector == page.history.chart._sector == page.tiles.map._sector == "Energy"
    assert {page.holdings.rows.row(n).sector for n in range(page.holdings.rows.rowCount())} == {"Energy"}


def test_that_a_second_press_shows_all_sectors_again(page: SectorsPage) -> None:
    for _ in range(2):
        page.weights.bars.sector_chosen.emit("Energy")
    assert page.sector == "Financials"
    assert page.holdings.rows.rowCount() == 200


def test_that_a_press_on_a_bar_chooses_its_sector(page: SectorsPage) -> None:
    bars = page.weights.bars
    place = next(n for n, row in enumerate(bars.rows) if row.sector == "Energy")
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=bars.row_rect(place).center().toPoint())
    assert page.sector == "Energy"


def test_that_a_press_on_a_heading_sorts_the_bars(page: SectorsPage) -> None:
    bars = page.weights.bars
    assert bars.rows[0].sector == record(holdings=200).rows[0].sector
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(int(bars._bars_left()) + 5, 8))
    assert bars.order == "small"
    weights = [row.small_pct or 0.0 for row in bars.rows]
    assert weights == sorted(weights, reverse=True)


def test_that_the_keyboard_walks_through_sectors(page: SectorsPage) -> None:
    page.weights.bars.sector_chosen.emit(page.weights.bars.rows[0].sector)
    QTest.keyClick(page.weights.bars, Qt.Key.Key_Down)
    assert page.sector == page.weights.bars.rows[1].sector


def test_that_a_tile_names_its_holding_and_selects_its_row(page: SectorsPage) -> None:
    block = page.page.blocks[0] if page.page else None
    assert block is not None and page.page is not None
    index, rect = block.tiles[0]
    spot = page.tiles.map.rect_of(rect).center()
    said = page.tiles.map.tip_of(spot)
    assert page.page.holdings[index].ticker in said and "%" in said
    QTest.mouseClick(page.tiles.map, Qt.MouseButton.LeftButton, pos=spot.toPoint())
    assert page.sector == block.name
    row = page.holdings.table.currentIndex().row()
    assert page.holdings.rows.row(row) is page.page.holdings[index]


def test_that_the_pointer_outside_says_nothing(page: SectorsPage) -> None:
    assert page.tiles.map.tip_of(QPointF(-5, -5)) == ""


def test_that_a_search_narrows_the_table_sums_weight_and_marks_tiles(page: SectorsPage) -> None:
    page.holdings.search.setText("bancorp|t1 company")
    count = page.holdings.rows.rowCount()
    assert 0 < count < 200
    assert page.holdings._count.text().startswith(f"{count} of 200 holdings, ")
    assert page.tiles.map._matches == frozenset(page.holdings.rows.found)
    page.holdings.search.clear()
    assert page.holdings.rows.rowCount() == 200
    assert page.tiles.map._matches == frozenset()


def test_that_escape_clears_the_search(page: SectorsPage) -> None:
    page.window().activateWindow()
    page.holdings.focus_search()
    page.holdings.search.setText("bancorp")
    QTest.keyClick(page.holdings.search, Qt.Key.Key_Escape)
    assert page.holdings.search.text() == ""


def test_that_a_new_record_keeps_sector_search_order_and_place(page: SectorsPage) -> None:
    page.weights.bars.sector_chosen.emit("Energy")
    page.holdings.search.setText("company 1")
    page.holdings.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    before = [page.holdings.rows.row(n).ticker for n in range(page.holdings.rows.rowCount())]
    page.show_page(record(holdings=200))
    assert page.sector == "Energy"
    assert [page.holdings.rows.row(n).ticker for n in range(page.holdings.rows.rowCount())] == before


def test_that_a_choice_goes_to_the_desk(page: SectorsPage) -> None:
    desk = page._desk
    page.views.chosen.emit(View.GICS_PRE2016.value)
    assert desk.choice.on_page(SectorsChoice).view is View.GICS_PRE2016
    page.pairs.chosen.emit("IJR:IVV")
    assert desk.choice.on_page(SectorsChoice).small == FundDay("IJR")
    page.days.chosen.emit("2017-05-31")
    assert desk.choice.on_page(SectorsChoice).small == FundDay("IJR", MAY)
    page.holdings.compare_chosen.emit("IVV:2017-06-30")
    assert desk.choice.on_page(SectorsChoice).compare == FundDay("IVV", JUNE)
    page.holdings.compare_chosen.emit("nothing")
    assert desk.choice.on_page(SectorsChoice).compare is None


def test_that_a_comparison_takes_the_place_of_the_holdings(page: SectorsPage) -> None:
    page.show_page(record(replace(PAIR, compare=FundDay("SML", MAY)), holdings=200))
    assert page.holdings._stack.currentWidget() is page.holdings.changes
    assert "entered" in page.holdings._count.text()
    page.show_page(record(holdings=200))
    assert page.holdings._stack.currentWidget() is page.holdings.table


def test_that_the_state_is_remembered_and_nonsense_is_not_taken(theme: Theme, shown: Shown) -> None:
    first, second = (SectorsPage(Desk(Choice(LIVE)), theme) for _ in range(2))
    shown(first), shown(second)
    first._choose(small=FundDay("IJR"), view=View.GICS_PRE2016)
    first.weights.bars.order_by("large")
    second.restore(first.state())
    assert second._options().small == FundDay("IJR")
    assert second._options().view is View.GICS_PRE2016
    assert second.weights.bars.order == "large"
    second.restore({"small": 7, "large": "<b>", "view": "sic", "order": [], "range": "1Q", "widths": {"Ticker": "x"}})
    assert second._options().small == FundDay("IJR")


def test_that_weights_without_holdings_say_what_to_do(theme: Theme, shown: Shown) -> None:
    made = SectorsPage(Desk(Choice(LIVE).with_page(PAIR)), theme)
    shown(made, 1356, 824)
    bare = SectorWeights("SML", JUNE, Taxonomy.GICS, tuple(SMALL.items()), 600, "")
    made.show_page(build(HoldingsReader(bare), Choice(LIVE), PAIR))  # type: ignore[arg-type]
    assert {block.name for block in made.tiles.map._blocks} == set(SMALL)
    assert made.tiles.map.tip_of(QPointF(made.tiles.map.rect().center())).endswith("of equity")
    assert "A refresh downloads the holdings" in made.holdings._nothing.text()
    assert made.holdings.sums.table.rowCount() == len(made.weights.bars.rows) > 0
    assert made.weights.bars.rows[0].small_pct is not None


def emptied(theme: Theme, shown: Shown) -> SectorsPage:
    """As of a day before the small fund's files begin, while another small-cap fund is known."""
    choice = Choice(end_of_day(date(2017, 5, 30)), is_live=False).with_page(PAIR)
    made = SectorsPage(Desk(choice), theme)
    shown(made, 1356, 824)
    known = by_sector(SMALL, "IJR", date(2017, 4, 28))
    made.show_page(build(HoldingsReader(known, by_sector(SMALL, "SML", JUNE)), choice, PAIR))  # type: ignore[arg-type]
    QApplication.processEvents()
    return made


def test_that_an_empty_page_offers_later_data(theme: Theme, shown: Shown) -> None:
    made = emptied(theme, shown)
    assert made.starts.later.isVisible() and not made.weights.isVisible() and not made.tiles.isVisible()
    made.starts.later.click()
    assert made._desk.choice.later_data
    choice = replace(made._desk.choice, later_data=True)
    made.show_page(record(choice=choice))
    assert made._later.isVisible() and "after as-of" in made._later.text()
    assert made.weights.isVisible() and not made.starts.isVisible()


def test_that_an_empty_page_goes_to_the_first_file(theme: Theme, shown: Shown) -> None:
    made = emptied(theme, shown)
    assert made.starts.title.text() == "Starts on 30 Jun 2017"
    made.starts.there.click()
    assert made._desk.choice.as_of == known_at(JUNE, Known.NEXT_MORNING)


def test_that_an_empty_page_offers_another_fund_that_is_known(theme: Theme, shown: Shown) -> None:
    made = emptied(theme, shown)
    assert made.starts.other.text() == "Show S&&P 600 (IJR, 28 Apr 2017)"
    made.starts.other.click()
    assert made._options().small == FundDay("IJR")


def test_that_the_strip_of_files_marks_what_is_later(theme: Theme, shown: Shown) -> None:
    made = emptied(theme, shown)
    strip = made.starts.strip
    assert {(of.fund, len(of.days), of.known) for of in strip.files} == {("SML", 1, 0), ("IJR", 1, 1)}
    rows = [of.fund for of in strip.files]
    assert strip.point(rows.index("IJR"), date(2017, 4, 28)).x() < strip.point(rows.index("SML"), JUNE).x()


def test_that_any_two_files_can_be_asked_for(page: SectorsPage) -> None:
    page.pairs.chosen.emit("other")
    dialog = page.findChild(FundsDialog)
    assert dialog is not None
    dialog.small.setCurrentIndex(dialog.small.findData("LRG"))
    dialog.large.setCurrentIndex(dialog.large.findData("SML"))
    dialog.large_day.setCurrentIndex(dialog.large_day.findData(MAY.isoformat()))
    dialog._on_compare()
    assert (page._options().small, page._options().large) == (FundDay("LRG"), FundDay("SML", MAY))


@pytest.mark.parametrize(("text", "said"), [("not a fund!", "no fund's ticker"), ("ZZZZ", "can be imported")])
def test_that_a_fund_that_cannot_be_downloaded_is_refused_plainly(page: SectorsPage, text: str, said: str) -> None:
    page.pairs.chosen.emit("other")
    dialog = page.findChild(FundsDialog)
    assert dialog is not None
    dialog.other.setText(text)
    dialog.fetch.click()
    assert said in dialog.said.text()
    dialog.close()


def test_that_a_fund_is_asked_for_by_its_number(page: SectorsPage, qtbot: QtBot) -> None:
    page.pairs.chosen.emit("other")
    dialog = page.findChild(FundsDialog)
    assert dialog is not None
    dialog.other.setText("239712")
    with qtbot.waitSignal(page.funds_wanted) as caught:
        dialog.fetch.click()
    assert caught.args == [("IWN",)]


def test_that_the_funds_view_says_what_was_left_out(page: SectorsPage) -> None:
    page.weights.set_view("funds")
    assert page.weights._stack.currentWidget() is page.weights.facts
    titles = [page.weights._facts.row(n).title for n in range(page.weights._facts.rowCount())]
    assert titles[:3] == ["Holdings of", "Companies", "Equity, of the fund"]
    assert {"Ten largest", "Effective names", "Banks by name"} <= set(titles)


def test_that_what_is_found_are_the_rows_to_export(page: SectorsPage) -> None:
    page.holdings.search.setText("bancorp")
    found = page.holdings.table.figures()
    assert found is not None
    assert found.headers[:5] == ("Ticker", "Company", "Sector", "Weight", "Cumulative")
    assert len(found.rows) == page.holdings.rows.rowCount()


def test_that_texts_from_a_file_are_shown_as_they_are(theme: Theme, shown: Shown) -> None:
    line = holding("<b>X", 1.0, name="<img src=x> & SONS")
    reader = HoldingsReader(snapshot(line, fund="SML", as_of=JUNE), by_sector(LARGE, "LRG", JUNE))
    made = SectorsPage(Desk(Choice(LIVE).with_page(PAIR)), theme)
    shown(made, 1356, 824)
    made.show_page(build(reader, Choice(LIVE), PAIR))  # type: ignore[arg-type]
    said = made.tiles.map.tip_of(QPointF(made.tiles.map.rect().center()))
    assert "<img src=x>" in said  # escaped where it becomes a tool tip


def test_that_light_and_dark_and_narrow_draw(page: SectorsPage, theme: Theme) -> None:
    theme.choose(DARK)
    for width, height in ((1356, 824), (1052, 624), (880, 560)):
        page.resize(width, height)
        QApplication.processEvents()
        assert not page.grab().isNull()


def ten_thousand() -> tuple[HoldingRow, ...]:
    return tuple(
        HoldingRow(f"T{n}", f"COMPANY NUMBER {n}", "Energy", "Energy", 0.01, 1e6, 10.0, f"t{n} company number {n}")
        for n in range(10_000)
    )


def test_that_the_models_of_the_page_are_sound(model_tester: Callable[..., None]) -> None:
    model = HoldingsModel(_columns(has_own=True))
    model_tester(model)
    model.show(ten_thousand()[:50])
    model.narrow("Energy", "number 1")
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.cumulative(model.rowCount() - 1) == pytest.approx(0.01 * model.rowCount())
    model.narrow("", "nothing has this")
    assert model.rowCount() == 0
    model.show(())


def test_that_unknown_values_come_last_however_it_is_sorted() -> None:
    model = HoldingsModel(_columns(has_own=False))
    rows = ten_thousand()[:3]
    model.show((replace(rows[0], market_value_usd=None), replace(rows[1], market_value_usd=5.0), rows[2]))
    at = next(n for n, column in enumerate(model.columns) if column.title == "Market value")
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        model.sort(at, order)
        assert model.row(2).ticker == "T0"


def test_that_a_narrow_sector_of_the_treemap_has_the_beginning_of_its_name(page: SectorsPage) -> None:
    tiles = page.tiles.map
    room = tiles.look.width("label", "Sta\u2026")
    assert tiles._cut("Staples", room) == "Sta\u2026"
    assert tiles._cut("Staples", tiles.look.width("label", "S\u2026")) == ""
