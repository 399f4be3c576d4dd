"""Holdings made up for tests, and a reader that has just those."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

import numpy as np

from models.calendars import known_at
from models.names import Known
from models.records import Closes, Holding, Provenance, SectorWeights, Snapshot, SnapshotKey
from models.taxonomies import Taxonomy

DAY = date(2017, 6, 30)


def holding(
    ticker: str,
    value: float | None = 100.0,
    sector: str = "Financials",
    *,
    name: str = "",
    asset_class: str = "Equity",
    exchange: str = "NASDAQ",
    weight_pct: float | None = None,
) -> Holding:
    return Holding(
        ticker=ticker,
        name=name or f"{ticker} INC",
        sector=sector,
        asset_class=asset_class,
        exchange=exchange,
        market_value_usd=value,
        weight_pct=weight_pct,
        shares=10.0,
    )


def snapshot(*holdings: Holding, fund: str = "SML", as_of: date = DAY, taxonomy: Taxonomy = Taxonomy.GICS) -> Snapshot:
    return Snapshot(fund, as_of, taxonomy, holdings)


def by_sector(weights: Mapping[str, float], fund: str = "SML", as_of: date = DAY) -> Snapshot:
    """One holding a sector, with tickers that are unique to the fund."""
    lines = [holding(f"{fund}{n}", value, sector) for n, (sector, value) in enumerate(weights.items())]
    return snapshot(*lines, fund=fund, as_of=as_of)


class HoldingsReader:
    """The reads of holdings and closes of `models.reader.Reader`, from records in memory."""

    def __init__(self, *rows: Snapshot | SectorWeights, closes: Iterable[Closes] = ()) -> None:
        self._rows: dict[SnapshotKey, Snapshot | SectorWeights] = {}
        self._closes = {item.symbol: item for item in closes}
        for number, row in enumerate(rows):
            is_bare = isinstance(row, SectorWeights)
            key = SnapshotKey(row.fund, row.as_of, row.taxonomy, "ishares", number, is_bare)
            self._rows[key] = row
        self.lines_read = 0

    def snapshots(self, as_of: datetime, fund: str | None = None) -> tuple[SnapshotKey, ...]:
        keys = [
            key
            for key in self._rows
            if known_at(key.as_of, Known.NEXT_MORNING) <= as_of and (fund is None or key.fund == fund)
        ]
        return tuple(sorted(keys, key=lambda key: (key.fund, key.as_of)))

    def snapshot(self, key: SnapshotKey) -> Snapshot:
        self.lines_read += 1
        found = self._rows[key]
        assert isinstance(found, Snapshot)
        return found

    def sector_weights(self, key: SnapshotKey) -> SectorWeights:
        found = self._rows[key]
        assert isinstance(found, SectorWeights)
        return found

    def closes(self, symbol: str, as_of: datetime, kind: str = "price") -> Closes | None:
        return self._closes.get(symbol) if kind == "price" else None

    def provenance(self, batch: int) -> Provenance:
        return Provenance("ishares", f"file {batch}", f"https://example.org/{batch}", datetime(2026, 1, 1, tzinfo=UTC))


def closes(symbol: str, *pairs: tuple[str, float]) -> Closes:
    days = np.array([day for day, _ in pairs], dtype="M8[D]")
    return Closes(symbol, "sample", days, np.array([close for _, close in pairs]))
