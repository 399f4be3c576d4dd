"""Claims about positions under each definition that the sentence leaves open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np

from models.calc import superlatives
from models.calc.splice import Definition, Series
from models.calendars import newest_released, report_dates
from models.check.claims import ClaimKind, ParsedClaim
from models.check.findings import Finding, to_refresh, unknown
from models.check.lexicon import Traders
from models.formats import as_date, day, plural, week_window, with_unit
from models.markets import Market, UnknownMarket, market
from models.names import GROUPS, Basis, Direction, Family, Group, Kind, Legs, Report, Scope, Verdict
from models.pages.book import Book
from models.reader import Reader
from models.statements.judge import judge, not_shown
from models.statements.matrix import definitions, in_contracts, speculators
from models.statements.sentences import sentence
from models.statements.statement import Claim, Statement
from models.statements.words import capital, definition_title, net_bare, net_words, none_held, subject

OPEN_WINDOWS = (2, 1, 4)
"""Lengths in reports under which a swing is judged whose length is not said."""
Stretch = tuple[date, date]
_ONE_WEEK = timedelta(weeks=1)
_STARTS_WITHIN = 13
"""In how many reports before the newest the start of a swing is looked for where its length is not said."""
_NAMED_GROUPS: dict[Traders, Group] = {
    Traders.LEVERAGED_FUNDS: Group.LEVERAGED_FUNDS,
    Traders.ASSET_MANAGERS: Group.ASSET_MANAGER,
    Traders.MONEY_MANAGERS: Group.MANAGED_MONEY,
    Traders.COMMERCIALS: Group.COMMERCIAL,
    Traders.SMALL_TRADERS: Group.NONREPORTABLE,
    Traders.PRODUCERS: Group.PRODUCER_MERCHANT,
}
_KINDS = {
    ClaimKind.LEVEL: Kind.LEVEL,
    ClaimKind.SIGN: Kind.SIGN,
    ClaimKind.SWING: Kind.SWING,
    ClaimKind.STREAK: Kind.STREAK,
}


class Books:
    """One book a market as of one moment, kept while an article is checked."""

    def __init__(self, reader: Reader, as_of: datetime) -> None:
        self.as_of = as_of
        self._reader = reader
        self._books: dict[str, Book] = {}

    def of(self, name: str) -> Book:
        """Raises UnknownMarket."""
        if name not in self._books:
            self._books[name] = Book(self._reader, market(name), self.as_of)
        return self._books[name]


def findings(books: Books, claim: ParsedClaim) -> tuple[Finding, ...]:
    """One finding a definition (and length, for a swing of unknown length); never empty."""
    name = claim.market or ""
    try:
        book = books.of(name)
    except UnknownMarket:
        return (unknown("", f"There are no futures on {name} in the CFTC's reports that the app knows."),)
    try:
        newest = newest_released(books.as_of)
    except ValueError:
        return (unknown("", "No report had been released by then."),)
    made = tuple(_Checker(book, claim, newest).findings())
    return made or (unknown("", f"No report on {book.market.title} futures knows these traders."),)


def groups(of: Market, traders: Traders | None) -> tuple[tuple[Report, Group], ...]:
    """The reports and groups that may be meant. Hedge funds are no group of the CFTC's, so they stay open."""
    scopes = (Scope.COMBINED, Scope.FUTURES)
    if traders is Traders.SPECULATORS:
        return ((Report.LEGACY_FUTURES, Group.NONCOMMERCIAL),)
    if traders in (Traders.COMMERCIALS, Traders.SMALL_TRADERS):
        return ((Report.LEGACY_FUTURES, _NAMED_GROUPS[traders]),)
    group = _NAMED_GROUPS.get(traders) if traders else None
    if traders is Traders.DEALERS:
        group = Group.DEALER if of.main_family is Family.TFF else Group.SWAP_DEALER
    if group is not None and group in GROUPS[of.main_family]:
        return tuple((Report.of(of.main_family, scope), group) for scope in scopes)
    is_open = traders is None or traders in (Traders.HEDGE_FUNDS, Traders.MONEY_MANAGERS)
    return speculators(of) if is_open else ()


class _Checker:
    """One claim and the series of its market."""

    def __init__(self, book: Book, claim: ParsedClaim, newest: date) -> None:
        self.book = book
        self.of = book.market
        self.claim = claim
        self.newest = newest

    def findings(self) -> Iterator[Finding]:
        for definition in self.definitions():
            if self.claim.kind is ClaimKind.POSITION:
                yield self.position(definition)
            elif self.claim.kind is ClaimKind.SWING:
                for window in (self.claim.reports,) if self.claim.reports else OPEN_WINDOWS:
                    yield self.swing(definition, window)
            else:
                yield self.judged(definition)

    def definitions(self) -> tuple[Definition, ...]:
        """Every definition that the words leave open: a basis or scope that they name binds, so does a figure in
        contracts, and a sign needs no basis.
        """
        pairs = groups(self.of, self.claim.traders)
        if self.claim.scope is not None:
            pairs = tuple(pair for pair in pairs if pair[0].scope is self.claim.scope)
        signs = self.claim.kind in (ClaimKind.SIGN, ClaimKind.STREAK, ClaimKind.POSITION)
        found = []
        for made in definitions(self.of):
            if self.claim.basis is not None:
                is_open = made.basis is self.claim.basis
            elif self.claim.mentions_contracts or signs:
                is_open = made.basis is Basis.CONTRACTS or (
                    made.legs == Legs.ALL and made.basis is Basis.SIZE_ADJUSTED and not self.claim.mentions_contracts
                )
            else:
                is_open = made.basis is not Basis.SIZE_ADJUSTED or self.of.is_resized or made.legs == Legs.ALL
            if is_open:
                found.append(made)
        bases = dict.fromkeys((d.basis, d.legs) for d in found)
        return tuple(Definition(self.of.name, report, group, *basis) for report, group in pairs for basis in bases)

    def report(self, series: Series) -> date:
        """The report that the claim is about, of this series where it must be looked for."""
        if self.claim.before_day:
            return self._start(series)
        if self.claim.day is None:
            return self.newest
        made = report_dates(self.claim.day - timedelta(days=40), self.claim.day)
        return made[-1] if made else self.claim.day

    def _start(self, series: Series) -> date:
        """The most extreme of the reports before the newest, where a swing of unknown length began."""
        before = series.until(np.datetime64(self.newest))
        values = before.value[-_STARTS_WITHIN - 1 : -1]
        if not len(values):
            return self.newest
        is_low = self.claim.direction is Direction.DOWN or self.claim.side == -1
        place = int(np.argmin(values) if is_low else np.argmax(values))
        return as_date(before.date[-_STARTS_WITHIN - 1 : -1][place])

    def said(self, definition: Definition) -> str:
        return definition_title(self.of, definition)

    def missing(self, definition: Definition, report: date) -> Finding:
        who = capital(subject(self.of, definition.group))
        if report > self.newest:
            text = f"{who}: the report of {day(report)} had not been released yet."
            return unknown(self.said(definition), text, "not_released")
        counted = self.book.series(in_contracts(definition))
        if definition.basis is Basis.NOTIONAL and np.datetime64(report) in counted.date:
            return unknown(
                self.said(definition), f"{who}: no price that gives the dollar value of {day(report)} is held."
            )
        text = f"{who}: the figure of the report of {day(report)} is not held. {to_refresh('CFTC')}"
        return unknown(self.said(definition), text)

    # A bare figure or side

    def position(self, definition: Definition) -> Finding:
        series = self.book.series(definition)
        report = self.report(series)
        row = np.flatnonzero(series.date == np.datetime64(report))
        if not len(row):
            return self.missing(definition, report)
        value = float(series.value[row[0]])
        is_side = value * (self.claim.side or 0) > 0
        holds = is_side and (self.claim.amount is None or self.claim.amount.allows(value))
        text = f"{capital(subject(self.of, definition.group))} were {net_words(value, series.unit)} on {day(report)}"
        verdict = Verdict.TRUE if holds else Verdict.FALSE
        text = f"{text} ({self.said(definition)})."
        return Finding(verdict, self.said(definition), text, value, series.unit, position=(definition, report))

    # Swings

    def swing(self, definition: Definition, window: int) -> Finding:
        whole = self.book.series(definition)
        report = self.report(whole)
        if self.claim.limit is None:
            return self._change(definition, whole, report, window)
        direction = self.claim.direction or self._direction(whole, report, window)
        made = Claim(Kind.SWING, direction, report, definition, window)
        since = self.claim.limit.since
        if since is not None and len(whole) and as_date(whole.date[0]) > since:
            return self._found(definition, _cut_short(not_shown(made, definition, whole)), report)
        series = whole.where(whole.date >= np.datetime64(since)) if since else whole
        return self._found(definition, judge(made, series), report, self._hole(whole, report))

    def _direction(self, series: Series, report: date, window: int) -> Direction:
        """A swing whose direction the words leave open is judged in its own."""
        value = self._moved(series, report, window)
        return Direction.DOWN if value is not None and value < 0 else Direction.UP

    def _moved(self, series: Series, report: date, window: int) -> float | None:
        until = series.until(np.datetime64(report))
        if not len(until) or as_date(until.date[-1]) != report:
            return None
        changes = superlatives.swings(until, window)
        place = changes.at(len(until) - 1)
        return None if place is None else float(changes.value[place])

    def _change(self, definition: Definition, series: Series, report: date, window: int) -> Finding:
        value = self._moved(series, report, window)
        if value is None:
            return self.missing(definition, report)
        wanted = {Direction.UP: 1, Direction.DOWN: -1}.get(self.claim.direction or Direction.BOTH, 0)
        amount = self.claim.amount
        holds = value * wanted > 0 if amount is None else amount.allows(value) and value * wanted >= 0
        verb = "rose" if value > 0 else "fell"
        size = with_unit(abs(value), series.unit, is_change=True)
        text = f"The net position of {subject(self.of, definition.group)} {verb} by {size}"
        text = f"{text} in {week_window(window)} to {day(report)} ({self.said(definition)})."
        verdict = Verdict.TRUE if holds else Verdict.FALSE
        title = f"{self.said(definition)}, {plural(window, 'report')}"
        return Finding(verdict, title, text, value, series.unit, position=(definition, report))

    # Levels, signs and streaks

    def judged(self, definition: Definition) -> Finding:
        series = self.book.series(definition)
        report = self.report(series)
        claim, limit = self.claim, self.claim.limit
        made = Claim(
            _KINDS[claim.kind],
            claim.direction or Direction.UP,
            report,
            definition,
            since=limit.since if limit else None,
            length=claim.length or 0,
        )
        return self._found(definition, judge(made, series), report, self._hole(series, report))

    def _hole(self, whole: Series, report: date) -> Stretch | None:
        """The last half year or longer without reports in the claimed time; one on record names its holes itself."""
        since = self.claim.limit.since if self.claim.limit else None
        if since is None:
            return None
        holes = superlatives.holes(whole.until(np.datetime64(report)))
        return next(((as_date(a), as_date(b)) for a, b in reversed(holes) if as_date(b) > since + _ONE_WEEK), None)

    def _found(
        self, definition: Definition, made: Statement | None, report: date, hole: Stretch | None = None
    ) -> Finding:
        if made is None:
            claim = Claim(Kind.LEVEL, Direction.UP, report, definition)
            made = not_shown(claim, definition, self.book.series(in_contracts(definition)))
        if made is None or made.reason == "no_data":
            return self.missing(definition, report)
        title = self.said(definition)
        if made.kind is Kind.SWING:
            title = f"{title}, {plural(made.claim.window, 'report')}"
        if hole is not None and made.verdict is Verdict.TRUE:
            made = replace(made, verdict=Verdict.UNKNOWN, reason="sample_too_short")
        text = self._too_short(made, hole) if made.mark == "short" else self._in_words(made)
        return Finding(made.verdict, title, text, made.value, made.unit, made.reason, made)

    def _in_words(self, made: Statement) -> str:
        """Without the holes before the claimed time; with the report that stands against a level, as that of the
        other kinds is in their sentences.
        """
        since = self.claim.limit.since if self.claim.limit else None
        text = sentence(self.of, made if since is None else replace(made, holes=()))
        against = made.refuted_by
        if made.kind is not Kind.LEVEL or against is None:
            return text
        return f"{text} They were {net_words(against.value, made.unit)} on {day(against.date)}."

    def _too_short(self, made: Statement, hole: Stretch | None) -> str:
        claimed = self.claim.limit.since if self.claim.limit else None
        held = f"the data begin on {day(made.sample_start)}"
        if hole is not None:
            held = none_held(made.definition)
            held = f"{held[:1].lower()}{held[1:]} between {day(hole[0])} and {day(hole[1])}"
            held = f"{held}. {to_refresh('CFTC')}".removesuffix(".")
        value = "" if made.value is None else f" ({net_bare(made.value, made.unit)} on {day(made.claim.date)})"
        return f"It cannot be shown{value}: the claim goes back to {day(claimed)}, and {held}."


def _cut_short(made: Statement | None) -> Statement | None:
    """A statement whose sample does not reach as far as the claim."""
    return None if made is None else replace(made, reason="sample_too_short")
