"""What the words and figures of the desk mean, in short: the text of the help page."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """One term. `words` are found by the search though they are not shown."""

    section: str
    term: str
    text: str
    words: str = ""


_POSITIONS = "Positions"
_BASES = "Bases"
_MEASURES = "Measures"
_RECORDS = "Records and verdicts"
_TIME = "As of"
_SECTORS = "Sectors"
_EARNINGS = "Earnings"
_PERFORMANCE = "Performance"
_CREDIT = "Credit and leverage"

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        _POSITIONS,
        "Commitments of Traders",
        "The weekly report of the CFTC on who holds which futures. Positions are those at the close of a Tuesday; the "
        "report usually comes out on the Friday after, at 15:30 New York time.",
        "cot report cftc",
    ),
    Definition(
        _POSITIONS,
        "Speculators",
        "The noncommercial traders of the Legacy report, futures only. It is the only report that reaches back to the "
        "1980s, and the one that the press quotes.",
        "noncommercial legacy large",
    ),
    Definition(
        _POSITIONS,
        "Leveraged funds",
        "A group of the report on traders in financial futures (TFF), from June 2006 on: hedge funds and the like. TFF "
        "is no split of the Legacy report, so the two are shown side by side and never turned into each other.",
        "tff hedge funds",
    ),
    Definition(
        _POSITIONS,
        "Net",
        "Long less short of one group. Spreads, where a trader is on both sides, are left out. Above zero the group is "
        "net long, below zero net short.",
        "long short spreading",
    ),
    Definition(
        _POSITIONS,
        "Open interest",
        "All contracts that are open. Where a Legacy row has none, that of the same contract and day from the TFF "
        "report stands in: futures only, else futures and options. The evidence says which.",
        "oi",
    ),
    Definition(
        _POSITIONS,
        "Market, leg and lead contract",
        "A market is a chain of contracts, its legs. The lead contract is the one that leads by open interest; the "
        "chart follows it from one exchange to the next. All contracts adds the legs up, each at its size; a report "
        "without one of them has no sum.",
        "splice chain code",
    ),
    Definition(
        _POSITIONS,
        "Seam",
        "A report at which the lead contract or its size changes: a dashed line through all panes. A change across "
        "a change of lead is no move of positions and is left out of rankings; how many is said.",
        "roll resize multiplier",
    ),
    Definition(
        _POSITIONS,
        "Swing anatomy",
        "What the change of the net is made of: change of longs less change of shorts, and what each other group did "
        "over the same weeks. The nets of all groups add up to zero.",
        "who moved",
    ),
    Definition(
        _BASES,
        "Contracts",
        "The net as reported, in contracts of whatever size they had that day.",
        "as reported",
    ),
    Definition(
        _BASES,
        "Size-adjusted",
        "Contracts times dollars a point, divided by today's dollars a point of the lead contract. The Russell 2000 "
        "mini was cut from $100 to $50 a point on 6 December 2016, so one contract of before counts as two.",
        "$50 contracts multiplier split",
    ),
    Definition(
        _BASES,
        "Share of open interest",
        "100 times net divided by open interest, in percent. A change of it is in points.",
        "% of oi",
    ),
    Definition(
        _BASES,
        "Dollar value",
        "Contracts times dollars a point times the close of the index on the last session up to the day of the report.",
        "notional usd",
    ),
    Definition(
        _MEASURES,
        "COT index",
        "Where the net sits between the lowest and the highest of the lookback: 100 times (net less lowest) divided by "
        "(highest less lowest). 0 is the lowest, 100 the highest. The usual lookback is 156 reports, today included.",
        "williams range",
    ),
    Definition(
        _MEASURES,
        "Percentile",
        "Share of the lookback's values that are at or below the net of today, in percent. It is not the COT index.",
    ),
    Definition(
        _MEASURES,
        "Z-score",
        "How far the net is from the mean of the lookback, in standard deviations of the sample (n less 1).",
        "standard deviation",
    ),
    Definition(
        _MEASURES,
        "Change over k weeks",
        "The net less the net k reports earlier. Where reports are missing, so that the two are more than 7k + 10 days "
        "apart, there is no change over k reports.",
        "two weeks swing",
    ),
    Definition(
        _MEASURES,
        "Movement index and WILLCO",
        "Movement index: COT index less the COT index six reports ago. WILLCO: the COT index over 26 reports of net "
        "divided by open interest.",
    ),
    Definition(
        _MEASURES,
        "Lookback",
        "How many reports a measure looks at, today's included. With fewer reports than that it is not defined; "
        "missing weeks stay missing.",
        "window",
    ),
    Definition(
        _RECORDS,
        "Record",
        "First place in a ranking, under one definition, in the sample that is held. The start of the sample and its "
        "holes are always one click away.",
        "rank biggest largest",
    ),
    Definition(
        _RECORDS,
        "Swing",
        "The change over k reports, ranked among all changes over k reports: by size in its direction, and by size "
        "alone. Ties share the better rank. Windows whose ends are fewer than k reports apart overlap.",
        "rise fall about-face",
    ),
    Definition(
        _RECORDS,
        "Highest, lowest since",
        "The day named is the latest earlier report with a net at least as high, or as low. Where there is none, it is "
        "on record, and the sample's start is named.",
        "level most bullish bearish",
    ),
    Definition(
        _RECORDS,
        "Separate episodes",
        "Of windows that overlap only the largest is kept, so that one turn does not fill the whole table.",
    ),
    Definition(
        _RECORDS,
        "Disc with a tick: holds",
        "The statement is true in the sample that is held.",
        "verdict true mark",
    ),
    Definition(
        _RECORDS,
        "Hollow disc with a cross: does not hold",
        "A counter-example is in the sample; the evidence names it.",
        "verdict false mark",
    ),
    Definition(
        _RECORDS,
        "Half disc: sample too short",
        "True as far as the data go, but they do not reach back to the date that is claimed.",
        "verdict cannot be shown mark",
    ),
    Definition(
        _RECORDS,
        "Dash: no data",
        "The definition cannot be computed with what is held.",
        "verdict cannot be shown mark",
    ),
    Definition(
        _RECORDS,
        "Streak",
        "So many changes in a row of one sign. On the Market page: sessions up among the last n, how often that "
        "happened in the sample, and how likely it is at the sample's share of up days.",
        "binomial meter",
    ),
    Definition(
        _TIME,
        "As of",
        "Everything on the desk uses only what had been released by the end of that day in New York: reports, prices, "
        "holdings, estimates and their revisions. Live means now.",
        "rewind rewound",
    ),
    Definition(
        _TIME,
        "Released and retrieved",
        "When a figure became public decides what is visible. When it was fetched decides only between two versions of "
        "the same figure: a revision counts from the day on which it was fetched.",
        "revision version",
    ),
    Definition(
        _TIME,
        "Later data, marked \u25c6",
        "A switch that fills a card that would be empty with the nearest later data. Each figure then carries \u25c6 "
        "and its date. No verdict ever uses it.",
        "look ahead switch",
    ),
    Definition(
        _TIME,
        "Late",
        "A source is past its due time and its grace. The figures stay, with their age in plum.",
        "stale freshness",
    ),
    Definition(
        _SECTORS,
        "Weight of a sector",
        "Market value of the sector's holdings divided by the market value of all equity holdings of the fund. Cash, "
        "futures, rights and lines without a listing are left out, and their sum is shown.",
    ),
    Definition(
        _SECTORS,
        "Fund and index",
        "A fund stands for its index: IWM for the Russell 2000, IVV for the S&P 500, IJR for the S&P 600. The figures "
        "are those of the fund's holdings.",
        "iwm ivv ijr proxy",
    ),
    Definition(
        _SECTORS,
        "Taxonomy",
        "The list of sectors. GICS of today has eleven; before September 2016 real estate was part of financials; "
        "Russell had nine of its own. Two funds are compared in one taxonomy only. Where sectors were estimated by "
        "ticker, the share of weight so filled is said.",
        "gics icb russell",
    ),
    Definition(
        _SECTORS,
        "Contribution and lead",
        "Contribution of a sector: its weight at the start times its return. The lead of small caps is the sum of the "
        "differences of contributions, and the rest that they leave is printed.",
        "attribution residual",
    ),
    Definition(
        _EARNINGS,
        "Growth",
        "Sum of shares times earnings a share of the next period divided by that of the base period, less 1, over the "
        "companies that have both. Losses are included. How much of the index that covers is said.",
        "eps coverage",
    ),
    Definition(
        _EARNINGS,
        "NM",
        "Not meaningful: the base is zero, negative or below 0.5 % of market value. The change over market value is "
        "shown instead.",
        "negative base",
    ),
    Definition(
        _EARNINGS,
        "Basis of an estimate",
        "Operating, as reported, or without single items. Figures of different bases never stand in one series.",
        "operating as reported",
    ),
    Definition(
        _EARNINGS,
        "Vintage and revision",
        "A vintage is the day on which an estimate was the consensus. Revision: the estimate of today divided by that "
        "of 30, 60 or 90 days before, less 1. Breadth: (raised less cut) divided by (raised plus cut).",
        "consensus breadth",
    ),
    Definition(
        _EARNINGS,
        "Loss-makers",
        "The share of companies with earnings below zero, by number and by weight, and growth of the members that "
        "earned money in the base period.",
    ),
    Definition(
        _EARNINGS,
        "Price to earnings",
        "Sum of weights divided by the sum of weight times earnings divided by price. With losses, and without them.",
        "p/e pe harmonic",
    ),
    Definition(
        _PERFORMANCE,
        "Return and points",
        "Price return between two closes; dividends only where the series has them, and then it is called total "
        "return. Points: return of small less return of large caps. Ratio: (1 + small) divided by (1 + large), less 1.",
        "relative",
    ),
    Definition(
        _PERFORMANCE,
        "Month to date, year to date",
        "From the last close of the month, or the year, before.",
        "mtd ytd",
    ),
    Definition(
        _PERFORMANCE,
        "Same stretch every year",
        "The same window of every year in the sample, ranked. Years without all their closes are left out, and the "
        "count says so.",
        "worst start league",
    ),
    Definition(
        _CREDIT,
        "Spread and basis point",
        "Yield of a bond above that of a Treasury, in percentage points; a hundredth of a point is a basis point (bp). "
        "An observation is known on the next business day.",
        "bp high yield baa",
    ),
    Definition(
        _CREDIT,
        "Narrowing",
        "Lower than four weeks ago by more than a tenth of the standard deviation of the changes over four weeks, "
        "taken weekly over the last 52 weeks. Different spreads are never joined into one series.",
        "widening flat",
    ),
    Definition(
        _CREDIT,
        "Leverage",
        "Sum of debt less cash divided by the sum of EBITDA, over holdings that are neither financials nor REITs. "
        "Outliers are listed.",
        "debt ebitda",
    ),
)


def matching(text: str, of: Sequence[Definition] = DEFINITIONS) -> list[Definition]:
    """The definitions in which every word is found, those with it in the term first."""
    words = text.casefold().split()
    found = [one for one in of if all(word in _sought(one) for word in words)]
    return sorted(found, key=lambda one: not all(word in one.term.casefold() for word in words)) if words else found


def _sought(one: Definition) -> str:
    return f"{one.section} {one.term} {one.text} {one.words}".casefold()
