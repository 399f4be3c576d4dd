"""The brief: the story of a market as plain records, the same for every format."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from models.calc import positioning as measures
from models.calc.splice import Definition, Series
from models.formats import as_date
from models.names import Basis, Legs, Verdict
from models.pages.book import Book
from models.pages.market_report import DEFAULT_WINDOWS, PerformanceWish, credit, performance
from models.pages.positioning import CHANGE_REPORTS
from models.pages.side_claims import FAILS, HOLDS, TOO_SHORT, SideCell, SideClaim, Standing
from models.pages.story import StoryPage
from models.reader import Reader
from models.records import Floats
from models.series import DEFAULT_PAIR
from models.statements.sentences import sentence
from models.statements.statement import Statement, Window


def brief(reader: Reader, page: StoryPage) -> dict[str, object]:
    """What `brief` says in JSON; positions, statements flat (one object a statement and definition), sources."""
    book = Book(reader, page.market, page.choice.as_of)
    return {
        "market": page.market.name,
        "as_of": page.choice.as_of,
        "headline": page.headline.sentence if page.headline else page.reason_empty,
        "caveat": page.headline.caveat if page.headline else "",
        "positioning": _positioning(book, page),
        "statements": list(statements(page)),
        "watch": [
            {"condition": line.condition, "threshold": line.threshold, "unit": line.unit, "meaning": line.meaning}
            for line in page.watch
        ],
        "sectors": _sectors(page),
        "earnings": _earnings(page),
        "performance": _performance(reader, page),
        "credit": _credit(reader, page),
        "sources": [
            {"source": s.source, "dataset": s.dataset, "url": s.url, "retrieved_at": s.retrieved_at, "as_of": s.as_of}
            for s in page.sources
        ],
    }


def _positioning(book: Book, page: StoryPage) -> dict[str, object] | None:
    if page.release is None:
        return None
    of, main = page.market, page.main
    contracts = book.series(Definition(of.name, main.report, main.group, Basis.CONTRACTS, Legs.LEAD))
    return {
        "report_date": page.release.report,
        "released_at": page.release.at,
        "release_is_uncertain": page.release.is_uncertain,
        "report": main.report,
        "group": main.group,
        "report_reason": main.reason,
        "long": _known(contracts.long),
        "short": _known(contracts.short),
        "open_interest": _known(contracts.open_interest),
        "code": str(contracts.code[-1]),
        "sample_start": as_date(contracts.date[0]),
        "observations": len(contracts),
        "bases": {
            basis.value: _basis(
                book.series(Definition(of.name, main.report, main.group, basis, Legs.LEAD)), page.release.report
            )
            for basis in Basis
        },
    }


def _basis(series: Series, report: date) -> dict[str, object]:
    """The newest figures on one basis, all null where the newest report has none on it."""
    held = series if len(series) and as_date(series.date[-1]) == report else series.where(np.zeros(len(series), bool))
    figures: dict[str, object] = {"net": _known(held.value), "unit": series.unit}
    for k in CHANGE_REPORTS:
        figures[f"change_{k}"] = _known(measures.change(held, k))
    figures["cot_index_156"] = _known(measures.cot_index(held.value, measures.INDEX_WINDOW))
    figures["percentile_156"] = _known(measures.percentile(held.value, measures.INDEX_WINDOW))
    figures["z_52"] = _known(measures.z_score(held.value, measures.Z_WINDOW))
    return figures


def _known(values: Floats) -> float | None:
    return float(values[-1]) if len(values) and np.isfinite(values[-1]) else None


def statements(page: StoryPage) -> Iterator[dict[str, object]]:
    """One object a statement and definition; claims beside positioning after those on it."""
    for row in page.claims:
        for statement in row.statements:
            yield statement_record(page, statement)
    for claim in page.panels.claims:
        for cell in claim.cells:
            yield _side_record(claim, cell)


def _side_record(claim: SideClaim, cell: SideCell) -> dict[str, object]:
    verdicts = {HOLDS: Verdict.TRUE, FAILS: Verdict.FALSE}
    is_first = cell is claim.cells[0]
    bare = Standing(claim.sample_start or claim.date, claim.rank if is_first else None, claim.of if is_first else None)
    stands = cell.standing or bare
    return {
        "id": claim.id,
        "kind": claim.kind,
        "definition": {
            "report": None,
            "group": None,
            "basis": cell.basis,
            "legs": None,
            "window": None,
            "direction": stands.direction,
        },
        "verdict": verdicts.get(cell.mark, Verdict.UNKNOWN),
        "reason": "sample_too_short" if cell.mark == TOO_SHORT else None if cell.mark in verdicts else "no_data",
        "rank": stands.rank,
        "of": stands.of,
        "value": cell.value,
        "unit": cell.unit,
        "date": claim.date,
        "since": stands.since,
        "claimed_since": claim.since,
        "sample_start": stands.sample_start,
        "holes": [],
        "winner": _case(stands.winner),
        "runner_up": _case(stands.runner_up),
        "ties": stands.ties,
        "crosses_seam": False,
        "left_out": stands.left_out,
        "sentence": cell.sentence,
        "sources": list(cell.sources or claim.sources),
    }


def _case(case: tuple[date, float] | None) -> dict[str, object] | None:
    """A month or a year by its first day."""
    if case is None:
        return None
    return {"date": case[0], "value": case[1], "from_date": None, "from": None, "crosses_seam": False}


def _sectors(page: StoryPage) -> dict[str, object] | None:
    shown = page.panels.sectors
    if shown is None or shown.small is None:
        return None
    return {
        "sentence": shown.sentence,
        "small": shown.small.fund,
        "large": shown.large.fund if shown.large else None,
        "small_as_of": shown.small.as_of,
        "large_as_of": shown.large.as_of if shown.large else None,
        "rows": [
            {
                "sector": row.sector,
                "small_pct": row.small_pct,
                "large_pct": row.large_pct,
                "difference_points": row.difference_points,
                "ratio": row.ratio,
            }
            for row in shown.rows
        ],
    }


def _earnings(page: StoryPage) -> dict[str, object] | None:
    shown = page.panels.earnings
    if shown is None:
        return None
    sides = [(side.subject, side) for side in (shown.small, shown.large) if side is not None]
    return {
        "sentence": shown.sentence,
        "year": int(shown.year) if shown.year else None,
        "basis": shown.options.basis,
        "rows": [
            {
                "year": int(year.period),
                "index": subject,
                "eps": year.eps,
                "growth_pct": year.growth_pct,
                "is_estimate": year.is_estimate,
                "vintage": side.vintage,
                "basis": shown.options.basis,
                "coverage_pct": side.coverage_pct,
            }
            for subject, side in sides
            for year in side.years
        ],
    }


def _performance(reader: Reader, page: StoryPage) -> dict[str, object] | None:
    wish = PerformanceWish(DEFAULT_PAIR.small, DEFAULT_PAIR.large, "price", DEFAULT_WINDOWS, ())
    made = performance(reader, page.choice.as_of, wish)
    return made.record if made.record.get("windows") else None


def _credit(reader: Reader, page: StoryPage) -> list[object] | None:
    rows = credit(reader, page.choice).record.get("rows")
    return rows if isinstance(rows, list) and rows else None


def statement_record(page: StoryPage, s: Statement) -> dict[str, object]:
    """One statement under one definition, in the fields of the command line."""
    return {
        "id": s.claim.id,
        "kind": s.kind,
        "definition": {
            "report": s.definition.report,
            "group": s.definition.group,
            "basis": s.definition.basis,
            "legs": s.definition.legs,
            "window": s.claim.window or None,
            "direction": s.claim.direction,
        },
        "verdict": s.verdict,
        "reason": s.reason or None,
        "rank": s.rank,
        "of": s.of,
        "absolute_rank": s.absolute_rank,
        "value": s.value,
        "unit": s.unit,
        "date": s.claim.date,
        "since": s.since,
        "claimed_since": s.claim.since,
        "sample_start": s.sample_start,
        "observations": s.observations,
        "holes": [{"from": a, "to": b} for a, b in s.holes],
        "winner": _window(s.winner),
        "runner_up": _window(s.runner_up),
        "refuted_by": _window(s.refuted_by),
        "ties": s.ties,
        "crosses_seam": s.crosses_seam,
        "left_out": s.left_out,
        "sentence": sentence(page.market, s),
        "sources": [s.url for s in page.sources],
    }


def _window(window: Window | None) -> dict[str, object] | None:
    if window is None:
        return None
    return {
        "date": window.date,
        "value": window.value,
        "from_date": window.start_date,
        "from": window.start,
        "crosses_seam": window.crosses_seam,
    }
