"""What a download would fetch, from whom and on which terms, before anything is fetched."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.words import tr

if TYPE_CHECKING:
    from services.sources.source import Source


class FetchDialog(Sheet):
    """`download_wanted` comes when a person agrees."""

    download_wanted = Signal()

    def __init__(self, theme: Theme, sources: "Iterable[Source]", download_mb: int, parent: QWidget) -> None:
        super().__init__(theme, tr("What will be fetched"), parent)
        self.add_text(
            f"Public files only, about {download_mb} MB the first time and a few kB a week after that. "
            "Nothing about you is sent."
        )
        rows = [(s.title, ", ".join(s.feeds), f"{s.terms.owner}. {s.terms.sentence}") for s in sources]
        self.add_table((tr("Source"), tr("Used on"), tr("Owner and terms")), rows)
        self.add_text(tr("From then on the app asks by itself when a report is due. Settings can switch that off."))
        self.add_button(tr("Download"), is_main=True).clicked.connect(self._on_download)
        self.setMinimumWidth(620)

    def _on_download(self) -> None:
        self.close()
        self.download_wanted.emit()
