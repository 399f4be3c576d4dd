"""The Episodes view in a real window."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from models.calendars import release
from models.names import Basis
from models.pages.choice import Choice
from models.pages.episodes import build, rows
from services.archive.archive import Archive
from services.starter import tables
from tests.models.samples import tuesdays
from tests.services.archive.samples import opened, positions, save
from ui.pages.episodes_view import EpisodesView
from ui.theme import DARK, Theme

Shown = Callable[..., QWidget]


def held(archive: Archive, swings: tuple[int, ...], count: int = 160) -> date:
    """Gold, whose net rises by a thousand contracts in the two weeks to each of these reports."""
    rng = np.random.default_rng(1)
    nets = rng.normal(0, 60, size=count)
    for place in swings:
        nets[place] += 1000
        nets[place + 1 : place + 3] += 500
    days = tuesdays(count, date(2014, 6, 3))
    figures = {
        ("088691", day): {"noncommercial_long": 10_000 + net, "noncommercial_short": 10_000.0}
        for day, net in zip(days, nets, strict=True)
    }
    save(archive, positions(figures, name="GOLD"))
    return days[-1]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(tables, "batches", lambda: iter(()))
    with opened(tmp_path / "archive.sqlite") as made:
        yield made


def test_that_each_measure_has_its_paths_beside_random_dates(archive: Archive, theme: Theme, shown: Shown) -> None:
    last = held(archive, (20, 60, 100, 159))
    page = build(archive, Choice(release(last).at, is_live=False, market="gold", basis=Basis.CONTRACTS))
    assert [episode.is_current for episode in page.episodes] == [False, False, False, True]
    assert "3 earlier episodes" in page.sentence
    assert any("too few" in note for note in page.notes)
    net = next(row for row in rows(page) if row.measure == "Net position" and row.weeks == 4)
    assert net.count == 3
    assert net.median < net.chance_low
    assert not net.is_within_chance
    view = EpisodesView(theme)
    view.show_page(page)
    shown(view, 1200, 700)
    chart = view.charts[0]
    assert chart.outcome is not None
    assert "after 4 weeks median" in chart.accessibleDescription()
    assert chart.point(0, 0.0).x() < chart.point(26, 0.0).x()
    theme.choose(DARK)
    assert not view.grab().isNull()
    for word in ("buy", "sell", "signal", "forecast"):
        assert word not in " ".join((page.sentence, *page.notes)).lower()


def test_that_without_a_swing_the_reason_is_shown(archive: Archive, theme: Theme, shown: Shown) -> None:
    page = build(archive, Choice(release(date(2017, 6, 13)).at, is_live=False, market="gold"))
    view = EpisodesView(theme)
    view.show_page(page)
    shown(view, 900, 600)
    assert page.reason_empty.startswith("No swing over the two weeks")
    assert all(chart.outcome is None for chart in view.charts)
