"""The window: rail, top bar, banners, the stack of pages, status bar. It arranges and never computes."""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QGuiApplication, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from models.qt.desk import Desk
from models.version import NAME
from ui.actions import CONTEXT_MENU, Actions, ActionSpec, Section
from ui.focus_order import groups_of, neighbour, take_focus
from ui.history import History
from ui.offers import call
from ui.page_loader import PageLoader
from ui.page_stack import PageStack
from ui.pages.registry import PageEntry
from ui.theme import Theme
from ui.widgets.banner import BannerStack
from ui.widgets.menu import Menu
from ui.widgets.progress_panel import ProgressPanel
from ui.widgets.rail import Rail
from ui.widgets.status_bar import StatusBar
from ui.widgets.text import set_tip
from ui.widgets.top_bar import TopBar
from ui.words import tr

WIDE_FROM = 1360
SMALLEST = (960, 640)
FIRST_SIZE = (1440, 900)
_WIDEST_PAGE = 1760
_Place = tuple[str, str, datetime | None]
"""Page, market, and the moment of a rewound desk."""


class MainWindow(QWidget):
    """`painted` comes once, after the first paint; `page_painted` when a page's first record has been drawn.

    `page_shown` gives the name of the page that has come to the front, `closing` comes before the window goes.
    """

    painted = Signal()
    page_painted = Signal(str)
    page_shown = Signal(str)
    months_wanted = Signal(object)
    """Tickers of funds whose month-ends of past years are wanted."""
    funds_wanted = Signal(object)
    """Tickers of funds whose newest holdings a person asks for."""
    import_wanted = Signal()
    """A file of holdings is to be chosen and imported."""
    keys_wanted = Signal()
    """Which of the sources that take a person's own key can be asked."""
    company_wanted = Signal(str, str)
    """A source with a key is to be asked about a company: its name, the ticker."""
    closing = Signal()

    def __init__(
        self, theme: Theme, desk: Desk, loader: PageLoader, pages: Sequence[PageEntry], now: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._theme, self._desk, self._loader = theme, desk, loader
        self._entries = {entry.name: entry for entry in pages}
        self._history: History[_Place] = History()
        self._is_painted = self._is_compact = self._is_travelling = self._owes_paint = False
        self._paint_timer = QTimer(self, singleShot=True, interval=0)
        self._paint_timer.timeout.connect(self._on_paint_due)
        self._then: tuple[str, Callable[[Any], object]] | None = None
        self.commands = Actions(self)
        self.top_bar = TopBar(theme, desk, now, self)
        self.rail = Rail(theme, pages, self)
        self.banners = BannerStack(theme, self)
        self.status_bar = StatusBar(theme, self)
        self.progress = ProgressPanel(theme, self)
        self.pages = PageStack(theme, desk, loader, self.commands, pages, self)
        self._lay_out()
        self._connect()

    # --- pages

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def page_name(self) -> str:
        return self.pages.current

    @property
    def is_drawn(self) -> bool:
        """Whether the page in front shows a record."""
        return self.pages.is_drawn

    @property
    def page_sources(self) -> tuple[str, ...]:
        """The sources that the page in front is made of; () for all."""
        return self._entries[self.page_name].sources

    @property
    def is_rewound(self) -> bool:
        return not self._desk.choice.is_live

    def focus_groups(self) -> list[list[QWidget]]:
        """What takes the focus, region by region: top bar, rail, banners, the page card by card, status bar."""
        known = (self.top_bar, self.rail, self.banners, self.pages, self.status_bar)
        beside = [one for one in self.children() if isinstance(one, QWidget) and one not in known]
        regions = (*known[:4], *beside, self.status_bar)
        return groups_of([one for one in regions if one.isVisible() and not one.isWindow()], self.page())

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab, in the order in which the window is read."""
        part = neighbour(self.focus_groups(), self.focusWidget(), 1 if is_next else -1)
        if part is not None:
            reason = Qt.FocusReason.TabFocusReason if is_next else Qt.FocusReason.BacktabFocusReason
            take_focus(part, reason)
        return part is not None

    def page(self, name: str = "") -> Any:
        """The widget of a page, of the one in front without a name; None before it was made."""
        return self.pages.page(name)

    def show_page(self, name: str) -> None:
        """Bring a page to the front; what of it is out of date is built."""
        if self._then is not None and self._then[0] != name:
            self._then = None
        self.rail.set_current(name)
        self.setWindowTitle(f"{tr(self._entries[name].label)} \u2013 {NAME}")
        self.pages.show_page(name)
        self._show_range()
        self._note_place()
        self.page_shown.emit(name)

    def open_page(self, name: str, then: Callable[[Any], object]) -> None:
        """Bring a page to the front and do something with its widget once what it shows is up to date."""
        self._then = (name, then)
        if name != self.page_name:
            self.show_page(name)
        self._do_then()

    def _do_then(self) -> None:
        if self._then is None or not self._loader.is_settled or not self.is_drawn:
            return
        (name, then), self._then = self._then, None
        if name == self.page_name:
            then(self.page())

    def show_keys(self, held: Mapping[str, bool]) -> None:
        """Which keyed sources can be asked, for the pages that ask them."""
        self.pages.call_all("show_keys", held)

    def allow_letter_keys(self, is_allowed: bool) -> None:
        """Switches the keys that type a character on or off, those of the charts too."""
        self.commands.allow_letters(is_allowed)
        self.pages.allow_letter_keys(is_allowed)

    def _join(self, name: str, widget: Any) -> None:
        """Listen to a page that has just been made."""
        _connect(widget, "range_changed", self.top_bar.set_range)
        _connect(widget, "told", self.status_bar.tell)
        _connect(widget, "page_wanted", self._on_page_wanted)
        _connect(widget, "months_wanted", self.months_wanted.emit)
        _connect(widget, "funds_wanted", self.funds_wanted.emit)
        _connect(widget, "import_wanted", self.import_wanted.emit)
        _connect(widget, "keys_wanted", self.keys_wanted.emit)
        _connect(widget, "company_wanted", self.company_wanted.emit)

    def _show_range(self) -> None:
        if (page := self.page()) is not None:
            self.top_bar.set_range(getattr(page, "range_preset", ""))

    def _on_drawn(self, name: str) -> None:
        self._show_range()
        self.commands.update_states()
        QTimer.singleShot(0, self, lambda: self.page_painted.emit(name))

    def _on_page_wanted(self, name: str) -> None:
        """A panel was clicked whose page may not be built yet."""
        if name in self._entries:
            self.show_page(name)

    # --- what is remembered

    def layout_state(self) -> dict[str, Any]:
        normal = self.normalGeometry() if self.isMaximized() or self.isFullScreen() else self.geometry()
        frame = [normal.x(), normal.y(), normal.width(), normal.height()]
        return {"window": frame, "maximized": self.isMaximized(), "page": self.page_name}

    def restore(self, layout: Mapping[str, Any], pages: Mapping[str, Any]) -> None:
        """Take up what was remembered; a place that no screen shows any more is not taken."""
        self.pages.restore(pages)
        frame = layout.get("window")
        if isinstance(frame, list) and len(frame) == 4 and all(isinstance(n, int) for n in frame):
            self._place_window(QRect(*frame))
        if layout.get("maximized") is True:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def reset_layout(self) -> None:
        """The first size again, and every page with the range, the columns and the gaps that it had at first."""
        self.pages.reset()
        self.showNormal()
        self._place_window(QRect(0, 0, 0, 0))

    def _place_window(self, wanted: QRect) -> None:
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        room = next((one for one in screens if _shows_title(one, wanted)), None)
        if room is None:
            room = QGuiApplication.primaryScreen().availableGeometry()
            wanted = QRect(room.topLeft(), room.topLeft())
            wanted.setSize(self.minimumSize().expandedTo(QSize(*FIRST_SIZE)).boundedTo(room.size()))
            wanted.moveCenter(room.center())
        self.setGeometry(wanted)

    # --- arrangement

    def _lay_out(self) -> None:
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        self.pages.setMaximumWidth(_WIDEST_PAGE)
        column = QVBoxLayout()
        column.setSpacing(0)
        for widget in (self.top_bar, self.banners):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(column, 1)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.pages.made.connect(self._join)
        self.pages.drawn.connect(self._on_drawn)
        self.pages.taking_in.connect(self._paint_timer.start)
        self.top_bar.range_chosen.connect(self._on_range_chosen)
        self._desk.changed.connect(self._note_place)
        self._loader.settled.connect(self._do_then)
        self.commands.on("range_back", self._go_back)
        self.commands.on("range_forward", self._go_forward)
        for number, entry in enumerate(self._entries.values(), 1):
            self._add_page_action(number, entry)
        self.page_shown.connect(self.commands.update_states)
        self._desk.changed.connect(self.commands.update_states)
        top = self.top_bar
        for button, name in ((top.market, "market"), (top.as_of.field, "as_of"), (top.refresh, "refresh")):
            set_tip(button, self.commands.tip(name))
        self._add_menu()

    def _add_page_action(self, number: int, entry: PageEntry) -> None:
        spec = ActionSpec(f"page_{entry.name}", entry.label, (f"Ctrl+{number}",), Section.GO)
        self.commands.add(spec, lambda: self.show_page(entry.name))

    def _add_menu(self) -> None:
        """Every command: behind one quiet button, on macOS in the bar of the system."""
        if sys.platform == "darwin":
            self._menu_bar = QMenuBar()
            self.commands.fill_sections(self._menu_bar)
            self.top_bar.menu.hide()
        else:
            self._menu = Menu(self.theme, self)
            self.commands.fill_sections(self._menu)
            self.top_bar.menu.set_menu(self._menu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_compact = self.width() < WIDE_FROM
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.rail.set_compact(is_compact)
            self.top_bar.set_compact(is_compact)
            self.status_bar.set_compact(is_compact)
            self.banners.set_compact(is_compact)
        if self.progress.isVisible():
            self.progress.place_under(self.top_bar.refresh)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of every part that has none of its own."""
        menu = Menu(self.theme, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.commands.fill(menu, CONTEXT_MENU)
        menu.popup(event.globalPos())

    def closeEvent(self, event: QCloseEvent) -> None:
        """With its dialogs: asked to end from outside, the app would go on for one that is open."""
        self.closing.emit()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        """A page that has just taken in a record is painted in a turn of its own, so that neither holds input up."""
        if event.type() is QEvent.Type.UpdateRequest and self._paint_timer.isActive():
            self._owes_paint = True
            return True
        return super().event(event)

    def _on_paint_due(self) -> None:
        if self._owes_paint:
            self._owes_paint = False
            QApplication.sendEvent(self, QEvent(QEvent.Type.UpdateRequest))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.progress.isVisible() or self.top_bar.is_refreshing:
            self.commands.update_states()
            self.commands["cancel_refresh"].trigger()
        elif self.isFullScreen():
            self.showNormal()

    # --- moving about

    def _on_range_chosen(self, preset: str) -> None:
        call(self.page(), "set_range", preset)

    def _note_place(self) -> None:
        """Remember where the way back leads, unless this is it."""
        choice = self._desk.choice
        if not self._is_travelling:
            self._history.visit((self.page_name, choice.market, None if choice.is_live else choice.as_of))

    def _go_back(self) -> None:
        if not call(self.page(), "undo_range"):
            self._go_to(self._history.back())

    def _go_forward(self) -> None:
        if not call(self.page(), "redo_range"):
            self._go_to(self._history.forward())

    def _go_to(self, place: _Place | None) -> None:
        if place is None:
            return
        name, market, moment = place
        self._is_travelling = True
        if moment is None:
            self._desk.choose(market=market, is_live=True)
        else:
            self._desk.choose(market=market, is_live=False, as_of=moment)
        if name != self.page_name:
            self.show_page(name)
        self._is_travelling = False


def _shows_title(room: QRect, wanted: QRect) -> bool:
    """Whether enough of the window's upper edge lies on a screen to take hold of it."""
    edge = QRect(wanted.left(), wanted.top(), wanted.width(), 40).intersected(room)
    return wanted.isValid() and edge.width() >= 200 and edge.height() >= 20


def _connect(widget: Any, signal: str, slot: Callable[..., None]) -> None:
    offered = getattr(widget, signal, None)
    if offered is not None:
        offered.connect(slot)
