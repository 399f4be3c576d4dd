"""Colours and fonts of the design, light, dark or as the system has it, switched while the app runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPlainTextEdit, QToolTip, QWidget

from ui.bar_style import dress_bar
from ui.resources.files import resource
from ui.stylesheet import rules_for, style_sheet
from ui.tokens import DARK_TOKENS, LIGHT_TOKENS, Tokens

SYSTEM, LIGHT, DARK = "system", "light", "dark"
"""The modes: follow the system, or keep to one of the two."""

_NORMAL, _MEDIUM, _SEMIBOLD, _BOLD = 400, 500, 600, 700

ROLES: dict[str, tuple[int, int]] = {
    "lead": (38, _BOLD),
    "rank": (36, _BOLD),
    "sentence": (20, _SEMIBOLD),
    "sentence_compact": (17, _SEMIBOLD),
    "drawer_title": (16, _SEMIBOLD),
    "end_label": (13, _SEMIBOLD),
    "card_title": (13, _SEMIBOLD),
    "body": (13, _NORMAL),
    "body_strong": (13, _SEMIBOLD),
    "button": (13, _NORMAL),
    "button_strong": (13, _SEMIBOLD),
    "cell": (12, _NORMAL),
    "cell_strong": (12, _SEMIBOLD),
    "reading": (12, _SEMIBOLD),
    "header": (11, _MEDIUM),
    "label": (11, _NORMAL),
    "label_strong": (11, _SEMIBOLD),
    "axis": (11, _NORMAL),
    "pane_title": (11, _SEMIBOLD),
    "curve_name": (11, _SEMIBOLD),
    "strip_label": (11, _SEMIBOLD),
}
"""Size in logical pixels at a text size of 100 %, and weight, of each role of type."""

FAMILY = "Inter"
_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")
_TABULAR = QFont.Tag("tnum")

_Dressed = TypeVar("_Dressed", bound=QWidget)


def family() -> str:
    """Inter: the system's where it has it, else the app's own; the system's font only where neither can be read."""
    if FAMILY not in QFontDatabase.families():
        for name in _FILES:
            QFontDatabase.addApplicationFont(str(resource("fonts") / name))
    if FAMILY in QFontDatabase.families():
        return FAMILY
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


@cache
def qcolour(value: str) -> QColor:
    """A colour by its token's value, the same object each time: it is for painting with and must not be changed.

    Whatever is made of Qt lets other threads run first, so a paint beside a busy one is as slow as it makes objects.
    """
    return QColor(value)


class Theme(QObject):
    """What everything is drawn with. `changed` comes after mode, system or text size have changed it."""

    changed = Signal()

    def __init__(self, mode: str = SYSTEM, text_size_pct: int = 100, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode, self._text_size_pct = mode, text_size_pct
        self._family = family()
        self._fonts: dict[str, QFont] = {}
        self._metrics: dict[str, QFontMetricsF] = {}
        self._sheets: dict[str, str] = {}
        """The style sheets that are worn, each by its rules."""
        self._is_worn = self._is_paper = False
        self._is_system_dark = _is_system_dark()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def mode(self) -> str:
        return self._mode

    @property
    def text_size_pct(self) -> int:
        return self._text_size_pct

    @property
    def is_dark(self) -> bool:
        if self._is_paper:
            return False
        if self._mode == SYSTEM:
            return self._is_system_dark
        return self._mode == DARK

    @property
    def tokens(self) -> Tokens:
        return DARK_TOKENS if self.is_dark else LIGHT_TOKENS

    def colour(self, token: str) -> QColor:
        """Not to be changed, as it is everybody's."""
        return qcolour(getattr(self.tokens, token))

    def font(self, role: str) -> QFont:
        """The font of a role, with figures of equal width."""
        if role not in self._fonts:
            size, weight = ROLES[role]
            font = QFont(self._family)
            font.setPixelSize(self.pixels(size))
            font.setWeight(QFont.Weight(weight))
            font.setFeature(_TABULAR, 1)
            self._fonts[role] = font
        return self._fonts[role]

    def metrics(self, role: str) -> QFontMetricsF:
        """How much room text of a role takes."""
        if role not in self._metrics:
            self._metrics[role] = QFontMetricsF(self.font(role))
        return self._metrics[role]

    def pixels(self, size: int) -> int:
        """A size of text in logical pixels at the chosen text size."""
        return round(size * self._text_size_pct / 100)

    @contextmanager
    def on_paper(self) -> Iterator[None]:
        """Light while something is drawn for a file, whatever the screen has; the screen is not told."""
        was, self._is_paper = self._is_paper, True
        try:
            yield
        finally:
            self._is_paper = was

    def choose(self, mode: str, text_size_pct: int | None = None) -> None:
        """Another mode or text size; nothing happens where both are as they were."""
        size = self._text_size_pct if text_size_pct is None else text_size_pct
        if (mode, size) != (self._mode, self._text_size_pct):
            self._mode, self._text_size_pct = mode, size
            self._fonts.clear()
            self._metrics.clear()
            self._refresh()

    def dress(self, widget: _Dressed, name: str = "") -> _Dressed:
        """Gives a control the outline of its kind, now and after each change; a dialog all that is in it.

        A button that stands out, or hardly does, has a `name`: primary or link.

        Of what scrolls the bars alone are dressed: what is in it would pay for a sheet, too.
        """
        if isinstance(widget, QAbstractScrollArea) and not isinstance(widget, QPlainTextEdit):
            for bar in (widget.verticalScrollBar(), widget.horizontalScrollBar()):
                dress_bar(bar)
        else:
            widget.setObjectName(name or widget.objectName())
            widget.setStyleSheet(self._sheet(rules_for(widget)))
        return widget

    def apply(self) -> None:
        """Sets palette, font and style of the whole application, now and after each change.

        Fusion is the only style of Qt's that takes every colour from the palette.
        """
        self._is_worn = True
        QApplication.setStyle("Fusion")
        self._dress()

    def _on_system_changed(self) -> None:
        self._is_system_dark = _is_system_dark()
        if self._mode == SYSTEM:
            self._refresh()

    def _refresh(self) -> None:
        if self._is_worn:
            self._dress()
        self._dress_again()
        self.changed.emit()

    def _sheet(self, rules: str) -> str:
        if rules not in self._sheets:
            self._sheets[rules] = style_sheet(rules, self.tokens, self.pixels)
        return self._sheets[rules]

    def _dress_again(self) -> None:
        """Who wears one of the sheets is asked of Qt, so that nothing is kept of a control that is gone."""
        worn = {sheet: rules for rules, sheet in self._sheets.items()}
        self._sheets.clear()
        for widget in QApplication.allWidgets() if worn else ():
            rules = worn.get(widget.styleSheet())
            if rules is not None:
                widget.setStyleSheet(self._sheet(rules))

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setFont(self.font("body"))
            app.setPalette(palette(self.tokens))
            QToolTip.setPalette(palette(self.tokens))
            QToolTip.setFont(self.font("cell"))


def _is_system_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def palette(tokens: Tokens) -> QPalette:
    """What Qt's own style draws with."""
    role = QPalette.ColorRole
    made = QPalette()
    for of, colour in (
        (role.Window, tokens.win),
        (role.WindowText, tokens.ink),
        (role.Base, tokens.card),
        (role.AlternateBase, tokens.alt),
        (role.Text, tokens.ink),
        (role.PlaceholderText, tokens.ink3),
        (role.Button, tokens.card),
        (role.ButtonText, tokens.ink),
        (role.BrightText, tokens.ink),
        (role.Highlight, tokens.sel),
        (role.HighlightedText, tokens.ink),
        (role.ToolTipBase, tokens.card),
        (role.ToolTipText, tokens.ink2),
        (role.Link, tokens.ink),
        (role.LinkVisited, tokens.ink2),
        (role.Accent, tokens.ink),
        (role.Light, tokens.line),
        (role.Midlight, tokens.line),
        (role.Mid, tokens.line2),
        (role.Dark, tokens.line2),
        (role.Shadow, tokens.line2),
    ):
        made.setColor(of, QColor(colour))
    for of in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, of, QColor(tokens.mute))
    return made
