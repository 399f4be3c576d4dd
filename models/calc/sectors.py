"""Sector weights of a fund's holdings: what counts as equity, and in which taxonomy the weights come out.

All weights are percent of the fund's equity holdings unless a name says otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.records import Holding, SectorWeights, Snapshot
from models.taxonomies import (
    FINANCIALS,
    NOT_CLASSIFIED,
    OTHER,
    REAL_ESTATE,
    SECTORS,
    Taxonomy,
    View,
    before_2016,
    canonical,
    is_sector,
    shown_taxonomy,
)

NO_MARKET = "NO MARKET"
MOST_UNKNOWN_PCT = 20.0
"""With more of a fund's weight in no sector, its sectors are not compared with another fund's."""
_LEAST_KNOWN_SHARE = 0.2
"""Of one of its own sectors so much must be classified for the rest to be taken to be like it."""
CLAIM_WORDS = frozenset({"CVR", "ESCROW", "RIGHTS", "WARRANTS", "PRVT"})
"""Last words of the names of rights, escrow and unlisted lines that providers count as equity."""


@dataclass(frozen=True)
class Line:
    """One equity holding and its weight."""

    holding: Holding
    weight_pct: float


@dataclass(frozen=True)
class LeftOut:
    """Lines that are not equity, of one kind; `weight_pct` is percent of the whole fund, and may be negative."""

    what: str
    lines: int
    weight_pct: float
    market_value_usd: float | None


@dataclass(frozen=True)
class Equity:
    """The equity holdings of one snapshot, largest first.

    `share_pct` is their part of the whole fund. `is_by_value` is False where the file has no market values
    and its own weights are used.
    """

    fund: str
    as_of: date
    taxonomy: Taxonomy
    lines: tuple[Line, ...]
    share_pct: float
    left_out: tuple[LeftOut, ...]
    is_by_value: bool


@dataclass(frozen=True)
class SectorMap:
    """Today's GICS sector by ticker, as one file has it."""

    fund: str
    as_of: date
    sectors: Mapping[str, str]


@dataclass(frozen=True)
class Filled:
    """How much weight got its GICS sector by ticker from one other file."""

    fund: str
    as_of: date
    weight_pct: float


@dataclass(frozen=True)
class Weights:
    """Sector weights of one fund on one day in one taxonomy.

    `by_sector` has every sector of the taxonomy, in its order, then `Other` and `Not classified` where there
    are any. `filled` names the other files that sectors were taken from, `split_pct` the weight that was
    in none of them and is split like the rest of its own sector; both make the weights an estimate.
    """

    fund: str
    as_of: date
    taxonomy: Taxonomy
    by_sector: Mapping[str, float]
    companies: int
    filled: tuple[Filled, ...] = ()
    split_pct: float = 0.0
    note: str = ""

    @property
    def filled_pct(self) -> float:
        return sum(part.weight_pct for part in self.filled)

    @property
    def unknown_pct(self) -> float:
        return self.by_sector.get(NOT_CLASSIFIED, 0.0)

    @property
    def is_estimate(self) -> bool:
        return self.filled_pct + self.split_pct + self.unknown_pct > 0


@dataclass(frozen=True)
class Classified:
    """The lines of a fund with their sectors in one taxonomy; `sectors` stands beside `equity.lines`."""

    equity: Equity
    sectors: tuple[str, ...]
    weights: Weights


@dataclass(frozen=True)
class SectorRow:
    """One sector of two funds; what cannot be compared is None. `ratio` is small ÷ large."""

    sector: str
    small_pct: float | None
    large_pct: float | None
    difference_points: float | None
    ratio: float | None


@dataclass(frozen=True)
class Concentration:
    """`effective_names` is 1 ÷ the sum of squared weights (the inverse Herfindahl index)."""

    holdings: int
    top_10_pct: float
    effective_names: float


# What is equity


def why_left_out(holding: Holding) -> str:
    """The kind of a line that is no equity holding, empty for one that is."""
    if holding.asset_class.strip().casefold() != "equity":
        return holding.asset_class.strip() or "No asset class"
    words = holding.name.upper().split()
    if NO_MARKET in holding.exchange.upper() or (words and words[-1] in CLAIM_WORDS):
        return "Rights, escrow and unlisted"
    return ""


def equity(snapshot: Snapshot) -> Equity:
    """The equity lines with their weights; by market value where the file has any, else by its own weights."""
    reasons = [why_left_out(holding) for holding in snapshot.holdings]
    candidates = [h for h, why in zip(snapshot.holdings, reasons, strict=True) if not why]
    is_by_value = any(h.market_value_usd for h in candidates)

    def size(holding: Holding) -> float:
        return (holding.market_value_usd if is_by_value else holding.weight_pct) or 0.0

    whole = sum(size(h) for h in snapshot.holdings)
    kept: list[Holding] = []
    groups: dict[str, list[Holding]] = defaultdict(list)
    for holding, why in zip(snapshot.holdings, reasons, strict=True):
        if why:
            groups[why].append(holding)
        elif size(holding) > 0:
            kept.append(holding)
        else:
            groups["No value"].append(holding)
    total = sum(size(h) for h in kept)
    kept.sort(key=size, reverse=True)
    return Equity(
        fund=snapshot.fund,
        as_of=snapshot.as_of,
        taxonomy=Taxonomy(snapshot.taxonomy),
        lines=tuple(Line(h, 100 * size(h) / total) for h in kept),
        share_pct=100 * total / whole if whole else 0.0,
        left_out=tuple(_left_out(what, lines, whole, is_by_value) for what, lines in sorted(groups.items())),
        is_by_value=is_by_value,
    )


def _left_out(what: str, lines: list[Holding], whole: float, is_by_value: bool) -> LeftOut:
    sizes = [(h.market_value_usd if is_by_value else h.weight_pct) or 0.0 for h in lines]
    weight_pct = 100 * sum(sizes) / whole if whole else 0.0
    return LeftOut(what, len(lines), weight_pct, sum(sizes) if is_by_value else None)


# In which sector a line is


def sector_map(snapshot: Snapshot) -> SectorMap | None:
    """Today's GICS sectors of a file, None where it has another taxonomy."""
    if Taxonomy(snapshot.taxonomy) is not Taxonomy.GICS:
        return None
    sectors = {
        h.ticker: name
        for h in snapshot.holdings
        if h.ticker and not why_left_out(h) and (name := canonical(h.sector, Taxonomy.GICS))
    }
    return SectorMap(snapshot.fund, snapshot.as_of, sectors) if sectors else None


def own_sector(holding: Holding, taxonomy: Taxonomy) -> str:
    """The sector that the file itself gives, `Other` included; `Not classified` where it gives none."""
    if not is_sector(holding.sector):
        return NOT_CLASSIFIED
    return canonical(holding.sector, taxonomy) or OTHER


def classify(of: Equity, view: View, nearest_maps: Iterable[SectorMap] = ()) -> Classified:
    """The lines in the taxonomy of a view.

    Where the file has another taxonomy than GICS, sectors are taken by ticker from `nearest_maps`, which come
    in the order of their distance in days; no more of them are read than needed. What no file has keeps
    `Not classified` line by line and is split, in the weights, like the classified lines of its own sector.
    """
    own = [own_sector(line.holding, of.taxonomy) for line in of.lines]
    shown = shown_taxonomy(view, of.taxonomy)
    if view is View.PROVIDER or of.taxonomy is Taxonomy.GICS or of.taxonomy is shown:
        sectors = [before_2016(name) for name in own] if view is View.GICS_PRE2016 else own
        return Classified(of, tuple(sectors), _weights(of, sectors, shown))
    todays, filled = _filled(of, own, nearest_maps)
    sectors = [before_2016(name) for name in todays] if view is View.GICS_PRE2016 else todays
    whole = _weights(of, sectors, shown, filled)
    return Classified(of, tuple(sectors), _split(of, own, sectors, whole))


def _filled(of: Equity, own: Sequence[str], maps: Iterable[SectorMap]) -> tuple[list[str], tuple[Filled, ...]]:
    """Today's GICS sectors of lines whose file has another taxonomy."""
    is_gics_before = of.taxonomy is Taxonomy.GICS_PRE2016
    sectors = [name if is_gics_before and name != FINANCIALS else NOT_CLASSIFIED for name in own]
    open_lines = {i for i, name in enumerate(sectors) if name == NOT_CLASSIFIED and of.lines[i].holding.ticker}
    filled = []
    for known in maps if open_lines else ():
        hits = [i for i in open_lines if of.lines[i].holding.ticker in known.sectors]
        for i in hits:
            sectors[i] = known.sectors[of.lines[i].holding.ticker]
        open_lines.difference_update(hits)
        if hits:
            filled.append(Filled(known.fund, known.as_of, sum(of.lines[i].weight_pct for i in hits)))
        if not open_lines:
            break
    return sectors, tuple(filled)


def _weights(of: Equity, sectors: Sequence[str], shown: Taxonomy, filled: tuple[Filled, ...] = ()) -> Weights:
    sums = dict.fromkeys(SECTORS.get(shown, ()), 0.0)
    for line, name in zip(of.lines, sectors, strict=True):
        sums[name] = sums.get(name, 0.0) + line.weight_pct
    last = {name: sums.pop(name) for name in (OTHER, NOT_CLASSIFIED) if name in sums}
    return Weights(of.fund, of.as_of, shown, sums | last, len(of.lines), filled)


def _split(of: Equity, own: Sequence[str], sectors: Sequence[str], whole: Weights) -> Weights:
    """The weights after what is not classified was spread like the classified lines of the same own sector."""
    known: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    unknown: dict[str, float] = defaultdict(float)
    for line, provider, name in zip(of.lines, own, sectors, strict=True):
        if name == NOT_CLASSIFIED:
            unknown[provider] += line.weight_pct
        elif provider != NOT_CLASSIFIED:
            known[provider][name] += line.weight_pct
    sums, split_pct = dict(whole.by_sector), 0.0
    for provider, weight_pct in unknown.items():
        parts = known.get(provider, {})
        if sum(parts.values()) < _LEAST_KNOWN_SHARE * (sum(parts.values()) + weight_pct):
            continue
        for name, part in parts.items():
            sums[name] += weight_pct * part / sum(parts.values())
        split_pct += weight_pct
    rest = sums.pop(NOT_CLASSIFIED, 0.0) - split_pct
    if rest > 1e-9:
        sums[NOT_CLASSIFIED] = rest
    return Weights(whole.fund, whole.as_of, whole.taxonomy, sums, whole.companies, whole.filled, split_pct)


def bare(weights: SectorWeights, view: View) -> Weights | None:
    """The weights of a fund whose lines are not held; None where they are in no taxonomy that the view can show."""
    has, shown = Taxonomy(weights.taxonomy), shown_taxonomy(view, Taxonomy(weights.taxonomy))
    if view is View.GICS_PRE2016 and has is Taxonomy.GICS:
        sums: dict[str, float] = dict.fromkeys(SECTORS[shown], 0.0)
        for name, pct in weights.weights_pct:
            sums[before_2016(name)] = sums.get(before_2016(name), 0.0) + pct
    elif has is shown:
        sums = dict.fromkeys(SECTORS.get(shown, ()), 0.0) | dict(weights.weights_pct)
    else:
        return None
    return Weights(weights.fund, weights.as_of, shown, sums, weights.companies, note=weights.note)


# Two funds


def paired(small: Weights | None, large: Weights | None) -> tuple[SectorRow, ...]:
    """Both funds sector by sector, the largest excess of small first.

    Without one taxonomy for both, or with too much weight in no sector, there is no difference, and the order is
    that of the weights.
    """
    first, second = (of.by_sector if of else {} for of in (small, large))
    is_same = are_comparable(small, large)
    rows = []
    for name in dict.fromkeys([*first, *second]):
        a, b = first.get(name), second.get(name)
        if is_same:
            a, b = a or 0.0, b or 0.0
        difference = a - b if is_same and a is not None and b is not None else None
        ratio = a / b if difference is not None and a is not None and b else None
        rows.append(SectorRow(name, a, b, difference, ratio))
    rows.sort(key=_order)
    return tuple(rows)


def are_comparable(small: Weights | None, large: Weights | None) -> bool:
    """Whether both are held, in one taxonomy, and nearly all of their weight has a sector."""
    if small is None or large is None or small.taxonomy is not large.taxonomy:
        return False
    return max(small.unknown_pct, large.unknown_pct) <= MOST_UNKNOWN_PCT


def _order(row: SectorRow) -> tuple[int, float]:
    if row.sector in (OTHER, NOT_CLASSIFIED):
        return 1, 0.0
    if row.difference_points is not None:
        return 0, -row.difference_points
    return 0, -(row.small_pct if row.small_pct is not None else (row.large_pct or 0.0) - 1000)


def with_real_estate(weights: Weights) -> float:
    """Financials as they were before September 2016, whatever the taxonomy of the weights."""
    return weights.by_sector.get(FINANCIALS, 0.0) + weights.by_sector.get(REAL_ESTATE, 0.0)


def concentration(of: Equity) -> Concentration | None:
    """None where there is no equity line."""
    if not of.lines:
        return None
    squares = sum((line.weight_pct / 100) ** 2 for line in of.lines)
    return Concentration(len(of.lines), sum(line.weight_pct for line in of.lines[:10]), 1 / squares)
