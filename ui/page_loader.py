"""Builds the records of the page that is visible, in the archive lane, and drops what comes too late."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models.qt.desk import Desk
from models.qt.page_model import PageModel
from services.cancel import Cancel
from services.clock import Clock
from ui.jobs import Jobs, Lane
from ui.pages.registry import Part
from ui.trace import mark

if TYPE_CHECKING:
    from models.pages.choice import Choice
    from models.reader import Reader
    from services.archive.archive import Archive


_Stamp = tuple[int, "Choice"]
"""How often the figures have changed, and the selection."""


def with_session(archive: "Archive") -> "Reader":
    """The archive with what may not be stored and lives as long as the app only."""
    from services.session_reader import SessionReader
    from services.sources.session import SESSION

    return SessionReader(archive, SESSION)


class PageLoader(QObject):
    """Keeps one `PageModel` for each part. What is not visible is only remembered to be out of date.

    `building` and `settled` enclose each time that something visible is built; `failed` gives the error.
    """

    building = Signal()
    settled = Signal()
    failed = Signal(object)

    def __init__(
        self, jobs: Jobs, desk: Desk, clock: Clock, archive: Callable[[], "Archive"], parent: QObject | None = None
    ) -> None:
        """`archive` is called in the archive lane; it raises ArchiveError where there is none."""
        super().__init__(parent)
        self._jobs, self._desk, self._clock, self._archive = jobs, desk, clock, archive
        self._models: dict[str, PageModel] = {}
        self._visible: tuple[Part, ...] = ()
        self._figures = 0
        self._built: dict[str, _Stamp] = {}
        self._under_way: dict[str, _Stamp] = {}
        self._turn = QTimer(self, singleShot=True, interval=0)  # by then the part before has been painted
        self._turn.timeout.connect(self._go_on)
        desk.changed.connect(self._build)

    def model(self, part: Part) -> PageModel:
        if part.key not in self._models:
            self._models[part.key] = PageModel(self)
        return self._models[part.key]

    def show_parts(self, parts: Sequence[Part]) -> None:
        """These are visible now; those of them that are out of date are built."""
        self._visible = tuple(parts)
        self._build()

    def invalidate(self) -> None:
        """The figures have changed."""
        self._figures += 1
        self._build()

    @property
    def is_settled(self) -> bool:
        """Whether everything visible is up to date."""
        return not (self._under_way or self._waiting())

    def _stamp(self, part: Part) -> _Stamp:
        """What a part is built from; it is out of date when this is another."""
        choice = self._desk.choice
        return self._figures, choice.moment if part.is_of_moment else choice

    def _waiting(self) -> list[Part]:
        return [part for part in self._visible if self._built.get(part.key) != self._stamp(part)]

    def _build(self) -> None:
        if self._begin_next():
            self.building.emit()

    def _begin_next(self) -> bool:
        """One part after the other: building the next would keep the window from drawing the one before."""
        waiting = self._waiting()
        if not waiting or any(self._under_way.get(part.key) == self._stamp(part) for part in waiting):
            return False
        self._submit(waiting[0])
        return True

    def _go_on(self) -> None:
        if not self._begin_next() and self.is_settled:  # what waited is no longer seen
            self.settled.emit()

    def _submit(self, part: Part) -> None:
        choice, stamp = self._desk.choice_at(self._clock.now()), self._stamp(part)

        def work(cancel: Cancel) -> object:
            build, archive = part.load_builder(), self._archive()
            with archive.unchanged():
                page = build(with_session(archive), choice)
            cancel.check()
            mark(f"page data ready: {part.key}")
            return page

        def done(page: object) -> None:
            self._end(part, stamp)
            if stamp == self._stamp(part):  # else it is about to be built anew
                self.model(part).show(page)
            self._settle()

        def failed(error: Exception) -> None:
            self._end(part, stamp)
            self.failed.emit(error)
            self._settle()

        self._under_way[part.key] = stamp
        self._jobs.submit(Lane.ARCHIVE, f"page:{part.key}", work, done, failed)

    def _end(self, part: Part, stamp: _Stamp) -> None:
        """What failed counts as built, or it would be tried again and again; the next change tries it again."""
        self._under_way.pop(part.key, None)
        self._built[part.key] = stamp

    def _settle(self) -> None:
        if self._under_way:
            return
        if self._waiting():
            self._turn.start()
        else:
            self.settled.emit()
