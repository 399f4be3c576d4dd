"""Sector taxonomies: which names belong to which, and one spelling for each.

Nothing here says to which sector a company belongs; only files of holdings say that.
"""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from enum import StrEnum


class Taxonomy(StrEnum):
    """What the sectors of a file are named after; stored with every snapshot.

    `GICS` is the Global Industry Classification Standard with Real Estate as the eleventh sector,
    `GICS_PRE2016` the one before September 2016, `RUSSELL` the nine sectors of the Russell indexes until
    18 September 2020, `ICB` the classification that followed there. `NONE` is a file without sectors.
    """

    GICS = "gics"
    GICS_PRE2016 = "gics_pre2016"
    RUSSELL = "russell"
    ICB = "icb"
    OTHER = "other"
    NONE = "none"


class View(StrEnum):
    """The taxonomy that a page or command shows, named as on the command line."""

    GICS = "gics"
    GICS_PRE2016 = "gics_pre2016"
    PROVIDER = "provider"


TITLES: dict[Taxonomy, str] = {
    Taxonomy.GICS: "GICS",
    Taxonomy.GICS_PRE2016: "GICS before Sep 2016",
    Taxonomy.RUSSELL: "Russell's nine sectors",
    Taxonomy.ICB: "ICB",
    Taxonomy.OTHER: "the file's own sectors",
    Taxonomy.NONE: "no sectors",
}

REAL_ESTATE_SPLIT = date(2016, 9, 1)
"""From this day on GICS has Real Estate apart; until the day before it stood inside Financials."""

COMMUNICATION_SPLIT = date(2018, 9, 28)
"""The close at which GICS made Communication Services of Telecommunication Services and parts of two other sectors."""

FINANCIALS, REAL_ESTATE, COMMUNICATION = "Financials", "Real Estate", "Communication Services"
OTHER = "Other"
NOT_CLASSIFIED = "Not classified"

GICS_SECTORS = (
    "Energy",
    "Materials",
    "Industrials",
    "Consumer Discretionary",
    "Consumer Staples",
    "Health Care",
    FINANCIALS,
    "Information Technology",
    COMMUNICATION,
    "Utilities",
    REAL_ESTATE,
)
RUSSELL_SECTORS = (
    "Consumer Discretionary",
    "Consumer Staples",
    "Energy",
    "Financial Services",
    "Health Care",
    "Materials & Processing",
    "Producer Durables",
    "Technology",
    "Utilities",
)
ICB_SECTORS = (
    "Technology",
    "Telecommunications",
    "Health Care",
    "Financials",
    "Real Estate",
    "Consumer Discretionary",
    "Consumer Staples",
    "Industrials",
    "Basic Materials",
    "Energy",
    "Utilities",
)

SECTORS: dict[Taxonomy, tuple[str, ...]] = {
    Taxonomy.GICS: GICS_SECTORS,
    Taxonomy.GICS_PRE2016: tuple(name for name in GICS_SECTORS if name != REAL_ESTATE),
    Taxonomy.RUSSELL: RUSSELL_SECTORS,
    Taxonomy.ICB: ICB_SECTORS,
}

ALIASES: dict[str, str] = {
    "communication": COMMUNICATION,
    "telecommunications": COMMUNICATION,
    "telecommunication services": COMMUNICATION,
    "telecommunication": COMMUNICATION,
    "telecom": COMMUNICATION,
    "telecoms": COMMUNICATION,
    "technology": "Information Technology",
    "info technology": "Information Technology",
    "healthcare": "Health Care",
    "financial": FINANCIALS,
    "basic materials": "Materials",
    "consumer, cyclical": "Consumer Discretionary",
    "consumer cyclical": "Consumer Discretionary",
    "consumer, non-cyclical": "Consumer Staples",
    "consumer defensive": "Consumer Staples",
}
"""Other spellings of GICS sectors, in lower case."""

_SHORTER: dict[str, tuple[str, ...]] = {
    "Information Technology": ("Info technology", "Info tech"),
    "Consumer Discretionary": ("Discretionary",),
    "Consumer Staples": ("Staples",),
    COMMUNICATION: ("Communication", "Comms"),
    "Materials & Processing": ("Materials",),
    "Producer Durables": ("Durables",),
    "Telecommunications": ("Telecoms",),
}

_COUNTERPARTS: dict[tuple[Taxonomy, str], str] = {
    (Taxonomy.RUSSELL, FINANCIALS): "Financial Services",
    (Taxonomy.RUSSELL, REAL_ESTATE): "Financial Services",
    (Taxonomy.RUSSELL, "Information Technology"): "Technology",
    (Taxonomy.RUSSELL, "Industrials"): "Producer Durables",
    (Taxonomy.RUSSELL, "Materials"): "Materials & Processing",
    (Taxonomy.RUSSELL, COMMUNICATION): "Utilities",
    (Taxonomy.ICB, "Information Technology"): "Technology",
    (Taxonomy.ICB, "Materials"): "Basic Materials",
    (Taxonomy.ICB, COMMUNICATION): "Telecommunications",
}
"""Where the companies of a GICS sector stand elsewhere, for the most part."""

_NO_SECTOR = frozenset({"", "-", "--", "n/a", "na", "none", "nan", "cash and/or derivatives", "unassigned", "cash"})
_SPELLED_NEARLY = 0.9

_RECOGNISED = (Taxonomy.GICS, Taxonomy.RUSSELL, Taxonomy.ICB)
_OWN_NAMES = {taxonomy: {name.casefold(): name for name in names} for taxonomy, names in SECTORS.items()}
_MORNINGSTAR = frozenset(
    {
        "basic materials",
        "communication services",
        "consumer cyclical",
        "consumer defensive",
        "energy",
        "financial services",
        "healthcare",
        "industrials",
        "real estate",
        "technology",
        "utilities",
    }
)
"""What data vendors often use; no index is kept in it, so it is only told apart."""
_ALIAS_WEIGHT = 0.5


def spellings(sector: str) -> tuple[str, ...]:
    """The name of a sector and, from long to short, what it is called where that has no room."""
    return sector, *_SHORTER.get(sector, ())


def is_sector(name: str) -> bool:
    """Whether a file's cell names a sector at all, be it only `Other`."""
    return name.strip().casefold() not in _NO_SECTOR


def is_alias(name: str) -> bool:
    """Whether a file spells a GICS sector in its own way."""
    return name.strip().casefold() in ALIASES


def recognised(names: Iterable[str], as_of: date) -> Taxonomy:
    """The taxonomy of a file of this day by the sector names in it.

    GICS before September 2016 is told from today's by the day and by the absence of Real Estate.
    """
    found = {name.strip().casefold() for name in names if is_sector(name)} - {OTHER.casefold()}
    if not found:
        return Taxonomy.NONE
    scores: dict[Taxonomy, float] = {taxonomy: _score(found, taxonomy) for taxonomy in _RECOGNISED}
    best = max(scores, key=lambda taxonomy: scores[taxonomy])
    if scores[best] < max(len(found) / 2, len(found & _MORNINGSTAR)):
        return Taxonomy.OTHER
    if best is Taxonomy.GICS and as_of < REAL_ESTATE_SPLIT and REAL_ESTATE.casefold() not in found:
        return Taxonomy.GICS_PRE2016
    return best


def _score(found: set[str], taxonomy: Taxonomy) -> float:
    """How many names of a file a taxonomy knows; other spellings count less, as they may be another's own."""
    own = _OWN_NAMES[taxonomy]
    named = sum(name in own or bool(get_close_matches(name, own, n=1, cutoff=_SPELLED_NEARLY)) for name in found)
    if taxonomy is not Taxonomy.GICS:
        return named
    return named + _ALIAS_WEIGHT * sum(name in ALIASES and name not in own for name in found)


def canonical(name: str, taxonomy: Taxonomy) -> str | None:
    """The one spelling of a sector in its taxonomy, None where the cell names none of its sectors.

    A name that is nearly spelt right, as after a damaged character, is taken for the right one.
    """
    key = name.strip().casefold()
    if key in _NO_SECTOR or key == OTHER.casefold():
        return None
    if taxonomy not in _OWN_NAMES:
        return name.strip()
    own = _OWN_NAMES[taxonomy]
    if key in own:
        return own[key]
    if taxonomy in (Taxonomy.GICS, Taxonomy.GICS_PRE2016) and key in ALIASES:
        return ALIASES[key]
    near = get_close_matches(key, own, n=1, cutoff=_SPELLED_NEARLY)
    return own[near[0]] if near else None


def before_2016(sector: str) -> str:
    """Today's GICS sector as it stood before September 2016: Real Estate inside Financials."""
    return FINANCIALS if sector == REAL_ESTATE else sector


def counterpart(sector: str, taxonomy: Taxonomy) -> str:
    """The sector of a taxonomy that comes nearest to one of today's GICS sectors, or the same name."""
    if taxonomy is Taxonomy.GICS_PRE2016:
        return before_2016(sector)
    return _COUNTERPARTS.get((taxonomy, sector), sector)


def todays(sector: str, taxonomy: Taxonomy) -> str:
    """The GICS sector whose counterpart in a taxonomy this is, or the same name."""
    found = (name for (of, name), other in _COUNTERPARTS.items() if of is taxonomy and other == sector)
    return next(found, sector)


def shown_taxonomy(view: View, of_file: Taxonomy) -> Taxonomy:
    """The taxonomy that a view of a file comes out in."""
    match view:
        case View.GICS:
            return Taxonomy.GICS
        case View.GICS_PRE2016:
            return Taxonomy.GICS_PRE2016
        case View.PROVIDER:
            return of_file


def communication_note(as_of: date) -> str:
    """What to say beside Communication Services in a file of this day, empty from the split on."""
    if as_of >= COMMUNICATION_SPLIT:
        return ""
    return "Communication Services stands for Telecommunication Services, as the sector was until 28 Sep 2018."
