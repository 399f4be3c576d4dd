from collections.abc import Iterator
from services.cancel import Cancel
from services.http import Http
from services.sources.source import Question


def ask_all(http: Http, cancel: Cancel) -> Iterator[Question]:
    yield from ()
