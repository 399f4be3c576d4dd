"""The sentences of an article, one below the other, with the marks of their verdicts in the margin."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.check.findings import ArticleVerdict, CheckedClaim
from models.figures import Figures
from models.pages.check import NOT_A_CLAIM, NOT_UNDERSTOOD, CheckedSentence, notes_on, verdict_title
from ui.theme import Theme, qcolour
from ui.widgets.verdict_mark import MARK_WORDS, paint_mark
from ui.words import tr

Index = QModelIndex | QPersistentModelIndex

MARK = 14
MARKS: dict[ArticleVerdict, str] = {
    ArticleVerdict.SUPPORTED: "true",
    ArticleVerdict.ONE_DEFINITION: "some",
    ArticleVerdict.NOT_SUPPORTED: "false",
    ArticleVerdict.CANNOT_BE_SHOWN: "missing",
}
_MARK_GAP = 4
MARGIN = 2 * MARK + 16
_PADDING = 6
_NOTE_GAP, _PARAGRAPH_GAP = 2, 10
_WORDS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


def marks_of(sentence: CheckedSentence) -> tuple[str, ...]:
    """The marks of all claims of a sentence, each kind once, in the order of the verdicts."""
    found = {_mark(claim) for claim in sentence.claims}
    return tuple(mark for mark in MARK_WORDS if mark in found)


def _mark(claim: CheckedClaim) -> str:
    is_open = claim.verdict is ArticleVerdict.CANNOT_BE_SHOWN
    return "short" if is_open and claim.shown.reason == "sample_too_short" else MARKS[claim.verdict]


def _in_table(sentence: CheckedSentence) -> list[str]:
    unread = (f"{NOT_UNDERSTOOD}: {one.text}" for one in sentence.unread)
    return [*(verdict_title(claim) for claim in sentence.claims), *unread]


def mark_boxes(area: QRect, count: int) -> list[QRectF]:
    """Two marks stand beside each other in the margin, further ones below."""
    left, top, step = area.left() + _PADDING, area.top() + _PADDING + 1, MARK + _MARK_GAP
    return [QRectF(left + step * (at % 2), top + step * (at // 2), MARK, MARK) for at in range(count)]


def _words_in(area: QRect) -> QRect:
    """What is left of a row beside the marks."""
    return area.adjusted(MARGIN, _PADDING, -_PADDING, -_PADDING)


def spoken(sentence: CheckedSentence) -> str:
    """A sentence with its verdicts, for a screen reader."""
    return f"{sentence.text} {'. '.join(notes_on(sentence)) or NOT_A_CLAIM}."


class SentenceModel(QAbstractListModel):
    """One row a sentence; the record itself under `Qt.ItemDataRole.UserRole`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sentences: Sequence[CheckedSentence] = ()

    def show(self, sentences: Sequence[CheckedSentence]) -> None:
        self.beginResetModel()
        self._sentences = sentences
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._sentences)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        sentence = self._sentences[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return sentence.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(sentence)
            case Qt.ItemDataRole.UserRole:
                return sentence
            case _:
                return None


class _Delegate(QStyledItemDelegate):
    """Marks, then the sentence as plain text with what is said of it below; one that claims nothing is paler."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        assert isinstance(view, QListView)
        width = max(_words_in(view.viewport().rect()).width(), 80)
        height = self._height("body", index.data(), width)
        for note in notes_on(index.data(Qt.ItemDataRole.UserRole)):
            height += self._height("cell", note, width) + _NOTE_GAP
        return QSize(width, height + 2 * _PADDING + self._gap_above(index))

    def _height(self, role: str, text: str, width: int) -> int:
        metrics = QFontMetrics(self._theme.font(role))
        return metrics.boundingRect(QRect(0, 0, width, 100_000), int(_WORDS), text).height()

    @staticmethod
    def _gap_above(index: Index) -> int:
        """A paragraph begins a little lower."""
        if index.row() == 0:
            return 0
        before = index.model().index(index.row() - 1, 0).data(Qt.ItemDataRole.UserRole)
        return 0 if before.paragraph == index.data(Qt.ItemDataRole.UserRole).paragraph else _PARAGRAPH_GAP

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, area = self._theme.tokens, QRect(option.rect).adjusted(0, self._gap_above(index), 0, 0)
        sentence: CheckedSentence = index.data(Qt.ItemDataRole.UserRole)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        ground = QColor(tokens.sel if is_chosen else tokens.card)
        painter.fillRect(area, ground)
        marks = marks_of(sentence)
        for mark, box in zip(marks, mark_boxes(area, len(marks)), strict=True):
            paint_mark(painter, box, mark, qcolour(tokens.ink), ground)
        painter.setFont(self._theme.font("body"))
        painter.setPen(QColor(tokens.ink if sentence.claims else tokens.ink3))
        words = _words_in(area)
        painter.drawText(words, int(_WORDS), sentence.text)
        top = words.top() + self._height("body", sentence.text, words.width())
        painter.setFont(self._theme.font("cell"))
        painter.setPen(qcolour(tokens.ink2))
        for note in notes_on(sentence):
            painter.drawText(QRect(words.left(), top + _NOTE_GAP, words.width(), 100_000), int(_WORDS), note)
            top += self._height("cell", note, words.width()) + _NOTE_GAP
        painter.restore()


class SentenceList(QListView):
    """`sentence_chosen` gives the record of the current row."""

    sentence_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self)
        self._rows = SentenceModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName(tr("Sentences of the article"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._on_current)
        theme.changed.connect(self._on_theme)

    def show_sentences(self, sentences: Sequence[CheckedSentence]) -> None:
        """Shows them with the first that makes a claim chosen."""
        self._rows.show(sentences)
        first = next((row for row, sentence in enumerate(sentences) if sentence.claims), 0)
        self.setCurrentIndex(self._rows.index(first, 0))

    def figures(self) -> Figures | None:
        """Each sentence with its verdicts."""
        sentences: list[CheckedSentence] = [
            self._rows.index(row, 0).data(Qt.ItemDataRole.UserRole) for row in range(self._rows.rowCount())
        ]
        rows = tuple(
            (place, one.text, "; ".join(_in_table(one)) or NOT_A_CLAIM) for place, one in enumerate(sentences, 1)
        )
        return Figures("Sentences", ("Nr", "Sentence", "Verdict"), rows) if rows else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _on_theme(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.sentence_chosen.emit(current.data(Qt.ItemDataRole.UserRole))
