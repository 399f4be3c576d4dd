"""Statements about sector weights, one for each taxonomy, and whether a sentence about them holds."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from models.calc.sectors import Weights, are_comparable
from models.formats import day, decimal, percent
from models.names import Kind, Verdict
from models.taxonomies import TITLES, Taxonomy, View, counterpart

UNIT = "% of equity"
LEAST_BY_FILE_PCT = 80.0
"""Below this share of weight whose sector stands in some file, an estimate gives no verdict."""


class Measure(StrEnum):
    """What a sentence says of a sector: its share of small caps, or how often that is its share of large caps."""

    SHARE = "share"
    RATIO = "ratio"


@dataclass(frozen=True)
class SectorClaim:
    """A sentence's figure with the room that its words leave: `almost a third` is 30.0 to 35.0.

    `sector` is a GICS sector; under other taxonomies its counterpart is judged. A share is in percent.
    """

    sector: str
    measure: Measure
    least: float
    most: float


def almost(value: float) -> tuple[float, float]:
    """What `almost` and `nearly` leave open: a tenth below, a twentieth above."""
    return 0.9 * value, 1.05 * value


@dataclass(frozen=True)
class SectorStatement:
    """One sector of small against large in one taxonomy.

    `value` is the share of small in `unit`, `ratio` how often that is the share of large; None where the two
    have no taxonomy in common. `date` is that of the small fund's file. `estimated_pct` of the small fund's
    weight has its sector from other files or from none. `reason` says why the verdict is unknown:
    `other_taxonomy`, `weak_estimate`, `later_data` or `no_data`.
    """

    id: str
    definition: str
    view: View
    taxonomy: Taxonomy
    sector: str
    verdict: Verdict
    reason: str
    value: float | None
    unit: str
    ratio: float | None
    large_pct: float | None
    small_fund: str
    large_fund: str
    date: dt.date | None
    large_date: dt.date | None
    estimated_pct: float
    is_later: bool
    sentence: str
    sources: tuple[str, ...]
    kind: Kind = Kind.SECTOR

    @property
    def is_estimate(self) -> bool:
        return self.estimated_pct > 0


def statement(
    sector: str,
    view: View,
    small: Weights,
    large: Weights | None,
    *,
    is_later: bool = False,
    sources: tuple[str, ...] = (),
) -> SectorStatement:
    """What the files say of a GICS sector in a view: true where it can be compared, else unknown."""
    name = counterpart(sector, small.taxonomy)
    is_same = are_comparable(small, large)
    value = small.by_sector.get(name)
    large_name = name if large is None else counterpart(sector, large.taxonomy)
    large_pct = large.by_sector.get(large_name) if large else None
    ratio = value / large_pct if is_same and value is not None and large_pct else None
    verdict, reason = _verdict(value, ratio, small, large, is_same=is_same, is_later=is_later)
    return SectorStatement(
        id=f"sector-{name.lower().replace(' ', '-')}-{view}-{small.fund.lower()}-{small.as_of.isoformat()}",
        definition=_definition(small, large),
        view=view,
        taxonomy=small.taxonomy,
        sector=name,
        verdict=verdict,
        reason=reason,
        value=value,
        unit=UNIT,
        ratio=ratio,
        large_pct=large_pct,
        small_fund=small.fund,
        large_fund=large.fund if large else "",
        date=small.as_of,
        large_date=large.as_of if large else None,
        estimated_pct=small.filled_pct + small.split_pct + small.unknown_pct,
        is_later=is_later,
        sentence=_sentence(name, small, large, value, ratio),
        sources=sources,
    )


def _verdict(
    value: float | None,
    ratio: float | None,
    small: Weights,
    large: Weights | None,
    *,
    is_same: bool,
    is_later: bool,
) -> tuple[Verdict, str]:
    if value is None or large is None:
        return Verdict.UNKNOWN, "no_data"
    if is_later:
        return Verdict.UNKNOWN, "later_data"
    if _is_weak(small) or _is_weak(large):
        return Verdict.UNKNOWN, "weak_estimate"
    if not is_same:
        return Verdict.UNKNOWN, "other_taxonomy"
    return (Verdict.TRUE, "") if ratio is not None else (Verdict.UNKNOWN, "no_data")


def _is_weak(weights: Weights) -> bool:
    return 100 - weights.split_pct - weights.unknown_pct < LEAST_BY_FILE_PCT


def judge(claim: SectorClaim, made: SectorStatement) -> tuple[Verdict, str]:
    """Whether a sentence's figure is what the files say in this taxonomy, and why not where it is unknown.

    A share needs the small fund alone, a ratio both in one taxonomy.
    """
    if made.reason in ("later_data", "weak_estimate"):
        return Verdict.UNKNOWN, made.reason
    found = made.value if claim.measure is Measure.SHARE else made.ratio
    if found is None:
        return Verdict.UNKNOWN, made.reason or "no_data"
    return (Verdict.TRUE if claim.least <= found <= claim.most else Verdict.FALSE), ""


def _definition(small: Weights, large: Weights | None) -> str:
    parts = [TITLES[small.taxonomy], f"{small.fund} holdings of {day(small.as_of)}"]
    if large is not None:
        other = "" if large.taxonomy is small.taxonomy else f" ({TITLES[large.taxonomy]})"
        parts.append(f"{large.fund} holdings of {day(large.as_of)}{other}")
    if small.is_estimate:
        parts.append("small estimated by ticker")
    return ", ".join(parts)


def _sentence(name: str, small: Weights, large: Weights | None, value: float | None, ratio: float | None) -> str:
    if value is None:
        return f"{small.fund} holdings of {day(small.as_of)} have no sector {name}."
    verb = "are" if name.endswith("s") else "is"
    about = "about " if small.is_estimate else ""
    head = f"{name} {verb} {about}{percent(value)} of {small.fund} holdings"
    when = f"{TITLES[small.taxonomy]}, {day(small.as_of)}"
    if ratio is None or large is None:
        return f"{head} ({when}).{_why_no_ratio(small, large)}"
    if large.as_of != small.as_of:
        when += f"; {large.fund} {day(large.as_of)}"
    whose = "their" if name.endswith("s") else "its"
    return f"{head}, {decimal(ratio, 2)} times {whose} share of {large.fund} ({when})."


def _why_no_ratio(small: Weights, large: Weights | None) -> str:
    if large is None:
        return ""
    if large.taxonomy is not small.taxonomy:
        return f" {large.fund}'s file has {TITLES[large.taxonomy]}, so there is no ratio."
    return " Too much weight has no sector for a ratio." if not are_comparable(small, large) else ""
