"""Watch, a list on the Data page: what the rules have raised with its evidence, and the rules themselves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.formats import day, short_day
from models.qt.table_model import Column, TableModel
from models.watch import Rule
from models.watch_log import Noticed, Watch
from models.watch_words import rule_definition, rule_title
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.tables import TableView
from ui.widgets.text import Text
from ui.words import tr

_BETWEEN, _WITHIN = 24, 6
NOTHING = "Nothing has been raised yet. The rules are looked at after each refresh."


class WatchCard(Card):
    """Draws a `Watch`; what a person changes goes out as signals.

    `opened` gives the alert whose page is wanted. `rule_wanted` gives the rule to edit, None for a new one.
    """

    opened = Signal(object)
    rule_wanted = Signal(object)
    rule_changed = Signal(object)
    rule_dropped = Signal(str)
    cleared = Signal()
    notifying = Signal(bool)
    raised = Signal(int)
    """How many alerts are listed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._alert: Noticed | None = None
        self._rule: Rule | None = None
        self._alerts = TableModel(_alert_columns(), self)
        self.alerts = TableView(theme, self._alerts, opens_by=2)
        self.alerts.setAccessibleName(tr("What the rules have raised"))
        self._rules = TableModel(_rule_columns(), self)
        self.rules = TableView(theme, self._rules, opens_by=2)
        self.rules.setAccessibleName(tr("Rules"))
        self.evidence = Text(theme, "cell", "ink2", tr(NOTHING), wraps=True)
        self.open = self._button(tr("Show the figures"), self._on_open)
        self.clear = self._button(tr("Clear the list"), self.cleared.emit)
        self.add = self._button(tr("New rule\u2026"), lambda: self.rule_wanted.emit(None))
        self.edit = self._button(tr("Edit\u2026"), lambda: self.rule_wanted.emit(self._rule))
        self.toggle = self._button(tr("Turn off"), self._on_toggle)
        self.remove = self._button(tr("Remove"), self._on_remove)
        self.box = self._theme.dress(QCheckBox(tr("Notify on the desktop"), self))
        self.box.toggled.connect(self.notifying)
        self._lay_out(theme)
        self.alerts.selectionModel().currentRowChanged.connect(lambda current, _: self._choose_alert(current.row()))
        self.rules.selectionModel().currentRowChanged.connect(lambda current, _: self._choose_rule(current.row()))
        self.alerts.row_chosen.connect(lambda _: self._on_open())
        self.rules.row_chosen.connect(lambda _: self.rule_wanted.emit(self._rule))

    def show_watch(self, watch: Watch) -> None:
        """The newest alert is chosen, and the rule that was chosen before stays so."""
        held = self._rule.id if self._rule else ""
        self._alerts.show(watch.listed)
        self.raised.emit(len(watch.listed))
        self._rules.show(watch.rules)
        self.box.blockSignals(True)
        self.box.setChecked(watch.is_notifying)
        self.box.blockSignals(False)
        self.alerts.setVisible(bool(watch.listed))
        self.clear.setEnabled(bool(watch.listed))
        self._choose_alert(0 if watch.listed else -1)
        if watch.listed:
            self.alerts.select_row(0)
        place = next((at for at in range(self._rules.rowCount()) if self._rules.row(at).id == held), -1)
        self._choose_rule(place)
        if place >= 0:
            self.rules.select_row(place)

    def turn(self, *, is_narrow: bool) -> None:
        """Both halves one below the other where there is no room side by side."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(down if is_narrow else across)

    def _choose_alert(self, place: int) -> None:
        self._alert = self._alerts.row(place) if 0 <= place < self._alerts.rowCount() else None
        self.evidence.setText(tr(NOTHING) if self._alert is None else self._alert.sentence)
        self.open.setEnabled(self._alert is not None and self._alert.page != "data")

    def _choose_rule(self, place: int) -> None:
        self._rule = self._rules.row(place) if 0 <= place < self._rules.rowCount() else None
        for button in (self.edit, self.toggle, self.remove):
            button.setEnabled(self._rule is not None)
        self.toggle.setText(tr("Turn on") if self._rule is not None and not self._rule.is_on else tr("Turn off"))

    def _on_open(self) -> None:
        if self._alert is not None and self.open.isEnabled():
            self.opened.emit(self._alert)

    def _on_toggle(self) -> None:
        if self._rule is not None:
            self.rule_changed.emit(replace(self._rule, is_on=not self._rule.is_on))

    def _on_remove(self) -> None:
        if self._rule is not None:
            self.rule_dropped.emit(self._rule.id)

    def _button(self, label: str, act: Callable[[], object]) -> QPushButton:
        button = self._theme.dress(QPushButton(label, self))
        button.clicked.connect(act)
        return button

    def _lay_out(self, theme: Theme) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for half in (left, right):
            half.setSpacing(_WITHIN)
        left.addWidget(Text(theme, "card_title", "ink", tr("Watch")))
        left.addWidget(self.alerts, 1)
        left.addWidget(self.evidence)
        left.addStretch(0)
        left.addLayout(_row(self.open, self.clear))
        right.addWidget(Text(theme, "card_title", "ink", tr("Rules")))
        right.addWidget(self.rules, 1)
        right.addWidget(self.box)
        right.addLayout(_row(self.add, self.edit, self.toggle, self.remove))
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(_BETWEEN)
        self._halves.addLayout(left, 5)
        self._halves.addLayout(right, 4)
        self.column.addLayout(self._halves, 1)


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(_WITHIN)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _alert_columns() -> tuple[Column, ...]:
    return (
        Column("Noticed", lambda row: row.at, _local, is_number=False),
        Column(
            "What", lambda row: row.title, is_number=False, is_strong=lambda _: True, tip_of=lambda row: row.sentence
        ),
        Column("Data of", lambda row: row.data_date, day, is_number=False, rank=1),
    )


def _rule_columns() -> tuple[Column, ...]:
    return (
        Column("On", lambda row: "on" if row.is_on else "off", is_number=False),
        Column("Rule", rule_title, is_number=False, tip_of=rule_definition),
    )


def _local(moment: datetime) -> str:
    here = moment.astimezone()
    return f"{short_day(here.date())} {here:%H:%M}"
