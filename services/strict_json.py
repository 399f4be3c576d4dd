"""JSON from outside, read without the surprises of the standard reader."""

import json
import math
from typing import Any, NoReturn

from services.errors import ErrorKind, SourceError

_MOST_DEPTH = 32
_OPENING, _CLOSING = b"[{", b"]}"


def load(body: bytes) -> Any:
    """The value in `body`; raises BAD_CONTENT where it is no JSON, nests too deep, or holds NaN or infinity."""
    _check_depth(body)
    try:
        return json.loads(body, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise SourceError(ErrorKind.BAD_CONTENT, str(error)[:200]) from error


def _check_depth(body: bytes) -> None:
    """Brackets inside texts count too: no answer of ours has thirty of them open."""
    depth = 0
    for byte in body.translate(None, _NOT_BRACKETS):
        depth += 1 if byte in _OPENING else -1
        if depth > _MOST_DEPTH:
            raise SourceError(ErrorKind.BAD_CONTENT, "nested too deep")


_NOT_BRACKETS = bytes(set(range(256)) - set(_OPENING + _CLOSING))


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no figure")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:20]} is no finite figure")
    return value
