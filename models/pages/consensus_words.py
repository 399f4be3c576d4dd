"""The companies' consensus as rows of text: how each measure is written, and what explains it."""

from collections.abc import Callable, Sequence

from models.calc.estimates import Growth
from models.explain.explanation import plain
from models.formats import DASH, day, decimal, percent
from models.pages.bottom_up import Companies
from models.pages.earnings import ConsensusRow
from models.pages.measures import Measures

NO_COMPANIES = "No company estimates are held for the holdings of these indices; the DoltHub source brings them."
_GROWTH = "100 \u00d7 (sum of shares \u00d7 EPS \u00f7 the same of the base \u2212 1)"
_PRICE_EARNINGS = "sum of market value \u00f7 sum of shares \u00d7 EPS"
_FIXED = "on the companies that had an estimate on both days"


def consensus_rows(small: Measures | None, large: Measures | None) -> tuple[ConsensusRow, ...]:
    """Every measure, small beside large; () where neither is held."""
    some = small or large
    if some is None:
        return ()

    year = some.year

    def row(
        title: str, text: Callable[[Measures], str], explained: str, formula: str, worked: Callable[[Measures], str]
    ) -> ConsensusRow:
        on_small, on_large = (DASH if side is None else text(side) for side in (small, large))
        worked_small, worked_large = ("" if side is None else worked(side) for side in (small, large))
        return ConsensusRow(title, on_small, on_large, explained, formula, (worked_small, worked_large))

    def revised(place: int, days: int) -> ConsensusRow:
        def found(of: Measures) -> Growth:
            return of.revised[place].growth

        tip = f"Today's estimate over that of {days} days before, {_FIXED}. {_changes('NM', small, large, found)}"
        title = f"{year} estimate, {days} days"
        return row(title, lambda of: growth_text(found(of)), tip, _GROWTH, lambda of: _growth_worked(found(of)))

    def price_earnings(title: str, found: Callable[[Measures], float | None], explained: str) -> ConsensusRow:
        return row(title, lambda of: _times(found(of)), explained, _PRICE_EARNINGS, lambda _: "")

    return (
        row(
            "Coverage",
            _coverage,
            f"Companies with estimates for {year - 1} and {year}: by weight / by number",
            "100 \u00d7 companies with both estimates \u00f7 companies of the fund",
            lambda m: _share_worked(m.coverage.companies, m.coverage.of),
        ),
        row(
            "Next twelve months, growth",
            lambda m: growth_text(m.ahead),
            "Fiscal years weighted by time, over the twelve months before. "
            + _changes("NM: a base at or near zero", small, large, lambda m: m.ahead),
            _GROWTH,
            lambda m: _growth_worked(m.ahead),
        ),
        price_earnings(f"P/E {year}E, losses in", lambda m: m.of_year.with_losses, "Harmonic mean with all companies"),
        price_earnings(
            f"P/E {year}E, ex-negative",
            lambda m: m.of_year.ex_negative,
            "Harmonic mean without the companies expected to lose money",
        ),
        price_earnings("P/E NTM, losses in", lambda m: m.of_ahead.with_losses, "On the next twelve months"),
        price_earnings("P/E NTM, ex-negative", lambda m: m.of_ahead.ex_negative, "On the next twelve months"),
        *(revised(place, one.days) for place, one in enumerate(some.revised)),
        row(
            "Revision breadth, 30 days",
            lambda m: decimal(m.revised[0].breadth, 2, signed=True),
            "(raised - lowered) / (raised + lowered), by number of companies",
            "(estimates raised \u2212 lowered) \u00f7 (raised + lowered)",
            lambda _: "",
        ),
        row(
            "Beat / missed",
            _beats,
            "Last reported quarter against the consensus before it, by number of companies",
            "100 \u00d7 companies that reported more than expected \u00f7 companies that reported",
            _beats_worked,
        ),
        row(
            f"Expected to lose money in {year}",
            lambda m: f"{percent(m.losses.number_pct, 0)} / {percent(m.losses.weight_pct, 0)}",
            "Share of companies / of market value",
            "100 \u00d7 companies with an estimate below zero \u00f7 companies with an estimate",
            lambda _: "",
        ),
    )


def consensus_note(found: Sequence[Companies]) -> str:
    """What the rows rest on: funds, their days and the newest vintage."""
    funds = ", ".join(f"{of.fund} of {day(of.as_of)}" for of in found)
    newest = max(of.estimates[-1].vintage for of in found)
    return f"Company consensus before one-off items, newest vintage {day(newest)}, summed over {funds}."


def growth_text(found: Growth) -> str:
    """`+12%`, `NM`, or a dash where no company has both figures."""
    if not found.coverage.companies:
        return DASH
    return "NM" if found.is_nm else percent(found.growth_pct, 1, signed=True)


def change_words(change_of_value_pct: float | None) -> str:
    """What is said instead of a growth that means nothing."""
    return "" if change_of_value_pct is None else f"{percent(change_of_value_pct, 2, signed=True)} of market value"


def _changes(said: str, small: Measures | None, large: Measures | None, growth_in: Callable[[Measures], Growth]) -> str:
    """The change over market value of each side whose growth means nothing; empty where there is none."""
    told = [
        f"{side.fund} {words}"
        for side in (small, large)
        if side is not None and growth_in(side).is_nm and (words := change_words(growth_in(side).change_of_value_pct))
    ]
    return f"{said}; instead: {', '.join(told)}" if told else ""


def _growth_worked(found: Growth) -> str:
    """With both sums in billions of dollars; nothing where the growth is not known."""
    if found.growth_pct is None:
        return ""
    base, following = (plain(amount / 1e9, 2) for amount in (found.base_usd, found.next_usd))
    return f"100 \u00d7 ({following} \u00f7 {base} \u2212 1) = {growth_text(found)}, in billions of dollars"


def _share_worked(some: int, of: int) -> str:
    return f"100 \u00d7 {some} \u00f7 {of} = {percent(100 * some / of, 0)}" if of else ""


def _beats_worked(of: Measures) -> str:
    found = of.beats
    return "" if found is None else _share_worked(round(found.beat_pct * found.companies / 100), found.companies)


def _times(value: float | None) -> str:
    return DASH if value is None else f"{decimal(value, 1)}\u00d7"


def _beats(of: Measures) -> str:
    return DASH if of.beats is None else f"{percent(of.beats.beat_pct, 0)} / {percent(of.beats.missed_pct, 0)}"


def _coverage(of: Measures) -> str:
    thin = ", thin" if of.coverage.is_thin else ""
    return f"{percent(of.coverage.weight_pct, 0)} / {percent(of.coverage.number_pct, 0)}{thin}"
