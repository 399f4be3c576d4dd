"""How much of a case is tried: a sample, or all of it."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

QUICK_S = 0.4


@dataclass
class Effort:
    """`tried` counts what has been tried; chance comes from `chance` alone, so that a seed repeats a run."""

    is_full: bool
    seed: int = 20170613
    tried: int = 0
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def tries(self, full: int, quick: int) -> Iterator[int]:
        """Numbers of the tries, counted as they begin; a sample ends when its time is over, but tries once."""
        ends = float("inf") if self.is_full else time.monotonic() + QUICK_S
        for number in range(full if self.is_full else quick):
            if number and time.monotonic() > ends:
                return
            self.tried += 1
            yield number

    def count(self, full: int, quick: int) -> int:
        return full if self.is_full else quick
