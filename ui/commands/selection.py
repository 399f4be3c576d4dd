"""From the names on the command line to a choice; an unknown name is a usage error that offers the known ones."""

import argparse
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from models.calc.splice import Series
from models.formats import plural
from models.markets import Market, UnknownMarket, market
from models.names import GROUPS, Basis, Group, Legs, Report
from models.pages.choice import Choice
from ui.commands.context import Context, UsageError

T = TypeVar("T", bound=StrEnum)


def named(kind: type[T], text: str, what: str, among: Sequence[T] | None = None) -> T:
    known = tuple(among if among is not None else kind)
    found = next((item for item in known if item.value == text), None)
    if found is None:
        raise UsageError(f"There is no {what} {text!r}. Known: {', '.join(item.value for item in known)}.")
    return found


def market_named(name: str) -> Market:
    try:
        return market(name)
    except UnknownMarket as error:
        raise UsageError(str(error)) from error


def selected(args: argparse.Namespace, context: Context) -> Choice:
    """The choice of `--market --report --group --basis --legs`."""
    of = market_named(args.market)
    report = None if args.report is None else named(Report, args.report, "report")
    group = None
    if args.group is not None:
        group = named(Group, args.group, "group")
        if report is None:
            report = next((r for r in Report if group in GROUPS[r.family] and r.family in _families(of)), None)
            report = report or next(r for r in Report if group in GROUPS[r.family])
        elif group not in GROUPS[report.family]:
            known = ", ".join(GROUPS[report.family])
            raise UsageError(f"The report {report} has no group {group}. Known there: {known}.")
    basis = named(Basis, args.basis, "basis")
    if args.legs not in (Legs.LEAD, Legs.ALL, *of.codes):
        raise UsageError(f"{of.title} has no leg {args.legs!r}. Known: lead, all, {', '.join(of.codes)}.")
    return Choice(
        as_of=context.as_of,
        is_live=context.is_live,
        market=of.name,
        report=report,
        group=group,
        basis=basis,
        legs=args.legs,
    )


def tell_unsummed(shown: Series, context: Context) -> None:
    """How many reports have no sum of all contracts."""
    if reports := len(shown.unsummed):
        context.say(f"Left out, as one of the contracts is not held: {plural(reports, 'report')}.")


def _families(of: Market) -> tuple[str, ...]:
    return ("legacy", of.main_family.value)
