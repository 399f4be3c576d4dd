"""The settings: one dialog, each change applies at once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from services.errors import InputError
from services.http_address import Mirror
from services.settings import TEXT_SIZES, THEMES
from ui.dialogs.sheet import Sheet
from ui.preferences import Preferences
from ui.theme import Theme
from ui.widgets.segmented import SegmentedControl
from ui.widgets.text import Line, Text


@dataclass(frozen=True)
class _Option:
    value: str
    label: str
    is_chosen: bool
    reason: str = ""


class SettingsDialog(Sheet):
    """`about_wanted` and `layout_reset_wanted` come from its buttons; everything else goes to the preferences."""

    about_wanted = Signal()
    layout_reset_wanted = Signal()

    def __init__(
        self, theme: Theme, preferences: Preferences, profile: Path, parent: QWidget, *, has_releases: bool = False
    ) -> None:
        """`has_releases`: this build knows where newer versions of the app are announced."""
        super().__init__(theme, "Settings", parent)
        self._preferences, self._profile = preferences, profile
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.column.addLayout(self._grid)
        settings = preferences.settings
        names = [(name, name.capitalize()) for name in THEMES]
        self._add_choice("Theme", names, settings.theme, lambda value: preferences.update(theme=value))
        sizes = [(str(size), f"{size} %") for size in TEXT_SIZES]
        size = str(settings.text_size_pct)
        self._add_choice("Text size", sizes, size, lambda value: preferences.update(text_size_pct=int(value)))
        self._add_refresh_box()
        if has_releases:
            self._add_releases_box()
        letters = QCheckBox("Single-letter keys, such as [ and ]", self)
        letters.setChecked(settings.single_letter_keys)
        letters.toggled.connect(lambda is_on: preferences.update(single_letter_keys=is_on))
        self._add_row("Keyboard", letters)
        self._add_mirror()
        self._add_folder()
        self.add_button("Reset layout").clicked.connect(self.layout_reset_wanted)
        self.add_button("About").clicked.connect(self.about_wanted)
        self.setMinimumWidth(560)

    def _add_row(self, label: str, control: QWidget) -> None:
        row = self._grid.rowCount()
        name = Text(self.theme, "body", "ink2", label, self)
        name.setBuddy(control)
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(control, row, 1)

    def _add_choice(
        self, label: str, entries: list[tuple[str, str]], chosen: str, apply: Callable[[str], None]
    ) -> None:
        control = SegmentedControl(self.theme, label, self)
        control.show_options([_Option(value, text, value == chosen) for value, text in entries])
        control.chosen.connect(apply)
        self._add_row(label, control)

    def _add_refresh_box(self) -> None:
        settings = self._preferences.settings
        box = QCheckBox("Refresh by itself when a report is due", self)
        box.setChecked(settings.auto_refresh and settings.has_consent)
        box.setEnabled(settings.has_consent)
        if not settings.has_consent:
            box.setToolTip("From the first download on")
        box.toggled.connect(lambda is_on: self._preferences.update(auto_refresh=is_on))
        self._add_row("Downloads", box)

    def _add_releases_box(self) -> None:
        box = QCheckBox("Say when a newer version is out: one small request a day, nothing is downloaded", self)
        box.setChecked(self._preferences.settings.check_releases)
        box.toggled.connect(lambda is_on: self._preferences.update(check_releases=is_on))
        self._add_row("New versions", box)

    def _add_mirror(self) -> None:
        self._mirror = QLineEdit(self._preferences.settings.mirror, self)
        self._mirror.setPlaceholderText("https://mirror.example.com, empty for the providers themselves")
        self._mirror.setAccessibleName("Mirror: an address that stands in for all providers")
        self._mirror.editingFinished.connect(self._on_mirror)
        self._problem = Text(self.theme, "cell", "flag", "", self, wraps=True)
        self._problem.hide()
        self._add_row("Mirror", self._mirror)
        self._grid.addWidget(self._problem, self._grid.rowCount(), 1)

    def _on_mirror(self) -> None:
        """An address that cannot be used is not taken; the one before stays in use."""
        address = self._mirror.text().strip()
        try:
            if address:
                Mirror(address)
        except InputError as error:
            self._problem.setText(f"{error} The setting stays as it was.")
            self._problem.show()
        else:
            self._problem.hide()
            self._preferences.update(mirror=address)

    def _add_folder(self) -> None:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        path = Line(self.theme, "body", "ink", str(self._profile), line)
        button = QPushButton("Open", line)
        button.setAutoDefault(False)
        button.setAccessibleName("Open the data folder")
        button.clicked.connect(self._on_open_folder)
        row.addWidget(path, 1)
        row.addWidget(button)
        self._add_row("Data folder", line)

    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._profile)))
