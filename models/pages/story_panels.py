"""What stands beneath the Story: sectors, earnings, performance and credit, from the records of their pages."""

from dataclasses import dataclass, replace

from models.calc.prices import locate, price_pair
from models.pages import earnings_build, market_build, market_claims, sectors_build
from models.pages.choice import Choice
from models.pages.earnings import AS_REPORTED, EarningsChoice, EarningsPage
from models.pages.market import MarketChoice, MarketPage
from models.pages.remembered import remembered
from models.pages.sectors import FundDay, SectorsChoice, SectorsPage
from models.pages.shelf import Shelf
from models.pages.side_claims import SideClaim
from models.pages.story_fund_claims import earnings_claims, sector_claims
from models.reader import Reader
from models.records import Dates, Floats
from models.statements.sector_claims import SectorStatement
from models.taxonomies import FINANCIALS
from models.windows import MTD

PROXY = "IJR"
"""The small fund whose sectors stand in where none of the default's index are known."""


@dataclass(frozen=True, eq=False)
class MonthLines:
    """Both indices since the last close of the month before: returns in percent, the first 0."""

    small: str
    large: str
    date: Dates
    small_pct: Floats
    large_pct: Floats


@dataclass(frozen=True)
class Panels:
    """The pages behind the four panels, None where they have nothing at all, and the claims made of them.

    A page that has figures, but none old enough, is there with its reason.
    """

    sectors: SectorsPage | None = None
    earnings: EarningsPage | None = None
    market: MarketPage | None = None
    month: MonthLines | None = None
    claims: tuple[SideClaim, ...] = ()


NO_PANELS = Panels()


def build(reader: Reader, choice: Choice) -> Panels:
    """The panels as of the choice's moment; they do not depend on the market of the desk."""
    reader = remembered(reader)
    shelf = Shelf(reader)
    sectors = _sectors(reader, choice, shelf)
    earnings = earnings_build.build(reader, choice, EarningsChoice(), shelf)
    as_reported = earnings_build.build(reader, choice, replace(EarningsChoice(), basis=AS_REPORTED), shelf)
    market = market_build.build(reader, choice, MarketChoice())
    has_sectors = any(row.small_pct is not None for row in sectors.rows)
    return Panels(
        sectors=sectors if has_sectors or sectors.reason_empty else None,
        earnings=earnings if earnings.year or earnings.next_vintage is not None else None,
        market=market if market.relative is not None or market.credit is not None else None,
        month=_month(reader, choice, market),
        claims=(
            *market_claims.build(reader, choice, market),
            *earnings_claims((earnings, as_reported)),
            *sector_claims(_sector_statements(reader, choice, shelf)),
        ),
    )


def _sectors(reader: Reader, choice: Choice, shelf: Shelf) -> SectorsPage:
    """The Sectors page; where its fund's index has no file known by then, that of the proxy, which is named."""
    own = sectors_build.build(reader, choice, SectorsChoice(), shelf)
    if any(row.small_pct is not None for row in own.rows):
        return own
    proxy = sectors_build.build(reader, choice, SectorsChoice(small=FundDay(PROXY)), shelf)
    return proxy if any(row.small_pct is not None for row in proxy.rows) else own


def _sector_statements(reader: Reader, choice: Choice, shelf: Shelf) -> tuple[SectorStatement, ...]:
    """Financials under every taxonomy, of the small fund and of the proxy."""
    options = (SectorsChoice(), SectorsChoice(small=FundDay(PROXY)))
    return tuple(
        made for one in options for made in sectors_build.statements_about(reader, choice, FINANCIALS, one, shelf)
    )


def _month(reader: Reader, choice: Choice, market: MarketPage) -> MonthLines | None:
    options = market.options
    small, large = (reader.closes(symbol, choice.as_of, options.kind) for symbol in (options.small, options.large))
    pair = price_pair(small, large) if small is not None and large is not None else None
    rows = locate(pair, MTD) if pair is not None else None
    if pair is None or rows is None:
        return None
    start, stop = rows[0], rows[1] + 1
    returns = (100 * (values[start:stop] / values[start] - 1) for values in (pair.small, pair.large))
    return MonthLines(options.small, options.large, pair.date[start:stop], *returns)
