"""A treemap of holdings by sector, drawn once and kept as a picture; the pointer names each tile."""

from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from models.calc.treemap import Block, Rect
from models.figures import Figures
from models.formats import percent
from models.pages.sectors import HoldingRow
from models.taxonomies import spellings
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.theme import Theme
from ui.widgets.focus import is_key_focused
from ui.widgets.text import tip
from ui.words import tr

_GAP_FROM_PX = 4.0
"""Tiles narrower than this are drawn without a gap, or nothing of them would be left."""
_LABEL_PADDING = 5.0
_LESS_PADDING = 3.0
"""By so much on each side where the name has to be cut."""
_LEAST_LETTERS = 2


_weight = partial(percent, places=2)


class Treemap(Chart):
    """Shows blocks with their tiles. `sector_chosen` gives a block's name, `holding_chosen` the place of a holding."""

    sector_chosen = Signal(str)
    holding_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._blocks: tuple[Block, ...] = ()
        self._holdings: tuple[HoldingRow, ...] = ()
        self._weights: dict[str, float] = {}
        self._sector = ""
        self._matches: frozenset[int] = frozenset()
        self._picture: QPixmap | None = None
        self._hovered: tuple[Block, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Holdings by sector"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_blocks(
        self, blocks: tuple[Block, ...], holdings: tuple[HoldingRow, ...], weights: dict[str, float]
    ) -> None:
        """`weights` gives the percentages that stand beside the names of the blocks."""
        self._blocks, self._holdings, self._weights = blocks, holdings, weights
        self._hovered = None
        self.describe()
        self._redraw()

    def choose(self, sector: str, matches: frozenset[int]) -> None:
        """The chosen sector, and the holdings that match a search; both empty where nothing is chosen."""
        if (sector, matches) != (self._sector, self._matches):
            self._sector, self._matches = sector, matches
            self._redraw()

    def figures(self) -> Figures | None:
        """One row a tile: its sector, the holding and its weight; one a sector where no holdings are known."""
        if not self._blocks:
            return None
        if not self._holdings:
            rows = tuple((block.name, self._weights.get(block.name)) for block in self._blocks)
            return Figures(self.accessibleName(), ("Sector", "Weight, %"), rows, (_weight,))
        tiles = ((block.name, self._holdings[index]) for block in self._blocks for index, _ in block.tiles)
        lines = tuple((row.ticker or row.name, row.weight_pct, row.name, sector) for sector, row in tiles)
        return Figures(self.accessibleName(), ("Ticker", "Weight, %", "Company", "Sector"), lines, (_weight, str, str))

    def sizeHint(self) -> QSize:
        return QSize(760, 260)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 220)

    # --- where things are

    def rect_of(self, rect: Rect) -> QRectF:
        """A rectangle of the model on this widget, its edges on whole pixels."""
        left, top = round(rect.x * self.width()), round(rect.y * self.height())
        right, bottom = round((rect.x + rect.width) * self.width()), round((rect.y + rect.height) * self.height())
        return QRectF(left, top, right - left, bottom - top)

    def block_at(self, point: QPointF) -> Block | None:
        return next((block for block in self._blocks if self.rect_of(block.rect).contains(point)), None)

    def tile_at(self, point: QPointF) -> tuple[Block, int] | None:
        """The block under a point and the place of the holding there, -1 on the block's header."""
        block = self.block_at(point)
        if block is None:
            return None
        found = (index for index, rect in block.tiles if self.rect_of(rect).contains(point))
        return block, next(found, -1)

    @property
    def pointed(self) -> tuple[Block, int] | None:
        """The tile under the pointer, else the chosen block, else the largest; -1 is a block as a whole."""
        chosen = next((block for block in self._blocks if block.name == self._sector), None)
        first = chosen or (self._blocks[0] if self._blocks else None)
        return self._hovered or ((first, -1) if first is not None else None)

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.is_on_paper:
            painter = QPainter(self)
            self._draw_blocks(painter)
            painter.end()
            return
        if self._picture is None:
            self._picture = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if self._hovered is not None and self._hovered[1] >= 0:
            rect = next((rect for index, rect in self._hovered[0].tiles if index == self._hovered[1]), None)
            if rect is not None:
                painter.setPen(QPen(self._look.colour("ink"), 1.5))
                painter.drawRect(self.rect_of(rect).adjusted(0.5, 0.5, -0.5, -0.5))
        if is_key_focused(self):
            painter.setPen(QPen(self._look.colour("ink"), 1))
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:
        """As with the other charts, no picture is kept out of sight."""
        super().hideEvent(event)
        self._picture = None

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._look.colour("card"))
        painter = QPainter(picture)
        self._draw_blocks(painter)
        painter.end()
        return picture

    def _draw_blocks(self, painter: QPainter) -> None:
        for block in self._blocks:
            self._draw_block(painter, block)
        chosen = next((block for block in self._blocks if block.name == self._sector), None)
        if chosen is not None:
            painter.setPen(QPen(self._look.colour("small"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect_of(chosen.rect).adjusted(0.75, 0.75, -0.75, -0.75))

    def _draw_block(self, painter: QPainter, block: Block) -> None:
        is_chosen = block.name == self._sector
        area = self.rect_of(block.rect)
        painter.setPen(hairline(self._look.colour("line2")))
        painter.setBrush(self._look.colour("alt"))
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        plain = self._look.colour("smallT" if is_chosen else "sel")
        match = self._look.colour("small")
        for index, rect in block.tiles:
            tile = self.rect_of(rect)
            if tile.width() >= _GAP_FROM_PX and tile.height() >= _GAP_FROM_PX:
                tile = tile.adjusted(1, 1, 0, 0)
            painter.fillRect(tile, match if index in self._matches else plain)
        self._write_name(painter, block, area, is_chosen=is_chosen)

    def _write_name(self, painter: QPainter, block: Block, area: QRectF, *, is_chosen: bool) -> None:
        """The longest of name with weight, and name alone, that the block's header has room for, else its beginning."""
        top = min((self.rect_of(rect).top() for _, rect in block.tiles), default=area.bottom())
        room = QRectF(area.left() + _LABEL_PADDING, area.top() + 1, area.width() - 2 * _LABEL_PADDING, top - area.top())
        if room.height() < self._look.height("label_strong") - 2:
            return
        weight = percent(self._weights.get(block.name, 0.0))
        names = spellings(block.name)
        wanted = (*(f"{name} {weight}" for name in names), *names)
        text = next((text for text in wanted if self._look.width("label_strong", text) <= room.width()), "")
        role = "label_strong" if text else "label"
        if not text:
            room = room.adjusted(-_LESS_PADDING, 0, _LESS_PADDING, 0)
            text = self._cut(names[-1], room.width())
        painter.setFont(self._look.font(role))
        painter.setPen(self._look.colour("small" if is_chosen else "ink"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _cut(self, name: str, width: float) -> str:
        """The beginning of a name; nothing where less than `_LEAST_LETTERS` of it would be left."""
        least = len(name) - _LEAST_LETTERS
        cuts = (f"{name[: len(name) - less]}\u2026" for less in range(1, max(least, 0) + 1))
        return next((cut for cut in cuts if self._look.width("label", cut) <= width), "")

    def _on_look_changed(self) -> None:
        self._redraw()

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    # --- pointing and choosing

    def tip_of(self, point: QPointF) -> str:
        """What the pointer says of the tile or block below it."""
        found = self.tile_at(point)
        if found is None:
            return ""
        block, index = found
        whole = f"{block.name}, {percent(self._weights.get(block.name, 0.0))} of equity"
        if index < 0:
            return whole
        row = self._holdings[index]
        name = f"{row.ticker}  {row.name}" if row.ticker else row.name
        return f"{name}, {percent(row.weight_pct, 2)}. {whole}."

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip(self.tip_of(QPointF(event.pos()))), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.tile_at(event.position())
        if found != self._hovered:
            self._hovered = found
            QToolTip.showText(event.globalPosition().toPoint(), tip(self.tip_of(event.position())), self)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self.tile_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        if found is not None:
            block, index = found
            self.sector_chosen.emit(block.name)
            if index >= 0:
                self.holding_chosen.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from sector to sector, in the order of their weight."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        if step is None or not self._blocks:
            super().keyPressEvent(event)
            return
        names = [block.name for block in self._blocks]
        at = names.index(self._sector) + step if self._sector in names else 0
        self.sector_chosen.emit(names[at % len(names)])
