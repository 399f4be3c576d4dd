"""A treemap: rectangles whose areas are weights, sector by sector (Bruls, Huizing and van Wijk, 2000)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_LEAST_SHARE = 1e-6
"""Tiles below this part of their block are invisible, and their sides would be lost to rounding."""


@dataclass(frozen=True)
class Rect:
    """Left, top, width and height, in parts of the whole picture's width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Block:
    """One group of the treemap with its tiles; `index` of a tile is its place in the weights given."""

    name: str
    rect: Rect
    tiles: tuple[tuple[int, Rect], ...]


def treemap(groups: Mapping[str, Sequence[tuple[int, float]]], aspect: float, header: float) -> tuple[Block, ...]:
    """One block a group, the largest first; (index, weight) within a group come largest first.

    `aspect` is width ÷ height of the picture that it is laid out for, `header` the part of the picture's
    height that each block keeps free at its top for its name, where it is high enough.
    """
    sums = {name: sum(weight for _, weight in tiles) for name, tiles in groups.items()}
    names = [name for name in sorted(sums, key=lambda name: -sums[name]) if sums[name] > 0]
    outer = _squarified([sums[name] for name in names], Rect(0, 0, aspect, 1))
    return tuple(_block(name, rect, groups[name], aspect, header) for name, rect in zip(names, outer, strict=True))


def _block(name: str, rect: Rect, tiles: Sequence[tuple[int, float]], aspect: float, header: float) -> Block:
    top = header if rect.height > 2 * header else 0.0
    inner = Rect(rect.x, rect.y + top, rect.width, rect.height - top)
    whole = sum(weight for _, weight in tiles)
    shown = [(index, weight) for index, weight in tiles if weight > _LEAST_SHARE * whole]
    rects = _squarified([weight for _, weight in shown], inner)
    return Block(
        name,
        _scaled(rect, aspect),
        tuple((index, _scaled(tile, aspect)) for (index, _), tile in zip(shown, rects, strict=True)),
    )


def _squarified(sizes: Sequence[float], inside: Rect) -> list[Rect]:
    from squarify import normalize_sizes, squarify

    if not sizes:
        return []
    areas = normalize_sizes(sizes, inside.width, inside.height)
    made = squarify(areas, inside.x, inside.y, inside.width, inside.height)
    return [Rect(r["x"], r["y"], r["dx"], r["dy"]) for r in made]


def _scaled(rect: Rect, aspect: float) -> Rect:
    return Rect(rect.x / aspect, rect.y, rect.width / aspect, rect.height)
