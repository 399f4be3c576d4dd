"""Refreshing while the window stays alive: one job a source in the network lane, progress and outcomes brought back."""

from collections.abc import Callable, Container, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from services.cancel import Cancel
from services.clock import Clock
from services.errors import InputError, SourceError
from ui.jobs import Jobs, Lane, Progress
from ui.leverage_keeper import brings_accounts, keep_leverage

if TYPE_CHECKING:
    from services.archive.archive import Archive
    from services.http import Http
    from services.refresh import Outcome
    from services.sources.source import Progress as Step
    from services.sources.source import Source, Wish


class Refresher(QObject):
    """`started` gives the titles by source name, `progressed` the latest step of some of them.

    `source_ended` gives each Outcome as it comes, `ended` all of one refresh; `refused` an InputError that kept it
    from starting or from going on. Sources that are being asked already are not asked again.
    """

    started = Signal(object)
    progressed = Signal(object)
    source_ended = Signal(object)
    ended = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        archive: Callable[[], "Archive"],
        make_http: Callable[[], "Http"],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._clock, self._archive, self._make_http = jobs, clock, archive, make_http
        self._http: Http | None = None
        self._running: dict[str, str] = {}
        self._outcomes: list[Outcome] = []
        self._off: Container[str] = ()
        self._waiting: list[tuple[Source, Http, Wish]] = []
        self._turn = QTimer(self, singleShot=True, interval=0)  # what `started` shows is painted first
        self._turn.timeout.connect(self._submit_waiting)
        self._progress: Progress[Step] = Progress(self._on_progress, self)

    @property
    def is_running(self) -> bool:
        return bool(self._running)

    @property
    def running(self) -> Mapping[str, str]:
        """Titles of the sources that are being asked, by name."""
        return dict(self._running)

    def http(self) -> "Http":
        """The connections, made when they are first needed. Raises InputError where the mirror cannot be used."""
        if self._http is None:
            self._http = self._make_http()
        return self._http

    def start(self, sources: Iterable["Source"], wish: "Wish", off: Container[str] = ()) -> None:
        """Asks these sources, those apart that are being asked, and then who stands in for one that failed.

        Those in `off` are only asked where they are named.
        """
        try:
            http = self.http()
        except InputError as error:
            self.refused.emit(error)
            return
        asked = [source for source in sources if source.name not in self._running]
        if not asked:
            return
        if not self._running:
            http.forget_failures()
            self._outcomes = []
        self._off = off
        self._running |= {source.name: source.title for source in asked}
        self._waiting += [(source, http, wish) for source in asked]
        self._turn.start()
        self.started.emit(self.running)

    def cancel(self, name: str = "") -> None:
        """Asks one source, or every one, to stop; what has arrived is kept. They still end with an outcome."""
        self._submit_waiting()
        for running in [name] if name else self._running:
            self._jobs.cancel(_key(running))

    def stop(self) -> None:
        """Ends it for good, once all jobs have ended."""
        self._progress.stop()
        self.drop_http()

    def drop_http(self) -> None:
        """Lets go of the connections, as the mirror has changed."""
        if self._http is not None:
            self._http.close()
            self._http = None

    def _submit_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for source, http, wish in waiting:
            self._submit(source, http, wish)

    def _submit(self, source: "Source", http: "Http", wish: "Wish") -> None:
        def work(cancel: Cancel) -> "Outcome":
            from services.refresh import refresh

            def on_progress(step: "Step") -> None:
                self._progress.post(step.source, step)

            archive = self._archive()
            with http.turn.taken(cancel):
                outcome = refresh([source], archive, http, wish, self._clock, cancel, on_progress)[0]
                if brings_accounts([outcome]):
                    with suppress(SourceError):  # cancelled: the accounts are kept, the next ones bring their sum
                        keep_leverage(archive, self._clock, cancel)
            return outcome

        def failed(error: Exception) -> None:
            self._on_failed(source.name, error)

        self._jobs.submit(Lane.NETWORK, _key(source.name), work, self._on_outcome, failed)

    def _on_progress(self, steps: Mapping[str, "Step"]) -> None:
        still = {name: step for name, step in steps.items() if name in self._running}
        if still:
            self.progressed.emit(still)

    def _on_outcome(self, outcome: "Outcome") -> None:
        self._outcomes.append(outcome)
        self._running.pop(outcome.source, None)
        self.source_ended.emit(outcome)
        self._end_if_last()

    def _on_failed(self, name: str, error: Exception) -> None:
        if isinstance(error, SourceError):  # cancelled before it began
            from services.refresh import Outcome, Status

            self._on_outcome(Outcome(name, Status.CANCELLED, 0, 0, 0, None, error.sentence))
            return
        self._running.pop(name, None)
        self._end_if_last()
        self.refused.emit(error)

    def _end_if_last(self) -> None:
        if not (self._running or self._stand_in()):
            self.ended.emit(tuple(self._outcomes))

    def _stand_in(self) -> bool:
        """Asks who stands in for what has failed, once a refresh; whether anyone is asked."""
        from services.refresh import stand_ins
        from services.sources.source import Wish

        if self._http is None or any(outcome.status == "cancelled" for outcome in self._outcomes):
            return False
        have_been = {outcome.source for outcome in self._outcomes}
        asked = [(one, names) for one, names in stand_ins(self._outcomes, self._off) if one.name not in have_been]
        self._running |= {source.name: source.title for source, _ in asked}
        for source, names in asked:
            self._submit(source, self._http, Wish(symbols=names))
        if asked:
            self.started.emit(self.running)
        return bool(asked)


def _key(name: str) -> str:
    return f"refresh:{name}"
