"""An article checked: its sentences, the claims in them and what the public data say, as known on its day."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from models.calendars import NEW_YORK, end_of_day
from models.check.claims import Parsed, ParsedClaim, Unread
from models.check.context import Context
from models.check.findings import ArticleVerdict, CheckedClaim
from models.check.grammar import is_topical, parse
from models.check.language import is_english
from models.check.text import read
from models.check.verdicts import Checker
from models.formats import day, plural
from models.names import Verdict
from models.pages.check_evidence import evidence_of, line
from models.pages.choice import Choice
from models.reader import Reader
from models.statements.evidence import Evidence

MOST_CLAIMS = 120
"""An article has far fewer; what comes after so many is not checked, and that is said."""
MOST_READ = 200
"""So many sentences that speak of markets at all are read; a text with more is no article either."""

VERDICT_TITLES: dict[ArticleVerdict, str] = {
    ArticleVerdict.SUPPORTED: "supported",
    ArticleVerdict.ONE_DEFINITION: "supported under some definitions only",
    ArticleVerdict.NOT_SUPPORTED: "not supported",
    ArticleVerdict.CANNOT_BE_SHOWN: "cannot be shown with the data at hand",
}
ONLY_ONE = "supported under one definition only"
NOT_A_CLAIM = "not a checkable claim"
NOT_UNDERSTOOD = "not understood"
ONLY_ENGLISH = "this is not in English; only English is read"
_SAMPLE_OF_LANGUAGE = 20_000
"""So many characters tell in which language a text is."""


SAMPLE = """Hedge funds and other large speculators are net long Russell 2000 futures, and over two weeks their \
position has made the largest swing on record. Two weeks earlier they were net short. Leveraged funds are the most \
bullish on small caps since February.

The Russell 2000 has beaten the S&P 500 this month, after it trailed by almost 7 percentage points from January to \
May. Bank shares have risen in seven of the last nine days. Financial companies make up almost a third of the \
small-cap index, almost twice as much as in the S&P 500.

Credit spreads are narrowing. Small-cap profits are growing at half the pace of the S&P 500, and leverage is near its \
highest ever. Asset managers hold the largest net long position in ten-year notes in a year.

Small caps could rise further next year. The mood has turned, and few would have expected it."""
"""A short text of our own, shown until another is pasted; what of it holds depends on the day."""


@dataclass(frozen=True)
class CheckChoice:
    """What is selected on the page: the text ("" for the sample) and its day, None for the day of the desk."""

    text: str = ""
    date: dt.date | None = None


@dataclass(frozen=True)
class CheckedSentence:
    """A sentence with its place in the plain text, its claims, and what in it was not understood."""

    text: str
    start: int
    end: int
    claims: tuple[CheckedClaim, ...]
    unread: tuple[Unread, ...]
    evidence: tuple[Evidence, ...] = ()
    """That of each claim, where it was asked for."""
    paragraph: int = 0


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


def build(
    reader: Reader, text: str, date: dt.date, now: datetime | None = None, *, with_evidence: bool = False
) -> CheckPage:
    """Checks every sentence of a text. With `now` nothing is used that became known later than that."""
    as_of = end_of_day(date) if now is None else min(now, end_of_day(date))
    article = read(text)
    checker = Checker(reader, as_of)
    context = Context(date)
    known: dict[ParsedClaim, CheckedClaim] = {}
    sentences: list[CheckedSentence] = []
    notes = list(article.notes)
    count = was_read = 0
    is_foreign = not is_english(article.plain[:_SAMPLE_OF_LANGUAGE])
    has_foreign = is_foreign
    for number, sentence in enumerate(article.sentences):
        is_topic = is_topical(sentence.text)
        was_read += is_topic
        if count >= MOST_CLAIMS or was_read > MOST_READ:
            notes.append(_cut(number, len(article.sentences)))
            break
        if is_foreign or not is_english(sentence.text):
            has_foreign = True
            parsed = Parsed((), (Unread(sentence.text, ONLY_ENGLISH),) if is_topic else ())
        else:
            parsed, context = parse(sentence.text, context)
        claims = tuple(_checked(checker, claim, known) for claim in parsed.claims)
        count += len(claims)
        shown = _evidence(checker, reader, sentence.text, claims) if with_evidence else ()
        place = (sentence.text, sentence.start, sentence.end)
        sentences.append(CheckedSentence(*place, claims, parsed.unread, shown, sentence.paragraph))
    if not sentences:
        notes.append("There is no text to check.")
    elif has_foreign:
        notes.append(f"{'This text' if is_foreign else 'Some of this text'} is not in English; only English is read.")
    elif not count:
        notes.append("No sentence makes a claim that can be checked. The reader knows English wordings only.")
    return CheckPage(date, as_of, article.plain, tuple(sentences), tuple(notes))


def page(reader: Reader, choice: Choice) -> CheckPage:
    """The page as the window shows it: never later than the desk's moment."""
    options = choice.on_page(CheckChoice)
    today = choice.as_of.astimezone(NEW_YORK).date()
    return build(reader, options.text or SAMPLE, options.date or today, choice.as_of, with_evidence=True)


def summary(of: CheckPage) -> str:
    """The page's sentence: how many claims, and how they fare."""
    if not of.claims:
        return "Nothing in this text can be checked."
    order = list(VERDICT_TITLES)
    counts = Counter(map(verdict_title, sorted(of.claims, key=lambda claim: order.index(claim.verdict))))
    parts = [f"{count} {title}" for title, count in counts.items()]
    return f"{plural(len(of.claims), 'claim')}: {', '.join(parts)}."


def verdict_title(checked: CheckedClaim) -> str:
    """The verdict in words; whether one definition supports the claim or several of them."""
    holding = sum(finding.verdict is Verdict.TRUE for finding in checked.findings)
    is_one = checked.verdict is ArticleVerdict.ONE_DEFINITION and holding == 1
    return ONLY_ONE if is_one else VERDICT_TITLES[checked.verdict]


def notes_on(sentence: CheckedSentence) -> tuple[str, ...]:
    """What is said below a sentence: each claim's verdict with its figure, then what was not understood."""
    verdicts = (line(claim, verdict_title(claim)) for claim in sentence.claims)
    unread = (f"Not understood: \u201c{one.text}\u201d; {one.reason}" for one in sentence.unread)
    return (*verdicts, *unread)


def _cut(done: int, of: int) -> str:
    return f"Only the first {done:,} of {of:,} sentences were checked; the text is longer than an article."


def _checked(checker: Checker, claim: ParsedClaim, known: dict[ParsedClaim, CheckedClaim]) -> CheckedClaim:
    """A claim made twice is checked once."""
    bare = replace(claim, text="", start=0, end=0)
    if bare not in known:
        known[bare] = checker.check(claim)
    return replace(known[bare], claim=claim)


def _evidence(checker: Checker, reader: Reader, text: str, claims: tuple[CheckedClaim, ...]) -> tuple[Evidence, ...]:
    return tuple(evidence_of(text, claim, verdict_title(claim), reader, checker.books) for claim in claims)


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
        against = next((f for f in checked.findings if f.verdict is Verdict.FALSE), None)
        parts += [f"Not so under another definition: {against.sentence}"] if against else []
    if checked.claim.is_negated:
        parts.append("The sentence denies it.")
    limit = checked.claim.limit
    if limit is not None and limit.since is not None and checked.shown.reason != "sample_too_short":
        parts.append(f"The claim goes back to {day(limit.since)}.")
    if checked.claim.assumed:
        parts.append(f"Read as: {'; '.join(checked.claim.assumed)}.")
    return " ".join(parts)
