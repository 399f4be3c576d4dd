"""Sentences of our own with the claims that the reader must find in them; nothing in them is taken from an article."""

from datetime import date

from tests.models.check import (
    wordings_credit,
    wordings_holdings,
    wordings_nothing,
    wordings_positions,
    wordings_records,
    wordings_relative,
    wordings_returns,
)
from tests.models.check.examples import R2, SPX, Example, claim

POSITIONS = (
    Example(
        "Speculators were net long 7,500 contracts of Russell 2000 mini futures on June 13.",
        (claim("position", market=R2, side=1, value=7500, day=date(2017, 6, 13), traders="speculators"),),
    ),
    Example(
        "In the week to June 6, large speculators held a net short of about 36,000 contracts in the mini Russell.",
        (claim("position", market=R2, side=-1, value=36000, day=date(2017, 6, 6)),),
    ),
    Example(
        "Leveraged funds went from net short 24,000 contracts two weeks ago to net long 33,000 in the Russell 2000.",
        (
            claim("position", side=-1, value=24000, day=date(2017, 5, 30), traders="leveraged funds"),
            claim("position", side=1, value=33000, day=None, market=R2),
        ),
    ),
    Example(
        "Money managers' net long in gold amounted to 230,000 contracts on May 30.",
        (claim("position", market="gold", side=1, value=230000, day=date(2017, 5, 30), traders="money managers"),),
    ),
    Example(
        "Hedge funds are net long the 10-year Treasury note.",
        (claim("position", market="us-10y", side=1, value=None, traders="hedge funds"),),
    ),
    Example(
        "Hedge funds are not net short the yen.",
        (claim("position", market="yen", side=-1, is_negated=True),),
    ),
    Example(
        "Asset managers' positions in the E-mini S&P 500 amounted to 500,000 contracts net long last Tuesday.",
        (claim("position", market=SPX, side=1, value=500000, day=date(2017, 6, 13)),),
    ),
    Example(
        "The funds, short 12,400 contracts of Nasdaq 100 minis on 30 May 2017, have since covered.",
        (claim("position", market="nasdaq-100", side=-1, value=12400, day=date(2017, 5, 30)),),
    ),
    Example(
        "Non-commercial traders held more than 350,000 net long contracts in WTI crude.",
        (claim("position", market="wti", side=1, value=350000, traders="speculators"),),
    ),
    Example(
        "The same traders had been net short 73,030 contracts a fortnight earlier.",
        (claim("position", market=R2, side=-1, value=73030, day=date(2017, 5, 30)),),
        before=("Speculators were net long 7,542 contracts of Russell 2000 futures on June 13.",),
    ),
    Example(
        "Net shorts in the VIX stood at 150,000 contracts as of June 13, 2017.",
        (claim("position", market="vix", side=-1, value=150000, day=date(2017, 6, 13)),),
    ),
    Example(
        "Speculators held 73,000 more short contracts than long ones in Russell 2000 futures on May 30.",
        (claim("position", market=R2, side=-1, value=73000, day=date(2017, 5, 30)),),
    ),
    Example(
        "Hedge funds, which were net short 73,000 Russell 2000 contracts on May 30, were net long 7,500 on June 13.",
        (
            claim("position", market=R2, side=-1, value=73000, day=date(2017, 5, 30)),
            claim("position", market=R2, side=1, value=7500, day=date(2017, 6, 13)),
        ),
    ),
    Example("Speculators held net short positions of 8,900 contracts in the euro at the beginning of May."),
    Example(
        "Net long positions in the S&P 500 E-mini held by asset managers exceed 800,000 contracts.",
        (claim("position", market=SPX, side=1, value=800000, traders="asset managers"),),
    ),
    Example(
        "Speculators were net short 73,000 Russell 2000 contracts at the end of May.",
        (claim("position", market=R2, side=-1, value=73000, day=date(2017, 5, 31)),),
    ),
)

LEVELS = (
    Example(
        "Hedge funds are the most bearish on small caps in six years.",
        (claim("level", market=R2, direction="down", since=date(2011, 12, 16)),),
    ),
    Example(
        "On May 30, speculators held their largest net short position in Russell 2000 futures since May 2011.",
        (claim("level", market=R2, direction="down", day=date(2017, 5, 30), since=date(2011, 5, 31)),),
    ),
    Example(
        "Bets against the euro are at their highest since January.",
        (claim("level", market="euro", direction="down", since=date(2017, 1, 31)),),
    ),
    Example(
        "Speculators' net long position in gold climbed to a five-month high.",
        (claim("level", market="gold", direction="up"),),
    ),
    Example(
        "Money managers cut net longs in crude oil to the lowest since November.",
        (claim("level", market="wti", direction="down", since=date(2016, 11, 30)),),
    ),
    Example(
        "A record net short in 10-year notes has built up.",
        (claim("level", market="us-10y", direction="down", since=None),),
    ),
    Example(
        "Traders have not been this gloomy: they are the most bearish on the S&P 500 E-mini since 2012.",
        (claim("level", market=SPX, direction="down", since=date(2012, 12, 31)),),
    ),
    Example(
        "Leveraged funds turned from the most bearish in six years to the most bullish in four months on the Russell"
        " 2000 within two weeks.",
        (
            claim("level", direction="down", day=date(2017, 5, 30)),
            claim("level", direction="up", market=R2, day=None),
        ),
    ),
    Example(
        "Hedge funds were not the most bullish on copper since 2014.",
        (claim("level", market="copper", direction="up", is_negated=True, since=date(2014, 12, 31)),),
    ),
    Example(
        "Bullish bets on the yen are the smallest in nearly two years.",
        (claim("level", market="yen", direction="down"),),
    ),
    Example(
        "Net long positions in sterling were the largest on record.",
        (claim("level", market="sterling", direction="up", since=None),),
    ),
    Example(
        "That's a reversal from two weeks earlier, when they were the most bearish in six years.",
        (claim("level", market=R2, direction="down", day=date(2017, 5, 30)),),
        before=("Speculators were net long 7,500 contracts of Russell 2000 futures on June 13.",),
    ),
    Example(
        "Hedge funds had never been this bearish on silver.",
        (claim("level", market="silver", direction="down", since=None, is_negated=False),),
    ),
    Example(
        "Net-short positions on 10-year Treasury futures rose to 365,000 contracts, the most since 2015.",
        (
            claim("position", market="us-10y", side=-1, value=365000),
            claim("level", market="us-10y", direction="down", since=date(2015, 12, 31)),
        ),
    ),
    Example(
        "Ten-year note net longs reached 358,000 contracts on May 30, a record.",
        (
            claim("position", market="us-10y", side=1, value=358000, day=date(2017, 5, 30)),
            claim("level", market="us-10y", direction="up", since=None, day=date(2017, 5, 30)),
        ),
    ),
    Example(
        "The yen's net short of 52,000 contracts was the smallest in five weeks.",
        (
            claim("position", market="yen", side=-1, value=52000),
            claim("level", market="yen", direction="up"),
        ),
    ),
)

SIGNS = (
    Example(
        "Hedge funds turned net long Russell 2000 futures for the first time since February.",
        (claim("sign", market=R2, direction="up", since=date(2017, 2, 28)),),
    ),
    Example(
        "It is the first net long position in small-cap futures since last February.",
        (claim("sign", market=R2, direction="up", since=date(2017, 2, 28)),),
    ),
    Example(
        "Not since November 2015 have speculators been net short gold.",
        (claim("sign", market="gold", direction="down", since=date(2015, 11, 30)),),
    ),
    Example(
        "Speculators are net short the euro for the first time in three months.",
        (claim("sign", market="euro", direction="down"),),
    ),
    Example(
        "For the first time since 2014, large speculators are net long the Canadian dollar.",
        (claim("sign", market="canadian-dollar", direction="up", since=date(2014, 12, 31)),),
    ),
)

SWINGS = (
    Example(
        "The two-week swing in hedge funds' Russell 2000 position was the largest on record.",
        (claim("swing", market=R2, reports=2, since=None),),
    ),
    Example(
        "It was the biggest about-face on record.",
        (claim("swing", market=R2, reports=2, since=None),),
        before=("In two weeks speculators flipped to net long in Russell 2000 futures.",),
    ),
    Example(
        "Speculators raised their net long position in crude oil by 45,000 contracts in the week ended June 13.",
        (claim("swing", market="wti", direction="up", value=45000, reports=None, day=date(2017, 6, 13)),),
    ),
    Example(
        "Money managers added 21,000 contracts to net longs in silver over three weeks.",
        (claim("swing", market="silver", direction="up", value=21000, reports=3),),
    ),
    Example(
        "Hedge funds cut net shorts in corn by 60,000 contracts last week.",
        (claim("swing", market="corn", direction="up", value=60000, reports=1),),
    ),
    Example(
        "It amounts to a swing of 80,572 contracts in two weeks for Russell 2000 speculators.",
        (claim("swing", market=R2, value=80572, reports=2),),
    ),
    Example(
        "The biggest weekly increase in net longs in the yen since 2009 followed.",
        (claim("swing", market="yen", direction="up", reports=1, since=date(2009, 12, 31)),),
    ),
    Example(
        "For leveraged funds it was the sharpest four-week reversal in 10-year notes ever.",
        (claim("swing", market="us-10y", reports=4, since=None),),
    ),
    Example(
        "Noncommercial traders' net position in Russell 2000 minis improved by 80,572 contracts in two weeks, the"
        " largest increase ever.",
        (
            claim("swing", market=R2, direction="up", value=80572, reports=2),
            claim("swing", market=R2, direction="up", reports=2, since=None),
        ),
    ),
)

STREAKS = (
    Example(
        "Speculators raised net longs in gold for a sixth straight week.",
        (claim("streak", market="gold", direction="up", length=6),),
    ),
    Example(
        "Net short positions in the euro fell for five weeks in a row.",
        (claim("streak", market="euro", direction="up", length=5),),
    ),
    Example(
        "Hedge funds have cut bullish bets on natural gas for three consecutive weeks.",
        (claim("streak", market="natural-gas", direction="down", length=3),),
    ),
    Example(
        "For a fourth successive week, money managers increased net shorts in wheat.",
        (claim("streak", market="wheat", direction="down", length=4),),
    ),
    Example(
        "Speculators' bullish bets on gold dropped for a third week.",
        (claim("streak", market="gold", direction="down", length=3),),
    ),
)

RETURNS = (
    Example(
        "The Russell 2000 has gained 3.4 percent this month.",
        (claim("performance", market=R2, direction="up", value=3.4, window="mtd"),),
    ),
    Example(
        "The S&P 500 is up 8.3% so far this year.",
        (claim("performance", market=SPX, direction="up", value=8.3, window="ytd"),),
    ),
    Example(
        "In May the Nasdaq 100 advanced 3.7 percent.",
        (claim("performance", market="nasdaq-100", direction="up", value=3.7, window="may"),),
    ),
    Example(
        "Small-cap stocks fell 2.2% in the first quarter of 2016.",
        (claim("performance", market=R2, direction="down", value=2.2, window="2015-12-31:2016-03-31"),),
    ),
    Example(
        "Financial shares have risen 5 percent in June.",
        (claim("performance", subject=("XLF",), direction="up", value=5, window="mtd"),),
    ),
    Example(
        "From January through May, a 0.96 percent gain was all that the Russell 2000 managed.",
        (claim("performance", market=R2, value=0.96, window="jan-may"),),
    ),
    Example(
        "The Dow dropped 1.2 percent last week.",
        (claim("performance", market="dow", direction="down", value=1.2, window="2017-06-02:2017-06-09"),),
        article=date(2017, 6, 14),
    ),
    Example(
        "The Russell 2000 could gain 10 percent this year, analysts say.",
    ),
    Example(
        "The Russell 2000 has not gained 5 percent this month.",
        (claim("performance", market=R2, value=5, is_negated=True),),
    ),
    Example(
        "The S&P 500 has climbed 8.9 percent this year, its best first half since 2013.",
        (
            claim("performance", market=SPX, value=8.9, window="ytd"),
            claim("performance", market=SPX, direction="up", window="ytd", since=date(2013, 12, 31)),
        ),
    ),
    Example("Short interest in IWM rose to 12 percent."),
    Example("Small caps have trailed large caps in 5 of the past 6 months."),
    Example("Since the election, financials have gained 20 percent."),
    Example("The Dow is at a record high."),
    Example(
        "Small caps had their best day since March 1 on Wednesday, rising 1.6 percent.",
        (claim("performance", market=R2, direction="up", value=1.6, window="2017-06-13:2017-06-14"),),
    ),
    Example("Bank of America rose 2 percent."),
    Example(
        "It has gained 3.4 percent this month.",
        (claim("performance", market=R2, value=3.4, window="mtd"),),
        before=("The Russell 2000 is a gauge of small caps.",),
    ),
    Example(
        "Apple has gained 3.4 percent this month.",
        before=("The Russell 2000 is a gauge of small caps.",),
    ),
)

RELATIVES = (
    Example(
        "Small caps trailed the S&P 500 by almost 7 percentage points from January through May, the worst start to a"
        " year since 1998.",
        (
            claim("relative_performance", market=R2, other=SPX, direction="down", value=7, window="jan-may"),
            claim("relative_performance", market=R2, direction="down", since=date(1998, 12, 31), window="jan-may"),
        ),
    ),
    Example(
        "The Russell 2000 has beaten the S&P 500 by 1.8 points in June.",
        (claim("relative_performance", market=R2, other=SPX, direction="up", value=1.8, window="mtd"),),
    ),
    Example(
        "Through Friday small companies were 6 percentage points behind large caps this year.",
        (claim("relative_performance", market=R2, other=SPX, direction="down", value=6, window="ytd"),),
    ),
    Example(
        "Regional banks have lagged the S&P 500 by 12 points since the end of February.",
        (claim("relative_performance", subject=("KRE",), other=SPX, direction="down", value=12),),
    ),
    Example(
        "Small caps are outperforming large caps this month by the most since November.",
        (claim("relative_performance", market=R2, other=SPX, direction="up", window="mtd", since=date(2016, 11, 30)),),
    ),
    Example(
        "The Russell 2000 underperformed the Nasdaq 100 by more than 10 points in the first five months.",
        (claim("relative_performance", other="nasdaq-100", direction="down", value=10, window="jan-may"),),
    ),
    Example(
        "Its lag behind the S&P 500 of 6.8 percentage points was the worst start since 1998.",
        (
            claim("relative_performance", market=R2, other=SPX, value=6.8, window="jan-may"),
            claim("relative_performance", since=date(1998, 12, 31), window="jan-may"),
        ),
        before=("From January to May, the Russell 2000 rose 1 percent.",),
    ),
    Example(
        "The Russell 2000 is on pace for its best month since November relative to the S&P 500.",
        (claim("relative_performance", market=R2, other=SPX, direction="up", window="mtd", since=date(2016, 11, 30)),),
    ),
    Example(
        "The Russell 2000 returned 1 percent in the first five months, almost 7 percentage points less than"
        " the S&P 500.",
        (
            claim("performance", market=R2, value=1, window="jan-may"),
            claim("relative_performance", market=R2, other=SPX, direction="down", value=7, window="jan-may"),
        ),
    ),
    Example(
        "The Russell 2000 is beating the S&P 500 by 1.8 points this month, the most since November.",
        (
            claim("relative_performance", market=R2, other=SPX, direction="up", value=1.8, window="mtd"),
            claim("relative_performance", direction="up", window="mtd", since=date(2016, 11, 30)),
        ),
    ),
    Example("Small caps haven't started a year this badly versus large caps since 1998."),
)

DAYS = (
    Example(
        "Bank shares have risen in seven of the last nine days.",
        (claim("days", direction="up", hits=7, length=9, subject=("XLF", "KBE", "KRE")),),
    ),
    Example(
        "The Russell 2000 fell for a fifth straight day.",
        (claim("days", market=R2, direction="down", hits=5, length=5),),
    ),
    Example(
        "In eight out of 10 sessions, regional bank stocks gained.",
        (claim("days", subject=("KRE",), hits=8, length=10),),
    ),
    Example(
        "Technology shares declined three days in a row.",
        (claim("days", subject=("XLK",), direction="down", hits=3, length=3),),
    ),
)

SECTORS = (
    Example(
        "Financials make up almost a third of the Russell 2000, nearly twice their share of the S&P 500.",
        (
            claim("sector_share", sector="Financials", market=R2, value=100 / 3),
            claim("sector_ratio", sector="Financials", market=R2, other=SPX, value=2),
        ),
    ),
    Example(
        "Technology companies account for 22 percent of the S&P 500.",
        (claim("sector_share", sector="Information Technology", market=SPX, value=22),),
    ),
    Example(
        "About a quarter of the Russell 2000 is in financial companies.",
        (claim("sector_share", sector="Financials", market=R2, value=25),),
    ),
    Example(
        "Energy's weight in the S&P 500 is 6 percent, double its share of the Russell 2000.",
        (
            claim("sector_share", sector="Energy", market=SPX, value=6),
            claim("sector_ratio", sector="Energy", market=SPX, other=R2, value=2),
        ),
    ),
    Example(
        "Real estate has a 7 percent weighting in small caps.",
        (claim("sector_share", sector="Real Estate", market=R2, value=7),),
    ),
    Example(
        "Financials make up nearly 30 percent of the small-cap index versus 14 percent of the S&P 500.",
        (
            claim("sector_share", sector="Financials", market=R2, value=30),
            claim("sector_share", sector="Financials", market=SPX, value=14),
        ),
    ),
)

SPREADS = (
    Example("Credit spreads have narrowed.", (claim("spread", spread="credit", direction="down", is_change=True),)),
    Example(
        "High-yield spreads widened by 25 basis points in the past four weeks.",
        (claim("spread", spread="high yield", direction="up", value=25),),
    ),
    Example(
        "Junk-bond spreads, at 3.7 percentage points, are the lowest since 2014.",
        (
            claim("spread", spread="high yield", value=3.7, is_change=False),
            claim("spread", spread="high yield", direction="down", since=date(2014, 12, 31)),
        ),
    ),
    Example("Tightening corporate-bond spreads helped.", (claim("spread", spread="credit", direction="down"),)),
    Example("Investment-grade spreads are not widening.", (claim("spread", direction="up", is_negated=True),)),
)

EARNINGS = (
    Example(
        "Profits of Russell 2000 companies are expected to rise 5.7 percent this year, half the pace of the S&P 500.",
        (
            claim("earnings_growth", market=R2, value=5.7, year=2017),
            claim("growth_comparison", market=R2, other=SPX, value=0.5),
        ),
    ),
    Example(
        "S&P 500 earnings will grow 11 percent in 2017.",
        (claim("earnings_growth", market=SPX, value=11, year=2017),),
    ),
    Example(
        "Small-cap earnings are seen growing more slowly than those of the S&P 500.",
        (claim("growth_comparison", market=R2, other=SPX, direction="down"),),
    ),
    Example(
        "Earnings of S&P 600 members fell 3 percent in 2015.",
        (claim("earnings_growth", market="sp-600", direction="down", value=3, year=2015),),
    ),
)

LEVERAGES = (
    Example("Small-cap leverage is near an all-time high.", (claim("leverage", market=R2, direction="up"),)),
    Example("Net debt of Russell 2000 companies is 3.1 times EBITDA.", (claim("leverage", market=R2, value=3.1),)),
    Example("Debt at small companies has climbed to a record.", (claim("leverage", market=R2),)),
)

NOTHING = (
    Example("The meeting begins on Wednesday."),
    Example("If hedge funds were net short 50,000 contracts of the Russell 2000, a squeeze would follow."),
    Example("Are hedge funds the most bearish on small caps since 2011?"),
    Example("Traders might turn net long gold for the first time since May."),
    Example("She bought 2,000 tulips in March, the most in years."),
    Example("Die Hedgefonds haben ihre Wetten auf Nebenwerte gedreht."),
    Example("The long road to reform was the shortest in six years."),
    Example("The Fed may raise rates 25 basis points in June."),
)

CORPUS: tuple[Example, ...] = (
    *POSITIONS,
    *LEVELS,
    *SIGNS,
    *SWINGS,
    *STREAKS,
    *RETURNS,
    *RELATIVES,
    *DAYS,
    *SECTORS,
    *SPREADS,
    *EARNINGS,
    *LEVERAGES,
    *NOTHING,
    *wordings_positions.SENTENCES,
    *wordings_records.SENTENCES,
    *wordings_returns.SENTENCES,
    *wordings_relative.SENTENCES,
    *wordings_holdings.SENTENCES,
    *wordings_credit.SENTENCES,
    *wordings_nothing.SENTENCES,
)
