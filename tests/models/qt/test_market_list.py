"""The list of markets: groups, what typing finds, and codes outside of the catalogue."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, QCoreApplication, Qt

from models.markets import GROUPS_OF_MARKETS, MARKETS, OTHER_MARKETS
from models.qt.market_list import CODES_ROLE, NAME_ROLE, MarketList


@pytest.fixture
def markets(qapp: QCoreApplication, model_tester: Callable[[QAbstractItemModel], None]) -> MarketList:
    model = MarketList()
    model_tester(model)
    return model


def names(model: MarketList) -> list[str]:
    return [name for row in range(model.rowCount()) if (name := model.index(row).data(NAME_ROLE))]


def headings(model: MarketList) -> list[str]:
    rows = (model.index(row) for row in range(model.rowCount()))
    return [index.data() for index in rows if not index.data(NAME_ROLE)]


def test_that_every_market_stands_under_its_group(markets: MarketList) -> None:
    assert sorted(names(markets)) == sorted(market.name for market in MARKETS)
    assert headings(markets) == list(GROUPS_OF_MARKETS)


def test_that_headings_cannot_be_chosen(markets: MarketList) -> None:
    assert markets.flags(markets.index(0)) & Qt.ItemFlag.ItemIsSelectable == Qt.ItemFlag.NoItemFlags
    first = markets.first_choice()
    assert first == 1
    assert markets.flags(markets.index(1)) & Qt.ItemFlag.ItemIsSelectable


@pytest.mark.parametrize(
    ("typed", "found"), [("russell 2000", "russell-2000"), ("23977a", "russell-2000"), ("CRUDE wti", "wti")]
)
def test_that_words_are_sought_in_title_name_codes_and_group(markets: MarketList, typed: str, found: str) -> None:
    markets.narrow(typed)
    assert names(markets) == [found]


def test_that_a_group_can_be_typed(markets: MarketList) -> None:
    markets.narrow("livestock")
    assert names(markets) == ["live-cattle", "lean-hogs"]
    assert headings(markets) == ["Livestock"]


def test_that_nothing_is_found_for_an_unknown_word(markets: MarketList) -> None:
    markets.narrow("no such thing")
    assert (markets.rowCount(), markets.first_choice()) == (0, None)


def test_that_other_codes_are_found_by_typing_alone(markets: MarketList) -> None:
    markets.set_others([("12345A", "RED TIN <b>EXCHANGE</b>"), ("23977A", "RUSSELL 2000 MINI INDEX")])
    assert "12345A" not in names(markets)
    markets.narrow("red tin")
    assert (names(markets), headings(markets)) == (["12345A"], [OTHER_MARKETS])
    assert markets.title_of("12345A") == "RED TIN <b>EXCHANGE</b>"


def test_that_a_title_is_given_for_every_market(markets: MarketList) -> None:
    assert markets.title_of("russell-2000") == "Russell 2000"
    assert markets.title_of("999999") == "999999"
    row = markets.row_of("sp-500")
    assert row is not None
    assert markets.index(row).data(CODES_ROLE) == "13874A"
