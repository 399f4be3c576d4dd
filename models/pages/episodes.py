"""The Episodes view: earlier swings of comparable size in a market, and what followed each of them.

It says what happened, beside what happened after dates drawn at random; it says nothing about what will.
"""

from dataclasses import dataclass
from datetime import date

from models.calc import episodes as calc
from models.calc import superlatives
from models.calc.episodes import Episode, Outcome
from models.calc.prices import price_pair
from models.calc.splice import Series
from models.calendars import NEW_YORK
from models.formats import as_date, day, decimal, in_unit, month, percent, plural, week_window
from models.markets import Market, market
from models.pages.book import Book
from models.pages.choice import Choice
from models.pages.positioning_build import series_of
from models.reader import Reader
from models.records import Closes, Floats

SMALL, LARGE = "RUT", "SPX"
FEW = 10
"""Fewer episodes than this say nothing, and the view says so."""


@dataclass(frozen=True)
class EpisodesPage:
    """The view as of `choice.as_of`. Without a swing to compare with, `reason_empty` says why."""

    choice: Choice
    market: Market
    series: Series
    window: int
    size: float | None
    unit: str
    episodes: tuple[Episode, ...]
    outcomes: tuple[Outcome, ...]
    sentence: str
    notes: tuple[str, ...]
    reason_empty: str = ""


@dataclass(frozen=True)
class HorizonRow:
    """One measure at one horizon in its unit: median and range of the episodes, and what random dates gave."""

    measure: str
    unit: str
    weeks: int
    count: int
    median: float
    low: float
    high: float
    chance_median: float
    chance_low: float
    chance_high: float

    @property
    def is_within_chance(self) -> bool:
        """Whether the median lies where nine in ten medians of random dates do."""
        return self.chance_low <= self.median <= self.chance_high


def build(reader: Reader, choice: Choice) -> EpisodesPage:
    """Swings over `choice.window` reports comparable to the newest one, on the chosen basis."""
    of = market(choice.market)
    book = Book(reader, of, choice.as_of)
    series = series_of(reader, choice)
    size = _newest_swing(series, choice.window)
    if size is None or size == 0:
        held = f"No swing over {week_window(choice.window)} to the newest report of {of.title} can be computed."
        return EpisodesPage(choice, of, series, choice.window, size, series.unit, (), (), "", (), held)
    found = calc.find(series, choice.window, size)
    today = choice.as_of.astimezone(NEW_YORK).date()
    outcomes = _outcomes(reader, book, choice, series, found, today)
    return EpisodesPage(
        choice=choice,
        market=of,
        series=series,
        window=choice.window,
        size=size,
        unit=series.unit,
        episodes=found,
        outcomes=outcomes,
        sentence=_sentence(series, choice.window, size, found),
        notes=_notes(series, found, outcomes),
    )


def _newest_swing(series: Series, window: int) -> float | None:
    if not len(series):
        return None
    swings = superlatives.swings(series, window)
    place = swings.at(len(series) - 1)
    return None if place is None else float(swings.value[place])


def _outcomes(
    reader: Reader, book: Book, choice: Choice, series: Series, found: tuple[Episode, ...], today: date
) -> tuple[Outcome, ...]:
    """Index, small over large, and positioning, as far as their figures are held."""
    reports = [as_date(day) for day in series.date]
    all_starts = [calc.first_close_after(report)[1] for report in reports]
    starts = [episode.start_close for episode in found]

    def of_closes(name: str, closes: Closes) -> Outcome:
        everything = calc.close_paths(closes, all_starts, today)
        return calc.outcome(name, "%", calc.close_paths(closes, starts, today), everything)

    made = []
    if book.closes is not None and len(book.closes):
        made.append(of_closes(f"{book.market.title} index", book.closes))
    small, large = (reader.closes(symbol, choice.as_of) for symbol in (SMALL, LARGE))
    if small is not None and large is not None:
        pair = price_pair(small, large)
        if len(pair):
            made.append(of_closes("Small over large", Closes("RUT/SPX", small.source, pair.date, pair.ratio)))
    nets = calc.net_paths(series, [episode.report for episode in found])
    made.append(calc.outcome("Net position", series.unit, nets, calc.net_paths(series, reports)))
    return tuple(made)


def rows(page: EpisodesPage) -> tuple[HorizonRow, ...]:
    """The table under the charts: each measure after 4, 13 and 26 weeks."""

    def row(of: Outcome, weeks: int) -> HorizonRow:
        def at(values: Floats) -> float:
            return float(values[weeks])

        return HorizonRow(
            measure=of.name,
            unit=of.unit,
            weeks=weeks,
            count=int(of.count[weeks]),
            median=at(of.median),
            low=at(of.low),
            high=at(of.high),
            chance_median=at(of.chance_median),
            chance_low=at(of.chance_low),
            chance_high=at(of.chance_high),
        )

    return tuple(row(of, weeks) for of in page.outcomes for weeks in calc.HORIZONS)


def _sentence(series: Series, window: int, size: float, found: tuple[Episode, ...]) -> str:
    earlier = [episode for episode in found if not episode.is_current]
    what = "rise" if size > 0 else "fall"
    least = in_unit(calc.COMPARABLE_SHARE * abs(size), series.unit)
    head = f"The {what} of {in_unit(abs(size), series.unit)} in {week_window(window)} to {day(series.date[-1])}"
    if not earlier:
        return f"{head} has no earlier one of at least {least} since {month(series.date[0])}."
    return f"{head} has {plural(len(earlier), 'earlier episode')} of at least {least} since {month(series.date[0])}."


def _notes(series: Series, found: tuple[Episode, ...], outcomes: tuple[Outcome, ...]) -> tuple[str, ...]:
    share = percent(100 * calc.COMPARABLE_SHARE, 0)
    made = [
        f"Comparable is a swing of at least {share} of this one's size in its direction, in {series.unit};"
        " of overlapping swings the largest is kept.",
        "Each path begins at the first close after the report's release.",
        f"Random dates: nine in ten medians of as many dates lie in the band ({calc.DRAWS:,} draws, always the same).",
    ]
    shared = calc.overlapping(found)
    if shared:
        made.append(f"{plural(shared, 'episode')} of {len(found)} look at weeks that another looks at too.")
    if any(episode.crosses_seam for episode in found):
        made.append("The contract's size changed within some of these swings.")
    counts = [int(of.count[calc.HORIZONS[-1]]) for of in outcomes]
    if counts and max(counts) < FEW:
        few = decimal(max(counts), 0)
        made.append(f"Only {few} episodes have {calc.WEEKS} weeks behind them: too few to tell anything from chance.")
    return tuple(made)
