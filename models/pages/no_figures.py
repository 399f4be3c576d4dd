"""Why there is nothing to show of a market, and what to do about it."""

from models.calc.splice import Series
from models.formats import day
from models.markets import Market
from models.pages.book import Book
from models.pages.choice import Choice
from models.statements.words import report_title


def of_market(of: Market, choice: Choice) -> str:
    """No report has a figure of it by the choice's moment."""
    ways = "refresh to download them" if choice.is_live else "choose a later day, or refresh to download earlier ones"
    return f"No figures for {of.title} are held as of {day(choice.day)}: {ways}."


def of_series(book: Book, shown: Series, choice: Choice) -> str:
    """A definition has none: "" where it has, else the reason."""
    of = book.market
    if len(shown):
        return ""
    if len(shown.unsummed):
        return f"No report that is held has every contract of {of.title}: choose the lead contract, or refresh."
    if book.main().newest is None:
        return of_market(of, choice)
    source = f"{of.title} from the {report_title(shown.definition.report)}"
    return f"No figures for {source}, are held as of {day(choice.day)}: choose another report, or refresh."
