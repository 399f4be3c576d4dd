"""Shown once for a fault in the app itself, never for what goes wrong outside of it."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from services.reports import redacted
from ui.diagnostics import diagnostics
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.words import tr


class FaultDialog(Sheet):
    """What happened, what is safe, and a report to copy, which is kept on this machine and sent to nobody."""

    def __init__(self, theme: Theme, what: str, trace: str, profile: Path, parent: QWidget) -> None:
        super().__init__(theme, tr("A fault in the app"), parent)
        self._report = redacted(f"{diagnostics(profile)}\n{trace}", profile)
        self.add_text(
            f"{what} The report below helps to find the cause. It is kept in the data folder and goes to nobody"
            " by itself; keys, names and folders have been taken out."
        )
        text = QPlainTextEdit(self._report, self)
        text.setReadOnly(True)
        text.setMinimumHeight(220)
        text.setAccessibleName(tr("Report"))
        self.column.addWidget(text)
        self.add_button(tr("Copy report")).clicked.connect(self._on_copy)
        self.setMinimumWidth(640)

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._report)
