"""The real window on a profile of its own, started and stopped as the app does it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from services.clock import Clock
from services.lock import WriterLock
from services.settings import Settings
from services.sources.registry import SOURCES
from ui.app import App
from ui.commands.context import Context

NOW = datetime(2017, 6, 17, 12, tzinfo=UTC)
WAIT_MS = 60_000


def context(profile: Path, *, now: datetime = NOW, as_of: datetime | None = None, **changes: Any) -> Context:
    """What `main` would hand to the window."""
    values: dict[str, Any] = {
        "clock": Clock(now),
        "profile": profile,
        "mirror": None,
        "is_offline": False,
        "as_of": as_of or now,
        "is_live": as_of is None,
        "format": "text",
        "out": None,
        "is_quiet": True,
    }
    return Context(**{**values, **changes})


@contextmanager
def running(qtbot: QtBot, of: Context, settings: Settings | None = None, **options: Any) -> Iterator[App]:
    """An app whose window is on the (invisible) screen; stopped in order at the end."""
    needs_lock = not (options.get("is_locked") or options.get("is_picture") or of.profile.is_file())
    lock = WriterLock.acquire(of.profile) if needs_lock else None
    app = App(of, settings or Settings(), lock=lock, **options)
    app.start()
    try:
        yield app
    finally:
        app.stop()


def wait_for_page(qtbot: QtBot, app: App) -> Any:
    """The widget of the page in front once its record is drawn and the state of the figures is known."""
    qtbot.waitUntil(lambda: app.window.is_drawn and app.loader.is_settled, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: app.updates.status.held is not None, timeout=WAIT_MS)
    return app.window.page()


def texts(banner: Any) -> str:
    """What a banner says."""
    return f"{banner.message.lead} {banner.message.sentence}".strip()


def wait_until(qtbot: QtBot, condition: Callable[[], bool], seconds: float = 20) -> None:
    qtbot.waitUntil(condition, timeout=int(seconds * 1000))


def labels(buttons: Sequence[Any]) -> list[str]:
    return [button.text() for button in buttons]


def only(*names: str, **settings: Any) -> Settings:
    """Settings with every other source switched off."""
    off = tuple(source.name for source in SOURCES if source.name not in names)
    return Settings(sources_off=off, **settings)
