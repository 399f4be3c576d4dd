"""How well the reader reads the corpus: `python -m tests.models.check.score` prints precision and recall by kind.

A claim counts as right where its kind and every slot that the corpus names are right.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.check.claims import Parsed, ParsedClaim
from models.check.context import Context
from models.check.grammar import parse
from tests.models.check.corpus import CORPUS, Example


@dataclass(frozen=True)
class Mark:
    """The claims of one example: right ones by kind, made up ones, and missed ones; and what was dropped in silence."""

    example: Example
    right: tuple[str, ...]
    wrong: tuple[ParsedClaim, ...]
    missed: tuple[dict[str, Any], ...]
    dropped: tuple[str, ...]


def read(example: Example) -> Parsed:
    context = Context(example.article)
    for sentence in example.before:
        _, context = parse(sentence, context)
    return parse(example.sentence, context)[0]


def slot(claim: ParsedClaim, name: str) -> object:
    match name:
        case "value":
            return claim.amount.value if claim.amount else None
        case "since":
            return claim.limit.since if claim.limit else "no limit"
        case "window":
            return claim.window.name if claim.window else None
        case _:
            return getattr(claim, name)


def agrees(claim: ParsedClaim, wanted: dict[str, Any]) -> bool:
    return all(slot(claim, name) == value for name, value in wanted.items())


def mark(example: Example) -> Mark:
    missed, right, wrong = list(example.expected), [], []
    parsed = read(example)
    for claim in parsed.claims:
        found = next((wanted for wanted in missed if agrees(claim, wanted)), None)
        if found is None:
            wrong.append(claim)
        else:
            missed.remove(found)
            right.append(found["kind"])
    said = {unread.text for unread in parsed.unread}
    dropped = tuple(text for text in example.unread if text not in said)
    return Mark(example, tuple(right), tuple(wrong), tuple(missed), dropped)


@dataclass(frozen=True)
class Score:
    kind: str
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def scores(marks: Iterable[Mark]) -> tuple[Score, ...]:
    """One score a kind, and that of all together last."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for one in marks:
        right.update(one.right)
        wrong.update(claim.kind.value for claim in one.wrong)
        missed.update(wanted["kind"] for wanted in one.missed)
    kinds = sorted({*right, *wrong, *missed})
    rows = [Score(kind, right[kind], wrong[kind], missed[kind]) for kind in kinds]
    return (*rows, Score("all", right.total(), wrong.total(), missed.total()))


def main() -> None:
    marks = [mark(example) for example in CORPUS]
    print(f"{len(CORPUS)} sentences")
    print(f"{'kind':24}{'claims':>8}{'precision':>11}{'recall':>8}")
    for score in scores(marks):
        print(f"{score.kind:24}{score.right + score.missed:>8}{score.precision:>11.1%}{score.recall:>8.1%}")
    for one in marks:
        if one.wrong or one.missed or one.dropped:
            print(f"\n{one.example.sentence}")
            print(*(f"  made up: {claim}" for claim in one.wrong), sep="\n")
            print(*(f"  missed: {wanted}" for wanted in one.missed), sep="\n")
            print(*(f"  dropped: {text}" for text in one.dropped), sep="\n")


if __name__ == "__main__":
    main()
