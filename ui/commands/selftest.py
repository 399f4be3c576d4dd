"""`selftest`: whether this installation works; with --online, whether each source still is as documented."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from models.calendars import release
from services.clock import Clock
from ui.commands.context import EXIT_FAILED, EXIT_OK, EXIT_PARTLY, Context
from ui.commands.output import Output, emit

FIELDS = ("check", "ok", "detail")

Row = dict[str, object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--online", action="store_true", help="ask every source one small question")


def run(args: argparse.Namespace, context: Context) -> int:
    rows = list(_online(context)) if args.online else list(_installed(context))
    emit(context, Output(FIELDS, rows))
    failed = [row for row in rows if row["ok"] is False]
    if not failed:
        return EXIT_OK
    return EXIT_PARTLY if args.online and len(failed) < len(rows) else EXIT_FAILED


def _installed(context: Context) -> Iterator[Row]:
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("python", _python),
        ("archive", lambda: _archive(context.clock)),
        ("starter figures", _starter),
        ("time zones", _time_zones),
        ("certificates", _certificates),
        ("pages", _pages),
        ("window", _window),
        ("pictures", _pictures),
    )
    for name, check in checks:
        try:
            yield {"check": name, "ok": True, "detail": check()}
        except Exception as error:  # noqa: BLE001 - a self-test reports whatever goes wrong and goes on
            yield {"check": name, "ok": False, "detail": f"{type(error).__name__}: {error}"}


def _python() -> str:
    import PySide6.QtCore

    return f"Python {sys.version.split()[0]}, Qt {PySide6.QtCore.qVersion()}"


def _archive(clock: Clock) -> str:
    from services.archive.archive import Archive

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.sqlite"
        Archive.open(path, clock).close()
        again = Archive.open(path, clock)
        try:
            if again.notices:
                raise RuntimeError("; ".join(again.notices))
            return f"written and read back, {again.size_bytes():,} bytes"
        finally:
            again.close()


def _starter() -> str:
    from services.starter.tables import batches

    rows = sum(len(rows) for batch in batches() for rows in batch.rows if hasattr(rows, "__len__"))
    if not rows:
        raise RuntimeError("no built-in figures were found")
    return f"{rows:,} rows"


def _time_zones() -> str:
    offset = datetime(2026, 7, 1, tzinfo=UTC).astimezone(ZoneInfo("America/New_York")).utcoffset()
    if offset is None or offset.total_seconds() != -4 * 3600:
        raise RuntimeError(f"New York is at {offset} in July")
    return f"New York known; report of 16 Jun 2026 released {release(date(2026, 6, 16)).at:%Y-%m-%d %H:%M} UTC"


def _certificates() -> str:
    import ssl

    import truststore

    truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return "the system's certificates are used"


def _pages() -> str:
    from ui.pages.registry import PAGES

    for entry in PAGES:
        entry.load_widget()
        entry.load_builder()
    return ", ".join(entry.name for entry in PAGES)


def _window() -> str:
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    from ui.app import application

    application([])
    families = QFontDatabase.families()
    if not families:
        raise RuntimeError("no fonts were found")
    return f"platform {QGuiApplication.platformName()}, {len(families)} font families"


def _pictures() -> str:
    from PySide6.QtCore import QBuffer, QIODevice, QSize
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgGenerator, QSvgRenderer

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(QSize(8, 8), QImage.Format.Format_RGB32)
    image.fill(0)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise RuntimeError("PNG pictures cannot be written")
    svg = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(svg)
    painter = QPainter(generator)
    painter.drawLine(0, 0, 8, 8)
    painter.end()
    if not QSvgRenderer(svg.data()).isValid():
        raise RuntimeError("SVG pictures cannot be read back")
    return "PNG and SVG"


def _online(context: Context) -> Iterator[Row]:
    from services.cancel import Cancel
    from services.errors import SourceError
    from services.http import Http
    from services.settings import load
    from services.sources.registry import SOURCES

    http = Http(context.clock, mirror=context.mirror, contact=load(context.profile)[0].contact_email)
    try:
        for source in SOURCES:
            context.say(f"{source.title} …")
            try:
                for question in source.questions(http, Cancel()):
                    check = f"{source.name}: {question.text}"
                    yield {"check": check, "ok": question.holds, "detail": question.found}
            except SourceError as error:
                detail = f"{error.sentence} {error.detail}".strip()
                yield {"check": f"{source.name}: answers", "ok": False, "detail": detail}
    finally:
        http.close()
