"""Stretches of a chart that are hatched: weeks in which two exchanges' contracts traded side by side."""

from datetime import date, timedelta

from models.calc.splice import series
from models.markets import market
from models.names import Basis, Legs
from models.pages.positioning_build import hatches
from tests.models.samples import definition, positions

RUSSELL = market("russell-2000")


def weekly(code: str, first: date, last: date) -> list[tuple[str, date, float]]:
    weeks = (last - first).days // 7
    return [(code, first + timedelta(days=7 * n), 10.0) for n in range(weeks + 1)]


def test_that_a_code_with_two_lives_trades_beside_another_in_one_of_them_only() -> None:
    first_life = weekly("239742", date(2008, 7, 1), date(2008, 9, 16))
    between = weekly("23977A", date(2008, 9, 23), date(2018, 6, 5))
    second_life = weekly("239742", date(2017, 8, 15), date(2018, 12, 4))
    rows = positions([*first_life, *between, *second_life])
    found = hatches(RUSSELL, rows, series(RUSSELL, rows, definition(Basis.SIZE_ADJUSTED)))
    assert [(one.start, one.end, one.reason) for one in found] == [
        (date(2017, 8, 15), date(2018, 6, 5), "ICE 23977A and CME 239742 side by side")
    ]


def test_that_a_stretch_without_one_of_the_contracts_is_not_called_one_without_reports() -> None:
    mini, micro = (
        weekly("239742", date(2024, 1, 2), date(2024, 9, 3)),
        weekly("239747", date(2024, 1, 2), date(2024, 3, 5)),
    )
    rows = positions([*mini, *micro, *weekly("239747", date(2024, 7, 2), date(2024, 9, 3))])
    lead, summed = (series(RUSSELL, rows, definition(Basis.SIZE_ADJUSTED, legs)) for legs in (Legs.LEAD, Legs.ALL))
    assert hatches(RUSSELL, rows, lead) == ()
    assert [(one.start, one.end, one.reason) for one in hatches(RUSSELL, rows, summed)] == [
        (date(2024, 3, 5), date(2024, 7, 2), "a contract is not held")
    ]
