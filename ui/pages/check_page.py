"""The Check page: an article's sentences with their verdicts, and the evidence of the chosen one."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDateEdit, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from models.check.text import MAX_BYTES
from models.pages.check import CheckChoice, record, summary
from models.pages.check import CheckPage as Page
from models.pages.check_report import as_html, heading
from models.qt.desk import Desk
from services.articles import read_article
from services.errors import InputError
from ui.article_print import pdf
from ui.commands.output import to_json
from ui.pages.check_evidence import ClaimPanel
from ui.pages.check_list import SentenceList
from ui.theme import Theme
from ui.widgets.box_button import HEIGHT, BoxButton
from ui.widgets.card import Card
from ui.widgets.menu import Menu
from ui.widgets.save_file import ask_and_save
from ui.widgets.text import Line, Sentence, Text
from ui.words import tr

_MARGIN, _BETWEEN = 16, 12
_MOST_SHOWN = 1_000
_TOO_LONG = f"This text is longer than {MAX_BYTES // 1024:,} kB; that is no article. Paste a part of it."


class CheckPage(QWidget):
    """Draws one record; a new text or day goes to the desk and comes back as another record."""

    range_changed = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk, theme: Theme, actions: object = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: Page | None = None
        self._desk, self._theme = desk, theme
        self._sentence = Sentence(theme)
        self._subtitle = Line(theme, "body", "ink2")
        self.day = self._theme.dress(QDateEdit())
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setCalendarPopup(True)
        self.day.setAccessibleName(tr("Day of the article"))
        self.day.setKeyboardTracking(False)
        self.day.setFixedHeight(HEIGHT)
        self.paste = BoxButton(theme, tr("Paste"), tr("Paste an article"))
        self.open = BoxButton(theme, tr("Open…"), tr("Open an article's text file"))
        self.save = BoxButton(theme, tr("Save…"), tr("Save the article with its verdicts"))
        self.sentences = SentenceList(theme)
        self.evidence = ClaimPanel(theme)
        self._lay_out()
        self.day.dateChanged.connect(self._on_day)
        self.paste.clicked.connect(self._on_paste)
        self.open.clicked.connect(self._on_open)
        self.save.clicked.connect(self._on_save_menu)
        self.sentences.sentence_chosen.connect(self.evidence.show_sentence)

    # --- what the window calls

    def show_page(self, page: Page) -> None:
        """Draws a new record."""
        self.page = page
        self._sentence.setText(summary(page))
        shown = page.sentences[:_MOST_SHOWN]
        left_out = len(page.sentences) - len(shown)
        more = f"Only the first {_MOST_SHOWN:,} sentences are listed." if left_out else ""
        self._subtitle.setText(" ".join(filter(None, (f"{heading(page)}.", *page.notes, more))))
        self.day.blockSignals(True)
        self.day.setDate(QDate(page.date.year, page.date.month, page.date.day))
        self.day.blockSignals(False)
        self.evidence.show_sentence(None)
        self.sentences.show_sentences(shown)

    def set_range(self, preset: str) -> None:
        """An article has no range."""

    def state(self) -> dict[str, Any]:
        """Nothing of an article is kept on the disk."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Nothing is kept, so there is nothing to bring back."""

    def sentence_text(self) -> str:
        """The page's sentence with what stands below it, for the clipboard."""
        return f"{self._sentence.text()} {self._subtitle.text()}"

    # --- choices

    def check(self, text: str) -> None:
        """Has another text checked."""
        if len(text.encode("utf-8", "replace")) > MAX_BYTES:
            self.told.emit(_TOO_LONG)
        elif not text.strip():
            self.told.emit(tr("There is no text to check; copy an article first."))
        else:
            self._choose(text=text)

    def _choose(self, **changes: Any) -> None:
        held = self._desk.choice.on_page(CheckChoice)
        values = {"text": held.text, "date": held.date} | changes
        self._desk.restore(self._desk.choice.with_page(CheckChoice(**values)))

    def _on_day(self, day: QDate) -> None:
        self._choose(date=dt.date(day.year(), day.month(), day.day()))

    def _on_paste(self) -> None:
        self.check(QGuiApplication.clipboard().text())

    def _on_open(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Open an article"), "", tr("Text (*.txt *.md *.html);;All files (*)")
        )
        if not chosen:
            return
        try:
            self.check(read_article(Path(chosen)))
        except InputError as error:
            self.told.emit(str(error))

    def _on_save(self) -> None:
        """As a page of HTML or as JSON or PDF, by the kind chosen in the menu."""
        action = self.sender()
        form = action.data() if isinstance(action, QAction) else "html"
        if self.page is None:
            return
        makers = {
            "html": lambda of: as_html(of).encode(),
            "json": lambda of: to_json(record(of)).encode(),
            "pdf": pdf,
        }
        said = ask_and_save(self, f"check-{self.page.date.isoformat()}.{form}", makers[form](self.page))
        if said:
            self.told.emit(said)

    def _on_save_menu(self) -> None:
        menu = Menu(self._theme, self)
        for form, name in (("html", "Web page (HTML)"), ("pdf", "PDF"), ("json", "JSON")):
            action = menu.addAction(tr(name))
            action.setData(form)
            action.triggered.connect(self._on_save)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.save.mapToGlobal(self.save.rect().bottomLeft()))

    # --- layout

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._sentence)
        words.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addLayout(words, 1)
        for widget in (self.day, self.paste, self.open, self.save):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        article = Card(self._theme)
        article.column.addWidget(Text(self._theme, "card_title", "ink", tr("Sentences")))
        article.column.addWidget(self.sentences, 1)
        body = QHBoxLayout()
        body.setSpacing(_BETWEEN)
        body.addWidget(article, 1)
        body.addWidget(self.evidence)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, _MARGIN)
        column.setSpacing(_BETWEEN)
        column.addLayout(head)
        column.addLayout(body, 1)
