"""What a person has arranged on a page, whatever the page: widths of columns and gaps between cards."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ui.widgets.splitter import Splitter

if TYPE_CHECKING:
    from ui.widgets.tables import TableView

_NARROWEST, _WIDEST = 20, 2000


def arranged(page: QWidget) -> dict[str, Any]:
    """Widths and choice of columns by table and title, sizes by splitter, as plain JSON; only what was changed."""
    tables = {table.accessibleName(): widths for table in _tables(page) if (widths := table.widths())}
    splitters = {one.objectName(): shares for one in page.findChildren(Splitter) if (shares := one.shares())}
    left_out = {table.accessibleName(): titles for table in _tables(page) if (titles := table.left_out())}
    return {"columns": tables, "left_out": left_out, "gaps": splitters}


def arrange(page: QWidget, state: object) -> None:
    """Take up what was remembered; what is missing or makes no sense is as in the design."""
    held = state if isinstance(state, Mapping) else {}
    columns, left_out, gaps = (
        part if isinstance(part := held.get(name), Mapping) else {} for name in ("columns", "left_out", "gaps")
    )
    for table in _tables(page):
        titles = left_out.get(table.accessibleName())
        table.leave_out(title for title in (titles if isinstance(titles, list) else ()) if isinstance(title, str))
        widths = columns.get(table.accessibleName())
        known = widths.items() if isinstance(widths, Mapping) else ()
        table.set_widths({str(k): w for k, w in known if type(w) is int and _NARROWEST <= w <= _WIDEST})
    for splitter in page.findChildren(Splitter):
        splitter.set_shares(gaps.get(splitter.objectName()))


def _tables(page: QWidget) -> "list[TableView]":
    from ui.widgets.tables import TableView  # brings numpy, which the first paint does without

    return page.findChildren(TableView)
