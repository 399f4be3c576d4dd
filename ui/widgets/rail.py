"""The rail at the left: one button a page, the settings at the bottom."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ui.pages.registry import PageEntry
from ui.theme import Theme, qcolour
from ui.widgets.box_button import RADIUS, paint_focus
from ui.widgets.focus import is_key_focused
from ui.widgets.icon import Icon
from ui.widgets.text import set_tip
from ui.words import tr

WIDTH, WIDTH_COMPACT = 84, 48
SETTINGS = "settings"
_ICON_PX = 20


class RailButton(QAbstractButton):
    """Icon over label; compact the icon alone, with the label as its tool tip."""

    def __init__(self, theme: Theme, icon: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._is_compact = theme, Icon(icon), False
        self.setText(label)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def set_compact(self, is_compact: bool) -> None:
        self._is_compact = is_compact
        set_tip(self, self.text() if is_compact else "")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(36, 40) if self._is_compact else QSize(72, 56)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.sel if self.isChecked() else tokens.hov))
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        if is_key_focused(self):
            paint_focus(painter, self._theme, area)
        ink = QColor(tokens.ink if self.isChecked() else tokens.ink2)
        top = (area.height() - _ICON_PX) / 2 if self._is_compact else 9.0
        self._icon.paint(painter, QRectF((area.width() - _ICON_PX) / 2, top, _ICON_PX, _ICON_PX), ink)
        if not self._is_compact:
            painter.setFont(self._theme.font("label_strong" if self.isChecked() else "label"))
            painter.setPen(ink)
            painter.drawText(area.adjusted(0, 31, 0, -5), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class Rail(QWidget):
    """`chosen` gives the name of a page, `settings_wanted` the button at the bottom."""

    chosen = Signal(str)
    settings_wanted = Signal()

    def __init__(self, theme: Theme, pages: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(tr("Pages"))
        self._group = QButtonGroup(self)
        self._buttons = {entry.name: RailButton(theme, entry.icon, tr(entry.label), self) for entry in pages}
        self._column = QVBoxLayout(self)
        for button in self._buttons.values():
            button.setCheckable(True)
            self._group.addButton(button)
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self.settings = RailButton(theme, SETTINGS, tr("Settings"), self)
        self._column.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignHCenter)
        self._group.buttonClicked.connect(self._on_clicked)
        self.settings.clicked.connect(self.settings_wanted)
        theme.changed.connect(self.update)
        self.set_compact(False)

    def set_current(self, name: str) -> None:
        """Tab stops at the page that is shown; arrows lead to the others."""
        for one, button in self._buttons.items():
            button.setChecked(one == name)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one == name else Qt.FocusPolicy.ClickFocus)

    def set_compact(self, is_compact: bool) -> None:
        self.setFixedWidth(WIDTH_COMPACT if is_compact else WIDTH)
        self._column.setContentsMargins(0, 56, 1, 36)
        self._column.setSpacing(4 if is_compact else 6)
        for button in (*self._buttons.values(), self.settings):
            button.set_compact(is_compact)

    def first_control(self) -> QWidget:
        """Where the focus goes when the region is entered: the page that is shown."""
        return self._group.checkedButton() or next(iter(self._buttons.values()), self.settings)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), qcolour(self._theme.tokens.card))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), qcolour(self._theme.tokens.line))
        painter.end()

    def _on_clicked(self, button: QAbstractButton) -> None:
        name = next(name for name, one in self._buttons.items() if one is button)
        self.chosen.emit(name)
