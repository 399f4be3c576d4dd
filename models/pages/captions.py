"""What is written on everything that leaves a page: definition, source and as-of, from the page's record."""

from models.calendars import NEW_YORK
from models.formats import day, eastern
from models.markets import market
from models.pages.check import CheckPage
from models.pages.check_report import heading
from models.pages.choice import Choice
from models.pages.company import CompaniesPage
from models.pages.data import DataPage
from models.pages.earnings import BASIS_TITLES, EX_ITEMS, EarningsPage
from models.pages.episodes import EpisodesPage
from models.pages.leverage import LeveragePage
from models.pages.market import CreditCard, MarketPage
from models.pages.positioning import PositioningPage, ScannerPage
from models.pages.sectors import SectorsPage
from models.pages.story import StoryPage
from models.records import Provenance
from models.statements.words import definition_title
from models.version import NAME

LATER = "\u25c6"
_PROVIDERS = {
    "nyfed": "Federal Reserve Bank of New York",
    "ofr": "Office of Financial Research",
    "fed": "Federal Reserve Board",
    "treasury": "US Treasury",
    "fred": "FRED, held in memory only",
}
_CFTC = "CFTC, Commitments of Traders"


def caption_lines(page: object) -> tuple[str, ...]:
    """Definition, source and as-of of a page's record, one line each; TypeError for anything else."""
    match page:
        case StoryPage():
            drawn = page.series.definition
            said = f"{definition_title(page.market, drawn)}; in {page.series.unit}, weekly"
            return (_sentence(said), _reports(page.release, page.sources), as_of(page.choice))
        case PositioningPage():
            return _positioning(page)
        case ScannerPage():
            said = "Latest figures of each market's main report, speculators, in contracts as reported"
            return (_sentence(said), _sentence(f"Source: {_CFTC}"), as_of(page.choice))
        case EpisodesPage():
            return (" ".join(page.notes), _sentence(f"Source: {_CFTC}; closes of the index"), as_of(page.choice))
        case SectorsPage():
            return _sectors(page)
        case EarningsPage():
            return _earnings(page)
        case CompaniesPage():
            said = "Consensus of analysts by company, US dollars a share"
            source = page.opened.caption if page.opened else page.title
            return (_sentence(said), _sentence(f"Source: {source}"), as_of(page.choice))
        case MarketPage():
            compared = f"{page.options.small} against {page.options.large}, {page.chips[0]}"
            return (_sentence(compared), _sentence(f"Source: {page.chips[-1]}{_until(page)}"), as_of(page.choice))
        case LeveragePage():
            said = "Debt and earnings of the funds' companies, without financials and real estate"
            return (_sentence(said), f"Source: SEC, companies' own accounts. {page.note}".strip(), as_of(page.choice))
        case CheckPage():
            return ("Each claim of the text under every definition that it may have.", f"{heading(page)}. {NAME}")
        case DataPage():
            return ("What the app's own archive holds.", f"As of {eastern(page.moment)}. {NAME}")
    raise TypeError(type(page).__name__)


def quoted(sentence: str, page: object) -> str:
    """A page's sentence as it is copied: with definition, source and as-of below it."""
    return "\n".join(filter(None, (sentence, *caption_lines(page))))


def credit_lines(card: CreditCard, choice: Choice) -> tuple[str, ...]:
    """The same for the credit series that is drawn, which has a source of its own."""
    provider = card.series.id.partition(":")[0]
    source = f"Source: {_PROVIDERS.get(provider, 'closes of its parts')}, observed to {day(card.end.date)}"
    return (_sentence(card.series.definition), _sentence(source), as_of(choice))


def streak_lines(page: MarketPage) -> tuple[str, ...]:
    """The same for the streak meter, which counts funds of its own."""
    if page.streaks is None:
        return caption_lines(page)
    symbols = ", ".join(row.streak.symbol for row in page.streaks.rows)
    sources = ", ".join(sorted({row.streak.source for row in page.streaks.rows}))
    said = f"Sessions that closed up, of the last {page.streaks.of}: {symbols}, price"
    return (_sentence(said), _sentence(f"Source: {sources} closes to {day(page.streaks.days[-1])}"), as_of(page.choice))


def claim_lines(page: StoryPage) -> tuple[str, ...]:
    """The same for the claims, each of which names its own definition."""
    _, source, moment = caption_lines(page)
    return ("Each claim under the definition that stands beside it.", source, moment)


def as_of(choice: Choice) -> str:
    """`As of 16 Jun 2017, 16:00 ET, rewound. Aboutface`."""
    rewound = "" if choice.is_live else ", rewound"
    later = f"; what is marked {LATER} was released later" if choice.later_data else ""
    return f"As of {eastern(choice.as_of)}{rewound}{later}. {NAME}"


def subject(page: object) -> str:
    """What the page is about, for titles and names of files: a market, a fund, a pair."""
    match page:
        case StoryPage() | EpisodesPage():
            return page.market.title
        case PositioningPage():
            return market(page.choice.market).title
        case SectorsPage():
            return page.small.index_title if page.small else "Sectors"
        case EarningsPage():
            return " and ".join(side.title for side in (page.small, page.large) if side) or "Earnings"
        case MarketPage():
            return f"{page.options.small} and {page.options.large}"
    return ""


def day_of(page: object) -> str:
    """The page's day in New York as ISO, for names of files."""
    match page:
        case CheckPage():
            return page.date.isoformat()
        case DataPage():
            return page.moment.astimezone(NEW_YORK).date().isoformat()
    choice = getattr(page, "choice", None)
    return choice.as_of.astimezone(NEW_YORK).date().isoformat() if isinstance(choice, Choice) else ""


def source_rows(page: object) -> tuple[Provenance, ...]:
    """The batches behind a page, as far as its record names them."""
    return page.sources if isinstance(page, StoryPage | SectorsPage) else ()


def _positioning(page: PositioningPage) -> tuple[str, ...]:
    series = page.main
    said = f"Net in {series.unit}"
    if len(series):
        said += f", weekly from {day(series.date[0])} to {day(series.date[-1])}"
    for seam in page.seams:
        said += f". {seam.before} before {day(seam.date)}, {seam.after} since"
    source = _reports(page.release, ())
    if len(page.prices) and page.closes is not None:
        source += f" {page.closes_title}: {page.closes.source}."
    return (_sentence(said), source, as_of(page.choice))


def _reports(release: object, sources: tuple[Provenance, ...]) -> str:
    at = getattr(release, "at", None)
    source = f"Source: {_CFTC}"
    if at is not None:
        source += f", released {eastern(at)}" + (" by rule" if getattr(release, "is_uncertain", False) else "")
    urls = ", ".join(dict.fromkeys(origin.url for origin in sources if origin.url))
    return _sentence(source) + (f" {urls}" if urls else "")


def _sectors(page: SectorsPage) -> tuple[str, ...]:
    held = [f"{card.fund} of {day(card.as_of)}" for card in (page.small, page.large) if card]
    said = "Weight of a sector: its market value over that of all equity holdings of the fund"
    notes = f" {' '.join(page.notes)}" if page.notes else ""
    later = f" {LATER} {page.later_note}" if page.later_note else ""
    source = f"Source: fund holdings, {' and '.join(held)}" if held else "Source: fund holdings"
    return (_sentence(said) + notes, _sentence(source) + later, as_of(page.choice))


def _earnings(page: EarningsPage) -> tuple[str, ...]:
    basis = BASIS_TITLES[page.options.basis].lower()
    said = f"Earnings per share by calendar year, {basis}; growth is the year over the one before"
    sides = [side for side in (page.small, page.large) if side]
    vintages = ", ".join(f"{side.title} of {day(side.vintage)}" for side in sides)
    publisher = "analysts' consensus by company" if page.options.basis == EX_ITEMS else "S&P Dow Jones Indices"
    later = f" {LATER} {page.later_note}" if page.later_note else ""
    source = f"Source: {publisher}" + (f", {vintages}" if vintages else "")
    return (_sentence(f"{said}. {page.coverage}"), _sentence(source) + later, as_of(page.choice))


def _until(page: MarketPage) -> str:
    return f" to {day(page.prices_as_of)}" if page.prices_as_of else ""


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith(".") else f"{text}."
