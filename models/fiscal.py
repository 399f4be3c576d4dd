"""Fiscal periods of companies as names: `FY2026-09` is the year that ends in September 2026, `FQ2026-09` a quarter."""

import calendar
import re
from datetime import date, timedelta

_FIRST_DAYS_OF_MONTH = 7
_NAME = re.compile(r"F([YQ])(\d{4})-(\d{2})")
_MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}


def end_month(end: date) -> tuple[int, int]:
    """Year and month in which a period ends; one of whole weeks that runs over by some days ends the month before."""
    day = end - timedelta(days=end.day) if end.day <= _FIRST_DAYS_OF_MONTH else end
    return day.year, day.month


def fiscal_year(end: date) -> str:
    year, month = end_month(end)
    return f"FY{year}-{month:02}"


def fiscal_quarter(end: date) -> str:
    year, month = end_month(end)
    return f"FQ{year}-{month:02}"


def fiscal_end(period: str) -> date | None:
    """The last day of the month in which a fiscal period ends; None for a period of the calendar."""
    match = _NAME.fullmatch(period)
    if match is None:
        return None
    year, month = int(match[2]), int(match[3])
    return date(year, month, calendar.monthrange(year, month)[1])


def is_fiscal_year(period: str) -> bool:
    return period.startswith("FY")


def month_end(text: str) -> date | None:
    """`Sep 2026` as the last day of that month; None where it is something else."""
    name, _, year = text.strip().partition(" ")
    month = _MONTHS.get(name[:3].title())
    if month is None or not re.fullmatch(r"\d{4}", year):
        return None
    return date(int(year), month, calendar.monthrange(int(year), month)[1])
