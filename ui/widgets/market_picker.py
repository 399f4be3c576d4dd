"""The market that the desk shows, and the list to choose another from."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from models.qt.market_list import MarketList
from ui.theme import Theme, qcolour
from ui.widgets.box_button import BoxButton, paint_down_arrow
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.market_popup import MarketPopup  # loaded when it is first opened

_WIDTH, _WIDEST = 150, 280
_ARROW_ROOM = 14


class MarketPicker(BoxButton):
    """Shows the title of a market; `chosen` gives the name of the one that a person picks."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", tr("Market"), parent)
        self.list = MarketList(self)
        self._name = ""
        self._popup: MarketPopup | None = None
        self.clicked.connect(self.open)

    def set_market(self, name: str) -> None:
        self._name = name
        self.setText(self.list.title_of(name))
        self.setAccessibleName(f"Market: {self.text()}")
        self.updateGeometry()
        self.update()

    def set_others(self, contracts: tuple[tuple[str, str], ...]) -> None:
        """Code and name of the contracts held."""
        self.list.set_others(contracts)
        self.set_market(self._name)

    def open(self) -> None:
        if self._popup is None:
            from ui.widgets.market_popup import MarketPopup

            self._popup = MarketPopup(self.theme, self.list, self)
            self._popup.chosen.connect(self.chosen)
        self._popup.open_at(self._name, self)

    def content_width(self) -> float:
        text = self.theme.metrics("body_strong").horizontalAdvance(self.text())
        return min(max(text + _ARROW_ROOM + 4, _WIDTH - 20.0), _WIDEST - 20.0)

    def paint_content(self, painter: QPainter, area: QRectF, ink: QColor) -> None:
        painter.setFont(self.theme.font("body_strong"))
        painter.setPen(ink)
        room = area.adjusted(0, 0, -_ARROW_ROOM, 0)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        paint_down_arrow(painter, QPointF(area.right() - 4, area.center().y()), qcolour(self.theme.tokens.ink3))
