"""The sources in the settings: which are refreshed, and whose terms a person has accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from services.settings import Settings
from ui.theme import Theme
from ui.widgets.text import Line, Text, tip


@dataclass(frozen=True)
class SourceOffer:
    """One source: what it feeds, its terms, and whether it is refreshed by itself or waits for its terms."""

    name: str
    title: str
    feeds: tuple[str, ...]
    terms: str
    url: str
    is_default: bool
    needs_consent: bool


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
            elif source.is_default:
                box.setChecked(source.name not in settings.sources_off)
                box.toggled.connect(partial(self.switched.emit, source.name))
            else:
                box.setEnabled(False)
            said = "ticked: terms accepted" if source.needs_consent else "" if source.is_default else "on request"
            grid.addWidget(box, line, 0)
            grid.addWidget(Line(theme, "label", "ink3", source.terms, self), line, 1)
            grid.addWidget(Text(theme, "label", "ink3", said, self), line, 2)
            self.boxes[source.name] = box
