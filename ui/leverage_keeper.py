"""Leverage by quarter, worked out and kept after accounts have come in; too long a sum for the time of a page."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from services.cancel import Cancel
from services.clock import Clock

if TYPE_CHECKING:
    from services.archive.archive import Archive
    from services.refresh import Outcome

SOURCE = "sec"


def brings_accounts(outcomes: "Iterable[Outcome]") -> bool:
    """Whether a refresh has brought accounts that change the leverage; not where it was cancelled."""
    return any(
        outcome.source == SOURCE and outcome.status != "cancelled" and (outcome.rows_new or outcome.rows_revised)
        for outcome in outcomes
    )


def keep_leverage(archive: "Archive", clock: Clock, cancel: Cancel) -> int:
    """Saves every measure by quarter; the number of series. Nothing is saved without holdings or accounts.

    Raises SourceError (CANCELLED) where it is told to stop; then the next accounts bring it again.
    """
    from models.formats import as_date
    from models.pages.leverage_history import observations
    from models.records import Batch, Provenance

    now = clock.now()
    series = observations(archive, now, cancel.check)
    if series:
        newest = max(as_date(one.date[-1]) for one in series)
        archive.save(Batch(Provenance(SOURCE, "leverage", "", now, newest), series))
    return len(series)
