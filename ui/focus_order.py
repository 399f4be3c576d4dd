"""The order in which Tab and F6 pass through the window: as it is read, whatever was made first."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.widgets.card import Card

_LINE_PX = 14
"""Parts that lie so near to each other stand on one line."""


def groups_of(regions: Iterable[QWidget], page: QWidget | None) -> list[list[QWidget]]:
    """What takes the focus, a group a region; those of the page are what stands above its cards, its cards in reading
    order, and the drawer."""
    groups = []
    for region in regions:
        parts = _focusable(region)
        if page is not None and (region is page or region.isAncestorOf(page)):
            groups += _by_card(parts, page)
        else:
            groups.append(_read(parts, region))
    return [group for group in groups if group]


def neighbour(groups: Sequence[Sequence[QWidget]], focused: QWidget | None, by: int) -> QWidget | None:
    """The next part, or the one before, round at the ends; None where nothing takes the focus."""
    parts = [part for group in groups for part in group]
    at = _place(parts, focused)
    if not parts:
        return None
    return parts[(at + by) % len(parts)] if at is not None else parts[0 if by > 0 else -1]


def next_group(groups: Sequence[Sequence[QWidget]], focused: QWidget | None, by: int) -> QWidget | None:
    """The first part of the next group, or of the one before."""
    if not groups:
        return None
    parts = [(n, part) for n, group in enumerate(groups) for part in group]
    place = _place([part for _, part in parts], focused)
    at = parts[place][0] if place is not None else -1 if by > 0 else 0
    return groups[(at + by) % len(groups)][0]


def take_focus(part: QWidget, reason: Qt.FocusReason) -> None:
    """Give a part the focus and bring it into sight."""
    part.setFocus(reason)
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(part)
        above = above.parentWidget()


def _place(parts: Sequence[QWidget], focused: QWidget | None) -> int | None:
    """Which of the parts has the focus, itself or a child that holds it for it."""
    if focused is None:
        return None
    holding = [n for n, part in enumerate(parts) if part.isAncestorOf(focused)]
    return next((n for n, part in enumerate(parts) if part is focused), holding[-1] if holding else None)


def _focusable(region: QWidget) -> list[QWidget]:
    takes_tab = Qt.FocusPolicy.TabFocus.value
    return [
        part
        for part in (region, *region.findChildren(QWidget))
        if part.focusPolicy().value & takes_tab
        and part.isVisible()
        and part.isEnabled()
        and part.focusProxy() is None
        and part.window() is region.window()
    ]


def _by_card(parts: Sequence[QWidget], page: QWidget) -> list[list[QWidget]]:
    boxes: dict[QWidget, list[QWidget]] = {}
    for part in parts:
        boxes.setdefault(_box(part, page), []).append(part)
    drawers = [box for box in boxes if _is_drawer(box)]
    others = [box for box in boxes if box not in drawers and box is not page]
    ordered = [*_read([box for box in boxes if box is page], page), *_read(others, page), *drawers]
    return [_read(boxes[box], page) for box in ordered]


def _box(part: QWidget, page: QWidget) -> QWidget:
    """The card or the drawer that a part stands in; the page where it stands in none."""
    box: QWidget = page
    above: QWidget | None = part
    while above is not None and above is not page:
        if isinstance(above, Card) or _is_drawer(above):
            box = above
        above = above.parentWidget()
    return box


def _is_drawer(part: QWidget) -> bool:
    """The drawer is made with numpy, which the window's first paint does not wait for."""
    from ui.widgets.evidence_drawer import EvidenceDrawer

    return isinstance(part, EvidenceDrawer)


def _read(parts: Iterable[QWidget], inside: QWidget) -> list[QWidget]:
    """Line by line from the top, and on a line from left to right; a line is what has its middle near that of its
    first part, for cards its upper edge."""
    areas = {
        part: QRect(part.mapTo(inside, QPoint(0, 0)) if part is not inside else QPoint(), part.size()) for part in parts
    }
    heights = {part: area.top() if isinstance(part, Card) else area.center().y() for part, area in areas.items()}
    lines: list[list[QWidget]] = []
    for part in sorted(areas, key=lambda part: heights[part]):
        if not lines or heights[part] - heights[lines[-1][0]] > _LINE_PX:
            lines.append([])
        lines[-1].append(part)
    return [part for line in lines for part in sorted(line, key=lambda part: areas[part].left())]
