"""From the record of the Positioning page to the panes of its chart."""

from collections.abc import Iterable
from functools import partial

import numpy as np

from models import formats
from models.calc.splice import Series
from models.figures import Caption
from models.markets import market
from models.names import Basis
from models.pages.captions import caption_lines
from models.pages.positioning import PositioningPage, SwingMark
from models.records import Floats
from ui.charts.content import Curve, Hatching, PaneContent, Seam, StackContent, Swing, days_of, values_at
from ui.charts.measures import MEASURES
from ui.charts.ticks import day_number

LONG_SHORT, OPEN_INTEREST, PRICE = "long_short", "open_interest", "price"
OPTIONAL_PANES: dict[str, str] = {
    LONG_SHORT: "Long and short",
    OPEN_INTEREST: "Open interest",
    PRICE: "Price",
}
SHOWN_AT_FIRST = frozenset({PRICE})
_LONGEST_PRICE_STEP = 40.0


def stack_content(page: PositioningPage, shown: frozenset[str]) -> StackContent:
    """The panes of the page, with those of `OPTIONAL_PANES` that are shown and have data."""
    days = days_of(page.main.date)
    panes = [net_pane(page.main, page.as_reported, page.swings), _weekly_change(page, days), _measure(page, days)]
    if LONG_SHORT in shown and np.isfinite(page.main.long).any():
        panes.append(_long_short(page, days))
    if OPEN_INTEREST in shown and np.isfinite(page.main.open_interest).any():
        panes.append(_open_interest(page, days))
    if PRICE in shown and np.isfinite(page.prices).any():
        panes.append(_price(page))
    has_data = len(page.main) > 0
    return StackContent(
        title=page.title,
        description=_description(page) if has_data else page.reason_empty,
        days=days,
        panes=tuple(panes) if has_data else (),
        seams=tuple(Seam(day_number(seam.date), seam.before, seam.after) for seam in page.seams),
        hatches=tuple(Hatching(day_number(h.start), day_number(h.end), h.reason) for h in page.hatches),
        marked=_marked(page),
        reason_empty=page.reason_empty,
    )


def _marked(page: PositioningPage) -> tuple[float, ...]:
    marked = {day_number(row.date) for row in page.records}
    marked |= {day_number(end) for swing in page.swings for end in (swing.start, swing.end)}
    return tuple(sorted(marked))


def net_pane(series: Series, as_reported: Series | None, swings: Iterable[SwingMark]) -> PaneContent:
    """The pane of the net itself: the main line, the contracts as reported where they differ, the swings."""
    unit = series.unit
    is_share_or_value = series.definition.basis in (Basis.SHARE_OF_OI, Basis.NOTIONAL)
    main = Curve(
        name="Size-adjusted net" if as_reported is not None and not is_share_or_value else "Net",
        x=days_of(series.date),
        y=series.value,
        ink="small",
        form=lambda value: formats.in_unit(value, unit, signed=True),
        change_form=lambda change: formats.in_unit(change, unit, signed=True, is_change=True),
        short="Net",
        width=2.0,
        is_named=as_reported is not None,
        has_end_label=True,
    )
    curves = [main]
    if as_reported is not None:
        curves.append(_as_reported(as_reported, main))
    return PaneContent(
        key="net",
        title=f"Net position, {unit}",
        weight=41,
        tick=_signed_tick,
        curves=tuple(curves),
        most_ticks=5,
        has_zero_line=True,
        swings=tuple(_swing(mark, unit) for mark in swings),
    )


def _swing(mark: SwingMark, unit: str) -> Swing:
    """A mark without a label of its own carries its size, one without a day in its note the day."""
    size = formats.in_unit(mark.end_value - mark.start_value, unit, signed=True, is_change=True)
    last = formats.day(mark.end)
    return Swing(
        day_number(mark.start),
        day_number(mark.end),
        mark.start_value,
        mark.end_value,
        mark.label or size,
        mark.note if last in mark.note else f"{last}, {mark.note}".removesuffix(", "),
        mark.is_current,
    )


def _as_reported(series: Series, main: Curve) -> Curve:
    """Drawn where it differs from the main line, and up to the reports on which the two meet."""
    days = days_of(series.date)
    differs = values_at(main, days) != series.value
    meets = np.zeros(len(days), dtype=bool)
    meets[1:] |= differs[:-1]
    meets[:-1] |= differs[1:]
    return Curve(
        name="Contracts as reported",
        x=days,
        y=series.value,
        drawn=differs | meets,
        ink="mute",
        form=lambda value: formats.in_unit(value, series.unit, signed=True),
        short="As reported",
        is_dashed=True,
        is_named=True,
    )


def _weekly_change(page: PositioningPage, days: Floats) -> PaneContent:
    unit = page.main.unit
    curve = Curve(
        name="Weekly change",
        x=days,
        y=page.weekly_change,
        ink="small",
        form=lambda value: formats.in_unit(value, unit, signed=True, is_change=True),
        short="Week",
        is_bars=True,
        has_end_label=True,
    )
    return PaneContent("weekly_change", "Weekly change", 15, _signed_tick, (curve,), has_zero_line=True)


def _measure(page: PositioningPage, days: Floats) -> PaneContent:
    shown, values = MEASURES[page.choice.measure], page.index
    curve = Curve(
        name=shown.name,
        x=days,
        y=values,
        ink="small",
        form=partial(formats.decimal, places=1 if shown.is_signed else 0, signed=shown.is_signed),
        short=shown.short,
        width=1.5,
        has_end_label=True,
    )
    return PaneContent(
        key="measure",
        title=page.index_title,
        weight=12,
        tick=_signed_tick if shown.is_signed else formats.axis_tick,
        curves=(curve,),
        fixed=None if shown.is_signed else (-3.0, 103.0),
        has_zero_line=shown.is_signed,
        hatches=_not_yet(page, days, values),
    )


def _not_yet(page: PositioningPage, days: Floats, values: Floats) -> tuple[Hatching, ...]:
    """The first reports of a window, which have too few before them."""
    known = np.flatnonzero(np.isfinite(values))
    lookback = page.choice.lookback
    if lookback is None or not len(days) or (len(known) and known[0] == 0):
        return ()
    end = days[known[0]] if len(known) else days[-1]
    needed = int(known[0]) + 1 if len(known) else lookback
    return (Hatching(float(days[0]), float(end), f"needs {needed} weeks"),)


def _long_short(page: PositioningPage, days: Floats) -> PaneContent:
    columns: Iterable[tuple[str, Floats, bool]] = (
        ("Long", page.main.long, False),
        ("Short", page.main.short, True),
    )
    curves = tuple(
        Curve(
            name=name,
            x=days,
            y=values,
            ink="ink2",
            form=formats.count,
            short=name,
            is_dashed=is_dashed,
            is_named=True,
            has_end_label=True,
        )
        for name, values, is_dashed in columns
    )
    return PaneContent(LONG_SHORT, "Long and short, contracts as reported", 16, formats.axis_tick, curves)


def _open_interest(page: PositioningPage, days: Floats) -> PaneContent:
    curve = Curve(
        name="Open interest",
        x=days,
        y=page.main.open_interest,
        ink="ink2",
        form=formats.count,
        short="OI",
        has_end_label=True,
    )
    return PaneContent(OPEN_INTEREST, "Open interest, contracts", 12, formats.axis_tick, (curve,))


def _price(page: PositioningPage) -> PaneContent:
    highest = float(np.nanmax(page.prices))
    curve = Curve(
        name=page.closes_title,
        x=days_of(page.price_dates),
        y=page.prices,
        ink="ink",
        form=lambda value: formats.decimal(value, 0 if highest >= 1000 else 2),
        short="Price",
        width=1.5,
        has_end_label=True,
        longest_step=_LONGEST_PRICE_STEP,
    )
    return PaneContent(PRICE, page.closes_title, 14, formats.axis_tick, (curve,))


def _signed_tick(value: float) -> str:
    label = formats.axis_tick(value)
    return f"+{label}" if value > 0 else label


def _description(page: PositioningPage) -> str:
    """Caption, range, last value and extremes, for those who cannot see the chart."""
    series, unit = page.main, page.main.unit

    def said(row: int) -> str:
        return f"{formats.with_unit(float(series.value[row]), unit, signed=True)} on {formats.day(series.date[row])}"

    return (
        f"{page.sentence} From {formats.day(series.date[0])} to {formats.day(series.date[-1])}, "
        f"{formats.plural(len(series), 'report')}. Last {said(-1)}, lowest {said(int(np.argmin(series.value)))}, "
        f"highest {said(int(np.argmax(series.value)))}."
    )


def caption(page: PositioningPage) -> Caption:
    """What is written on a picture of the chart: definition, source with its release, and as-of."""
    return Caption(f"{market(page.choice.market).title}: {page.title}", caption_lines(page))
