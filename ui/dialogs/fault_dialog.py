"""Shown once for a fault in the app itself, never for what goes wrong outside of it."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from ui.dialogs.about_dialog import diagnostics
from ui.dialogs.sheet import Sheet
from ui.theme import Theme


class FaultDialog(Sheet):
    """What happened, what is safe, and a report to copy."""

    def __init__(self, theme: Theme, trace: str, profile: Path, parent: QWidget) -> None:
        super().__init__(theme, "A fault in the app", parent)
        self._report = f"{diagnostics(profile)}\n{trace}"
        self.add_text(
            "Something in the app has failed. The figures held are safe and the window goes on; if it behaves"
            " strangely, close it and start it again. The report below helps to find the cause."
        )
        text = QPlainTextEdit(self._report, self)
        text.setReadOnly(True)
        text.setMinimumHeight(220)
        text.setAccessibleName("Report")
        self.column.addWidget(text)
        self.add_button("Copy report").clicked.connect(self._on_copy)
        self.setMinimumWidth(640)

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._report)
