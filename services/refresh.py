"""Brings sources up to date: plain blocking calls, one source after another, batches saved as they come."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from models.formats import day as day_text
from models.formats import eastern, plural
from models.records import Batch, Saved, SourceStatus
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.errors import ArchiveError, ErrorKind, SourceError
from services.http import Http
from services.sources.source import Complete, Delivery, Failed, Progress, Source, Unchanged, Wish


class Status(StrEnum):
    """What became of a source; `PARTLY` where some of its datasets failed or lack something."""

    CURRENT = "current"
    UPDATED = "updated"
    PARTLY = "partly"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Outcome:
    """The result for one source. `as_of` is the newest date held of it, `message` plain sentences for people.

    `failed` names the datasets that could not be brought up to date.
    """

    source: str
    status: Status
    rows_new: int
    rows_revised: int
    rows_refused: int
    as_of: date | None
    message: str
    failed: tuple[str, ...] = ()


def refresh(
    sources: Iterable[Source],
    archive: Archive,
    http: Http,
    wish: Wish,
    clock: Clock,
    cancel: Cancel,
    on_progress: Callable[[Progress], None],
) -> tuple[Outcome, ...]:
    """Asks each source and saves what it delivers; one outcome a source, in their order.

    What failed is noted in the archive beside the figures, which stay as they were. After a cancel the rest is not
    asked. Whether hosts that failed before may be asked again is the caller's decision
    (`Http.forget_failures`). Raises InputError where the wish names what a source does not know.
    """
    return tuple(_refreshed(source, archive, http, wish, clock, cancel, on_progress) for source in sources)


def stand_ins(outcomes: Iterable[Outcome], off: Container[str]) -> tuple[tuple[Source, tuple[str, ...]], ...]:
    """Who is asked for what another source could not bring, with the datasets in question; those in `off` are not."""
    from services.sources.registry import STAND_INS

    asked = [
        (source, tuple(name for name in outcome.failed if name in source.datasets))
        for outcome in outcomes
        if (source := STAND_INS.get(outcome.source)) is not None and source.name not in off
    ]
    return tuple((source, names) for source, names in asked if names)


def due_sources(sources: Iterable[Source], archive: Archive, now: datetime) -> tuple[Source, ...]:
    """The sources that want to be asked by now, in their order."""
    return tuple(source for source in sources if (due := source.due(archive, now)) is not None and due <= now)


def next_due(sources: Iterable[Source], archive: Archive, now: datetime) -> datetime | None:
    """When the first of the sources wants to be asked; None where none of them does by itself."""
    return min((due for source in sources if (due := source.due(archive, now)) is not None), default=None)


def _refreshed(
    source: Source,
    archive: Archive,
    http: Http,
    wish: Wish,
    clock: Clock,
    cancel: Cancel,
    on_progress: Callable[[Progress], None],
) -> Outcome:
    tally = _Tally(source, archive, clock)
    if source.terms.needs_consent and source.name not in wish.accepted_terms:
        return tally.outcome(Status.SKIPPED, "Its terms have not been accepted, so it was not asked.")
    try:
        cancel.check()
        for delivery in source.deliver(http, archive, wish, clock.now(), cancel, on_progress):
            tally.take(delivery)
            cancel.check()
    except SourceError as error:
        if error.kind is ErrorKind.CANCELLED:
            return tally.outcome(Status.CANCELLED, f"{error.sentence} What had arrived before is kept.")
        tally.take(Failed(source.name, error, source.title))
    except ArchiveError as error:
        saved = tally.saved
        return Outcome(
            source.name, Status.FAILED, saved.rows_new, saved.rows_revised, saved.rows_refused, None, str(error)
        )
    return tally.outcome(tally.status(), *tally.sentences())


_NAMED = 3


@dataclass
class _Tally:
    """What a source has delivered so far, and what became of it."""

    source: Source
    archive: Archive
    clock: Clock
    saved: Saved = field(default_factory=Saved)
    good: set[str] = field(default_factory=set)
    failures: list[Failed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    reasons: dict[str, None] = field(default_factory=dict)

    def take(self, delivery: Delivery) -> None:
        match delivery:
            case Batch():
                self.saved += self.archive.save(delivery)
                self.reasons |= dict.fromkeys(refusal.reason for refusal in delivery.refused)
                if delivery.rows:
                    self._done(delivery.provenance.dataset)
            case Complete():
                if delivery.is_full:
                    self.archive.mark_full(self.source.name, delivery.dataset, self.clock.now())
                self._done(delivery.dataset)
                if delivery.note:
                    self.notes.append(delivery.note)
                    self.archive.note_failure(self.source.name, delivery.dataset, delivery.note)
            case Unchanged():
                self._done(delivery.dataset)
            case Failed():
                self.failures.append(delivery)
                error = delivery.error
                detail = f"{error} {error.url}".strip()
                self.archive.note_failure(self.source.name, delivery.dataset, error.sentence, detail)

    def _done(self, dataset: str) -> None:
        if dataset not in self.good:
            self.good.add(dataset)
            self.archive.clear_failure(self.source.name, dataset)

    def status(self) -> Status:
        failed = {failure.dataset for failure in self.failures}
        if failed and not self.good - failed:
            return Status.FAILED
        if failed or self.notes:
            return Status.PARTLY
        return Status.UPDATED if self.saved.rows_new or self.saved.rows_revised else Status.CURRENT

    def sentences(self) -> Sequence[str]:
        statuses = {status.dataset: status for status in self._statuses()}
        titles: dict[str, list[str]] = {}
        for failure in self.failures:
            titles.setdefault(_failure(failure, statuses.get(failure.dataset)), []).append(
                failure.title or failure.dataset
            )
        said = [f"{_listed(failed)}: {words}" for words, failed in titles.items()]
        said += self.notes
        if self.saved.rows_refused:
            reasons = "; ".join(self.reasons)
            said.append(f"Kept out: {plural(self.saved.rows_refused, 'row')} ({reasons}).")
        changes = [plural(self.saved.rows_new, "new row")] if self.saved.rows_new else []
        changes += [plural(self.saved.rows_revised, "revised row")] if self.saved.rows_revised else []
        if changes:
            said.append(f"{' and '.join(changes)}.")
        elif not said:
            said.append("Nothing new.")
        return said

    def outcome(self, status: Status, *sentences: str) -> Outcome:
        saved = self.saved
        as_of = max((status.as_of for status in self._statuses() if status.as_of is not None), default=None)
        counts = (saved.rows_new, saved.rows_revised, saved.rows_refused)
        failed = tuple(dict.fromkeys(failure.dataset for failure in self.failures))
        return Outcome(self.source.name, status, *counts, as_of, " ".join(sentences), failed)

    def _statuses(self) -> list[SourceStatus]:
        return [status for status in self.archive.statuses() if status.source == self.source.name]


def _listed(titles: Sequence[str]) -> str:
    """`Russell 2000; S&P 500; Nasdaq-100 and 30 others`: what failed for one reason. Titles may hold commas."""
    if len(titles) <= _NAMED + 1:
        return "; ".join(titles)
    return f"{'; '.join(titles[:_NAMED])} and {len(titles) - _NAMED} others"


def _failure(failure: Failed, status: SourceStatus | None) -> str:
    """What went wrong, when it may be tried again, and what is still shown."""
    error = failure.error
    said = error.sentence
    if error.retry_at is not None:
        said += f" It may be asked again after {eastern(error.retry_at)}."
    if status is None or status.as_of is None:
        return f"{said} None of it is held yet."
    return f"{said} The figures held, to {day_text(status.as_of)}, stay."
