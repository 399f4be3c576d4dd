"""The scanner: all markets of the catalogue with the latest figures of their main series."""

from datetime import date

import numpy as np

from models.calc import positioning as measures
from models.calc import superlatives
from models.calc.splice import Definition, Series
from models.formats import as_date
from models.markets import MARKETS, Market
from models.names import MAIN_GROUP, Basis, Direction, Legs, Report
from models.pages.book import Book, MainChoice
from models.pages.choice import Choice
from models.pages.positioning import ScannerPage, ScannerRow
from models.reader import Reader
from models.records import Floats
from models.statements.finder import find
from models.statements.judge import judge
from models.statements.sentences import sentence

SPARK_REPORTS = 52
STATEMENTS_SHOWN = 3


def build(reader: Reader, choice: Choice, report: Report | None = None) -> ScannerPage:
    """Every market in its main series, or in one report where it is named; markets without a row say so."""
    rows = tuple(scan_market(Book(reader, of, choice.as_of), report) for of in MARKETS)
    held = sum(row.report_date is not None for row in rows)
    return ScannerPage(choice, f"{held} of {len(rows)} markets have figures.", rows)


def scan_market(book: Book, report: Report | None = None) -> ScannerRow:
    """The latest figures of one market."""
    of = book.market
    main = book.main() if report is None else MainChoice(report, MAIN_GROUP[report.family], book.newest(report), "")
    definition = Definition(of.name, main.report, main.group, Basis.CONTRACTS, Legs.LEAD)
    shown = book.series(definition)
    if not len(shown):
        return _empty(of)
    share = book.series(Definition(of.name, main.report, main.group, Basis.SHARE_OF_OI, Legs.LEAD))
    same_day = len(share) > 0 and share.date[-1] == shown.date[-1]
    extreme, since, weeks = _extreme(shown)
    return ScannerRow(
        market=of.name,
        title=of.title,
        group=of.group,
        codes=of.codes,
        report_date=as_date(shown.date[-1]),
        report=main.report,
        net=float(shown.value[-1]),
        unit=shown.unit,
        share_of_oi_pct=_last(share.value) if same_day else None,
        cot_index_156=_last(measures.cot_index(shown.value, measures.INDEX_WINDOW)),
        percentile_156=_last(measures.percentile(shown.value, measures.INDEX_WINDOW)),
        z_52=_last(measures.z_score(shown.value, measures.Z_WINDOW)),
        change_1=_last(measures.change(shown, 1)),
        change_4=_last(measures.change(shown, 4)),
        extreme=extreme,
        extreme_since=since,
        weeks_since_extreme=weeks,
        statements=_statements(of, shown),
        spark=shown.value[-SPARK_REPORTS:],
        series=shown,
        share=share,
    )


def _empty(of: Market) -> ScannerRow:
    nothing = (None,) * 9
    return ScannerRow(
        of.name,
        of.title,
        of.group,
        of.codes,
        None,
        None,
        None,
        "contracts",
        *nothing[:6],
        "",
        None,
        None,
        (),
        np.array([]),
    )


def _last(values: Floats) -> float | None:
    return float(values[-1]) if len(values) and np.isfinite(values[-1]) else None


def _extreme(shown: Series) -> tuple[str, date | None, int | None]:
    """Whether the net is the highest or the lowest for longer, since when, and how many reports that is.

    `since` is None where nothing in the sample is as extreme: then the count is of the whole sample.
    """
    row = len(shown) - 1
    found = []
    for name, direction in (("high", Direction.UP), ("low", Direction.DOWN)):
        refuter = superlatives.refuting_row(shown, row, direction)
        found.append((row - refuter if refuter is not None else row, name, refuter))
    reports, name, refuter = max(found, key=lambda f: f[0]) if found[0][0] != found[1][0] else found[0]
    return name, None if refuter is None else as_date(shown.date[refuter]), reports


def _statements(of: Market, shown: Series) -> tuple[str, ...]:
    judged = (judge(claim, shown) for claim in find(shown)[:STATEMENTS_SHOWN])
    return tuple(sentence(of, statement) for statement in judged if statement is not None)
