"""The CFTC's reports from end to end: real requests to a server on this machine, a real archive."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from models.names import Report
from models.records import Batch, Positions, Provenance
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.errors import InputError
from services.http import Http
from services.refresh import Outcome, Status, due_sources, refresh
from services.sources import cftc_api, cftc_delivery
from services.sources.cftc import CftcSource, wanted_codes
from services.sources.cftc_api import Api
from services.sources.cftc_fields import CODE as CODE_COLUMN
from services.sources.cftc_fields import DATASET_IDS, DATE, NAME, documented
from services.sources.source import Progress, Wish
from services.starter import tables
from tests.services.archive.samples import opened
from tests.services.sources.socrata import Socrata, file_of, row, rows_of, tuesdays

API, FILES = "publicreporting.cftc.gov", "www.cftc.gov"
NEWEST = date(2024, 6, 4)
NOW = datetime(2024, 6, 8, 12, tzinfo=UTC)
FINANCIAL = ("096742", "092741", "095741", "112741", "102741", "122741", "020601", "020604", "042601", "044601")
PHYSICAL = ("002602", "085692", "084691", "083731", "073732", "033661", "040701", "057642", "054642", "080732")
CODES = {report: PHYSICAL if report.family == "disagg" else (*FINANCIAL, "085692") for report in Report}
CODES |= {report: FINANCIAL for report in Report if report.family == "tff"}
COUNT = 30
TFF = Report.TFF_FUTURES
CODE = FINANCIAL[0]
ALL = sum(map(len, CODES.values()))


@dataclass
class Desk:
    """The hosts, an archive, and a way to refresh the one from the other."""

    hosts: Socrata
    archive: Archive
    source: CftcSource

    def refresh(self, wish: Wish | None = None, now: datetime = NOW, cancel: Cancel | None = None) -> Outcome:
        """One refresh; the requests that it makes are then in `hosts.asked`."""
        self.hosts.asked.clear()
        clock = Clock(now)
        with contextlib.closing(Http(clock, mirror=self.hosts.mirror, backoff_s=0.01)) as http:
            (outcome,) = refresh(
                [self.source], self.archive, http, wish or Wish(), clock, cancel or Cancel(), lambda progress: None
            )
        return outcome

    def rows(self, report: Report = TFF, now: datetime = NOW) -> int:
        return len(self.archive.latest_positions(report, now, 1_000))

    def figure(self, figure: str, day: date, report: Report = TFF, code: str = CODE, now: datetime = NOW) -> float:
        found = self.archive.positions(report, [code], now)
        return float(found.values[figure][found.date == np.datetime64(day)][0])

    def a_week_later(self, version: int = 0) -> date:
        """Publishes one report more."""
        day = NEWEST + timedelta(days=7)
        for report, codes in CODES.items():
            self.hosts.rows[report] += [row(report, code, day, version=version) for code in codes]
        return day


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with Socrata() as hosts, opened(tmp_path / "archive.sqlite") as archive:
        for report, codes in CODES.items():
            hosts.rows[report] = rows_of(report, codes, tuesdays(NEWEST, COUNT))
        yield Desk(hosts, archive, CftcSource())


LATER = NOW + timedelta(days=7)


# What is asked for, and when


def test_that_a_first_refresh_brings_every_report_whole(desk: Desk) -> None:
    outcome = desk.refresh()
    assert outcome.status is Status.UPDATED
    assert (outcome.rows_new, outcome.as_of) == (ALL * COUNT, NEWEST)
    assert outcome.message == f"{ALL * COUNT:,} new rows."
    for report, codes in CODES.items():
        assert desk.rows(report) == len(codes) * COUNT
        assert desk.archive.last_full("cftc", report.value) is not None


def test_that_what_is_stored_is_what_was_sent(desk: Desk) -> None:
    desk.refresh()
    for report, codes in CODES.items():
        found = desk.archive.positions(report, codes, NOW)
        sent = {(one[CODE_COLUMN], one[DATE][:10]): one for one in desk.hosts.rows[report]}
        names = documented(report.family)
        for n in range(len(found)):
            one = sent.pop((str(found.code[n]), str(found.date[n])))
            assert found.name[n] == one[NAME]
            assert {figure: found.values[figure][n] for figure in names} == {
                figure: float(one[column]) for figure, column in names.items()
            }
        assert not sent


def test_that_a_second_refresh_asks_one_question_a_report_and_changes_nothing(desk: Desk) -> None:
    desk.refresh()
    outcome = desk.refresh()
    assert (outcome.status, outcome.message) == (Status.CURRENT, "Nothing new.")
    assert [status for _, _, status in desk.hosts.asked] == [304] * len(Report)


def test_that_a_new_report_comes_with_the_eight_before_it(desk: Desk) -> None:
    desk.refresh()
    day = desk.a_week_later()
    corrected, too_old = NEWEST - timedelta(days=49), NEWEST - timedelta(days=56)
    for changed in (corrected, too_old):
        desk.hosts.replace(TFF, CODE, changed, row(TFF, CODE, changed, version=1))
    before = desk.figure("dealer_long", corrected)
    after = float(row(TFF, CODE, corrected, version=1)["dealer_positions_long_all"])
    outcome = desk.refresh(now=LATER)
    assert (outcome.rows_new, outcome.rows_revised, outcome.as_of) == (ALL, 1, day)
    assert len(desk.hosts.pages()) == len(Report)
    soon = LATER + timedelta(hours=1)
    assert desk.figure("dealer_long", corrected, now=soon) == after
    assert desk.figure("dealer_long", corrected, now=NOW) == before
    assert desk.figure("dealer_long", too_old, now=soon) == desk.figure("dealer_long", too_old, now=NOW)


def test_that_once_a_month_everything_is_asked_for_again(desk: Desk) -> None:
    desk.refresh()
    desk.refresh(now=NOW + timedelta(days=29))
    assert not desk.hosts.pages()
    desk.refresh(now=NOW + timedelta(days=31))
    assert len(desk.hosts.pages()) == len(Report)
    assert not any(">=" in query["$where"] for query in desk.hosts.pages())
    desk.refresh(now=NOW + timedelta(days=32))
    assert not desk.hosts.pages()


def test_that_full_asks_for_everything_at_once(desk: Desk) -> None:
    desk.refresh()
    assert desk.refresh(Wish(full=True)).status is Status.CURRENT
    assert len(desk.hosts.pages()) == len(Report)


def test_that_a_market_is_asked_for_in_the_reports_that_suit_it(desk: Desk) -> None:
    assert desk.refresh(Wish(markets=("copper",))).rows_new == 4 * COUNT
    suiting = {f"{DATASET_IDS[report]}.csv" for report in Report if report.family != "tff"}
    assert {what for what, _, _ in desk.hosts.asked} == suiting
    assert all("in ('085692')" in query["$where"] for _, query, _ in desk.hosts.asked)


def test_that_a_market_brought_alone_does_not_pass_for_the_whole_catalogue(desk: Desk) -> None:
    desk.refresh(Wish(markets=("copper",)))
    assert desk.archive.last_full("cftc", Report.LEGACY_FUTURES.value) is None
    assert desk.refresh().rows_new == ALL * COUNT - 4 * COUNT


def test_that_all_markets_bring_what_the_catalogue_does_not_know(desk: Desk) -> None:
    desk.hosts.rows[TFF] += rows_of(TFF, ["99999X"], tuesdays(NEWEST, COUNT))
    desk.refresh()
    assert desk.refresh(Wish(all_markets=True)).rows_new == COUNT
    assert len(desk.archive.positions(TFF, ["99999X"], NOW)) == COUNT


def test_that_other_markets_that_were_left_behind_catch_up(desk: Desk) -> None:
    desk.hosts.rows[TFF] += rows_of(TFF, ["99999X"], tuesdays(NEWEST, COUNT))
    desk.refresh(Wish(all_markets=True))
    for weeks in range(1, 16):
        day, now = NEWEST + timedelta(days=7 * weeks), NOW + timedelta(days=7 * weeks)
        desk.hosts.rows[TFF] += rows_of(TFF, [*CODES[TFF], "99999X"], [day])
        if weeks % 5 == 0:
            desk.refresh(now=now)
    assert desk.refresh(Wish(all_markets=True), now=now).rows_new == 15
    assert len(desk.hosts.pages()) == 1
    assert len(desk.archive.positions(TFF, ["99999X"], now)) == COUNT + 15


def test_that_a_bad_import_does_not_keep_out_what_the_cftc_says(desk: Desk) -> None:
    desk.refresh(Wish(markets=("sterling",)))
    (good,) = [desk.archive.positions(TFF, [CODE], NOW)]
    bad = Positions(TFF, good.code, good.date, good.name, {key: column * 1000 for key, column in good.values.items()})
    desk.archive.save(Batch(Provenance("import", TFF.value, "file:x", NOW), (bad,)))
    outcome = desk.refresh(Wish(full=True), now=LATER)
    assert outcome.status is Status.UPDATED
    assert desk.figure("dealer_long", NEWEST, now=LATER + timedelta(hours=1)) == good.values["dealer_long"][-1]


def test_that_a_code_outside_the_catalogue_can_be_asked_for(desk: Desk) -> None:
    desk.hosts.rows[TFF] += rows_of(TFF, ["99999X"], tuesdays(NEWEST, COUNT))
    outcome = desk.refresh(Wish(markets=("99999X",)))
    assert (outcome.status, outcome.rows_new) == (Status.UPDATED, COUNT)


def test_that_a_code_that_nobody_lists_is_said(desk: Desk) -> None:
    outcome = desk.refresh(Wish(markets=("99999Z",)))
    assert outcome.status is Status.FAILED
    assert "99999Z" in outcome.message


def test_that_an_unknown_market_is_an_error_of_whoever_asked(desk: Desk) -> None:
    with pytest.raises(InputError, match="no market called 'coper'"):
        desk.refresh(Wish(markets=("coper",)))


def test_that_a_validator_without_rows_does_not_freeze_a_download(desk: Desk) -> None:
    desk.refresh()
    with contextlib.closing(Http(Clock(NOW), mirror=desk.hosts.mirror)) as http:
        for report in Report:
            api = Api(http, report, Cancel())
            extent = api.extent(wanted_codes(Wish(), report.family))
            assert extent is not None and extent.validator is not None
            desk.archive.save(Batch(Provenance("cftc", report.value, "", NOW), (), validator=extent.validator))
    assert desk.refresh().status is Status.CURRENT


def test_that_without_validators_everything_is_asked_for_each_time(desk: Desk) -> None:
    desk.hosts.has_validators = False
    desk.refresh()
    outcome = desk.refresh()
    assert outcome.status is Status.CURRENT
    assert len(desk.hosts.pages()) == len(Report)


# Pages


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> int:
    """Pages of so many rows."""
    for module in (cftc_api, cftc_delivery):
        monkeypatch.setattr(module, "PAGE_ROWS", 100)
    return 100


def test_that_pages_are_fetched_to_the_end(desk: Desk, small_pages: int) -> None:
    outcome = desk.refresh()
    assert outcome.rows_new == ALL * COUNT
    assert len(desk.hosts.pages()) == sum(-(-len(codes) * COUNT // small_pages) for codes in CODES.values())


def test_that_rows_added_between_two_pages_are_noticed_and_the_download_begins_again(
    desk: Desk, small_pages: int
) -> None:
    def publish(what: str, query: Mapping[str, str]) -> None:
        if query.get("$offset") == "100":
            desk.hosts.before = lambda what, query: None
            desk.a_week_later()

    desk.hosts.before = publish
    outcome = desk.refresh(now=LATER)
    assert outcome.status is Status.UPDATED
    assert outcome.rows_new == ALL * (COUNT + 1)


def test_that_a_table_that_never_stands_still_is_given_up_without_a_validator(desk: Desk, small_pages: int) -> None:
    others = iter(("097741", "099741", "090741", "232741"))

    def publish(what: str, query: Mapping[str, str]) -> None:
        if query.get("$offset") == "100" and what.startswith(DATASET_IDS[TFF]):
            desk.hosts.rows[TFF].append(row(TFF, next(others), NEWEST))

    desk.hosts.before = publish
    outcome = desk.refresh()
    assert outcome.status is Status.PARTLY
    assert "TFF, futures only: The figures do not fit" in outcome.message
    desk.hosts.before = lambda what, query: None
    assert desk.refresh().status is Status.UPDATED


def test_that_a_download_cut_short_is_made_up_for(desk: Desk, small_pages: int) -> None:
    cancel = Cancel()

    def stop(what: str, query: Mapping[str, str]) -> None:
        if query.get("$offset") == "200":
            cancel.cancel()

    desk.hosts.before = stop
    outcome = desk.refresh(cancel=cancel)
    assert outcome.status is Status.CANCELLED
    assert outcome.rows_new == 2 * small_pages
    assert outcome.as_of == NEWEST
    desk.hosts.before = lambda what, query: None
    assert desk.refresh().rows_new == ALL * COUNT - 2 * small_pages


# Columns


def rename(desk: Desk, column: str, name: str | None) -> None:
    desk.hosts.rows[TFF] = [
        {(name or key if key == column else key): value for key, value in one.items() if name or key != column}
        for one in desk.hosts.rows[TFF]
    ]


def test_that_a_spelling_that_was_put_right_is_understood(desk: Desk) -> None:
    rename(desk, "lev_money_positions_spread", "Lev_Money_Positions_Spread_All")
    assert desk.refresh().status is Status.UPDATED
    assert desk.figure("leveraged_funds_spreading", NEWEST) > 0


def test_that_figures_the_app_can_do_without_may_go(desk: Desk) -> None:
    rename(desk, "traders_dealer_long_all", None)
    assert desk.refresh().status is Status.UPDATED
    assert np.isnan(desk.figure("dealer_traders_long", NEWEST))
    assert desk.figure("dealer_traders_short", NEWEST) == 20


@pytest.mark.parametrize("column", ["open_interest_all", "lev_money_positions_short", DATE])
def test_that_figures_it_cannot_do_without_may_not(desk: Desk, column: str) -> None:
    desk.refresh()
    desk.a_week_later()
    rename(desk, column, "something_else")
    outcome = desk.refresh(Wish(full=True), now=LATER)
    assert outcome.status is Status.PARTLY
    said = "TFF, futures only: The provider's file has changed its form. The figures held, to 4 Jun 2024, stay."
    assert said in outcome.message
    assert desk.rows() == len(CODES[TFF]) * COUNT


def test_that_an_empty_figure_is_unknown_and_not_zero(desk: Desk) -> None:
    desk.hosts.replace(TFF, CODE, NEWEST, row(TFF, CODE, NEWEST, {"dealer_long": "", "traders_total": ""}))
    assert desk.refresh().status is Status.UPDATED
    assert np.isnan(desk.figure("dealer_long", NEWEST))
    assert np.isnan(desk.figure("traders_total", NEWEST))


# What is not believed


def test_that_a_row_that_does_not_add_up_is_kept_out_and_reported(desk: Desk) -> None:
    desk.hosts.replace(TFF, CODE, NEWEST, row(TFF, CODE, NEWEST, {"dealer_long": "1"}))
    outcome = desk.refresh()
    assert outcome.rows_refused == 1
    assert "Kept out: 1 row (the long positions of all groups do not add up to open interest)." in outcome.message
    assert desk.archive.newest_report(TFF, NOW, [CODE]) == NEWEST - timedelta(days=7)
    (refused,) = desk.archive.quarantine()
    assert refused.what == f"TFF, futures only: {CODE}, {NEWEST}"


def scaled(desk: Desk, report: Report, factor: float, days: int) -> None:
    """Multiplies the positions in the newest reports."""
    since = str(NEWEST - timedelta(days=days))
    names = documented(report.family)
    columns = [column for figure, column in names.items() if "traders" not in figure and "top" not in figure]
    desk.hosts.rows[report] = [
        one | ({column: str(int(int(one[column]) * factor)) for column in columns} if one[DATE] >= since else {})
        for one in desk.hosts.rows[report]
    ]


@pytest.mark.parametrize("factor", [1000, 0.001, 0])
def test_that_figures_in_another_unit_are_set_aside_whole(desk: Desk, factor: float) -> None:
    desk.refresh()
    before = desk.figure("open_interest", NEWEST, Report.LEGACY_COMBINED)
    scaled(desk, Report.LEGACY_COMBINED, factor, days=1000)
    outcome = desk.refresh(Wish(full=True))
    assert outcome.status is Status.PARTLY
    assert "Legacy, futures and options: The figures do not fit what was known before" in outcome.message
    assert desk.figure("open_interest", NEWEST, Report.LEGACY_COMBINED) == before
    assert [refused.dataset for refused in desk.archive.quarantine()] == [Report.LEGACY_COMBINED.value]


def test_that_a_new_report_in_another_unit_is_set_aside_too(desk: Desk) -> None:
    desk.refresh()
    day = desk.a_week_later()
    names = documented(TFF.family)
    desk.hosts.rows[TFF] = [
        one | ({column: one[column] + "000" for figure, column in names.items() if "top" not in figure})
        if one[DATE].startswith(str(day))
        else one
        for one in desk.hosts.rows[TFF]
    ]
    assert desk.refresh(now=LATER).status is Status.PARTLY
    assert desk.archive.newest_report(TFF, LATER) == NEWEST


def test_that_a_delivery_without_half_of_what_is_held_is_set_aside(desk: Desk) -> None:
    desk.refresh()
    desk.a_week_later()
    since = str(NEWEST - timedelta(days=60))
    kept = [one for n, one in enumerate(desk.hosts.rows[TFF]) if one[DATE] < since or n % 3 == 0]
    desk.hosts.rows[TFF] = kept
    assert desk.refresh(now=LATER).status is Status.PARTLY
    assert desk.rows(now=LATER) == len(CODES[TFF]) * COUNT


def test_that_an_answer_from_long_ago_is_not_taken_for_the_newest(desk: Desk) -> None:
    desk.refresh()
    desk.hosts.rows[TFF] = [one for one in desk.hosts.rows[TFF] if one[DATE] < str(NEWEST)]
    outcome = desk.refresh(Wish(full=True))
    assert "TFF, futures only: The provider sent another date than was asked for." in outcome.message


def test_that_reports_from_the_future_are_kept_out(desk: Desk) -> None:
    day = NEWEST + timedelta(days=14)
    desk.hosts.rows[TFF].append(row(TFF, CODE, day))
    outcome = desk.refresh()
    assert outcome.rows_refused == 1
    assert "the date lies in the future" in outcome.message
    assert desk.archive.newest_report(TFF, NOW + timedelta(days=100)) == NEWEST


def test_that_a_dataset_that_is_gone_does_not_hold_up_the_others(desk: Desk) -> None:
    del desk.hosts.rows[Report.DISAGG_FUTURES]
    outcome = desk.refresh()
    assert outcome.status is Status.PARTLY
    said = "Disaggregated, futures only: The provider no longer has this address. None of it is held yet."
    assert said in outcome.message
    assert outcome.rows_new == (ALL - len(PHYSICAL)) * COUNT
    (failed,) = [status for status in desk.archive.statuses() if status.last_error]
    assert failed.dataset == Report.DISAGG_FUTURES.value
    desk.hosts.rows[Report.DISAGG_FUTURES] = rows_of(Report.DISAGG_FUTURES, PHYSICAL, tuesdays(NEWEST, COUNT))
    assert desk.refresh().status is Status.UPDATED
    assert not [status for status in desk.archive.statuses() if status.last_error]


# The files


def publish_files(desk: Desk) -> None:
    for report in Report:
        rows = desk.hosts.rows[report]
        for year in (2023, 2024):
            of_year = [one for one in rows if one[DATE].startswith(str(year))]
            desk.hosts.files[YEARLY[report].format(year)] = file_of(of_year, INSIDE[report])


YEARLY = {
    Report.LEGACY_FUTURES: "deacot{}.zip",
    Report.LEGACY_COMBINED: "deahistfo{}.zip",
    Report.TFF_FUTURES: "fut_fin_txt_{}.zip",
    Report.TFF_COMBINED: "com_fin_txt_{}.zip",
    Report.DISAGG_FUTURES: "fut_disagg_txt_{}.zip",
    Report.DISAGG_COMBINED: "com_disagg_txt_{}.zip",
}
INSIDE = dict.fromkeys(Report, "any_name.TXT")


def test_that_the_yearly_files_stand_in_for_the_api(desk: Desk) -> None:
    publish_files(desk)
    desk.hosts.failing[API] = 500
    outcome = desk.refresh()
    assert outcome.status is Status.PARTLY
    assert outcome.rows_new == ALL * COUNT
    said = (
        "TFF, futures only: The provider reports a fault of its own. The CFTC's yearly files were used instead,"
        " but not those of 2022, 2021, 2020, 2019, 2018, 2017, 2006-2016."
    )
    assert said in outcome.message
    assert desk.archive.last_full("cftc", TFF.value) is None
    assert desk.figure("dealer_long", NEWEST) == float(row(TFF, CODE, NEWEST)["dealer_positions_long_all"])


def test_that_with_the_newest_reports_held_only_the_files_since_then_are_fetched(desk: Desk) -> None:
    desk.refresh()
    desk.a_week_later()
    publish_files(desk)
    desk.hosts.failing[API] = 503
    outcome = desk.refresh(now=LATER)
    assert outcome.rows_new == ALL
    assert {what for what, _, status in desk.hosts.asked if status == 200} == {
        name.format(2024) for name in YEARLY.values()
    }


def test_that_the_api_is_asked_three_times_and_then_left_alone(desk: Desk) -> None:
    desk.hosts.failing = {API: 503, FILES: 503}
    outcome = desk.refresh()
    assert outcome.status is Status.FAILED
    assert len(desk.hosts.asked) == 6


def test_that_the_first_file_of_a_year_may_not_be_there_in_january(desk: Desk) -> None:
    newest, now = date(2023, 12, 26), datetime(2024, 1, 3, 12, tzinfo=UTC)
    desk.hosts.rows = {TFF: rows_of(TFF, FINANCIAL, tuesdays(newest, COUNT))}
    desk.refresh(Wish(markets=("sterling",)), now=now)
    days = tuesdays(newest, COUNT)
    desk.hosts.files[YEARLY[TFF].format(2023)] = file_of(rows_of(TFF, FINANCIAL, days))
    desk.hosts.failing[API] = 500
    outcome = desk.refresh(Wish(markets=("sterling",)), now=now)
    assert "TFF, futures only: The provider reports a fault of its own. The CFTC's yearly files were used instead." in (
        outcome.message
    )


def test_that_only_wanted_codes_are_taken_from_a_file(desk: Desk) -> None:
    publish_files(desk)
    desk.hosts.failing[API] = 500
    desk.refresh(Wish(markets=("sterling",)))
    assert [contract.code for contract in desk.archive.contracts(NOW)] == ["096742"]


def test_that_a_file_that_cannot_be_right_is_set_aside(desk: Desk) -> None:
    publish_files(desk)
    desk.hosts.files[YEARLY[TFF].format(2024)] = file_of(
        [one | {"dealer_positions_long_all": "7"} for one in desk.hosts.rows[TFF] if one[DATE] >= "2024"]
    )
    desk.hosts.failing[API] = 500
    outcome = desk.refresh()
    assert "TFF, futures only: The provider reports a fault of its own. None of it is held yet." in outcome.message
    assert desk.rows() == 0


# When it is due


def test_that_it_is_due_at_once_until_everything_was_brought(desk: Desk) -> None:
    assert due_sources([desk.source], desk.archive, NOW) == (desk.source,)
    desk.refresh()
    assert due_sources([desk.source], desk.archive, NOW) == ()


def test_that_it_is_due_at_the_next_release_and_then_every_minute_until_the_report_is_there(desk: Desk) -> None:
    desk.refresh()
    release = datetime(2024, 6, 14, 19, 30, tzinfo=UTC)
    assert desk.source.due(desk.archive, NOW) == release
    at_release = release + timedelta(seconds=1)
    assert desk.source.due(desk.archive, at_release) <= at_release
    desk.refresh(now=at_release)
    assert desk.source.due(desk.archive, at_release) == pytest.approx(
        at_release + timedelta(minutes=1), abs=timedelta(seconds=1)
    )
    desk.a_week_later()
    soon = at_release + timedelta(minutes=1)
    assert desk.refresh(now=soon).rows_new == ALL
    assert desk.source.due(desk.archive, soon) == datetime(2024, 6, 24, 19, 30, tzinfo=UTC)  # after Juneteenth


def test_that_a_report_that_stays_away_is_asked_for_more_and_more_seldom(desk: Desk) -> None:
    desk.refresh()
    release = datetime(2024, 6, 14, 19, 30, tzinfo=UTC)
    pauses = []
    for late in (timedelta(minutes=5), timedelta(hours=2), timedelta(days=2)):
        desk.refresh(now=release + late)
        pauses.append(desk.source.due(desk.archive, release + late) - release - late)
    assert [round(pause / timedelta(minutes=1)) for pause in pauses] == [1, 15, 360]


def test_that_a_clock_that_was_never_set_asks_for_nothing_and_loses_nothing(desk: Desk) -> None:
    desk.refresh()
    long_ago = datetime(1970, 1, 1, tzinfo=UTC)
    assert desk.source.due(desk.archive, long_ago) > long_ago
    assert desk.refresh(Wish(full=True), now=long_ago).status is Status.FAILED
    assert desk.rows() == len(CODES[TFF]) * COUNT


# Questions


def test_that_the_questions_find_what_has_changed(desk: Desk) -> None:
    with contextlib.closing(Http(Clock(NOW), mirror=desk.hosts.mirror, backoff_s=0.01)) as http:
        rename(desk, "dealer_positions_short_all", "dealer_short_positions")
        desk.hosts.failing = {FILES: 404}
        found = {question.text: question for question in desk.source.questions(http, Cancel())}
    columns = found["TFF, futures only (gpe5-46if): every column that the app reads has its documented name"]
    assert columns.holds is False
    assert "no column for dealer_short" in columns.found
    assert found["TFF, futures and options (yw9f-hn96): it answers 304 when nothing has changed"].holds
    assert not any(question.holds for text, question in found.items() if ".zip" in text)


def test_that_questions_that_cannot_be_asked_are_left_open(desk: Desk) -> None:
    with contextlib.closing(Http(Clock(NOW), mirror="http://127.0.0.1:9", backoff_s=0.01)) as http:
        found = list(desk.source.questions(http, Cancel()))
    assert found and all(question.holds is None for question in found)


def test_that_progress_can_be_read(desk: Desk) -> None:
    seen: list[Progress] = []
    with contextlib.closing(Http(Clock(NOW), mirror=desk.hosts.mirror)) as http:
        refresh([desk.source], desk.archive, http, Wish(), Clock(NOW), Cancel(), seen.append)
    assert str(seen[1]) == "cftc: Legacy, futures only (330 of 330)"
