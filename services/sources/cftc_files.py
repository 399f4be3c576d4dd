"""The CFTC's files: yearly zips, bundles of the years before, and the weekly texts.

A yearly file is called and laid out differently by report. What is inside is found by its header, its date by
its form: the bundles print `12/27/2016 12:00:00 AM` under the same heading under which others have ISO dates.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO

import numpy as np

from models.names import Family, Report, Scope
from services.errors import ErrorKind, SourceError
from services.sources.cftc_fields import SHORT_DATE, TITLES, WEEKLY_PLACES, WEEKLY_WIDTH, missing, resolved
from services.sources.cftc_table import Table, first_line, header_of, read_table
from services.sources.zips import single_text

HOST = "www.cftc.gov"
LAST_BUNDLED_YEAR = 2016

ROWS_AT_ONCE = 50_000
"""Rows of a file that are stored whole or not at all; a year of all markets has fewer."""

_FOLDER = f"https://{HOST}/files/dea/history"
_NAMES: dict[Report, tuple[str, str]] = {
    Report.LEGACY_FUTURES: ("deacot1986_2016", "deacot{}"),
    Report.LEGACY_COMBINED: ("deahistfo_1995_2016", "deahistfo{}"),
    Report.TFF_FUTURES: ("fin_fut_txt_2006_2016", "fut_fin_txt_{}"),
    Report.TFF_COMBINED: ("fin_com_txt_2006_2016", "com_fin_txt_{}"),
    Report.DISAGG_FUTURES: ("fut_disagg_txt_hist_2006_2016", "fut_disagg_txt_{}"),
    Report.DISAGG_COMBINED: ("com_disagg_txt_hist_2006_2016", "com_disagg_txt_{}"),
}
"""The bundle up to 2016, and the file of one year."""

_SCOPES = {"futonly": Scope.FUTURES, "combined": Scope.COMBINED}


@dataclass(frozen=True)
class HistoryFile:
    """One zip file; `years` reads `2017` or `1986-2016`."""

    url: str
    years: str
    last_year: int


def bundle(report: Report) -> HistoryFile:
    """The file with all years to 2016."""
    name = _NAMES[report][0]
    first = "".join(c for c in name if c.isdecimal())[:4]
    return HistoryFile(f"{_FOLDER}/{name}.zip", f"{first}-{LAST_BUNDLED_YEAR}", LAST_BUNDLED_YEAR)


def yearly(report: Report, year: int) -> HistoryFile:
    """The file of one year from 2017 on."""
    return HistoryFile(f"{_FOLDER}/{_NAMES[report][1].format(year)}.zip", str(year), year)


def history(report: Report, since: date | None, today: date) -> tuple[HistoryFile, ...]:
    """The files that reach from a day (or from the beginning) to today, newest first."""
    first = LAST_BUNDLED_YEAR if since is None else since.year
    files = [yearly(report, year) for year in range(today.year, max(first, LAST_BUNDLED_YEAR + 1) - 1, -1)]
    return (*files, bundle(report)) if first <= LAST_BUNDLED_YEAR else tuple(files)


def parse_zip(
    body: bytes,
    report: Report,
    is_wanted: Callable[[str], bool] | None = None,
    between: Callable[[], None] = lambda: None,
) -> Table:
    """The rows of one report in a zip file, those of wanted codes; `between` is called every few megabytes.

    Raises CHANGED_FORMAT where it holds another report, BAD_CONTENT, TOO_BIG.
    """
    with single_text(body) as stream:
        family, table = read_text(stream, is_wanted, between)
    if family is not report.family:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"the file holds {family} rows and not {TITLES[report]}")
    by_scope = split(table)
    if None not in by_scope and report.scope not in by_scope:
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"the file holds other rows than {TITLES[report]}")
    return by_scope.get(report.scope, by_scope.get(None, table))


@dataclass(frozen=True)
class Layout:
    """How a text is laid out: keys and figures to the places of their columns, out of `width`."""

    family: Family
    places: Mapping[str, int]
    width: int
    has_header: bool


def layout_of(line: bytes) -> Layout | None:
    """The layout of a text by its first line: the header of the yearly files, or a row of a weekly one.

    None where it is neither. Raises CHANGED_FORMAT, BAD_CONTENT where it is no line of CSV.
    """
    header = header_of(line)
    for family in Family:
        found = resolved(family, header)
        if not missing(family, found):
            return Layout(family, found, len(header), has_header=True)
    for family, width in WEEKLY_WIDTH.items():
        if len(header) == width and header[WEEKLY_PLACES[family][SHORT_DATE]].isdecimal():
            return Layout(family, WEEKLY_PLACES[family], width, has_header=False)
    return None


def read_text(
    stream: IO[bytes],
    is_wanted: Callable[[str], bool] | None = None,
    between: Callable[[], None] = lambda: None,
) -> tuple[Family, Table]:
    """Family and rows of a text, be it with the header of the yearly files or without one, as the weekly ones.

    Raises CHANGED_FORMAT where it is neither, BAD_CONTENT.
    """
    line = first_line(stream)
    layout = layout_of(line)
    if layout is None:
        header = header_of(line)
        lost = min((missing(family, resolved(family, header)) for family in Family), key=len)
        raise SourceError(ErrorKind.CHANGED_FORMAT, f"no column for {', '.join(lost)}")
    begun = b"" if layout.has_header else line
    table = read_table(stream, layout.places, layout.width, begun=begun, is_wanted=is_wanted, between=between)
    return layout.family, table


def split(table: Table) -> dict[Scope | None, Table]:
    """The rows by scope; None where the table does not say it. Rows whose scope is odd count as cut short."""
    if table.scopes in ((), ("",)):
        return {None: table}
    scopes = [_SCOPES.get(text.lower()) for text in table.scopes]
    found: dict[Scope | None, Table] = {}
    for scope in Scope:
        of_scope = np.array([known is scope for known in scopes], bool)[table.scope]
        if of_scope.any():
            found[scope] = table.only(of_scope)
    odd = np.array([known is None for known in scopes], bool)[table.scope]
    if odd.any() and found:
        most = max(found, key=lambda scope: len(found[scope]))
        is_kept = odd | np.array([known is most for known in scopes], bool)[table.scope]
        found[most] = table.cut(odd).only(is_kept)
    return found or {None: table}
