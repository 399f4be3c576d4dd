"""A source in detail, and its terms before it is asked for the first time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.formats import DASH, count, day
from models.pages.data import KeptOut, SourceInfo, SourceRow
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.text import set_tip
from ui.words import tr


class SourceDialog(Sheet):
    """Datasets, terms and address of one source; `acted` comes when its action is chosen."""

    acted = Signal()
    history_wanted = Signal()

    def __init__(self, theme: Theme, row: SourceRow, action: str, parent: QWidget) -> None:
        super().__init__(theme, row.info.title, parent)
        if row.info.terms:
            self.add_text(f"{row.info.owner}. {row.info.terms} {row.info.url}")
        cells = [
            (held.dataset.replace("_", " "), day(held.as_of), count(held.rows), held.last_error or DASH)
            for held in row.datasets
        ]
        if cells:
            self.add_table((tr("Dataset"), tr("As of"), tr("Rows"), tr("Last error")), cells)
        else:
            self.add_text(tr("Nothing of it is held."))
        if cells and action in ("Refresh", "Retry"):
            history = self.add_button(tr("Fetch the whole history"))
            set_tip(history, tr("Asks for everything again from the beginning; what is held stays until it has come"))
            history.clicked.connect(self._on_history)
        if action:
            self.add_button(tr(action), is_main=True).clicked.connect(self._on_action)
        self.setMinimumWidth(620)

    def _on_history(self) -> None:
        self.close()
        self.history_wanted.emit()

    def _on_action(self) -> None:
        self.close()
        self.acted.emit()


class TermsDialog(Sheet):
    """`accepted` comes when a person agrees to the terms of a source."""

    accepted_terms = Signal()

    def __init__(self, theme: Theme, info: SourceInfo, parent: QWidget) -> None:
        super().__init__(theme, f"Terms of {info.title}", parent)
        self.add_text(info.owner, ink="ink")
        self.add_text(info.terms)
        self.add_text(info.url)
        self.add_text(tr("Accepting is remembered on this computer; then the figures are fetched."))
        self.add_button(tr("Accept"), is_main=True).clicked.connect(self._on_accept)
        self.setMinimumWidth(520)

    def _on_accept(self) -> None:
        self.close()
        self.accepted_terms.emit()


class KeptOutDialog(Sheet):
    """What was kept out of the archive and why, newest first."""

    def __init__(self, theme: Theme, rows: tuple[KeptOut, ...], parent: QWidget) -> None:
        super().__init__(theme, tr("Kept out of the archive"), parent)
        self.add_text(tr("Rows that could not be right. Nothing of them is used on any page."))
        self.add_table(
            (tr("Source"), tr("Day"), tr("What"), tr("Why")),
            [(row.source, day(row.moment.date()), row.what, f"{row.reason}. {row.content}".strip()) for row in rows],
        )
        self.setMinimumWidth(720)
