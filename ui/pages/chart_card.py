"""The card of the Positioning chart: title row with the crosshair's values, the panes, and the chart's menu."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QCursor
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from models.explain import positions
from models.explain.explanation import Explanation
from models.pages.positioning import PositioningPage
from ui.charts.look import Look
from ui.charts.pane_stack import PaneStack
from ui.charts.positioning_chart import OPTIONAL_PANES, SHOWN_AT_FIRST, stack_content
from ui.charts.readout import TitleRow, readings
from ui.charts.ticks import day_of
from ui.theme import Theme
from ui.widgets.card import PADDING, Card
from ui.widgets.quiet_button import QuietButton
from ui.words import tr

_HINT = "click a week to open its evidence; \u2190 \u2192 step weeks"


class ChartCard(Card):
    """Shows the panes of a page."""

    claim_wanted = Signal(object, object)
    """The first and the last day of a stretch that was measured, to be kept as a claim."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._page: PositioningPage | None = None
        self._shown = SHOWN_AT_FIRST
        self.stack = PaneStack(theme)
        self.stack.cursor_moved.connect(self._on_cursor_moved)
        self.stack.explain = self._explain
        self._title = TitleRow(Look(theme, self))
        self._toggles = {key: self._toggle(key, tr(label)) for key, label in OPTIONAL_PANES.items()}
        self._keep = QuietButton(
            theme, tr("Save as claim"), tr("Judge this swing under every definition, on the Story")
        )
        self._keep.clicked.connect(self._on_keep)
        self._keep.hide()
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._title, 1)
        head.addWidget(self._keep)
        self.column.setContentsMargins(PADDING, 6, 8, 8)
        self.column.setSpacing(2)
        self.column.addLayout(head)
        self.column.addWidget(self.stack, 1)

    def show_page(self, page: PositioningPage) -> None:
        self._page = page
        self._title.show_title(page.title, f"{page.subtitle}; {_HINT}" if page.subtitle else _HINT)
        self.stack.show_content(stack_content(page, self._shown))
        self._on_cursor_moved()

    def _explain(self) -> Explanation | None:
        """The week at the cursor, else the newest, in the pane under the pointer, else its net."""
        if self._page is None:
            return None
        day, choice = self.stack.cursor_day, self._page.choice
        shown = self._page.main if day is None else self._page.main.until(np.datetime64(day_of(day)))
        pane = self.stack.pane_at(self.stack.mapFromGlobal(QCursor.pos()).y()) if self.stack.underMouse() else ""
        return positions.in_pane(shown, pane, choice.measure, choice.lookback)

    @property
    def shown_panes(self) -> list[str]:
        return sorted(self._shown)

    def set_shown_panes(self, keys: Iterable[str]) -> None:
        self._shown = frozenset(keys) & frozenset(OPTIONAL_PANES)
        for key, action in self._toggles.items():
            action.setChecked(key in self._shown)
        if self._page is not None:
            self.stack.show_content(stack_content(self._page, self._shown))

    def _toggle(self, key: str, label: str) -> QAction:
        action = QAction(label, self)
        action.setCheckable(True)
        action.setChecked(key in self._shown)
        action.setData(key)
        action.toggled.connect(self._on_toggled)
        return action

    def fill_menu(self, menu: QMenu) -> None:
        menu.addSection(tr("Panes"))
        menu.addActions(list(self._toggles.values()))
        menu.addSeparator()
        menu.addAction(tr("Whole range"), self._on_whole)
        menu.addAction(tr("Undo zoom"), self.stack.undo_range).setEnabled(self.stack.can_undo_range)
        menu.addAction(tr("Redo zoom"), self.stack.redo_range).setEnabled(self.stack.can_redo_range)

    def _on_whole(self) -> None:
        self.stack.set_preset("All")

    def _on_toggled(self, is_on: bool) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        key = str(action.data())
        self.set_shown_panes(self._shown | {key} if is_on else self._shown - {key})

    def _on_keep(self) -> None:
        if self.stack.measured is not None:
            first, last = sorted(self.stack.measured)
            self.claim_wanted.emit(day_of(first), day_of(last))

    def _on_cursor_moved(self) -> None:
        stretch = self.stack.measured
        self._keep.setVisible(stretch is not None and stretch[0] != stretch[1])
        self._title.show_readings(readings(self.stack))
