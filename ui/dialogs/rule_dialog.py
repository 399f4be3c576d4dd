"""One watch rule, made or edited."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from models.markets import MARKETS
from models.names import GROUPS, Family, Group, Report
from models.series import CREDIT
from models.watch import OF_CREDIT, OF_MEASURES, OF_POSITIONS, Rule, RuleKind
from models.watch_words import BASIS_TITLES, KIND_TITLES, MEASURE_TITLES, group_title, rule_title
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.widgets.combo import Combo, DecimalBox, Stepper
from ui.widgets.text import Text
from ui.words import tr

_WINDOWS = {RuleKind.SWING_IN_TOP: 2, RuleKind.MEASURE_ABOVE: 156, RuleKind.MEASURE_BELOW: 156}
_TOPS = {RuleKind.SWING_IN_TOP: 5, RuleKind.EXTREME_LEVEL: 52}
_WIDE = 76
_WITH_WINDOW = frozenset([RuleKind.SWING_IN_TOP, *OF_MEASURES])
_WITH_TOP = frozenset([RuleKind.SWING_IN_TOP, RuleKind.EXTREME_LEVEL])
_WITH_THRESHOLD = OF_MEASURES | OF_CREDIT
_FAMILY_REPORTS = {
    Family.LEGACY: Report.LEGACY_FUTURES,
    Family.TFF: Report.TFF_COMBINED,
    Family.DISAGG: Report.DISAGG_COMBINED,
}
"""The report in which a group is watched: the one that pages show it in."""


class RuleDialog(Sheet):
    """`kept` gives the rule when the person keeps it. Only what the kind needs is shown."""

    kept = Signal(object)

    def __init__(self, theme: Theme, rule: Rule, parent: QWidget, *, is_new: bool) -> None:
        super().__init__(theme, tr("New rule") if is_new else tr("Rule"), parent)
        self._rule = rule
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.column.addLayout(self._grid)
        self._rows: list[tuple[frozenset[RuleKind], tuple[QWidget, QWidget]]] = []
        self._fields: dict[str, Callable[[], Any]] = {}
        self._groups: list[Group | None] = []
        self.said: Text | None = None
        every = frozenset(RuleKind)
        self.kind = self._choice(tr("Watch"), "kind", every, KIND_TITLES.items(), rule.kind)
        markets = ((entry.name, entry.title) for entry in MARKETS)
        self.market = self._choice(tr("Market"), "market", OF_POSITIONS, markets, rule.market)
        self.group = Combo(theme, tr("Traders"), self)
        self.group.currentIndexChanged.connect(self._say)
        self._fields["group"] = lambda: self._groups[self.group.currentIndex()]
        self._add(tr("Traders"), OF_POSITIONS, self.group)
        self.basis = self._choice(tr("Measured in"), "basis", OF_POSITIONS, BASIS_TITLES.items(), rule.basis)
        self.measure = self._choice(tr("Measure"), "measure", OF_MEASURES, MEASURE_TITLES.items(), rule.measure)
        series = ((one.id, one.title) for one in CREDIT.values() if not one.id.startswith("fred:"))
        self.series = self._choice(tr("Series"), "series", OF_CREDIT, series, rule.series)
        self.reports = self._number(tr("Over reports"), "window", _WITH_WINDOW, rule.window, 1, 520)
        self.top = self._number(tr("Rank, or reports exceeded"), "top", _WITH_TOP, rule.top, 1, 999)
        self.threshold = self._decimal(tr("Value"), "threshold", _WITH_THRESHOLD, rule.threshold)
        late = frozenset([RuleKind.SOURCE_LATE])
        self.late_days = self._number(tr("Days after which it is late"), "late_days", late, rule.late_days, 1, 90)
        self.said = self.add_text("", ink="ink3")
        self.add_button(tr("Keep"), is_main=True).clicked.connect(self._on_kept)
        self._show_groups()
        self._show_rows()
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.market.currentIndexChanged.connect(self._show_groups)
        self.setMinimumWidth(520)

    def rule(self) -> Rule:
        """The rule as it stands; fields that its kind does not need are left as they were."""
        made = replace(self._rule, **{name: read() for name, read in self._fields.items()})
        if made.kind in OF_POSITIONS and made.group is not None:
            family = next(family for family, groups in GROUPS.items() if made.group in groups)
            return replace(made, report=_FAMILY_REPORTS[family])
        return replace(made, group=None, report=None if made.kind in OF_POSITIONS else made.report)

    def _choice(
        self, label: str, name: str, kinds: frozenset[RuleKind], entries: Iterable[tuple[Any, str]], chosen: object
    ) -> Combo:
        box = Combo(self.theme, label, self)
        listed = list(entries)
        values = [value for value, _ in listed]
        box.addItems([tr(title) for _, title in listed])
        box.setCurrentIndex(values.index(chosen) if chosen in values else 0)
        self._fields[name] = lambda: values[box.currentIndex()]
        box.currentIndexChanged.connect(self._say)
        self._add(label, kinds, box)
        return box

    def _number(self, label: str, name: str, kinds: frozenset[RuleKind], value: int, least: int, most: int) -> Stepper:
        box = Stepper(self.theme, label, self)
        box.setRange(least, most)
        box.setValue(value)
        box.setFixedWidth(_WIDE)
        box.valueChanged.connect(self._say)
        self._fields[name] = box.value
        self._add(label, kinds, box)
        return box

    def _decimal(self, label: str, name: str, kinds: frozenset[RuleKind], value: float) -> DecimalBox:
        box = DecimalBox(self.theme, label, self)
        box.setRange(-100.0, 100.0)
        box.setValue(value)
        box.setFixedWidth(_WIDE)
        box.valueChanged.connect(self._say)
        self._fields[name] = box.value
        self._add(label, kinds, box)
        return box

    def _add(self, label: str, kinds: frozenset[RuleKind], control: QWidget) -> None:
        row = self._grid.rowCount()
        name = Text(self.theme, "body", "ink2", label, self)
        name.setBuddy(control)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(control, row, 1)
        self._rows.append((kinds, (name, control)))

    def _show_groups(self) -> None:
        """The traders that some report on this market knows; the first stands for its speculators."""
        name = self._fields["market"]()
        family = next(entry.main_family for entry in MARKETS if entry.name == name)
        held = self._groups[self.group.currentIndex()] if self._groups else self._rule.group
        self._groups = [None, *dict.fromkeys((*GROUPS[Family.LEGACY], *GROUPS[family]))]
        self.group.clear()
        self.group.addItems([tr("Speculators of the main report"), *(group_title(g) for g in self._groups if g)])
        self.group.setCurrentIndex(self._groups.index(held) if held in self._groups else 0)

    def _on_kind(self) -> None:
        kind = self._fields["kind"]()
        if kind in _WINDOWS:
            self.reports.setValue(_WINDOWS[kind])
        if kind in _TOPS:
            self.top.setValue(_TOPS[kind])
        self._show_rows()

    def _show_rows(self) -> None:
        kind = self._fields["kind"]()
        for kinds, widgets in self._rows:
            for widget in widgets:
                widget.setVisible(kind in kinds)
        self._say()

    def _say(self) -> None:
        """The rule in words, once the dialog is whole."""
        if self.said is not None and self.group.currentIndex() >= 0:
            self.said.setText(f"{rule_title(self.rule())}. The same data raise a rule once.")

    def _on_kept(self) -> None:
        self.kept.emit(self.rule())
        self.close()
