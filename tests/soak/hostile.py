"""Files made to do harm, redirects and false certificates, and a key that must turn up nowhere."""

import csv
import io
import json
import logging
import os
import resource
import ssl
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import trustme

from models.names import Report
from models.tabular import csv_text, tsv_text
from services import reports, workbooks
from services.archive.archive import Archive
from services.cancel import Cancel
from services.clock import Clock
from services.errors import SENTENCES, ErrorKind, InputError, SourceError
from services.http import Content, Http, Request
from services.importing import ImportWish, preview_files
from services.logs import keep_logs
from services.paths import archive_path
from services.sources import cftc_files
from services.sources.keyed_prices import ALPHA_VANTAGE, TIINGO, TWELVE_DATA
from services.sources.source import Wish
from tests.faults.certificates import client_tls, server_tls
from tests.faults.server import FaultServer
from tests.services.test_workbooks import workbook
from tests.soak.desk import NOW, without_starter
from tests.soak.disks import forget_log
from tests.soak.effort import Effort

_KEYED = (TIINGO, TWELVE_DATA, ALPHA_VANTAGE)
MOST_GROWTH_KB = 60 * 1024
CANARY = "c4n4ry-0123456789-k3y"
HOST = "https://publicreporting.cftc.gov/resource"
_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet>&c;</worksheet>'
)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries:
            packed.writestr(name, content)
    return body.getvalue()


def _with_part(part: str, content: bytes) -> bytes:
    body = io.BytesIO()
    whole = workbook([("a", 1), ("b", 2)])
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(body, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == part else old.read(entry))
    return body.getvalue()


HARMFUL: dict[str, bytes] = {
    "zip bomb": zipped(("year.txt", b"0" * 60_000_000)),
    "zip of ten thousand": zipped(*((f"{n}.txt", b"") for n in range(10_000))),
    "path out of the folder": zipped(("../../year.txt", b"x")),
    "absolute path": zipped(("/etc/year.txt", b"x")),
    "drive": zipped(("C:\\year.txt", b"x")),
    "workbook bomb": zipped(("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", b"<row/>" * 8_000_000)),
    "workbook with entities of a file": _with_part("xl/worksheets/sheet1.xml", _ENTITIES),
    "workbook with a thousand laughs": _with_part("xl/worksheets/sheet1.xml", _LAUGHS),
    "brackets": b"[" * 400_000,
    "digits": b"[" + b"9" * 200_000 + b"]",
    "one long line": b"a," * 3_000_000,
}


def hostile_files(effort: Effort) -> None:
    without_starter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        trials: list[Callable[[], None]] = [
            lambda: _formulas_stay_text(effort),
            lambda: _certificates(folder),
            lambda: _redirects(folder),
            lambda: _canary(folder),
            *(_refusal(folder, kind) for kind in HARMFUL),
        ]
        for number in effort.tries(len(trials), len(trials)):
            trials[number]()


def _refusal(folder: Path, kind: str) -> Callable[[], None]:
    """Refused with a sentence, in little memory, and nothing is unpacked to the disk."""

    def refuse() -> None:
        body = HARMFUL[kind]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with pytest.raises((SourceError, InputError)):
            cftc_files.parse_zip(body, Report.LEGACY_FUTURES)
        with pytest.raises(SourceError):
            _read_all_sheets(body)
        place = folder / "given"
        place.mkdir(exist_ok=True)
        file = place / "mine.zip"
        file.write_bytes(body)
        with closing(Archive.open(archive_path(folder), Clock(NOW))) as archive:
            (found,) = preview_files([file], ImportWish(), archive, Clock(NOW))
        assert found.is_failed and found.message.endswith("."), found
        assert [one.name for one in place.iterdir()] == ["mine.zip"]
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        assert grown < MOST_GROWTH_KB, f"{kind} took {grown / 1024:.0f} MB"

    return refuse


def _read_all_sheets(body: bytes) -> None:
    with workbooks.opened(body) as book:
        for sheet in book.sheetnames:
            workbooks.rows(book, sheet)


def _formulas_stay_text(effort: Effort) -> None:
    """Whatever a name begins with, a spreadsheet that opens an export finds text; numbers stay numbers."""
    for start in ("=", "+", "-", "@", "\t", "\r", "\0", " =", '"=', '""@', ' "+'):
        text = f"{start}1+1|cmd{effort.chance.random()}"
        (_, row) = csv.reader(io.StringIO(csv_text(("name", "value"), [(text, -5)]), newline=""))
        assert row == [f"'{text}", "-5"], row
        assert tsv_text(("name", "value"), [(text, -5)]).splitlines()[-1].endswith("-5")
        assert tsv_text(("name", "value"), [(text, -5)]).split("\n")[1].startswith("'"), text
    for text in ("plain", "'quoted", "5", "2017-06-13"):
        assert csv_text(("name",), [(text,)]) == f"name\r\n{text}\r\n"


def _certificates(_: Path) -> None:
    ca = trustme.CA()
    bad: dict[str, ssl.SSLContext] = {
        "self-signed": server_tls(trustme.CA(), "localhost"),
        "another host's": server_tls(ca, "other.example"),
        "expired": server_tls(ca, "localhost", not_after=datetime(2021, 1, 1, tzinfo=UTC)),
    }
    for kind, tls in bad.items():
        with (
            FaultServer(tls=tls, always="ok") as server,
            closing(Http(Clock(), mirror=server.url, tls=client_tls(ca))) as http,
            pytest.raises(SourceError) as caught,
        ):
            http.fetch(Request(f"{HOST}/ok", Content.JSON), Cancel())
        assert caught.value.kind is ErrorKind.TLS, kind
        assert server.requests == [], f"something was asked over a {kind} certificate"


def _redirects(_: Path) -> None:
    """Off the list of hosts, to plain http, to a file, and round and round."""
    addresses = (
        "https://evil.example/x",
        "http://publicreporting.cftc.gov/x",
        "file:///etc/passwd",
        "//evil.example/x",
    )
    for to in addresses:
        with FaultServer() as server, closing(Http(Clock(), mirror=server.url, backoff_s=0.001)) as http:
            with pytest.raises(SourceError) as caught:
                http.fetch(Request(f"{HOST}/redirect", Content.JSON, (("to", to),)), Cancel())
            assert caught.value.kind in (ErrorKind.REDIRECT, ErrorKind.NOT_ALLOWED), to
            assert len(server.requests) == 1, f"{to} was followed"


def _canary(folder: Path) -> None:
    """A person's key goes to its host and nowhere else: not to logs, archive, reports, errors; nor does `.netrc`."""
    home = Path(os.environ["HOME"])
    (home / ".netrc").write_text(f"default login someone password {CANARY}\n", "ascii")
    profile = folder / "canary"
    keep_logs(profile)
    logging.getLogger().setLevel(logging.DEBUG)
    names = [source.name for source in _KEYED]
    os.environ |= {f"ABOUTFACE_KEY_{name.upper()}": CANARY for name in names}
    said: list[str] = []
    try:
        for fault in ("403", "404", "500", "reset", "portal", "text", "429_huge", "redirect", "ok"):
            clock = Clock(NOW)
            with (
                FaultServer(always=fault) as server,
                closing(Archive.open(archive_path(profile), clock)) as archive,
                closing(Http(clock, mirror=server.url, backoff_s=0.001)) as http,
            ):
                for source in _KEYED:
                    for delivery in source.deliver(http, archive, Wish(), NOW, Cancel(), lambda progress: None):
                        error = getattr(delivery, "error", None)
                        said += [f"{delivery!r} {error} {getattr(error, 'url', '')} {getattr(error, 'detail', '')}"]
                        if error is not None:
                            archive.note_failure(source.name, "closes", SENTENCES[error.kind], f"{error} {error.url}")
                assert server.requests, "nothing was asked"
                assert not any("Authorization: Basic" in head for head in server.requests), "the .netrc was read"
        reports.keep(f"Traceback: asked with {CANARY}", profile, NOW)
    finally:
        logging.getLogger().setLevel(logging.WARNING)
        forget_log()
        for name in names:
            del os.environ[f"ABOUTFACE_KEY_{name.upper()}"]
    assert said
    assert CANARY not in json.dumps(said)
    for file in (one for one in profile.rglob("*") if one.is_file()):
        assert CANARY.encode() not in file.read_bytes(), f"the key is in {file.name}"
    assert openpyxl.DEFUSEDXML
