"""Builds the Market page from the archive and a choice; the window and the commands use the same."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.calc import credit as spreads
from models.calc.performance import change_pct, drawdown, league, monthly_gaps, most_since, path
from models.calc.prices import Gap, PricePair, gap, locate, months_of, price_pair
from models.calc.streaks import streak
from models.calendars import NEW_YORK
from models.formats import as_date, day, decimal, short_day
from models.pages import leverage
from models.pages import market_words as words
from models.pages.choice import Choice
from models.pages.leverage import LeveragePage
from models.pages.market import (
    TOTAL,
    CreditCard,
    CreditRow,
    FundReturn,
    LeagueCard,
    Marked,
    MarketChoice,
    MarketPage,
    RelativeCard,
    StreakCard,
    StreakRow,
)
from models.pages.positioning import Option
from models.pages.remembered import remembered
from models.reader import Reader
from models.records import Closes, Observations
from models.series import CREDIT, CREDIT_TABLE, PAIRS, SECTOR_FUNDS, SYMBOLS, CreditSeries, closes_of, title_of
from models.windows import LONG_MONTHS, MTD, YTD, Window, WindowKind

SESSIONS_SHOWN = 12


def build(reader: Reader, choice: Choice, options: MarketChoice) -> MarketPage:
    """The page as of `choice.as_of`. What cannot be shown has its reason instead."""
    return _Builder(reader, choice, options).page()


def page(reader: Reader, choice: Choice) -> MarketPage:
    """The page as the window shows it at first: what takes longer to read is built on its own."""
    return build(reader, choice, choice.on_page(MarketChoice))


def with_sectors(reader: Reader, choice: Choice) -> MarketPage:
    """The same with the return of each sector's fund."""
    return build(reader, choice, replace(choice.on_page(MarketChoice), has_sectors=True))


def observations_of(reader: Reader, series: CreditSeries, choice: Choice) -> Observations | None:
    """A series' observations known by the choice's moment; a ratio is made of its two prices."""
    if series.parts is None:
        return reader.observations(series.id, choice.as_of)
    closes = [reader.closes(symbol, choice.as_of) for symbol in series.parts]
    if closes[0] is None or closes[1] is None:
        return None
    found = spreads.price_ratio(series, closes[0], closes[1])
    return found if len(found) else None


def default_window(pair: PricePair) -> Window:
    """The whole months of the newest close's year, in January those of the year before."""
    newest = int(months_of(pair.date[-1:])[0])
    ended = newest if newest in pair.month_ends else newest - 1
    return Window(WindowKind.MONTHS, (1, ended % 12 + 1))


class _Builder:
    """One page being built: the pair is read once."""

    def __init__(self, reader: Reader, choice: Choice, options: MarketChoice) -> None:
        self.reader = remembered(reader)
        self.choice = choice
        self.options = options
        self.reasons: dict[str, str] = {}
        self.small = self.closes(options.small)
        self.large = self.closes(options.large)
        both = self.small is not None and self.large is not None
        self.pair = price_pair(self.small, self.large) if self.small is not None and self.large is not None else None
        self.months = monthly_gaps(self.pair) if self.pair is not None else None
        self.reason = "" if both and self.pair is not None and len(self.pair) else self.why_no_pair()

    def closes(self, symbol: str, kind: str | None = None) -> Closes | None:
        return self.reader.closes(symbol, self.choice.as_of, kind or self.options.kind)

    def why_no_pair(self) -> str:
        missing = [
            title_of(symbol)
            for symbol, found in ((self.options.small, self.small), (self.options.large, self.large))
            if found is None
        ]
        what = "total returns" if self.options.kind == TOTAL else "closes"
        if not missing:
            return "The two have no day in common."
        return f"No {what} of {' or '.join(missing)} are held as of {day(self.choice.day)}."

    def page(self) -> MarketPage:
        pair = self.pair if not self.reason else None
        month, year = (gap(pair, MTD), gap(pair, YTD)) if pair is not None else (None, None)
        today = self.choice.as_of.astimezone(NEW_YORK).date()
        credit = self.credit()
        drawn = next((row for row in credit.rows if row.is_focus), None) if credit else None
        sectors = self.sectors(month)
        if pair is None:
            self.reasons |= {"relative": self.reason, "league": self.reason, "months": self.reason}
        return MarketPage(
            choice=self.choice,
            options=self.options,
            sentence=words.sentence(self.options.small, self.options.large, month, year, today) or self.reason,
            subtitle=words.credit_sentence(drawn.series, drawn.reading, today) if drawn else "",
            chips=self.chips(),
            pairs=self.pairs(),
            kinds=self.kinds(),
            credits=tuple(
                Option(row.series.id, row.series.title, row.is_focus) for row in (credit.rows if credit else ())
            ),
            relative=self.relative(pair, month, year) if pair is not None else None,
            league=self.league(pair) if pair is not None else None,
            months=self.months if pair is not None else None,
            streaks=self.streaks(),
            sectors=sectors,
            sectors_caption=_sectors_caption(sectors, month),
            credit=credit,
            leverage=self.leverage(),
            reasons=self.reasons,
            has_fred=any(row.series.source == "fred" for row in (credit.rows if credit else ())),
            prices_as_of=as_date(pair.date[-1]) if pair is not None else None,
            credit_as_of=drawn.reading.date if drawn else None,
        )

    def chips(self) -> tuple[str, ...]:
        """What the figures are of: price or total return, and whose closes."""
        kind = "total return" if self.options.kind == TOTAL else "price return"
        sources = dict.fromkeys(found.source for found in (self.small, self.large) if found is not None)
        return (kind, *(closes_of(source) for source in sources))

    def pairs(self) -> tuple[Option, ...]:
        chosen = (self.options.small, self.options.large)
        return tuple(Option(pair.name, pair.title, (pair.small, pair.large) == chosen) for pair in PAIRS)

    def difference(self) -> str:
        """What is compared: `Small minus large`, for a pair that is not in the catalogue its symbols."""
        chosen = (self.options.small, self.options.large)
        found = next((pair.difference for pair in PAIRS if (pair.small, pair.large) == chosen), "")
        return found or f"{title_of(chosen[0])} minus {title_of(chosen[1])}"

    def kinds(self) -> tuple[Option, ...]:
        known = [SYMBOLS.get(symbol) for symbol in (self.options.small, self.options.large)]
        has_total = all(symbol is not None and symbol.has_total for symbol in known)
        reason = "" if has_total else "An index here has no dividends in it; choose a pair of ETFs."
        chosen = self.options.kind
        return (Option("price", "Price", chosen == "price"), Option(TOTAL, "Total return", chosen == TOTAL, reason))

    def relative(self, pair: PricePair, month: Gap | None, year: Gap | None) -> RelativeCard | None:
        rows = locate(pair, YTD)
        if rows is None or year is None:
            self.reasons["relative"] = "The last close of the previous year is not held."
            return None
        line = path(pair, *rows)
        furthest = int(np.argmax(np.abs(line.points)))
        is_apart = month is not None and month.start != year.start
        extreme = None
        if 0 < furthest < len(line) - 1:
            at = as_date(line.date[furthest])
            label = f"{short_day(at)}: {decimal(line.points[furthest], 1, signed=True)}"
            extreme = Marked(at, float(line.points[furthest]), label)
        months = self.months
        begun = locate(pair, MTD)
        sessions = int(pair.session[begun[1]] - pair.session[begun[0]]) if begun else 0
        small, large = title_of(self.options.small), title_of(self.options.large)
        kind = "total return" if self.options.kind == TOTAL else "price"
        ratio = pair.ratio
        return RelativeCard(
            title=f"{self.difference()} {_year_words(year, self.choice)}",
            caption=f"{words.capital(small)} return less {large} return, percentage points, {kind}.",
            path=line,
            highlight=month.start if month is not None and is_apart else None,
            highlight_label=LONG_MONTHS[year.end.month - 1] if is_apart else "",
            extreme=extreme,
            end=Marked(year.end, year.points, decimal(year.points, 1, signed=True)),
            month=month,
            year=year,
            most_since=most_since(months) if months is not None and month is not None else None,
            most_since_same_sessions=most_since(monthly_gaps(pair, sessions)) if sessions else None,
            dates=pair.date,
            ratio=ratio,
            drawdown_pct=drawdown(ratio),
        )

    def league(self, pair: PricePair) -> LeagueCard | None:
        window = self.options.window or default_window(pair)
        found = league(pair, window)
        if found is None:
            self.reasons["league"] = f"The closes at both ends of {window.title} are not held."
            return None
        mine = found.current.gap.points
        return LeagueCard(
            title=words.league_title(window),
            caption=words.league_caption(self.options.small, self.options.large, window, found),
            league=found,
            worse=tuple(row.year for row in found.rows if row.gap.points < mine),
            note=words.league_note(found),
        )

    def streaks(self) -> StreakCard | None:
        options = self.options
        found = {symbol: self.closes(symbol, "price") for symbol in options.streak_funds}
        held = {symbol: closes for symbol, closes in found.items() if closes is not None}
        made = {s: streak(closes, options.streak_sessions, SESSIONS_SHOWN) for s, closes in held.items()}
        missing = tuple(symbol for symbol in options.streak_funds if made.get(symbol) is None)
        kept = [one for one in made.values() if one is not None]
        if not kept:
            self.reasons["streaks"] = f"No closes of {', '.join(options.streak_funds)} reach back far enough."
            return None
        newest = max(one.last for one in kept)
        days = next(tuple(as_date(d) for d in one.days) for one in kept if one.last == newest)
        focus = next((one for one in kept if one.symbol == options.streak_focus), kept[0])
        rows = []
        for one in kept:
            by_day = dict(zip((as_date(d) for d in one.days), one.signs.tolist(), strict=True))
            result = f"{one.ups} of {one.of}" + ("" if one.last == newest else f", to {day(one.last)}")
            rows.append(StreakRow(one, words.streak_label(one.symbol), tuple(by_day.get(d) for d in days), result))
        return StreakCard(
            days=days,
            of=options.streak_sessions,
            rows=tuple(rows),
            focus=focus,
            focus_title=words.distribution_title(focus),
            caption=words.streak_caption(focus),
            missing=missing,
        )

    def sectors(self, month: Gap | None) -> tuple[FundReturn, ...]:
        """What each sector's fund returned this month, the leader first."""
        if month is None or not self.options.has_sectors:
            return ()
        returns = []
        for symbol, title in SECTOR_FUNDS.items():
            closes = self.closes(symbol, "price")
            change = change_pct(closes, month.start, month.end) if closes is not None else None
            if change is not None:
                returns.append(FundReturn(symbol, title, change))
        return tuple(sorted(returns, key=lambda one: -one.return_pct))

    def leverage(self) -> LeveragePage | None:
        if not self.options.has_leverage:
            return None
        made = leverage.build(self.reader, self.choice)
        if made.reason_empty:
            self.reasons["leverage"] = made.reason_empty
        return made

    def credit(self) -> CreditCard | None:
        held = {}
        for name in dict.fromkeys((self.options.credit, *CREDIT_TABLE)):
            series = CREDIT.get(name)
            found = observations_of(self.reader, series, self.choice) if series is not None else None
            made = spreads.reading(series, found) if series is not None and found is not None else None
            if series is not None and found is not None and made is not None:
                held[name] = (series, found, made)
        if not held:
            self.reasons["credit"] = "No credit series is held; FRED's can be fetched once its terms are accepted."
            return None
        focus = self.options.credit if self.options.credit in held else next(iter(held))
        series, found, made = held[focus]
        order: Sequence[str] = [name for name in CREDIT_TABLE if name in held]
        shown = order if focus in order else [focus, *order]
        title = series.phrase.removeprefix("the ")
        return CreditCard(
            title=words.capital(title),
            unit_title=words.unit_title(series),
            series=series,
            dates=found.date,
            values=found.value,
            end=Marked(made.date, made.level, f"{words.level(series, made.level)}"),
            rows=tuple(CreditRow(held[name][0], held[name][2], name == focus) for name in shown),
            caption=words.credit_caption(series, made),
            ratio_dates=self.pair.date if self.pair is not None else found.date[:0],
            ratio=self.pair.ratio if self.pair is not None else found.value[:0],
        )


def _year_words(year: Gap, choice: Choice) -> str:
    """`since New Year`, or `in 2025` where that is not the year of the moment."""
    return "since New Year" if year.end.year == choice.as_of.astimezone(NEW_YORK).year else f"in {year.end.year}"


def _sectors_caption(sectors: tuple[FundReturn, ...], month: Gap | None) -> str:
    if month is None or not sectors:
        return ""
    first, last = sectors[0], sectors[-1]
    return (
        f"{first.title} led in {LONG_MONTHS[month.end.month - 1]} with {decimal(first.return_pct, 1, signed=True)}%;"
        f" {last.title} came last with {decimal(last.return_pct, 1, signed=True)}%."
    )
