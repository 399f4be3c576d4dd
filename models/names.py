"""The vocabulary of the desk: reports, groups, bases and legs, named as the command line names them.

Nothing heavy is imported here, so that the window can be painted before numpy is loaded.
"""

from enum import StrEnum


class Family(StrEnum):
    """One classification of traders by the CFTC."""

    LEGACY = "legacy"
    TFF = "tff"
    DISAGG = "disagg"


class Scope(StrEnum):
    """Futures alone, or futures with options at their delta."""

    FUTURES = "futures"
    COMBINED = "combined"


class Report(StrEnum):
    """A weekly report of the CFTC: a family in one scope."""

    LEGACY_FUTURES = "legacy_futures"
    LEGACY_COMBINED = "legacy_combined"
    TFF_FUTURES = "tff_futures"
    TFF_COMBINED = "tff_combined"
    DISAGG_FUTURES = "disagg_futures"
    DISAGG_COMBINED = "disagg_combined"

    @property
    def family(self) -> Family:
        return Family(self.value.partition("_")[0])

    @property
    def scope(self) -> Scope:
        return Scope(self.value.partition("_")[2])

    @classmethod
    def of(cls, family: Family, scope: Scope) -> "Report":
        return cls(f"{family}_{scope}")


class Group(StrEnum):
    """A class of traders; which report knows it stands in `GROUPS`."""

    NONCOMMERCIAL = "noncommercial"
    COMMERCIAL = "commercial"
    NONREPORTABLE = "nonreportable"
    DEALER = "dealer"
    ASSET_MANAGER = "asset_manager"
    LEVERAGED_FUNDS = "leveraged_funds"
    OTHER_REPORTABLE = "other_reportable"
    PRODUCER_MERCHANT = "producer_merchant"
    SWAP_DEALER = "swap_dealer"
    MANAGED_MONEY = "managed_money"


GROUPS: dict[Family, tuple[Group, ...]] = {
    Family.LEGACY: (Group.NONCOMMERCIAL, Group.COMMERCIAL, Group.NONREPORTABLE),
    Family.TFF: (
        Group.DEALER,
        Group.ASSET_MANAGER,
        Group.LEVERAGED_FUNDS,
        Group.OTHER_REPORTABLE,
        Group.NONREPORTABLE,
    ),
    Family.DISAGG: (
        Group.PRODUCER_MERCHANT,
        Group.SWAP_DEALER,
        Group.MANAGED_MONEY,
        Group.OTHER_REPORTABLE,
        Group.NONREPORTABLE,
    ),
}

WITHOUT_SPREADING = frozenset({Group.COMMERCIAL, Group.NONREPORTABLE, Group.PRODUCER_MERCHANT})
"""Groups whose spreading positions the CFTC does not list apart."""

MAIN_GROUP: dict[Family, Group] = {
    Family.LEGACY: Group.NONCOMMERCIAL,
    Family.TFF: Group.LEVERAGED_FUNDS,
    Family.DISAGG: Group.MANAGED_MONEY,
}
"""The group that stands for speculators in each family."""


class Basis(StrEnum):
    """How a net position is measured."""

    CONTRACTS = "contracts"
    SIZE_ADJUSTED = "size_adjusted"
    SHARE_OF_OI = "share_of_oi"
    NOTIONAL = "notional"


class Legs(StrEnum):
    """How the legs of a market become one series; a single leg is named by its contract code."""

    LEAD = "lead"
    ALL = "all"


class Kind(StrEnum):
    """What a statement claims."""

    LEVEL = "level"
    SWING = "swing"
    SIGN = "sign"
    STREAK = "streak"
    PERFORMANCE = "performance"
    SECTOR = "sector"
    EARNINGS = "earnings"
    CREDIT = "credit"
    LEVERAGE = "leverage"


class Known(StrEnum):
    """When the observation of a day becomes known (`models.calendars` turns it into a moment)."""

    EXCHANGE_CLOSE = "exchange_close"
    CBOE_CLOSE = "cboe_close"
    NEXT_MORNING = "next_morning"
    NEXT_MORNING_NINE = "next_morning_nine"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    BOTH = "both"


class Verdict(StrEnum):
    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


LOOKBACKS: tuple[int | None, ...] = (26, 52, 156, None)
"""Windows in reports offered for the COT index, percentile and z-score; None is all there is."""
