"""Only what is visible is built, late results are dropped, and what failed leaves the page as it was."""

import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from types import ModuleType
from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from models.pages.choice import Choice
from models.qt.desk import Desk
from services.archive.archive import Archive
from services.clock import Clock
from services.errors import ArchiveError
from ui.history import History
from ui.jobs import Jobs
from ui.page_loader import PageLoader
from ui.pages.registry import Part

NOW = datetime(2017, 6, 17, 12, tzinfo=UTC)
FRONT, BACK = Part("front", "tests_builders:front"), Part("back", "tests_builders:back")


class Builders:
    """Builders that note what they were asked, and can be made to wait or fail."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.error: Exception | None = None

    def front(self, archive: object, choice: Choice) -> str:
        return self._build("front", choice)

    def back(self, archive: object, choice: Choice) -> str:
        return self._build("back", choice)

    def _build(self, name: str, choice: Choice) -> str:
        self.asked.append((name, choice.market))
        assert self.gate.wait(5)
        if self.error is not None:
            raise self.error
        return f"{name} of {choice.market}"


@pytest.fixture
def builders(monkeypatch: pytest.MonkeyPatch) -> Builders:
    made = Builders()
    module = cast(Any, ModuleType("tests_builders"))
    module.front, module.back = made.front, made.back
    monkeypatch.setitem(sys.modules, "tests_builders", module)
    return made


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with closing(Archive.open(tmp_path_factory.mktemp("p") / "none", Clock(NOW), writable=False)) as opened:
        yield opened


@pytest.fixture
def loader(qapp: QCoreApplication, builders: Builders, archive: Archive) -> Iterator[tuple[PageLoader, Desk]]:
    jobs, desk = Jobs(), Desk(Choice(as_of=NOW))
    yield PageLoader(jobs, desk, Clock(NOW), lambda: archive), desk
    builders.gate.set()
    jobs.shutdown()


def test_that_only_what_is_visible_is_built(loader: tuple[PageLoader, Desk], builders: Builders, qtbot: QtBot) -> None:
    pages, desk = loader
    pages.show_parts([FRONT])
    qtbot.waitUntil(lambda: pages.is_settled)
    desk.choose(market="vix")
    qtbot.waitUntil(lambda: pages.model(FRONT).page == "front of vix")
    assert builders.asked == [("front", "russell-2000"), ("front", "vix")]
    assert pages.model(BACK).page is None
    pages.show_parts([BACK])
    qtbot.waitUntil(lambda: pages.model(BACK).page == "back of vix")


def test_that_what_is_up_to_date_is_not_built_again(
    loader: tuple[PageLoader, Desk], builders: Builders, qtbot: QtBot
) -> None:
    pages, _ = loader
    for parts in ([FRONT], [FRONT], [BACK], [FRONT]):
        pages.show_parts(parts)
        qtbot.waitUntil(lambda: pages.is_settled)
    assert [name for name, _ in builders.asked] == ["front", "back"]


def test_that_a_record_asked_for_twice_at_once_is_built_once(
    loader: tuple[PageLoader, Desk], builders: Builders, qtbot: QtBot
) -> None:
    pages, _ = loader
    builders.gate.clear()
    pages.show_parts([FRONT])
    pages.show_parts([FRONT])
    builders.gate.set()
    qtbot.waitUntil(lambda: pages.is_settled)
    assert len(builders.asked) == 1


def test_that_a_late_result_is_dropped(loader: tuple[PageLoader, Desk], builders: Builders, qtbot: QtBot) -> None:
    pages, desk = loader
    shown: list[object] = []
    pages.model(FRONT).shown.connect(shown.append)
    builders.gate.clear()
    pages.show_parts([FRONT])
    qtbot.waitUntil(lambda: len(builders.asked) == 1)
    desk.choose(market="vix")
    desk.choose(market="euro")
    builders.gate.set()
    qtbot.waitUntil(lambda: pages.is_settled)
    assert shown == ["front of euro"]
    assert builders.asked == [("front", "russell-2000"), ("front", "euro")]


def test_that_what_fails_leaves_the_page_and_is_told_once(
    loader: tuple[PageLoader, Desk], builders: Builders, qtbot: QtBot
) -> None:
    pages, desk = loader
    pages.show_parts([FRONT])
    qtbot.waitUntil(lambda: pages.is_settled)
    builders.error = ArchiveError("The disk reported a fault.")
    with qtbot.waitSignal(pages.failed) as caught:
        desk.choose(market="vix")
    assert caught.args is not None
    assert str(caught.args[0]) == "The disk reported a fault."
    assert pages.model(FRONT).page == "front of russell-2000"
    assert pages.is_settled
    builders.error = None
    pages.invalidate()
    qtbot.waitUntil(lambda: pages.model(FRONT).page == "front of vix")


def test_that_the_way_back_forgets_what_lay_ahead_of_a_new_visit() -> None:
    history: History[str] = History()
    assert history.back() is None
    for place in ("a", "b", "b", "c"):
        history.visit(place)
    assert [history.back(), history.back(), history.back()] == ["b", "a", None]
    assert history.forward() == "b"
    history.visit("d")
    assert history.forward() is None
    assert history.back() == "b"
