"""The tokens of the design as palette, fonts and style sheet; light, dark or as the system has it, switched live."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

SYSTEM, LIGHT, DARK = "system", "light", "dark"


@dataclass(frozen=True)
class Tokens:
    """Colours by their use, as hex strings; the ratios that they must keep are computed in the tests."""

    win: str
    card: str
    alt: str
    sel: str
    hov: str
    line: str
    line2: str
    grid: str
    ink: str
    ink2: str
    ink3: str
    mute: str
    small: str
    smallT: str  # noqa: N815 - the design's own name
    large: str
    largeT: str  # noqa: N815
    flag: str
    flagT: str  # noqa: N815


LIGHT_TOKENS = Tokens(
    win="#F3F4F6",
    card="#FFFFFF",
    alt="#F7F8FA",
    sel="#E9ECF0",
    hov="#EEF1F4",
    line="#DDE1E6",
    line2="#C3C9D1",
    grid="#ECEEF1",
    ink="#171B21",
    ink2="#434B57",
    ink3="#5B6471",
    mute="#7D8794",
    small="#1B5FBF",
    smallT="#D6E4F8",
    large="#A54A05",
    largeT="#F9E2CC",
    flag="#7C3A78",
    flagT="#F3E6F2",
)
DARK_TOKENS = Tokens(
    win="#13161A",
    card="#1A1E23",
    alt="#1F242A",
    sel="#2A3038",
    hov="#232930",
    line="#2E353D",
    line2="#454E59",
    grid="#262C33",
    ink="#ECEFF3",
    ink2="#BCC4CE",
    ink3="#98A2AF",
    mute="#7C8794",
    small="#74ABFF",
    smallT="#1E3557",
    large="#F0A25A",
    largeT="#4A3118",
    flag="#D7A0D2",
    flagT="#3A2A3B",
)

ROLES: dict[str, tuple[int, int]] = {
    "lead": (38, 700),
    "rank": (36, 700),
    "sentence": (20, 600),
    "sentence_compact": (17, 600),
    "drawer_title": (16, 600),
    "end_label": (13, 600),
    "card_title": (13, 600),
    "body": (13, 400),
    "body_strong": (13, 600),
    "button": (13, 400),
    "button_strong": (13, 600),
    "cell": (12, 400),
    "cell_strong": (12, 600),
    "reading": (12, 600),
    "header": (11, 500),
    "label": (11, 400),
    "label_strong": (11, 600),
    "axis": (11, 400),
    "pane_title": (11, 600),
    "curve_name": (11, 600),
    "strip_label": (11, 600),
}
"""Size in logical pixels at 100 % text size, and weight, of each role."""


class Theme(QObject):
    """What everything is drawn with. `changed` follows the mode, the system and the text size."""

    changed = Signal()

    def __init__(self, mode: str = SYSTEM, text_size_pct: int = 100, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode, self._text_size_pct = mode, text_size_pct
        self._family = "Inter" if "Inter" in QFontDatabase.families() else QGuiApplication.font().family()
        self._fonts: dict[str, QFont] = {}
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def mode(self) -> str:
        return self._mode

    @property
    def text_size_pct(self) -> int:
        return self._text_size_pct

    @property
    def is_dark(self) -> bool:
        if self._mode == SYSTEM:
            return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._mode == DARK

    @property
    def tokens(self) -> Tokens:
        return DARK_TOKENS if self.is_dark else LIGHT_TOKENS

    def font(self, role: str) -> QFont:
        """The font of a role, with figures of equal width."""
        if role not in self._fonts:
            size, weight = ROLES[role]
            font = QFont(self._family)
            font.setPixelSize(self.pixels(size))
            font.setWeight(QFont.Weight(weight))
            font.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[role] = font
        return self._fonts[role]

    def pixels(self, size: int) -> int:
        """A size of text in logical pixels at the chosen text size, never below the smallest of the design."""
        return max(9, round(size * self._text_size_pct / 100))

    def choose(self, mode: str, text_size_pct: int | None = None) -> None:
        """Another mode or text size; nothing happens where both are as they were."""
        size = text_size_pct if text_size_pct is not None else self._text_size_pct
        if (mode, size) != (self._mode, self._text_size_pct):
            self._mode, self._text_size_pct = mode, size
            self._fonts.clear()
            self.apply()

    def apply(self) -> None:
        """Dresses the application; Fusion is the only style that takes every colour from the palette."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setStyle("Fusion")
            app.setFont(self.font("body"))
            app.setPalette(palette(self.tokens))
            app.setStyleSheet(style_sheet(self.tokens, self.pixels))
        self.changed.emit()

    def _on_system_changed(self) -> None:
        if self._mode == SYSTEM:
            self.apply()


def palette(tokens: Tokens) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: tokens.win,
        QPalette.ColorRole.Base: tokens.card,
        QPalette.ColorRole.AlternateBase: tokens.alt,
        QPalette.ColorRole.Button: tokens.card,
        QPalette.ColorRole.Text: tokens.ink,
        QPalette.ColorRole.WindowText: tokens.ink,
        QPalette.ColorRole.ButtonText: tokens.ink,
        QPalette.ColorRole.BrightText: tokens.ink,
        QPalette.ColorRole.Highlight: tokens.sel,
        QPalette.ColorRole.HighlightedText: tokens.ink,
        QPalette.ColorRole.PlaceholderText: tokens.ink3,
        QPalette.ColorRole.ToolTipBase: tokens.ink,
        QPalette.ColorRole.ToolTipText: tokens.card,
        QPalette.ColorRole.Link: tokens.ink,
        QPalette.ColorRole.Light: tokens.line,
        QPalette.ColorRole.Midlight: tokens.line,
        QPalette.ColorRole.Mid: tokens.line2,
        QPalette.ColorRole.Dark: tokens.line2,
        QPalette.ColorRole.Shadow: tokens.line2,
        QPalette.ColorRole.Accent: tokens.ink,
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.mute))
    return made


def style_sheet(t: Tokens, px: Callable[[int], int]) -> str:
    """What the palette cannot say: outlines, radii and paddings of controls."""
    return f"""
QToolTip {{ background: {t.ink}; color: {t.card}; border: 0; padding: 5px 8px; font-size: {px(12)}px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: 0; }}
QPushButton {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.mute}; border-radius: 5px;
  min-height: 28px; padding: 0 12px; font-size: {px(13)}px; }}
QPushButton:hover {{ background: {t.hov}; }}
QPushButton:pressed {{ background: {t.sel}; }}
QPushButton:disabled {{ color: {t.mute}; border-color: {t.line2}; }}
QPushButton:focus, QComboBox:focus, QLineEdit:focus, QSpinBox:focus, QToolButton:focus {{ border: 2px solid {t.ink}; }}
QPushButton#primary {{ background: {t.ink}; color: {t.card}; border-color: {t.ink}; font-weight: 600; }}
QPushButton#link {{ background: transparent; border: 0; padding: 0 2px; text-decoration: underline; min-height: 22px; }}
QComboBox, QLineEdit, QSpinBox, QDateEdit {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.mute};
  border-radius: 5px; min-height: 28px; padding: 0 10px; font-size: {px(13)}px;
  selection-background-color: {t.sel}; selection-color: {t.ink}; }}
QComboBox::drop-down {{ border: 0; width: 22px; }}
QComboBox QAbstractItemView {{ background: {t.card}; border: 1px solid {t.line2}; outline: 0;
  selection-background-color: {t.sel}; selection-color: {t.ink}; }}
QSpinBox {{ padding: 0 4px 0 8px; }}
QCheckBox {{ spacing: 6px; color: {t.ink}; font-size: {px(12)}px; }}
QToolButton {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.mute}; border-radius: 5px; }}
QToolButton:hover {{ background: {t.hov}; }}
QToolButton#quiet {{ background: transparent; border: 0; color: {t.ink3}; font-size: {px(12)}px; padding: 0 2px; }}
QToolButton#quiet:hover {{ color: {t.ink}; }}
QToolButton#close {{ background: transparent; border: 0; color: {t.ink2}; }}
QToolButton::menu-indicator {{ image: none; }}
QMenu {{ background: {t.card}; color: {t.ink}; border: 1px solid {t.line2}; padding: 4px; font-size: {px(13)}px; }}
QMenu::item {{ padding: 5px 22px 5px 22px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.sel}; }}
QMenu::item:disabled {{ color: {t.mute}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {t.line2}; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 1px; }}
QScrollBar::handle:hover {{ background: {t.mute}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none; border: 0;
  width: 0; height: 0; }}
QFrame#drawer {{ background: {t.card}; border: 1px solid {t.line}; border-radius: 6px; }}
QDialog {{ background: {t.win}; }}
"""
