"""The card of the Positioning chart: title row with the crosshair's values, the panes, and the chart's menu."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QWidget

from models.figures import Caption, Figures
from models.pages.positioning import PositioningPage
from ui.charts.content import figures
from ui.charts.export import render_image
from ui.charts.look import Look
from ui.charts.pane_stack import PaneStack
from ui.charts.positioning_chart import OPTIONAL_PANES, SHOWN_AT_FIRST, caption, stack_content
from ui.charts.readout import TitleRow, readings
from ui.theme import Theme
from ui.widgets.card import PADDING, Card
from ui.widgets.quiet_button import QuietButton

_HINT = "click a week to open its evidence; \u2190 \u2192 step weeks"


class ChartCard(Card):
    """Shows the panes of a page. What is saved or shown as a table is asked for with `wanted`."""

    wanted = Signal(str)
    """One of `table`, `png`, `svg`, `csv`."""
    told = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._page: PositioningPage | None = None
        self._shown = SHOWN_AT_FIRST
        self.stack = PaneStack(theme)
        self.stack.cursor_moved.connect(self._on_cursor_moved)
        self._title = TitleRow(Look(theme, self))
        self.menu = QMenu(self)
        self._toggles = {key: self._toggle(key, label) for key, label in OPTIONAL_PANES.items()}
        self._fill_menu()
        self._button = QuietButton(theme, "\u22ef", "Chart menu: panes, table, copy and export", role="card_title")
        self._button.set_menu(self.menu)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._title, 1)
        head.addWidget(self._button)
        self.column.setContentsMargins(PADDING, 6, 8, 8)
        self.column.setSpacing(2)
        self.column.addLayout(head)
        self.column.addWidget(self.stack, 1)

    def show_page(self, page: PositioningPage) -> None:
        self._page = page
        self._title.show_title(page.title, f"{page.subtitle}; {_HINT}" if page.subtitle else _HINT)
        self.stack.show_content(stack_content(page, self._shown))
        self._on_cursor_moved()

    @property
    def shown_panes(self) -> list[str]:
        return sorted(self._shown)

    def set_shown_panes(self, keys: Iterable[str]) -> None:
        self._shown = frozenset(keys) & frozenset(OPTIONAL_PANES)
        for key, action in self._toggles.items():
            action.setChecked(key in self._shown)
        if self._page is not None:
            self.stack.show_content(stack_content(self._page, self._shown))

    def caption(self) -> Caption:
        """What stands under an image of the chart."""
        assert self._page is not None
        return caption(self._page)

    def figures(self) -> Figures:
        """The plotted rows of the range that is shown."""
        shown = self.stack.shown
        return figures(self.stack.content, shown.start, shown.end)

    def copy_image(self) -> None:
        """Put the chart on the clipboard at twice its size, with its title, definition, source and as-of."""
        if self._page is not None and self.stack.panes:
            QApplication.clipboard().setImage(render_image(self.stack, self.caption()))
            self.told.emit("The chart is on the clipboard.")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())

    def _toggle(self, key: str, label: str) -> QAction:
        action = QAction(label, self)
        action.setCheckable(True)
        action.setChecked(key in self._shown)
        action.setData(key)
        action.toggled.connect(self._on_toggled)
        return action

    def _fill_menu(self) -> None:
        self.menu.addSection("Panes")
        self.menu.addActions(list(self._toggles.values()))
        self.menu.addSeparator()
        self._whole = self.menu.addAction("Whole range", self._on_whole)
        self._undo = self.menu.addAction("Undo zoom", self.stack.undo_range)
        self._redo = self.menu.addAction("Redo zoom", self.stack.redo_range)
        self.menu.addSeparator()
        self.menu.addAction("Show as table", partial(self.wanted.emit, "table"))
        self.menu.addAction("Copy as image", self.copy_image)
        self.menu.addSeparator()
        for kind, label in (("png", "Save as PNG"), ("svg", "Save as SVG"), ("csv", "Export figures (CSV)")):
            self.menu.addAction(f"{label}\u2026", partial(self.wanted.emit, kind))
        self.menu.aboutToShow.connect(self._on_menu)

    def _on_menu(self) -> None:
        self._undo.setEnabled(self.stack.can_undo_range)
        self._redo.setEnabled(self.stack.can_redo_range)

    def _on_whole(self) -> None:
        self.stack.set_preset("All")

    def _on_toggled(self, is_on: bool) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        key = str(action.data())
        self.set_shown_panes(self._shown | {key} if is_on else self._shown - {key})

    def _on_cursor_moved(self) -> None:
        self._title.show_readings(readings(self.stack))
