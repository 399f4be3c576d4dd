"""`holdings`: one fund's equity holdings, largest first."""

import argparse

from models.formats import count, day, dollars, percent
from models.pages.choice import Choice
from models.pages.sectors import HoldingRow
from models.pages.sectors_build import holdings_of
from models.tabular import text_table
from models.taxonomies import NOT_CLASSIFIED, View
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context
from ui.commands.funds import fund_day, view_named
from ui.commands.output import Output, emit
from ui.commands.sectors import left_out_record

FIELDS = ("ticker", "name", "sector", "weight_pct", "market_value_usd", "shares")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fund", default="IWM", metavar="FUND")
    parser.add_argument("--date", default=None, metavar="DATE", help="holdings of this day, not the newest")
    parser.add_argument("--taxonomy", default=View.GICS.value, metavar="|".join(View))


def run(args: argparse.Namespace, context: Context) -> int:
    view = view_named(args.taxonomy)
    with context.reading() as archive:
        asked = fund_day(args.fund, args.date, "--date", archive)
        shown, holdings = holdings_of(archive, Choice(context.as_of, context.is_live), asked, view)
    rows = [
        {
            "ticker": row.ticker or None,
            "name": row.name,
            "sector": None if row.sector == NOT_CLASSIFIED else row.sector,
            "weight_pct": row.weight_pct,
            "market_value_usd": row.market_value_usd,
            "shares": row.shares,
        }
        for row in holdings
    ]
    top = {
        "as_of": context.as_of,
        "fund": asked.fund,
        "holdings_as_of": shown.as_of if shown else None,
        "equity_share_pct": shown.share_pct if shown else None,
        "left_out": [left_out_record(shown.fund, item) for item in shown.left_out] if shown else [],
    }
    emit(context, Output(FIELDS, rows, top, text_table(FIELDS, [_text(row) for row in holdings])))
    if rows:
        return EXIT_OK
    if shown is not None:
        context.say(
            f"Of {shown.fund} only sector weights of {day(shown.as_of)} are held; a refresh brings the holdings."
        )
    else:
        context.say(f"No holdings of {asked.fund} are known as of this moment.")
    return EXIT_PARTLY


def _text(row: HoldingRow) -> list[str]:
    return [
        row.ticker,
        row.name,
        row.sector,
        percent(row.weight_pct, 2),
        dollars(row.market_value_usd),
        count(row.shares),
    ]
