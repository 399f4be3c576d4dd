"""What a report of a fault should say of the app and the machine: versions and places, no figures, nothing secret."""

import os
import platform
import sys
from pathlib import Path

import PySide6
from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication, QScreen

from models.version import NAME, VERSION
from services.paths import archive_path
from services.reports import redacted


def diagnostics(profile: Path) -> str:
    """One line for each thing, without the person's name, folders and keys."""
    from services.archive.connections import SQLITE_VERSION

    kind = "installed" if getattr(sys, "frozen", False) else "from source"
    lines = {
        NAME: f"{VERSION}, {kind}",
        "Python": sys.version.split()[0],
        "Qt": f"{qVersion()}, PySide6 {PySide6.__version__}",
        "SQLite": SQLITE_VERSION,
        "System": platform.platform(),
        "Window system": QGuiApplication.platformName(),
        "Screens": "; ".join(map(_screen, QGuiApplication.screens())),
        "Language": QLocale.system().name(),
        "Proxy": "set" if any(name.lower().endswith("_proxy") for name in os.environ) else "none set",
        "Data folder": str(profile),
        "Archive": _size(archive_path(profile)),
    }
    return redacted("".join(f"{name}: {value}\n" for name, value in lines.items()), profile)


def _screen(screen: QScreen) -> str:
    size = screen.size()
    return f"{size.width()} × {size.height()} at {screen.devicePixelRatio():g}"


def _size(path: Path) -> str:
    try:
        return f"{path.stat().st_size / 1e6:.1f} MB"
    except OSError:
        return "none"
