"""The built-in sector weights: what each fund's file said of its sectors, computed by the app, without the holdings."""

from collections.abc import Sequence
from datetime import date, datetime

from models.pages.shelf import bare_weights
from models.reader import Reader
from models.records import SectorWeights

DATASET = "sector-weights"
FILE = "sectors.csv.gz"
CREDIT = (
    "Sector weights were computed by the app from the holdings that BlackRock (iShares, www.ishares.com) and State\n"
    "Street (www.ssga.com) publish for their funds. The holdings themselves are not included.\n"
)

_HEADER = ["fund", "as_of", "taxonomy", "companies", "note", "sector", "weight_pct"]


def weights(reader: Reader, as_of: datetime) -> tuple[SectorWeights, ...]:
    """Every file's weights known by a moment, in the file's own taxonomy."""
    return bare_weights(reader, as_of)


def write(rows: Sequence[SectorWeights]) -> list[list[str]]:
    """One line a fund, day, taxonomy and sector."""
    lines = [
        [of.fund, of.as_of.isoformat(), of.taxonomy, str(of.companies), of.note, sector, repr(weight_pct)]
        for of in rows
        for sector, weight_pct in of.weights_pct
    ]
    return [_HEADER, *lines]


def read(_dataset: str, cells: list[list[str]]) -> tuple[SectorWeights, ...]:
    found: dict[tuple[str, ...], list[tuple[str, float]]] = {}
    for *key, sector, weight_pct in cells[1:]:
        found.setdefault(tuple(key), []).append((sector, float(weight_pct)))
    return tuple(
        SectorWeights(fund, date.fromisoformat(as_of), taxonomy, tuple(pairs), int(companies), note)
        for (fund, as_of, taxonomy, companies, note), pairs in found.items()
    )
