"""The rule of versions costs what is delivered, not what is held."""

from dataclasses import asdict
from pathlib import Path

import pytest

from services.archive import merge
from services.archive.connections import connect
from services.archive.schema import VERSIONED, VersionedTable
from tests.services.archive.samples import opened


@pytest.mark.parametrize("table", VERSIONED, ids=lambda table: table.name)
def test_that_no_statement_reads_a_whole_table_of_what_is_held(place: Path, table: VersionedTable) -> None:
    with opened(place):
        pass
    connection = connect(place, "write")
    try:
        connection.execute(table.create_stage)
        for name, statement in asdict(merge._statements(table)).items():
            if statement and name != "stage":
                plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", {"batch": 1}).fetchall()
                assert not [step for *_, step in plan if step.startswith("SCAN held")], (name, plan)
    finally:
        connection.close()
