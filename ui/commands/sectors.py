"""`sectors`: sector weights of small caps against large caps, from two funds' holdings."""

import argparse

from models.calc.sectors import LeftOut
from models.formats import day, decimal
from models.funds import LARGE_DEFAULT, SMALL_DEFAULT
from models.pages.choice import Choice
from models.pages.sectors import FundCard, SectorsChoice, SectorsPage
from models.pages.sectors_build import build
from models.statements.sector_claims import SectorStatement
from models.tabular import text_table
from models.taxonomies import View
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context
from ui.commands.funds import fund_day, view_named
from ui.commands.output import Output, emit

FIELDS = ("sector", "small_pct", "large_pct", "difference_points", "ratio")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--small", default=SMALL_DEFAULT, metavar="FUND")
    parser.add_argument("--large", default=LARGE_DEFAULT, metavar="FUND")
    parser.add_argument("--taxonomy", default=View.GICS.value, metavar="|".join(View))
    parser.add_argument("--small-date", default=None, metavar="DATE", help="holdings of this day, not the newest")
    parser.add_argument("--large-date", default=None, metavar="DATE")


def run(args: argparse.Namespace, context: Context) -> int:
    view = view_named(args.taxonomy)
    with context.reading() as archive:
        options = SectorsChoice(
            small=fund_day(args.small, args.small_date, "--small-date", archive),
            large=fund_day(args.large, args.large_date, "--large-date", archive),
            view=view,
        )
        page = build(archive, Choice(context.as_of, context.is_live), options)
    rows = [{field: getattr(row, field) for field in FIELDS} for row in page.rows]
    text = text_table(
        FIELDS, [[row.sector, *(decimal(getattr(row, field), 2) for field in FIELDS[1:])] for row in page.rows]
    )
    emit(context, Output(FIELDS, rows, {"as_of": context.as_of, **top(page)}, text))
    for note in (page.rows_caption, *page.notes, *without_lines(page)):
        if note:
            context.say(note)
    if page.reason_empty or not rows:
        context.say(page.reason_empty or f"No sectors of {args.small} can be shown in this taxonomy.")
        return EXIT_PARTLY
    for side, asked in ((page.small, args.small), (page.large, args.large)):
        if side is None or side.weights is None:
            context.say(f"No holdings of {asked} are known as of this moment in this taxonomy.")
            return EXIT_PARTLY
    return EXIT_OK


def without_lines(page: SectorsPage) -> tuple[str, ...]:
    """Why nothing is known of a fund besides its sectors: files of weights alone have no lines."""
    return tuple(
        f"Of {card.fund} on {day(card.as_of)} only sector weights are held, so its share of equity is unknown."
        for card in (page.small, page.large)
        if card is not None and not card.has_lines
    )


def top(page: SectorsPage) -> dict[str, object]:
    """The figures around the table, as they stand in JSON; also the `sectors` of a brief."""
    small, large = page.small, page.large
    return {
        "sentence": page.sentence or None,
        "taxonomy": page.options.view,
        "small": small.fund if small else page.options.small.fund,
        "large": large.fund if large else page.options.large.fund,
        "small_as_of": small.as_of if small else None,
        "large_as_of": large.as_of if large else None,
        "equity_share_pct": small.share_pct if small else None,
        "large_equity_share_pct": large.share_pct if large else None,
        "equity_share_note": " ".join(without_lines(page)) or None,
        "left_out": [left_out_record(card.fund, item) for card in (small, large) if card for item in card.left_out],
        "small_fund": _card(small),
        "large_fund": _card(large),
        "statements": [statement_record(item) for item in page.statements],
        "sources": [
            {"source": s.source, "dataset": s.dataset, "url": s.url, "retrieved_at": s.retrieved_at, "as_of": s.as_of}
            for s in page.sources
        ],
    }


def left_out_record(fund: str, item: LeftOut) -> dict[str, object]:
    return {
        "fund": fund,
        "what": item.what,
        "lines": item.lines,
        "weight_pct": item.weight_pct,
        "market_value_usd": item.market_value_usd,
    }


def _card(card: FundCard | None) -> dict[str, object] | None:
    """Everything that must be known of a fund's weights before they are quoted."""
    if card is None:
        return None
    weights, shape = card.weights, card.concentration
    return {
        "fund": card.fund,
        "index": card.index_title,
        "stands_in_for": card.stands_in_for or None,
        "taxonomy": weights.taxonomy if weights else None,
        "holdings": card.companies,
        "filled_by_ticker_pct": weights.filled_pct if weights else None,
        "split_pct": weights.split_pct if weights else None,
        "not_classified_pct": weights.unknown_pct if weights else None,
        "top_10_pct": shape.top_10_pct if shape else None,
        "effective_names": shape.effective_names if shape else None,
        "banks_by_name_pct": card.banks_pct,
    }


def statement_record(item: SectorStatement) -> dict[str, object]:
    """One statement under one taxonomy, in the fields of the command line."""
    return {
        "id": item.id,
        "kind": item.kind,
        "definition": {
            "taxonomy": item.taxonomy,
            "small": item.small_fund,
            "large": item.large_fund or None,
            "text": item.definition,
        },
        "verdict": item.verdict,
        "reason": item.reason or None,
        "sector": item.sector,
        "value": item.value,
        "unit": item.unit,
        "ratio": item.ratio,
        "large_value": item.large_pct,
        "date": item.date,
        "large_date": item.large_date,
        "estimated_pct": item.estimated_pct,
        "sentence": item.sentence,
        "sources": item.sources,
    }
