"""An article that was checked, as text, Markdown or a page of HTML; every word from outside is escaped."""

import html

from models.check.findings import CheckedClaim
from models.formats import day, decimal, eastern
from models.pages.check import NOT_A_CLAIM, CheckedSentence, CheckPage, evidence, verdict_title
from models.tabular import markdown_table

HEADERS = ("Sentence", "Claim", "Verdict", "Value", "Definition", "Evidence")
STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;font-size:13px}td,th{padding:4px 8px;text-align:left;vertical-align:top;"
    "border-bottom:1px solid #ccc}"
)


def value_text(checked: CheckedClaim) -> str:
    """`7,542 contracts`, `2.67 %`; nothing where no figure could be computed."""
    shown = checked.shown
    if shown.value is None:
        return ""
    places = 0 if abs(shown.value) >= 100 or shown.value == int(shown.value) else 2
    return f"{decimal(shown.value, places)} {shown.unit}".strip()


def heading(page: CheckPage) -> str:
    return f"Article of {day(page.date)}, checked with what was known by {eastern(page.as_of)}"


def as_text(page: CheckPage) -> str:
    lines = [heading(page), *page.notes, ""]
    for sentence in page.sentences:
        if not sentence.claims and not sentence.unread:
            continue
        lines.append(sentence.text)
        for checked in sentence.claims:
            lines.append(f"  [{verdict_title(checked)}] {checked.claim.text}")
            lines.append(f"    {evidence(checked)}")
        lines += [f"  [{NOT_A_CLAIM}] {unread.text}: {unread.reason}" for unread in sentence.unread]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _rows(sentence: CheckedSentence) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [
        (
            sentence.text if number == 0 else "",
            checked.claim.text,
            verdict_title(checked),
            value_text(checked),
            checked.shown.definition,
            evidence(checked),
        )
        for number, checked in enumerate(sentence.claims)
    ]
    rows += [("" if rows else sentence.text, u.text, NOT_A_CLAIM, "", "", u.reason) for u in sentence.unread]
    return rows or [(sentence.text, "", NOT_A_CLAIM, "", "", "")]


def as_markdown(page: CheckPage) -> str:
    rows = [row for sentence in page.sentences for row in _rows(sentence)]
    notes = "".join(f"{note}\n\n" for note in page.notes)
    return f"# {heading(page)}\n\n{notes}{markdown_table(HEADERS, rows)}"


def as_html(page: CheckPage) -> str:
    """The article with its verdicts as one page; every word of it is escaped."""

    def cells(row: tuple[str, ...], tag: str = "td") -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"

    title = html.escape(heading(page))
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in page.notes)
    rows = "\n".join(cells(row) for sentence in page.sentences for row in _rows(sentence))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body><h1>{title}</h1>{notes}\n"
        f"<table>{cells(HEADERS, 'th')}\n{rows}</table></body></html>\n"
    )
