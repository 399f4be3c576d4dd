"""What a person's files state otherwise than the archive: each figure as it is held and as the file has it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.figures import plain_number
from models.formats import plural
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.words import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from models.records import Conflict

MOST_SHOWN = 500


class ConflictsDialog(Sheet):
    """Lists the conflicts of files that were looked at, or have been imported."""

    def __init__(self, theme: Theme, files: "Mapping[str, Sequence[Conflict]]", parent: QWidget) -> None:
        super().__init__(theme, tr("Conflicts with what is held"), parent)
        rows = [
            (file, conflict.row, conflict.figure, plain_number(conflict.held), plain_number(conflict.given))
            for file, conflicts in files.items()
            for conflict in conflicts
        ]
        self.add_text(tr("The figures of the file become the newest version; those held before stay beside them."))
        self.add_table((tr("File"), tr("Row"), tr("Figure"), tr("Held"), tr("In the file")), rows[:MOST_SHOWN])
        if len(rows) > MOST_SHOWN:
            self.add_text(f"{plural(len(rows) - MOST_SHOWN, 'more conflict')}; the command import lists all of them.")
        self.setMinimumWidth(720)
