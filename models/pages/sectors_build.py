"""Builds the Sectors page from the archive and a choice; the window and the commands use the same."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from models import funds
from models.calc.attribution import Attribution, attribute
from models.calc.banks import bank_share_pct
from models.calc.fund_changes import Change, compare
from models.calc.prices import gap, price_pair
from models.calc.sectors import Classified, Weights, concentration, paired
from models.calc.treemap import Block, treemap
from models.calendars import NEW_YORK, known_at
from models.formats import as_date, day, month, percent, plural
from models.funds import FUNDS, PAIRS, index_title
from models.names import Known
from models.pages import sectors_words as words
from models.pages.choice import Choice
from models.pages.positioning import Option
from models.pages.sectors import (
    ComparedFiles,
    FundCard,
    FundDay,
    HoldingRow,
    SectorHistory,
    SectorsChoice,
    SectorsPage,
)
from models.pages.sectors_composition import composition
from models.pages.sectors_thin import ThinSectors, thin
from models.pages.shelf import END_OF_TIME, Held, Pick, Shelf, pick, shelf_of
from models.reader import Reader
from models.records import Closes
from models.series import SECTOR_FUNDS
from models.statements.sector_claims import SectorStatement, statement
from models.taxonomies import FINANCIALS, NOT_CLASSIFIED, OTHER, Taxonomy, View, todays
from models.windows import window as window_named

LONGEST_STEP_DAYS = 45
"""Files further apart than this have a month missing between them, which is drawn as a gap."""
OLDEST_START_DAYS = 92
"""Weights of a file this much older than a window's start still stand for its start."""
TREEMAP_HEADER = 0.055

VIEW_LABELS = {View.GICS: "GICS today", View.GICS_PRE2016: "GICS before Sep 2016", View.PROVIDER: "Provider's own"}


def build(reader: Reader, choice: Choice, options: SectorsChoice, shelf: Shelf | None = None) -> SectorsPage:
    """The page as of `choice.as_of`. A `shelf` of the same reader keeps what it has read for the next page."""
    return _Builder(shelf or Shelf(reader), choice, options).page()


def page(reader: Reader, choice: Choice) -> SectorsPage:
    """The page as the window shows it: with what is selected there, and in the file's own taxonomy where the small
    fund cannot be shown in the selected one."""
    options, shelf = choice.on_page(SectorsChoice), shelf_of(reader)
    made = build(reader, choice, options, shelf)
    if made.small is None or made.small.weights is not None or options.view is View.PROVIDER:
        return made
    own = build(reader, choice, replace(options, view=View.PROVIDER), shelf)
    return replace(own, options=options, cautions=(words.not_in(made.small, own.small, options.view), *own.cautions))


def statements_about(
    reader: Reader, choice: Choice, sector: str, options: SectorsChoice | None = None, shelf: Shelf | None = None
) -> tuple[SectorStatement, ...]:
    """What the files say of one GICS sector, once for each taxonomy; empty where no file of the small fund is known."""
    builder = _Builder(shelf or Shelf(reader), choice, options or SectorsChoice())
    small = builder.pick(builder.options.small)
    return builder.statements_of(small, builder.pick(builder.options.large), sector) if small else ()


def holdings_of(
    reader: Reader, choice: Choice, asked: FundDay, view: View
) -> tuple[FundCard | None, tuple[HoldingRow, ...]]:
    """One fund's newest file with holdings, largest first; no other fund stands in."""
    builder = _Builder(Shelf(reader), choice, SectorsChoice(small=asked, view=view))
    name = [funds.fund(asked.fund).ticker]
    with_lines = [held for held in builder.known if held.lines is not None]
    own = pick(with_lines, (), name, asked.day) or pick(builder.known, (), name, asked.day)
    lines = builder.classified(own)
    return builder.card(asked, own), _rows(lines) if lines else ()


class _Builder:
    """One page being built: what is known by its moment is looked up once."""

    def __init__(self, shelf: Shelf, choice: Choice, options: SectorsChoice) -> None:
        self.shelf = shelf
        self.choice = choice
        self.options = options
        self.known = shelf.held(choice.as_of)
        self.everything = shelf.held(END_OF_TIME) if not choice.is_live else self.known
        self.later = self.everything if choice.later_data else ()

    def page(self) -> SectorsPage:
        options, view = self.options, self.options.view
        small_pick, large_pick = self.pick(options.small), self.pick(options.large)
        small, large = self.card(options.small, small_pick), self.card(options.large, large_pick)
        cards = [card for card in (small, large) if card is not None]
        small_weights, large_weights = (card.weights if card else None for card in (small, large))
        sector = options.sector or (words.largest(small_weights) if small_weights else "")
        lines = self.classified(small_pick)
        attribution, attribution_caption = self.attribution()
        history = self.history(small_pick)
        empty = None if small else self.thin()
        return SectorsPage(
            choice=self.choice,
            options=options,
            sentence=words.sentence(small_weights, view),
            subtitle=words.subtitle(small, large, sector) if small else "",
            later_note=_later_note(cards),
            views=tuple(Option(v.value, VIEW_LABELS[v], v is view) for v in View),
            pairs=self.pairs(),
            funds=self.fund_options(),
            days=tuple(h.as_of for h in self.known if small and h.fund == small.fund),
            small=small,
            large=large,
            sector=sector,
            rows=paired(small_weights, large_weights),
            rows_caption=words.rows_caption(small, large),
            holdings=_rows(lines) if lines else (),
            holdings_caption=_holdings_caption(small),
            blocks=_blocks(lines, options.aspect) if lines else _bare_blocks(small_weights, options.aspect),
            history=history,
            history_reason="" if history else "History needs two files of a fund; download more with a backfill.",
            compared=self.compared(small_pick),
            attribution=attribution,
            attribution_caption=attribution_caption,
            statements=self.statements(small_pick, large_pick, sector),
            notes=words.notes(cards),
            cautions=words.cautions(cards),
            composition=composition(small, large),
            files=self.files(),
            sources=tuple(dict.fromkeys(card.source for card in cards)),
            reason_empty=empty.reason if empty else "",
            thin=empty,
        )

    # Which files

    def pick(self, of: FundDay) -> Pick | None:
        asked = funds.fund(of.fund)
        others = [fund.ticker for fund in funds.tracking(asked.index) if fund.ticker != asked.ticker]
        return pick(self.known, self.later, [asked.ticker, *others], of.day)

    def visible(self, is_later: bool) -> Sequence[Held]:
        """The files that sectors may be taken from: only known ones, unless the page shows a later file anyway."""
        return self.everything if is_later else self.known

    def weights(self, of: Pick, view: View) -> Weights | None:
        return self.shelf.weights(of.held, view, self.visible(of.is_later))

    def classified(self, of: Pick | None) -> Classified | None:
        if of is None or of.held.lines is None:
            return None
        return self.shelf.classified(of.held.lines, self.options.view, self.visible(of.is_later))

    def card(self, asked: FundDay, of: Pick | None) -> FundCard | None:
        if of is None:
            return None
        held, fund = of.held, funds.fund(of.held.fund)
        lines = self.classified(of)
        weights = lines.weights if lines else self.weights(of, self.options.view)
        own = weights or self.weights(of, View.PROVIDER)
        banks_pct, banks = bank_share_pct(lines.equity.lines, lines.sectors) if lines else (None, 0)
        if lines and lines.weights.taxonomy is Taxonomy.OTHER:
            banks_pct, banks = None, 0
        return FundCard(
            fund=fund.ticker,
            title=fund.title,
            index_title=index_title(fund),
            as_of=held.as_of,
            known_at=known_at(held.as_of, Known.NEXT_MORNING),
            is_later=of.is_later,
            stands_in_for=asked.fund if fund.ticker != funds.fund(asked.fund).ticker else "",
            weights=weights,
            companies=len(lines.equity.lines) if lines else own.companies if own else 0,
            has_lines=lines is not None,
            share_pct=lines.equity.share_pct if lines else None,
            left_out=lines.equity.left_out if lines else (),
            concentration=concentration(lines.equity) if lines else None,
            banks_pct=banks_pct,
            banks=banks,
            source=self.shelf.reader.provenance(held.keys[0].batch),
        )

    def thin(self) -> ThinSectors:
        today = self.choice.as_of.astimezone(NEW_YORK).date()
        return thin(self.options.small.fund, self.options.large.fund, today, self.known, self.everything)

    def files(self) -> tuple[FundDay, ...]:
        """Every file with holdings that may be shown: funds as the catalogue has them, of each the newest first."""
        held = {(h.fund, h.as_of) for h in (*self.known, *self.later) if h.lines is not None}
        days = {name: sorted((day for of, day in held if of == name), reverse=True) for name, _ in held}
        return tuple(FundDay(name, day) for name in _in_order(days) for day in days[name])

    # What can be chosen

    def pairs(self) -> tuple[Option, ...]:
        chosen = (self.options.small.fund, self.options.large.fund)
        held = {h.fund for h in self.everything}
        made = []
        for small, large in dict.fromkeys([*PAIRS, chosen]):
            titles = [index_title(funds.fund(name)) for name in (small, large)]
            reachable = [any(f.ticker in held for f in self._same_index(name)) for name in (small, large)]
            reason = "" if all(reachable) else "No holdings of this pair are held."
            label = " v ".join(title.replace("Russell ", "R") for title in titles)
            made.append(Option(f"{small}:{large}", label, (small, large) == chosen, reason))
        return tuple(made)

    def _same_index(self, name: str) -> tuple[funds.Fund, ...]:
        of = funds.fund(name)
        return tuple(dict.fromkeys((of, *funds.tracking(of.index))))

    def fund_options(self) -> tuple[Option, ...]:
        """Every fund of which a file is known, those of the catalogue first."""
        held = {h.fund for h in self.known} | {h.fund for h in self.later}
        return tuple(Option(name, _fund_label(name), name == self.options.small.fund) for name in _in_order(held))

    # Over time

    def history(self, of: Pick | None) -> SectorHistory | None:
        """The small fund's files over time, or those of the small-cap fund with the most where it has not two."""
        candidates = [of.held.fund] if of else []
        candidates += [small for small, _ in PAIRS if small not in candidates]
        for fund in sorted(dict.fromkeys(candidates), key=lambda name: (self._files(name) < 2, candidates.index(name))):
            made = self._history(fund)
            if made is not None:
                return made
        return None

    def _files(self, fund: str) -> int:
        return sum(h.fund == fund for h in self.known)

    def _history(self, fund: str) -> SectorHistory | None:
        files = [h for h in (self.later or self.known) if h.fund == fund]
        by_day = [(h, self.shelf.weights(h, self.options.view, self.visible(h not in self.known))) for h in files]
        shown = [(h, weights) for h, weights in by_day if weights is not None]
        if len(shown) < 2 or len({weights.taxonomy for _, weights in shown}) > 1:
            return None
        newest = shown[-1][1]
        sectors = sorted(
            {name for _, weights in shown for name in weights.by_sector},
            key=lambda name: (name in (OTHER, NOT_CLASSIFIED), -newest.by_sector.get(name, 0.0)),
        )
        days = np.array([h.as_of for h, _ in shown], dtype="datetime64[D]")
        table = np.array([[weights.by_sector.get(name, 0.0) for _, weights in shown] for name in sectors])
        later = next((i for i, (h, _) in enumerate(shown) if h not in self.known), None)
        title = index_title(funds.fund(fund))
        first = as_date(days[0])
        caption = f"{fund}, {plural(len(shown), 'file')} since {month(first)}"
        return SectorHistory(fund, title, tuple(sectors), days, table, _runs(days), later, caption)

    # Against another file

    def compared(self, of: Pick | None) -> ComparedFiles | None:
        asked = self.options.compare
        other = self.pick(asked) if asked else None
        if of is None or other is None or of.held.lines is None or other.held.lines is None:
            return None
        if other.held == of.held:
            return None
        before, after = (self.shelf.equity(key) for key in (other.held.lines, of.held.lines))
        result = compare(before, after)
        caption = (
            f"{plural(result.count(Change.ENTERED), 'holding')} entered ({percent(result.entered_pct)}),"
            f" {result.count(Change.LEFT):,} left ({percent(result.left_pct)})"
        )
        titles = [f"{equity.fund}, {day(equity.as_of)}" for equity in (before, after)]
        return ComparedFiles(f"{titles[1]} against {titles[0]}", titles[0], titles[1], result, caption)

    def attribution(self) -> tuple[Attribution | None, str]:
        """The lead over the window by sector, or why it cannot be shown."""
        named = window_named(self.options.window)
        asked = [funds.fund(of.fund) for of in (self.options.small, self.options.large)]
        closes = [self._closes(fund) for fund in asked]
        if closes[0] is None or closes[1] is None:
            missing = [fund.ticker for fund, held in zip(asked, closes, strict=True) if held is None]
            return None, f"Needs prices of {' and '.join(missing)}."
        lead = gap(price_pair(closes[0], closes[1]), named)
        if lead is None:
            return None, f"The closes of {named.title} are not held."
        starts = [self._start_weights(fund, lead.start) for fund in asked]
        if starts[0] is None or starts[1] is None:
            return None, f"Needs holdings of both funds from before {day(lead.start)}."
        returns = {
            sector: moved
            for symbol, sector in SECTOR_FUNDS.items()
            if (moved := _return_pct(self.shelf.reader.closes(symbol, self.choice.as_of), lead.start, lead.end))
            is not None
        }
        if not returns:
            return None, "Needs prices of the sector funds (XLF, XLK, …)."
        made = attribute(starts[0], starts[1], returns, lead.small_pct, lead.large_pct)
        caption = (
            f"{named.title}, {day(lead.start)} to {day(lead.end)}; weights of {day(starts[0].as_of)} and"
            f" {day(starts[1].as_of)}, returns of the S&P 500 sector funds"
        )
        return made, caption

    def _closes(self, fund: funds.Fund) -> Closes | None:
        names = [fund.ticker, *(other.ticker for other in funds.tracking(fund.index))]
        found = (self.shelf.reader.closes(name, self.choice.as_of) for name in dict.fromkeys(names))
        return next((closes for closes in found if closes is not None), None)

    def _start_weights(self, fund: funds.Fund, start: dt.date) -> Weights | None:
        names = {fund.ticker, *(other.ticker for other in funds.tracking(fund.index))}
        files = [h for h in self.known if h.fund in names and 0 <= (start - h.as_of).days <= OLDEST_START_DAYS]
        for held in sorted(files, key=lambda h: (h.as_of, h.fund == fund.ticker), reverse=True):
            weights = self.shelf.weights(held, View.GICS, self.known)
            if weights is not None:
                return weights
        return None

    def statements(self, small: Pick | None, large: Pick | None, sector: str) -> tuple[SectorStatement, ...]:
        """Financials and the page's sector, under every taxonomy."""
        if small is None:
            return ()
        own = self.weights(small, self.options.view)
        same = todays(sector, own.taxonomy) if own else sector
        named = [name for name in dict.fromkeys([FINANCIALS, same]) if name]
        return tuple(made for name in named for made in self.statements_of(small, large, name))

    def statements_of(self, small: Pick, large: Pick | None, sector: str) -> tuple[SectorStatement, ...]:
        """One statement a taxonomy; a view that comes out as an earlier one adds none."""
        picks = [of for of in (small, large) if of is not None]
        is_later = any(of.is_later for of in picks)
        urls = dict.fromkeys(self.shelf.reader.provenance(of.held.keys[0].batch).url for of in picks)
        found: dict[str, SectorStatement] = {}
        for view in View:
            first, second = self.weights(small, view), self.weights(large, view) if large else None
            if first is not None:
                made = statement(sector, view, first, second, is_later=is_later, sources=tuple(urls))
                found.setdefault(made.definition, made)
        return tuple(found.values())


def _later_note(cards: Sequence[FundCard]) -> str:
    later = sorted({card.as_of for card in cards if card.is_later})
    return f"Holdings dated {' and '.join(day(when) for when in later)}, after as-of" if later else ""


def _in_order(names: Iterable[str]) -> list[str]:
    """Funds of the catalogue first, in its order, then the others by name."""
    held = set(names)
    known = [fund.ticker for fund in FUNDS if fund.ticker in held]
    return known + sorted(held.difference(known))


def _fund_label(name: str) -> str:
    of = funds.fund(name)
    return f"{name}  {index_title(of)}" if index_title(of) != name else name


def _rows(lines: Classified) -> tuple[HoldingRow, ...]:
    return tuple(
        HoldingRow(
            ticker=line.holding.ticker,
            name=line.holding.name,
            sector=sector,
            own_sector=line.holding.sector,
            weight_pct=line.weight_pct,
            market_value_usd=line.holding.market_value_usd,
            shares=line.holding.shares,
            key=f"{line.holding.ticker} {line.holding.name}".casefold(),
        )
        for line, sector in zip(lines.equity.lines, lines.sectors, strict=True)
    )


def _holdings_caption(small: FundCard | None) -> str:
    if small is None:
        return ""
    return f"fund tracking the {small.index_title}, {day(small.as_of)}"


def _blocks(lines: Classified, aspect: float) -> tuple[Block, ...]:
    groups: dict[str, list[tuple[int, float]]] = {}
    for i, (line, sector) in enumerate(zip(lines.equity.lines, lines.sectors, strict=True)):
        groups.setdefault(sector, []).append((i, line.weight_pct))
    return treemap(groups, aspect, TREEMAP_HEADER)


def _bare_blocks(weights: Weights | None, aspect: float) -> tuple[Block, ...]:
    """One tile a sector, of no holding (-1), where only the weights are held."""
    sums = weights.by_sector if weights else {}
    return treemap({name: [(-1, pct)] for name, pct in sums.items() if pct > 0}, aspect, TREEMAP_HEADER)


def _runs(days: "np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]") -> tuple[tuple[int, int], ...]:
    breaks = np.flatnonzero(np.diff(days).astype(int) > LONGEST_STEP_DAYS)
    starts = [0, *(int(i) + 1 for i in breaks)]
    ends = [*(int(i) for i in breaks), len(days) - 1]
    return tuple(zip(starts, ends, strict=True))


def _return_pct(closes: Closes | None, start: dt.date, end: dt.date) -> float | None:
    """The price return between two closes that must both be held."""
    if closes is None:
        return None
    rows = np.searchsorted(closes.date, [np.datetime64(start), np.datetime64(end)])
    if rows[1] >= len(closes) or as_date(closes.date[rows[0]]) != start or as_date(closes.date[rows[1]]) != end:
        return None
    return float(100 * (closes.close[rows[1]] / closes.close[rows[0]] - 1))
