"""The settings: one dialog, each change applies at once."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from services.errors import InputError
from services.http_address import Mirror, Proxy
from services.network import check_board_file
from services.settings import TEXT_SIZES, THEMES, Settings
from ui.data_folder import DataFolder
from ui.dialogs.settings_sources import SourceList, SourceOffer
from ui.dialogs.sheet import Sheet
from ui.preferences import Preferences
from ui.theme import Theme
from ui.widgets.combo import Combo
from ui.widgets.save_file import ask_path
from ui.widgets.segmented import SegmentedControl
from ui.widgets.text import Line, Text, set_tip
from ui.words import tr

KEYED = {
    "tiingo": "Tiingo",
    "twelvedata": "Twelve Data",
    "alphavantage": "Alpha Vantage",
    "fmp": "Financial Modeling Prep",
}
"""Providers that are asked with a person's own key, by the name of the key."""

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")
_LAST = "The page shown last"
_NO_KEY = "none; kept in the system's keyring, never in a file"
_WIDTH = 780


@dataclass(frozen=True)
class _Option:
    value: str
    label: str
    is_chosen: bool
    reason: str = ""


def _check_email(address: str) -> None:
    if not _EMAIL.fullmatch(address):
        raise InputError(f"{address} is no e-mail address.")


class SettingsDialog(Sheet):
    """`about_wanted` and `layout_reset_wanted` come from its buttons; everything else goes to the preferences."""

    about_wanted = Signal()
    layout_reset_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        preferences: Preferences,
        profile: Path,
        parent: QWidget,
        *,
        folder: DataFolder | None = None,
        sources: Sequence[SourceOffer] = (),
        pages: Iterable[tuple[str, str]] = (),
        has_releases: bool = False,
    ) -> None:
        """`pages` are names with labels; without `folder` nothing is done to the archive, as when it is only read.

        `has_releases`: this build knows where newer versions of the app are announced.
        """
        super().__init__(theme, tr("Settings"), parent)
        self._preferences, self._profile, self._folder = preferences, profile, folder
        self.addresses: dict[str, tuple[QLineEdit, Text]] = {}
        self._sources, self._pages, self._has_releases = sources, tuple(pages), has_releases
        self._body = QVBoxLayout()
        self.column.addLayout(self._body)
        self._told = Text(theme, "cell", "ink2", "", self, wraps=True)
        self._told.setAccessibleName(tr("What was done"))
        self._told.hide()
        self.column.addWidget(self._told)
        self._fill()
        self.add_button(tr("Reset layout")).clicked.connect(self.layout_reset_wanted)
        self.add_button(tr("Reset settings\u2026")).clicked.connect(self._on_reset)
        self.add_button(tr("About")).clicked.connect(self.about_wanted)
        self.setMinimumWidth(theme.pixels(_WIDTH))
        preferences.unsaved.connect(self._say)
        if folder is not None:
            folder.told.connect(self._say)
            folder.measured.connect(self._on_measured)
            folder.keys_found.connect(self._on_keys)
            folder.measure()
            folder.look_for_keys(tuple(KEYED))

    def _fill(self) -> None:
        """All rows anew, as after a reset."""
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        box = QWidget(self)
        self._grid = QGridLayout(box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnStretch(1, 1)
        self._body.addWidget(box)
        self._add_looks()
        self._add_downloads()
        self._add_network()
        self._add_keys()
        self._add_folder()

    # --- looks

    def _add_looks(self) -> None:
        preferences, settings = self._preferences, self._preferences.settings
        names = [(name, name.capitalize()) for name in THEMES]
        self._add_choice(tr("Theme"), names, settings.theme, lambda value: preferences.update(theme=value))
        sizes = [(str(size), f"{size} %") for size in TEXT_SIZES]
        size = str(settings.text_size_pct)
        self._add_choice(tr("Text size"), sizes, size, lambda value: preferences.update(text_size_pct=int(value)))
        if self._pages:
            self._start = Combo(self.theme, tr("Page that is shown at the start"))
            for value, label in (("", _LAST), *self._pages):
                self._start.addItem(tr(label), value)
            self._start.setCurrentIndex(max(self._start.findData(settings.start_page), 0))
            self._start.activated.connect(lambda at: preferences.update(start_page=self._start.itemData(at)))
            self._add_row(tr("Start with"), self._start, is_wide=False)
        letters = self._box(tr("Single-letter keys, such as [ and ]"), settings.single_letter_keys)
        letters.toggled.connect(lambda is_on: preferences.update(single_letter_keys=is_on))
        self._add_row(tr("Keyboard"), letters)

    # --- downloads

    def _add_downloads(self) -> None:
        settings = self._preferences.settings
        box = self._box(tr("Refresh by itself when a report is due"), settings.auto_refresh and settings.has_consent)
        box.setEnabled(settings.has_consent)
        set_tip(box, "" if settings.has_consent else tr("From the first download on"))
        box.toggled.connect(lambda is_on: self._preferences.update(auto_refresh=is_on))
        self._add_row(tr("Downloads"), box)
        if self._sources:
            listed = SourceList(self.theme, self._sources, settings, self)
            listed.switched.connect(self._on_source)
            listed.terms_changed.connect(self._on_terms)
            self._add_row(tr("Sources"), listed)
        if self._has_releases:
            newer = self._box(
                tr("Say when a newer version is out: one small request a day, nothing is downloaded"),
                settings.check_releases,
            )
            newer.toggled.connect(lambda is_on: self._preferences.update(check_releases=is_on))
            self._add_row(tr("New versions"), newer)

    def _on_source(self, name: str, is_on: bool) -> None:
        off = set(self._preferences.settings.sources_off)
        off = off - {name} if is_on else off | {name}
        self._preferences.update(sources_off=tuple(sorted(off)))

    def _on_terms(self, name: str, is_accepted: bool) -> None:
        accepted = [one for one in self._preferences.settings.accepted_terms if one != name]
        self._preferences.update(accepted_terms=(*accepted, name) if is_accepted else tuple(accepted))

    # --- network

    def _add_network(self) -> None:
        settings = self._preferences.settings
        rows = (
            (
                "contact_email",
                tr("Contact e-mail"),
                tr("name@example.com; the SEC asks whoever downloads for one"),
                tr("E-mail address that is sent to providers that ask for one"),
                _check_email,
            ),
            (
                "mirror",
                tr("Mirror"),
                tr("https://mirror.example.com, empty for the providers themselves"),
                tr("Mirror: an address that stands in for all providers"),
                Mirror,
            ),
            (
                "proxy",
                tr("Proxy"),
                tr("http://proxy.example.com:8080, empty for the system's"),
                tr("Proxy that requests go through"),
                Proxy,
            ),
            (
                "board_file",
                tr("Bond premium file"),
                tr("empty for the address that the app knows"),
                tr("Where the Federal Reserve Board keeps the excess bond premium, should it have moved"),
                check_board_file,
            ),
        )
        for setting, label, hint, name, check in rows:
            field, problem = self._add_field(label, getattr(settings, setting), hint, name)
            field.editingFinished.connect(partial(self._take, setting, check))
            self.addresses[setting] = (field, problem)

    def _take(self, setting: str, check: Callable[[str], object]) -> None:
        """A value that cannot be used is not taken; the one before stays in use."""
        field, problem = self.addresses[setting]
        value = field.text().strip()
        try:
            if value:
                check(value)
        except InputError as error:
            problem.setText(f"{error} The setting stays as it was.")
            problem.show()
        else:
            problem.hide()
            self._preferences.update(**{setting: value})

    # --- keys

    def _add_keys(self) -> None:
        self._keys: dict[str, QLineEdit] = {}
        if self._folder is None:
            return
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        for line, (name, title) in enumerate(KEYED.items()):
            field = QLineEdit(self)
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setPlaceholderText(tr(_NO_KEY))
            field.setAccessibleName(f"Key for {title}")
            remove = self._button(tr("Remove"), f"Remove the key for {title}")
            remove.clicked.connect(partial(self._on_remove_key, name))
            field.editingFinished.connect(partial(self._on_key, name))
            grid.addWidget(Text(self.theme, "cell", "ink2", title, self), line, 0)
            grid.addWidget(field, line, 1)
            grid.addWidget(remove, line, 2)
            self._keys[name] = field
        grid.setColumnStretch(1, 1)
        self._add_row(tr("Your keys"), box)

    def _on_keys(self, held: Mapping[str, bool]) -> None:
        for name, field in self._keys.items():
            is_held = held.get(name, False)
            field.setPlaceholderText(
                tr("a key is held; type to replace it")
                if is_held
                else tr("none; kept in the system's keyring, never in a file")
            )

    def _on_key(self, name: str) -> None:
        value = self._keys[name].text().strip()
        if value and self._folder is not None:
            self._keys[name].clear()
            self._folder.store_key(name, value)

    def _on_remove_key(self, name: str) -> None:
        if self._folder is not None:
            self._folder.store_key(name, "")

    # --- the data folder

    def _add_folder(self) -> None:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        path = QHBoxLayout()
        path.addWidget(Line(self.theme, "body", "ink", str(self._profile), box), 1)
        self._size = Text(self.theme, "cell", "ink3", "", box)
        path.addWidget(self._size)
        column.addLayout(path)
        row = QHBoxLayout()
        row.setSpacing(6)
        for label, name, run, needs_archive in (
            ("Open", "Open the data folder", self._on_open_folder, False),
            ("Back up\u2026", "Copy the archive to a file", self._on_back_up, True),
            ("Restore\u2026", "Put an archive of a file in the place of this one", self._on_restore, True),
            ("Clear\u2026", "Begin again with the built-in figures", self._on_clear, True),
        ):
            button = self._button(tr(label), tr(name))
            button.clicked.connect(run)
            button.setEnabled(self._folder is not None or not needs_archive)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._add_row(tr("Data folder"), box)

    def _on_measured(self, size: int) -> None:
        self._size.setText(f"{size / 1e6:,.1f} MB")

    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._profile)))

    def _on_back_up(self) -> None:
        path = ask_path(self, "aboutface-archive.sqlite")
        if path is not None and self._folder is not None:
            self._folder.back_up(path)

    def _on_restore(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Restore an archive"), "", tr("Archives (*.sqlite);;All files (*)")
        )
        if chosen and self._folder is not None:
            self._folder.restore(Path(chosen))

    def _on_clear(self) -> None:
        said = "All downloads and imports leave the archive; the built-in figures are shown again. A copy stays."
        if self._folder is not None and self._is_sure(tr("Clear the archive?"), said):
            self._folder.clear()

    # --- all of it

    def _on_reset(self) -> None:
        said = "Every setting goes back to what it was at first. Figures, keys and accepted terms stay."
        if self._is_sure(tr("Reset the settings?"), said):
            held = self._preferences.settings
            kept = ("has_consent", "accepted_terms", "seen_hints", "market", "watch", "pages", "layout", "mappings")
            first = Settings()
            changes = {
                name: getattr(first, name) for name in vars(first) if name not in (*kept, "unknown", "releases_checked")
            }
            if changes != {name: getattr(held, name) for name in changes}:
                self._preferences.update(**changes)
            self._fill()
            self._say("The settings are as they were at first.")

    def _is_sure(self, question: str, explained: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.NoIcon, self.windowTitle(), question, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(explained)
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        return box.exec() == QMessageBox.StandardButton.Ok

    def _say(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))

    # --- rows

    def _add_row(self, label: str, control: QWidget, *, is_wide: bool = True) -> None:
        row = self._grid.rowCount()
        name = Text(self.theme, "body", "ink2", label, self)
        name.setBuddy(control)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(name, row, 0, top if control.sizeHint().height() > 60 else Qt.AlignmentFlag.AlignVCenter)
        side = Qt.AlignmentFlag(0) if is_wide else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(control, row, 1, side)

    def _add_choice(
        self, label: str, entries: list[tuple[str, str]], chosen: str, apply: Callable[[str], None]
    ) -> None:
        control = SegmentedControl(self.theme, label, self)
        control.show_options([_Option(value, text, value == chosen) for value, text in entries])
        control.chosen.connect(apply)
        self._add_row(label, control)

    def _add_field(self, label: str, value: str, hint: str, name: str) -> tuple[QLineEdit, Text]:
        """A line to type in, and the place below it that says why a value is not taken."""
        field = QLineEdit(value, self)
        field.setPlaceholderText(hint)
        field.setAccessibleName(name)
        problem = Text(self.theme, "cell", "flag", "", self, wraps=True)
        problem.hide()
        self._add_row(label, field)
        self._grid.addWidget(problem, self._grid.rowCount(), 1)
        return field, problem

    def _box(self, text: str, is_checked: bool) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setChecked(is_checked)
        return box

    def _button(self, label: str, name: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setAutoDefault(False)
        button.setAccessibleName(name)
        set_tip(button, name)
        return button
