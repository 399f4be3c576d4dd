"""What a person has arranged on a page, whatever the page: widths of columns and gaps between cards."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ui.widgets.splitter import Splitter

if TYPE_CHECKING:
    from ui.widgets.tables import TableView

_NARROWEST, _WIDEST = 20, 2000


def arranged(page: QWidget) -> dict[str, Any]:
    """Widths of columns by table and title, sizes by splitter, as plain JSON; only what was changed."""
    tables = {table.accessibleName(): widths for table in _tables(page) if (widths := table.widths())}
    splitters = {one.objectName(): shares for one in page.findChildren(Splitter) if (shares := one.shares())}
    return {"columns": tables, "gaps": splitters}


def arrange(page: QWidget, state: object) -> None:
    """Take up what was remembered; what is missing or makes no sense is as in the design."""
    held = state if isinstance(state, Mapping) else {}
    columns, gaps = (part if isinstance(part, Mapping) else {} for part in (held.get("columns"), held.get("gaps")))
    for table in _tables(page):
        widths = columns.get(table.accessibleName())
        known = widths.items() if isinstance(widths, Mapping) else ()
        table.set_widths({str(k): w for k, w in known if type(w) is int and _NARROWEST <= w <= _WIDEST})
    for splitter in page.findChildren(Splitter):
        splitter.set_shares(gaps.get(splitter.objectName()))


def _tables(page: QWidget) -> "list[TableView]":
    from ui.widgets.tables import TableView  # brings numpy, which the first paint does without

    return page.findChildren(TableView)
