"""Line icons in the ink of the theme."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer

from ui.resources.files import resource


class Icon:
    """One picture of `ui/resources`, painted in any colour; it is read once."""

    def __init__(self, name: str) -> None:
        self._source = resource(f"{name}.svg").read_text("utf-8")
        self._renderers: dict[str, QSvgRenderer] = {}

    def paint(self, painter: QPainter, area: QRectF, colour: QColor) -> None:
        name = colour.name()
        if name not in self._renderers:
            drawn = self._source.replace("currentColor", name)
            self._renderers[name] = QSvgRenderer(drawn.encode())
            self._renderers[name].setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        self._renderers[name].render(painter, area)
