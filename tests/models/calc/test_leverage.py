import csv
import gzip
import io
from datetime import date
from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calc.accounts import accounts, books, cash_and_debt, ebitda, strain, trailing_year
from models.calc.leverage import Accounts, leverage, own_percentile
from models.records import Fact
from tests.shared import SHARED, needs_shared

NAN = float("nan")
ON = date(2018, 6, 30)


def held(*rows: tuple[str, float, float, float]) -> Accounts:
    sectors, debt, cash, earned = zip(*rows, strict=True)
    return Accounts(
        np.array([f"T{i}" for i in range(len(rows))]),
        np.array(sectors),
        np.array(debt, float),
        np.array(cash, float),
        np.array(earned, float),
    )


def test_that_leverage_is_net_debt_over_ebitda_of_all() -> None:
    found = leverage(held(("Energy", 100, 20, 20), ("Materials", 60, 0, 50), ("Utilities", 40, 10, -10)))
    assert found.net == pytest.approx(170 / 60)
    assert found.gross == pytest.approx(200 / 60)
    assert found.net_positive == pytest.approx(140 / 70)
    assert found.median == pytest.approx((4 + 1.2) / 2)
    assert found.negative_ebitda_pct == pytest.approx(100 / 3)
    assert (found.companies, found.of) == (3, 3)


def test_that_financials_and_real_estate_are_left_out() -> None:
    found = leverage(held(("Energy", 10, 0, 10), ("Financials", 1e6, 0, 1), ("Real Estate", 1e6, 0, 1)))
    assert found.net == 1 and found.of == 1


def test_that_outliers_stay_in_the_sums_and_are_listed() -> None:
    found = leverage(held(("Energy", 1000, 0, 10), ("Energy", 0, 500, 10), ("Energy", 10, 0, 10)))
    assert [outlier.ticker for outlier in found.outliers] == ["T0", "T1"]
    assert found.outliers[0].multiple == 100
    assert found.net == pytest.approx(510 / 30)


def test_that_unknown_accounts_are_not_zero() -> None:
    found = leverage(held(("Energy", 10, 0, 10), ("Energy", NAN, 5, 10), ("Energy", 5, 5, NAN)))
    assert (found.net, found.companies, found.of) == (1, 1, 3)


def test_that_nothing_comes_of_a_loss_or_of_nobody() -> None:
    assert leverage(held(("Energy", 10, 0, -10))).net is None
    assert leverage(held(("Energy", NAN, NAN, NAN))).negative_ebitda_pct is None


def test_that_a_percentile_needs_some_history() -> None:
    assert own_percentile(np.arange(1.0, 8.0)) is None
    assert own_percentile(np.arange(1.0, 9.0)) == 100
    assert own_percentile(np.array([*np.arange(1.0, 9.0), 0.0])) == pytest.approx(100 / 9)


@given(
    st.lists(st.tuples(*[st.integers(-(10**6), 10**6).map(float)] * 3), min_size=1, max_size=20), st.floats(0.01, 100)
)
def test_that_leverage_does_not_depend_on_the_currency(figures: list[tuple[float, float, float]], rate: float) -> None:
    one = leverage(held(*[("Energy", *row) for row in figures]))
    other = leverage(held(*[("Energy", a * rate, b * rate, c * rate) for a, b, c in figures]))
    assert one.companies == other.companies
    if one.net is not None and other.net is not None and sum(row[2] for row in figures) > 1:
        assert one.net == pytest.approx(other.net, rel=1e-6, abs=1e-6)


def flow(concept: str, start: date, end: date, value: float, filed: date = date(2018, 1, 1)) -> Fact:
    return Fact("T", concept, start, end, value, filed)


def balance(concept: str, day: date, value: float) -> Fact:
    return Fact("T", concept, None, day, value, date(2018, 1, 1))


YEAR = flow("net_income", date(2017, 1, 1), date(2017, 12, 31), 100)
THIS_PART = flow("net_income", date(2018, 1, 1), date(2018, 6, 30), 70)
LAST_PART = flow("net_income", date(2017, 1, 1), date(2017, 6, 30), 40)
THIS_QUARTER = flow("net_income", date(2018, 4, 1), date(2018, 6, 30), 35)


def test_that_twelve_months_are_the_year_and_what_came_and_went_since() -> None:
    flows = books([YEAR, THIS_PART, LAST_PART, THIS_QUARTER])["T"].flows["net_income"]
    assert trailing_year(flows, ON) == 130
    assert trailing_year(flows, date(2018, 5, 1)) == 100
    assert trailing_year(flows, date(2016, 5, 1)) is None
    assert trailing_year(flows, date(2020, 5, 1)) is None


def test_that_the_last_year_stands_where_a_part_has_no_counterpart() -> None:
    assert trailing_year(books([YEAR, THIS_PART])["T"].flows["net_income"], ON) == 100


def test_that_the_later_filing_of_a_figure_counts() -> None:
    restated = flow("net_income", date(2017, 1, 1), date(2017, 12, 31), 90, filed=date(2018, 3, 1))
    assert trailing_year(books([restated, YEAR])["T"].flows["net_income"], ON) == 90


def test_that_debt_is_summed_from_parts_that_do_not_overlap() -> None:
    cash = balance("cash", ON, 5)

    def debt(**parts: float) -> float:
        found = cash_and_debt(books([cash, *[balance(k, ON, v) for k, v in parts.items()]])["T"], ON)
        assert found is not None
        return found[1]

    assert debt() == 0
    assert debt(long_term_debt=10, short_term_borrowings=2) == 12
    assert debt(long_term_debt=10, debt_noncurrent=8, long_term_debt_current=2, short_term_borrowings=1) == 11
    assert debt(debt_noncurrent=8, debt_current=4, long_term_debt_current=2, short_term_borrowings=2) == 12
    assert debt(debt_current=4) == 4


def test_that_short_term_investments_are_cash() -> None:
    found = cash_and_debt(books([balance("cash", ON, 5), balance("short_term_investments", ON, 3)])["T"], ON)
    assert found == (8, 0)


def test_that_strain_counts_those_that_have_figures() -> None:
    year = (date(2017, 1, 1), date(2017, 12, 31))
    facts = [
        flow("net_income", *year, -1),
        flow("operating_income", *year, 10),
        flow("interest_expense", *year, 8),
        Fact("U", "net_income", *year, 5, date(2018, 1, 1)),
    ]
    found = strain(books(facts), ["T", "U", "V"], ON)
    assert (found.lost_money_pct, found.thin_cover_pct, found.negative_ebitda_pct) == (50, 100, None)
    assert (found.companies, found.of) == (2, 3)


def simfin(name: str) -> list[dict[str, str]]:
    body = gzip.decompress((SHARED / "data" / "simfin" / f"us-{name}-annual.csv.gz").read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(body), delimiter=";"))


def number(text: str) -> float | None:
    return float(text) if text else None


@needs_shared
def test_that_leverage_of_real_accounts_agrees_with_a_plain_computation() -> None:
    """Every company of the annual files that reported in dollars for fiscal 2017, all as one index."""
    day = date(2018, 6, 30)
    facts: list[Fact] = []
    plain: dict[str, tuple[float, float, float]] = {}
    income = {(r["Ticker"], r["Report Date"]): r for r in simfin("income")}
    flows = {(r["Ticker"], r["Report Date"]): r for r in simfin("cashflow")}
    for row in simfin("balance"):
        end = date.fromisoformat(row["Report Date"])
        key = (row["Ticker"], row["Report Date"])
        cash = number(row["Cash, Cash Equivalents & Short Term Investments"])
        if row["Currency"] != "USD" or row["Fiscal Year"] != "2017" or end > day or end < date(2017, 6, 1):
            continue
        if cash is None or key not in income or key not in flows or row["Ticker"] in plain:
            continue
        operating = number(income[key]["Operating Income (Loss)"])
        depreciation = number(flows[key]["Depreciation & Amortization"])
        if operating is None or depreciation is None:
            continue
        long, short = number(row["Long Term Debt"]), number(row["Short Term Debt"])
        start, filed = end.replace(year=end.year - 1), day
        for concept, value in (("debt_noncurrent", long), ("short_term_borrowings", short), ("cash", cash)):
            if value is not None:
                facts.append(Fact(row["Ticker"], concept, None, end, value, filed))
        for concept, value in (("operating_income", operating), ("depreciation", depreciation)):
            facts.append(Fact(row["Ticker"], concept, start, end, value, filed))
        plain[row["Ticker"]] = ((long or 0) + (short or 0), cash, operating + depreciation)
    found = leverage(accounts(books(facts), dict.fromkeys(plain, "Industrials"), day))
    assert found.companies == len(plain) > 1000
    total = sum(e for _, _, e in plain.values())
    assert found.net == pytest.approx(sum(d - c for d, c, _ in plain.values()) / total)
    assert found.gross == pytest.approx(sum(d for d, _, _ in plain.values()) / total)
    assert found.median == pytest.approx(median((d - c) / e for d, c, e in plain.values() if e > 0))
    assert found.negative_ebitda_pct == pytest.approx(100 * sum(e <= 0 for _, _, e in plain.values()) / len(plain))
    assert {o.ticker for o in found.outliers} == {t for t, (d, c, e) in plain.items() if e > 0 and abs(d - c) > 20 * e}


def test_that_ebitda_is_taken_as_filed_where_it_is() -> None:
    year = (date(2017, 1, 1), date(2017, 12, 31))
    parts = [flow("operating_income", *year, 10), flow("depreciation", *year, 5)]
    assert ebitda(books(parts)["T"], ON) == 15
    assert ebitda(books([*parts, flow("ebitda", *year, 20)])["T"], ON) == 20
    assert ebitda(books(parts[:1])["T"], ON) is None
