"""The Episodes view of Positioning: what followed earlier swings of comparable size, beside random dates."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models import formats
from models.calc.episodes import Episode
from models.pages.episodes import EpisodesPage, HorizonRow, rows
from models.qt.table_model import Column, TableModel
from ui.charts.episode_paths import EpisodePaths
from ui.theme import Theme
from ui.widgets.card import Card
from ui.widgets.tables import TableView
from ui.widgets.text import Line, Text
from ui.words import tr

_BETWEEN = 12
_MOST_CHARTS = 3
LEGEND = "Blue: median. Thin: each episode. Black: the newest. Band and dashes: random dates."


class EpisodesView(QWidget):
    """Shows an `EpisodesPage`: a chart a measure, the table of horizons, the list of episodes, the notes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: EpisodesPage | None = None
        self._sentence = Text(theme, "body_strong", "ink", wraps=True)
        self._notes = Text(theme, "label", "ink3", wraps=True)
        self._legend = Line(theme, "label", "ink3", tr(LEGEND))
        self.charts = tuple(EpisodePaths(theme) for _ in range(_MOST_CHARTS))
        self._titles = tuple(Line(theme, "card_title", "ink") for _ in range(_MOST_CHARTS))
        self._horizons = TableModel(_horizon_columns(), self)
        self._episodes = TableModel(_episode_columns(), self, is_focus=lambda row: row.is_current)
        self.horizons = TableView(theme, self._horizons)
        self.horizons.setAccessibleName(tr("What followed, by horizon"))
        self.episodes = TableView(theme, self._episodes)
        self.episodes.setAccessibleName(tr("Episodes"))
        self._lay_out(theme)

    def show_page(self, page: EpisodesPage) -> None:
        """Draws a new record; without one to compare, the reason."""
        self.page = page
        self._sentence.setText(page.reason_empty or page.sentence)
        self._notes.setText(" ".join(page.notes))
        self._legend.setVisible(bool(page.outcomes))
        for place, (card, chart) in enumerate(zip(self._cards, self.charts, strict=True)):
            outcome = page.outcomes[place] if place < len(page.outcomes) else None
            has_current = bool(page.episodes) and page.episodes[-1].is_current
            card.setVisible(outcome is not None)
            chart.show_outcome(outcome, has_current=has_current)
            self._titles[place].setText(f"{outcome.name}, {outcome.unit}" if outcome else "")
        self._horizons.show(list(rows(page)))
        self._episodes.show(list(reversed(page.episodes)))

    def _lay_out(self, theme: Theme) -> None:
        charts = QHBoxLayout()
        charts.setSpacing(_BETWEEN)
        self._cards = tuple(Card(theme) for _ in self.charts)
        for card, title, chart in zip(self._cards, self._titles, self.charts, strict=True):
            card.column.addWidget(title)
            card.column.addWidget(chart, 1)
            charts.addWidget(card, 1)
        tables = QHBoxLayout()
        tables.setSpacing(_BETWEEN)
        for name, table, share in (("What followed", self.horizons, 3), ("Episodes", self.episodes, 2)):
            card = Card(theme)
            card.column.addWidget(Text(theme, "card_title", "ink", tr(name)))
            card.column.addWidget(table, 1)
            tables.addWidget(card, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._sentence)
        column.addLayout(charts, 3)
        column.addWidget(self._legend)
        column.addLayout(tables, 2)
        column.addWidget(self._notes)


def _horizon_columns() -> tuple[Column, ...]:
    def figure(row: HorizonRow, value: float) -> str:
        return formats.decimal(value, 1 if row.unit == "%" else 0, signed=True)

    def column(title: str, name: str, tip: str, rank: int = 0) -> Column:
        return Column(title, lambda row: figure(row, getattr(row, name)), tip=tip, rank=rank)

    return (
        Column("Measure", lambda row: row.measure, is_number=False),
        Column("Weeks", lambda row: row.weeks),
        Column("n", lambda row: row.count, tip="Episodes with so many weeks behind them"),
        column("Median", "median", "Half of the episodes lie on either side"),
        column("Lowest", "low", "The range of all episodes", 2),
        column("Highest", "high", "The range of all episodes", 2),
        column("Random", "chance_median", "Median of all report dates"),
        Column(
            "Random, 9 in 10",
            lambda row: f"{figure(row, row.chance_low)} to {figure(row, row.chance_high)}",
            tip="Where nine in ten medians of as many random dates lie",
            rank=1,
        ),
    )


def _episode_columns() -> tuple[Column, ...]:
    def seam(row: Episode) -> str:
        return "contract changed size" if row.crosses_seam else ""

    return (
        Column("Report", lambda row: row.report, formats.day),
        Column("Released", lambda row: row.released, formats.day, rank=1),
        Column("Swing", lambda row: row.change, lambda value: formats.count(value, signed=True)),
        Column("Note", seam, is_number=False, rank=2),
    )
