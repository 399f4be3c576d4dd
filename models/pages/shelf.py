"""Holdings as pages read them: what is held by a moment, and the sector weights of each file.

A snapshot never changes once it is held, so what is worked out from one is kept. One shelf belongs to one
reader and is used by one thread at a time.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast
from weakref import WeakKeyDictionary, proxy

from models.calc.sectors import Classified, Equity, SectorMap, Weights, bare, classify, equity, sector_map
from models.funds import fund
from models.reader import Reader
from models.records import SectorWeights, SnapshotKey
from models.taxonomies import Taxonomy, View

END_OF_TIME = datetime(2199, 12, 31, tzinfo=UTC)
"""A moment by which everything held is known."""

_LINES_KEPT = 8
_MAPS_KEPT = 64


@dataclass(frozen=True)
class Held:
    """What is held of one fund on one day: its lines, or bare weights in one or more taxonomies, or both."""

    fund: str
    as_of: date
    lines: SnapshotKey | None
    bare: tuple[SnapshotKey, ...]

    @property
    def keys(self) -> tuple[SnapshotKey, ...]:
        return (self.lines, *self.bare) if self.lines else self.bare

    @property
    def taxonomy(self) -> Taxonomy:
        """The file's own."""
        return Taxonomy(self.keys[0].taxonomy)


class Shelf:
    """Reads through a `Reader` and keeps what it made of it."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._equities: OrderedDict[SnapshotKey, Equity] = OrderedDict()
        self._maps: OrderedDict[SnapshotKey, SectorMap | None] = OrderedDict()
        self._weights: dict[tuple[SnapshotKey, View], Weights] = {}

    def held(self, moment: datetime) -> tuple[Held, ...]:
        """What was known by a moment, sorted by fund and day."""
        groups: dict[tuple[str, date], list[SnapshotKey]] = {}
        for key in self.reader.snapshots(moment):
            groups.setdefault((key.fund, key.as_of), []).append(key)
        return tuple(
            Held(
                fund,
                as_of,
                next((key for key in keys if not key.is_weights_only), None),
                tuple(key for key in keys if key.is_weights_only),
            )
            for (fund, as_of), keys in sorted(groups.items())
        )

    def equity(self, key: SnapshotKey) -> Equity:
        if key not in self._equities:
            snapshot = self.reader.snapshot(key)
            self._equities[key] = equity(snapshot)
            self._maps[key] = sector_map(snapshot)
        self._equities.move_to_end(key)
        while len(self._equities) > _LINES_KEPT:
            self._equities.popitem(last=False)
        return self._equities[key]

    def nearest_maps(self, day: date, known: Sequence[Held]) -> Iterator[SectorMap]:
        """The files of these that have GICS sectors line by line, the nearest in time first (ties: the earlier)."""
        keys = [h.lines for h in known if h.lines is not None and h.lines.taxonomy == Taxonomy.GICS]
        for key in sorted(keys, key=lambda key: (abs((key.as_of - day).days), key.as_of, key.fund)):
            if key not in self._maps:
                self._maps[key] = sector_map(self.reader.snapshot(key))
            self._maps.move_to_end(key)
            while len(self._maps) > _MAPS_KEPT:
                self._maps.popitem(last=False)
            found = self._maps.get(key)
            if found is not None:
                yield found

    def classified(self, key: SnapshotKey, view: View, known: Sequence[Held]) -> Classified:
        """The lines of a file in a view; sectors by ticker come only from files that are `known`."""
        return classify(self.equity(key), view, self.nearest_maps(key.as_of, known))

    def weights(self, of: Held, view: View, known: Sequence[Held]) -> Weights | None:
        """The sector weights of what is held; None where nothing of it can be shown in this view."""
        if of.lines is not None:
            if (of.lines, view) in self._weights:
                return self._weights[of.lines, view]
            made = self.classified(of.lines, view, known).weights
            if not made.is_estimate:  # else it depends on what else is known
                self._weights[of.lines, view] = made
            return made
        found = (bare(self.reader.sector_weights(key), view) for key in of.bare)
        return next((weights for weights in found if weights is not None), None)


_shelves: WeakKeyDictionary[Reader, Shelf] = WeakKeyDictionary()


def shelf_of(reader: Reader) -> Shelf:
    """The shelf that is kept for a reader as long as there is one."""
    if reader not in _shelves:
        # The shelf looks through a weak proxy, or it would keep its own key alive.
        _shelves[reader] = Shelf(cast(Reader, proxy(reader)))
    return _shelves[reader]


PROVIDERS = {"ishares": "iShares", "ssga": "State Street", "vanguard": "Vanguard"}


def bare_weights(reader: Reader, moment: datetime) -> tuple[SectorWeights, ...]:
    """What is known of sector weights without any holding: of files with sectors of their own, and what is bare."""
    shelf = Shelf(reader)
    made = []
    for held in shelf.held(moment):
        if held.lines is None:
            made += [reader.sector_weights(key) for key in held.bare]
        elif held.taxonomy not in (Taxonomy.NONE, Taxonomy.OTHER):
            weights = shelf.classified(held.lines, View.PROVIDER, ()).weights
            pairs = tuple((name, round(pct, 4)) for name, pct in weights.by_sector.items())
            owner = PROVIDERS.get(fund(held.fund).provider, "the fund's own")
            note = (
                f"Weights of {held.fund} were computed by the app from {owner} holdings; the holdings are not included."
            )
            made.append(SectorWeights(held.fund, held.as_of, held.taxonomy, pairs, weights.companies, note))
    return tuple(made)


@dataclass(frozen=True)
class Pick:
    """The file that stands for a fund; `is_later` where it was not known yet at the page's moment."""

    held: Held
    is_later: bool = False


def pick(known: Sequence[Held], later: Sequence[Held], funds: Sequence[str], day: date | None = None) -> Pick | None:
    """The newest known file of the first fund; else of the others; else the nearest of those that are `later`.

    `funds` are the one asked for and those that stand for the same index. With `day` only files of that day.
    """

    def of(held: Sequence[Held], names: Sequence[str]) -> list[Held]:
        return [h for h in held if h.fund in names and (day is None or h.as_of == day)]

    for names in (funds[:1], funds[1:]):
        if found := of(known, names):
            return Pick(max(found, key=lambda h: (h.as_of, -funds.index(h.fund))))
    if found := [h for h in of(later, funds) if h not in known]:
        return Pick(min(found, key=lambda h: (h.as_of, funds.index(h.fund))), is_later=True)
    return None
