"""Where the app's own pictures and fonts are, in the source tree and in the frozen app."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def resource(name: str) -> Path:
    """The path of a file or folder in this folder."""
    return _FOLDER / name
