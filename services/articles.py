"""A text file that a person wants to have checked."""

from pathlib import Path

from models.check.text import MAX_BYTES
from services.errors import InputError


def read_article(path: Path) -> str:
    """The text of a file; InputError where there is none, it is no text, or it is too long for an article."""
    try:
        with path.open("rb") as file:
            body = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror or error}.") from error
    return decoded(body, path.name)


def decoded(body: bytes, name: str) -> str:
    """UTF-8, else the Western code page of Windows; InputError as above."""
    if len(body) > MAX_BYTES:
        raise InputError(f"{name} is longer than {MAX_BYTES // 1024:,} kB; that is no article. Check a part of it.")
    if b"\0" in body:
        raise InputError(f"{name} is not a text file. Save the article as plain text and try again.")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")
