"""`performance`: returns of small against large, the same window in every year, and streaks."""

import argparse

from models.formats import decimal, percent
from models.pages.market_report import DEFAULT_WINDOWS, PerformanceWish, Report, performance
from models.reader import Reader
from models.series import DEFAULT_PAIR, SYMBOLS
from models.tabular import text_table
from models.windows import Window, window
from ui.commands.context import EXIT_OK, EXIT_PARTLY, Context, UsageError
from ui.commands.output import Output, emit, to_json, write

FIELDS = (
    "window",
    "from",
    "to",
    "small_pct",
    "large_pct",
    "gap_points",
    "ratio_pct",
    "league_rank",
    "league_of",
    "worst_since",
    "league_place",
)
LONGEST_STREAK = 250


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--small", default=DEFAULT_PAIR.small, metavar="SYMBOL")
    parser.add_argument("--large", default=DEFAULT_PAIR.large, metavar="SYMBOL")
    parser.add_argument("--window", action="append", default=[], metavar="mtd|qtd|ytd|jan-may|DATE:DATE")
    parser.add_argument("--return", dest="kind", default="price", metavar="price|total")
    parser.add_argument("--streak", action="append", default=[], metavar="XLF:9")


def run(args: argparse.Namespace, context: Context) -> int:
    if args.kind not in ("price", "total"):
        raise UsageError(f"There is no return {args.kind!r}. Known: price, total.")
    windows = tuple(dict.fromkeys(_window(text) for text in args.window)) or DEFAULT_WINDOWS
    streaks = tuple(_streak(text) for text in args.streak)
    wish = PerformanceWish(args.small.upper(), args.large.upper(), args.kind, windows, streaks)
    with context.reading() as archive:
        for symbol in (wish.small, wish.large, *(symbol for symbol, _ in streaks)):
            _check_symbol(symbol, archive, context)
        made = performance(archive, context.as_of, wish)
    if context.format == "json":
        write(context, to_json(made.record).encode())
    else:
        rows = list(_rows(made))
        emit(context, Output(FIELDS, rows, text=_text(rows, made)))
    for sentence in made.missing:
        context.say(sentence)
    return EXIT_PARTLY if made.missing else EXIT_OK


def _window(text: str) -> Window:
    try:
        return window(text)
    except ValueError as error:
        raise UsageError(f"--window: {error}") from error


def _streak(text: str) -> tuple[str, int]:
    symbol, _, sessions = text.partition(":")
    if not symbol or not (sessions.isascii() and sessions.isdigit()) or not 1 <= int(sessions) <= LONGEST_STREAK:
        raise UsageError(f"--streak: {text!r} is not a symbol and a number of sessions such as XLF:9.")
    return symbol.upper(), int(sessions)


def _check_symbol(symbol: str, archive: Reader, context: Context) -> None:
    """Any symbol of the catalogue is a valid question, and any other that was imported."""
    if symbol not in SYMBOLS and archive.closes(symbol, context.as_of) is None:
        raise UsageError(f"There is no symbol {symbol!r}. Known: {', '.join(SYMBOLS)}, and those you have imported.")


def _rows(made: Report) -> list[dict[str, object]]:
    windows = made.record["windows"]
    assert isinstance(windows, dict)
    rows = []
    for name, found in windows.items():
        if found is not None:
            flat = {key: found[key] for key in FIELDS if key in found}
            flat |= {"window": name, "from": found["small"]["from"], "to": found["small"]["to"]}
            flat |= {"small_pct": found["small"]["return_pct"], "large_pct": found["large"]["return_pct"]}
            rows.append(flat)
    return rows


def _text(rows: list[dict[str, object]], made: Report) -> str:
    """The same for people, rounded, with the streaks below."""
    record = made.record
    headers = (
        "window",
        "from",
        "to",
        str(record["small"]),
        str(record["large"]),
        "points",
        "ratio",
        "rank",
        "worst since",
    )
    cells = [
        (
            str(row["window"]),
            str(row["from"]),
            str(row["to"]),
            _percent(row["small_pct"]),
            _percent(row["large_pct"]),
            _figure(row["gap_points"]),
            _percent(row["ratio_pct"]),
            str(row["league_place"]),
            str(row["worst_since"] or ""),
        )
        for row in rows
    ]
    lines = [text_table(headers, cells)]
    streaks = record["streaks"]
    assert isinstance(streaks, list)
    for one in streaks:
        if one["up"] is not None:
            lines.append(
                f"{one['symbol']} up in {one['up']} of the last {one['of']} sessions to {one['to']}; at least as often"
                f" in {decimal(one['frequency_pct'], 1)}% of {one['windows']:,} windows since {one['sample_start']}"
                f" (binomial {decimal(one['binomial_pct'], 1)}%).\n"
            )
    return "".join(lines)


def _percent(value: object) -> str:
    assert isinstance(value, float)
    return percent(value, 2, signed=True)


def _figure(value: object) -> str:
    assert isinstance(value, float)
    return decimal(value, 2, signed=True)
