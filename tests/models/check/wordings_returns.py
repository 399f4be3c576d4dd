"""Returns and days up or down, as newspapers word them."""

from datetime import date

from tests.models.check.examples import MONDAY, R2, SPX, Example, claim

SENTENCES = (
    Example(
        "The Russell 2000 has climbed 3.4 percent in June.",
        (claim("performance", market=R2, direction="up", value=3.4, window="mtd"),),
        MONDAY,
    ),
    Example(
        "Small caps have rallied this month, with the Russell 2000 up 3.4 percent.",
        (claim("performance", market=R2, direction="up", value=3.4, window="mtd"),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 Index is up 3.4 percent this month, beating the S&P 500 by 2 percentage"
        " points, the most since November.",
        (
            claim("performance", market=R2, direction="up", value=3.4, window="mtd"),
            claim("relative_performance", market=R2, other=SPX, direction="up", value=2, window="mtd"),
            claim("relative_performance", market=R2, other=SPX, direction="up", since=date(2016, 11, 30), window="mtd"),
        ),
        MONDAY,
    ),
    Example(
        "The small-cap gauge's 3.4 percent gain in June compares with a 1 percent advance in the S&P 500.",
        (
            claim("performance", market=R2, direction="up", value=3.4, window="mtd"),
            claim("performance", market=SPX, direction="up", value=1, window="mtd"),
        ),
        MONDAY,
    ),
    Example(
        "A gauge of small companies rose 3.4 percent since the end of May.",
        (claim("performance", market=R2, direction="up", value=3.4, window="mtd"),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 is 3.4 percent higher month-to-date.",
        (claim("performance", market=R2, direction="up", value=3.4, window="mtd"),),
        MONDAY,
    ),
    Example(
        "Month to date, small caps have returned 3.4 percent.",
        (claim("performance", market=R2, direction="up", value=3.4, window="mtd"),),
        MONDAY,
    ),
    Example(
        "Through Friday, the Russell 2000 had added 3.4 percent in June.",
        (claim("performance", market=R2, direction="up", value=3.4, window="2017-05-31:2017-06-16"),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 jumped 1.6 percent on Friday.",
        (claim("performance", market=R2, direction="up", value=1.6, window="2017-06-15:2017-06-16"),),
        MONDAY,
    ),
    Example(
        "The Nasdaq 100 is up 16 percent this year, while the Dow has gained 8 percent.",
        (
            claim("performance", market="nasdaq-100", direction="up", value=16, window="ytd"),
            claim("performance", market="dow", direction="up", value=8, window="ytd"),
        ),
        MONDAY,
    ),
    Example(
        "Gold has risen 9 percent since the start of the year.",
        (claim("performance", market="gold", direction="up", value=9, window="ytd"),),
        MONDAY,
    ),
    Example(
        "The S&P 500 is up 8.7 percent in 2017.",
        (claim("performance", market=SPX, direction="up", value=8.7, window="ytd"),),
        MONDAY,
    ),
    Example(
        "Bank stocks have gained in seven of the past nine sessions.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "Banks have risen seven of the last nine days.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "Bank shares rose for seven of nine days.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "Seven of the last nine trading days saw gains in bank shares.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "Financial stocks have been up on seven out of the past nine days.",
        (claim("days", subject=("XLF",), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "Financials, which have advanced in seven of the last nine sessions, led the way.",
        (claim("days", subject=("XLF",), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "The S&P 500 has fallen for three straight days.",
        (claim("days", market=SPX, direction="down", length=3, hits=3),),
        MONDAY,
    ),
    Example(
        "The Dow has closed higher in eight of the last ten sessions.",
        (claim("days", market="dow", direction="up", length=10, hits=8),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 has risen 3.4 percent this month, after trailing the S&P 500 Index by almost 7"
        " percentage points from January to May, the worst start to a year since 1998.",
        (
            claim("performance", market=R2, direction="up", value=3.4, window="mtd"),
            claim("relative_performance", market=R2, other=SPX, direction="down", value=7, window="jan-may"),
            claim(
                "relative_performance",
                market=R2,
                other=SPX,
                direction="down",
                since=date(1998, 12, 31),
                window="jan-may",
            ),
        ),
        MONDAY,
    ),
    Example(
        "Banks rose in seven of the past nine days, and financial firms account for almost a third of"
        " the Russell 2000, almost twice their weighting in the S&P 500.",
        (
            claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=9, hits=7),
            claim("sector_share", market=R2, value=100 / 3, sector="Financials"),
            claim("sector_ratio", market=R2, other=SPX, value=2, sector="Financials"),
        ),
        MONDAY,
    ),
    Example(
        "Helping small caps: banks, which make up almost a third of the Russell 2000 and have gained in"
        " seven of the last nine sessions.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "Brent crude fell 3.7 percent on Wednesday.",
        (claim("performance", market="brent", direction="down", value=3.7, window="2017-06-13:2017-06-14"),),
        MONDAY,
    ),
    Example(
        "The dollar index is down 5 percent this year.",
        (claim("performance", market="dollar-index", direction="down", value=5, window="ytd"),),
        MONDAY,
    ),
    Example(
        "The Nasdaq 100 fell 2.4 percent in the past week, its worst week since 2016.",
        (claim("performance", market="nasdaq-100", direction="down", value=2.4, window="2017-06-12:2017-06-19"),),
        MONDAY,
    ),
    Example(
        "The Dow climbed to an all-time high for a third straight day.",
        (claim("days", market="dow", direction="up", length=3, hits=3),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 posted its biggest monthly gain since November.",
        (claim("performance", market=R2, direction="up", since=date(2016, 11, 30), window="mtd"),),
        MONDAY,
    ),
    Example(
        "Small stocks are up 3.4 percent since May 31.",
        (claim("performance", market=R2, direction="up", value=3.4, window="2017-05-31:2017-06-19"),),
        MONDAY,
    ),
    Example(
        "With two weeks to go, the Russell 2000's gain for June stands at 3.4 percent.",
        (claim("performance", market=R2, direction="up", value=3.4, window="mtd"),),
        MONDAY,
    ),
    Example(
        "June's advance of 3.4 percent in the Russell 2000 is more than twice that of the S&P 500.",
        (claim("performance", market=R2, direction="up", value=3.4, window="mtd"),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 returned 1 percent in the first five months of the year versus 7.7 percent for the S&P 500.",
        (
            claim("performance", market=R2, direction="up", value=1, window="jan-may"),
            claim("performance", market=SPX, direction="up", value=7.7, window="jan-may"),
        ),
        MONDAY,
    ),
    Example(
        "Through May 31, the Russell 2000 gained less than 1 percent while the S&P 500 climbed 7.7 percent.",
        (
            claim("performance", market=R2, direction="up", value=1, window="jan-may"),
            claim("performance", market=SPX, direction="up", value=7.7, window="jan-may"),
        ),
        MONDAY,
    ),
    Example(
        "The group has advanced on seven of the past nine days.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=9, hits=7),),
        MONDAY,
        before=("Banks make up much of the Russell 2000.",),
    ),
    Example(
        "Lenders have climbed in seven of nine sessions.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "An index of bank shares has risen in seven out of nine days.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "Regional banks fell on four of the past five days.",
        (claim("days", subject=("KRE",), direction="down", length=5, hits=4),),
        MONDAY,
    ),
    Example(
        "XLF rose in seven of its last nine sessions.",
        (claim("days", subject=("XLF",), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "The yen strengthened 1.2 percent against the dollar this week.",
        (claim("performance", market="yen", direction="up", value=1.2, window="2017-06-16:2017-06-19"),),
        MONDAY,
    ),
    Example(
        "Gold fell for an eighth consecutive session.",
        (claim("days", market="gold", direction="down", length=8, hits=8),),
        MONDAY,
    ),
    Example(
        "The VIX dropped 5 percent on Monday.",
        (claim("performance", market="vix", direction="down", value=5, window="2017-06-18:2017-06-19"),),
        MONDAY,
    ),
    Example(
        "The Nasdaq 100 has risen in 12 of the past 15 sessions.",
        (claim("days", market="nasdaq-100", direction="up", length=15, hits=12),),
        MONDAY,
    ),
    Example(
        "The small-cap measure returned 1 percent from January through May, trailing the S&P 500 by 6.8"
        " percentage points.",
        (
            claim("performance", market=R2, direction="up", value=1, window="jan-may"),
            claim("relative_performance", market=R2, other=SPX, direction="down", value=6.8, window="jan-may"),
        ),
        MONDAY,
    ),
    Example(
        "After a dismal start to the year, the Russell 2000 is up 3.4 percent in June, compared with 1.7"
        " percent for the S&P 500.",
        (
            claim("performance", market=R2, direction="up", value=3.4, window="mtd"),
            claim("performance", market=SPX, direction="up", value=1.7, window="mtd"),
        ),
        MONDAY,
    ),
    Example(
        "The Russell 2000's June rally of 3.4 percent is double the S&P 500's.",
        (claim("performance", market=R2, direction="up", value=3.4, window="mtd"),),
        MONDAY,
    ),
    Example(
        "Over the past nine trading days, bank shares rose seven times.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "Bank stocks have had seven up days in the last nine.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=9, hits=7),),
        MONDAY,
    ),
    Example(
        "Banks fell just twice in the last nine sessions.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="down", length=9, hits=2),),
        MONDAY,
    ),
    Example(
        "The S&P 500 lost 0.1 percent on Friday but was up 0.1 percent for the week.",
        (
            claim("performance", market=SPX, direction="down", value=0.1, window="2017-06-15:2017-06-16"),
            claim("performance", market=SPX, direction="up", value=0.1, window="2017-06-16:2017-06-19"),
        ),
        MONDAY,
    ),
    Example(
        "The Nasdaq 100 tumbled 2.4 percent on June 9, its worst day since September.",
        (claim("performance", market="nasdaq-100", direction="down", value=2.4, window="2017-06-08:2017-06-09"),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 rose 1.6 percent last week, versus 0.3 percent for the S&P 500.",
        (
            claim("performance", market=R2, direction="up", value=1.6, window="2017-06-09:2017-06-16"),
            claim("performance", market=SPX, direction="up", value=0.3, window="2017-06-09:2017-06-16"),
        ),
        MONDAY,
    ),
    Example(
        "The S&P 500 is up about 9 percent so far this year.",
        (claim("performance", market=SPX, direction="up", value=9, window="ytd"),),
        MONDAY,
    ),
    Example(
        "Small-cap stocks, as measured by the Russell 2000, have risen 3.4% month to date.",
        (claim("performance", market=R2, direction="up", value=3.4, window="mtd"),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 Index gained 3.4 percent between May 31 and June 16.",
        (claim("performance", market=R2, direction="up", value=3.4, window="2017-05-31:2017-06-16"),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 has rebounded 3.4 percent in June after gaining just 1 percent in the first"
        " five months of the year.",
        (
            claim("performance", market=R2, direction="up", value=3.4, window="mtd"),
            claim("performance", market=R2, direction="up", value=1, window="jan-may"),
        ),
        MONDAY,
    ),
    Example(
        "KRE, an ETF tracking regional banks, has climbed in four of the last nine sessions.",
        (claim("days", subject=("KRE",), direction="up", length=9, hits=4),),
        MONDAY,
    ),
    Example(
        "Banks rose for a fourth consecutive day.",
        (claim("days", subject=("XLF", "KBE", "KRE"), direction="up", length=4, hits=4),),
        MONDAY,
    ),
    Example(
        "Short sellers have been burned by the rally, with the Russell 2000 up 3 percent in a month.",
        (claim("performance", market=R2, direction="up", value=3, window="2017-05-19:2017-06-19"),),
        MONDAY,
    ),
    Example(
        "The reversal comes as the Russell 2000 Index is up 3.4 percent in June, rebounding from a"
        " five-month stretch in which it trailed the S&P 500 by almost 7 percentage points.",
        (
            claim("performance", market=R2, direction="up", value=3.4, window="mtd"),
            claim("relative_performance", market=R2, other=SPX, direction="down", value=7, window="jan-may"),
        ),
        MONDAY,
    ),
)
