"""Ask where a file goes, and write it whole or not at all."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from services.errors import InputError
from services.files import write_atomically
from ui.words import tr

_FILTERS = {
    "csv": "CSV (*.csv)",
    "xlsx": "Workbook (*.xlsx)",
    "zip": "Evidence pack (*.zip)",
    "png": "PNG image (*.png)",
    "svg": "SVG image (*.svg)",
    "pdf": "PDF (*.pdf)",
    "html": "HTML (*.html)",
    "md": "Markdown (*.md)",
}
_last_folder: list[Path] = []


def ask_and_save(parent: QWidget, name: str, content: bytes) -> str:
    """Save under a name that the user confirms.

    A line says what came of it, "" where the user thought better of it.
    """
    path = ask_path(parent, name)
    if path is None:
        return ""
    try:
        write_atomically(path, content)
    except InputError as error:
        return f"{error} Nothing was changed; choose another folder."
    return f"Saved {path.name}."


def ask_path(parent: QWidget, name: str) -> Path | None:
    """A path that the user confirms, in the folder used last; None where the user thought better of it."""
    suffix = name.rpartition(".")[2]
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = _last_folder[-1] if _last_folder else Path(documents or ".")
    chosen, _ = QFileDialog.getSaveFileName(
        parent, tr("Save"), str(folder / name), _FILTERS.get(suffix, "All files (*)")
    )
    if not chosen:
        return None
    path = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.{suffix}")
    start_in(str(path.parent))
    return path


def start_in(folder: str) -> None:
    """The folder that is offered next; nothing changes where there is none of that name."""
    if folder and Path(folder).is_dir():
        _last_folder[:] = [Path(folder)]


def last_folder() -> str:
    """The folder used last, "" before anything was saved."""
    return str(_last_folder[-1]) if _last_folder else ""
