"""A source against a server on this machine and a real archive: what it delivers is saved as it comes."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from models.records import Batch, Observations
from services.archive.archive import Archive
from services.cancel import Cancel
from services.http import Http
from services.sources.source import Complete, Delivery, Failed, Source, Unchanged, Wish

NOW = datetime(2026, 9, 25, 23, tzinfo=UTC)
"""A Friday, 19:00 in New York."""


@dataclass
class Desk:
    """What a refresh needs, and what it left."""

    http: Http
    archive: Archive
    deliveries: list[Delivery] = field(default_factory=list)

    def deliver(self, source: Source, now: datetime = NOW, wish: Wish | None = None) -> list[Delivery]:
        """Everything a source delivers, batches saved."""
        made = []
        for delivery in source.deliver(self.http, self.archive, wish or Wish(), now, Cancel(), lambda progress: None):
            if isinstance(delivery, Batch):
                self.archive.save(delivery)
            made.append(delivery)
        self.deliveries += made
        return made

    def values(self, series: str, now: datetime = NOW) -> dict[date, float]:
        found = self.archive.observations(series, now)
        return {} if found is None else as_dict(found)


def as_dict(of: Observations) -> dict[date, float]:
    return dict(zip(of.date.tolist(), of.value.tolist(), strict=True))


def kinds(deliveries: list[Delivery]) -> list[str]:
    """`saved`, `unchanged`, `complete` or the kind of a failure, a delivery each."""
    words = []
    for delivery in deliveries:
        match delivery:
            case Batch():
                words.append("saved")
            case Unchanged():
                words.append("unchanged")
            case Complete():
                words.append("complete")
            case Failed():
                words.append(delivery.error.kind.value)
    return words
