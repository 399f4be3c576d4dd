"""Watch in the real window: rules are looked at after a refresh, told once, and edited on the Data page."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.watch import OF_POSITIONS, Rule, RuleKind
from models.watch_log import Watch, from_store, to_store
from services import settings as settings_files
from services.settings import Settings
from tests.ui.shell import context, running, wait_for_page, wait_until
from ui.dialogs.rule_dialog import RuleDialog
from ui.notifier import Notifier, plain
from ui.theme import Theme
from ui.watcher import notification

CROSSING = Rule("zero", RuleKind.CROSSES_ZERO)


def only(*rules: Rule) -> Settings:
    return Settings(watching=to_store(Watch(rules=rules)))


def test_that_what_the_figures_meet_is_told_once_and_listed_with_its_evidence(qtbot: QtBot, profile: Path) -> None:
    with running(qtbot, context(profile, is_offline=True), only(CROSSING), page="data") as app:
        page: Any = wait_for_page(qtbot, app)
        told: list[tuple[str, str]] = []
        app.watcher.raised.connect(lambda title, text: told.append((title, text)))
        app.refresher.ended.emit(())
        wait_until(qtbot, lambda: bool(told))
        assert told[0][0] == "Russell 2000: net long"
        assert page.watch.evidence.text() == told[0][1]
        assert "+7,542" in told[0][1]
        assert "$50 contracts" in told[0][1]
        app.refresher.ended.emit(())
        after: list[object] = []
        app.keeper.ask("after", lambda _: True, after.append)  # the lane works one after the other
        wait_until(qtbot, lambda: bool(after))
        assert len(told) == 1
    held, _ = settings_files.load(profile)
    assert [one.title for one in from_store(held.watching).log] == ["Russell 2000: net long"]


def test_that_the_figures_behind_an_alert_are_one_key_away(qtbot: QtBot, profile: Path) -> None:
    with running(qtbot, context(profile, is_offline=True), only(CROSSING), page="data") as app:
        page: Any = wait_for_page(qtbot, app)
        app.watcher.check()
        wait_until(qtbot, lambda: page.watch.open.isEnabled())
        page.watch.alerts.setFocus()
        qtbot.keyClick(page.watch.alerts, Qt.Key.Key_Return)  # type: ignore[no-untyped-call]
        wait_until(qtbot, lambda: app.window.page_name == "positioning")
        assert app.desk.choice.market == "russell-2000"


def test_that_rules_are_made_turned_off_and_removed(qtbot: QtBot, profile: Path) -> None:
    with running(qtbot, context(profile, is_offline=True), only(), page="data") as app:
        page: Any = wait_for_page(qtbot, app)
        page.watch.add.click()
        dialog = page.findChild(RuleDialog)
        dialog.kind.setCurrentText("A new report is held")
        dialog.kept.emit(dialog.rule())
        dialog.close()
        assert [rule.kind for rule in app.watcher.watch.rules] == [RuleKind.NEW_REPORT]
        page.watch.rules.select_row(0)
        page.watch.toggle.click()
        assert not app.watcher.watch.rules[0].is_on
        assert page.watch.toggle.text() == "Turn on"
        page.watch.remove.click()
        assert app.watcher.watch.rules == ()


def test_that_a_person_who_wants_no_notifications_gets_none_and_the_list_all_the_same(
    qtbot: QtBot, profile: Path
) -> None:
    with running(qtbot, context(profile, is_offline=True), only(CROSSING), page="data") as app:
        page: Any = wait_for_page(qtbot, app)
        page.watch.box.click()
        told: list[str] = []
        app.watcher.raised.connect(lambda title, _: told.append(title))
        app.watcher.check()
        wait_until(qtbot, lambda: bool(app.watcher.watch.listed))
        assert told == []
        page.watch.clear.click()
        assert app.watcher.watch.listed == ()


@pytest.mark.parametrize("kind", list(RuleKind))
def test_that_the_dialog_shows_what_a_kind_needs_and_gives_back_the_rule(
    qtbot: QtBot, theme: Theme, kind: RuleKind
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    rule = Rule("r", kind, market="wti" if kind is not RuleKind.NEW_REPORT else "russell-2000", series="nyfed:CMDI")
    dialog = RuleDialog(theme, rule, parent, is_new=False)
    dialog.show()
    assert dialog.market.isVisible() is (kind in OF_POSITIONS)
    assert dialog.series.isVisible() is kind.value.startswith("credit")
    assert replace(dialog.rule(), report=None) == rule
    dialog.close()


def test_that_traders_bring_the_report_that_knows_them(qtbot: QtBot, theme: Theme) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = RuleDialog(theme, CROSSING, parent, is_new=True)
    dialog.group.setCurrentText("Leveraged funds")
    assert dialog.rule().report == "tff_combined"
    dialog.market.setCurrentText("Gold")
    assert dialog.group.findText("Leveraged funds") == -1
    assert dialog.group.findText("Money managers") > 0
    dialog.close()


def test_that_a_notification_has_no_markup_and_needs_no_tray(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    notifier = Notifier(window)
    notifier.show("Gold: net short", "A desktop without a tray shows nothing, and nothing fails.")
    notifier.close()
    assert plain("<b>Gold</b> & silver") == "\u2039b\u203aGold\u2039/b\u203a & silver"


def test_that_many_alerts_make_one_notification() -> None:
    from tests.models.test_watch_log import NOON, alert

    log = Watch().noting([alert(f"zero@{number}") for number in range(5)], NOON).log
    title, text = notification(log)
    assert title == "Watch: 5 rules met"
    assert text.endswith("and 2 more.")
