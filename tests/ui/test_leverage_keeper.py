"""Leverage by quarter: kept after accounts have come in, and read back as the history of a page."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models.names import Verdict
from models.pages.choice import Choice
from models.pages.leverage import build
from models.pages.leverage_history import observations, quarter_ends, series_name, stored
from models.records import Batch, Fact, Holding, Provenance, Snapshot
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.errors import ErrorKind, SourceError
from services.refresh import Outcome, Status
from ui.leverage_keeper import brings_accounts, keep_leverage

NOW = datetime(2026, 6, 10, 16, tzinfo=UTC)
FUND = Snapshot(
    "IWM",
    date(2026, 5, 29),
    "gics",
    (Holding("AAA", "AAA", "Industrials", "Equity", market_value_usd=100.0, weight_pct=100.0, shares=10.0),),
)


def accounts_of(year: int, debt: float) -> list[Fact]:
    """A year's balance and EBITDA, filed the March after; debt rises by the year."""
    end, filed = date(year, 12, 31), date(year + 1, 3, 1)
    return [
        Fact("AAA", "ebitda", date(year, 1, 1), end, 100.0, filed),
        Fact("AAA", "debt", None, end, debt, filed),
        Fact("AAA", "cash", None, end, 50.0, filed),
    ]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = Archive.open(tmp_path / "archive.sqlite", Clock(NOW))
    facts = [fact for n, year in enumerate(range(2010, 2026)) for fact in accounts_of(year, 250.0 + 10 * n)]
    for source, rows in (("ishares", FUND), ("sec", tuple(facts))):
        made.save(Batch(Provenance(source, "rows", "", NOW, FUND.as_of), (rows,)))
    yield made
    made.close()


def test_that_every_settled_quarter_since_2009_is_worked_out() -> None:
    ends = quarter_ends(date(2026, 6, 10))
    assert (ends[0], ends[-1]) == (date(2009, 3, 31), date(2025, 12, 31))  # March 2026 is not filed yet
    assert len(ends) == 68


def test_that_quarters_are_kept_and_ranked_against(archive: Archive) -> None:
    assert keep_leverage(archive, Clock(NOW), Cancel()) == 5
    kept = stored(archive, "IWM", "net", datetime(2026, 6, 12, tzinfo=UTC))
    assert kept[0] == (date(2010, 12, 31), 2.0) and kept[-1] == (date(2025, 12, 31), 3.5)
    page = build(archive, Choice(datetime(2026, 6, 12, tzinfo=UTC)))
    row = page.rows[0]
    assert (row.level, row.percentile, row.since) == (3.5, 100.0, date(2010, 12, 31))
    assert len(page.small.history["net"]) == len(kept) > 40 if page.small else False


def test_that_a_second_time_changes_nothing(archive: Archive) -> None:
    keep_leverage(archive, Clock(NOW), Cancel())
    before = stored(archive, "IWM", "net", NOW)
    keep_leverage(archive, Clock(NOW), Cancel())
    assert stored(archive, "IWM", "net", NOW) == before


def test_that_a_rewound_page_sees_no_quarter_before_its_accounts_were_filed(archive: Archive) -> None:
    keep_leverage(archive, Clock(NOW), Cancel())
    kept = stored(archive, "IWM", "net", datetime(2020, 2, 1, tzinfo=UTC))
    assert kept[-1][0] == date(2019, 9, 30)


def test_that_the_statement_says_level_rank_and_where_the_sample_starts(archive: Archive) -> None:
    keep_leverage(archive, Clock(NOW), Cancel())
    made = build(archive, Choice(datetime(2026, 6, 12, tzinfo=UTC))).statement
    assert made is not None and made.verdict is Verdict.TRUE and made.kind == "leverage"
    assert made.sentence == (
        "Net debt of IWM's companies is 3.5 times EBITDA (11 Jun 2026);"
        " 100th percentile since 2010, and nothing is filed from before 2009."
    )


def test_that_without_accounts_nothing_is_kept(tmp_path: Path) -> None:
    empty = Archive.open(tmp_path / "empty.sqlite", Clock(NOW))
    assert keep_leverage(empty, Clock(NOW), Cancel()) == 0 and observations(empty, NOW) == ()
    assert empty.observations(series_name("IWM", "net"), NOW) is None
    empty.close()


def test_that_only_new_accounts_ask_for_it() -> None:
    def outcome(source: str, rows: int) -> Outcome:
        return Outcome(source, Status.UPDATED, rows, 0, 0, None, "")

    assert brings_accounts([outcome("cftc", 5), outcome("sec", 1)])
    assert not brings_accounts([outcome("cftc", 5), outcome("sec", 0)])


def test_that_a_cancelled_sum_keeps_nothing(archive: Archive) -> None:
    cancel = Cancel()
    cancel.cancel()
    with pytest.raises(SourceError) as raised:
        keep_leverage(archive, Clock(NOW), cancel)
    assert raised.value.kind is ErrorKind.CANCELLED
    assert archive.observations(series_name("IWM", "net"), NOW) is None
