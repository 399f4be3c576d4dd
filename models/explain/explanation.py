"""How a figure came about: its formula, and the same with its actual numbers."""

from dataclasses import dataclass

from models.formats import MINUS, decimal


@dataclass(frozen=True)
class Term:
    """One number that goes in, with the day that it is of."""

    name: str
    value: str
    when: str = ""


@dataclass(frozen=True)
class Explanation:
    """One figure taken apart. `worked` is the formula with its numbers; what is unknown is said in `notes`."""

    title: str
    about: str
    value: str
    formula: str
    worked: str
    terms: tuple[Term, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of it, for the clipboard."""
        terms = [f"{term.name}: {term.value}{f' ({term.when})' if term.when else ''}" for term in self.terms]
        lines = [f"{self.title}: {self.value}", self.about, self.formula, self.worked, *terms, *self.notes]
        return "\n".join(line for line in lines if line)


def plain(value: float | None, places: int = 0) -> str:
    """A number inside a formula: one below zero stands in brackets."""
    text = decimal(value, places)
    return f"({text})" if text.startswith(MINUS) else text
