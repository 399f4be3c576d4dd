"""The sources in the settings: which are refreshed, and whose terms a person has accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from services.settings import Settings
from ui.theme import Theme
from ui.widgets.text import Line, Text, tip
from ui.words import tr


@dataclass(frozen=True)
class SourceOffer:
    """One source: what it feeds, its terms, and whether it is refreshed by itself or waits for its terms.

    `stands_in_for` is the title of the source in whose place it is asked, should that one fail.
    """

    name: str
    title: str
    feeds: tuple[str, ...]
    terms: str
    url: str
    is_default: bool
    needs_consent: bool
    stands_in_for: str = ""


class SourceList(QWidget):
    """`switched` gives a source and whether it is refreshed, `terms_changed` whether its terms are accepted."""

    switched = Signal(str, bool)
    terms_changed = Signal(str, bool)

    def __init__(self, theme: Theme, sources: Sequence[SourceOffer], settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.boxes: dict[str, QCheckBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for line, source in enumerate(sources):
            box = QCheckBox(source.title, self)
            box.setToolTip(tip(f"{source.terms} {source.url}".strip()))
            box.setAccessibleDescription(f"Feeds {', '.join(source.feeds)}. {source.terms}")
            if source.needs_consent:
                box.setChecked(source.name in settings.accepted_terms)
                box.toggled.connect(partial(self.terms_changed.emit, source.name))
            elif source.is_default or source.stands_in_for:
                box.setChecked(source.name not in settings.sources_off)
                box.toggled.connect(partial(self.switched.emit, source.name))
            else:
                box.setEnabled(False)
            grid.addWidget(box, line, 0)
            grid.addWidget(Line(theme, "label", "ink3", source.terms, self), line, 1)
            grid.addWidget(Text(theme, "label", "ink3", _when(source), self), line, 2)
            self.boxes[source.name] = box


def _when(source: SourceOffer) -> str:
    if source.needs_consent:
        return tr("ticked: terms accepted")
    if source.stands_in_for:
        return f"where {source.stands_in_for} fails"
    return "" if source.is_default else tr("on request")
