"""Builds the Earnings page from the archive and a choice; the window and the commands use the same."""

import datetime as dt
from collections.abc import Sequence

from models import funds
from models.calc.accounts import Strain, books, strain
from models.calc.index_earnings import (
    Table,
    YearOnYear,
    gaps,
    rebased,
    revisions,
    streak,
    tables,
)
from models.calendars import NEW_YORK, known_at
from models.formats import day
from models.markets import market
from models.names import Known
from models.pages import earnings_words as words
from models.pages.bottom_up import Companies, Consensus, companies, consensus
from models.pages.choice import Choice
from models.pages.consensus_words import NO_COMPANIES, consensus_note, consensus_rows
from models.pages.earnings import (
    AS_REPORTED,
    BASIS_TITLES,
    EX_ITEMS,
    INDEX_TITLES,
    OPERATING,
    ConsensusRow,
    EarningsChoice,
    EarningsPage,
    Left,
    Panel,
    RevisionPath,
    SectorGrowth,
    Side,
    StrainPair,
    YearPair,
)
from models.pages.measures import measures
from models.pages.positioning import Option
from models.pages.sectors_thin import FundFiles
from models.pages.shelf import END_OF_TIME, Shelf, pick, shelf_of
from models.reader import Reader
from models.taxonomies import FINANCIALS, GICS_SECTORS, REAL_ESTATE

STALE_DAYS = 183
"""Half a year later two rounds of reports have come in, and an estimate says little of the moment."""
PANEL_TITLES = {Panel.LOSSES: "Loss-makers", Panel.SECTORS: "Sectors", Panel.CONSENSUS: "Consensus"}

Found = dict[tuple[str, str], tuple[Table, ...]]


def build(
    reader: Reader,
    choice: Choice,
    options: EarningsChoice,
    shelf: Shelf | None = None,
    *,
    with_accounts: bool = False,
) -> EarningsPage:
    """The page as of `choice.as_of`. A `shelf` of the same reader keeps holdings for the next page.

    Only `with_accounts` are the companies' accounts read, of which there are some hundred thousand.
    """
    return _Builder(reader, choice, options, shelf or Shelf(reader)).page(with_accounts=with_accounts)


def page(reader: Reader, choice: Choice) -> EarningsPage:
    """The page as the window shows it, with what is selected there."""
    return build(reader, choice, choice.on_page(EarningsChoice), shelf_of(reader))


def accounts(reader: Reader, choice: Choice) -> EarningsPage:
    """The same with the companies' accounts, for what the window adds a moment later."""
    options = choice.on_page(EarningsChoice)
    return build(reader, choice, options, shelf_of(reader), with_accounts=True)


class _Builder:
    """One page being built. Vintages are known at 09:00 New York on the next federal business day."""

    def __init__(self, reader: Reader, choice: Choice, options: EarningsChoice, shelf: Shelf) -> None:
        self.reader, self.choice, self.options, self.shelf = reader, choice, options, shelf
        self.subjects = (options.small, options.large)
        self.known = tables(reader.estimates(choice.as_of, self.subjects))
        needs_later = choice.later_data or not self.known
        self.everything = tables(reader.estimates(END_OF_TIME, self.subjects)) if needs_later else self.known
        needs_companies = options.basis == EX_ITEMS or options.panel is Panel.CONSENSUS
        self.companies = self._companies() if needs_companies else {}
        self.consensus = self._consensus() if options.basis == EX_ITEMS else {}
        self.later_day = self._next_vintage(self.everything)
        self.vintage = self._vintage()

    def page(self, *, with_accounts: bool) -> EarningsPage:
        small, large = (self.side(subject, self.options.basis) for subject in self.subjects)
        year = self.main_year(small, large)
        of_years = gaps(small.years if small else (), large.years if large else ())
        of_quarters = gaps(small.quarters if small else (), large.quarters if large else ())
        shown, unit = (of_quarters, "quarter") if of_quarters else (of_years, "year")
        run = streak(shown)
        offered = self.revision_years(small, large)
        asked = self.options.year
        revised = str(asked) if asked in offered else year
        paths = self.paths(int(revised)) if revised else ()
        title, short_title = words.revisions_titles(paths, revised)
        following = self.following(paths)
        pair = self.strain() if with_accounts and self.options.panel is Panel.LOSSES and year else None
        left_years = self.left_years()
        left = _newest(left_years)
        sectors = self.sectors(year) if self.options.panel is Panel.SECTORS and year else ()
        rows = self.measures() if self.options.panel is Panel.CONSENSUS else ()
        return EarningsPage(
            choice=self.choice,
            options=self.options,
            sentence=words.sentence(small, large, year) if year else self.reason_empty(),
            subtitle=self.contrast(year) if year else "",
            later_note=words.later_note(small, large),
            bases=self.bases(),
            panels=tuple(Option(p.value, PANEL_TITLES[p], p is self.options.panel) for p in Panel),
            chips=words.chips(self.options.basis, small, *self.proxy()),
            year=year,
            small=small,
            large=large,
            years=_pairs(small, large),
            revisions_title=title,
            revisions_short_title=short_title,
            revision_years=tuple(Option(str(one), str(one), str(one) == revised) for one in offered),
            revisions_caption=words.revisions_caption(revised, is_consensus=self.options.basis == EX_ITEMS),
            revisions_note=words.revisions_note(paths),
            only_vintage=words.only_vintage(paths, revised, following),
            revisions=paths,
            year_gaps=of_years,
            year_streak=streak(of_years),
            gaps_title=f"Growth gap by {unit}",
            gaps=shown,
            streak=run,
            streak_words=words.streak_words(run, unit),
            left=left,
            left_years=left_years,
            left_reason="" if left else "No year is held both as operating and as reported earnings.",
            strain=pair,
            strain_note=self.strain_note(pair) if with_accounts else "",
            sectors=sectors,
            sectors_reason=self.sectors_reason(sectors) if year else self.reason_empty(),
            measures=rows,
            measures_note=self.measures_note(rows),
            coverage=words.coverage(small, large),
            next_vintage=following,
            next_known_at=known_at(following, Known.NEXT_MORNING_NINE) if following else None,
            files=() if year else self.files(),
            reason_empty="" if year else self.reason_empty(),
        )

    # Which vintage

    def _consensus(self) -> dict[str, Consensus | None]:
        """Sums of company estimates, which no publisher of an index makes for us."""
        return {subject: consensus(of, self.choice) for subject, of in self.companies.items()}

    def _companies(self) -> dict[str, Companies | None]:
        """The companies behind the indices, each with its estimates."""
        pairs = zip(self.subjects, (funds.SMALL_DEFAULT, funds.LARGE_DEFAULT), strict=True)
        return {subject: companies(self.shelf, self.choice, subject, EX_ITEMS, fund) for subject, fund in pairs}

    def _next_vintage(self, found: Found) -> dt.date | None:
        """The first vintage on this basis that was not known yet."""
        days = {
            table.vintage
            for subject in self.subjects
            for table in found.get((subject, self.options.basis), ())
            if self.is_later(table.vintage)
        }
        return min(days, default=None)

    def _vintage(self) -> dt.date | None:
        """The newest known vintage, of both indices if there is one; a stale one counts as none with later data."""
        known = self._with_growth(self.known)
        newest = max(known, default=None)
        if not self.choice.later_data or (newest is not None and not self.is_stale(newest)):
            return newest
        later = [day for day in self._with_growth(self.everything) if self.is_later(day)]
        return min(later, default=newest)

    def _with_growth(self, found: Found) -> set[dt.date]:
        """The vintages from which growth can be computed: those of both indices, else those of either."""
        small, large = (
            {table.vintage for table in found.get((subject, self.options.basis), ()) if table.annual_growth()}
            for subject in self.subjects
        )
        return (small & large) or (small | large)

    def is_stale(self, vintage: dt.date) -> bool:
        return (self.choice.as_of.date() - vintage).days > STALE_DAYS

    def is_later(self, vintage: dt.date) -> bool:
        return known_at(vintage, Known.NEXT_MORNING_NINE) > self.choice.as_of

    def table(self, subject: str, basis: str) -> Table | None:
        """The vintage shown, of one index; where it lacks that index, the newest before it."""
        if self.vintage is None:
            return None
        found = [t for t in self.everything.get((subject, basis), ()) if t.vintage <= self.vintage]
        return next((t for t in reversed(found) if t.annual_growth()), None)

    def side(self, subject: str, basis: str) -> Side | None:
        if basis == EX_ITEMS:
            return self.consensus_side(subject)
        table = self.table(subject, basis)
        if table is None:
            return None
        is_later = self.is_later(table.vintage)
        years, quarters = table.annual_growth(), table.quarterly_growth()
        return Side(subject, INDEX_TITLES.get(subject, subject), table.vintage, is_later, years, quarters)

    def consensus_side(self, subject: str) -> Side | None:
        found = self.consensus[subject]
        if found is None:
            return None
        title = f"{found.fund} companies"
        return Side(subject, title, found.vintage, False, found.years, (), found.coverage_pct)

    def main_year(self, small: Side | None, large: Side | None) -> str:
        """The calendar year of the vintage, else the newest that is held; empty where nothing is."""
        held = [growth.period for side in (small, large) if side for growth in side.years]
        if self.options.basis == EX_ITEMS:
            year = str(self.choice.as_of.astimezone(NEW_YORK).year)
        elif self.vintage is None:
            return ""
        else:
            year = str(self.vintage.year)
        return year if year in held else max(held, default="")

    def reason_empty(self) -> str:
        basis = BASIS_TITLES[self.options.basis].lower()
        if self.options.basis == EX_ITEMS:
            return NO_COMPANIES
        if self.later_day is None:
            return f"No {basis} estimates of these indices are held. Import S&P's earnings workbook to see them."
        moment = day(self.choice.as_of.astimezone(NEW_YORK).date())
        return f"No estimates dated on or before {moment}. The next is {day(self.later_day)}."

    # The cards

    def bases(self) -> tuple[Option, ...]:
        held = {EX_ITEMS, *(basis for _, basis in self.everything)}
        return tuple(
            Option(
                basis,
                BASIS_TITLES[basis],
                basis == self.options.basis,
                "" if basis in held else f"no {BASIS_TITLES[basis].lower()} figures are held",
            )
            for basis in BASIS_TITLES
        )

    def proxy(self) -> tuple[str, str]:
        """The market's title and index where the desk's market is a stock index of small caps."""
        of = market(self.choice.market)
        return (of.title, of.name) if of.name == "russell-2000" else ("", "")

    def contrast(self, year: str) -> str:
        other = AS_REPORTED if self.options.basis == OPERATING else OPERATING
        small, large = (self.side(subject, other) for subject in self.subjects)
        mine, others = (side.year(year) if side else None for side in (small, large))
        said = words.contrast(self.options.basis, mine, others, year)
        if self.vintage is None or not self.is_stale(self.vintage):
            return said
        return f"{words.age(self.vintage, self.choice.as_of.date())} {said}"

    def paths(self, year: int) -> tuple[RevisionPath, ...]:
        """Small first. From the first vintage that every index held has, so that both start on one day."""
        shown = self.everything if self.choice.later_data else self.known
        of = {s: revisions(shown.get((s, self.options.basis), ()), year) for s in self.subjects}
        firsts = [points[0].vintage for points in of.values() if points]
        made = []
        for subject, held in of.items():
            points = tuple(point for point in held if point.vintage >= max(firsts))
            if not points:
                continue
            levels = rebased(points)
            later = tuple(self.is_later(point.vintage) for point in points)
            title = INDEX_TITLES.get(subject, subject)
            change = None if levels[-1] is None else levels[-1] - 100
            ended = self.growth_in(subject, points[-1].vintage, year)
            made.append(RevisionPath(subject, title, points, levels, later, change, ended))
        return tuple(made)

    def revision_years(self, small: Side | None, large: Side | None) -> list[int]:
        """The years of the page of which several vintages are held, newest first."""
        shown = self.everything if self.choice.later_data else self.known
        held = [vintages for s in self.subjects if (vintages := shown.get((s, self.options.basis), ()))]
        years = (int(pair.period) for pair in _pairs(small, large))
        return sorted((year for year in years if any(len(revisions(of, year)) > 1 for of in held)), reverse=True)

    def following(self, paths: Sequence[RevisionPath]) -> dt.date | None:
        """The next vintage, which is looked for where there is no path yet for want of one."""
        is_thin = bool(paths) and all(len(path.points) == 1 for path in paths)
        if self.later_day is not None or self.choice.is_live or not is_thin:
            return self.later_day
        return self._next_vintage(tables(self.reader.estimates(END_OF_TIME, self.subjects)))

    def files(self) -> tuple[FundFiles, ...]:
        """Every vintage that is held, by index and basis."""
        made = []
        for (subject, basis), found in sorted(self.everything.items(), key=lambda item: item[0], reverse=True):
            days = tuple(table.vintage for table in found)
            known = sum(not self.is_later(day) for day in days)
            made.append(FundFiles(INDEX_TITLES.get(subject, subject), BASIS_TITLES[basis].lower(), days, known))
        return tuple(made)

    def left_years(self) -> tuple[Left, ...]:
        """Every year that is fully reported on both bases, by index and oldest first."""
        made = []
        for subject in self.subjects:
            operating, reported = self.table(subject, OPERATING), self.table(subject, AS_REPORTED)
            for year in operating.years if operating else ():
                ours = operating.year(year) if operating else None
                theirs = reported.year(year) if reported else None
                if ours and theirs and not ours.is_estimate and not theirs.is_estimate:
                    share = 100 * theirs.value / ours.value if ours.value > 0 else None
                    title = INDEX_TITLES.get(subject, subject)
                    made.append(Left(subject, title, str(year), ours.value, theirs.value, share))
        return tuple(made)

    def consensus_sectors(self) -> tuple[SectorGrowth, ...]:
        """The lenses on the companies: whole, without loss-makers, without the sector that moves most, by sector."""
        small, large = (
            {lens.title: lens.found for lens in found.lenses} if found else {}
            for found in (self.consensus[subject] for subject in self.subjects)
        )
        return tuple(
            SectorGrowth(title, small.get(title), large.get(title)) for title in dict.fromkeys([*small, *large])
        )

    def sectors(self, year: str) -> tuple[SectorGrowth, ...]:
        """Each sector in the vintage shown; the index itself comes first."""
        if self.options.basis == EX_ITEMS:
            return self.consensus_sectors()
        moment = END_OF_TIME if self.everything is not self.known else self.choice.as_of
        rows = []
        for sector in ("", *GICS_SECTORS):
            found = self.everything if not sector else tables(self.reader.estimates(moment, self.subjects, sector))
            small, large = (self.growth_of(found, subject, year) for subject in self.subjects)
            if small or large:
                rows.append(SectorGrowth(sector, small, large))
        return tuple(rows)

    def sectors_reason(self, sectors: Sequence[SectorGrowth]) -> str:
        """Why there is only the whole index: the built-in figures have no sectors."""
        if self.options.panel is not Panel.SECTORS or len(sectors) > 1:
            return ""
        return "No sectors are held for this vintage; S&P's earnings workbook has them."

    def measures(self) -> tuple[ConsensusRow, ...]:
        """The companies' consensus in every usual way, for the funds that stand for the indices."""
        today = self.choice.as_of.astimezone(NEW_YORK).date()
        small, large = (
            measures(of.fund, of.holdings, of.estimates, today) if of and of.estimates else None
            for of in (self.companies[subject] for subject in self.subjects)
        )
        return consensus_rows(small, large)

    def measures_note(self, rows: Sequence[ConsensusRow]) -> str:
        if self.options.panel is not Panel.CONSENSUS:
            return ""
        return consensus_note([of for of in self.companies.values() if of and of.estimates]) if rows else NO_COMPANIES

    def growth_of(self, found: Found, subject: str, year: str) -> YearOnYear | None:
        """A year's growth in the vintage shown."""
        side = self.table(subject, self.options.basis)
        held = found.get((subject, self.options.basis), ())
        return next((_growth(table, year) for table in held if side and table.vintage == side.vintage), None)

    def growth_in(self, subject: str, vintage: dt.date, year: int) -> float | None:
        held = self.everything.get((subject, self.options.basis), ())
        growth = next((_growth(table, str(year)) for table in held if table.vintage == vintage), None)
        return growth.growth_pct if growth else None

    def strain(self) -> StrainPair | None:
        """Accounts of the companies in the funds, as filed by the moment; None where none are held."""
        held = self.shelf.held(self.choice.as_of)
        made: list[Strain | None] = []
        for ticker in (funds.SMALL_DEFAULT, funds.LARGE_DEFAULT):
            others = [fund.ticker for fund in funds.tracking(funds.fund(ticker).index) if fund.ticker != ticker]
            chosen = pick(held, (), [ticker, *others])
            if chosen is None or chosen.held.lines is None:
                made.append(None)
                continue
            lines = self.shelf.equity(chosen.held.lines).lines
            asked = [line.holding.ticker for line in lines if line.holding.sector not in (FINANCIALS, REAL_ESTATE)]
            facts = self.reader.facts(self.choice.as_of, asked)
            found = strain(books(facts), asked, self.choice.as_of.date())
            made.append(found if found.companies else None)
        if made == [None, None]:
            return None
        return StrainPair(made[0], made[1], funds.SMALL_DEFAULT, funds.LARGE_DEFAULT)

    def strain_note(self, pair: StrainPair | None) -> str:
        if pair is None:
            return "No company accounts are held; the SEC source brings them."
        return words.strain_note(pair.small, pair.large, pair.small_fund, pair.large_fund)


def _newest(years: Sequence[Left]) -> tuple[Left, ...]:
    """The last year of each index."""
    return tuple({left.subject: left for left in years}.values())


def _growth(table: Table, year: str) -> YearOnYear | None:
    return next((growth for growth in table.annual_growth() if growth.period == year), None)


def _pairs(small: Side | None, large: Side | None) -> tuple[YearPair, ...]:
    periods = sorted({growth.period for side in (small, large) if side for growth in side.years})
    return tuple(
        YearPair(period, small.year(period) if small else None, large.year(period) if large else None)
        for period in periods
    )


def growth_rows(page: EarningsPage) -> Sequence[tuple[Side, YearOnYear]]:
    """Every year of both indices, by year, small first: what the command prints."""
    sides = [side for side in (page.small, page.large) if side is not None]
    rows = [(side, growth) for side in sides for growth in side.years]
    return sorted(rows, key=lambda row: row[1].period)
