"""The Sectors page as one frozen record: what small caps are made of, against large caps."""

import datetime as dt
from dataclasses import dataclass

from models.calc.attribution import Attribution
from models.calc.fund_changes import Comparison
from models.calc.sectors import Concentration, LeftOut, SectorRow, Weights
from models.calc.treemap import Block
from models.funds import LARGE_DEFAULT, SMALL_DEFAULT
from models.pages.choice import Choice
from models.pages.positioning import Option
from models.pages.sectors_thin import ThinSectors
from models.records import Dates, Floats, Provenance
from models.statements.sector_claims import SectorStatement
from models.taxonomies import View


@dataclass(frozen=True)
class FundDay:
    """A fund's file of one day; None for the day is the newest known."""

    fund: str
    day: dt.date | None = None


@dataclass(frozen=True)
class SectorsChoice:
    """What a person has selected on the page, besides the desk's own choice.

    `sector` "" is the page's own (the largest of the small fund); `search` takes words or `a|b`. With
    `compare` the small fund's holdings are compared with that earlier or other file. `window` is the stretch
    of the lead attribution, named as in `models.windows`. `aspect` is width ÷ height of the treemap.
    """

    small: FundDay = FundDay(SMALL_DEFAULT)
    large: FundDay = FundDay(LARGE_DEFAULT)
    view: View = View.GICS
    sector: str = ""
    search: str = ""
    compare: FundDay | None = None
    window: str = "ytd"
    aspect: float = 2.05


@dataclass(frozen=True)
class FundCard:
    """One of the two funds, as far as it is held. Weights in percent of equity, `share_pct` of the whole fund.

    `stands_in_for` names the fund that was asked for where another of the same index is shown. `is_later`
    marks a file that was not known yet at the page's moment. What needs the lines is None without them.
    """

    fund: str
    title: str
    index_title: str
    as_of: dt.date
    known_at: dt.datetime
    is_later: bool
    stands_in_for: str
    weights: Weights | None
    companies: int
    has_lines: bool
    share_pct: float | None
    left_out: tuple[LeftOut, ...]
    concentration: Concentration | None
    banks_pct: float | None
    banks: int
    source: Provenance


@dataclass(frozen=True)
class CompositionRow:
    """One thing that is to be known of the two funds, as it is written; an en dash where it is unknown."""

    title: str
    small: str
    large: str
    tip: str = ""


@dataclass(frozen=True)
class HoldingRow:
    """One equity holding of the small fund. `sector` is in the page's taxonomy, `own_sector` as in the file."""

    ticker: str
    name: str
    sector: str
    own_sector: str
    weight_pct: float
    market_value_usd: float | None
    shares: float | None
    key: str


@dataclass(frozen=True)
class SectorHistory:
    """Sector weights of one fund over its files, oldest first; `weights` is sectors x dates, in percent.

    `runs` are (first, last) rows between which no month is missing; nothing is drawn across two runs.
    `later_from` is the first row that was not known yet at the page's moment.
    """

    fund: str
    title: str
    sectors: tuple[str, ...]
    date: Dates
    weights: Floats
    runs: tuple[tuple[int, int], ...]
    later_from: int | None
    caption: str

    def __len__(self) -> int:
        return len(self.date)


@dataclass(frozen=True)
class ComparedFiles:
    """The small fund's file against another one."""

    title: str
    before_title: str
    after_title: str
    result: Comparison
    caption: str


@dataclass(frozen=True)
class SectorsPage:
    """What the page shows as of `choice.as_of`.

    `reason_empty` and `thin` are set where no file of the small fund is known. `cautions` are the notes without
    which the weights would be misread, `composition` is the rest of what the files say of the two funds.
    `files` are fund and day of all files with holdings, the newest of each fund first.
    """

    choice: Choice
    options: SectorsChoice
    sentence: str
    subtitle: str
    later_note: str
    views: tuple[Option, ...]
    pairs: tuple[Option, ...]
    funds: tuple[Option, ...]
    days: tuple[dt.date, ...]
    small: FundCard | None
    large: FundCard | None
    sector: str
    rows: tuple[SectorRow, ...]
    rows_caption: str
    holdings: tuple[HoldingRow, ...]
    holdings_caption: str
    blocks: tuple[Block, ...]
    history: SectorHistory | None
    history_reason: str
    compared: ComparedFiles | None
    attribution: Attribution | None
    attribution_caption: str
    statements: tuple[SectorStatement, ...]
    notes: tuple[str, ...]
    cautions: tuple[str, ...]
    composition: tuple[CompositionRow, ...]
    files: tuple[FundDay, ...]
    sources: tuple[Provenance, ...]
    reason_empty: str = ""
    thin: ThinSectors | None = None


def searched(search: str) -> tuple[str, ...]:
    """The words of a search, any of which may match: `banc|bank`."""
    return tuple(word for part in search.casefold().split("|") if (word := part.strip()))


def matching(holdings: tuple[HoldingRow, ...], sector: str, search: str) -> tuple[int, ...]:
    """The rows in a sector ("" is every one) whose ticker or name has any of the searched words in it."""
    words = searched(search)
    return tuple(
        i
        for i, row in enumerate(holdings)
        if (not sector or row.sector == sector) and (not words or any(word in row.key for word in words))
    )


def weight_of(holdings: tuple[HoldingRow, ...], rows: tuple[int, ...]) -> float:
    """The weight of some rows together, in percent."""
    return sum(holdings[i].weight_pct for i in rows)


def running_weight(holdings: tuple[HoldingRow, ...], rows: tuple[int, ...]) -> tuple[float, ...]:
    """The weight of each of these rows with all those before it."""
    total, sums = 0.0, []
    for i in rows:
        total += holdings[i].weight_pct
        sums.append(total)
    return tuple(sums)
