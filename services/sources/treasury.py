"""US Treasury: par yields of its daily curve, one CSV a year."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from models.calendars import NEW_YORK, known_at, next_federal_business_day
from models.formats import as_date
from models.names import Known
from services.cancel import Cancel
from services.http import Content, Http, Request
from services.sources.columns import Parsed, column, csv_rows, from_cells
from services.sources.pace import Pace
from services.sources.series_file import SeriesFile, ask, deliver
from services.sources.source import Delivery, Failed, Held, Progress, Question, Terms, Wish

FOLDER = "https://home.treasury.gov/resource-center/data-chart-center/interest-rates/daily-treasury-rates.csv"
FIRST_YEAR = 1990
YEARS_AT_FIRST = 5
DATASET = "yields"
COLUMNS = {"treasury:2Y": "2 Yr", "treasury:10Y": "10 Yr"}


def address(year: int) -> str:
    return f"{FOLDER}/{year}/all"


def parameters(year: int) -> tuple[tuple[str, str], ...]:
    return (
        ("type", "daily_treasury_yield_curve"),
        ("field_tdr_date_value", str(year)),
        ("page", ""),
        ("_format", "csv"),
    )


def parse(body: bytes, now: datetime) -> tuple[Parsed, ...]:
    """The yields of one year, in percent. New maturities have been added in the middle, so columns go by name."""
    header, *rows = list(csv_rows(body)) or [[]]
    day = column(header, "Date")

    def cells(place: int) -> Iterator[tuple[str, str]]:
        for row in rows:
            is_whole = len(row) == len(header)
            yield (row[day], row[place]) if is_whole else (",".join(row), "")

    return tuple(
        from_cells(series, cells(column(header, name)), known=Known.NEXT_MORNING, now=now)
        for series, name in COLUMNS.items()
    )


class TreasurySource:
    """The last years at first, then the current one (and last year's end); all since 1990 on request."""

    name = "treasury"
    title = "US Treasury"
    feeds: tuple[str, ...] = ("Market",)
    terms = Terms(
        "US Department of the Treasury",
        "A work of the US government, free to use.",
        "https://home.treasury.gov/resource-center/data-chart-center/interest-rates",
    )
    is_default = True
    datasets: tuple[str, ...] = (DATASET,)

    def __init__(self) -> None:
        self._pace = Pace()

    def deliver(
        self,
        http: Http,
        held: Held,
        wish: Wish,
        now: datetime,
        cancel: Cancel,
        progress: Callable[[Progress], None],
    ) -> Iterator[Delivery]:
        """Stops at the first year that cannot be had: the others would fail the same way."""
        self._pace.asked(now)
        years = self._years(held, wish, now)
        for done, year in enumerate(years):
            progress(Progress(self.name, f"yields of {year}", done, len(years)))
            for delivery in deliver(self.name, year_file(year), http, held, now, cancel, afresh=wish.full):
                yield delivery
                if isinstance(delivery, Failed):
                    return

    def _years(self, held: Held, wish: Wish, now: datetime) -> Sequence[int]:
        this_year = now.astimezone(NEW_YORK).year
        found = held.observations(next(iter(COLUMNS)), now)
        if wish.full or wish.backfill:
            first = FIRST_YEAR
        elif found is None:
            first = this_year - YEARS_AT_FIRST + 1
        else:
            first = (as_date(found.date[-1]) - timedelta(days=10)).year
        return range(first, this_year + 1)

    def due(self, held: Held, now: datetime) -> datetime:
        found = held.observations(next(iter(COLUMNS)), now)
        if found is None:
            return self._pace.due(None, now)
        following = next_federal_business_day(as_date(found.date[-1]))
        return self._pace.due(known_at(following, Known.NEXT_MORNING), now)

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        yield from ask(year_file(FIRST_YEAR), http, cancel)


def year_file(year: int) -> SeriesFile:
    request = Request(address(year), Content.CSV, parameters(year), deadline_s=40.0)
    return SeriesFile(DATASET, f"Treasury yields of {year}", request, tuple(COLUMNS), parse, is_whole=False)
