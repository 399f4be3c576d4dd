"""What the archive knows about its sources."""

from datetime import date
from pathlib import Path

import pytest

from models.records import Provenance, Refusal, Saved, SourceStatus, Validator
from services.archive.archive import Archive
from services.archive.ledger import Refused
from services.archive.writes import LONGEST_CONTENT, REFUSED_KEPT
from services.errors import ArchiveError
from tests.services.archive.samples import LATER, TUESDAY, at, batch, opened, row

OI = "open_interest"
NOON = at("2017-06-17 12:00")
BAD = Refusal("23977A on 2017-06-13", "long positions do not add up to open interest", "23977A,2017-06-13,1,2")


def test_that_a_batch_can_be_asked_where_it_came_from(archive: Archive) -> None:
    sent = batch(row({OI: 1}), as_of=TUESDAY)
    archive.save(sent)
    assert archive.provenance(1) == sent.provenance
    with pytest.raises(LookupError):
        archive.provenance(2)


def test_that_a_status_adds_up_the_batches_of_its_dataset(archive: Archive) -> None:
    archive.save(batch(row({OI: 1}), as_of=date(2017, 6, 6), retrieved_at="2017-06-09 20:00"))
    archive.save(batch(retrieved_at="2017-06-16 20:00", as_of=TUESDAY))
    archive.save(batch(dataset="tff_futures", retrieved_at="2017-06-10 20:00"))
    assert archive.statuses() == (
        SourceStatus("cftc", "legacy_futures", TUESDAY, at("2017-06-16 20:00"), 1),
        SourceStatus("cftc", "tff_futures", None, at("2017-06-10 20:00"), 0),
    )


def test_that_a_failure_stands_until_it_is_cleared(place: Path) -> None:
    with opened(place, now=NOON) as archive:
        archive.note_failure("cftc", "legacy_futures", "The first sentence.")
        archive.note_failure("cftc", "legacy_futures", "The provider could not be reached.", "timed out")
        (status,) = archive.statuses()
        assert status.last_error == "The provider could not be reached."
        assert status.last_error_at is not None
        assert (status.last_error_at - NOON).total_seconds() < 60
        (entry,) = archive.log()
        assert (entry.message, entry.detail) == ("The provider could not be reached.", "timed out")
        archive.clear_failure("cftc", "legacy_futures")
        assert archive.statuses()[0].last_error == ""
        assert archive.log() == ()


def test_that_the_log_tells_what_each_batch_brought_newest_first(archive: Archive) -> None:
    archive.save(batch(row({OI: 1}), retrieved_at="2017-06-16 20:00", as_of=TUESDAY))
    archive.save(batch(row({OI: 2}), retrieved_at="2017-06-23 20:00", refused=[BAD]))
    told = [(entry.rows_new, entry.rows_revised, entry.rows_refused, entry.as_of) for entry in archive.log()]
    assert told == [(0, 1, 1, None), (1, 0, 0, TUESDAY)]
    assert len(archive.log(limit=1)) == 1


def test_that_what_was_refused_can_be_inspected_and_stands_there_once(archive: Archive) -> None:
    for day in ("2017-06-16", "2017-06-23"):
        saved = archive.save(batch(refused=[BAD], retrieved_at=f"{day} 20:00"))
        assert saved == Saved(rows_refused=1)
    archive.save(batch(refused=[Refusal("another", "reason", "x" * 10_000)], dataset="tff_futures"))
    newest, repeated = archive.quarantine()
    assert len(newest.content) == LONGEST_CONTENT
    assert repeated == Refused(
        BAD.what, BAD.reason, BAD.content, "cftc", "legacy_futures", at("2017-06-23 20:00")
    )  # fmt: skip


def test_that_the_quarantine_does_not_grow_without_end(archive: Archive) -> None:
    archive.save(batch(refused=[Refusal(str(n), "reason") for n in range(REFUSED_KEPT + 5)]))
    held = archive.quarantine(limit=2 * REFUSED_KEPT)
    assert len(held) == REFUSED_KEPT
    assert held[-1].what == "5"


def test_that_validators_come_with_their_rows_and_can_be_dropped_by_address(archive: Archive) -> None:
    api, file = (Validator(f"https://{host}.example/a_b%", '"1"', "Fri") for host in ("api", "file"))
    archive.save(batch(row({OI: 1}), validator=api))
    archive.save(batch(validator=file))
    newer = Validator(api.url, None, "Sat")
    archive.save(batch(validator=newer))
    assert archive.validator(api.url) == newer
    archive.drop_validators("https://api.example/a_b%")
    assert archive.validator(api.url) is None
    archive.drop_validators("https://file_example")
    assert archive.validator(file.url) == file


def test_that_a_batch_that_cannot_be_stored_whole_leaves_nothing(archive: Archive) -> None:
    bad = batch(row({OI: 1}), validator=Validator("https://api.example", object()))  # type: ignore[arg-type]
    with pytest.raises(Exception, match="type 'object' is not supported"):
        archive.save(bad)
    assert archive.validator("https://api.example") is None
    assert archive.log() == ()
    assert archive.contracts(LATER) == ()
    assert archive.save(batch(row({OI: 1}))) == Saved(rows_new=1)


def test_that_the_time_of_a_full_fetch_is_kept(archive: Archive) -> None:
    assert archive.last_full("cftc", "legacy_futures") is None
    archive.mark_full("cftc", "legacy_futures", NOON)
    archive.note_failure("cftc", "legacy_futures", "A sentence.")
    assert archive.last_full("cftc", "legacy_futures") == NOON
    assert archive.last_full("cftc", "tff_futures") is None


def test_that_an_archive_knows_its_size_and_can_shrink(archive: Archive) -> None:
    archive.save(batch(refused=[Refusal(str(n), "reason", "x" * 4_000) for n in range(500)]))
    full = archive.size_bytes()
    archive.save(batch(refused=[Refusal(str(n), "other") for n in range(REFUSED_KEPT)]))
    archive.vacuum()
    assert archive.size_bytes() < full


def test_that_provenance_keeps_the_moment_to_the_microsecond(archive: Archive) -> None:
    moment = at("2017-06-16 19:31:00.000001")
    archive.save(batch(retrieved_at=moment))
    assert archive.provenance(1) == Provenance(
        "cftc", "legacy_futures", "https://example.org/data", moment, None, "0" * 64
    )  # fmt: skip


def test_that_a_closed_archive_says_so(place: Path) -> None:
    with opened(place) as archive:
        pass
    with pytest.raises(ArchiveError, match="closed"):
        archive.statuses()
    with pytest.raises(ArchiveError, match="closed"):
        archive.save(batch())
    archive.close()
