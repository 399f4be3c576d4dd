"""What a refresh makes of what sources deliver, in a real archive."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from models.records import Batch, Provenance, Refusal
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind, SourceError
from services.http import Http
from services.refresh import Outcome, Status, due_sources, next_due, refresh
from services.sources.source import Complete, Delivery, Failed, Held, Progress, Question, Terms, Unchanged, Wish
from services.starter import tables
from tests.services.archive.samples import observations, opened

NOW = datetime(2026, 9, 25, 23, tzinfo=UTC)
NEWEST = date(2026, 9, 24)


@dataclass
class Scripted:
    """A source that delivers what it is given; an error in the list is raised."""

    script: list[Delivery | SourceError]
    name: str = "scripted"
    title: str = "Scripted"
    feeds: tuple[str, ...] = ()
    terms: Terms = field(default_factory=lambda: Terms("nobody", "", ""))
    is_default: bool = True
    datasets: tuple[str, ...] = ()
    due_at: datetime | None = None

    def deliver(
        self, http: Http, held: Held, wish: Wish, now: datetime, cancel: Cancel, progress: Callable[[Progress], None]
    ) -> Iterator[Delivery]:
        for each in self.script:
            progress(Progress(self.name, "at work"))
            if isinstance(each, SourceError):
                raise each
            yield each

    def due(self, held: Held, now: datetime) -> datetime | None:
        return self.due_at

    def questions(self, http: Http, cancel: Cancel) -> Iterator[Question]:
        yield from ()


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with opened(tmp_path / "archive.sqlite") as made:
        yield made


def batch(dataset: str, *refused: Refusal, source: str = "scripted") -> Batch:
    rows = observations(f"{source}:{dataset}", {"2026-09-23": 1.0, str(NEWEST): 2.0})
    return Batch(Provenance(source, dataset, "https://example.org", NOW, NEWEST), (rows,), refused)


def run(
    archive: Archive, *sources: Scripted, wish: Wish | None = None, cancel: Cancel | None = None
) -> tuple[Outcome, ...]:
    clock = Clock(NOW)
    http = Http(clock)
    try:
        return refresh(sources, archive, http, wish or Wish(), clock, cancel or Cancel(), lambda progress: None)
    finally:
        http.close()


def failed(
    dataset: str, kind: ErrorKind = ErrorKind.SERVER, title: str = "", retry_at: datetime | None = None
) -> Failed:
    return Failed(dataset, SourceError(kind, "detail", url="https://example.org/x", retry_at=retry_at), title)


def test_that_new_rows_are_an_update_and_known_ones_none(archive: Archive) -> None:
    source = Scripted([batch("a"), Complete("a", is_full=True)])
    assert run(archive, source) == (Outcome("scripted", Status.UPDATED, 2, 0, 0, NEWEST, "2 new rows."),)
    assert run(archive, source) == (Outcome("scripted", Status.CURRENT, 0, 0, 0, NEWEST, "Nothing new."),)
    full_at = archive.last_full("scripted", "a")
    assert full_at is not None and full_at - NOW < timedelta(minutes=1)


def test_that_a_failure_beside_a_success_is_partly_and_is_noted(archive: Archive) -> None:
    (outcome,) = run(archive, Scripted([batch("a"), failed("b", title="The b series")]))
    assert outcome.status is Status.PARTLY
    said = "The b series: The provider reports a fault of its own. None of it is held yet. 2 new rows."
    assert outcome.message == said
    (noted,) = [status for status in archive.statuses() if status.dataset == "b"]
    assert noted.last_error == "The provider reports a fault of its own."


def test_that_a_failure_says_what_is_still_shown_and_when_to_ask_again(archive: Archive) -> None:
    run(archive, Scripted([batch("a")]))
    retry_at = NOW + timedelta(minutes=15)
    (outcome,) = run(archive, Scripted([failed("a", ErrorKind.RATE_LIMITED, retry_at=retry_at)]))
    assert outcome.status is Status.FAILED
    assert outcome.message == (
        "a: The provider asks for fewer requests. It may be asked again after 25 Sep 2026, 19:15 ET."
        " The figures held, to 24 Sep 2026, stay."
    )


def test_that_one_reason_for_many_failures_is_said_once(archive: Archive) -> None:
    (outcome,) = run(archive, Scripted([failed(name, ErrorKind.RATE_LIMITED) for name in "abcdef"]))
    assert outcome.message.startswith("a; b; c and 3 others: ") and outcome.message.count("None of it is held") == 1
    (two,) = run(archive, Scripted([failed("a"), failed("b", ErrorKind.NOT_FOUND)]))
    assert two.message.count("None of it is held") == 2


@pytest.mark.parametrize("mended", [batch("a"), Complete("a"), Unchanged("a")])
def test_that_the_next_success_mends_a_failure(archive: Archive, mended: Delivery) -> None:
    run(archive, Scripted([failed("a")]))
    run(archive, Scripted([mended]))
    assert not [status for status in archive.statuses() if status.last_error]


def test_that_a_note_makes_it_partly(archive: Archive) -> None:
    (outcome,) = run(archive, Scripted([batch("a"), Complete("a", note="The year 2018 is not there.")]))
    assert (outcome.status, outcome.message) == (Status.PARTLY, "The year 2018 is not there. 2 new rows.")
    assert [status.last_error for status in archive.statuses()] == ["The year 2018 is not there."]


def test_that_what_was_kept_out_is_counted_with_its_reasons(archive: Archive) -> None:
    refused = [Refusal("row 1", "too large"), Refusal("row 2", "too large"), Refusal("row 3", "too small")]
    (outcome,) = run(archive, Scripted([batch("a", *refused)]))
    assert (outcome.status, outcome.rows_refused) == (Status.UPDATED, 3)
    assert outcome.message == "Kept out: 3 rows (too large; too small). 2 new rows."


def test_that_what_was_set_aside_whole_does_not_count_as_a_success(archive: Archive) -> None:
    aside = Batch(Provenance("scripted", "a", "", NOW), (), (Refusal("a: 9 rows", "too large"),))
    (outcome,) = run(archive, Scripted([aside, failed("a", ErrorKind.IMPLAUSIBLE)]))
    assert outcome.status is Status.FAILED


def test_that_a_source_whose_terms_were_not_accepted_is_not_asked(archive: Archive) -> None:
    source = Scripted([SourceError(ErrorKind.SERVER)], terms=Terms("somebody", "", "", needs_consent=True))
    (outcome,) = run(archive, source)
    assert outcome.status is Status.SKIPPED
    (outcome,) = run(archive, source, wish=Wish(accepted_terms=frozenset({"scripted"})))
    assert outcome.status is Status.FAILED


def test_that_an_error_that_is_raised_does_not_reach_the_other_sources(archive: Archive) -> None:
    first = Scripted([batch("a"), SourceError(ErrorKind.BAD_CONTENT)])
    second = Scripted([batch("b", source="other")], name="other")
    outcomes = run(archive, first, second)
    assert [outcome.status for outcome in outcomes] == [Status.PARTLY, Status.UPDATED]


def test_that_a_cancel_keeps_what_had_arrived_and_asks_nobody_else(archive: Archive) -> None:
    first = Scripted([batch("a"), SourceError(ErrorKind.CANCELLED)])
    outcomes = run(archive, first)
    assert [(outcome.status, outcome.rows_new) for outcome in outcomes] == [(Status.CANCELLED, 2)]
    cancel = Cancel()
    cancel.cancel()
    outcomes = run(archive, Scripted([batch("b")]), Scripted([batch("c")]), cancel=cancel)
    assert [(outcome.status, outcome.rows_new) for outcome in outcomes] == [(Status.CANCELLED, 0)] * 2
    assert not [status for status in archive.statuses() if status.last_error]


def test_that_an_archive_that_cannot_be_written_is_said(archive: Archive) -> None:
    archive.close()
    (outcome,) = run(archive, Scripted([batch("a")]))
    assert (outcome.status, outcome.message) == (Status.FAILED, "The archive has been closed.")


def test_that_sources_are_due_by_their_own_word(archive: Archive) -> None:
    sources = [Scripted([], due_at=due) for due in (NOW, NOW + timedelta(hours=1), None, NOW - timedelta(days=1))]
    assert due_sources(sources, archive, NOW) == (sources[0], sources[3])
    assert next_due(sources[1:3], archive, NOW) == NOW + timedelta(hours=1)
    assert next_due(sources[2:3], archive, NOW) is None
