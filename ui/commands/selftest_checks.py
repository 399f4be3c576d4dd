"""What `selftest` looks at in the installation: each check returns what it found, or raises saying what is wrong.

They are made for the frozen app, which may lack what an installed Python has: libraries, plugins, tables, certificates.
"""

import itertools
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

from models.calendars import release
from services.clock import Clock

KILLED_WRITER = "--write-until-killed"
_BATCHES_BEFORE_THE_KILL = 5
_MAIN = Path(__file__).resolve().parents[2] / "main.py"
_SERIES = "selftest:written:price"

# What has to lie beside Qt on each system, by folder: without them there is no window, no picture, no icon.
_PLUGINS: dict[str, tuple[str, ...]] = {"linux": ("xcb", "wayland"), "win32": ("windows",), "darwin": ("cocoa",)}
_FORMATS = ("png", "svg", "ico")

Check = tuple[str, Callable[[], str]]


def checks(clock: Clock) -> Sequence[Check]:
    """Names and checks, the quick ones first."""
    return (
        ("python", _python),
        ("archive", lambda: _archive(clock)),
        ("killed writer", lambda: _killed_writer(clock)),
        ("starter figures", _starter),
        ("time zones", _time_zones),
        ("certificates", _certificates),
        ("pages", _pages),
        ("commands and sources", _commands_and_sources),
        ("qt plugins", _plugins),
        ("window", _window),
        ("fonts", _fonts),
        ("pictures", _pictures),
    )


def _python() -> str:
    import PySide6.QtCore

    return f"Python {sys.version.split()[0]}, Qt {PySide6.QtCore.qVersion()}"


# --- the archive


def _archive(clock: Clock) -> str:
    from services.archive.archive import Archive
    from services.archive.connections import SQLITE_VERSION

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.sqlite"
        Archive.open(path, clock).close()
        again = Archive.open(path, clock)
        try:
            if again.notices:
                raise RuntimeError("; ".join(again.notices))
            return f"SQLite {SQLITE_VERSION}, written and read back, {again.size_bytes():,} bytes"
        finally:
            again.close()


def write_until_killed(folder: Path, clock: Clock) -> None:
    """Saves one batch after the other and prints the number of each once it is safe; ends by being killed."""
    import numpy as np

    from models.records import Batch, Observations, Provenance
    from services.archive.archive import Archive

    archive = Archive.open(folder / "archive.sqlite", clock)
    for number in itertools.count(1):
        rows = Observations(_SERIES, np.array([number], "M8[D]"), np.array([number], float))
        archive.save(Batch(Provenance("selftest", "written", "", clock.now()), (rows,)))
        print(number, flush=True)


def _killed_writer(clock: Clock) -> str:
    """Kills a process that is writing; every batch that it called safe has to be there, and none in part."""
    from services.archive.archive import Archive

    with tempfile.TemporaryDirectory() as folder:
        safe = _killed_after(folder)
        archive = Archive.open(Path(folder) / "archive.sqlite", clock)
        try:
            held = archive.observations(_SERIES, clock.now())
        finally:
            archive.close()
        if archive.notices:
            raise RuntimeError("; ".join(archive.notices))
        values = [] if held is None else held.value.tolist()
        if len(values) < safe or values != [float(number + 1) for number in range(len(values))]:
            raise RuntimeError(f"{safe} batches were safe before the kill, and {len(values)} are there after it")
    return f"{safe} batches were safe before the kill, all are there after it"


def _killed_after(folder: str) -> int:
    """Starts this program as a writer and kills it in the middle; returns how many batches it called safe."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, str(_MAIN)]
    command = [*program, "selftest", KILLED_WRITER, folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:  # noqa: S603 - this very program
        assert writer.stdout is not None
        told = list(itertools.islice(writer.stdout, _BATCHES_BEFORE_THE_KILL))
        writer.kill()
        told += writer.stdout.readlines()
    if len(told) < _BATCHES_BEFORE_THE_KILL:
        raise RuntimeError("the writing process ended by itself")
    return sum(line.endswith("\n") for line in told)  # a line that was cut off is none


# --- figures and tables


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
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if sys.platform != "linux":  # the system itself is asked each time
        return "the system's certificates are used"
    connection = context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="example.org")
    folder = ssl.get_default_verify_paths().capath  # read one by one when needed, so none counts as loaded
    roots = len(connection.context.get_ca_certs()) or (len(list(Path(folder).glob("*.0"))) if folder else 0)
    if not roots:
        raise RuntimeError("the system has no certificates of roots of trust; install ca-certificates")
    return f"the system's certificates are used, {roots} roots"


# --- modules that are imported by name, which no analysis of the code sees


def _pages() -> str:
    from ui.pages.registry import PAGES

    for entry in PAGES:
        entry.load_widget()
        for part in entry.parts:
            part.load_builder()
    return ", ".join(entry.name for entry in PAGES)


def _commands_and_sources() -> str:
    from services.sources.registry import SOURCES
    from ui.commands.registry import COMMANDS

    for module, _ in COMMANDS.values():
        import_module(module)
    return f"{len(COMMANDS)} commands, {len(SOURCES)} sources"


# --- Qt


def _plugins() -> str:
    from PySide6.QtCore import QLibraryInfo, QPluginLoader
    from PySide6.QtGui import QImageReader

    formats = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    if missing := [name for name in _FORMATS if name not in formats]:
        raise RuntimeError(f"no pictures of the kind {', '.join(missing)} can be read")
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    wanted = ("offscreen", *_PLUGINS.get(sys.platform, ()))
    names = []
    for file in sorted((folder / "platforms").iterdir()):
        if any(name in file.name for name in wanted):
            loader = QPluginLoader(str(file))
            # A source tree may lack libraries of windows that it never opens; the app's package asks for all of them.
            if getattr(sys, "frozen", False) and not loader.load():
                raise RuntimeError(loader.errorString())
            names.append(file.stem.removeprefix("libq").removeprefix("q"))
    if len(names) < len(wanted):
        raise RuntimeError(f"of {', '.join(wanted)} there is only {', '.join(names) or 'nothing'}")
    return f"platforms {', '.join(names)}; pictures {', '.join(_FORMATS)}"


def _window() -> str:
    from PySide6.QtGui import QGuiApplication

    from ui.app import application

    application([])
    return f"platform {QGuiApplication.platformName()}"


def _fonts() -> str:
    from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

    from ui.app import application
    from ui.theme import FAMILY, family

    application([])
    if (found := family()) != FAMILY:
        raise RuntimeError(f"{FAMILY} could not be loaded; {found or 'no font'} would stand in for it")
    drawn = QFont(found)
    if not QFontInfo(drawn).exactMatch():
        raise RuntimeError(f"text in {found} is drawn in {QFontInfo(drawn).family()}")
    return f"{found} in {', '.join(QFontDatabase.styles(found))}"


def _pictures() -> str:
    from PySide6.QtCore import QBuffer, QIODevice, QSize
    from PySide6.QtGui import QImage, QPainter, QPdfWriter
    from PySide6.QtSvg import QSvgGenerator, QSvgRenderer

    from ui.app import application

    application([])
    png, svg, pdf = QBuffer(), QBuffer(), QBuffer()
    for buffer in (png, svg, pdf):
        buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    image = QImage(QSize(80, 20), QImage.Format.Format_RGB32)
    generator, writer = QSvgGenerator(), QPdfWriter(pdf)
    generator.setOutputDevice(svg)
    for device in (image, generator, writer):
        painter = QPainter(device)
        painter.drawText(4, 16, "figures")
        painter.end()
    if not image.save(png, "PNG") or not QImage.fromData(png.data()).size() == image.size():  # type: ignore[call-overload]
        raise RuntimeError("PNG pictures cannot be written")
    if not QSvgRenderer(svg.data()).isValid():
        raise RuntimeError("SVG pictures cannot be read back")
    if not bytes(pdf.data().data()).startswith(b"%PDF-"):
        raise RuntimeError("PDF pages cannot be written")
    return "PNG, SVG and PDF"
