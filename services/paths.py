"""Where the files of the app are: everything in one folder, the profile."""

from pathlib import Path

import platformdirs

APP_NAME = "Aboutface"


def profile_folder(override: Path | str | None = None) -> Path:
    """The folder given, or the system's place for the data of this app and user; it need not exist yet."""
    if override is not None:
        return Path(override).expanduser().absolute()
    return platformdirs.user_data_path(APP_NAME, appauthor=False)


def archive_path(profile: Path) -> Path:
    return profile / "archive.sqlite"


def settings_path(profile: Path) -> Path:
    return profile / "settings.json"


def lock_path(profile: Path) -> Path:
    return profile / "writer.lock"


def logs_folder(profile: Path) -> Path:
    return profile / "logs"


def exports_folder(profile: Path) -> Path:
    """Where exports go unless another place is chosen."""
    return profile / "exports"
