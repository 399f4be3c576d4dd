"""What the app is, where its figures come from and under which terms, what it is made of, and its diagnostics."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from models.version import NAME, VERSION
from ui.diagnostics import diagnostics
from ui.dialogs.sheet import Sheet
from ui.parts import PARTS
from ui.resources.files import resource
from ui.theme import Theme
from ui.words import tr

if TYPE_CHECKING:
    from services.sources.source import Source

LICENCE_TEXTS = resource("licences.txt")
"""Made by the build; the source tree has the packages themselves with their licences."""


class AboutDialog(Sheet):
    """`Copy diagnostics` puts versions and places on the clipboard, no figures and nothing secret."""

    def __init__(self, theme: Theme, sources: "Iterable[Source]", profile: Path, parent: QWidget) -> None:
        super().__init__(theme, f"{NAME} {VERSION}", parent)
        self._profile = profile
        self.add_text(tr("Where traders are positioned, whether that is a record, and under which definition."))
        self.add_text(tr("Not investment advice. The figures may be late, revised or wrong."), ink="ink")
        rows = [(s.title, f"{s.terms.owner}. {s.terms.sentence}") for s in sources]
        self.add_table((tr("Source"), tr("Terms")), rows)
        self.add_text(f"{NAME} itself is under the MIT licence. What travels with it:")
        self.add_table((tr("Licence"), tr("Parts")), [(licence, ", ".join(names)) for licence, names in PARTS])
        self.add_text(
            "Qt and Qt for Python are used unchanged, as separate libraries that may be replaced by other builds of"
            f" the same version: they lie in {Path(PySide6.__file__).parent}.",
            ink="ink3",
        )
        if LICENCE_TEXTS.is_file():
            self.add_button(tr("Licence texts")).clicked.connect(self._on_licences)
        self.add_button(tr("Copy diagnostics")).clicked.connect(self._on_copy)
        self.setMinimumWidth(640)

    def _on_licences(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(LICENCE_TEXTS)))

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(diagnostics(self._profile))
