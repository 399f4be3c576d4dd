"""What a rule says in words, and the choices of which a rule is made."""

from models.formats import decimal, ordinal
from models.markets import UnknownMarket, market
from models.names import Basis, Group, Report
from models.series import UnknownSeries, credit_series
from models.watch import OF_CREDIT, OF_POSITIONS, Measure, Rule, RuleKind

KIND_TITLES: dict[RuleKind, str] = {
    RuleKind.CROSSES_ZERO: "Net position crosses zero",
    RuleKind.SWING_IN_TOP: "Swing among the largest",
    RuleKind.EXTREME_LEVEL: "Highest or lowest net position",
    RuleKind.MEASURE_ABOVE: "Measure above a value",
    RuleKind.MEASURE_BELOW: "Measure below a value",
    RuleKind.CREDIT_ABOVE: "Credit series above a percentile",
    RuleKind.CREDIT_BELOW: "Credit series below a percentile",
    RuleKind.NEW_REPORT: "A new report is held",
    RuleKind.SOURCE_LATE: "A source is late",
}
MEASURE_TITLES: dict[Measure, str] = {
    Measure.COT_INDEX: "COT index",
    Measure.PERCENTILE: "percentile",
    Measure.Z_SCORE: "z-score",
}
BASIS_TITLES: dict[Basis, str] = {
    Basis.CONTRACTS: "contracts as reported",
    Basis.SIZE_ADJUSTED: "contracts of one size",
    Basis.SHARE_OF_OI: "share of open interest",
    Basis.NOTIONAL: "US dollars",
}


def rule_title(rule: Rule) -> str:
    """`Russell 2000, leveraged funds: net position crosses zero`."""
    if rule.kind in OF_POSITIONS:
        return f"{_market(rule.market)}, {_who(rule)}: {_event(rule)}"
    if rule.kind in OF_CREDIT:
        return f"{_series(rule.series)} {_side(rule)} its {ordinal(round(rule.threshold))} percentile"
    if rule.kind is RuleKind.NEW_REPORT:
        return "A new report is held" if rule.report is None else f"A new report is held ({_report(rule.report)})"
    return f"{rule.source or 'Any source'} is late"


def rule_definition(rule: Rule) -> str:
    """How a rule on positions measures; empty for the others."""
    if rule.kind not in OF_POSITIONS:
        return ""
    report = "the market's main report" if rule.report is None else _report(rule.report)
    return f"{report}, {BASIS_TITLES[rule.basis]}"


def _event(rule: Rule) -> str:
    match rule.kind:
        case RuleKind.SWING_IN_TOP:
            return f"swing of {rule.window} reports in the top {rule.top}"
        case RuleKind.EXTREME_LEVEL:
            return f"highest or lowest in more than {rule.top} reports"
        case RuleKind.MEASURE_ABOVE | RuleKind.MEASURE_BELOW:
            measure = MEASURE_TITLES[rule.measure]
            return f"{measure} over {rule.window} reports {_side(rule)} {decimal(rule.threshold, 1)}"
        case _:
            return "net position crosses zero"


def _side(rule: Rule) -> str:
    return "above" if rule.kind in (RuleKind.MEASURE_ABOVE, RuleKind.CREDIT_ABOVE) else "below"


def _market(name: str) -> str:
    try:
        return market(name).title
    except UnknownMarket:
        return name


def _series(name: str) -> str:
    try:
        return credit_series(name).title
    except UnknownSeries:
        return name


def _who(rule: Rule) -> str:
    return "speculators" if rule.group is None else group_title(rule.group).lower()


def group_title(group: Group) -> str:
    from models.statements.words import GROUP_TITLES  # loads numpy

    return GROUP_TITLES[group]


def _report(report: Report) -> str:
    from models.statements.words import report_title

    return report_title(report)
