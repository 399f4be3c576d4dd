"""Banks apart from the rest of the financials, as far as a holdings file allows."""

import re
from collections.abc import Sequence

from models.calc.sectors import Line
from models.taxonomies import FINANCIALS, NOT_CLASSIFIED

NAME_RULE = "financials whose name has banc, bank, thrift or savings in it; other banks are not counted"
"""How banks are told, for people: holdings files give no industry."""

_BANK = re.compile(r"\b\w*(?:BANC|BANK)\w*|\bTHRIFT|\bSAVINGS?\b", re.IGNORECASE)
_MAY_BE = frozenset({FINANCIALS, "Financial Services", NOT_CLASSIFIED})


def is_bank(name: str, sector: str) -> bool:
    """By the name, among financials of any taxonomy and among lines without a sector."""
    return sector in _MAY_BE and _BANK.search(name) is not None


def bank_share_pct(lines: Sequence[Line], sectors: Sequence[str]) -> tuple[float, int]:
    """Weight and number of the banks among these lines: a least value, as some banks are called otherwise."""
    weights = [
        line.weight_pct for line, sector in zip(lines, sectors, strict=True) if is_bank(line.holding.name, sector)
    ]
    return sum(weights), len(weights)
