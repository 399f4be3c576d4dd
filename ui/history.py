"""The way back through pages, markets and moments."""

from typing import Generic, TypeVar

Place = TypeVar("Place")

_DEPTH = 100


class History(Generic[Place]):
    """Places in the order in which they were visited; a new visit cuts off what lay ahead."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def visit(self, place: Place) -> None:
        """Where a person is now; staying is no visit."""
        if self._at >= 0 and self._places[self._at] == place:
            return
        self._places[self._at + 1 :] = [place]
        del self._places[:-_DEPTH]
        self._at = len(self._places) - 1

    def back(self) -> Place | None:
        """The place before, None at the start."""
        return self._go(-1)

    def forward(self) -> Place | None:
        return self._go(1)

    def _go(self, by: int) -> Place | None:
        if not 0 <= self._at + by < len(self._places):
            return None
        self._at += by
        return self._places[self._at]
