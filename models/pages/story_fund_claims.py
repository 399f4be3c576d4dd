"""Claims on sectors and earnings, each under its own definitions, from the records of their pages."""

from collections.abc import Sequence

from models.calc.index_earnings import YearOnYear
from models.explain.figures import earnings_growth, growth_gap, sector_difference
from models.formats import MINUS, day, decimal, percent
from models.funds import SMALL_DEFAULT, fund, index_title
from models.names import Kind
from models.pages.earnings import AS_REPORTED, BASIS_TITLES, EarningsPage, YearPair
from models.pages.sectors_words import far_apart
from models.pages.side_claims import FAILS, HOLDS, NO_DATA, SideCell, SideClaim
from models.statements.sector_claims import SectorStatement
from models.taxonomies import TITLES, Taxonomy


def sector_claims(found: Sequence[SectorStatement]) -> tuple[SideClaim, ...]:
    """One sector, small against large, a cell for each fund and taxonomy; the first that can be compared is claimed."""
    told = [s for s in found if s.value is not None and s.date is not None]
    own = told[0].small_fund if told else ""
    told = [s for s in told if s.small_fund == own or s.taxonomy is not Taxonomy.GICS_PRE2016]
    first = told[0] if told else None
    if first is None or first.date is None:
        return ()
    compared = next((s for s in told if s.ratio is not None and not s.is_later), None)
    weighs_more = compared is None or compared.ratio is None or compared.ratio >= 1
    cells = tuple(_sector_cell(s, weighs_more=weighs_more) for s in told)
    title = f"{first.sector} in small caps"
    if compared is not None:
        verb = "weigh" if compared.sector.endswith("s") else "weighs"
        title = f"{compared.sector} {verb} {'more' if weighs_more else 'less'} in small caps"
    claim = SideClaim(
        id=f"sector-{first.sector}-{first.date.isoformat()}".lower().replace(" ", "-"),
        kind=Kind.SECTOR,
        title=title,
        caption=_holdings(first),
        date=first.date,
        cells=cells,
        sources=tuple(dict.fromkeys(url for s in told for url in s.sources if url)),
    )
    return (claim,)


def _holdings(s: SectorStatement) -> str:
    """`IWM holdings of 5 Nov 2025`; the other fund's too where its file is of another time."""
    mine = f"{s.small_fund} holdings of {day(s.date)}"
    if s.date is None or s.large_date is None or not far_apart(s.date, s.large_date):
        return mine
    return f"{mine}, {s.large_fund} of {day(s.large_date)}"


def _sector_cell(s: SectorStatement, *, weighs_more: bool) -> SideCell:
    mark = NO_DATA
    if s.ratio is not None and not s.is_later and not s.reason:
        mark = HOLDS if (s.ratio >= 1) is weighs_more else FAILS
    shown = percent(s.value) if s.large_pct is None else f"{decimal(s.value, 1)} v {percent(s.large_pct)}"
    later = max((d for d in (s.date, s.large_date) if d is not None), default=None) if s.is_later else None
    compared = s.large_pct if s.ratio is not None else None  # other taxonomies have no difference
    how = sector_difference(s.sector, s.value, compared, "")
    return SideCell(_sector_label(s), mark, shown, s.value, s.unit, s.sentence, s.definition, later, how=how)


def _sector_label(s: SectorStatement) -> str:
    """`GICS`, `+ real estate`, `Russell's nine`; a proxy in today's taxonomy has the name of its index."""
    if s.taxonomy is Taxonomy.GICS:
        of = fund(s.small_fund)
        return "GICS" if of.index == fund(SMALL_DEFAULT).index else index_title(of)
    return _SHORT.get(s.taxonomy, TITLES[s.taxonomy])


_SHORT = {Taxonomy.GICS_PRE2016: "+ real estate", Taxonomy.RUSSELL: "Russell's nine"}


def earnings_claims(pages: tuple[EarningsPage, ...]) -> tuple[SideClaim, ...]:
    """Growth of small caps' profits against large caps', a cell a year and basis; the first page's year is claimed."""
    first = pages[0] if pages else None
    if first is None or first.small is None or first.large is None:
        return ()
    asked = [(page, pair) for page in pages for pair in _years(page)]
    leads = next((_leads(pair) for _, pair in asked if _leads(pair) is not None), None)
    if leads is None:
        return ()
    claim = SideClaim(
        id=f"earnings-{first.year}-{first.small.vintage.isoformat()}",
        kind=Kind.EARNINGS,
        title=f"Small-cap profits grow {'faster' if leads else 'more slowly'}",
        caption=f"{_pair_of(first.small.title, first.large.title)}, {day(first.small.vintage)}",
        date=first.small.vintage,
        cells=tuple(_earnings_cell(page, pair, leads=leads) for page, pair in asked),
    )
    return (claim,)


def _years(page: EarningsPage) -> list[YearPair]:
    """The page's year first, then the one after it and the one before; of another basis the page's year alone."""
    held = {pair.period: pair for pair in page.years if pair.small is not None and pair.large is not None}
    at = int(page.year) if page.year.isdigit() else 0
    wanted = (at,) if page.options.basis == AS_REPORTED else (at, at + 1, at - 1)
    return [held[str(year)] for year in wanted if str(year) in held]


def _leads(pair: YearPair) -> bool | None:
    small, large = _known(pair.small), _known(pair.large)
    return None if small is None or large is None else small >= large


def _known(growth: YearOnYear | None) -> float | None:
    return growth.growth_pct if growth else None


def _earnings_cell(page: EarningsPage, pair: YearPair, *, leads: bool) -> SideCell:
    assert page.small is not None and page.large is not None
    small, large = _known(pair.small), _known(pair.large)
    basis = BASIS_TITLES.get(page.options.basis, page.options.basis).lower()
    short = "oper." if basis == "operating" else basis
    later = max(page.small.vintage, page.large.vintage) if page.is_later else None
    holds = _leads(pair)
    mark = NO_DATA if holds is None or later else HOLDS if holds is leads else FAILS
    verb = "are expected to change by" if pair.is_estimate else "changed by"
    text = (
        f"Profits of {page.small.title} companies {verb} {_growth(small)} in {pair.period}, {page.large.title}"
        f" {_growth(large)} ({basis}, {day(page.small.vintage)})."
    )
    year = f"{pair.period}{'E' if pair.is_estimate else ''}"
    shown = f"{_growth(small).removesuffix('%')} v {_growth(large)}"
    full = f"{year}, {basis}, {day(page.small.vintage)}"
    about = f"{page.small.title} and {page.large.title}"
    how = growth_gap(pair.small, pair.large, about) or earnings_growth(pair.small, about)
    return SideCell(f"{year} {short}", mark, shown, small, "%", text, full, later, how=how)


def _growth(value: float | None) -> str:
    return "NM" if value is None else percent(value, 0, signed=True).replace(f"{MINUS}0%", "0%")


def _pair_of(small: str, large: str) -> str:
    """`S&P 600 v 500`: the family once, so that the day beside it has room."""
    family = small.partition(" ")[0]
    return f"{small} v {large.removeprefix(f'{family} ')}"
