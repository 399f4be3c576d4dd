"""One sentence with the claims that the reader must find in it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

JUNE = date(2017, 6, 16)
"""A Friday on which the report for 13 June was released."""
MONDAY = date(2017, 6, 19)


@dataclass(frozen=True)
class Example:
    """A sentence, the day of its article, and the claims expected: the kind and some of its slots, in any order.

    `before` are sentences that go before it and are not scored.
    """

    sentence: str
    expected: tuple[dict[str, Any], ...] = ()
    article: date = JUNE
    before: tuple[str, ...] = ()


def claim(kind: str, **slots: Any) -> dict[str, Any]:
    """Slots are compared by name; `value` is that of the amount, `since` that of the limit, `window` its name."""
    return {"kind": kind, **slots}


R2, SPX = "russell-2000", "sp-500"
