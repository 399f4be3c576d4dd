"""The brief in words: plain text, Markdown, and HTML that stands alone."""

import html

from models.calc.superlatives import holes
from models.calendars import newest_released
from models.formats import DASH, day, eastern, in_unit, rank, with_unit
from models.names import Verdict
from models.pages.side_claims import CELLS_SHOWN, marked
from models.pages.story import StoryPage
from models.statements.drawer import claim_title
from models.statements.statement import Statement
from models.statements.words import definition_title, joined, none_held, report_title, sample_words
from models.tabular import markdown_table, text_table

MARKS = {"true": "holds", "false": "does not hold", "short": "sample too short", "missing": "no data"}
OLD_DAYS = 35
"""A report is late by days; one that is older than the newest by more than this is not of now."""

NOTICE = "Not investment advice."


def heading(page: StoryPage) -> str:
    """Market and moment; where live figures ended long ago, the report is their moment."""
    if page.release is not None and _is_old(page):
        return f"{page.market.title}, report of {day(page.release.report)}"
    moment = "now" if page.choice.is_live else f"as of {eastern(page.choice.as_of)}"
    return f"{page.market.title}, {moment}"


def _is_old(page: StoryPage) -> bool:
    """Whether a live brief is about a report that many others have followed."""
    if page.release is None or not page.choice.is_live:
        return False
    return (newest_released(page.choice.as_of) - page.release.report).days > OLD_DAYS


def _no_newer(page: StoryPage) -> str:
    """A contract that has ended has no newer report; of any other none is held."""
    if not _is_old(page):
        return ""
    has_ended = all(leg.last is not None and leg.last < page.choice.day for leg in page.market.legs)
    return " The contract has no newer report." if has_ended else " No newer report is held."


def released(page: StoryPage) -> str:
    if page.release is None:
        return ""
    doubt = " (release day uncertain)" if page.release.is_uncertain else ""
    return (
        f"CFTC {report_title(page.main.report)}; report of {day(page.release.report)},"
        f" released {eastern(page.release.at)}{doubt}.{_no_newer(page)}"
    )


CLAIM_HEADERS = ("Claim", "Definition", "Verdict", "Rank or since", "Value")


def claim_rows(page: StoryPage, *, every: bool = False) -> list[tuple[str, ...]]:
    """The claims under the definitions shown in the matrix, or under every one."""
    rows: list[tuple[str, ...]] = []
    columns = page.matrix.columns if page.matrix else ()
    for row in page.claims:
        for statement in row.statements if every else [s for d in columns if (s := row.under(d))]:
            rows.append(
                (
                    f"{claim_title(row.primary)} ({day(row.claim.date)})",
                    definition_title(page.market, statement.definition).removeprefix("CFTC "),
                    MARKS[statement.mark],
                    place(statement),
                    in_unit(statement.value, statement.unit, signed=True, is_change=statement.claim.window > 0),
                )
            )
    return rows + side_rows(page, every=every)


def side_rows(page: StoryPage, *, every: bool = False) -> list[tuple[str, ...]]:
    """The claims beside positioning, each under the definitions that it names."""
    return [
        (
            f"{claim.title} ({day(claim.date)})",
            cell.basis,
            "no verdict" if cell.later else MARKS[cell.mark],
            rank(claim.rank, claim.of) if claim.rank and claim.of and cell is claim.cells[0] else DASH,
            marked(cell),
        )
        for claim in page.panels.claims
        for cell in (claim.cells if every else claim.cells[:CELLS_SHOWN])
    ]


def place(statement: Statement) -> str:
    """`1st of 506`, `since 17 May 2011`, `on record, of 30 reports since Jan 2024, 2 holes`, `held to 3 Jun 2014`."""
    if statement.mark == "missing":
        return f"held to {day(statement.newest)}" if statement.newest else DASH
    if statement.claim.window and statement.rank is not None and statement.of is not None:
        return rank(statement.rank, statement.of, statement.ties)
    if statement.since is not None:
        return _with_sample(f"since {day(statement.since)}", statement)
    return _with_sample("on record", statement) if statement.verdict is Verdict.TRUE else DASH


def _with_sample(said: str, statement: Statement) -> str:
    return ", ".join(filter(None, (said, sample_words(statement))))


def sample_line(page: StoryPage) -> str:
    """How many reports stand behind the claims, and where there are none for long."""
    size = page.series
    if not len(size):
        return ""
    said = f"Sample: {len(size):,} reports from {day(size.date[0])}."
    gaps = [f"between {day(a)} and {day(b)}" for a, b in holes(size)]
    return f"{said} {none_held(size.definition)} {joined(gaps, 'or')}." if gaps else said


def as_text(page: StoryPage) -> str:
    parts = [heading(page), ""]
    if page.headline is None:
        return "\n".join([*parts, page.reason_empty, ""])
    lead = page.headline
    parts += [f"{lead.lead}  {lead.caption[0]}, {lead.caption[1]}", "", lead.sentence]
    parts += [lead.caveat] if lead.caveat else []
    parts += ["", released(page), sample_line(page), "", text_table(CLAIM_HEADERS, claim_rows(page))]
    parts += [f"Next: {line}" for line in watch_lines(page)]
    parts += ["", f"Next report: {eastern(page.next_release.at)}.", NOTICE, ""]
    return "\n".join(parts)


def watch_lines(page: StoryPage) -> list[str]:
    """What the next report would have to show."""
    return [
        f"a net {line.condition} {with_unit(line.threshold, line.unit, signed=True)} would be {line.meaning}."
        for line in page.watch
    ]


def as_markdown(page: StoryPage) -> str:
    parts = [f"# {heading(page)}", ""]
    if page.headline is None:
        return "\n".join([*parts, page.reason_empty, ""])
    parts += [f"**{page.headline.sentence}**", "", page.headline.caveat, "", released(page), sample_line(page), ""]
    parts += [markdown_table(CLAIM_HEADERS, claim_rows(page, every=True))]
    parts += [f"- {line}" for line in watch_lines(page)]
    parts += ["", NOTICE, ""]
    return "\n".join(parts)


STYLE = """
body{font:14px/1.45 Inter,system-ui,sans-serif;color:#171B21;max-width:60em;margin:2em auto;padding:0 1em}
h1{font-size:20px}h2{font-size:15px}.lead{font-size:38px;font-weight:700;color:#1B5FBF}
table{border-collapse:collapse;width:100%;font-size:12px}
th{text-align:left;color:#5B6471;border-bottom:1px solid #C3C9D1}
td,th{padding:4px 8px}td{border-bottom:1px solid #ECEEF1}td:last-child,th:last-child{text-align:right}
.note{color:#5B6471;font-size:12px}
"""


def as_html(page: StoryPage) -> str:
    """A page that stands alone; every text from outside is escaped."""
    e = html.escape
    if page.headline is None:
        body = f"<h1>{e(heading(page))}</h1><p>{e(page.reason_empty)}</p>"
    else:
        lead = page.headline
        head = "".join(f"<th>{e(h)}</th>" for h in CLAIM_HEADERS)
        rows = "".join(
            "<tr>" + "".join(f"<td>{e(cell)}</td>" for cell in row) + "</tr>" for row in claim_rows(page, every=True)
        )
        watching = "".join(f"<li>{e(line)}</li>" for line in watch_lines(page))
        body = (
            f"<p class=note>{e(heading(page))}</p><p class=lead>{e(lead.lead)}</p>"
            f"<p class=note>{e(lead.caption[0])}, {e(lead.caption[1])}</p>"
            f"<h1>{e(lead.sentence)}</h1><p>{e(lead.caveat)}</p>"
            f"<p class=note>{e(released(page))} {e(sample_line(page))}</p>"
            f"<h2>Claims and what the data say</h2><table><tr>{head}</tr>{rows}</table>"
            f"<h2>What the next report would have to show</h2><ul>{watching}</ul><p class=note>{e(NOTICE)}</p>"
        )
    title = e(f"Aboutface: {page.market.title}")
    return (
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{title}</title><style>{STYLE}</style>{body}</html>\n"
    )
