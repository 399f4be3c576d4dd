"""What earlier sentences of an article leave for the next."""

from dataclasses import dataclass
from datetime import date

from models.calendars import end_of_day, newest_released
from models.check.lexicon import Traders
from models.windows import Window


@dataclass(frozen=True)
class Context:
    """What earlier sentences leave behind: the market, the traders, the stretch of time last spoken of.

    `day` is the day of the last position, `latest` the latest one of this market, to which a swing between two of
    them goes.
    """

    article: date
    market: str | None = None
    traders: Traders | None = None
    reports: int | None = None
    subject: tuple[str, ...] = ()
    sector: str | None = None
    window: Window | None = None
    day: date | None = None
    latest: date | None = None

    @property
    def newest_report(self) -> date:
        """The report date that was newest at the end of the article's day, from which weeks are counted back."""
        try:
            return newest_released(end_of_day(self.article))
        except ValueError:  # before the first report
            return self.article
