"""The CFTC's two hosts on this machine, with made-up reports that a test may change while they are asked."""

import csv
import hashlib
import io
import re
import threading
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from models.names import Family, Report
from services.sources.cftc_fields import CODE, DATASET_IDS, DATE, NAME, SCOPE, documented, parts

Row = dict[str, str]


def tuesdays(last: date, count: int) -> list[date]:
    """So many report dates up to the last one, oldest first."""
    return [last - timedelta(days=7 * n) for n in reversed(range(count))]


def figures(family: Family, code: str, day: date, version: int = 0) -> dict[str, int]:
    """Made-up positions of one contract in one report; the groups add up to open interest on both sides."""
    seed = int(hashlib.sha256(f"{code}{day}{version}".encode()).hexdigest(), 16)
    found: dict[str, int] = {}
    for part in dict.fromkeys((*parts(family, "long"), *parts(family, "short"))):
        found[part] = 1_000 + seed % 5_000
        seed //= 5_000
    sides = [sum(found[part] for part in parts(family, side)) for side in ("long", "short")]
    found["nonreportable_long"] += max(sides) - sides[0]
    found["nonreportable_short"] += max(sides) - sides[1]
    return {"open_interest": max(sides), **found}


def row(report: Report, code: str, day: date, changed: Mapping[str, str] | None = None, *, version: int = 0) -> Row:
    """One row in the API's shape, by its column names; `changed` are figures, by ours, as text."""
    names = documented(report.family)
    values = dict.fromkeys(names, "20")
    values |= {figure: str(value) for figure, value in figures(report.family, code, day, version).items()}
    values |= changed or {}
    keys = {NAME: f"CONTRACT {code} - EXCHANGE", DATE: f"{day}T00:00:00.000", CODE: code}
    scope = {"futures": "FutOnly", "combined": "Combined"}[report.scope]
    return {**keys, **{names[figure]: text for figure, text in values.items()}, SCOPE: scope}


def rows_of(report: Report, codes: Iterable[str], days: Iterable[date]) -> list[Row]:
    days = list(days)
    return [row(report, code, day) for code in codes for day in days]


def as_csv(rows: Sequence[Row], columns: Sequence[str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([one.get(column, "") for column in columns] for one in rows)
    return text.getvalue().encode()


def as_zip(members: Mapping[str, bytes]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return body.getvalue()


def file_of(rows: Sequence[Row], name: str = "year.txt") -> bytes:
    """A yearly file: headings of another spelling, dates as in the older bundles, unknown figures as points."""
    columns = list(rows[0])
    days = [f"{day:%m/%d/%Y} 12:00:00 AM" for day in (date.fromisoformat(one[DATE][:10]) for one in rows)]
    printed = [one | {DATE: day} for one, day in zip(rows, days, strict=True)]
    filled = [{column: text or "      ." for column, text in one.items()} for one in printed]
    header, _, body = as_csv(filled, columns).partition(b"\n")
    return as_zip({name: header.replace(b"_", b" ").title() + b"\n" + body})


class Socrata:
    """`rows` by report and `files` by name, as they are now; `asked` lists what was requested.

    `before` is called with each request's dataset or file and its query before it is answered. `failing` maps
    hosts to a status that they answer everything with.
    """

    def __init__(self) -> None:
        self.rows: dict[Report, list[Row]] = {}
        self.files: dict[str, bytes] = {}
        self.failing: dict[str, int] = {}
        self.has_validators = True
        self.asked: list[tuple[str, dict[str, str], int]] = []
        self.before: Callable[[str, Mapping[str, str]], None] = lambda what, query: None

    def __enter__(self) -> Self:
        hosts = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hosts._answer(self)

            def log_message(self, *arguments: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def mirror(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def replace(self, report: Report, code: str, day: date, new: Row | None) -> None:
        """Puts a row in the place of the one of that code and day, or takes it away."""
        rows = self.rows[report]
        place = next(n for n, one in enumerate(rows) if one[CODE] == code and one[DATE].startswith(str(day)))
        rows[place : place + 1] = [] if new is None else [new]

    def pages(self) -> list[dict[str, str]]:
        """The queries for pages of rows that were answered."""
        return [query for _, query, status in self.asked if "$offset" in query and status == 200]

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        address = urlsplit(request.path)
        _, host, *path = address.path.split("/")
        query = dict(parse_qsl(address.query))
        what = path[-1]
        self.before(what, query)
        status, body = self.failing.get(host, 0), b"{}"
        if not status:
            status, body = self._file(what) if host == "www.cftc.gov" else self._rows(what, query)
        tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        if status == 200 and self.has_validators and request.headers.get("If-None-Match") == tag:
            status, body = 304, b""
        self.asked.append((what, query, status))
        request.send_response(status)
        if self.has_validators:
            request.send_header("ETag", tag)
        if status != 304:
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def _file(self, name: str) -> tuple[int, bytes]:
        return (200, self.files[name]) if name in self.files else (404, b"<!DOCTYPE html><html>Page Not Found</html>")

    def _rows(self, what: str, query: Mapping[str, str]) -> tuple[int, bytes]:
        reports = {f"{identifier}.csv": report for report, identifier in DATASET_IDS.items()}
        rows = self.rows.get(reports[what])
        if rows is None:
            return 404, b'{"code": "dataset.missing"}'
        columns = list(dict.fromkeys(column for one in rows for column in one))
        if not {CODE, DATE} <= set(columns) and query.get("$limit") != "1":
            return 400, b'{"errorCode": "query.soql.no-such-column"}'
        chosen = _chosen(rows, query.get("$where", ""))
        select = query.get("$select", "")
        if select.startswith("count(*)"):
            newest = max((one[DATE] for one in chosen), default="")
            return 200, as_csv([{"n": str(len(chosen)), "newest": newest}], ["n", "newest"])
        wanted = select.split(",") if select else columns
        if not set(wanted) <= set(columns):
            return 400, b'{"errorCode": "query.soql.no-such-column"}'
        if "$order" in query:
            chosen.sort(key=lambda one: one[CODE])
            chosen.sort(key=lambda one: one[DATE], reverse=True)
        start = int(query.get("$offset", "0"))
        return 200, as_csv(chosen[start : start + int(query.get("$limit", "1000"))], wanted)


def _chosen(rows: Iterable[Row], where: str) -> list[Row]:
    codes = re.search(r"in \((.*?)\)", where)
    since = re.search(r">= '(.*?)'", where)
    wanted = {text.strip("'") for text in codes[1].split(",")} if codes else None
    return [one for one in rows if (wanted is None or one[CODE] in wanted) and (not since or one[DATE] >= since[1])]
