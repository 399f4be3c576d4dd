"""A card whose body gives way to the reason why there is nothing to show, with a menu for its figures."""

from functools import partial

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from models.figures import Figures
from ui.theme import Theme
from ui.widgets.card import PADDING, Card
from ui.widgets.quiet_button import QuietButton
from ui.widgets.text import Line, Text

TABLE, IMAGE, FILE = "table", "image", "file"
_HEAD_HEIGHT = 30
_FOOT = 24
_SCALE = 2


class ReasonCard(Card):
    """A card with a title, controls and a menu at its right, whose body gives way to a reason."""

    wanted = Signal(str)
    """One of `TABLE`, `IMAGE` and `FILE`, from the menu."""

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.title = Line(theme, "card_title", "ink", title)
        self.head = QHBoxLayout()
        self.head.setSpacing(6)
        self.head.addStrut(_HEAD_HEIGHT)
        self.head.addWidget(self.title, 1)
        self._reason = Text(theme, "body", "ink2", wraps=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.content = QWidget()
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)
        self.column.addLayout(self.head)
        self.column.addWidget(self.content, 1)
        self.column.addWidget(self._reason, 1)
        self.show_reason("")

    def show_reason(self, reason: str) -> None:
        """Why there is nothing to show, "" shows the body."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.content.setVisible(not reason)

    @property
    def reason(self) -> str:
        return self._reason.text()

    def image(self, foot: str) -> QImage:
        """The card at twice its size, above a line that says what its figures are of."""
        image = QImage(_SCALE * self.width(), _SCALE * (self.height() + _FOOT), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SCALE)
        image.fill(QColor(self._theme.tokens.card))
        painter = QPainter(image)
        self.render(painter, QPoint(0, 0))
        painter.setFont(self._theme.font("label"))
        painter.setPen(QColor(self._theme.tokens.ink3))
        area = QRectF(PADDING, self.height(), self.width() - 2 * PADDING, _FOOT)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, foot)
        painter.end()
        return image

    def figures(self) -> Figures | None:
        """The plotted rows, None where nothing by the day is shown."""
        return None

    def add_menu(self) -> None:
        """At the right end of the head, for cards that have figures."""
        self.menu = QMenu(self)
        for kind, label in ((TABLE, "Show as table"), (IMAGE, "Copy as image"), (FILE, "Export figures (CSV)\u2026")):
            self.menu.addAction(label, partial(self.wanted.emit, kind)).setData(kind)
        self.menu.aboutToShow.connect(self._on_menu)
        button = QuietButton(self._theme, "\u22ef", "Card menu: table, copy and export", role="card_title")
        button.set_menu(self.menu)
        self.head.addWidget(button)
        self.column.setContentsMargins(PADDING, 10, 8, 10)
        self.content.setContentsMargins(0, 0, PADDING - 8, 0)

    def _on_menu(self) -> None:
        has_figures = self.figures() is not None
        for action in self.menu.actions():
            action.setEnabled(has_figures or action.data() == IMAGE)
