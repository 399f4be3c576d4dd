"""What is left of a whole: one bar a row on a track, the share at its end, the figures below."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.figures import Figures
from ui.charts.chart import Chart
from ui.charts.look import hairline
from ui.theme import Theme

_NAME, _VALUE, _BAR, _ROW = 70.0, 52.0, 21.0, 43.0


@dataclass(frozen=True)
class ShareRow:
    """One bar: `share` between 0 and 1 (None: it means nothing), its label at the end, the figures as a note."""

    name: str
    ink: str
    share: float | None
    label: str
    note: str


class ShareBars(Chart):
    """As high as its rows."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.rows: tuple[ShareRow, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[ShareRow]) -> None:
        self.rows = tuple(rows)
        self.setAccessibleDescription("; ".join(f"{row.name} {row.label}, {row.note}" for row in rows))
        self.updateGeometry()
        self.update()

    def figures(self) -> Figures | None:
        if not self.rows:
            return None
        rows = tuple((r.name, None if r.share is None else 100 * r.share, r.note) for r in self.rows)
        return Figures(self.accessibleName(), ("Index", "Share, %", "Of"), rows)

    def sizeHint(self) -> QSize:
        return QSize(300, int(_ROW * len(self.rows)))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, row in enumerate(self.rows):
            self._paint_row(painter, row, place * _ROW)
        self.paint_focus(painter)
        painter.end()

    def _paint_row(self, painter: QPainter, row: ShareRow, top: float) -> None:
        colour = self._look.colour(row.ink)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        track = QRectF(_NAME, top, self.width() - _NAME - _VALUE, _BAR)
        painter.setFont(self._look.font("cell_strong"))
        painter.setPen(colour)
        painter.drawText(QRectF(0, top, _NAME, _BAR), left, row.name)
        painter.fillRect(track, self._look.colour("grid"))
        painter.setPen(hairline(self._look.colour("line2")))
        painter.drawRect(track.adjusted(0.5, 0.5, -0.5, -0.5))
        if row.share is not None:
            share = min(max(row.share, 0.0), 1.0)
            painter.fillRect(QRectF(track.left(), track.top(), round(track.width() * share), track.height()), colour)
        painter.setPen(colour)
        painter.setFont(self._look.font("end_label"))
        painter.drawText(QRectF(track.right() + 8, top, _VALUE - 8, _BAR), left, row.label)
        painter.setPen(self._look.colour("ink2"))
        painter.setFont(self._look.font("label"))
        painter.drawText(QRectF(_NAME, top + _BAR, track.width() + _VALUE, _ROW - _BAR - 4), left, row.note)
