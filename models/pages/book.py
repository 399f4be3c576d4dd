"""Series of one market as of one moment: each report is read once, each definition spliced once."""

from dataclasses import dataclass
from datetime import date, datetime

from models.calc.splice import Definition, Series, series
from models.markets import Market
from models.names import MAIN_GROUP, Basis, Family, Group, Legs, Report, Scope
from models.reader import Reader
from models.records import Closes, Positions, Provenance, SourceStatus


@dataclass(frozen=True)
class MainChoice:
    """The report and group that a page shows unless another is chosen, and why."""

    report: Report
    group: Group
    newest: date | None
    reason: str


class Book:
    """What pages and commands read positions through. It keeps what it has read; make a new one for a new moment."""

    def __init__(self, reader: Reader, market: Market, as_of: datetime) -> None:
        self.market = market
        self.as_of = as_of
        self._reader = reader
        self._positions: dict[Report, Positions] = {}
        self._series: dict[Definition, Series] = {}
        self._closes: dict[str, Closes | None] = {}
        self._origins: dict[int, Provenance] = {}

    def positions(self, report: Report) -> Positions:
        if report not in self._positions:
            self._positions[report] = self._reader.positions(report, self.market.codes, self.as_of)
        return self._positions[report]

    @property
    def closes(self) -> Closes | None:
        """Closes of the market's index, None where it has none or none are held."""
        symbol = self.market.index_symbol
        if symbol not in self._closes:
            self._closes[symbol] = self._reader.closes(symbol, self.as_of) if symbol else None
        return self._closes[symbol]

    def series(self, definition: Definition) -> Series:
        if definition not in self._series:
            needs_oi = definition.basis is Basis.SHARE_OF_OI or definition.legs == Legs.LEAD
            self._series[definition] = series(
                self.market,
                self.positions(definition.report),
                definition,
                closes=self.closes if definition.basis is Basis.NOTIONAL else None,
                oi_from=self._oi_reports(definition.report) if needs_oi else (),
            )
        return self._series[definition]

    def _oi_reports(self, report: Report) -> tuple[Positions, ...]:
        """Where open interest is taken from when a legacy row has none: TFF futures-only, else combined."""
        if report is Report.LEGACY_FUTURES:
            return self.positions(Report.TFF_FUTURES), self.positions(Report.TFF_COMBINED)
        return ()

    def provenance(self, batch: int) -> Provenance:
        """Where a batch came from; asked once, so that evidence needs no archive when it is opened."""
        if batch not in self._origins:
            self._origins[batch] = self._reader.provenance(batch)
        return self._origins[batch]

    def statuses(self) -> tuple[SourceStatus, ...]:
        """How each of the CFTC's reports was last asked for."""
        return tuple(status for status in self._reader.statuses() if status.source == "cftc")

    def newest(self, report: Report) -> date | None:
        return self._reader.newest_report(report, self.as_of, self.market.codes)

    def main(self) -> MainChoice:
        """Legacy futures-only noncommercial while no other report is newer, else the newest report."""
        order = [Report.LEGACY_FUTURES, Report.LEGACY_COMBINED]
        families = [f for f in (self.market.main_family, Family.TFF, Family.DISAGG) if f is not Family.LEGACY]
        order += [Report.of(f, s) for f in dict.fromkeys(families) for s in (Scope.FUTURES, Scope.COMBINED)]
        newest = {report: self.newest(report) for report in order}
        best = max((d for d in newest.values() if d is not None), default=None)
        if best is None:
            return MainChoice(Report.LEGACY_FUTURES, Group.NONCOMMERCIAL, None, "no report is held")
        report = next(r for r in order if newest[r] == best)
        reason = (
            "as new as any other report"
            if report is Report.LEGACY_FUTURES
            else "newer than the legacy futures-only report"
        )
        return MainChoice(report, MAIN_GROUP[report.family], best, reason)
