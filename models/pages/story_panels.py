"""What stands beneath the Story: sectors, earnings, performance and credit, from the records of their pages."""

from dataclasses import dataclass, replace

from models.pages import earnings_build, market_build, sectors_build
from models.pages.choice import Choice
from models.pages.earnings import AS_REPORTED, EarningsChoice, EarningsPage
from models.pages.market import TOTAL, MarketChoice, MarketPage
from models.pages.remembered import remembered
from models.pages.sectors import SectorsChoice, SectorsPage
from models.pages.shelf import Shelf
from models.pages.story_claims import SideClaim, earnings_claims, market_claims, sector_claims
from models.reader import Reader

ETFS = ("IWM", "SPY")


@dataclass(frozen=True)
class Panels:
    """The pages behind the four panels, None where they have nothing to show, and the claims made of them."""

    sectors: SectorsPage | None = None
    earnings: EarningsPage | None = None
    market: MarketPage | None = None
    claims: tuple[SideClaim, ...] = ()


NO_PANELS = Panels()


def build(reader: Reader, choice: Choice) -> Panels:
    """The panels as of the choice's moment; they do not depend on the market of the desk."""
    reader = remembered(reader)
    shelf = Shelf(reader)
    sectors = sectors_build.build(reader, choice, SectorsChoice(), shelf)
    earnings = earnings_build.build(reader, choice, EarningsChoice(), shelf)
    as_reported = earnings_build.build(reader, choice, replace(EarningsChoice(), basis=AS_REPORTED), shelf)
    market = market_build.build(reader, choice, MarketChoice())
    others = (
        market_build.build(reader, choice, MarketChoice(small=ETFS[0], large=ETFS[1])),
        market_build.build(reader, choice, MarketChoice(small=ETFS[0], large=ETFS[1], kind=TOTAL)),
    )
    claims = [*market_claims(market, others)]
    if not earnings.reason_empty:
        claims += earnings_claims((earnings, as_reported))
    if not sectors.reason_empty:
        claims += sector_claims(sectors)
    return Panels(
        sectors=sectors if any(row.small_pct is not None for row in sectors.rows) else None,
        earnings=None if earnings.reason_empty else earnings,
        market=market if market.relative is not None or market.credit is not None else None,
        claims=tuple(claims),
    )
