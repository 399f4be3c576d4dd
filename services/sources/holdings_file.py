"""From the cells of a holdings file to a snapshot, and whether the snapshot can be believed."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.calc.sectors import why_left_out
from models.calendars import NEW_YORK
from models.funds import Fund
from models.records import Holding, Refusal, Snapshot
from models.taxonomies import recognised
from models.tickers import normal_ticker
from services.errors import ErrorKind, SourceError
from services.sources.columns import MISSING, read_figure

_MOST_REFUSED = 5
_MOST_REFUSED_SHARE = 0.02
_WHOLE_FUND_PCT = (95.0, 105.0)
_WEIGHT_SLACK_POINTS = 0.2
"""Printed weights are rounded to hundredths and may rest on another value of the fund than its lines add up to."""
_SHOWN_CHARACTERS = 120
_LONGEST_TEXT = 200


@dataclass(frozen=True)
class HoldingsFile:
    """What a file gave: the snapshot, the fund's name as it stands there, and the lines that could not be read."""

    snapshot: Snapshot
    title: str
    refused: tuple[Refusal, ...] = ()


class Lines:
    """Collects the lines of one file; one that cannot be read is refused and named."""

    def __init__(self, what: str) -> None:
        self._what = what
        self.holdings: list[Holding] = []
        self.refused: list[Refusal] = []

    def add(self, texts: Mapping[str, object], figures: Mapping[str, object]) -> None:
        """A line by the field names of `Holding`; a figure that is missing is None, an unreadable one no line."""
        try:
            read = {name: figure(cell) for name, cell in figures.items()}
        except ValueError as error:
            shown = ",".join(str(cell) for cell in (*texts.values(), *figures.values()))
            self.refused.append(Refusal(self._what, str(error), shown[:_SHOWN_CHARACTERS]))
            return
        cells = {name: plain_text(cell) for name, cell in texts.items()}
        self.holdings.append(
            Holding(
                ticker=normal_ticker(cells.get("ticker", "")),
                name=cells.get("name", ""),
                sector=cells.get("sector", ""),
                asset_class=cells.get("asset_class", ""),
                exchange=_or_nothing(cells.get("exchange", "")),
                currency=_or_nothing(cells.get("currency", "")),
                market_value_usd=read.get("market_value_usd"),
                weight_pct=read.get("weight_pct"),
                shares=read.get("shares"),
                price=read.get("price"),
            )
        )

    def snapshot(self, fund: str, as_of: date) -> Snapshot:
        """Raises EMPTY without any line, IMPLAUSIBLE where too many could not be read."""
        total = len(self.holdings) + len(self.refused)
        if not self.holdings:
            raise SourceError(ErrorKind.EMPTY, f"{self._what}: no holdings")
        if len(self.refused) > max(_MOST_REFUSED, _MOST_REFUSED_SHARE * total):
            first = self.refused[0]
            raise SourceError(
                ErrorKind.IMPLAUSIBLE,
                f"{self._what}: {len(self.refused)} of {total} lines refused; first: {first.reason}, {first.content!r}",
            )
        sectors = {h.sector for h in self.holdings if not why_left_out(h)}
        return Snapshot(fund, as_of, recognised(sectors, as_of), tuple(self.holdings))


def _or_nothing(text: str) -> str:
    return "" if text in MISSING else text


def plain_text(cell: object) -> str:
    """Text without control characters, its spaces single; a missing cell is empty."""
    if cell is None:
        return ""
    text = str(cell)[:_LONGEST_TEXT]
    if not text.isprintable():  # nearly all are, and looking at each character would take half the time of a file
        text = "".join(c for c in text if unicodedata.category(c)[0] != "C" or c.isspace())
    return " ".join(text.split())


def figure(cell: object) -> float | None:
    """A number or None for a missing one; ValueError says that it is neither."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        raise ValueError("a cell is no figure")
    if isinstance(cell, int | float):
        text = repr(float(cell))
    else:
        text = str(cell).strip().replace("\u2212", "-").removesuffix("%").strip()
    if text in MISSING:
        return None
    value = read_figure(text)
    if value is None:
        raise ValueError(f"{text[:20]!r} is no figure")
    return value


def check(file: HoldingsFile, fund: Fund, now: datetime) -> None:
    """Raises IMPLAUSIBLE where the file cannot be this fund's holdings (see the gates in `models.funds`).

    The number of equity lines, the sum of the printed weights, each line's market value against its printed
    weight, and the day are looked at.
    """
    snapshot = file.snapshot
    if snapshot.as_of > now.astimezone(NEW_YORK).date() + timedelta(days=1):
        raise SourceError(ErrorKind.IMPLAUSIBLE, f"{fund.ticker}: holdings of {snapshot.as_of}, a day to come")
    held = [h for h in snapshot.holdings if not why_left_out(h)]
    least, most = fund.equities
    if not least <= len(held) <= most:
        detail = f"{fund.ticker}: {len(held)} equity holdings instead of {least} to {most}"
        raise SourceError(ErrorKind.IMPLAUSIBLE, detail)
    _check_weights(snapshot, fund)


def _check_weights(snapshot: Snapshot, fund: Fund) -> None:
    weights = [h.weight_pct for h in snapshot.holdings if h.weight_pct is not None]
    if not weights:
        return
    whole = sum(weights)
    if not _WHOLE_FUND_PCT[0] <= whole <= _WHOLE_FUND_PCT[1]:
        raise SourceError(ErrorKind.IMPLAUSIBLE, f"{fund.ticker}: the weights add up to {whole:.2f} percent")
    value_usd = sum(h.market_value_usd or 0.0 for h in snapshot.holdings)
    if value_usd <= 0:
        return
    for h in snapshot.holdings:
        if h.market_value_usd is None or h.weight_pct is None:
            continue
        if abs(100 * h.market_value_usd / value_usd - h.weight_pct) > _WEIGHT_SLACK_POINTS:
            raise SourceError(
                ErrorKind.IMPLAUSIBLE,
                f"{fund.ticker}: {h.name} is {h.weight_pct} percent in the file, "
                f"{100 * h.market_value_usd / value_usd:.2f} by its market value",
            )


def place(header: Sequence[str], *names: str) -> int | None:
    """The place of the first of these columns that the header has, whatever their case."""
    have = [cell.strip().casefold() for cell in header]
    return next((have.index(name.casefold()) for name in names if name.casefold() in have), None)
