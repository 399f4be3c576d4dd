"""The top bar: market, as-of, range, search, refresh, menu."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from models.freshness import LATER
from models.qt.desk import Desk
from ui.theme import Theme, qcolour
from ui.widgets.as_of_control import AsOfControl
from ui.widgets.box_button import BoxButton
from ui.widgets.frame_buttons import IconButton, SearchButton
from ui.widgets.market_picker import MarketPicker
from ui.widgets.segmented import SegmentedControl
from ui.widgets.text import set_tip
from ui.words import tr

HEIGHT = 48
RANGES = ("1Y", "3Y", "5Y", "10Y", "All")
REWOUND = "Rewound: nothing released later is used unless marked"
LATER_SHOWN = f"Rewound. Later data is shown and marked {LATER}"


@dataclass(frozen=True)
class _Range:
    value: str
    is_chosen: bool = False
    reason: str = ""

    @property
    def label(self) -> str:
        return self.value


class Chip(QWidget):
    """A short note in the flag's outline; one that does not fit is cut off and has a tool tip."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.show_text(text)
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        set_tip(self, text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(self._theme.metrics("pane_title").horizontalAdvance(self._text)) + 13, 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flag = qcolour(self._theme.tokens.flag)
        painter.setPen(QPen(flag, 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(self._theme.font("pane_title"))
        room = self.rect().adjusted(6, 0, -6, 0)
        text = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class TopBar(QWidget):
    """`range_chosen` gives a preset, `refresh_wanted` and `cancel_wanted` come from the one button for both."""

    range_chosen = Signal(str)
    refresh_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, theme: Theme, desk: Desk, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._desk = theme, desk
        self._is_compact = self._is_refreshing = False
        self.market = MarketPicker(theme, self)
        self.as_of = AsOfControl(theme, desk, now, self)
        self._notice = Chip(theme, REWOUND, self)
        self.ranges = SegmentedControl(theme, tr("Range"), self)
        self.ranges.show_options([_Range(value) for value in RANGES])
        self.refresh = BoxButton(theme, tr("Refresh"), tr("Refresh: download what is due"), self)
        self.search = SearchButton(theme, self)
        self.menu = IconButton(theme, "menu", tr("Menu: every command"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 1)
        row.setSpacing(12)
        for widget in (self.market, self.as_of, self._notice):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.ranges)
        row.addWidget(self.search)
        row.addWidget(self.refresh)
        row.addWidget(self.menu)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Market, as-of, range, search, refresh and menu"))
        self.market.chosen.connect(self._on_market_chosen)
        self.ranges.chosen.connect(self.range_chosen)
        self.refresh.clicked.connect(self._on_refresh_clicked)
        desk.changed.connect(self._on_desk_changed)
        theme.changed.connect(self.update)
        self._on_desk_changed()

    @property
    def is_refreshing(self) -> bool:
        return self._is_refreshing

    def set_compact(self, is_compact: bool) -> None:
        """The rewound line becomes the outline only, the field to search an icon."""
        self._is_compact = is_compact
        self.search.set_compact(is_compact)
        self._on_desk_changed()

    def set_range(self, preset: str) -> None:
        """Show which range the page has; "" for one chosen by hand."""
        self.ranges.set_value(preset)

    def set_refreshing(self, is_refreshing: bool) -> None:
        self._is_refreshing = is_refreshing
        self.refresh.setText(tr("Cancel") if is_refreshing else tr("Refresh"))
        self.refresh.setAccessibleName(
            tr("Cancel the refresh") if is_refreshing else tr("Refresh: download what is due")
        )
        self.refresh.setEnabled(True)
        self.refresh.updateGeometry()

    def set_cancelling(self) -> None:
        """The refresh was asked to stop and has not ended yet."""
        self.refresh.setEnabled(False)

    def _on_market_chosen(self, name: str) -> None:
        self._desk.choose(market=name)

    def _on_desk_changed(self) -> None:
        choice = self._desk.choice
        self.market.set_market(choice.market)
        self._notice.show_text(LATER_SHOWN if choice.later_data else REWOUND)
        self._notice.setVisible(not choice.is_live and not self._is_compact)

    def _on_refresh_clicked(self) -> None:
        if self._is_refreshing:
            self.cancel_wanted.emit()
        else:
            self.refresh_wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolour(self._theme.tokens.card))
        painter.fillRect(0, self.height() - 1, self.width(), 1, qcolour(self._theme.tokens.line))
        painter.end()
