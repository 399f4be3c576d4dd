"""A user's own holdings file on its way into the archive: chosen, looked at, asked about, saved."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from models.formats import plural
from services.clock import Clock
from services.errors import ArchiveError, InputError
from ui.archive_keeper import ArchiveKeeper
from ui.preferences import Preferences
from ui.theme import Theme
from ui.words import tr

if TYPE_CHECKING:
    from models.records import Batch, Conflict
    from services.archive.archive import Archive
    from services.importing_holdings import Columns, Look

_FILES = "Holdings (*.csv *.xlsx *.txt *.tsv *.gz);;All files (*)"


class HoldingsImport(QObject):
    """`told` is a sentence on what came of it, `imported` comes when the archive has something new."""

    told = Signal(str)
    imported = Signal()

    def __init__(
        self, keeper: ArchiveKeeper, clock: Clock, preferences: Preferences, theme: Theme, window: QWidget
    ) -> None:
        super().__init__(window)
        self._keeper, self._clock, self._preferences = keeper, clock, preferences
        self._theme, self._window = theme, window

    def choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._window, tr("Import holdings"), "", tr(_FILES))
        if chosen:
            self.look_at(Path(chosen))

    def look_at(self, path: Path) -> None:
        """Read the file away from the window, then ask what it does not say."""

        def question(_: "Archive") -> "Look | str":
            from services.importing import content_of
            from services.importing_holdings import look

            try:
                return look(content_of(path), self._clock.now())
            except InputError as error:
                return str(error)

        def answer(found: "Look | str") -> None:
            self.told.emit(found) if isinstance(found, str) else self._ask(path, found)

        self._keeper.ask("holdings-look", question, answer)

    def _ask(self, path: Path, look: "Look") -> None:
        from ui.dialogs.holdings_dialog import HoldingsDialog

        dialog = HoldingsDialog(self._theme, path.name, look, self._remembered(look.mark), self._window)

        def wanted(fund: str, day: date, columns: "Columns | None") -> None:
            self._remember(look.mark, columns)
            self._save(path, fund, day, columns)

        dialog.wanted.connect(wanted)
        dialog.open()

    def _save(self, path: Path, fund: str, day: date, columns: "Columns | None") -> None:
        def question(archive: "Archive") -> "tuple[str, bool, tuple[Conflict, ...]]":
            from services.importing import content_of
            from services.importing_holdings import read, remark

            try:
                content = content_of(path)
                batch = read(content, path.name, self._clock.now(), fund=fund, as_of=day, columns=columns)
                conflicts = archive.compare(batch).conflicts
                saved = archive.save(batch)
            except (InputError, ArchiveError) as error:
                return str(error), False, ()
            is_new = bool(saved.rows_new or saved.rows_revised)
            said = [remark(batch), *([] if is_new else ["They were held already."]), *_left_out(batch)]
            return " ".join(said), is_new, conflicts

        def answer(done: "tuple[str, bool, tuple[Conflict, ...]]") -> None:
            said, is_new, conflicts = done
            self.told.emit(said)
            if conflicts:
                self._list(path.name, conflicts)
            if is_new:
                self.imported.emit()

        self._keeper.ask("holdings-import", question, answer)

    def _list(self, file: str, conflicts: "tuple[Conflict, ...]") -> None:
        from ui.dialogs.conflicts_dialog import ConflictsDialog

        ConflictsDialog(self._theme, {file: conflicts}, self._window).open()

    def _remembered(self, mark: str) -> "Columns | None":
        from services.importing_holdings import columns_from

        held = self._preferences.settings.mappings.get(mark)
        try:
            return columns_from(held, "settings") if held is not None else None
        except InputError:  # written by another version, or by hand
            return None

    def _remember(self, mark: str, columns: "Columns | None") -> None:
        from services.importing_holdings import as_json

        if columns is not None:
            held = self._preferences.settings.mappings
            self._preferences.update(mappings={**held, mark: as_json(columns)})


def _left_out(batch: "Batch") -> list[str]:
    if not batch.refused:
        return []
    first = batch.refused[0]
    return [f"Left out: {plural(len(batch.refused), 'line')}, the first {first.what} ({first.reason})."]
