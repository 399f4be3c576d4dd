"""A table view in the desk's own look: quiet header, hairline rows, tabular figures, copy with headers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QLineF,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from models.explain.explanation import Explanation
from models.figures import Figures, plain_value
from models.qt.table_model import FOCUS_ROLE, STRONG_ROLE, VALUE_ROLE, TableModel
from models.tabular import tsv_text
from ui.theme import Theme, qcolour
from ui.widgets.focus import is_key_focused
from ui.widgets.menu import Menu
from ui.widgets.text import tip
from ui.words import tr

_HEADER_HEIGHT = 26
_ROW_HEIGHT = 24
_DRAWN_WIDTH = 110
_MOST_AIR = 28
_ARROWS = {Qt.SortOrder.AscendingOrder: " \u2191", Qt.SortOrder.DescendingOrder: " \u2193"}
_Index = QModelIndex | QPersistentModelIndex


class TableHeader(QHeaderView):
    """Titles in the label's size over a rule; the arrow after the name says what the rows are sorted by."""

    def __init__(self, theme: Theme, parent: QWidget, padding: int) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._padding = theme, padding
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        model = self.model()
        title = str(model.headerData(logical, Qt.Orientation.Horizontal) or "")
        align = model.headerData(logical, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == logical:
            title += _ARROWS[self.sortIndicatorOrder()]
        tokens = self._theme.tokens
        painter.fillRect(rect, qcolour(tokens.card))
        painter.setFont(self._theme.font("header"))
        painter.setPen(qcolour(tokens.ink3))
        area = QRectF(rect).adjusted(self._padding, 0, -self._padding, -1)
        painter.drawText(
            area,
            int(align),
            painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(area.width()) + 1),
        )
        painter.setPen(QPen(qcolour(tokens.line2), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class CellDelegate(QStyledItemDelegate):
    """Writes a cell; the page's row and the selected one are `sel`, the heavier cells 600."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        view, tokens, rect = self.parent(), self.theme.tokens, option.rect
        assert isinstance(view, TableView)
        is_selected = view.selectionModel().isRowSelected(index.row())
        is_focus = bool(index.data(FOCUS_ROLE))
        if is_selected or is_focus:
            painter.fillRect(rect, qcolour(tokens.sel))
        elif view.hovered_row == index.row():
            painter.fillRect(rect, qcolour(tokens.hov))
        painter.setPen(QPen(qcolour(tokens.grid), 1))
        painter.drawLine(QLineF(rect.left(), rect.bottom() + 0.5, rect.right() + 1, rect.bottom() + 0.5))
        self.paint_value(painter, rect.adjusted(view.padding, 0, -view.padding, 0), index)
        if is_key_focused(view) and view.currentIndex().row() == index.row():
            painter.setPen(QPen(qcolour(tokens.ink), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def paint_value(self, painter: QPainter, area: QRect, index: _Index) -> None:
        painter.setFont(self.theme.font("cell_strong" if index.data(STRONG_ROLE) else "cell"))
        painter.setPen(qcolour(self.theme.tokens.ink))
        text = str(index.data() or "")
        if painter.fontMetrics().horizontalAdvance(text) > area.width() + 1:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """A cell that is cut off shows the whole of its text; a column's own tip comes first."""
        said, text = str(index.data(Qt.ItemDataRole.ToolTipRole) or ""), str(index.data() or "")
        padding = view.padding if isinstance(view, TableView) else 0
        room = option.rect.width() - 2 * padding
        if not said and self.theme.metrics("cell").horizontalAdvance(text) > room + 1:
            said = text
        if not said:
            QToolTip.hideText()
            return False
        QToolTip.showText(event.globalPos(), tip(said), view)
        return True


class SparkDelegate(CellDelegate):
    """Draws an array as a small line that ends in a dot."""

    def paint_value(self, painter: QPainter, area: QRect, index: _Index) -> None:
        from ui.charts.spark import paint_spark

        paint_spark(painter, QRectF(area).adjusted(0, 4, -2, -4), index.data(VALUE_ROLE), self.theme.tokens)


class TableView(QTableView):
    """Shows a `TableModel`. `row_chosen` is emitted for Enter and a click, or a double click where `opens_by` is 2."""

    row_chosen = Signal(int)

    def __init__(
        self,
        theme: Theme,
        model: TableModel,
        parent: QWidget | None = None,
        *,
        opens_by: int = 1,
        padding: int = 7,
    ) -> None:
        super().__init__(parent)
        self.padding = padding
        self.hovered_row = -1
        self._theme = theme
        self._table = model
        model.heading = tr
        self._opens_by = opens_by
        self._fitted: list[int] = []
        self._own_widths: dict[str, int] = {}
        self._left_out: set[str] = set()
        """Titles of columns that a person does not want to see."""
        self._is_fitting = False
        self.setModel(model)
        self._dress()
        theme.dress(self)
        self._header = TableHeader(theme, self, padding)
        self.setHorizontalHeader(self._header)
        self._header.setSectionsClickable(True)
        self._header.sectionResized.connect(self._on_section_resized)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._on_header_menu)
        self.setItemDelegate(CellDelegate(theme, self))
        self.set_row_height(_ROW_HEIGHT)
        model.modelReset.connect(self.fit)
        theme.changed.connect(self._on_theme_changed)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()

    @property
    def table(self) -> TableModel:
        return self._table

    def set_row_height(self, height: int) -> None:
        """Height of the rows at a text size of 100 %; they grow with it."""
        self._row_height = height
        self.verticalHeader().setMinimumSectionSize(self._theme.pixels(height))
        self.verticalHeader().setDefaultSectionSize(self._theme.pixels(height))
        self._header.setFixedHeight(self._theme.pixels(_HEADER_HEIGHT))

    def height_of(self, rows: int) -> int:
        """The height of the view that shows so many rows and the header."""
        return self._theme.pixels(_HEADER_HEIGHT) + rows * self.verticalHeader().defaultSectionSize() + 1

    def rows_in(self, height: int) -> int:
        """How many whole rows a view of that height shows below its header."""
        return max((height - self._theme.pixels(_HEADER_HEIGHT) - 1) // self.verticalHeader().defaultSectionSize(), 1)

    def set_sortable(self) -> None:
        """Sort by clicks on the header, a second click the other way; at first the rows are as they came."""
        self._header.setSortIndicator(-1, Qt.SortOrder.DescendingOrder)
        self._header.setSortIndicatorShown(True)
        self.setSortingEnabled(True)

    def widths(self) -> dict[str, int]:
        """Widths that the user has given, by column title."""
        return dict(self._own_widths)

    def set_widths(self, widths: dict[str, int]) -> None:
        self._own_widths = dict(widths)
        self.fit()

    def left_out(self) -> list[str]:
        """Titles of columns that a person has taken out."""
        return sorted(self._left_out)

    def leave_out(self, titles: Iterable[str]) -> None:
        """Shows all columns but these; the first one stays."""
        self._left_out = set(titles)
        self.fit()

    def fill_columns(self, menu: QMenu) -> None:
        """An entry a column; one that is taken out stays in exports."""
        for column in self._table.columns[1:]:
            action = menu.addAction(tr(column.title))
            action.setCheckable(True)
            action.setChecked(column.title not in self._left_out)
            action.toggled.connect(partial(self._on_column_toggled, column.title))

    def _on_column_toggled(self, title: str, is_wanted: bool) -> None:
        self.leave_out(self._left_out - {title} if is_wanted else self._left_out | {title})

    def _on_header_menu(self, at: QPoint) -> None:
        menu = Menu(self._theme, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_columns(menu)
        menu.popup(self._header.mapToGlobal(at))

    def fit(self) -> None:
        """Columns as wide as their texts; what does not fit gives way by its rank, what is left over is spread."""
        columns = self._table.columns
        needs = [self._needs(place) for place in range(len(columns))]
        shown = {at for at, column in enumerate(columns) if not at or column.title not in self._left_out}
        room = self.viewport().width()
        for rank in sorted({column.rank for column in columns if column.rank}, reverse=True):
            if sum(needs[at].width for at in shown) > room:
                shown -= {at for at in shown if columns[at].rank == rank}
        widths = _squeezed({at: needs[at] for at in sorted(shown)}, room)
        spare = max(room - sum(widths.values()), 0)
        each = min(spare // max(len(shown), 1), _MOST_AIR)
        stretched = next((at for at in sorted(shown, reverse=True) if not columns[at].is_number), 0)
        self._is_fitting = True
        for place in range(len(columns)):
            self.setColumnHidden(place, place not in shown)
            if place in shown:
                extra = spare - each * (len(shown) - 1) if place == stretched else each
                self.setColumnWidth(place, widths[place] + extra)
        self._is_fitting = False

    def select_row(self, place: int | None) -> None:
        """Mark a row without choosing it; None clears."""
        if place is None:
            self.clearSelection()
            return
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._table.index(place, 0), flags)

    def figures(self) -> Figures | None:
        """All rows as they are sorted and filtered now, with the columns that have no room on the screen, too."""
        if not self._table.rowCount():
            return None
        headers, rows = self._table.plain(range(self._table.rowCount()), range(self._table.columnCount()))
        cells = tuple(tuple(plain_value(cell) for cell in row) for row in rows)
        forms = tuple(column.form for column in self._table.columns if not column.is_drawn)[1:]
        return Figures(self.accessibleName(), tuple(headers), cells, forms)

    def copy(self) -> None:
        """The selected rows, or all without a selection, as tab-separated values with their headers."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        places = chosen or list(range(self._table.rowCount()))
        columns = [at for at in range(len(self._table.columns)) if not self.isColumnHidden(at)]
        QApplication.clipboard().setText(tsv_text(*self._table.plain(places, columns)))

    def explanation(self) -> Explanation | None:
        """How the figure in the current cell came about."""
        index = self.currentIndex()
        return self._table.explanation(index.row(), index.column()) if index.isValid() else None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The cell under the pointer, or the current one for the menu key, becomes the one that is meant."""
        index = self.indexAt(event.pos())
        if index.isValid() and event.reason() is QContextMenuEvent.Reason.Mouse:
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if index.isValid() and self.explanation() is not None:
            QApplication.sendEvent(self.window(), event)  # the menu of a figure, not that of its card
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.row_chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if self._opens_by == 1 and is_plain and index.isValid():
            self.row_chosen.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._opens_by == 2 and event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.row_chosen.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def _needs(self, place: int) -> "_Need":
        column = self._table.columns[place]
        if column.title in self._own_widths:
            return _Need(self._own_widths[column.title], self._own_widths[column.title])
        if column.is_drawn:
            return _Need(_DRAWN_WIDTH, _DRAWN_WIDTH)
        header = self._theme.metrics("header")
        plain, strong = self._theme.metrics("cell"), self._theme.metrics("cell_strong")
        texts = self._table.texts(place)
        cells = max(
            ((strong if is_strong else plain).horizontalAdvance(text) for text, is_strong in texts), default=0.0
        )
        if column.most_px:
            cells = min(cells, column.most_px)
        arrow = header.horizontalAdvance(_ARROWS[Qt.SortOrder.AscendingOrder]) if self.isSortingEnabled() else 0.0
        around = 2 * self.padding + 2
        least = int(cells) + around
        return _Need(max(least, int(header.horizontalAdvance(tr(column.title)) + arrow) + around), least)

    def _on_section_resized(self, place: int, _: int, width: int) -> None:
        if not self._is_fitting and width and place < len(self._table.columns):
            self._own_widths[self._table.columns[place].title] = width

    def _on_theme_changed(self) -> None:
        self.set_row_height(self._row_height)
        self.fit()
        self._header.viewport().update()
        self.viewport().update()


@dataclass(frozen=True)
class _Need:
    """How wide a column is with its title, and at least with its cells."""

    width: int
    least: int


def _squeezed(needs: dict[int, _Need], room: int) -> dict[int, int]:
    """Where the titles make a table too wide, the widest of them give way to the cells."""
    widths = {at: need.width for at, need in needs.items()}
    for at in sorted(needs, key=lambda at: needs[at].least - needs[at].width):
        missing = sum(widths.values()) - room
        if missing > 0:
            widths[at] = max(needs[at].least, widths[at] - missing)
    return widths
