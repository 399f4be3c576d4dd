"""The Story's claims on performance, streaks and credit, made of the Market page and of other pairs and returns."""

from collections.abc import Iterator

from models.calc.prices import price_pair
from models.formats import as_date, day, in_year
from models.pages.choice import Choice
from models.pages.credit_claims import Read, credit_claim
from models.pages.market import TOTAL, CreditCard, MarketPage
from models.pages.market_build import default_window
from models.pages.return_claims import Returns, league_claim, month_claim
from models.pages.side_claims import SideClaim
from models.pages.streak_claims import streak_claim
from models.reader import Reader
from models.series import closes_of

DEFINITIONS = (
    ("Price index", "RUT", "SPX", "price"),
    ("Total return", "IWM", "SPY", TOTAL),
    ("S&P 600 ETFs", "IJR", "IVV", "price"),
    ("v Russell 1000", "IWM", "IWB", TOTAL),
)
"""What small against large is taken to be: a name for a cell, both symbols, and the kind of return."""

_PUBLISHERS = {"nyfed": "New York Fed", "ofr": "OFR", "fed": "Federal Reserve Board", "fred": "FRED"}


def build(reader: Reader, choice: Choice, page: MarketPage) -> tuple[SideClaim, ...]:
    """As of the choice's moment; a claim without data under its first definition is left out."""
    returns = tuple(_returns(reader, choice))
    window = default_window(returns[0].pair) if returns else None
    made = (
        month_claim(returns, choice.day),
        league_claim(returns, window, choice.day) if window is not None else None,
        streak_claim([row.streak for row in page.streaks.rows]) if page.streaks else None,
        credit_claim(_read(page.credit, choice)) if page.credit else None,
    )
    return tuple(claim for claim in made if claim is not None)


def _returns(reader: Reader, choice: Choice) -> Iterator[Returns]:
    for title, small, large, kind in DEFINITIONS:
        both = [reader.closes(symbol, choice.as_of, kind) for symbol in (small, large)]
        if both[0] is None or both[1] is None:
            continue
        pair = price_pair(both[0], both[1])
        if len(pair):
            sources = tuple(
                f"{closes_of(one.source)} of {one.symbol} to {day(as_date(one.date[-1]))}"
                for one in both
                if one is not None
            )
            yield Returns(title, small, large, kind, pair, sources)


def _read(card: CreditCard, choice: Choice) -> list[Read]:
    """The card's series, the one that it draws first."""
    rows = sorted(card.rows, key=lambda row: not row.is_focus)
    return [
        Read(
            row.series,
            row.reading,
            _PUBLISHERS.get(row.series.source, "ETF prices"),
            in_year(row.reading.date, choice.day),
        )
        for row in rows
    ]
