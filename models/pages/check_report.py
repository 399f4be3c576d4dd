"""An article that was checked, as text, Markdown or a page of HTML; every word from outside is escaped."""

import html

from models.check.findings import CheckedClaim
from models.formats import day, decimal, eastern, plural
from models.pages.check import NOT_A_CLAIM, NOT_UNDERSTOOD, CheckedSentence, CheckPage, evidence, summary, verdict_title
from models.pages.check_evidence import quoted
from models.tabular import markdown_table

HEADERS = ("Sentence", "Claim", "Verdict", "Value", "Definition", "Evidence")
STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#171b21}"
    "h1{font-size:18px}p{margin:4px 0}p.sentence{margin-top:14px}p.other{margin-top:14px;color:#5b6471}"
    "p.claim{margin-left:24px;font-size:13px;color:#434b57}.definition{color:#5b6471}"
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
        lines += [f"  [{NOT_UNDERSTOOD}] {unread.text}: {unread.reason}" for unread in sentence.unread]
        lines.append("")
    silent = sum(not (sentence.claims or sentence.unread) for sentence in page.sentences)
    if silent:
        lines.append(f"In {plural(silent, 'more sentence')} there is nothing to check.")
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
    rows += [("" if rows else sentence.text, u.text, NOT_UNDERSTOOD, "", "", u.reason) for u in sentence.unread]
    return rows or [(sentence.text, "", NOT_A_CLAIM, "", "", "")]


def as_markdown(page: CheckPage) -> str:
    rows = [row for sentence in page.sentences for row in _rows(sentence)]
    notes = "".join(f"{note}\n\n" for note in page.notes)
    return f"# {heading(page)}\n\n{notes}{markdown_table(HEADERS, rows)}"


def as_html(page: CheckPage) -> str:
    """The article with its verdicts below each sentence as one page; every word of it is escaped."""
    title = html.escape(heading(page))
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in (summary(page), *page.notes))
    body = "\n".join(_block(sentence) for sentence in page.sentences)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body><h1>{title}</h1>{notes}\n{body}</body></html>\n"
    )


def _block(sentence: CheckedSentence) -> str:
    """One sentence with what is said of each of its claims."""
    head = "sentence" if sentence.claims or sentence.unread else "other"
    lines = [f'<p class="{head}">{html.escape(sentence.text)}</p>']
    for checked in sentence.claims:
        verdict = verdict_title(checked)
        shown = ", ".join(filter(None, (value_text(checked), checked.shown.definition)))
        lines.append(
            f'<p class="claim"><b>{html.escape(verdict[:1].upper() + verdict[1:])}</b>:'
            f" \u201c{html.escape(quoted(sentence.text, checked.claim))}\u201d<br>{html.escape(evidence(checked))}"
            + (f'<br><span class="definition">{html.escape(shown)}</span></p>' if shown else "</p>")
        )
    for unread in sentence.unread:
        said = f"\u201c{unread.text}\u201d; {unread.reason}"
        lines.append(f'<p class="claim"><b>Not understood</b>: {html.escape(said)}.</p>')
    return "".join(lines)
