"""The sentence, titles and captions of the Market page."""

from datetime import date

from models.calc.credit import CreditDirection, Reading
from models.calc.performance import League
from models.calc.prices import Gap
from models.calc.streaks import Streak, at_least_pct
from models.formats import (
    MINUS,
    basis_points,
    count,
    day,
    decimal,
    month,
    number_word,
    ordinal,
    percent,
    plural,
)
from models.series import SYMBOLS, CreditSeries, Frequency, SymbolKind, title_of
from models.windows import LONG_MONTHS, Window, WindowKind

LEAST_POINTS = 0.05
"""A smaller difference is printed as 0.0 and called none."""
COMMON_PCT, RARE_PCT = 20.0, 5.0
_OLD_DAYS = {Frequency.DAILY: 14, Frequency.WEEKLY: 21, Frequency.MONTHLY: 75}
_SPAN_NAMES = {Frequency.DAILY: "days", Frequency.WEEKLY: "weeks", Frequency.MONTHLY: "months"}


def named(symbol: str) -> str:
    """`the Russell 2000`, `the S&P 500`, `IWM`."""
    known = SYMBOLS.get(symbol)
    return f"the {known.title}" if known is not None and known.kind is SymbolKind.INDEX else symbol


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(small: str, large: str, this_month: Gap | None, year: Gap | None, today: date) -> str:
    """What happened in the newest month and its year: `The Russell 2000 has beaten the S&P 500 by 1.8 points in ….`

    Closes of another month than today's are named with their year: they may be the newest that are held.
    """
    newest = this_month or year
    if newest is None:
        return ""
    is_now = (newest.end.year, newest.end.month) == (today.year, today.month)
    is_one = this_month is None or year is None or year.start == this_month.start
    text = _one(small, large, newest, is_now=is_now)
    if is_one or year is None:
        return f"{text}."
    is_same = (newest.points >= 0) == (year.points >= 0)
    is_current = year.end.year == today.year
    over = "this year" if is_current else "that year"
    if abs(year.points) < LEAST_POINTS:
        return f"{text} and {'is' if is_current else 'was'} level {over}."
    lead, lag = ("leads", "trails") if is_current else ("led", "trailed")
    still = "and" if is_same else "but still" if is_now else "but"
    return f"{text} {still} {lead if year.points > 0 else lag} by {decimal(abs(year.points), 1)} {over}."


def _one(small: str, large: str, gap: Gap, *, is_now: bool) -> str:
    when = f"in {LONG_MONTHS[gap.end.month - 1]}" if is_now else f"in {month(gap.end)}"
    if abs(gap.points) < LEAST_POINTS:
        return f"{capital(named(small))} {'has kept' if is_now else 'kept'} pace with {named(large)} {when}"
    verb = ("has beaten" if is_now else "beat") if gap.points > 0 else ("has trailed" if is_now else "trailed")
    return f"{capital(named(small))} {verb} {named(large)} by {decimal(abs(gap.points), 1)} points {when}"


def credit_sentence(series: CreditSeries, reading: Reading, today: date) -> str:
    """`The high-yield spread is 45 bp narrower than at New Year and little changed over four weeks.`

    Where the newest observation is older than two weeks, its day is named.
    """
    over = f"over {_words(series.horizons[1])}"
    direction = {
        CreditDirection.NARROWING: f"has {_verb(series, reading.middle)} {over}",
        CreditDirection.WIDENING: f"has {_verb(series, reading.middle)} {over}",
        CreditDirection.UNCHANGED: f"is little changed {over}",
        None: "",
    }[reading.direction]
    is_old = (today - reading.date).days > _OLD_DAYS[series.frequency]
    to = f", to {day(reading.date)}" if is_old else ""
    if reading.year_to_date is None:
        return f"{capital(series.phrase)} {direction}{to}." if direction else ""
    size = change(series, reading.level, reading.year_to_date).lstrip(f"+{MINUS}")
    is_none = not any(digit in size for digit in "123456789")
    moved = "unchanged from" if is_none else f"{size} {_comparative(series, reading.year_to_date)} than at"
    new_year = "New Year" if reading.date.year == today.year else f"New Year {reading.date.year}"
    return f"{capital(series.phrase)} is {moved} {new_year}{f' and {direction}' if direction else ''}{to}."


def _verb(series: CreditSeries, change: float | None) -> str:
    down = (change or 0.0) < 0
    if series.in_basis_points:
        return "narrowed" if down else "widened"
    return "fallen" if down else "risen"


def _comparative(series: CreditSeries, change: float) -> str:
    if series.in_basis_points:
        return "narrower" if change < 0 else "wider"
    return "lower" if change < 0 else "higher"


def _words(horizon: str) -> str:
    n, _, unit = horizon.partition(" ")
    return f"{number_word(int(n))} {unit}"


def credit_caption(series: CreditSeries, reading: Reading) -> str:
    """`Narrower than on 78% of days since 1996.`"""
    above = 100 - reading.percentile
    is_low = above >= 50
    share = above if is_low else reading.below_pct
    word = capital(_comparative(series, -1 if is_low else 1))
    spans = f"{_SPAN_NAMES[series.frequency]} since {reading.since.year}"
    others = 100 * (1 - 1 / reading.observations)
    if share >= others - 1e-9:
        return f"{word} than on all other {spans}."
    return f"{word} than on {'more than 99' if share >= 99.5 else decimal(share, 0)}% of {spans}."


def league_title(window: Window) -> str:
    if window.kind is WindowKind.MONTHS:
        first, last = window.months
        return f"Same stretch every year: 1 {LONG_MONTHS[first - 1]} to {_LAST_DAYS[last - 1]} {LONG_MONTHS[last - 1]}"
    return f"Same stretch every year: {window.title}"


_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def league_caption(small: str, large: str, window: Window, league: League) -> str:
    points = f"{capital(title_of(small))} less {title_of(large)}, points."
    return f"{points} {league_place(window, league)}"


def league_place(window: Window, league: League) -> str:
    """`Worst start since 1998.`, `Best since 1991.`, `4th of 30 from the worst.`"""
    gap, year = league.current.gap, league.current.year
    is_behind = gap.points < 0
    since = league.worst_since if is_behind else league.best_since
    what = "Worst" if is_behind else "Best"
    start = _kind_of_stretch(window)
    if len(league.rows) > 1 and since is None:
        return f"{what}{start} on record, since {league.first_year}."
    if since is not None and year - since >= 2:
        return f"{what}{start} since {since}."
    return f"{league_rank(league)}."


def league_rank(league: League) -> str:
    """`4th of 30 from the worst`; a year in which the small side led is counted from the best."""
    is_behind = league.current.gap.points < 0
    rank = league.current.rank if is_behind else len(league.rows) + 1 - league.current.rank - league.ties
    return rank_from(rank, len(league.rows), is_worst=is_behind)


def rank_from(rank: int, of: int, *, is_worst: bool) -> str:
    """`4th of 30 from the worst`: a place in a ranking of gaps says from which end it is counted."""
    return f"{ordinal(rank)} of {count(of)} from the {'worst' if is_worst else 'best'}"


def _kind_of_stretch(window: Window) -> str:
    if window.months == (1, 12):
        return " year"
    return " start" if window.kind is WindowKind.YTD or window.months[0] == 1 else ""


def league_note(league: League) -> str:
    """`of 30 years, 1988 first`."""
    return f"of {plural(len(league.rows), 'year')}, {league.first_year} first"


def streak_caption(streak: Streak) -> str:
    """`Six or more up days in nine: 24% of windows, so common. Seven: 8%.`"""
    share = streak.frequency_pct
    word = "common" if share >= COMMON_PCT else "rare" if share < RARE_PCT else "less common"
    ups, sessions = capital(number_word(streak.ups)), number_word(streak.of)
    text = f"{ups} or more up days in {sessions}: {share_pct(share)} of windows, so {word}."
    if streak.ups < streak.of:
        more = streak.ups + 1
        text += f" {capital(number_word(more))}: {share_pct(at_least_pct(streak, more))}."
    return text


def share_pct(value: float) -> str:
    """`24%`, `<1%`."""
    return "<1%" if 0 < value < 0.5 else f"{count(value)}%"


def streak_label(symbol: str) -> str:
    """`XLF Financials`."""
    title = title_of(symbol)
    return symbol if title == symbol else f"{symbol} {title[:1].lower()}{title[1:]}"


def distribution_title(streak: Streak) -> str:
    """`How unusual: nine-session windows of XLF since 1999, %`."""
    return f"How unusual: {number_word(streak.of)}-session windows of {streak.symbol} since {streak.first.year}, %"


def unit_title(series: CreditSeries) -> str:
    return {"%": "% points", "index": "index", "ratio": "price ratio"}[series.unit]


def level(series: CreditSeries, value: float) -> str:
    return decimal(value, 4 if series.unit == "ratio" else 2)


def change(series: CreditSeries, now: float, moved: float | None) -> str:
    """A change up to `now`: `−13 bp` of a spread, a price ratio's in percent, of an index in its own unit."""
    if series.in_basis_points:
        return basis_points(None if moved is None else 100 * moved)
    if series.unit == "ratio":
        return percent(None if moved is None else 100 * moved / (now - moved), 1, signed=True)
    return decimal(moved, 2, signed=True)


def percentile(reading: Reading) -> str:
    """`47th`."""
    return ordinal(round(reading.percentile))
