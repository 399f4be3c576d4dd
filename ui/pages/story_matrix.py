"""The claim matrix: a row a claim, a cell a definition, each cell a button that opens its evidence."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from models.calc.splice import Definition
from models.explain import positions
from models.figures import Figures
from models.formats import day, month, plural, short_day
from models.names import Basis, Kind
from models.pages import side_claims
from models.pages.brief_text import CLAIM_HEADERS, claim_rows
from models.pages.side_claims import CELLS_SHOWN, SideClaim
from models.pages.story import StoryPage
from models.pages.story_panels import NO_PANELS, Panels
from models.statements.drawer import claim_title
from models.statements.matrix import ClaimRow
from models.statements.sentences import sentence
from models.statements.statement import Claim
from models.statements.words import GROUP_TITLES, basis_title, capital, holes_words
from ui.pages.story_cells import ClaimTitle, MatrixCell, claim_menu, look_of, side_look
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.quiet_button import QuietButton
from ui.widgets.text import Line, Text
from ui.widgets.verdict_mark import MARK_WORDS, VerdictMark
from ui.words import tr

ROWS_SHOWN = 3
"""Claims about positions; further ones are a click away."""

_HEAD, _ROW, _SUBHEAD, _SIDE_ROW = 38, 46, 24, 34
_TITLE_SHARE, _CELL_SHARE = 180, 120


class ClaimMatrix(Card):
    """Shows a Story's claims, and below them those beside positioning. `evidence_wanted` gives an `Evidence`."""

    evidence_wanted = Signal(object)
    removal_wanted = Signal(object)
    """A `Claim` that a person had kept is to go."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._page: StoryPage | None = None
        self._panels: Panels = NO_PANELS
        self._cells: list[list[MatrixCell]] = []
        self._hidden: set[str] = set()
        self._shows_all = False
        self._above = (0, 0)
        """How many rows, and lines of cells, stand above the claims beside positioning."""
        self.setAccessibleName(tr("Claims and what the data say"))
        self.column.setSpacing(2)
        self.column.addLayout(self._head())
        self._empty = Text(theme, "body", "ink2", "", wraps=True)
        self.column.addWidget(self._empty)
        self._rows = _Rows(theme)
        self.column.addWidget(self._rows)
        self.column.addStretch(1)
        theme.changed.connect(self._draw)

    def show_page(self, page: StoryPage) -> None:
        """Draws the claims anew; the chosen cell stays chosen where its claim and definition are still there."""
        self._page = page
        if page.panels is not NO_PANELS:
            self._panels = page.panels
        self._draw()

    def show_panels(self, panels: Panels) -> None:
        """What stands beside positioning, which comes later: the rows above stay, with the focus in them."""
        self._panels = panels
        if self._page is not None:
            self._draw_side()

    def open_row(self, row: ClaimRow) -> None:
        """Open the evidence of a claim under its own definition, shown or not."""
        if self._page is None:
            return
        if row not in self._shown_rows(self._page):
            self._shows_all = True
            self._hidden.discard(row.claim.id)
            self._draw()
        place = next((n for n, one in enumerate(self._shown_rows(self._page)) if one is row), None)
        if place is not None:
            self._cells[len(self._page.kept) + place][0].click()

    def clear_choice(self) -> None:
        for cell in self._all_cells():
            cell.is_chosen = False
            cell.update()

    def _head(self) -> QHBoxLayout:
        theme = self._theme
        head = QHBoxLayout()
        head.setSpacing(5)
        head.addWidget(Text(theme, "card_title", "ink", tr("Claims and what the data say")))
        head.addStretch(1)
        for mark, word in (("true", "holds"), ("false", "does not hold"), ("short", "sample too short")):
            sign = VerdictMark(theme)
            sign.show_mark(mark)
            head.addWidget(sign)
            head.addWidget(Text(theme, "label", "ink2", tr(word)))
            head.addSpacing(8)
        return head

    def own_caption(self) -> tuple[str, ...]:
        from models.pages.captions import claim_lines

        return claim_lines(self._page) if self._page is not None else ()

    def figures(self) -> Figures | None:
        """Each claim under each definition that is shown, in words."""
        if self._page is None:
            return None
        side = (
            (f"{claim.title} ({claim.caption})", cell.definition, MARK_WORDS[cell.mark], "", cell.shown)
            for claim in self._panels.claims
            for cell in claim.cells
        )
        rows = (*claim_rows(self._page), *side)
        return Figures("Claims and what the data say", CLAIM_HEADERS, rows) if rows else None

    # --- drawing

    def _draw(self) -> None:
        page = self._page
        if page is None:
            return
        chosen = self._chosen_key()
        self._rows.cut(0)
        self._cells = []
        rows = self._shown_rows(page)
        self._empty.setVisible(page.matrix is None)
        self._empty.setText(page.reason_empty if page.matrix is None else "")
        rows = [*page.kept, *rows]
        if page.matrix is not None and rows:
            self._add_headings(page, page.matrix.columns, len(rows) - len(page.kept))
            for row in rows:
                self._add_row(page, row, page.matrix.columns)
        self._above = (self._rows.count, len(self._cells))
        self._draw_side(chosen)

    def _draw_side(self, chosen: tuple[str, object] | None = None) -> None:
        """The claims beside positioning, below what is there; a cell that was chosen stays it."""
        chosen = chosen or self._chosen_key()
        rows, lines = self._above
        self._rows.cut(rows)
        self._cells = self._cells[:lines]
        self._add_side_claims(self._panels.claims)
        for cell in self._all_cells():
            cell.is_chosen = cell.key == chosen
            cell.update()

    def _chosen_key(self) -> tuple[str, object] | None:
        return next((cell.key for cell in self._all_cells() if cell.is_chosen), None)

    def _shown_rows(self, page: StoryPage) -> list[ClaimRow]:
        ordered = reading_order(page)
        kept = [row for row in ordered if row.claim.id not in self._hidden]
        return kept if self._shows_all else kept[: max(ROWS_SHOWN - len(page.kept), 1)]

    def _add_headings(self, page: StoryPage, columns: Sequence[Definition], shown: int) -> None:
        box = _Lines("Positioning claims", "", self._theme)
        more = len(page.claims) - shown
        if more > 0 or (self._shows_all and shown > ROWS_SHOWN):
            words = f"{plural(more, 'more claim')}" if more > 0 else "show fewer"
            button = QuietButton(self._theme, words, tr("Show every claim of this report"), height=18)
            button.clicked.connect(self._on_more)
            box.column.addWidget(button)
        elif not (page.matrix and page.matrix.rows):
            box.column.addWidget(Text(self._theme, "label", "ink3", tr("nothing unusual this week")))
        heads = (_Lines(*column_titles(page, definition), self._theme) for definition in columns)
        self._rows.add(_HEAD, [box, *heads], is_strong=True)

    def _add_row(self, page: StoryPage, row: ClaimRow, columns: Sequence[Definition]) -> None:
        title = claim_title(row.primary)
        cells = []
        for definition in columns:
            statement = row.under(definition)
            cell = MatrixCell(self._theme, look_of(statement, page.choice.day))
            cell.key = (row.claim.kind.value, definition)
            if statement is not None:
                cell.explain = partial(positions.statement, page.series_of(definition), statement.claim)
            cell.name_statement(title, " ".join(column_titles(page, definition)))
            if statement is not None:
                cell.evidence = partial(page.evidence_of, row, statement)
                cell.clicked.connect(partial(self._open, cell))
            cells.append(cell)
        said = "\n".join(sentence(page.market, s) for d in columns if (s := row.under(d)) is not None)
        self._cells.append(cells)
        is_kept = row in page.kept
        caption = f"{row_caption(row)}, yours" if is_kept else row_caption(row)
        self._rows.add(_ROW, [self._title(title, caption, row.claim.id, said, row.claim if is_kept else None), *cells])

    def _add_side_claims(self, claims: Sequence[SideClaim]) -> None:
        shown = [claim for claim in claims if claim.id not in self._hidden]
        if not shown:
            return
        head = Line(self._theme, "header", "ink3", tr("Market, earnings and credit"))
        note = Line(self._theme, "label", "ink3", tr("each cell names its own definition"))
        self._rows.add(_SUBHEAD, [head, note], is_strong=True)
        for claim in shown:
            cells = []
            for side in claim.cells[:CELLS_SHOWN]:
                cell = MatrixCell(self._theme, side_look(side))
                cell.key = (claim.kind.value, side.definition)
                cell.name_side(claim.title, side)
                cell.explain = partial(side_claims.explanation, claim, side)
                cell.evidence = partial(side_claims.evidence, claim, side)
                cell.clicked.connect(partial(self._open, cell))
                cells.append(cell)
            said = "\n".join(side.sentence for side in claim.cells)
            self._cells.append(cells)
            self._rows.add(_SIDE_ROW, [self._title(claim.title, claim.caption, claim.id, said), *cells])

    def _title(self, title: str, caption: str, claim: str, said: str, own: Claim | None = None) -> ClaimTitle:
        """`own` is the claim itself where a person has kept it and can let it go."""
        made = ClaimTitle(self._theme, title, caption)
        made.menu_wanted.connect(partial(self._on_menu, claim, said, own))
        return made

    # --- what a person does

    def _on_more(self) -> None:
        self._shows_all = not self._shows_all
        self._hidden.clear()
        self._draw()

    def _on_menu(self, claim: str, said: str, own: Claim | None, at: QPoint) -> None:
        menu = claim_menu(self._theme, self)
        menu.addAction(tr("Copy what the data say")).triggered.connect(partial(QApplication.clipboard().setText, said))
        if own is not None:
            menu.addAction(tr("Remove this claim")).triggered.connect(partial(self._remove, own))
        else:
            menu.addAction(tr("Hide this claim")).triggered.connect(partial(self._hide, claim))
        if self._hidden:
            menu.addAction(tr("Show hidden claims")).triggered.connect(self._show_hidden)
        menu.popup(at)

    def _remove(self, claim: Claim, _checked: bool = False) -> None:
        self.removal_wanted.emit(claim)

    def _hide(self, claim: str, _checked: bool = False) -> None:
        self._hidden.add(claim)
        self._draw()

    def _show_hidden(self) -> None:
        self._hidden.clear()
        self._draw()

    def _open(self, cell: MatrixCell, _checked: bool = False) -> None:
        self.clear_choice()
        cell.is_chosen = True
        cell.update()
        assert cell.evidence is not None
        self.evidence_wanted.emit(cell.evidence())

    def _all_cells(self) -> list[MatrixCell]:
        return [cell for cells in self._cells for cell in cells]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move among the cells, Return and Enter open the evidence."""
        step = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }.get(Qt.Key(event.key()))
        focused = next(
            ((y, x) for y, cells in enumerate(self._cells) for x, cell in enumerate(cells) if cell.hasFocus()), None
        )
        if focused is None:
            super().keyPressEvent(event)
        elif step is not None:
            y = min(max(focused[0] + step[0], 0), len(self._cells) - 1)
            x = min(max(focused[1] + step[1], 0), len(self._cells[y]) - 1)
            self._cells[y][x].setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._cells[focused[0]][focused[1]].click()
        else:
            super().keyPressEvent(event)


class _Rows(QWidget):
    """Rows of a given height with a rule under each; all have the same columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rules: list[bool] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(0, _TITLE_SHARE)
        for place in range(1, CELLS_SHOWN + 1):
            self._grid.setColumnStretch(place, _CELL_SHARE)

    @property
    def count(self) -> int:
        return len(self._rules)

    def cut(self, kept: int) -> None:
        """Takes the rows after the first `kept` away."""
        for place in reversed(range(self._grid.count())):
            line, *_ = cast(tuple[int, ...], self._grid.getItemPosition(place))
            if line >= kept and (item := self._grid.takeAt(place)) and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for line in range(kept, len(self._rules)):
            self._grid.setRowMinimumHeight(line, 0)
        self._rules = self._rules[:kept]

    def add(self, height: int, widgets: Sequence[QWidget], *, is_strong: bool = False) -> None:
        """One row; the rule under it is that of a heading where `is_strong`. A second of two widgets takes the rest."""
        line = len(self._rules)
        self._grid.setRowMinimumHeight(line, self._theme.pixels(height))
        for place, widget in enumerate(widgets):
            self._grid.addWidget(
                widget, line, place, 1, CELLS_SHOWN if is_strong and len(widgets) == 2 and place else 1
            )
        self._rules.append(is_strong)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        for line, is_strong in enumerate(self._rules[:-1]):
            rect = self._grid.cellRect(line, 0)
            painter.setPen(QColor(tokens.line2 if is_strong or self._rules[line + 1] else tokens.grid))
            painter.drawLine(0, rect.bottom(), self.width(), rect.bottom())
        painter.end()


class _Lines(QWidget):
    """Two short lines that head a column."""

    def __init__(self, first: str, second: str, theme: Theme) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0 if not second else 4, 0, 0, 4)
        self.column.setSpacing(0)
        self.column.addStretch(1)
        self.column.addWidget(Line(theme, "cell_strong" if second else "header", "ink" if second else "ink3", first))
        if second:
            self.column.addWidget(Line(theme, "label", "ink3", second))


def reading_order(page: StoryPage) -> list[ClaimRow]:
    """The claims of different kinds first: a second rise of the same report is told after what else there is."""
    firsts: list[ClaimRow] = []
    others: list[ClaimRow] = []
    seen: set[tuple[object, ...]] = set()
    for row in page.claims:
        key = (row.claim.kind, row.claim.direction, row.claim.date)
        (others if key in seen else firsts).append(row)
        seen.add(key)
    return firsts + others


def column_titles(page: StoryPage, definition: Definition) -> tuple[str, str]:
    """Two short lines above a column: `Contracts` / `as reported`."""
    market = page.market
    if definition.group is not page.main.group:
        family = "TFF" if definition.report.family == "tff" else "disaggregated"
        basis = "contracts" if definition.basis is Basis.CONTRACTS else basis_title(market, definition)
        return GROUP_TITLES[definition.group], f"{family}, {basis}"
    match definition.basis:
        case Basis.CONTRACTS:
            return "Contracts", "as reported"
        case Basis.SIZE_ADJUSTED:
            return "Size-adjusted", market.size_unit
        case Basis.SHARE_OF_OI:
            return "% of open interest", _since(page, definition)
        case _:
            return capital(basis_title(market, definition)), ""


def _since(page: StoryPage, definition: Definition) -> str:
    """Where the sample of a definition begins, which may be later than that of the others."""
    known = next((s for row in page.claims if (s := row.under(definition)) is not None), None)
    return f"since {month(known.sample_start)}" if known is not None else "futures"


def row_caption(row: ClaimRow) -> str:
    """What the claim is about, in a few words: `30 May → 13 Jun 2017`."""
    primary = row.primary
    when, holes = day(row.claim.date), holes_words(primary).replace(" ", "\u00a0")
    if row.claim.kind is Kind.SWING and primary.start_date is not None:
        return f"to {when}, {holes}" if holes else f"{short_day(primary.start_date)} \u2192 {when}"
    if holes:  # of how many reports, the cell says
        return f"{when}, {holes}" if primary.since else f"{when}, from {month(primary.sample_start)}, {holes}"
    return f"Sign of the net, {when}" if row.claim.kind is Kind.SIGN else f"Net position, {when}"
