"""Colours of series stay apart for those who see fewer of them."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from ui.tokens import DARK_TOKENS, LIGHT_TOKENS, Tokens

SERIES = ("small", "large", "ink", "mute")
"""What lines and bars of one chart are told apart by."""

LEAST_APART = 15.0
"""CIEDE2000: 2 to 3 is just noticeable side by side, 10 and more is read as another colour at a glance; a margin above
that, since lines are thin. Every series has a second cue besides: its place, its weight and its name at the line."""

Matrix = NDArray[np.float64]

SIMULATED: dict[str, Matrix] = {
    "full colour": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
"""Machado, Oliveira and Fernandes (2009), severity 1, on linear sRGB."""

_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def lab(colour: str, seen_as: Matrix) -> Matrix:
    """CIELAB (D65) of `#RRGGBB` as someone sees it."""
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    ratio = _TO_XYZ @ np.clip(seen_as @ linear, 0, 1) / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def ciede2000(one: Matrix, two: Matrix) -> float:
    """Sharma, Wu and Dalal (2005)."""
    mean_chroma = (np.hypot(*one[1:]) + np.hypot(*two[1:])) / 2
    grey = 0.5 * (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    a1, a2 = one[1] * (1 + grey), two[1] * (1 + grey)
    c1, c2 = np.hypot(a1, one[2]), np.hypot(a2, two[2])
    h1, h2 = (np.degrees(np.arctan2(b, a)) % 360 for a, b in ((a1, one[2]), (a2, two[2])))
    dh = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    d_l, d_c, d_h = two[0] - one[0], c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(dh / 2))
    mean_l, mean_c = (one[0] + two[0]) / 2, (c1 + c2) / 2
    mean_h = h1 + h2 if c1 * c2 == 0 else (h1 + dh / 2) % 360
    t = 1 - 0.17 * _cos(mean_h - 30) + 0.24 * _cos(2 * mean_h)
    t += 0.32 * _cos(3 * mean_h + 6) - 0.2 * _cos(4 * mean_h - 63)
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    angle = np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2)))
    turn = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)) * np.sin(angle)
    light, c, h = d_l / s_l, d_c / s_c, d_h / s_h
    return float(np.sqrt(light**2 + c**2 + h**2 + turn * c * h))


def _cos(degrees: float) -> float:
    return float(np.cos(np.radians(degrees)))


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ],
)
def test_that_the_distance_is_the_published_one(one: tuple[float, ...], two: tuple[float, ...], apart: float) -> None:
    assert ciede2000(np.array(one), np.array(two)) == pytest.approx(apart, abs=1e-4)


@pytest.mark.parametrize("seen", SIMULATED)
@pytest.mark.parametrize("tokens", [LIGHT_TOKENS, DARK_TOKENS], ids=["light", "dark"])
def test_that_any_two_series_are_told_apart(tokens: Tokens, seen: str) -> None:
    for one, two in combinations(SERIES, 2):
        apart = ciede2000(lab(getattr(tokens, one), SIMULATED[seen]), lab(getattr(tokens, two), SIMULATED[seen]))
        assert apart >= LEAST_APART, f"{one} and {two} are {apart:.1f} apart with {seen}"
