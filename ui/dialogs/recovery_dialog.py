"""Shown once when an archive could not be read and was set aside: what was done, and what brings the rest back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.words import tr


class RecoveryDialog(Sheet):
    """`refresh_wanted` where a person asks for what is missing at once."""

    refresh_wanted = Signal()

    def __init__(self, theme: Theme, notices: Sequence[str], parent: QWidget) -> None:
        super().__init__(theme, tr("The archive was set aside"), parent)
        for notice in notices:
            self.add_text(notice, ink="ink")
        self.add_text(tr("Nothing was deleted: the file that was set aside lies in the data folder."))
        self.add_button(tr("Refresh now"), is_main=True).clicked.connect(self._on_refresh)
        self.setMinimumWidth(520)

    def _on_refresh(self) -> None:
        self.close()
        self.refresh_wanted.emit()
