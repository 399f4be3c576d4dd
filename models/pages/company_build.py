"""Builds the list of companies behind the indices, and the sheet of the one that is opened."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from models import funds
from models.calc.consensus import Surprise, change_pct, days_before, in_order, newest, surprises
from models.calendars import NEW_YORK
from models.fiscal import fiscal_end, is_fiscal_year
from models.formats import day, month, plural
from models.pages.bottom_up import Companies, companies
from models.pages.choice import Choice
from models.pages.company import (
    SOURCE_TITLES,
    THIN_ANALYSTS,
    CompaniesPage,
    CompanyRow,
    CompanySheet,
    PeriodRow,
    SurpriseRow,
)
from models.pages.earnings import EX_ITEMS, EarningsChoice
from models.pages.shelf import Shelf, shelf_of
from models.reader import Reader
from models.records import Estimate, Holding

STALE_DAYS = 100
"""A quarter and its report have passed since, so such a consensus is not today's."""
_KEPT_AFTER_END = dt.timedelta(days=120)
"""Annual reports come up to so long after the year has ended; until then its estimate is of interest."""

Newest = Mapping[tuple[str, str], Estimate]


def page(reader: Reader, choice: Choice) -> CompaniesPage:
    """As the window shows it, with what is selected there."""
    return build(reader, choice, choice.on_page(EarningsChoice), shelf_of(reader))


def build(reader: Reader, choice: Choice, options: EarningsChoice, shelf: Shelf | None = None) -> CompaniesPage:
    """The holdings of both funds, those with estimates first, small before large; and `options.company` opened."""
    on = shelf or Shelf(reader)
    pairs = ((options.small, funds.SMALL_DEFAULT), (options.large, funds.LARGE_DEFAULT))
    found = [companies(on, choice, subject, EX_ITEMS, fund) for subject, fund in pairs]
    sides = [side for side in found if side is not None]
    today = choice.as_of.astimezone(NEW_YORK).date()
    rows = {row.ticker: row for side in reversed(sides) for row in _rows(side, today)}  # of a company in both: small
    order = [side.fund for side in sides]
    ordered = sorted(rows.values(), key=lambda row: (row.eps is None, order.index(row.fund), -row.weight_pct))
    known = sum(row.eps is not None for row in ordered)
    return CompaniesPage(
        choice,
        f"{known:,} of {len(ordered):,} companies with estimates",
        tuple(ordered),
        _sheet(reader, options.company, sides, today) if options.company else None,
        "" if sides else "No holdings of the funds are held as of this day, so the companies are not known.",
    )


def _rows(side: Companies, today: dt.date) -> Iterable[CompanyRow]:
    total = sum(holding.market_value_usd or 0.0 for holding in side.holdings)
    current = newest(side.estimates, today)
    before = newest(side.estimates, days_before(today)[30])
    years = _years_under_way(current, today)
    reported = surprises(side.estimates)
    for holding in side.holdings:
        year, last = years.get(holding.ticker), reported.get(holding.ticker, ())
        yield CompanyRow(
            ticker=holding.ticker,
            name=holding.name,
            sector=holding.sector,
            fund=side.fund,
            weight_pct=100 * (holding.market_value_usd or 0.0) / total,
            year_end=fiscal_end(year.period) if year else None,
            eps=year.value if year else None,
            analysts=year.analysts if year else None,
            revised_pct=_revised(before, year) if year else None,
            surprise_pct=last[-1].share_pct if last else None,
            vintage=year.vintage if year else None,
        )


def _years_under_way(current: Newest, today: dt.date) -> dict[str, Estimate]:
    """Ticker to the fiscal year that ends next."""
    found: dict[str, Estimate] = {}
    for (ticker, period), estimate in sorted(current.items()):  # names of years sort by their end
        end = fiscal_end(period)
        if is_fiscal_year(period) and end is not None and end >= today:
            found.setdefault(ticker, estimate)
    return found


def _revised(before: Newest, now: Estimate) -> float | None:
    earlier = before.get((now.subject, now.period))
    return None if earlier is None else change_pct(earlier.value, now.value)


def _sheet(reader: Reader, ticker: str, sides: Sequence[Companies], today: dt.date) -> CompanySheet | None:
    """None where no fund holds the company."""
    holding = next((one for side in sides for one in side.holdings if one.ticker == ticker), None)
    if holding is None:
        return None
    own = in_order({e for side in sides for e in side.estimates if e.subject == ticker})
    current = newest(own, today)
    earlier = [newest(own, then) for then in days_before(today).values()]
    titles = _titles(reader, own)
    periods = [_period(found, earlier, titles) for found in current.values()]
    shown = sorted(
        (row for row in periods if row.is_estimate and row.end + _KEPT_AFTER_END >= today),
        key=lambda row: (not is_fiscal_year(row.period), row.end),
    )
    reported = surprises(own).get(ticker, ())
    return CompanySheet(
        ticker,
        holding.name,
        holding.sector,
        tuple(shown),
        tuple(_surprise(one) for one in reversed(reported)),
        tuple(_notes(holding, shown, reported, today)),
        _caption(shown, own),
    )


def _titles(reader: Reader, own: Sequence[Estimate]) -> dict[int | None, str]:
    """Batch to the name of its source; what has no batch is of nobody that is known."""
    batches = {estimate.batch for estimate in own if estimate.batch is not None}
    names = {batch: reader.provenance(batch).source for batch in batches}
    return {None: "", **{batch: SOURCE_TITLES.get(name, name) for batch, name in names.items()}}


def _caption(shown: Sequence[PeriodRow], own: Sequence[Estimate]) -> str:
    """The basis, the sources and the newest day; empty where nothing is held."""
    if not own:
        return ""
    names = ", ".join(dict.fromkeys(row.source for row in shown if row.source))
    return f"Dollars a share before one-off items{f', {names}' if names else ''}, newest {day(own[-1].vintage)}."


def _period(found: Estimate, earlier: Sequence[Newest], titles: Mapping[int | None, str]) -> PeriodRow:
    end = fiscal_end(found.period)
    assert end is not None
    return PeriodRow(
        period=found.period,
        end=end,
        eps=found.value,
        is_estimate=found.is_estimate,
        high=found.high,
        low=found.low,
        analysts=found.analysts,
        revised_pct=tuple(_revised(before, found) for before in earlier),
        vintage=found.vintage,
        source=titles[found.batch],
    )


def _surprise(one: Surprise) -> SurpriseRow:
    return SurpriseRow(
        f"quarter to {month(one.end)}", one.reported, one.expected, one.difference, one.share_pct, one.day
    )


def period_title(row: PeriodRow) -> str:
    """`year to Sep 2026`, `quarter to Jun 2026`."""
    return f"{'year' if is_fiscal_year(row.period) else 'quarter'} to {month(row.end)}"


def _notes(
    holding: Holding, periods: Sequence[PeriodRow], reported: Sequence[Surprise], today: dt.date
) -> Iterable[str]:
    """What is thin, old or missing, a sentence each."""
    if not periods:
        yield f"No estimates of {holding.ticker} are held; it may have no analysts, or was not asked for yet."
    elif all(row.analysts is not None and row.analysts < THIN_ANALYSTS for row in periods):
        most = max(row.analysts or 0 for row in periods)
        yield f"Thin: {plural(most, 'analyst')} at most, so one opinion moves the average."
    if periods and all(change is None for row in periods for change in row.revised_pct):
        yield "No estimate of 30 days ago or more is held, so revisions are not known yet."
    newest_day = max((row.vintage for row in periods), default=today)
    if (today - newest_day).days > STALE_DAYS:
        yield f"The newest estimate is {(today - newest_day).days} days old."
    if not reported:
        yield "No reported quarters are held; the Nasdaq source brings them."
