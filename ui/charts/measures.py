"""What the third pane of the Positioning chart can show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """Its name in a menu, and in the crosshair's line."""

    name: str
    short: str


MEASURES: dict[str, Measure] = {
    "cot_index": Measure("COT index", "Index"),
    "percentile": Measure("Percentile", "Percentile"),
    "z_score": Measure("Z-score", "Z"),
}
