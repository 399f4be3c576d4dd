"""What is held, in memory: enough of a Reader for the Market page, as of a moment like the archive."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import numpy as np

from models.calendars import known_until
from models.names import Known
from models.reader import Reader
from models.records import Closes, Observations


class _InMemory:
    def __init__(self, closes: Sequence[Closes], series: Sequence[Observations], totals: Sequence[Closes]) -> None:
        self._closes = {("price", c.symbol): c for c in closes} | {("total", c.symbol): c for c in totals}
        self._series = {one.series: one for one in series}

    def closes(self, symbol: str, as_of: datetime, kind: str = "price") -> Closes | None:
        found = self._closes.get((kind, symbol))
        if found is None:
            return None
        kept = found.date <= np.datetime64(known_until(as_of, Known.EXCHANGE_CLOSE))
        return Closes(symbol, found.source, found.date[kept], found.close[kept]) if kept.any() else None

    def observations(self, series: str, as_of: datetime) -> Observations | None:
        found = self._series.get(series)
        if found is None:
            return None
        kept = found.date <= np.datetime64(known_until(as_of, found.known))
        return Observations(series, found.date[kept], found.value[kept], found.known) if kept.any() else None

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"the Market page does not ask for {name}")


def in_memory(
    closes: Sequence[Closes] = (), series: Sequence[Observations] = (), totals: Sequence[Closes] = ()
) -> Reader:
    return cast(Reader, _InMemory(closes, series, totals))
