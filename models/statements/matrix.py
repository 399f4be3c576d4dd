"""The claim matrix: every claim of the week under every definition."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from models.calc.splice import Definition, Series
from models.markets import Market
from models.names import MAIN_GROUP, Basis, Family, Group, Legs, Report, Scope, Verdict
from models.statements.judge import judge, not_shown
from models.statements.statement import Claim, Statement

SeriesOf = Callable[[Definition], Series]


@dataclass(frozen=True)
class ClaimRow:
    """One claim and what each definition says of it, the definition it was found under first."""

    claim: Claim
    statements: tuple[Statement, ...]

    @property
    def primary(self) -> Statement:
        return next(s for s in self.statements if s.definition == self.claim.primary)

    def under(self, definition: Definition) -> Statement | None:
        return next((s for s in self.statements if s.definition == definition), None)


@dataclass(frozen=True)
class Matrix:
    """Rows are claims, the most unusual first; `columns` are the definitions shown, the rest stand in the drawer."""

    market: Market
    primary: Definition
    columns: tuple[Definition, ...]
    rows: tuple[ClaimRow, ...]


def speculators(market: Market) -> tuple[tuple[Report, Group], ...]:
    """The groups that stand for speculators in a market's reports, the press's own first."""
    family = market.main_family
    pairs = [(Report.LEGACY_FUTURES, Group.NONCOMMERCIAL)]
    if family is not Family.LEGACY:
        pairs += [(Report.of(family, scope), MAIN_GROUP[family]) for scope in (Scope.COMBINED, Scope.FUTURES)]
    return tuple(pairs)


def definitions(market: Market) -> tuple[Definition, ...]:
    """All definitions under which a claim on a market is judged."""
    legs = (Legs.LEAD, Legs.ALL) if len(market.codes) > 1 else (Legs.LEAD,)
    return tuple(
        Definition(market.name, report, group, basis, leg)
        for report, group in speculators(market)
        for leg in legs
        for basis in Basis
        if leg is Legs.LEAD or basis is not Basis.CONTRACTS
    )


def columns(market: Market, primary: Definition) -> tuple[Definition, ...]:
    """The definitions shown side by side: the primary group on three bases, then the other kind of speculators."""
    own = [
        Definition(market.name, primary.report, primary.group, basis, primary.legs)
        for basis in (Basis.CONTRACTS, Basis.SIZE_ADJUSTED, Basis.SHARE_OF_OI)
        if basis is not Basis.SIZE_ADJUSTED or market.is_resized
    ]
    others = [(report, group) for report, group in speculators(market) if group is not primary.group]
    basis = Basis.SIZE_ADJUSTED if market.is_resized else Basis.CONTRACTS
    return tuple(own + [Definition(market.name, report, group, basis) for report, group in others[:1]])


def matrix(market: Market, primary: Definition, claims: tuple[Claim, ...], series_of: SeriesOf) -> Matrix:
    """Judges each claim under each definition; a definition without any report held has no cell."""
    order = tuple(dict.fromkeys((primary, *definitions(market))))
    rows = tuple(judged(claim, order, series_of) for claim in claims)
    return Matrix(market, primary, columns(market, primary), rows)


def judged(claim: Claim, order: tuple[Definition, ...], series_of: SeriesOf) -> ClaimRow:
    """One claim under each of these definitions."""
    cells = [judge(claim, series_of(d)) or not_shown(claim, d, series_of(in_contracts(d))) for d in order]
    return ClaimRow(claim, tuple(s for s in cells if s is not None))


def in_contracts(definition: Definition) -> Definition:
    """The definition whose sample a figure that cannot be computed would have been judged on."""
    basis = Basis.SIZE_ADJUSTED if definition.legs == Legs.ALL else Basis.CONTRACTS
    return replace(definition, basis=basis)


def holding(row: ClaimRow, shown: tuple[Definition, ...]) -> tuple[list[Statement], list[Statement]]:
    """The shown definitions under which a claim holds, and those under which it does not."""
    cells = [s for d in shown if (s := row.under(d)) is not None]
    return [s for s in cells if s.verdict is Verdict.TRUE], [s for s in cells if s.verdict is Verdict.FALSE]
