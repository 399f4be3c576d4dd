"""`screenshot`: a page of the real window as a picture, drawn off screen."""

import argparse
from dataclasses import replace

from ui.commands.context import EXIT_FAILED, EXIT_OK, Context, UsageError
from ui.commands.output import write
from ui.commands.selection import market_named

SMALLEST, LARGEST = (960, 640), (7680, 4320)
THEMES = ("light", "dark")
_PATIENCE_MS = 20_000
_STEP_MS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--page", default="", metavar="P", help="the start page where it is absent")
    parser.add_argument("--size", default="1440x900", metavar="WxH")
    parser.add_argument("--theme", default="light", metavar="light|dark")
    parser.add_argument("--market", default="", metavar="M")


def run(args: argparse.Namespace, context: Context) -> int:
    if args.theme not in THEMES:
        raise UsageError(f"There is no theme {args.theme!r}. Known: {', '.join(THEMES)}.")
    if context.out is None:
        raise UsageError("screenshot needs --out.")
    return picture(args.page, args.market, size_of(args.size), args.theme, context)


def size_of(text: str) -> tuple[int, int]:
    """`1440x900`; UsageError for anything else, or outside what the window can be."""
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and len(text) < 12):
        raise UsageError(f"--size takes width and height like 1440x900, not {text!r}.")
    size = int(width), int(height)
    if not all(low <= side <= high for low, side, high in zip(SMALLEST, size, LARGEST, strict=True)):
        raise UsageError(f"--size lies between {SMALLEST[0]}x{SMALLEST[1]} and {LARGEST[0]}x{LARGEST[1]}.")
    return size


def picture(page: str, market: str, size: tuple[int, int], theme: str, context: Context) -> int:
    """The window as it would show this page, written as PNG. Reads only, and asks nobody."""
    from services.settings import load
    from ui.app import App, application
    from ui.charts.export import png_bytes
    from ui.pages.registry import HOME, PAGES, page_named
    from ui.still import still_picture, wait

    wanted = page or HOME
    if page_named(wanted) is None:
        raise UsageError(f"There is no page {page!r}. Known: {', '.join(entry.name for entry in PAGES)}.")
    settings, _ = load(context.profile)
    name = market_named(market).name if market else settings.market
    application([])
    app = App(context, replace(settings, theme=theme, market=name, layout={}), page=wanted, is_picture=True)
    app.window.resize(*size)
    painted: list[str] = []
    app.window.page_painted.connect(painted.append)
    app.start()
    waited_ms = 0
    while not (painted and app.loader.is_settled and app.jobs.is_idle):
        if waited_ms > _PATIENCE_MS:
            app.stop()
            context.say(f"The page {wanted} was not drawn in time.")
            return EXIT_FAILED
        wait(_STEP_MS)
        waited_ms += _STEP_MS
    image = still_picture(app.window)
    app.stop()
    write(context, png_bytes(image))
    return EXIT_OK
