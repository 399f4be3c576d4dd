"""Funds and days on the command line."""

from datetime import date

from models import funds
from models.pages.sectors import FundDay
from models.pages.shelf import END_OF_TIME
from models.reader import Reader
from models.taxonomies import View
from ui.commands.context import UsageError
from ui.commands.selection import named


def known_fund(name: str, reader: Reader) -> funds.Fund:
    """A fund of the catalogue, an iShares number or a fund that was imported; UsageError for anything else."""
    try:
        of = funds.fund(name)
    except funds.UnknownFund as error:
        raise UsageError(str(error)) from error
    if not of.provider and not reader.snapshots(END_OF_TIME, of.ticker):
        listed = ", ".join(fund.ticker for fund in funds.FUNDS)
        raise UsageError(f"There is no fund {name!r}. Known: {listed}, any iShares fund by its number, imported ones.")
    return of


def fund_day(name: str, day: str | None, option: str, reader: Reader) -> FundDay:
    """A fund of the catalogue, an iShares number or a fund that was imported, with the day asked for."""
    of = known_fund(name, reader)
    try:
        return FundDay(of.ticker, None if day is None else date.fromisoformat(day))
    except ValueError as error:
        raise UsageError(f"{option}: {day!r} is not a date like 2017-06-30.") from error


def view_named(text: str) -> View:
    return named(View, text, "taxonomy")
