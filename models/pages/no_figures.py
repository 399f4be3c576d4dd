"""Why there is nothing to show of a market, and what to do about it."""

from models.calc.splice import Series
from models.formats import day
from models.markets import Market
from models.names import Family, Report, Scope
from models.pages.book import Book
from models.pages.choice import Choice
from models.statements.words import FAMILY_TITLES, report_title


def of_market(book: Book, choice: Choice) -> str:
    """No report has a figure of it by the choice's moment; after a refresh that brought none, why it did not."""
    of = book.market
    lead = f"No figures for {of.title} are held as of {day(choice.day)}"
    if not choice.is_live:
        return f"{lead}: choose a later day, or refresh to download earlier ones."
    asked = [status for status in book.statuses() if status.dataset in _datasets(of)]
    failed = [status for status in asked if status.last_error]
    said = [
        f"The {title} could not be downloaded: {error[:1].lower()}{error[1:]}"
        for title, error in {FAMILY_TITLES[Report(s.dataset).family]: s.last_error for s in failed}.items()
    ]
    if any(status.rows and not status.is_starter for status in asked):
        said.append(f"What has been downloaded of {'other' if failed else 'its'} reports has none.")
    return f"{lead}. {' '.join(said)}" if said else f"{lead}: refresh to download them."


def _datasets(of: Market) -> set[str]:
    return {Report.of(family, scope).value for family in (Family.LEGACY, of.main_family) for scope in Scope}


def of_series(book: Book, shown: Series, choice: Choice) -> str:
    """A definition has none: "" where it has, else the reason."""
    of = book.market
    if len(shown):
        return ""
    if len(shown.unsummed):
        return f"No report that is held has every contract of {of.title}: choose the lead contract, or refresh."
    if book.main().newest is None:
        return of_market(book, choice)
    source = f"{of.title} from the {report_title(shown.definition.report)}"
    return f"No figures for {source}, are held as of {day(choice.day)}: choose another report, or refresh."
