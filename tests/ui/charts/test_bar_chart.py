"""Bars side by side, each with its own words where they fit."""

import pytest
from pytestqt.qtbot import QtBot

from ui.charts.bar_chart import Bar, BarChart, BarGroup
from ui.theme import Theme


@pytest.mark.parametrize(("width", "named"), [(900, [2010, 2015, 2020, 2023]), (200, [2010, 2015, 2023])])
def test_that_no_period_runs_into_the_one_that_stands_out(qtbot: QtBot, width: int, named: list[int]) -> None:
    chart = BarChart(Theme("light"), "Years", "")
    qtbot.addWidget(chart)
    years = range(2010, 2024)
    chart.show_groups(
        [
            BarGroup(
                str(year) if year % 5 == 0 or year == years[-1] else "",
                str(year),
                (Bar(1.0, "", "small", False),),
                year == years[-1],
            )
            for year in years
        ]
    )
    chart.resize(width, 200)
    assert [years[place] for place in chart.named_places()] == named
