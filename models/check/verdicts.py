"""From a claim to its verdict, by way of the machinery of its kind."""

from collections.abc import Callable, Iterable
from datetime import datetime

from models.check import credit_findings, fund_findings, position_findings, return_findings
from models.check.claims import ClaimKind, ParsedClaim
from models.check.findings import CheckedClaim, Finding, decide
from models.pages.shelf import Shelf
from models.reader import Reader


class Checker:
    """Checks claims as of one moment; what it reads of funds' holdings is kept between claims."""

    def __init__(self, reader: Reader, as_of: datetime) -> None:
        self._reader = reader
        self._as_of = as_of
        self._shelf = Shelf(reader)
        self.books = position_findings.Books(reader, as_of)

    def check(self, claim: ParsedClaim) -> CheckedClaim:
        return decide(claim, self._findings(claim))

    def _findings(self, claim: ParsedClaim) -> Iterable[Finding]:
        reader, moment = self._reader, self._as_of
        if claim.kind.is_of_positions:
            return position_findings.findings(self.books, claim)
        makers: dict[ClaimKind, Callable[[], Iterable[Finding]]] = {
            ClaimKind.PERFORMANCE: lambda: return_findings.performance(reader, claim, moment),
            ClaimKind.RELATIVE: lambda: return_findings.relative(reader, claim, moment),
            ClaimKind.DAYS: lambda: return_findings.days(reader, claim, moment),
            ClaimKind.SECTOR_SHARE: lambda: fund_findings.sectors(claim, moment, self._shelf),
            ClaimKind.SECTOR_RATIO: lambda: fund_findings.sectors(claim, moment, self._shelf),
            ClaimKind.SPREAD: lambda: credit_findings.credit(reader, claim, moment),
            ClaimKind.GROWTH: lambda: fund_findings.earnings(reader, claim, moment),
            ClaimKind.GROWTH_COMPARISON: lambda: fund_findings.earnings(reader, claim, moment),
            ClaimKind.LEVERAGE: lambda: fund_findings.leverage(reader, claim, moment, self._shelf),
        }
        return makers[claim.kind]()
