"""One return against another, as newspapers word them."""

from datetime import date

from tests.models.check.examples import MONDAY, R2, SPX, Example, claim

SENTENCES = (
    Example(
        "In the first five months of the year, small caps trailed the S&P 500 by almost 7 percentage"
        " points, the worst start to a year since 1998.",
        (
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
        "From January to May, the Russell 2000 lagged behind the S&P 500 by nearly seven percentage"
        " points, its worst start relative to large caps since 1998.",
        (
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
        "The Russell 2000 trailed large caps by almost seven points through May, its worst relative"
        " performance to start a year since 1998.",
        (
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
        "Small caps underperformed the S&P 500 by 6.8 points in the January-May period.",
        (claim("relative_performance", market=R2, other=SPX, direction="down", value=6.8, window="jan-may"),),
        MONDAY,
    ),
    Example(
        "Through the end of May, the Russell 2000 had trailed the S&P 500 by 6.8 percentage points this"
        " year, the most in nearly two decades.",
        (
            claim("relative_performance", market=R2, other=SPX, direction="down", value=6.8, window="jan-may"),
            claim(
                "relative_performance",
                market=R2,
                other=SPX,
                direction="down",
                since=date(1997, 9, 19),
                window="jan-may",
            ),
        ),
        MONDAY,
    ),
    Example(
        "The gap between the Russell 2000 and the S&P 500 in the first five months was almost 7"
        " percentage points, the widest since 1998.",
        (
            claim("relative_performance", market=R2, other=SPX, value=7, window="jan-may"),
            claim("relative_performance", market=R2, other=SPX, since=date(1998, 12, 31), window="jan-may"),
        ),
        MONDAY,
    ),
    Example(
        "At the end of May, the Russell 2000's year-to-date return lagged that of the S&P 500 by almost"
        " 7 percentage points.",
        (claim("relative_performance", market=R2, other=SPX, direction="down", value=7, window="jan-may"),),
        MONDAY,
    ),
    Example(
        "Large caps beat small caps by almost 7 points in the first five months of 2017.",
        (claim("relative_performance", market=SPX, other=R2, direction="up", value=7, window="jan-may"),),
        MONDAY,
    ),
    Example(
        "Small caps got off to their worst start relative to large caps since 1998.",
        (
            claim(
                "relative_performance", market=R2, other=SPX, direction="down", since=date(1998, 12, 31), window="ytd"
            ),
        ),
        MONDAY,
    ),
    Example(
        "The Russell 2000 had its worst five-month start to a year versus the S&P 500 since 1998.",
        (
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
        "It has outperformed the S&P 500 by 2 points this month.",
        (claim("relative_performance", market=R2, other=SPX, direction="up", value=2, window="mtd"),),
        MONDAY,
        before=("The Russell 2000 rose 3.4 percent in June.",),
    ),
    Example(
        "After lagging the S&P 500 by nearly 7 percentage points in the first five months, the worst"
        " start since 1998, the Russell 2000 is up 3.4 percent in June.",
        (
            claim("relative_performance", market=R2, other=SPX, direction="down", value=7, window="jan-may"),
            claim(
                "relative_performance",
                market=R2,
                other=SPX,
                direction="down",
                since=date(1998, 12, 31),
                window="jan-may",
            ),
            claim("performance", market=R2, direction="up", value=3.4, window="mtd"),
        ),
        MONDAY,
    ),
    Example(
        "Small caps haven't beaten the S&P 500 this year.",
        (claim("relative_performance", market=R2, other=SPX, direction="up", window="ytd", is_negated=True),),
        MONDAY,
    ),
    Example(
        "Small caps are having their best month relative to the S&P 500 since November.",
        (claim("relative_performance", market=R2, other=SPX, direction="up", since=date(2016, 11, 30), window="mtd"),),
        MONDAY,
    ),
    Example(
        "Small caps beat large caps by the most since November this month.",
        (claim("relative_performance", market=R2, other=SPX, direction="up", since=date(2016, 11, 30), window="mtd"),),
        MONDAY,
    ),
    Example(
        "So far this month, the Russell 2000 is beating the S&P 500 by about 2.5 percentage points.",
        (claim("relative_performance", market=R2, other=SPX, direction="up", value=2.5, window="mtd"),),
        MONDAY,
    ),
    Example(
        "Small caps were almost 7 percentage points behind large caps at the end of May.",
        (claim("relative_performance", market=R2, other=SPX, direction="down", value=7, window="jan-may"),),
        MONDAY,
    ),
    Example(
        "Small caps' underperformance of almost 7 percentage points in the first five months was the worst since 1998.",
        (
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
        "Not since 1998 had the Russell 2000 started a year so badly relative to the S&P 500.",
        (
            claim(
                "relative_performance", market=R2, other=SPX, direction="down", since=date(1998, 12, 31), window="ytd"
            ),
        ),
        MONDAY,
    ),
    Example(
        "The Russell 2000 lagged by nearly 7 points in January through May, its worst showing since 1998.",
        (
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
        "It was the worst start to a year for small caps versus large caps in 19 years.",
        (
            claim(
                "relative_performance", market=R2, other=SPX, direction="down", since=date(1998, 12, 19), window="ytd"
            ),
        ),
        MONDAY,
    ),
    Example(
        "The S&P 500 outperformed the Russell 2000 by 1.2 points on Thursday.",
        (
            claim(
                "relative_performance", market=SPX, other=R2, direction="up", value=1.2, window="2017-06-14:2017-06-15"
            ),
        ),
        MONDAY,
    ),
    Example(
        "The Dow beat the Nasdaq 100 by 3 percentage points in June, its biggest lead since 2016.",
        (
            claim("relative_performance", market="dow", other="nasdaq-100", direction="up", value=3, window="mtd"),
            claim(
                "relative_performance",
                market="dow",
                other="nasdaq-100",
                direction="up",
                since=date(2016, 12, 31),
                window="mtd",
            ),
        ),
        MONDAY,
    ),
    Example(
        "The rebound comes after small caps posted their worst first five months relative to the S&P 500 since 1998.",
        (
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
        "Small caps have beaten large caps by 1.8 percentage points in June.",
        (claim("relative_performance", market=R2, other=SPX, direction="up", value=1.8, window="mtd"),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 is trailing the S&P 500 by 5 percentage points this year.",
        (claim("relative_performance", market=R2, other=SPX, direction="down", value=5, window="ytd"),),
        MONDAY,
    ),
    Example(
        "Small caps are ahead of large caps this month.",
        (claim("relative_performance", market=R2, other=SPX, direction="up", window="mtd"),),
        MONDAY,
    ),
    Example(
        "Small-cap stocks rose more than large caps in June.",
        (claim("relative_performance", market=R2, other=SPX, direction="up", window="mtd"),),
        MONDAY,
    ),
    Example(
        "Year to date through May, the Russell 2000 trailed the S&P 500 by 676 basis points.",
        (claim("relative_performance", market=R2, other=SPX, direction="down", value=6.76, window="jan-may"),),
        MONDAY,
    ),
    Example(
        "The S&P 500 returned nearly 7 percentage points more than the Russell 2000 from January to May.",
        (claim("relative_performance", market=SPX, other=R2, direction="up", value=7, window="jan-may"),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 posted its worst relative start since 1998.",
        (
            claim(
                "relative_performance", market=R2, other=SPX, direction="down", since=date(1998, 12, 31), window="ytd"
            ),
        ),
        MONDAY,
    ),
    Example(
        "The Russell 2000 has beaten the S&P 500 this month, after it trailed by almost 7 percentage"
        " points from January to May.",
        (
            claim("relative_performance", market=R2, other=SPX, direction="up", window="mtd"),
            claim("relative_performance", market=R2, other=SPX, direction="down", value=7, window="jan-may"),
        ),
        MONDAY,
    ),
)
