"""The list of keys, read from the table of commands."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from ui.actions import FIXED_KEYS, ActionSpec
from ui.dialogs.sheet import Sheet
from ui.theme import Theme
from ui.words import tr


class KeysDialog(Sheet):
    """Every command that has a key, then the keys that charts and fields know."""

    def __init__(self, theme: Theme, specs: Iterable[ActionSpec], parent: QWidget) -> None:
        super().__init__(theme, tr("Keys"), parent)
        rows = [(spec.key_text, tr(spec.title)) for spec in specs if spec.key_text]
        self.add_table((tr("Keys"), tr("What they do")), [*rows, *FIXED_KEYS])
        self.setMinimumWidth(440)
