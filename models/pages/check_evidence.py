"""The evidence of a checked claim, as the drawer shows it: its figure, rank and rows, and every other definition."""

import re
from dataclasses import replace

from models.check.claims import ParsedClaim
from models.check.findings import ArticleVerdict, CheckedClaim, Finding
from models.check.position_findings import Books
from models.check.values import Unit
from models.formats import DASH, day, decimal, in_unit, month, ordinal, percent, plural
from models.markets import market
from models.names import Direction, Kind, Legs, Verdict
from models.reader import Reader
from models.statements.drawer import evidence as drawer
from models.statements.evidence import Evidence, OtherDefinition
from models.statements.judge import judge
from models.statements.matrix import ClaimRow
from models.statements.sector_claims import UNIT as SHARE_OF_EQUITY
from models.statements.statement import Claim, Statement
from models.statements.words import GROUP_TITLES, basis_title, capital, net_bare, report_title

_PLACES = {"%": 2, "points": 2, "times": 2, "times EBITDA": 1, "index": 2, "ratio": 4}


_TENTHS_FROM = 20
"""From here on a tenth is fine enough for a figure that was claimed."""
_BREAKS = re.compile(r"[,;:]\s|\s[\u2014\u2013]\s|--")
_JOINTS = re.compile(r"^(?:and|but|while|whereas|after|although|though|which|who|with)\s+", re.IGNORECASE)


def quoted(sentence: str, claim: ParsedClaim) -> str:
    """The clause of a sentence in which a claim stands."""
    before = [found.end() for found in _BREAKS.finditer(sentence, 0, claim.start)]
    after = _BREAKS.search(sentence, claim.end)
    clause = sentence[before[-1] if before else 0 : after.start() if after else len(sentence)]
    return _JOINTS.sub("", clause.strip()).rstrip(".!\u2026\"'\u201d ")


def evidence_of(sentence: str, checked: CheckedClaim, verdict: str, reader: Reader, books: Books) -> Evidence:
    """The drawer of one claim of a sentence; `verdict` in words, for people."""
    made = _of_statement(checked, reader, books) or _of_position(checked, reader, books) or _plain(checked)
    others = tuple(_other(found, checked.shown) for found in checked.findings if found is not checked.shown)
    sample = (*_read_as(checked), *made.sample)
    return replace(made, claim=quoted(sentence, checked.claim), verdict=verdict, others=others, sample=sample)


def _of_statement(checked: CheckedClaim, reader: Reader, books: Books) -> Evidence | None:
    """Rank, strip and rows of a claim about positions; None where no figure of the report is held."""
    shown = checked.shown.statement
    if shown is None or shown.value is None:
        return None
    book = books.of(shown.definition.market)
    made = drawer(book.market, ClaimRow(shown.claim, (shown,)), shown, book.series(shown.definition), reader.provenance)
    return replace(made, definition=(checked.shown.sentence, *made.definition))


def _of_position(checked: CheckedClaim, reader: Reader, books: Books) -> Evidence | None:
    """The figure itself, among all reports, with its rows and sources."""
    found = checked.shown
    if found.position is None or found.value is None:
        return None
    definition, report = found.position
    book = books.of(definition.market)
    series = book.series(definition)
    side = Direction.UP if found.value > 0 else Direction.DOWN
    shown = judge(Claim(Kind.SIGN, side, report, definition), series)
    if shown is None or shown.value is None:
        return None
    made = drawer(book.market, ClaimRow(shown.claim, (shown,)), shown, series, reader.provenance)
    return replace(
        made,
        lead=_number(found),
        lead_note="; ".join(filter(None, (_unit(found), claimed(checked)))),
        definition=(found.sentence, *made.definition),
        sentence=found.sentence,
    )


def _plain(checked: CheckedClaim) -> Evidence:
    """The figure of a claim that is not ranked, with the sentence that says what the data show."""
    shown = checked.shown
    named = f"Definition: {shown.definition}." if shown.definition else ""
    return Evidence(
        claim="",
        verdict="",
        lead=_number(shown),
        lead_note="; ".join(filter(None, (_unit(shown), claimed(checked)))),
        strip=None,
        definition=tuple(filter(None, (shown.sentence, named))),
        table_title="",
        headers=(),
        rows=(),
        others=(),
        sample=(),
        sources=(),
        sentence=f"{shown.sentence} {named}".strip(),
        export_headers=(),
        export_rows=(),
    )


def claimed(checked: CheckedClaim) -> str:
    """What the sentence says, to stand beside the figure."""
    amount, claim = checked.claim.amount, checked.claim
    if claim.hits is not None and claim.length is not None:
        return f"claimed: {claim.hits} of {claim.length}"
    if amount is None:
        return "" if checked.shown.value is not None else "no figure at hand"
    hedge = f"{amount.hedge} " if amount.hedge else ""
    if amount.unit is Unit.USD:
        return f"claimed: {hedge}{in_unit(amount.value, 'USD')}"
    is_fine = round(amount.value, 1) != amount.value and amount.value < _TENTHS_FROM
    value = decimal(amount.value, 0 if amount.value == int(amount.value) else 2 if is_fine else 1)
    return f"claimed: {hedge}{value} {amount.unit}".strip()


def _number(found: Finding) -> str:
    if found.unit == "%":
        return percent(found.value, 2, signed=True)
    if found.unit == SHARE_OF_EQUITY:
        return percent(found.value)
    if found.unit in _PLACES:
        return decimal(found.value, _PLACES[found.unit], signed=found.unit == "points")
    if found.unit in ("sessions", "years", "bp"):
        return decimal(found.value, 0, signed=found.unit == "bp")
    is_change = found.statement is not None and found.statement.kind is Kind.SWING
    return in_unit(found.value, found.unit, signed=True, is_change=is_change)


def _unit(found: Finding) -> str:
    """What follows the number; nothing where the number itself has it."""
    if found.value is None or found.unit in ("%", "USD"):
        return ""
    return {"% of OI": "of open interest", SHARE_OF_EQUITY: "of equity"}.get(found.unit, found.unit)


def figure(found: Finding) -> str:
    """The computed value with its unit, short."""
    return DASH if found.value is None else f"{_number(found)} {_unit(found)}".strip()


def line(checked: CheckedClaim, verdict: str) -> str:
    """A claim's verdict and its figure in one line, to stand below the sentence."""
    statement = checked.shown.statement
    parts = [figure(checked.shown)] if checked.shown.value is not None else []
    if parts and checked.shown.date is not None:
        parts[0] = f"{parts[0]} on {day(checked.shown.date)}"
    if checked.verdict is ArticleVerdict.NOT_SUPPORTED and (against := _against(statement)):
        parts.append(against)
    elif statement is not None and statement.rank is not None and statement.value is not None:
        parts.append(f"{ordinal(statement.rank)} of {statement.of:,} since {month(statement.sample_start)}")
    elif checked.verdict is ArticleVerdict.CANNOT_BE_SHOWN and checked.shown.value is None:
        parts.append(checked.shown.sentence)
    elif said := claimed(checked):
        parts.append(said)
    return ": ".join(filter(None, (capital(verdict), ", ".join(parts))))


def _against(statement: Statement | None) -> str:
    """The report, within the time that was claimed, which stands against a superlative."""
    if statement is None or statement.refuted_by is None or statement.kind not in (Kind.LEVEL, Kind.SWING):
        return ""
    found, unit = statement.refuted_by, statement.unit
    if statement.kind is Kind.SWING:
        return f"against {in_unit(found.value, unit, signed=True, is_change=True)} to {day(found.date)}"
    return f"against {net_bare(found.value, unit)} on {day(found.date)}"


def _mark(found: Finding) -> str:
    if found.verdict in (Verdict.TRUE, Verdict.FALSE):
        return found.verdict.value
    return "short" if found.reason == "sample_too_short" else "missing"


def _other(found: Finding, shown: Finding) -> OtherDefinition:
    statement = found.statement
    result = figure(found) if found.value is not None else "no data"
    if statement is not None and statement.rank is not None:
        result = f"{ordinal(statement.rank)} of {statement.of:,}"
    name = _name(statement, shown.statement) if statement is not None else capital(found.definition or found.sentence)
    return OtherDefinition(_mark(found), name, result)


def _name(statement: Statement, shown: Statement | None) -> str:
    """A definition in few words: what differs from the one that is shown."""
    definition, of = statement.definition, market(statement.definition.market)
    parts = [basis_title(of, definition)]
    if definition.legs == Legs.ALL:
        parts.append("all contracts")
    if statement.claim.window:
        parts.append(plural(statement.claim.window, "report"))
    if shown is None or definition.report is not shown.definition.report:
        scope = report_title(definition.report).replace("financial traders report (TFF)", "TFF")
        parts = [GROUP_TITLES[definition.group], *parts, scope]
    return capital(", ".join(parts))


def _read_as(checked: CheckedClaim) -> tuple[str, ...]:
    claim = checked.claim
    lines = []
    if claim.is_negated:
        lines.append("The sentence denies it.")
    if claim.limit is not None and claim.limit.since is not None:
        lines.append(f"The claim goes back to {day(claim.limit.since)}.")
    if claim.assumed:
        lines.append(f"Read as: {'; '.join(claim.assumed)}.")
    return tuple(lines)
