"""Choosing the as-of day: typed, or from a calendar in which the release days stand out."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QIcon, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QToolButton, QWidget

from models.calendars import release, report_dates
from models.formats import day as day_text
from models.freshness import LATER
from models.pages.positioning import Option
from models.stepping import first_day, new_york_day
from models.typed_days import parse_day
from ui.theme import Theme, qcolour
from ui.widgets.popup import Popup
from ui.widgets.segmented import SegmentedControl
from ui.widgets.text import Text, tip
from ui.words import tr

_WIDTH = 296
_HIDE, _SHOW = "hide", "show"
_LATER_TIP = (
    "Fills cards that would be empty with the nearest later figures, marked with their date. No verdict uses them."
    " Hidden again at the next start."
)
_BEFORE_RELEASE = timedelta(days=45)


class AsOfPopup(Popup):
    """`chosen` gives the day, `later_chosen` whether later data is shown.

    `today` is asked each time: the app's clock runs on while the popup is closed.
    """

    chosen = Signal(object)
    later_chosen = Signal(bool)

    def __init__(self, theme: Theme, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._today = today
        self._release_days: list[date] = []
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(tr("16 Jun 2017, Jun 2017, 22 Nov"))
        self._field.setAccessibleName(tr("Type the as-of day, such as 16 Jun 2017"))
        self._field.setMaxLength(40)
        self._problem = Text(theme, "cell", "flag", "", self, wraps=True)
        self._problem.hide()
        self._calendar = QCalendarWidget(self)
        self._calendar.setAccessibleName(tr("As-of day"))
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        for name, arrow in (("qt_calendar_prevmonth", "\u2039"), ("qt_calendar_nextmonth", "\u203a")):
            button = self._calendar.findChild(QToolButton, name)
            if button is not None:  # Qt's own pictures are black in every theme
                button.setIcon(QIcon())
                button.setText(arrow)
        self._calendar.setGridVisible(False)
        note = "Bold: a COT report was released. A day ends at midnight in New York."
        self._note = Text(theme, "label", "ink3", note, self, wraps=True)
        self._later = SegmentedControl(theme, tr("Later data"), self)
        self._later.setToolTip(tip(tr(_LATER_TIP)))
        self._later.chosen.connect(self._on_later_chosen)
        for widget in (self._field, self._problem, self._calendar, self._note):
            self.column.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(Text(theme, "label", "ink2", tr("Later data"), self))
        row.addStretch(1)
        row.addWidget(self._later)
        self.column.addLayout(row)
        self.setFixedWidth(_WIDTH)
        self._field.returnPressed.connect(self._on_typed)
        self._field.textEdited.connect(self._problem.hide)
        self._calendar.clicked.connect(self._on_clicked)
        self._calendar.activated.connect(self._on_clicked)
        self._calendar.currentPageChanged.connect(self._mark_releases)
        theme.changed.connect(self._dress)
        self._dress()

    def open_at(self, shown: date, anchor: QWidget, *, is_live: bool, shows_later: bool) -> None:
        """Open with a day marked and the field ready to be typed into; while live there is nothing later."""
        reason = "Nothing is later than now; choose a day first." if is_live else ""
        self._later.show_options(
            (
                Option(_HIDE, "Hide", not shows_later),
                Option(_SHOW, f"Show marked {LATER}", shows_later, reason),
            )
        )
        first, last = first_day(), self._today()
        self._calendar.setDateRange(_qt(first), _qt(max(first, last)))
        self._calendar.setSelectedDate(_qt(shown))
        self._field.setText(day_text(shown))
        self._field.selectAll()
        self._problem.hide()
        self._mark_releases()
        self.open_under(anchor)
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_typed(self) -> None:
        try:
            day = parse_day(self._field.text(), self._today())
        except ValueError as error:
            self._complain(str(error))
            return
        first, last = first_day(), self._today()
        if first <= day <= last:
            self._take(day)
        else:
            self._complain(f"Choose a day from {day_text(first)} to {day_text(last)}.")

    def _on_clicked(self, day: QDate) -> None:
        self._take(date(day.year(), day.month(), day.day()))

    def _on_later_chosen(self, value: str) -> None:
        self.close()
        self.later_chosen.emit(value == _SHOW)

    def _take(self, day: date) -> None:
        self.close()
        self.chosen.emit(day)

    def _complain(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.show()
        self._field.selectAll()

    def _dress(self) -> None:
        """The days in the theme's inks, weekends like the others."""
        plain, header = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(self._theme.colour("ink2"))
        header.setForeground(self._theme.colour("ink3"))
        header.setBackground(self._theme.colour("card"))
        for day in Qt.DayOfWeek:
            self._calendar.setWeekdayTextFormat(day, plain)
        self._calendar.setHeaderTextFormat(header)
        self._mark_releases()

    def _mark_releases(self) -> None:
        year, month = self._calendar.yearShown(), self._calendar.monthShown()
        if not (1900 <= year < 2200):
            return
        for day in self._release_days:
            self._calendar.setDateTextFormat(_qt(day), QTextCharFormat())
        shown = date(year, month, 1)
        reports = report_dates(shown - _BEFORE_RELEASE, shown + _BEFORE_RELEASE)
        self._release_days = [new_york_day(release(report).at) for report in reports]
        strong = QTextCharFormat()
        strong.setFontWeight(700)
        strong.setForeground(qcolour(self._theme.tokens.ink))
        for day in self._release_days:
            self._calendar.setDateTextFormat(_qt(day), strong)


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
