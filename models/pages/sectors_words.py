"""The sentence and the captions of the Sectors page."""

from collections.abc import Sequence
from datetime import date

from models.calc.sectors import MOST_UNKNOWN_PCT, Weights, with_real_estate
from models.formats import day, decimal, percent, plural
from models.pages.sectors import FundCard, SectorsPage
from models.taxonomies import (
    FINANCIALS,
    NOT_CLASSIFIED,
    OTHER,
    TITLES,
    Taxonomy,
    View,
    communication_note,
    counterpart,
    shown_taxonomy,
    todays,
)

LEAST_WITH_REAL_ESTATE_POINTS = 0.5
MOST_DAYS_APART = 31


def far_apart(one: date, other: date) -> bool:
    """Whether two files are of times so different that both have to be said."""
    return abs((one - other).days) > MOST_DAYS_APART


def cards_far_apart(page: SectorsPage) -> tuple[FundCard, ...]:
    """Small and large where their files are far apart, else none."""
    small, large = page.small, page.large
    return (small, large) if small and large and far_apart(small.as_of, large.as_of) else ()


def verb(sector: str, plural_form: str, singular: str) -> str:
    """`Financials lead`, `Health Care leads`."""
    return plural_form if sector.endswith("s") else singular


def largest(weights: Weights) -> str:
    """The largest real sector of a fund."""
    named = {name: pct for name, pct in weights.by_sector.items() if name not in (OTHER, NOT_CLASSIFIED)}
    return max(named, key=lambda name: named[name]) if named else ""


def sentence(small: Weights | None, view: View) -> str:
    """What leads small caps, with the other taxonomy's figure where it changes the answer."""
    if small is None or small.unknown_pct > MOST_UNKNOWN_PCT or not (top := largest(small)):
        return ""
    pct = small.by_sector[top]
    about = "about " if small.is_estimate else ""
    text = f"{top} {verb(top, 'lead', 'leads')} small caps: {about}{percent(pct, 0)}"
    if view is View.GICS and top == FINANCIALS:
        with_both = with_real_estate(small)
        if with_both - pct >= LEAST_WITH_REAL_ESTATE_POINTS:
            text += f", or {percent(with_both, 0)} with real estate"
    return text + "."


def subtitle(small: FundCard, large: FundCard | None, sector: str) -> str:
    """The same sector of the large fund, and which files are compared."""
    parts = []
    if large is not None and large.weights is not None and small.weights is not None:
        name = counterpart(todays(sector, small.weights.taxonomy), large.weights.taxonomy)
        pct = large.weights.by_sector.get(name)
        if pct is not None:
            text = f"Large caps: {percent(pct, 0)}"
            if name == FINANCIALS and large.weights.taxonomy is Taxonomy.GICS:
                text += f" and {percent(with_real_estate(large.weights), 0)}"
            if large.weights.taxonomy is not small.weights.taxonomy:
                text += f" in {TITLES[large.weights.taxonomy]}, not to be compared"
            parts.append(text + ".")
    cards = [card for card in (small, large) if card is not None]
    if any(card.is_later for card in cards):  # the page's mark has the days
        return " ".join(parts)
    shown = [f"{card.fund} of {day(card.as_of)}" for card in cards]
    return " ".join([*parts, f"{' against '.join(shown)}."])


def estimate_caption(who: str, weights: Weights | None) -> str:
    """How much of a fund's weight has its sector by ticker, and how much from no file at all."""
    if weights is None or not weights.is_estimate:
        return ""
    parts = []
    if weights.filled_pct:
        parts.append(f"by ticker from other files for {percent(weights.filled_pct, 0)} of weight")
    if weights.split_pct:
        parts.append(f"split like the rest of its sector for {percent(weights.split_pct, 0)}")
    if weights.unknown_pct:
        parts.append(f"unknown for {percent(weights.unknown_pct, 0 if weights.unknown_pct >= 1 else 1)}")
    return f"{who}'s {TITLES[weights.taxonomy]} {', '.join(parts)}"


def rows_caption(small: FundCard | None, large: FundCard | None) -> str:
    captions = [
        estimate_caption(card.fund, card.weights) for card in (small, large) if card is not None and card.weights
    ]
    return "; ".join(text for text in captions if text)


def not_in(asked: FundCard, shown: FundCard | None, view: View) -> str:
    """`TWOK's file of 26 Jun 2017 is not in GICS; Russell's nine sectors are shown.`"""
    wanted = TITLES[shown_taxonomy(view, Taxonomy.GICS)]
    has = TITLES[shown.weights.taxonomy] if shown and shown.weights else ""
    text = f"What is held of {asked.fund} on {day(asked.as_of)} cannot be shown in {wanted}"
    return f"{text}; {has} are shown instead." if has else f"{text}."


def cautions(cards: Sequence[FundCard]) -> tuple[str, ...]:
    """What would be misread without being said: proxies, days far apart, what cannot be compared."""
    said = []
    for card in cards:
        if card.stands_in_for:
            said.append(f"{card.fund} stands in for {card.stands_in_for}: both track the {card.index_title}.")
    if len(cards) == 2:
        apart = abs((cards[0].as_of - cards[1].as_of).days)
        if apart > MOST_DAYS_APART:
            said.append(f"The two files lie {plural(apart, 'day')} apart.")
    for card in cards:
        if card.weights is None:
            said.append(f"{card.fund}'s figures of {day(card.as_of)} cannot be shown in this taxonomy.")
        elif card.weights.unknown_pct > MOST_UNKNOWN_PCT:
            said.append(
                f"{percent(card.weights.unknown_pct, 0)} of {card.fund}'s weight has no sector in any file known by"
                " then, so its sectors are not compared."
            )
    return tuple(dict.fromkeys(said))


def notes(cards: Sequence[FundCard]) -> tuple[str, ...]:
    """The cautions, and what the figures rest on."""
    said = list(cautions(cards))
    for card in cards:
        if card.weights is not None:
            said += [alias_note(card), card.weights.note]
        said.append(_coverage(card))
    return tuple(dict.fromkeys(text for text in said if text))


def alias_note(card: FundCard) -> str:
    """Said of a GICS file of the years in which a sector had another name."""
    is_gics = card.weights is not None and card.weights.taxonomy in (Taxonomy.GICS, Taxonomy.GICS_PRE2016)
    return communication_note(card.as_of) if is_gics else ""


def _coverage(card: FundCard) -> str:
    if card.share_pct is None:
        return f"{card.fund}: built-in sector weights of {plural(card.companies, 'holding')}, without the holdings."
    text = f"{card.fund}: {plural(card.companies, 'holding')}, {percent(card.share_pct, 2)} of the fund is equity"
    if card.left_out:
        parts = [f"{item.what.lower()} {percent(item.weight_pct, 2)}" for item in card.left_out]
        text += f"; left out: {', '.join(parts)}"
    if card.concentration is not None:
        text += (
            f". The ten largest are {percent(card.concentration.top_10_pct)},"
            f" as concentrated as {decimal(card.concentration.effective_names, 0)} equal names"
        )
    if card.banks_pct is not None:
        text += f". Banks by name: {percent(card.banks_pct)} in {plural(card.banks, 'holding')}"
    return text + "."
