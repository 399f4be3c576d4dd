"""The pages, in the order of the rail; widget and builder are imported when they are first needed."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.pages.choice import Choice
    from models.reader import Reader

Builder = Callable[["Reader", "Choice"], object]


@dataclass(frozen=True)
class Part:
    """One record that a page shows: `builder` makes it (`module:function`), the widget's method `shower` draws it.

    It is built while the widget's `view` is of that name, or always where `view` is "". One that `is_of_moment`
    depends on the desk's moment and on nothing else that is chosen there.
    """

    key: str
    builder: str
    shower: str = "show_page"
    view: str = ""
    is_of_moment: bool = False

    def load_builder(self) -> Builder:
        loaded: Builder = _load(self.builder)
        return loaded


@dataclass(frozen=True)
class PageEntry:
    """One page: its label and icon in the rail, its class (`module:Class`), and the records that it shows.

    `outline` names the cards that are drawn empty until the first record is there; `sources` are those that its
    figures come from, () for all.
    """

    name: str
    label: str
    icon: str
    widget: str
    parts: tuple[Part, ...]
    outline: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def load_widget(self) -> type[Any]:
        """The class, made with (desk, theme, actions). It has `show_page`, `set_range`, `state` and `restore`."""
        loaded: type[Any] = _load(self.widget)
        return loaded

    def load_builder(self) -> Builder:
        """The builder of the page's main record."""
        return self.parts[0].load_builder()


def _load(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)


_PRICES = ("cboe", "yahoo", "nasdaq")

PAGES: tuple[PageEntry, ...] = (
    PageEntry(
        "story",
        "Story",
        "story",
        "ui.pages.story_page:StoryPage",
        (
            Part("story", "models.pages.story:page"),
            Part("story_panels", "models.pages.story_panels:build", "show_panels", is_of_moment=True),
        ),
        ("Claims and what the data say", "Net position", "Swing anatomy"),
    ),
    PageEntry(
        "positioning",
        "Positioning",
        "positioning",
        "ui.pages.positioning_page:PositioningPage",
        (
            Part("positioning", "models.pages.positioning_build:build"),
            Part("scanner", "models.pages.scanner:build", "show_scanner", view="scanner"),
            Part("episodes", "models.pages.episodes:build", "show_episodes", view="episodes"),
        ),
        ("Net position", "Latest values", "Records"),
        ("cftc", *_PRICES),
    ),
    PageEntry(
        "sectors",
        "Sectors",
        "sectors",
        "ui.pages.sectors_page:SectorsPage",
        (Part("sectors", "models.pages.sectors_build:page"),),
        ("Weight by sector, %", "Holdings by sector", "Sectors over time", "Holdings"),
        ("ishares", "ssga", "vanguard"),
    ),
    PageEntry(
        "earnings",
        "Earnings",
        "earnings",
        "ui.pages.earnings_page:EarningsPage",
        (
            Part("earnings", "models.pages.earnings_build:page"),
            Part("earnings_accounts", "models.pages.earnings_build:accounts", "show_accounts"),
            Part("earnings_leverage", "models.pages.leverage:build", "show_leverage"),
            Part("earnings_companies", "models.pages.company_build:page", "show_companies", view="companies"),
        ),
        ("Growth in earnings per share by calendar year", "Revisions of the estimates", "Growth gap", "Loss-makers"),
        ("dolthub", "nasdaq-estimates", "sec", "ishares"),
    ),
    PageEntry(
        "market",
        "Market",
        "market",
        "ui.pages.market_page:MarketPage",
        (
            Part("market", "models.pages.market_build:page"),
            Part("market_sectors", "models.pages.market_build:with_sectors", "show_sectors", view="sectors"),
            Part("market_leverage", "models.pages.leverage:build", "show_leverage"),
        ),
        ("Small minus large since New Year", "Same stretch every year", "Streak meter", "Credit", "Leverage"),
        (*_PRICES, "nyfed", "ofr", "fed", "treasury", "fred"),
    ),
    PageEntry(
        "check",
        "Check",
        "check",
        "ui.pages.check_page:CheckPage",
        (Part("check", "models.pages.check:page"),),
        ("Sentences", "Evidence"),
    ),
    PageEntry(
        "data",
        "Data",
        "data",
        "ui.pages.data_page:DataPage",
        (Part("data", "ui.pages.data_record:page"),),
        ("Sources", "Next COT report", "Import", "Log"),
    ),
)

HOME = "story"
"""The page of a first start."""


def page_named(name: str) -> PageEntry | None:
    return next((entry for entry in PAGES if entry.name == name), None)
