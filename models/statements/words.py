"""The words of definitions, groups and positions, shared by sentences, headline and drawer."""

from datetime import date

from models.calc.splice import Definition
from models.formats import day, in_unit, month, plural, with_unit
from models.markets import Market
from models.names import MAIN_GROUP, Basis, Direction, Family, Group, Kind, Legs, Report, Scope
from models.statements.statement import Statement

GROUP_TITLES: dict[Group, str] = {
    Group.NONCOMMERCIAL: "Speculators",
    Group.COMMERCIAL: "Commercials",
    Group.NONREPORTABLE: "Small traders",
    Group.DEALER: "Dealers",
    Group.ASSET_MANAGER: "Asset managers",
    Group.LEVERAGED_FUNDS: "Leveraged funds",
    Group.OTHER_REPORTABLE: "Other reportables",
    Group.PRODUCER_MERCHANT: "Producers and merchants",
    Group.SWAP_DEALER: "Swap dealers",
    Group.MANAGED_MONEY: "Money managers",
}

FAMILY_TITLES: dict[Family, str] = {
    Family.LEGACY: "legacy report",
    Family.TFF: "financial traders report (TFF)",
    Family.DISAGG: "disaggregated report",
}

SCOPE_TITLES: dict[Scope, str] = {Scope.FUTURES: "futures only", Scope.COMBINED: "futures and options"}


NEAR_DAYS = 365
"""Within so many days of a report, a day says more than its month or year."""


def report_title(report: Report) -> str:
    return f"{FAMILY_TITLES[report.family]}, {SCOPE_TITLES[report.scope]}"


def short_report(report: Report, other: Report) -> str:
    """What tells a report from another in a word or two: `legacy`, `TFF`, `futures only`."""
    if report.family is other.family:
        return SCOPE_TITLES[report.scope]
    return "TFF" if report.family is Family.TFF else report.family.value.replace("disagg", "disaggregated")


def is_main_group(definition: Definition) -> bool:
    return definition.group is MAIN_GROUP[definition.report.family]


def subject(market: Market, group: Group) -> str:
    """`speculators in Russell 2000 futures`."""
    return f"{GROUP_TITLES[group].lower()} in {market.title} futures"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def basis_title(market: Market, definition: Definition) -> str:
    """How the net is measured, short: `contracts as reported`, `$50 contracts`."""
    match definition.basis:
        case Basis.CONTRACTS:
            return market.size_unit if definition.legs == Legs.ALL else "contracts as reported"
        case Basis.SIZE_ADJUSTED:
            return market.size_unit
        case Basis.SHARE_OF_OI:
            return "% of open interest"
        case Basis.NOTIONAL:
            return "US dollars"


def legs_title(definition: Definition) -> str:
    if definition.legs == Legs.LEAD:
        return "lead contract"
    return "all contracts" if definition.legs == Legs.ALL else f"code {definition.legs}"


def none_held(definition: Definition) -> str:
    """How a stretch without reports is spoken of; on all contracts it may lack only one of them."""
    return "Reports of every contract are not held" if definition.legs == Legs.ALL else "No reports are held"


def definition_title(market: Market, definition: Definition) -> str:
    """A definition in one line, for the evidence of a sentence."""
    return ", ".join(
        (
            f"CFTC {report_title(definition.report)}",
            GROUP_TITLES[definition.group].lower(),
            basis_title(market, definition),
            legs_title(definition),
        )
    )


def column_phrase(market: Market, definition: Definition, primary: Definition) -> str:
    """How a sentence says under which definition something holds: `in contracts`, `for leveraged funds`."""
    base = {
        Basis.CONTRACTS: "in contracts",
        Basis.SIZE_ADJUSTED: f"in {market.size_unit}",
        Basis.SHARE_OF_OI: "as a share of open interest",
        Basis.NOTIONAL: "in dollars",
    }[definition.basis]
    if definition.group is not primary.group:
        return f"for {GROUP_TITLES[definition.group].lower()}"
    return f"{base} over all contracts" if definition.legs == Legs.ALL else base


def failing_phrase(market: Market, definition: Definition, primary: Definition) -> str:
    """The same where it does not hold: `once contract size is counted`."""
    if definition.basis is Basis.SIZE_ADJUSTED and definition.group is primary.group:
        return "once contract size is counted"
    return column_phrase(market, definition, primary)


def net_words(value: float, unit: str) -> str:
    """`net long 7,542 contracts`, `net short 12.7% of open interest`, `neither net long nor net short`."""
    if value == 0:
        return "neither net long nor net short"
    return f"net {'long' if value > 0 else 'short'} {with_unit(abs(value), unit)}"


def net_bare(value: float, unit: str) -> str:
    """The same without the unit, where it has just been named."""
    return f"net {'long' if value > 0 else 'short'} {in_unit(abs(value), unit)}" if value else "flat"


def change_words(now: float, before: float, unit: str, when: str) -> str:
    """How a net has moved, by the size of its side: `75,816 less than a week before`, `against net short 837 …`.

    A net short that shrinks has risen, so that `up` would say the opposite of what a reader takes from it.
    """
    if now == before:
        return f"the same as {when}"
    if now * before <= 0:
        return f"against {net_bare(before, unit)} {when}"
    size = with_unit(abs(now - before), unit, is_change=True)
    if unit != "% of OI":
        size = in_unit(abs(now - before), unit)
    return f"{size} {'more' if abs(now) > abs(before) else 'less'} than {when}"


def since_when(since: date, report: date) -> str:
    """`2 Jun 2026`; more than a year before the report the month is enough: `May 2011`."""
    return day(since) if (report - since).days < NEAR_DAYS else month(since)


def superlative(kind: Kind, direction: Direction) -> str:
    """`largest rise`, `lowest net position`, `longest run of falls`."""
    rising = direction is Direction.UP
    match kind:
        case Kind.SWING:
            return "largest rise" if rising else "largest fall"
        case Kind.LEVEL:
            return "highest net position" if rising else "lowest net position"
        case Kind.STREAK:
            return "longest run of rises" if rising else "longest run of falls"
        case _:
            raise ValueError(f"{kind} has no superlative")


def holes_words(statement: Statement) -> str:
    """`2 holes`, stretches without reports in what a claim that holds is about; "" where there are none."""
    return plural(statement.holes_within, "hole") if statement.holes_within else ""


def sample_words(statement: Statement) -> str:
    """`of 30 reports since Jan 2024, 2 holes` where a record rests on a sample with holes, else ""."""
    holes = holes_words(statement)
    if not holes or statement.since is not None:
        return holes
    return f"of {plural(statement.observations, 'report')} since {month(statement.sample_start)}, {holes}"


def joined(parts: list[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}"
