"""The status model announces words that have changed, not every tick."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QCoreApplication

from models.freshness import Held
from models.qt.status_model import StatusModel

NOW = datetime(2017, 6, 17, 12, tzinfo=UTC)
HELD = Held(report=date(2017, 6, 13))


@pytest.fixture
def status(qapp: QCoreApplication) -> StatusModel:
    return StatusModel()


def test_that_nothing_is_said_before_anything_is_known(status: StatusModel) -> None:
    status.changed.connect(lambda: pytest.fail("announced nothing"))
    status.tick(NOW, is_live=True)
    assert (status.lines, status.next) == ((), None)


def test_that_ticks_announce_only_when_a_word_changes(status: StatusModel) -> None:
    heard: list[str] = []
    status.changed.connect(lambda: heard.append(status.next.rest if status.next else ""))
    status.show(HELD, NOW, is_live=True)
    for seconds in range(1, 120):
        status.tick(NOW + timedelta(seconds=seconds), is_live=True)
    assert heard == [" in 6 d 7 h"]
    status.tick(NOW + timedelta(hours=1), is_live=True)
    assert heard == [" in 6 d 7 h", " in 6 d 6 h"]


def test_that_being_offline_is_said_first_with_the_time_since_when(status: StatusModel) -> None:
    status.set_offline(NOW)
    status.show(HELD, NOW + timedelta(minutes=5), is_live=True)
    assert status.lines[0].is_flagged
    assert status.lines[0].text == f"Offline since {NOW.astimezone():%H:%M}"
    status.set_offline(None)
    status.tick(NOW + timedelta(minutes=6), is_live=True)
    assert [line.text for line in status.lines] == ["COT 13 Jun, released 16 Jun 15:30 ET"]
