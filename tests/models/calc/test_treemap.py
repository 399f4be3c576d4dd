import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calc.treemap import Rect, treemap

ASPECT = 2.0


def area(rect: Rect) -> float:
    return rect.width * rect.height


def overlap(a: Rect, b: Rect) -> float:
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    return max(width, 0.0) * max(height, 0.0)


@given(st.lists(st.floats(0.01, 100.0), min_size=1, max_size=60))
def test_that_tiles_have_the_areas_of_their_weights_and_do_not_overlap(weights: list[float]) -> None:
    tiles = sorted(enumerate(weights), key=lambda pair: -pair[1])
    (block,) = treemap({"All": tiles}, ASPECT, header=0.0)
    assert area(block.rect) == pytest.approx(1.0)
    assert sum(area(rect) for _, rect in block.tiles) == pytest.approx(1.0)
    for index, rect in block.tiles:
        assert area(rect) == pytest.approx(weights[index] / sum(weights), rel=1e-6)
    rects = [rect for _, rect in block.tiles]
    assert all(overlap(a, b) < 1e-9 for i, a in enumerate(rects) for b in rects[i + 1 :])


def test_that_blocks_come_largest_first_and_fill_the_picture() -> None:
    blocks = treemap({"Small": [(0, 10.0)], "Big": [(1, 60.0), (2, 30.0)], "None": []}, ASPECT, header=0.05)
    assert [block.name for block in blocks] == ["Big", "Small"]
    assert sum(area(block.rect) for block in blocks) == pytest.approx(1.0)


def test_that_a_block_keeps_its_header_free() -> None:
    (block,) = treemap({"All": [(0, 1.0)]}, ASPECT, header=0.1)
    assert block.tiles[0][1].y == pytest.approx(0.1)
    assert block.tiles[0][1].height == pytest.approx(0.9)


def test_that_a_tile_too_small_to_be_seen_is_no_tile() -> None:
    (block,) = treemap({"All": [(0, 1e9), (1, 0.7)]}, ASPECT, header=0.0)
    assert [index for index, _ in block.tiles] == [0]


def test_that_nothing_makes_no_blocks() -> None:
    assert treemap({}, ASPECT, header=0.05) == ()
