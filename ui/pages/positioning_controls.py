"""The controls of the Positioning page: each change is a change of the desk's choice."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.names import Basis, Family, Group, Report, Scope
from models.pages.positioning import PositioningPage
from models.qt.desk import Desk
from ui.charts.measures import MEASURES
from ui.theme import Theme
from ui.widgets.menu import Menu
from ui.widgets.option_row import OptionControl, OptionRow
from ui.widgets.quiet_button import QuietButton
from ui.words import tr

CHART, EPISODES, SCANNER = "chart", "episodes", "scanner"
VIEWS = {CHART: "Chart", EPISODES: "Episodes", SCANNER: "Scanner"}


@dataclass(frozen=True)
class _View:
    value: str
    label: str
    is_chosen: bool
    reason: str = ""


class PositioningControls(QWidget):
    """View, report, scope, group, measure, legs and lookback; `view_chosen` is one of `VIEWS`."""

    view_chosen = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._row = OptionRow(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        self._report = self._control(tr("Report"), self._on_report)
        self._scope = self._control(tr("Scope"), self._on_scope)
        self._group = self._control(tr("Group"), self._on_group, is_list=True)
        self._basis = self._control(tr("Measure"), self._on_basis)
        self._legs = self._control(tr("Contracts"), self._on_legs, is_list=True)
        self._lookback = self._control(tr("Lookback"), self._on_lookback)
        self._view = self._control(tr("View"), self.view_chosen.emit)
        self._measure = self._measure_button()
        self._row.set_order([self._basis, self._lookback, self._scope, self._view, self._report])
        self.show_view(CHART)

    def show_page(self, page: PositioningPage) -> None:
        for control, options in (
            (self._report, page.reports),
            (self._scope, page.scopes),
            (self._group, page.groups),
            (self._basis, page.bases),
            (self._legs, page.legs),
            (self._lookback, page.lookbacks),
        ):
            control.show_options(options)
        self._measure.updateGeometry()
        self._measure.setText(tr(MEASURES[page.choice.measure].name))
        for action in self._measure.menu().actions():
            action.setChecked(action.data() == page.choice.measure)
        self._row.arrange()

    def show_view(self, view: str) -> None:
        """In the scanner only the view can be chosen."""
        self._view.show_options([_View(value, label, value == view) for value, label in VIEWS.items()])
        for control in (self._report, self._scope, self._group, self._basis, self._legs, self._lookback):
            control.setVisible(view != SCANNER)
        self._row.arrange()

    def _control(self, name: str, on_chosen: Callable[[str], None], *, is_list: bool = False) -> OptionControl:
        control = OptionControl(self._theme, name, is_list=is_list)
        control.chosen.connect(on_chosen)
        self._row.add(control)
        return control

    def _measure_button(self) -> QuietButton:
        """What the lookback is for stands beside its label, and can be changed there."""
        name = tr("What the third pane shows over the lookback")
        button = QuietButton(self._theme, tr(MEASURES["cot_index"].name), name, height=16)
        menu = Menu(self._theme, button)
        group = QActionGroup(menu)
        for value, measure in MEASURES.items():
            action = menu.addAction(tr(measure.name))
            action.setCheckable(True)
            action.setData(value)
            group.addAction(action)
        menu.triggered.connect(lambda action: self._desk.choose(measure=action.data()))
        button.set_menu(menu)
        self._lookback.head.insertWidget(1, button)
        return button

    def _on_report(self, value: str) -> None:
        scope = self._chosen_scope()
        self._desk.choose(report=Report.of(Family(value), scope), group=None)

    def _on_scope(self, value: str) -> None:
        self._desk.choose(report=Report.of(self._chosen_family(), Scope(value)))

    def _on_group(self, value: str) -> None:
        self._desk.choose(group=Group(value))

    def _on_basis(self, value: str) -> None:
        self._desk.choose(basis=Basis(value))

    def _on_legs(self, value: str) -> None:
        self._desk.choose(legs=value)

    def _on_lookback(self, value: str) -> None:
        self._desk.choose(lookback=int(value) if value else None)

    def _chosen_family(self) -> Family:
        return Family(self._report.value())

    def _chosen_scope(self) -> Scope:
        return Scope(self._scope.value())
