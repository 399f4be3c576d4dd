"""What the third pane of the Positioning chart can show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """Its name in a menu, and in the crosshair's line; one that is not signed lies between 0 and 100."""

    name: str
    short: str
    is_signed: bool = False


MEASURES: dict[str, Measure] = {
    "cot_index": Measure("COT index", "Index"),
    "percentile": Measure("Percentile", "Percentile"),
    "z_score": Measure("Z-score", "Z", is_signed=True),
    "movement": Measure("Movement index", "Movement", is_signed=True),
    "willco": Measure("WILLCO", "WILLCO"),
}
