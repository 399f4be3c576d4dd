"""An article checked: its sentences, the claims in them and what the public data say, as known on its day."""

import datetime as dt
from dataclasses import dataclass, replace
from datetime import datetime

from models.calendars import end_of_day
from models.check.claims import ParsedClaim, Unread
from models.check.context import Context
from models.check.findings import ArticleVerdict, CheckedClaim
from models.check.grammar import is_topical, parse
from models.check.text import read
from models.check.verdicts import Checker
from models.formats import day
from models.reader import Reader

MOST_CLAIMS = 120
"""An article has far fewer; what comes after so many is not checked, and that is said."""
MOST_READ = 300
"""So many sentences that speak of markets at all are read; a text with more is no article either."""

VERDICT_TITLES: dict[ArticleVerdict, str] = {
    ArticleVerdict.SUPPORTED: "supported",
    ArticleVerdict.ONE_DEFINITION: "supported under one definition only",
    ArticleVerdict.NOT_SUPPORTED: "not supported",
    ArticleVerdict.CANNOT_BE_SHOWN: "cannot be shown with public data",
}
NOT_A_CLAIM = "not a checkable claim"


@dataclass(frozen=True)
class CheckedSentence:
    """A sentence with its place in the plain text, its claims, and what in it was not understood."""

    text: str
    start: int
    end: int
    claims: tuple[CheckedClaim, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True)
class CheckPage:
    """An article as known at `as_of`, the end of its day or now, whichever is earlier.

    `plain` is the text without markup. `notes` say what was left out or not checked.
    """

    date: dt.date
    as_of: datetime
    plain: str
    sentences: tuple[CheckedSentence, ...]
    notes: tuple[str, ...]

    @property
    def claims(self) -> tuple[CheckedClaim, ...]:
        return tuple(claim for sentence in self.sentences for claim in sentence.claims)


def build(reader: Reader, text: str, date: dt.date, now: datetime | None = None) -> CheckPage:
    """Checks every sentence of a text. With `now` nothing is used that became known later than that."""
    as_of = end_of_day(date) if now is None else min(now, end_of_day(date))
    article = read(text)
    checker = Checker(reader, as_of)
    context = Context(date)
    known: dict[ParsedClaim, CheckedClaim] = {}
    sentences: list[CheckedSentence] = []
    notes = list(article.notes)
    count = was_read = 0
    for number, sentence in enumerate(article.sentences):
        was_read += is_topical(sentence.text)
        if count >= MOST_CLAIMS or was_read > MOST_READ:
            notes.append(_cut(number, len(article.sentences)))
            break
        parsed, context = parse(sentence.text, context)
        claims = tuple(_checked(checker, claim, known) for claim in parsed.claims)
        count += len(claims)
        sentences.append(CheckedSentence(sentence.text, sentence.start, sentence.end, claims, parsed.unread))
    if not sentences:
        notes.append("There is no text to check.")
    elif not count:
        notes.append("No sentence makes a claim that can be checked. The reader knows English wordings only.")
    return CheckPage(date, as_of, article.plain, tuple(sentences), tuple(notes))


def _cut(done: int, of: int) -> str:
    return f"Only the first {done:,} of {of:,} sentences were checked; the text is longer than an article."


def _checked(checker: Checker, claim: ParsedClaim, known: dict[ParsedClaim, CheckedClaim]) -> CheckedClaim:
    """A claim made twice is checked once."""
    bare = replace(claim, text="", start=0, end=0)
    if bare not in known:
        known[bare] = checker.check(claim)
    return replace(known[bare], claim=claim)


def record(page: CheckPage) -> dict[str, object]:
    """What `check` says in JSON."""
    return {
        "date": page.date,
        "as_of": page.as_of,
        "notes": list(page.notes),
        "sentences": [
            {
                "text": sentence.text,
                "claims": [claim_record(claim) for claim in sentence.claims],
                "not_understood": [{"text": unread.text, "reason": unread.reason} for unread in sentence.unread],
            }
            for sentence in page.sentences
        ],
    }


def claim_record(checked: CheckedClaim) -> dict[str, object]:
    shown = checked.shown
    return {
        "text": checked.claim.text,
        "kind": checked.claim.kind.family,
        "verdict": checked.verdict,
        "value": shown.value,
        "unit": shown.unit or None,
        "definition": shown.definition or None,
        "evidence": evidence(checked),
        "definitions": [
            {
                "definition": found.definition or None,
                "verdict": found.verdict,
                "value": found.value,
                "unit": found.unit or None,
                "evidence": found.sentence,
            }
            for found in checked.findings
        ],
    }


def evidence(checked: CheckedClaim) -> str:
    """The sentence of the finding that decides, a counter-example where definitions disagree, and what was assumed."""
    parts = [checked.shown.sentence]
    if checked.verdict is ArticleVerdict.ONE_DEFINITION:
        against = next(f for f in checked.findings if f.verdict.value == "false")
        parts.append(f"Not so under another definition: {against.sentence}")
    if checked.claim.is_negated:
        parts.append("The sentence denies it.")
    if checked.claim.limit is not None and checked.claim.limit.since is not None:
        parts.append(f"The claim goes back to {day(checked.claim.limit.since)}.")
    if checked.claim.assumed:
        parts.append(f"Read as: {'; '.join(checked.claim.assumed)}.")
    return " ".join(parts)
