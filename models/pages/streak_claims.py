"""The claim that a fund rose in so many of its last sessions, under one fund a definition."""

from collections.abc import Sequence

import numpy as np

from models.calc.streaks import Streak
from models.explain import figures
from models.formats import as_date, count, day, number_word, percent
from models.names import Kind
from models.pages.side_claims import FAILS, HOLDS, SideCell, SideClaim, Standing
from models.series import closes_of, title_of
from models.statements.drawer import VERDICT_WORDS
from models.statements.evidence import Evidence, EvidenceRow, SourceLine

_SIGNS = {1: "up", 0: "unchanged", -1: "down"}


def streak_claim(streaks: Sequence[Streak]) -> SideClaim | None:
    """The first fund's count is claimed: at least as many rises where most sessions were, else at most as many."""
    if not streaks:
        return None
    first = streaks[0]
    is_up = 2 * first.ups >= first.of
    only = "" if is_up else "only "
    cells = tuple(_cell(one, first, is_up=is_up) for one in streaks if (one.of, one.last) == (first.of, first.last))
    return SideClaim(
        id=f"performance-streak-{first.symbol}-{first.last.isoformat()}",
        kind=Kind.PERFORMANCE,
        title=f"{first.symbol} up in {only}{first.ups} of {first.of} sessions",
        caption=f"to {day(first.last)}",
        date=first.last,
        cells=cells,
        sample_start=first.first,
        sources=(_source(first),),
    )


def _cell(one: Streak, first: Streak, *, is_up: bool) -> SideCell:
    holds = one.ups >= first.ups if is_up else one.ups <= first.ups
    mark = HOLDS if holds else FAILS
    sentence = _sentence(one, is_up=is_up)
    return SideCell(
        definition=one.symbol,
        mark=mark,
        shown=f"{one.ups} of {one.of}",
        value=float(one.ups),
        unit="sessions",
        sentence=sentence,
        basis=f"{one.symbol}, price, the last {one.of} sessions",
        standing=Standing(sample_start=one.first, of=one.windows),
        sources=(_source(one),),
        behind=_evidence(one, mark, sentence, is_up=is_up),
        how=figures.streak(one),
    )


def frequency_pct(one: Streak, *, is_up: bool) -> float:
    """The share of windows with at least as many rises, or with at most as many, in percent."""
    return one.frequency_pct if is_up else float(one.distribution_pct[: one.ups + 1].sum())


def _sentence(one: Streak, *, is_up: bool) -> str:
    """`XLF rose in 7 of the last 9 sessions to 19 Jun 2017, as often or more in 8% of all …`"""
    often = "as often or more" if is_up else "as often or less"
    share = frequency_pct(one, is_up=is_up)
    said = "fewer than 1%" if 0 < share < 0.5 else percent(share, 0)
    return (
        f"{one.symbol} rose in {one.ups} of the last {one.of} sessions to {day(one.last)}, {often} in {said}"
        f" of all {number_word(one.of)}-session windows since {one.first.year}."
    )


def _source(one: Streak) -> str:
    return f"{closes_of(one.source)} of {one.symbol} to {day(one.last)}"


def _evidence(one: Streak, mark: str, sentence: str, *, is_up: bool) -> Evidence:
    share = frequency_pct(one, is_up=is_up)
    bound = "or more" if is_up else "or fewer"
    shares = [(k, float(value)) for k, value in enumerate(one.distribution_pct)]
    return Evidence(
        claim=f"{one.symbol} ({title_of(one.symbol)}) up in {one.ups} of {one.of} sessions",
        verdict=VERDICT_WORDS[mark],
        lead=f"{one.ups} of {one.of}",
        lead_note=f"{one.ups} {bound} in {percent(share, 1)} of {count(one.windows)} windows since {one.first.year}",
        strip=None,
        definition=(
            f"Sessions of {one.symbol} whose close is above the one before; an unchanged close is not up.",
            f"Up days are {percent(one.up_share_pct, 1)} of the sample; were they independent, {one.ups} or more of"
            f" {one.of} would come with a probability of {percent(one.binomial_pct, 1)}.",
        ),
        table_title="Windows with so many up days",
        headers=("Up days", "Share of windows"),
        rows=tuple(EvidenceRow((str(k), percent(value, 1)), k == one.ups) for k, value in shares),
        others=(),
        sample=(
            f"{count(one.windows)} windows from {day(one.first)} to {day(one.last)}; windows with a hole left out.",
        ),
        sources=(SourceLine(_source(one), "", one.last, None, False, None),),
        sentence=f"{sentence} Source: {_source(one)}.",
        export_headers=("date", "change"),
        export_rows=tuple(
            (as_date(when).isoformat(), _SIGNS[int(np.sign(sign))])
            for when, sign in zip(one.days, one.signs, strict=True)
        ),
    )
