"""What the app is, where its figures come from, and what to say when something is wrong with it."""

import platform
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication, QWidget

from models.version import NAME, VERSION
from ui.dialogs.sheet import Sheet
from ui.theme import Theme

if TYPE_CHECKING:
    from services.sources.source import Source


class AboutDialog(Sheet):
    """`Copy diagnostics` puts versions and places on the clipboard, no figures and nothing secret."""

    def __init__(self, theme: Theme, sources: "Iterable[Source]", profile: Path, parent: QWidget) -> None:
        super().__init__(theme, f"{NAME} {VERSION}", parent)
        self._profile = profile
        self.add_text("Where traders are positioned, whether that is a record, and under which definition.")
        rows = [(s.title, f"{s.terms.owner}. {s.terms.sentence}") for s in sources]
        self.add_table(("Source", "Terms"), rows)
        self.add_text("Not investment advice. The figures may be late, revised or wrong.")
        self.add_text("MIT licence. Made with Qt for Python (LGPL), NumPy, pandas and pyqtgraph.", ink="ink3")
        self.add_button("Copy diagnostics").clicked.connect(self._on_copy)
        self.setMinimumWidth(520)

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(diagnostics(self._profile))


def diagnostics(profile: Path) -> str:
    """Versions and places, for a report of a fault."""
    lines = {
        NAME: VERSION,
        "Python": sys.version.split()[0],
        "Qt": qVersion(),
        "System": platform.platform(),
        "Window system": QApplication.platformName(),
        "Data folder": str(profile),
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())
