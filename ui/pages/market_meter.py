"""The card of the Market page with the streak meter."""

from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from models import formats
from models.explain.explanation import Explanation
from models.explain.figures import streak
from models.pages.market import MarketPage
from models.pages.market_words import streak_label
from models.series import STREAK_FUNDS, SYMBOLS, SymbolKind
from ui.charts.streak_meter import Distribution, StreakGrid
from ui.pages.reason_card import ReasonCard
from ui.theme import Theme
from ui.widgets.combo import Combo, Stepper
from ui.widgets.text import Line, Text
from ui.words import tr

_FUND_WIDTH = 150


@dataclass(frozen=True)
class Meter:
    """What the streak meter counts: the fund whose distribution is shown, and of how many sessions."""

    focus: str
    sessions: int


class MeterCard(ReasonCard):
    """The newest sessions of the banks' funds, and how unusual the count is. `meter_chosen` gives a `Meter`."""

    meter_chosen = Signal(object)
    counts = range(2, 13)
    """How many sessions can be asked for: no more than are shown."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, tr("Streak meter"), parent)
        self._page: MarketPage | None = None
        self.funds = Combo(theme, tr("Fund whose sessions are counted"))
        self.funds.setMaximumWidth(_FUND_WIDTH)
        self.sessions = Stepper(theme, tr("Sessions that are counted"))
        self.sessions.setRange(self.counts[0], self.counts[-1])
        self.head.addWidget(self.funds)
        self.head.addWidget(Text(theme, "label", "ink3", tr("sessions")))
        self.head.addWidget(self.sessions)
        self._boxed, self._unusual = Line(theme, "label_strong", "ink3"), Line(theme, "label_strong", "ink3")
        self.grid, self.distribution = StreakGrid(theme), Distribution(theme)
        self.grid.explain = self.distribution.explain = self._explain
        self._caption = Text(theme, "cell", "ink", wraps=True)
        self._missing = Line(theme, "label", "ink3")
        for widget in (self._boxed, self.grid, self._unusual):
            self.body.addWidget(widget)
        self.body.addWidget(self.distribution, 1)
        self.body.addWidget(self._caption)
        self.body.addWidget(self._missing)
        self.funds.activated.connect(self._on_changed)
        self.sessions.valueChanged.connect(self._on_changed)
        self.grid.fund_chosen.connect(self._on_fund)

    def show_page(self, page: MarketPage) -> None:
        self._page = page
        card = page.streaks
        self._show_choice(page)
        self.show_reason("" if card else page.reasons.get("streaks", ""))
        self.grid.show_card(card)
        self.distribution.show_streak(card.focus if card else None, card.focus_title if card else "")
        if card is None:
            return
        boxed = formats.number_word(card.of)
        self._boxed.setText(f"The last {len(card.days)} sessions, the last {boxed} boxed")
        self._unusual.setText(card.focus_title)
        self._caption.setText(card.caption)
        self._missing.setText(f"Not held so far back: {', '.join(card.missing)}." if card.missing else "")
        self._missing.setVisible(bool(card.missing))

    def _explain(self) -> Explanation | None:
        card = self._page.streaks if self._page else None
        return streak(card.focus) if card is not None and card.focus is not None else None

    def own_subject(self) -> str:
        return ""

    def own_caption(self) -> tuple[str, ...]:
        """The funds that are counted are not the pair of the page."""
        from models.pages.captions import streak_lines

        return streak_lines(self._page) if self._page is not None else ()

    def _show_choice(self, page: MarketPage) -> None:
        focus = page.streaks.focus.symbol if page.streaks and page.streaks.focus else page.options.streak_focus
        with QSignalBlocker(self.funds), QSignalBlocker(self.sessions):
            if not self.funds.count():
                for symbol in streak_symbols():
                    self.funds.addItem(streak_label(symbol), symbol)
                self.funds.updateGeometry()
            self.funds.setCurrentIndex(self.funds.findData(focus))
            self.sessions.setValue(page.options.streak_sessions)

    def _on_changed(self, _: int) -> None:
        self.meter_chosen.emit(Meter(self.funds.currentData(), self.sessions.value()))

    def _on_fund(self, symbol: str) -> None:
        self.meter_chosen.emit(Meter(symbol, self.sessions.value()))


def streak_symbols() -> tuple[str, ...]:
    """The banks' funds first, then all others and the indices."""
    kinds = (SymbolKind.ETF, SymbolKind.INDEX)
    return tuple(dict.fromkeys((*STREAK_FUNDS, *(s.name for s in SYMBOLS.values() if s.kind in kinds))))
