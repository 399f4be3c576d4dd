"""The evidence of the chosen sentence: each of its claims in the drawer, or why there is none."""

from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.pages.check import NOT_A_CLAIM, CheckedSentence
from models.statements.evidence import Evidence
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.evidence_drawer import EvidenceDrawer
from ui.widgets.segmented import SegmentedControl
from ui.widgets.text import Text
from ui.words import tr


@dataclass(frozen=True)
class _Option:
    value: str
    label: str
    is_chosen: bool
    reason: str = ""


class ClaimPanel(QWidget):
    """Shows a `CheckedSentence`, one of its claims at a time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sentence: CheckedSentence | None = None
        self.choice = SegmentedControl(theme, tr("Claims of the sentence"), self)
        self.choice.chosen.connect(lambda value: self._show_claim(int(value)))
        self.drawer = EvidenceDrawer(theme, self, is_closable=False)
        self.nothing = Card(theme)
        self.said = Text(theme, "body", "ink2", "", wraps=True)
        self.nothing.column.addWidget(Text(theme, "card_title", "ink", tr("Evidence")))
        self.nothing.column.addWidget(self.said)
        self.nothing.column.addStretch(1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.drawer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.choice)
        column.addWidget(self._stack, 1)
        self.show_sentence(None)

    @property
    def evidence(self) -> Evidence | None:
        """What the drawer shows, None where there is no claim."""
        return self.drawer.evidence if self.is_showing_claim else None

    @property
    def is_showing_claim(self) -> bool:
        return self._stack.currentWidget() is self.drawer

    def show_sentence(self, sentence: CheckedSentence | None) -> None:
        """The first claim of this sentence, or what of it was not understood."""
        self._sentence = sentence
        count = len(sentence.evidence) if sentence is not None else 0
        self.choice.setVisible(count > 1)
        if count:
            self._show_claim(0)
            return
        self._stack.setCurrentWidget(self.nothing)
        unread = sentence.unread if sentence is not None else ()
        lines = [f"Not understood: \u201c{one.text}\u201d. {one.reason[:1].upper()}{one.reason[1:]}." for one in unread]
        nothing = f"{NOT_A_CLAIM[:1].upper()}{NOT_A_CLAIM[1:]}." if sentence is not None else ""
        self.said.setText("\n\n".join(lines) or nothing)

    def _show_claim(self, place: int) -> None:
        if self._sentence is None:
            return
        count = len(self._sentence.evidence)
        options = [_Option(str(at), f"Claim {at + 1}", at == place) for at in range(count)]
        self.choice.show_options(options)
        self.drawer.show_evidence(self._sentence.evidence[place])
        self._stack.setCurrentWidget(self.drawer)
