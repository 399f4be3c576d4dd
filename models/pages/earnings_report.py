"""Earnings as plain records: rows of the command, statements for the Story, the part of the brief."""

from collections.abc import Iterator
from dataclasses import replace

from models.pages.choice import Choice
from models.pages.earnings import AS_REPORTED, INDEX_TITLES, OPERATING, EarningsChoice, EarningsPage
from models.pages.earnings_build import build, growth_rows
from models.reader import Reader
from models.statements.earnings_claims import (
    EarningsStatement,
    Growths,
    growth_statement,
    run_statement,
)

FIELDS = ("year", "index", "eps", "growth_pct", "is_estimate", "vintage", "basis", "coverage_pct")
PUBLISHER = "S&P"


def rows(page: EarningsPage) -> Iterator[dict[str, object]]:
    """One for each year and index, by year, small first."""
    for side, growth in growth_rows(page):
        yield {
            "year": int(growth.period),
            "index": side.subject,
            "eps": growth.eps,
            "growth_pct": growth.growth_pct,
            "is_estimate": growth.is_estimate,
            "vintage": side.vintage,
            "basis": page.options.basis,
            "coverage_pct": side.coverage_pct,
        }


def revisions(page: EarningsPage) -> Iterator[dict[str, object]]:
    """One for each vintage of the page's revision paths."""
    for path in page.revisions:
        for point in path.points:
            yield {
                "index": path.subject,
                "year": int(page.revised_year or page.year),
                "vintage": point.vintage,
                "eps": point.eps,
                "is_complete": point.is_complete,
            }


def statements(page: EarningsPage) -> tuple[EarningsStatement, ...]:
    """Growth in the page's year and the run of years, on the page's basis; nothing where nothing is held."""
    found = _growths(page)
    if found is None:
        return ()
    made = (growth_statement(found), run_statement(found, page.year_streak))
    return tuple(statement for statement in made if statement is not None)


def _growths(page: EarningsPage) -> Growths | None:
    sides = [side for side in (page.small, page.large) if side is not None]
    if not page.year or not sides:
        return None
    return Growths(
        year=page.year,
        basis=page.options.basis,
        publisher=PUBLISHER,
        small_title=INDEX_TITLES.get(page.options.small, page.options.small),
        large_title=INDEX_TITLES.get(page.options.large, page.options.large),
        small=page.small.year(page.year) if page.small else None,
        large=page.large.year(page.year) if page.large else None,
        vintage=max(side.vintage for side in sides),
        sample_start=min(growth.period for side in sides for growth in side.years),
        is_later=page.is_later,
    )


def story(reader: Reader, choice: Choice) -> tuple[EarningsStatement, ...]:
    """The statements of both bases, strictly as of the moment: the contrast between them is part of the story."""
    strict = replace(choice, later_data=False)
    pages = (build(reader, strict, EarningsChoice(basis=basis)) for basis in (OPERATING, AS_REPORTED))
    return tuple(statement for page in pages for statement in statements(page))


def brief(reader: Reader, choice: Choice) -> dict[str, object] | None:
    """The earnings part of `brief`; None where no vintage was known."""
    page = build(reader, replace(choice, later_data=False), EarningsChoice())
    if page.reason_empty:
        return None
    return {
        "sentence": page.sentence,
        "year": int(page.year),
        "basis": page.options.basis,
        "vintage": max(side.vintage for side in (page.small, page.large) if side is not None),
        "rows": list(rows(page)),
        "streak_years": page.year_streak.sign * len(page.year_streak) if page.year_streak else None,
        "streak_quarters": page.streak.sign * len(page.streak) if page.streak else None,
        "statements": [statement.sentence for statement in story(reader, choice)],
    }
