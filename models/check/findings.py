"""What one definition says of a claim, and the verdict over all of them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from models.calc.splice import Definition
from models.check.claims import ParsedClaim
from models.names import Verdict
from models.statements.statement import Statement
from models.statements.words import joined


class ArticleVerdict(StrEnum):
    """Named as on the command line."""

    SUPPORTED = "supported"
    ONE_DEFINITION = "supported_one_definition"
    NOT_SUPPORTED = "not_supported"
    CANNOT_BE_SHOWN = "cannot_be_shown"


@dataclass(frozen=True)
class Finding:
    """A claim under one definition: `value` in `unit`, and a sentence that says what the data show.

    `statement` is there where the claim is one about positions that is ranked, `position` the definition and report
    of a bare figure. `is_proxy` where it is of something that only stands for what is spoken of. `reason` says why a
    verdict is unknown.
    """

    verdict: Verdict
    definition: str
    sentence: str
    value: float | None = None
    unit: str = ""
    reason: str = ""
    statement: Statement | None = None
    position: tuple[Definition, date] | None = None
    is_proxy: bool = False

    @property
    def date(self) -> date | None:
        """The report that the value is of; None where it is no position."""
        if self.statement is not None:
            return self.statement.claim.date
        return self.position[1] if self.position is not None else None


@dataclass(frozen=True)
class CheckedClaim:
    """A claim with its verdict; `shown` is the finding that decides it, `findings` those of every definition."""

    claim: ParsedClaim
    verdict: ArticleVerdict
    shown: Finding
    findings: tuple[Finding, ...]


_INVERSE = {Verdict.TRUE: Verdict.FALSE, Verdict.FALSE: Verdict.TRUE, Verdict.UNKNOWN: Verdict.UNKNOWN}


def unknown(definition: str, sentence: str, reason: str = "no_data") -> Finding:
    return Finding(Verdict.UNKNOWN, definition, sentence, reason=reason)


def to_refresh(*sources: str) -> str:
    """What to do about data that are public and not held."""
    return f"Refresh {joined(list(dict.fromkeys(sources)), 'or')}."


def decide(claim: ParsedClaim, findings: Iterable[Finding]) -> CheckedClaim:
    """The verdict over the definitions that a sentence leaves open; those that cannot be computed do not count.

    A denied claim is supported where the claim itself is not. A proxy can support a claim, as one definition; what it
    does not support stays open. `findings` must not be empty.
    """
    made = tuple(_weighed(_turned(finding) if claim.is_negated else finding) for finding in findings)
    holding = [f for f in made if f.verdict is Verdict.TRUE]
    failing = [f for f in made if f.verdict is Verdict.FALSE]
    if holding:
        is_partial = bool(failing) or all(finding.is_proxy for finding in holding)
        verdict = ArticleVerdict.ONE_DEFINITION if is_partial else ArticleVerdict.SUPPORTED
    else:
        verdict = ArticleVerdict.NOT_SUPPORTED if failing else ArticleVerdict.CANNOT_BE_SHOWN
    return CheckedClaim(claim, verdict, (holding or failing or list(made))[0], made)


def _weighed(finding: Finding) -> Finding:
    if finding.is_proxy and finding.verdict is Verdict.FALSE:
        return replace(finding, verdict=Verdict.UNKNOWN, value=None, unit="", reason="no_data")
    return finding


def _turned(finding: Finding) -> Finding:
    return replace(finding, verdict=_INVERSE[finding.verdict])
