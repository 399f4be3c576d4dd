"""What the files say of two funds besides the weights of their sectors, line by line."""

from collections.abc import Callable

from models.formats import DASH, count, day, decimal, percent
from models.pages.sectors import CompositionRow, FundCard
from models.pages.sectors_words import alias_note
from models.taxonomies import COMMUNICATION, TITLES

_Write = Callable[[FundCard], str]


def composition(small: FundCard | None, large: FundCard | None) -> tuple[CompositionRow, ...]:
    """Days, numbers, what counts as equity and what was left out, concentration, banks; empty without any fund."""
    cards = [card for card in (small, large) if card is not None]
    if not cards:
        return ()
    rows: list[tuple[str, _Write, str]] = [
        ("Holdings of", lambda card: day(card.as_of), "The day of the fund's file"),
        ("Companies", lambda card: count(card.companies), "Equity holdings above zero"),
        ("Equity, of the fund", lambda card: percent(card.share_pct, 2), "The part of the fund that is weighed"),
    ]
    rows += [(f"Left out: {what.lower()}", _left_out(what), _LEFT_OUT) for what in _kinds(cards)]
    rows += [
        ("Ten largest", lambda card: percent(card.concentration.top_10_pct) if card.concentration else DASH, ""),
        ("Effective names", _effective, "As concentrated as so many equal holdings: 1 over the sum of squared weights"),
        ("Banks by name", _banks, "Financials whose name says that they are banks"),
        ("Taxonomy", lambda card: TITLES[card.weights.taxonomy] if card.weights else DASH, ""),
    ]
    if any(alias_note(card) for card in cards):
        rows.append(
            (COMMUNICATION, lambda card: "as Telecoms" if alias_note(card) else "as it is", alias_note(cards[0]))
        )
    if any(card.weights is not None and card.weights.is_estimate for card in cards):
        rows += [
            ("Sectors by ticker", lambda card: percent(card.weights.filled_pct) if card.weights else DASH, _FILLED),
            ("Split like the rest", lambda card: percent(card.weights.split_pct) if card.weights else DASH, _SPLIT),
        ]
    return tuple(
        CompositionRow(title, write(small) if small else DASH, write(large) if large else DASH, tip)
        for title, write, tip in rows
    )


_LEFT_OUT = "Lines that are no equity of a listed company, in percent of the whole fund"
_FILLED = "Weight whose sector was taken by ticker from the nearest dated file that has it"
_SPLIT = "Weight in no such file, split like the rest of its own sector"


def _kinds(cards: list[FundCard]) -> list[str]:
    return list(dict.fromkeys(item.what for card in cards for item in card.left_out))


def _left_out(what: str) -> _Write:
    def write(card: FundCard) -> str:
        if card.share_pct is None:
            return DASH
        found = next((item for item in card.left_out if item.what == what), None)
        return "0" if found is None else f"{percent(found.weight_pct, 2)} in {found.lines:,}"

    return write


def _effective(card: FundCard) -> str:
    return DASH if card.concentration is None else decimal(card.concentration.effective_names, 0)


def _banks(card: FundCard) -> str:
    return DASH if card.banks_pct is None else f"{percent(card.banks_pct)} in {card.banks:,}"
