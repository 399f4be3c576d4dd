"""The streak meter: how many of the last sessions rose, and how unusual that is."""

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from models.calc.prices import session_numbers
from models.formats import as_date
from models.records import Bools, Closes, Dates, Floats, Ints


@dataclass(frozen=True)
class Streak:
    """Up `ups` of the last `of` sessions of a symbol.

    `frequency_pct` is the share of all windows of that length in the sample with at least as many rises, this one
    included; `binomial_pct` the probability of that with independent sessions at the sample's share of up days,
    `up_share_pct`. `distribution_pct` gives the share of windows with exactly 0 to `of` rises. A window with a
    missing session in it is not counted. `days` and `signs` are the newest changes (1, 0, -1), oldest first.
    """

    symbol: str
    source: str
    ups: int
    of: int
    frequency_pct: float
    binomial_pct: float
    up_share_pct: float
    distribution_pct: Floats
    windows: int
    first: date
    last: date
    days: Dates
    signs: Ints


def streak(closes: Closes, sessions: int, shown: int | None = None) -> Streak | None:
    """None where fewer closes are held, or one of the last sessions is missing.

    `shown` is how many of the newest changes are given in `days` and `signs`. An unchanged close is not up.
    """
    if sessions < 1 or len(closes) <= sessions:
        return None
    signs = np.sign(np.diff(closes.close)).astype(np.int64)
    is_session = np.diff(session_numbers(closes.date)) <= 1
    ups = _sums(signs > 0, sessions)
    counted = _sums(is_session, sessions) == sessions
    if not counted[-1]:
        return None
    k, sample = int(ups[-1]), ups[counted]
    share = float((signs[is_session] > 0).mean())
    newest = min(shown or sessions, len(signs))
    return Streak(
        symbol=closes.symbol,
        source=closes.source,
        ups=k,
        of=sessions,
        frequency_pct=100 * float((sample >= k).mean()),
        binomial_pct=100 * at_least(k, sessions, share),
        up_share_pct=100 * share,
        distribution_pct=100 * np.bincount(sample, minlength=sessions + 1) / len(sample),
        windows=len(sample),
        first=as_date(closes.date[0]),
        last=as_date(closes.date[-1]),
        days=closes.date[-newest:],
        signs=signs[-newest:],
    )


def _sums(flags: Bools, n: int) -> Ints:
    """How many of each n in a row are set."""
    total = np.concatenate(([0], np.cumsum(flags)))
    return np.asarray(total[n:] - total[:-n], dtype=np.int64)


def at_least_pct(streak: Streak, k: int) -> float:
    """The share of windows with at least k rises, in percent."""
    return float(streak.distribution_pct[k:].sum())


def at_least(k: int, n: int, p: float) -> float:
    """The binomial probability of at least k of n."""
    return math.fsum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k, n + 1))
