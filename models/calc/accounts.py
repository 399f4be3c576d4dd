"""Company accounts as filed, made comparable: figures over the last twelve months, debt from its parts.

Concepts of flows: `net_income`, `operating_income`, `depreciation`, `interest_expense`, `ebitda`; of balances:
`cash`, `short_term_investments`, `debt` or its parts. All in US dollars.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from models.calc.leverage import Accounts
from models.records import Fact

NAN = float("nan")
STALE_DAYS = 400
"""Accounts that ended longer ago say nothing of a company as it is."""
_YEAR = range(350, 381)
_A_WEEK = 8

Flows = Mapping[tuple[date, date], float]
Balances = Mapping[date, float]


@dataclass(frozen=True)
class Books:
    """All that one company has filed: flows by concept, start and end, balances by concept and day."""

    flows: Mapping[str, Flows]
    balances: Mapping[str, Balances]


def books(facts: Iterable[Fact]) -> dict[str, Books]:
    """Ticker to its books; of two filings of one figure the later one counts."""
    flows: dict[str, dict[str, dict[tuple[date, date], float]]] = {}
    balances: dict[str, dict[str, dict[date, float]]] = {}
    for fact in sorted(facts, key=lambda fact: fact.filed):
        if fact.period_start is None:
            balances.setdefault(fact.ticker, {}).setdefault(fact.concept, {})[fact.period_end] = fact.value
        else:
            span = (fact.period_start, fact.period_end)
            flows.setdefault(fact.ticker, {}).setdefault(fact.concept, {})[span] = fact.value
    return {ticker: Books(flows.get(ticker, {}), balances.get(ticker, {})) for ticker in flows.keys() | balances.keys()}


def trailing_year(flows: Flows, on: date) -> float | None:
    """The newest twelve months that had ended by a day: a year as filed, else year + this year's part − last year's.

    The fourth quarter is never filed alone, so quarters are not summed. None where the newest period is stale or
    its counterpart is missing.
    """
    known = [span for span in flows if on - timedelta(days=STALE_DAYS) <= span[1] <= on]
    for end in sorted({span[1] for span in known}, reverse=True):
        part = min((span for span in known if span[1] == end), key=lambda span: span[0])
        if _days(part) in _YEAR:
            return flows[part]
        year = next((span for span in flows if _days(span) in _YEAR and abs((part[0] - span[1]).days) <= _A_WEEK), None)
        before = next((span for span in flows if _is_year_before(span, part)), None)
        if year is not None and before is not None:
            return flows[year] + flows[part] - flows[before]
    return None


def _days(span: tuple[date, date]) -> int:
    return (span[1] - span[0]).days


def _is_year_before(span: tuple[date, date], of: tuple[date, date]) -> bool:
    return all(abs((later - earlier).days - 365) <= _A_WEEK for earlier, later in zip(span, of, strict=True))


def ebitda(of: Books, on: date) -> float | None:
    """As filed, else operating income + depreciation and amortisation over the last twelve months."""
    whole = trailing_year(of.flows.get("ebitda", {}), on)
    if whole is not None:
        return whole
    income = trailing_year(of.flows.get("operating_income", {}), on)
    depreciation = trailing_year(of.flows.get("depreciation", {}), on)
    return None if income is None or depreciation is None else income + depreciation


def cash_and_debt(of: Books, on: date) -> tuple[float, float] | None:
    """The newest balance with cash, and the debt on the same day; a balance that names no debt has none."""
    cash = of.balances.get("cash", {})
    days = [day for day in cash if on - timedelta(days=STALE_DAYS) <= day <= on]
    if not days:
        return None
    day = max(days)
    part = {concept: values[day] for concept, values in of.balances.items() if day in values}
    return cash[day] + part.get("short_term_investments", 0.0), _debt(part)


def _debt(part: Mapping[str, float]) -> float:
    """Tags differ from company to company and overlap, so each sum takes those that do not."""
    if "debt" in part:
        return part["debt"]
    short = part.get("short_term_borrowings", 0.0)
    if "debt_noncurrent" in part:
        return part["debt_noncurrent"] + part.get("debt_current", part.get("long_term_debt_current", 0.0) + short)
    if "long_term_debt" in part:
        return part["long_term_debt"] + short
    return part.get("debt_current", part.get("long_term_debt_current", 0.0) + short)


def accounts(of: Mapping[str, Books], sectors: Mapping[str, str], on: date) -> Accounts:
    """The companies of an index, by ticker and sector, with their accounts as of a day; unknown figures NaN."""
    rows = []
    for ticker in sectors:
        held = of.get(ticker)
        balance = cash_and_debt(held, on) if held else None
        earned = ebitda(held, on) if held else None
        cash, debt = balance or (NAN, NAN)
        rows.append((debt, cash, NAN if earned is None else earned))
    figures = np.array(rows, float).reshape(len(rows), 3)
    return Accounts(
        np.array(list(sectors), dtype=np.str_),
        np.array(list(sectors.values()), dtype=np.str_),
        figures[:, 0],
        figures[:, 1],
        figures[:, 2],
    )


@dataclass(frozen=True)
class Strain:
    """How many companies outside finance and real estate lose money or hardly earn their interest, in percent.

    Each share is of the companies that have the figures; None without any.
    """

    lost_money_pct: float | None
    negative_ebitda_pct: float | None
    thin_cover_pct: float | None
    companies: int
    of: int


THIN_COVER = 1.5
"""Operating income below so many times its interest leaves no room for a bad year."""


def strain(of: Mapping[str, Books], tickers: Iterable[str], on: date) -> Strain:
    """Over the last twelve months up to a day."""
    asked = list(tickers)
    held = [of[ticker] for ticker in asked if ticker in of]

    def latest(concept: str) -> list[float | None]:
        return [trailing_year(one.flows.get(concept, {}), on) for one in held]

    income = latest("net_income")
    earned = [ebitda(one, on) for one in held]
    covers = [
        operating / interest
        for operating, interest in zip(latest("operating_income"), latest("interest_expense"), strict=True)
        if operating is not None and interest is not None and interest > 0
    ]
    return Strain(
        lost_money_pct=_share([value < 0 for value in income if value is not None]),
        negative_ebitda_pct=_share([value <= 0 for value in earned if value is not None]),
        thin_cover_pct=_share([value < THIN_COVER for value in covers]),
        companies=sum(value is not None for value in income),
        of=len(asked),
    )


def _share(flags: list[bool]) -> float | None:
    return 100 * sum(flags) / len(flags) if flags else None
