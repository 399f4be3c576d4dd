"""Everything that leaves the app: the menus of cards and drawers, and what the commands for it do."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from models.figures import Caption, Figures
from services.errors import InputError
from services.files import write_atomically
from ui.actions import Actions
from ui.jobs import Jobs, Lane
from ui.widgets.save_file import ask_path
from ui.words import tr

if TYPE_CHECKING:
    from models.explain.explanation import Explanation
    from models.records import Provenance
    from ui.exhibits import Exhibit
    from ui.main_window import MainWindow
    from ui.packing import Work

OF_CHART = ("show_table", "copy_chart", "save_png", "save_png_2x", "save_svg", "save_pdf")
OF_ROWS = ("copy_rows", "save_csv", "save_csv_excel", "save_xlsx", "save_pack")
OF_PAGE = ("save_page_pdf", "save_page_pack")
"""The commands, by what they need; each is one of the window's actions."""


class Exporter(QObject):
    """Offers the same for each chart and each table. `told` is a line for the status bar."""

    told = Signal(str)

    def __init__(
        self,
        window: "MainWindow",
        jobs: Jobs,
        status: Callable[[], Figures | None],
        batches: "Callable[[Sequence[str]], Sequence[Provenance]]",
        parent: QObject | None = None,
    ) -> None:
        """`status` gives how old the data are, as rows; `batches` the newest of these sources, in the archive lane."""
        super().__init__(parent)
        self._window, self._jobs, self._status, self._batches = window, jobs, status, batches
        self._commands: Actions = window.commands
        window.pages.made.connect(self.join)
        self.told.connect(window.status_bar.tell)
        for name in (*OF_CHART, *OF_ROWS):
            self._commands.on(name, partial(self._run_focused, name), self._has_page)
        self._commands.on("save_page_pdf", self.save_page_pdf, self._has_page)
        self._commands.on("save_page_pack", self.save_page_pack, self._has_page)
        self._commands.on("export", self.open_menu, self._has_page)

    def join(self, _: str, page: QWidget) -> None:
        """Gives every card and drawer of a page its menu."""
        from ui.exhibits import holders

        for holder in holders(page):
            holder.add_menu(partial(self.fill, holder))  # type: ignore[attr-defined]

    # --- menus

    def fill(self, holder: QWidget, menu: QMenu) -> None:
        """What can be done with each part of a card: at once where it has one, in a menu a part where it has more."""
        from ui.exhibits import exhibits
        from ui.widgets.tables import TableView  # brings numpy, which the first paint does without

        self._offer_explanation(holder, menu)
        shown = exhibits(holder)
        if not shown:
            menu.addAction(tr("Nothing to export yet")).setEnabled(False)
        for exhibit in shown:
            part = menu if len(shown) == 1 else menu.addMenu(exhibit.figures.title)
            if isinstance(exhibit.widget, TableView):
                exhibit.widget.fill_columns(part.addMenu(tr("Columns")))
            for name in (*(OF_CHART if exhibit.chart else ()), *OF_ROWS):
                if name in ("copy_rows", "save_png"):
                    part.addSeparator()
                part.addAction(self._commands.spec(name).title, partial(self.run, name, exhibit)).setData(name)

    def _offer_explanation(self, holder: QWidget, menu: QMenu) -> None:
        """Of the figure that is meant now: the pointer leaves the chart for the menu."""
        focused = QApplication.focusWidget()
        is_inside = focused is not None and (focused is holder or holder.isAncestorOf(focused))
        if focused is None or not is_inside or not hasattr(focused, "explanation"):
            return
        shown = focused.explanation()
        if shown is not None:
            menu.addAction(tr(self._commands.spec("explain").title), partial(self._explain, shown))
            menu.addSeparator()

    def _explain(self, shown: "Explanation") -> None:
        from ui.dialogs.explain_dialog import ExplainDialog

        ExplainDialog(self._window.theme, shown, self._window).open()

    def open_menu(self) -> None:
        """That of the card or drawer with the focus, else what can be done with the whole page."""
        from ui.exhibits import holders
        from ui.widgets.menu import Menu

        page = self._window.page()
        focused = QApplication.focusWidget()
        around = (one for one in holders(page) if focused is not None and one.isAncestorOf(focused))
        holder = next(around, None)
        menu = Menu(self._window.theme, self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        if holder is not None:
            self.fill(holder, menu)
            menu.addSeparator()
        self._commands.fill(menu, OF_PAGE)
        place = holder or page
        menu.popup(place.mapToGlobal(QPoint(place.width() - menu.sizeHint().width() - 8, 40)))

    # --- one exhibit

    def run(self, name: str, exhibit: "Exhibit") -> None:
        """One of `OF_CHART` or `OF_ROWS` for one chart or table."""
        match name:
            case "show_table":
                from ui.dialogs.figures_dialog import FiguresDialog

                FiguresDialog(self._window.theme, exhibit.figures, self._window).open()
            case "copy_chart":
                self._copy_chart(exhibit)
            case "copy_rows":
                from models.tabular import tsv_text

                QApplication.clipboard().setText(tsv_text(exhibit.figures.headers, exhibit.figures.rows))
                self.told.emit(tr("The rows are on the clipboard."))
            case _:
                suffix = _SUFFIXES[name]
                path = ask_path(self._window, f"{exhibit.name}-{self._day()}.{suffix}")
                if path is not None:
                    self._write(path, self._work(name, exhibit))

    def _copy_chart(self, exhibit: "Exhibit") -> None:
        from ui.charts.export import render_image

        if exhibit.chart is not None:
            QApplication.clipboard().setImage(render_image(exhibit.chart, exhibit.caption))
            self.told.emit(tr("The chart is on the clipboard."))

    def _work(self, name: str, exhibit: "Exhibit") -> "Work":
        """What makes the file; pictures are drawn here, the rest is left to a thread."""
        from services.exports import as_csv, as_xlsx
        from ui.charts.export import pdf_bytes, png_bytes, render_image, svg_bytes

        figures, caption, chart = exhibit.figures, exhibit.caption, exhibit.chart
        match name:
            case "save_csv" | "save_csv_excel":
                return lambda: as_csv(figures, caption, has_bom=name == "save_csv_excel")
            case "save_xlsx":
                return lambda: as_xlsx(figures, caption)
            case "save_pack":
                from ui.packing import pack_of

                return pack_of(exhibit, self._sources(exhibit.widget))
        assert chart is not None
        match name:
            case "save_svg":
                content = svg_bytes(chart, caption)
            case "save_pdf":
                content = pdf_bytes(chart, caption)
            case _:
                content = png_bytes(render_image(chart, caption, 1.0 if name == "save_png" else 2.0))
        return lambda: content

    # --- the page

    def save_page_pdf(self) -> None:
        """The whole page, a sheet a card."""
        path = ask_path(self._window, f"{self._page_name()}.pdf")
        if path is not None:
            content = self._page_pdf()
            self._write(path, lambda: content)

    def save_page_pack(self) -> None:
        """Every chart and table of the page with its rows, definition, sources and sums."""
        from ui.exhibits import exhibits_of_page
        from ui.packing import pack_of_page

        path = ask_path(self._window, f"{self._page_name()}.zip")
        if path is not None:
            page = self._window.page()
            shown, head = exhibits_of_page(page), self._head()
            said = "\n".join((head.title, "", *head.lines))
            self._write(path, pack_of_page(shown, self._sources(page), self._page_pdf(), said, self._status()))

    def _page_pdf(self) -> bytes:
        from ui.exhibits import exhibits_of_page
        from ui.page_print import page_pdf

        return page_pdf(self._window.theme, self._head(), exhibits_of_page(self._window.page()), self._status())

    def _head(self) -> Caption:
        from models.pages.captions import caption_lines
        from ui.exhibits import record_of

        page = self._window.page()
        return Caption(page.sentence_text(), caption_lines(record_of(page)))

    def _page_name(self) -> str:
        from models.pages.captions import subject
        from ui.exhibits import record_of, slug

        of = subject(record_of(self._window.page()))
        return f"{self._window.page_name}-{slug(of)}-{self._day()}" if of else f"{self._window.page_name}-{self._day()}"

    # --- what both need

    def _run_focused(self, name: str) -> None:
        exhibit = self._focused(name)
        if exhibit is None:
            self.told.emit(tr("There is nothing to take along here."))
        else:
            self.run(name, exhibit)

    def _focused(self, name: str) -> "Exhibit | None":
        """The chart or table with the focus, else the first of its card, else the first of the page."""
        from ui.exhibits import exhibits_of_page

        shown = [one for one in exhibits_of_page(self._window.page()) if one.chart is not None or name in OF_ROWS]
        focused = QApplication.focusWidget()

        def distance(exhibit: "Exhibit") -> int:
            """Steps up from it to what also holds the focus."""
            steps = 0
            part: QWidget | None = exhibit.widget
            while focused is not None and part is not None and part is not focused and not part.isAncestorOf(focused):
                steps, part = steps + 1, part.parentWidget()
            return steps

        return min(shown, key=distance, default=None)

    def _has_page(self) -> bool:
        page = self._window.page()
        return page is not None and getattr(page, "page", None) is not None

    def _sources(self, widget: QWidget) -> "Callable[[], Sequence[Provenance]]":
        """The batches that the record names, else the newest of all datasets that the page is made of."""
        from models.pages.captions import source_rows
        from ui.exhibits import record_of

        named, asked = source_rows(record_of(widget)), self._window.page_sources
        return lambda: named or self._batches(asked)

    def _day(self) -> str:
        from models.pages.captions import day_of
        from ui.exhibits import record_of

        return day_of(record_of(self._window.page()))

    def _write(self, path: Path, make: "Work") -> None:
        """Whole or not at all, on the archive's thread; a line says what came of it."""

        def work(_: object) -> str:
            write_atomically(path, make())
            return path.name

        self._jobs.submit(Lane.ARCHIVE, f"export:{path}", work, self._on_written, self._on_failed)

    def _on_written(self, name: str) -> None:
        self.told.emit(f"Saved {name}.")

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, InputError):
            raise error
        self.told.emit(f"{error} Nothing was changed; choose another folder.")


_SUFFIXES = {
    "save_png": "png",
    "save_png_2x": "png",
    "save_svg": "svg",
    "save_pdf": "pdf",
    "save_csv": "csv",
    "save_csv_excel": "csv",
    "save_xlsx": "xlsx",
    "save_pack": "zip",
}
