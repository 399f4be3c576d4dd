"""Which test looks after which fault: the table is whole, and every test that it names exists."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.shared import SHARED, needs_shared
from tests.soak.cases import CASES

ROOT = Path(__file__).resolve().parents[2]
HTTP, REFRESH = "tests/faults/test_http_faults.py", "tests/faults/test_refresh_faults.py"
ONE, EACH = (
    "test_that_each_fault_has_its_kind_and_its_requests_and_the_next_answer_is_good",
    "test_that_a_fault_on_the_wire",
)
OPENING, DISK = "tests/services/archive/test_opening.py", "tests/services/archive/test_full_disk.py"

# The fault, as the table of faults calls it; then tests (`file::beginning of the name`) and cases of the soak run.
ROWS: dict[str, tuple[str, ...]] = {
    "refused / DNS fail": (
        f"{HTTP}::test_that_a_host_that_refuses_connections",
        f"{HTTP}::test_that_a_host_without_an_address",
    ),
    "accept then hang": (f"{HTTP}::{ONE}", f"{HTTP}::test_that_cancel_cuts", f"{REFRESH}::{EACH}"),
    "slow-loris headers / body": (f"{HTTP}::{ONE}", f"{REFRESH}::{EACH}"),
    "endless body": (f"{HTTP}::{ONE}", "faults on the wire"),
    "gzip bomb": (f"{HTTP}::test_that_a_decompression_bomb", "faults on the wire"),
    "truncated CL / chunked / RST": (f"{HTTP}::{ONE}", f"{REFRESH}::{EACH}"),
    "truncated, EOF-delimited or inside gzip": (
        f"{HTTP}::{ONE}",
        "tests/services/sources/test_cftc_parsing.py::test_that_a_page_cut_inside",
    ),
    "corrupt gzip": (f"{HTTP}::{ONE}", f"{REFRESH}::{EACH}"),
    "captive portal": (f"{HTTP}::{ONE}", f"{REFRESH}::{EACH}"),
    "redirect": ("tests/services/test_http.py::test_that_no_redirect_leads", "hostile archives and markup"),
    "429 small / huge / date / negative Retry-After, 503": (
        f"{HTTP}::{ONE}",
        "tests/services/test_http_manners.py::test_that_any_retry_after_is_clamped",
    ),
    "304 with no local rows": ("tests/services/sources/test_cftc.py::test_that_a_validator_without_rows",),
    "empty 200 / 204": (f"{HTTP}::{ONE}", f"{REFRESH}::{EACH}"),
    "garbage status, 70 KB header, 300 headers": (f"{HTTP}::{ONE}", f"{REFRESH}::{EACH}"),
    "Socrata error object": (
        "tests/services/test_strict_json.py::test_that_odd_answers_are_refused",
        "tests/services/sources/test_cftc.py::test_that_rows_added_between_two_pages",
        "tests/services/sources/test_cftc_parsing.py::test_that_a_row_given_twice",
        "any bytes for the providers' readers",
    ),
    "semantic nonsense": (
        "semantic nonsense",
        "tests/services/sources/test_cftc.py::test_that_figures_in_another_unit",
    ),
    "zip traversal / bomb / encrypted / bad CRC / symlink": (
        "tests/services/sources/test_cftc_parsing.py::test_that_a_zip_that_may_do_harm",
        "hostile archives and markup",
    ),
    "XXE / billion laughs in xlsx": (
        "tests/services/test_workbooks.py::test_that_entities_are_not_expanded",
        "hostile archives and markup",
    ),
    "CSV formula injection": ("hostile archives and markup",),
    "HTML in labels": ("text from outside is plain",),
    "pickle / eval": ("tests/faults/test_forbidden.py::test_that_nothing_runs_what_it_reads",),
    "`QDesktopServices.openUrl`": ("tests/faults/test_forbidden.py::test_that_only_known_addresses_are_opened",),
    "TLS: self-signed, expired, wrong host": (f"{HTTP}::test_that_a_bad_certificate", "hostile archives and markup"),
    "env proxies": (
        "tests/services/test_http.py::test_that_no_password_and_no_cookie",
        f"{HTTP}::test_that_the_trust_store_of_the_system_decides",
        "hostile archives and markup",
    ),
    "API key leakage": ("hostile archives and markup", "tests/services/test_reports.py::test_that_keys"),
    "kill -9 mid-import": ("killed while importing",),
    "power loss": ("tests/services/test_files.py::test_that_content_is_on_the_disk_before_the_name_is",),
    "disk full": ("full disk", f"{DISK}::test_that_a_full_disk"),
    "read-only profile dir": ("read-only profile", f"{DISK}::test_that_an_archive_in_a_folder"),
    "missing/unwritable HOME": (f"{OPENING}::test_that_any_folder_name_will_do", "read-only profile"),
    "two instances": (
        "tests/ui/test_app.py::test_that_a_second_start_finds",
        "tests/services/test_lock.py::test_that_the_lock_of_a_killed",
    ),
    "corrupt DB at start": (
        f"{OPENING}::test_that_what_is_no_archive_is_set_aside",
        f"{OPENING}::test_that_the_newest_sound_backup",
        "tests/ui/test_recovery.py::test_that_a_damaged_archive_is_told_in_one_dialog",
    ),
    "leftover `-journal`": (
        f"{OPENING}::test_that_a_header_half_written",
        f"{OPENING}::test_that_the_journal_of_an_archive",
    ),
    "schema upgrade / downgrade": ("killed while migrating", f"{OPENING}::test_that_an_archive_of_a_newer_major"),
    "corrupt/unwritable settings": (
        "tests/services/test_settings.py::test_that_a_save_never_overwrites",
        "any bytes for a person's own files",
    ),
    "bad saved layout": (
        "tests/ui/test_app.py::test_that_a_remembered_place_that_makes_no_sense",
        "tests/ui/test_recovery.py::test_that_a_safe_start",
    ),
    "clock skew": ("clocks and time zones", "tests/ui/test_live.py::test_that_a_computer_that_slept"),
    "DST / timezone": ("clocks and time zones",),
    "locale": (
        "tests/services/test_importing_holdings.py::test_that_a_semicolon_file",
        "tests/faults/test_forbidden.py::test_that_no_locale_changes",
    ),
    "suspend/resume, network flap": (
        f"{HTTP}::test_that_a_flapping_network",
        "tests/ui/test_live.py::test_that_a_computer",
    ),
    "worker exception, slot exception, segfault": (
        "tests/ui/test_faults.py::test_that_a_fault_in_a_thread",
        "tests/services/test_logs.py::test_that_a_crash_leaves_a_trace",
        "tests/ui/test_recovery.py::test_that_the_report_of_a_crash",
    ),
    "quit during refresh": ("open, refresh, close",),
    "memory/FD/thread leak": ("refresh again and again",),
    "hostile/huge history": ("tests/ui/charts/test_items.py::test_that_only_the_visible_part",),
    "dependency/supply chain": ("tests/test_dev.py::test_that",),
}


@cache
def names_in(file: str) -> tuple[str, ...]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return tuple(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("fault", ROWS)
def test_that_every_fault_has_tests_that_exist(fault: str) -> None:
    for named in ROWS[fault]:
        file, _, beginning = named.partition("::")
        if beginning:
            assert any(name.startswith(beginning) for name in names_in(file)), named
        else:
            assert named in CASES


@needs_shared
def test_that_no_row_of_the_table_of_faults_is_left_out() -> None:
    table = (SHARED / "FAULTS.md").read_text("utf-8").partition("\n## 2.")[2]
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    rows = [line.split("|")[1].strip().replace("*", "") for line in lines]
    assert len(rows) == len(ROWS)
    assert not [row for row, ours in zip(rows, ROWS, strict=True) if not row.startswith(ours)]
