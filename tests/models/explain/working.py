"""Works out a formula that is written for people."""

import re

from models.explain.explanation import Explanation

_SIGNS = str.maketrans({"\u00d7": "*", "\u00f7": "/", "\u2212": "-", ",": None, "%": None, "$": None})


def worked(shown: Explanation) -> tuple[float, float]:
    """What the formula with its numbers gives, and the figure that stands behind it."""
    left, _, right = shown.worked.translate(_SIGNS).rpartition(" = ")
    assert re.fullmatch(r"[-+*/(). \d]+", left), left
    figure = re.match(r"[-+]?[\d.]+", right)
    assert figure is not None, right
    return float(eval(left)), float(figure[0])  # noqa: S307 - nothing but digits and signs, as checked above
