"""What the window's own commands do: moving between regions, the chart that is meant, copying, the full screen."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.focus_order import next_group, take_focus
from ui.main_window import MainWindow
from ui.offers import call
from ui.words import tr

_ZOOM = 1.25
_RANGES = {"range_1y": "1Y", "range_3y": "3Y", "range_5y": "5Y", "range_10y": "10Y", "range_all": "All"}


class FrameCommands:
    """Connects the commands of the frame, and those that a page may or may not offer."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._connect()

    def _connect(self) -> None:
        window, on = self._window, self._window.commands.on
        as_of = window.top_bar.as_of
        on("market", window.top_bar.market.open)
        on("as_of", as_of.open)
        on("release_back", as_of.step_back)
        on("month_back", as_of.month_back)
        for name, run in (
            ("release_forward", as_of.step_forward),
            ("month_forward", as_of.month_forward),
            ("live", as_of.go_live),
            ("later_data", as_of.toggle_later),
        ):
            on(name, run, lambda: window.is_rewound)
        for view in ("chart", "scanner", "episodes"):
            on(f"view_{view}", partial(self._show_view, view))
        for name, preset in _RANGES.items():
            on(name, partial(self._call_page, "set_range", preset), partial(self._offers, "set_range"))
        on("zoom_in", lambda: self._zoom(1 / _ZOOM), self._has_chart)
        on("zoom_out", lambda: self._zoom(_ZOOM), self._has_chart)
        on("whole_range", self._show_all, self._has_chart)
        for name, method in (("find", "search"), ("save_brief", "save_brief")):
            on(name, partial(self._call_page, method), partial(self._offers, method))
        on("copy", self._copy)
        on("explain", self._explain)
        on("next_region", lambda: self._go_to_region(1))
        on("previous_region", lambda: self._go_to_region(-1))
        on("full_screen", self._toggle_full_screen)
        on("reset_layout", window.reset_layout)
        on("quit", window.close)

    def _show_view(self, view: str) -> None:
        self._window.open_page("positioning", lambda page: page.set_view(view))

    def _call_page(self, method: str, *arguments: str) -> None:
        call(self._window.page(), method, *arguments)

    def _offers(self, method: str) -> bool:
        return hasattr(self._window.page(), method)

    # --- charts

    def _chart(self) -> Any:
        """The chart that has the focus, else the first of the page that can be zoomed; None without."""
        page = self._window.page()
        if page is None:
            return None
        charts = [widget for widget in page.findChildren(QWidget) if hasattr(widget, "zoom") and widget.isVisible()]
        return next((chart for chart in charts if chart.hasFocus()), charts[0] if charts else None)

    def _has_chart(self) -> bool:
        return self._chart() is not None

    def _zoom(self, factor: float) -> None:
        call(self._chart(), "zoom", factor)

    def _show_all(self) -> None:
        call(self._chart(), "set_preset", "All")

    # --- copying and explaining

    def _offering(self, method: str) -> Any:
        """The part with the focus, or one around it, that has a method; None where none inside of the page has."""
        page = self._window.page()
        part: QWidget | None = QApplication.focusWidget()
        while part is not None and part is not page:
            if hasattr(part, method):
                return part
            part = part.parentWidget()
        return None

    def _explain(self) -> None:
        """How the figure in the focus came about, else the page's own."""
        shown = call(self._offering("explanation"), "explanation") or call(self._window.page(), "explanation")
        if shown is None:
            self._window.status_bar.tell(tr("Go to a figure in a table or a verdict first; then Ctrl+I explains it."))
            return
        from ui.dialogs.explain_dialog import ExplainDialog

        ExplainDialog(self._window.theme, shown, self._window).open()

    def _copy(self) -> None:
        """What the part with the focus, or one around it, can copy; else the page's sentence."""
        page, part = self._window.page(), self._offering("copy")
        if part is not None:
            part.copy()
            self._window.status_bar.tell(tr("Copied."))
        elif (record := getattr(page, "page", None)) is not None:
            from models.pages.captions import quoted  # the records behind it are loaded by now

            QApplication.clipboard().setText(quoted(page.sentence_text(), record))
            self._window.status_bar.tell(tr("The sentence was copied."))

    # --- moving about

    def _toggle_full_screen(self) -> None:
        window = self._window
        window.showNormal() if window.isFullScreen() else window.showFullScreen()

    def _go_to_region(self, by: int) -> None:
        """F6: from region to region and from card to card, and round again."""
        part = next_group(self._window.focus_groups(), QApplication.focusWidget(), by)
        if part is not None:
            take_focus(part, Qt.FocusReason.TabFocusReason)
