"""The claim matrix: a row a claim, a cell a definition, each cell a button that opens its evidence."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from models.calc.splice import Definition
from models.formats import count, day, in_unit, month, rank, short_day
from models.names import Basis, Kind
from models.pages.story import StoryPage
from models.pages.story_claims import SideCell, SideClaim
from models.statements.drawer import claim_title
from models.statements.matrix import ClaimRow
from models.statements.statement import Statement
from models.statements.words import GROUP_TITLES, basis_title, capital
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.text import Text, tip
from ui.widgets.verdict_mark import MARK_WORDS, VerdictMark, paint_mark

_CELL_HEIGHT = 40
_SIDE_CELLS = 4
_MATRIX_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
)
_MARK = 15.0


def first_line(statement: Statement) -> str:
    """`1st of 506`, `Since May 2011`, `On record`, or why nothing can be shown."""
    if statement.mark == "missing":
        return "No data"
    match statement.kind:
        case Kind.SWING:
            if statement.rank is None or statement.of is None:
                return "Not ranked"
            return rank(statement.rank, statement.of, statement.ties)
        case Kind.STREAK:
            return f"{count(statement.value)} reports"
        case _:
            return f"Since {month(statement.since)}" if statement.since else "On record"


def second_line(statement: Statement) -> str:
    if statement.mark == "missing" or statement.kind is Kind.STREAK:
        return ""
    return in_unit(statement.value, statement.unit, signed=True, is_change=statement.kind is Kind.SWING)


class MatrixCell(QAbstractButton):
    """One verdict: mark, rank or date, value. The chosen one is outlined; arrows are the matrix's."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._statement: Statement | None = None
        self.is_chosen = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(120, _CELL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(119, _CELL_HEIGHT)

    def show_statement(self, statement: Statement | None, claim: str, definition: str) -> None:
        self._statement = statement
        self.setEnabled(statement is not None)
        mark = statement.mark if statement else "missing"
        lines = [first_line(statement), second_line(statement)] if statement else ["No data"]
        self.setAccessibleName(f"{claim}, {definition}: {MARK_WORDS[mark]}, {', '.join(filter(None, lines))}.")
        self.setToolTip("")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Return are the matrix's; a button would keep the arrows for itself."""
        if event.key() in _MATRIX_KEYS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.is_chosen or self.hasFocus():
            painter.setPen(QPen(QColor(tokens.ink), 2 if self.hasFocus() else 1.4))
            painter.setBrush(QColor(tokens.alt))
            painter.drawRoundedRect(area, 4, 4)
        elif self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hov))
            painter.drawRoundedRect(area, 4, 4)
        mark = self._statement.mark if self._statement else "missing"
        top = area.center().y() - _MARK / 2
        ink = QColor(tokens.ink if self._statement else tokens.ink3)
        paint_mark(painter, QRectF(area.left() + 2, top, _MARK, _MARK), mark, ink, QColor(tokens.card))
        self._paint_lines(painter, QRectF(area.left() + 21, area.top() + 3, area.width() - 21, area.height() - 6))
        painter.end()

    def _paint_lines(self, painter: QPainter, area: QRectF) -> None:
        tokens = self._theme.tokens
        lines = [first_line(self._statement), second_line(self._statement)] if self._statement else ["No data", ""]
        half = area.height() / 2 if lines[1] else area.height()
        painter.setFont(self._theme.font("cell_strong"))
        painter.setPen(QColor(tokens.ink))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(area.left(), area.top(), area.width(), half), left, lines[0])
        if lines[1]:
            painter.setFont(self._theme.font("cell"))
            painter.setPen(QColor(tokens.ink2))
            painter.drawText(QRectF(area.left(), area.top() + half, area.width(), half), left, lines[1])


class SideCellView(QWidget):
    """One cell of a claim beside positioning: its definition above, its figure below; the sentence is its tip."""

    def __init__(self, theme: Theme, cell: SideCell, claim: str) -> None:
        super().__init__()
        self._theme, self._cell = theme, cell
        self.setToolTip(tip(cell.sentence))
        self.setAccessibleName(f"{claim}, {cell.definition}: {MARK_WORDS[cell.mark]}, {cell.shown}.")
        self.setAccessibleDescription(cell.sentence)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(116, 34)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        middle = self.height() / 2
        ink, paper = QColor(tokens.ink), QColor(tokens.card)
        paint_mark(painter, QRectF(3, middle - 7, 14, 14), self._cell.mark, ink, paper)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        room = self.width() - 22
        for text, role, token, top in (
            (self._cell.definition, "label", "ink3", middle - 15),
            (self._cell.shown, "cell_strong", "ink", middle),
        ):
            painter.setFont(self._theme.font(role))
            painter.setPen(QColor(getattr(tokens, token)))
            words = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(22, top, room, 15), left, words)
        painter.end()


class ClaimMatrix(Card):
    """Shows a Story's matrix. `cell_chosen` gives the claim's row and the statement whose evidence is wanted."""

    cell_chosen = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._page: StoryPage | None = None
        self._cells: list[list[MatrixCell]] = []
        self.setAccessibleName("Claims and what the data say")
        head = QHBoxLayout()
        head.addWidget(Text(theme, "card_title", "ink", "Claims and what the data say"))
        head.addStretch(1)
        for mark, word in (("true", "holds"), ("false", "does not hold"), ("short", "sample too short")):
            sign = VerdictMark(theme)
            sign.show_mark(mark)
            head.addWidget(sign)
            head.addWidget(Text(theme, "label", "ink2", word))
            head.addSpacing(8)
        self.column.addLayout(head)
        self._empty = Text(theme, "body", "ink2", "", wraps=True)
        self.column.addWidget(self._empty)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2)
        self._grid.setVerticalSpacing(0)
        self.column.addLayout(self._grid)
        self.column.addStretch(1)

    def show_page(self, page: StoryPage) -> None:
        """Draws the claims anew; the chosen cell stays chosen where its claim and definition are still there."""
        chosen = self._chosen_key()
        self._page = page
        while item := self._grid.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._cells = []
        matrix = page.matrix
        rows = matrix.rows if matrix else ()
        self._empty.setVisible(not rows)
        self._empty.setText("" if rows else page.reason_empty or "Nothing about this week's report is unusual.")
        if matrix is not None and rows:
            self._add_headings(page, matrix.columns)
            for line, row in enumerate(rows, start=1):
                self._add_row(line, page, row, matrix.columns)
            self._choose_key(chosen)
        self._add_side_claims(len(rows) + 1, page.panels.claims)

    def _add_side_claims(self, first: int, claims: tuple[SideClaim, ...]) -> None:
        if not claims:
            return
        self._grid.addWidget(Text(self._theme, "header", "ink3", "Market, earnings and credit"), first, 0)
        self._grid.addWidget(Text(self._theme, "label", "ink3", "each cell names its own definition"), first, 1, 1, 4)
        for line, claim in enumerate(claims, start=first + 1):
            self._grid.addWidget(self._title(claim.title, claim.caption), line, 0)
            for place, cell in enumerate(claim.cells[:_SIDE_CELLS], start=1):
                self._grid.addWidget(SideCellView(self._theme, cell, claim.title), line, place)
                self._grid.setColumnStretch(place, 4)

    def _add_headings(self, page: StoryPage, columns: tuple[Definition, ...]) -> None:
        self._grid.addWidget(Text(self._theme, "header", "ink3", "Positioning claims"), 0, 0)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnMinimumWidth(0, 132)
        for place, definition in enumerate(columns, start=1):
            box = QWidget()
            column = QVBoxLayout(box)
            column.setContentsMargins(4, 0, 0, 4)
            column.setSpacing(0)
            first, second = column_titles(page, definition)
            column.addWidget(Text(self._theme, "cell_strong", "ink", first))
            column.addWidget(Text(self._theme, "label", "ink3", second))
            self._grid.addWidget(box, 0, place)
            self._grid.setColumnStretch(place, 4)

    def _add_row(self, line: int, page: StoryPage, row: ClaimRow, columns: tuple[Definition, ...]) -> None:
        title = claim_title(row.primary)
        self._grid.addWidget(self._title(title, row_caption(row)), line, 0)
        cells = []
        for place, definition in enumerate(columns, start=1):
            cell = MatrixCell(self._theme)
            statement = row.under(definition)
            cell.show_statement(statement, title, " ".join(column_titles(page, definition)))
            if statement is not None:
                cell.clicked.connect(partial(self.choose, row, statement, line - 1, place - 1))
            self._grid.addWidget(cell, line, place)
            cells.append(cell)
        self._cells.append(cells)

    def _title(self, title: str, caption: str) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 2, 4, 2)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(Text(self._theme, "cell_strong", "ink", title, wraps=True))
        column.addWidget(Text(self._theme, "label", "ink3", caption, wraps=True))
        column.addStretch(1)
        return box

    def choose(self, row: ClaimRow, statement: Statement, line: int, place: int, _checked: bool = False) -> None:
        for cells in self._cells:
            for cell in cells:
                cell.is_chosen = False
                cell.update()
        self._cells[line][place].is_chosen = True
        self.cell_chosen.emit(row, statement)

    def clear_choice(self) -> None:
        for cells in self._cells:
            for cell in cells:
                cell.is_chosen = False
                cell.update()

    def _chosen_key(self) -> tuple[str, Definition] | None:
        if self._page is None or self._page.matrix is None:
            return None
        for cells, row in zip(self._cells, self._page.matrix.rows, strict=False):
            for cell, definition in zip(cells, self._page.matrix.columns, strict=False):
                if cell.is_chosen:
                    return row.claim.kind.value, definition
        return None

    def _choose_key(self, key: tuple[str, Definition] | None) -> None:
        if key is None or self._page is None or self._page.matrix is None:
            return
        for cells, row in zip(self._cells, self._page.matrix.rows, strict=True):
            for cell, definition in zip(cells, self._page.matrix.columns, strict=True):
                if (row.claim.kind.value, definition) == key:
                    cell.is_chosen = True
                    return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move among the cells, Return and Enter open the evidence."""
        step = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }.get(Qt.Key(event.key()))
        focused = next(
            ((y, x) for y, cells in enumerate(self._cells) for x, cell in enumerate(cells) if cell.hasFocus()), None
        )
        if focused is None:
            super().keyPressEvent(event)
        elif step is not None:
            y = min(max(focused[0] + step[0], 0), len(self._cells) - 1)
            x = min(max(focused[1] + step[1], 0), len(self._cells[y]) - 1)
            self._cells[y][x].setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._cells[focused[0]][focused[1]].click()
        else:
            super().keyPressEvent(event)


def column_titles(page: StoryPage, definition: Definition) -> tuple[str, str]:
    """Two short lines above a column: `Contracts` / `as reported`."""
    market = page.market
    if definition.group is not page.main.group:
        family = "TFF" if definition.report.family == "tff" else "disaggregated"
        return GROUP_TITLES[definition.group], f"{family}, {basis_title(market, definition)}"
    match definition.basis:
        case Basis.CONTRACTS:
            return "Contracts", "as reported"
        case Basis.SIZE_ADJUSTED:
            return "Size-adjusted", market.size_unit
        case Basis.SHARE_OF_OI:
            return "% of open interest", "futures"
        case _:
            return capital(basis_title(market, definition)), ""


def row_caption(row: ClaimRow) -> str:
    """What the claim is about, in a few words: `30 May → 13 Jun 2017`."""
    primary = row.primary
    if row.claim.kind is Kind.SWING and primary.start_date is not None:
        return f"{short_day(primary.start_date)} \u2192 {day(row.claim.date)}"
    if row.claim.kind is Kind.SIGN:
        return f"Sign of the net, {day(row.claim.date)}"
    return f"Net position, {day(row.claim.date)}"
