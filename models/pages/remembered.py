"""A reader that asks the archive for each series of closes once, for pages that are built from several others."""

from datetime import datetime
from typing import Any, cast

from models.reader import Reader
from models.records import Closes


class _Remembered:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._closes: dict[tuple[str, datetime, str], Closes | None] = {}

    def closes(self, symbol: str, as_of: datetime, kind: str = "price") -> Closes | None:
        key = (symbol, as_of, kind)
        if key not in self._closes:
            self._closes[key] = self._reader.closes(symbol, as_of, kind)
        return self._closes[key]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reader, name)


def remembered(reader: Reader) -> Reader:
    """The same reader for the time of one build; frames once read are never written again."""
    return cast(Reader, _Remembered(reader))
