"""What on a page can be taken along: each chart and each table, with its rows and the words that belong to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from models.figures import Caption, Figures
from ui.charts.chart import Chart
from ui.widgets.card import Card
from ui.widgets.evidence_drawer import EvidenceDrawer

_MOST_NAME = 60


@dataclass(frozen=True)
class Exhibit:
    """One chart or table as it is shown now. `about` is everything that a pack says of it besides its caption."""

    widget: QWidget
    figures: Figures
    caption: Caption
    about: str = ""

    @property
    def chart(self) -> Chart | None:
        return self.widget if isinstance(self.widget, Chart) else None

    @property
    def name(self) -> str:
        """Its title as the name of a file."""
        return slug(self.caption.title)


def holders(page: QWidget) -> list[QWidget]:
    """The cards and drawers of a page that have something to take along, in reading order."""
    found = [widget for widget in page.findChildren(QWidget) if isinstance(widget, Card | EvidenceDrawer)]
    return [*([page] if isinstance(page, Card) else []), *(one for one in found if any(_makers(one)))]


def exhibits(holder: QWidget) -> list[Exhibit]:
    """What of a card or drawer is shown now and has rows."""
    return [made for widget in _makers(holder) if _is_shown(widget, holder) and (made := _exhibit(widget)) is not None]


def exhibits_of_page(page: QWidget) -> list[Exhibit]:
    """What of a page is shown now."""
    return [one for holder in holders(page) if holder.isVisibleTo(page) for one in exhibits(holder)]


def record_of(widget: QWidget) -> object:
    """The record that a widget draws: its own, or that of the nearest part around it; None before there is one."""
    part: QWidget | None = widget
    while part is not None:
        for name in ("record", "page"):
            found = getattr(part, name, None)
            if found is not None and not callable(found):
                return found
        part = part.parentWidget()
    return None


def slug(text: str) -> str:
    """`Net position, Russell 2000` → `net-position-russell-2000`."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:_MOST_NAME].strip("-") or "figures"


def _makers(holder: QWidget) -> Iterator[QWidget]:
    """The holder and its parts that have rows; a card within it has its own menu."""
    for widget in (holder, *holder.findChildren(QWidget)):
        if callable(getattr(widget, "figures", None)) and _holder_of(widget) is holder:
            yield widget


def _holder_of(widget: QWidget) -> QWidget | None:
    part: QWidget | None = widget
    while part is not None and not isinstance(part, Card | EvidenceDrawer):
        part = part.parentWidget()
    return part


def _is_shown(widget: QWidget, holder: QWidget) -> bool:
    return widget is holder or widget.isVisibleTo(holder)


def _exhibit(widget: Any) -> Exhibit | None:
    figures: Figures | None = widget.figures()
    record = record_of(widget)
    if figures is None or not figures.rows or record is None:
        return None
    from models.pages.captions import caption_lines, subject  # the records behind it are loaded by now

    own_subject = _nearest(widget, "own_subject")
    title, of = figures.title, subject(record) if own_subject is None else own_subject()
    if of and of.casefold() not in title.casefold():
        title = f"{of}: {title}"
    own = _nearest(widget, "own_caption")
    about = _nearest(widget, "about_text")
    lines = own() if own is not None else caption_lines(record)
    return Exhibit(widget, figures, Caption(title, tuple(lines)), about() if about is not None else "")


def _nearest(widget: QWidget, method: str) -> Any:
    """A method of the widget or of what it stands in, up to its card."""
    part: QWidget | None = widget
    while part is not None:
        if (found := getattr(part, method, None)) is not None:
            return found
        if isinstance(part, Card | EvidenceDrawer):
            return None
        part = part.parentWidget()
    return None
