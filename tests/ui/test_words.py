"""Words of the window can be translated; sentences about figures, numbers, dates and files stay English.

The rule: a text written in `ui/` that goes straight into a widget goes through `tr`. Words that are declared as data
(columns, options, pages, commands) go through it where a widget shows them.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from services.settings import Settings
from tests.ui import shell
from ui.actions import Actions
from ui.widgets.rail import RailButton
from ui.widgets.segmented import Segment
from ui.words import CONTEXT

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = ("ui/commands/", "ui/article_print.py", "ui/page_print.py", "ui/report.py")
"""What these write goes to files and to the command line."""

_FIRST, _ALL = (0,), tuple(range(9))
_AFTER_THEME = tuple(range(1, 9))
SINKS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(
        "setText setToolTip setWindowTitle setAccessibleName setAccessibleDescription setPlaceholderText "
        "setSpecialValueText addAction addMenu addSection addItem addItems add_button add_text add_table QPushButton "
        "QCheckBox QAction tell tip BannerAction Message Hint show_reason DecimalBox _button _box _add _add_row "
        "_add_choice _add_field _choice _number _decimal _control _is_sure drawText _paint_words".split(),
        _ALL,
    ),
    **dict.fromkeys(
        "BoxButton QuietButton SegmentedControl OptionControl Combo Stepper ThinCard ReasonCard _Heading "
        "__init__".split(),
        _AFTER_THEME,
    ),
    "Text": (3,),
    "Line": (3,),
    "Panel": (2,),
    "IconButton": (2,),
    "RailButton": (2,),
    "_StepButton": (2,),
    "_head": (2,),
    "show_files": _FIRST,
    "getOpenFileName": (1, 3),
    "getOpenFileNames": (1, 3),
    "getSaveFileName": (1, 3),
}
"""Calls that show a text, and the places at which they take it."""


def files() -> list[str]:
    found = (path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "ui").rglob("*.py")))
    return [path for path in found if not path.startswith(ENGLISH)]


Known = dict[str, list[ast.expr]]
"""What a name may stand for: a constant of the module, an entry of a table there, what a loop goes through."""


def untranslated(source: str) -> list[str]:
    """Texts with letters that a call of a sink is given as they are, by the name of a constant, or out of a loop."""
    tree = ast.parse(source)
    known: Known = {}
    for one in tree.body:
        if isinstance(one, ast.Assign) and isinstance(name := one.targets[0], ast.Name):
            known[name.id] = list(one.value.values) if isinstance(one.value, ast.Dict) else [one.value]
    return list(_found(tree, known))


def _found(node: ast.AST, known: Known) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        inside = known
        if isinstance(child, ast.FunctionDef):
            inside = {name: values for name, values in known.items() if name not in {a.arg for a in child.args.args}}
        elif isinstance(child, ast.For):
            inside = {**known, **dict(_of_loop(child.target, child.iter))}
        elif isinstance(child, ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp):
            loops = (pair for one in child.generators for pair in _of_loop(one.target, one.iter))
            inside = {**known, **dict(loops)}
        elif isinstance(child, ast.Call):
            name = getattr(child.func, "attr", getattr(child.func, "id", ""))
            given = [arg for at, arg in enumerate(child.args) if at in SINKS.get(name, ())]
            yield from (text for arg in given for text in _texts(arg, known) if _is_said(text))
        yield from _found(child, inside)


def _of_loop(target: ast.expr, through: ast.expr) -> Iterator[tuple[str, list[ast.expr]]]:
    names = target.elts if isinstance(target, ast.Tuple) else [target]
    rows = through.elts if isinstance(through, ast.Tuple) else []
    for at, name in enumerate(names):
        if isinstance(name, ast.Name):
            yield name.id, [one.elts[at] if isinstance(one, ast.Tuple) else one for one in rows]


def _texts(node: ast.expr, known: Known) -> Iterator[str]:
    match node:
        case ast.Constant():
            yield str(node.value)
        case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
            yield from (str(value.value) for value in known.get(name, ()) if isinstance(value, ast.Constant))
        case ast.IfExp():
            yield from (*_texts(node.body, known), *_texts(node.orelse, known))
        case ast.Tuple() | ast.List():
            yield from (text for part in node.elts for text in _texts(part, known))


def _is_said(text: str) -> bool:
    """Whether it has words: names of icons, fields and pages are written small and in one word."""
    is_name = text.isidentifier() and text.islower()
    return any(letter.isalpha() for letter in text) and not is_name and text not in ("None", "True", "False")


def too_early(source: str) -> list[int]:
    """Lines that translate while the module is read, before there is a language."""
    lines: list[int] = []

    def look(node: ast.AST) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            if isinstance(child, ast.Call) and getattr(child.func, "id", "") == "tr":
                lines.append(child.lineno)
            look(child)

    look(ast.parse(source))
    return lines


@pytest.mark.parametrize("path", files())
def test_that_every_text_of_a_widget_can_be_translated(path: str) -> None:
    source = (ROOT / path).read_text("utf-8")
    assert untranslated(source) == []
    assert too_early(source) == []


def test_that_the_rule_finds_a_text_that_was_forgotten() -> None:
    assert untranslated('QPushButton("Close", self)\nlabel.setText(tr("Open"))') == ["Close"]
    assert untranslated('Text(theme, "body", "ink", "Shown", self)') == ["Shown"]
    assert untranslated('_TIP = "Why"\nbutton.setToolTip(_TIP)') == ["Why"]
    assert untranslated('button.setText("Turn on" if is_off else "Turn off")') == ["Turn on", "Turn off"]
    assert untranslated('for word in ("holds", "Does not"):\n    Text(theme, "cell", "ink", word)') == ["Does not"]
    assert untranslated('TITLES = {1: "One file"}\nlabel.setText(TITLES[1])') == ["One file"]
    assert untranslated('BoxButton(theme, "Live", tr("Live"))') == ["Live"]
    assert too_early('HINT = tr("Why")\ndef f():\n    tr("Now")') == [1]


class _Shouting(QTranslator):
    """A language that is English in capitals."""

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, text: str, *_: object) -> str:
        return text.upper() if context == CONTEXT else text


@pytest.fixture
def shouting() -> Iterator[None]:
    translator = _Shouting()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


@pytest.mark.usefixtures("shouting")
def test_that_commands_speak_the_language_of_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(window)
    assert actions["refresh"].text() == "REFRESH"
    assert actions.tip("refresh") == "REFRESH (F5)"


@pytest.mark.usefixtures("shouting")
def test_that_declared_words_are_translated_where_they_are_shown(tmp_path: Path, qtbot: QtBot) -> None:
    """Columns, options and pages; a copy of a table keeps its titles."""
    settings = Settings(start_page="positioning", seen_hints=True)
    with shell.running(qtbot, shell.context(tmp_path), settings) as app:
        page = shell.wait_for_page(qtbot, app)
        table = page.latest.table
        title = table.model().headerData(1, Qt.Orientation.Horizontal)
        assert title == "LONG"
        assert table.figures().headers[1] == "Long"
        assert {part.text() for part in page.findChildren(Segment)} >= {"SCANNER", "RISES"}
        assert {part.text() for part in app.window.findChildren(RailButton)} >= {"STORY", "SETTINGS"}
        assert app.window.windowTitle().startswith("POSITIONING ")
