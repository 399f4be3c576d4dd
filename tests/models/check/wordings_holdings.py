"""Sector shares and leverage, as newspapers word them."""

from tests.models.check.examples import MONDAY, R2, SPX, Example, claim

SENTENCES = (
    Example(
        "Financial firms make up almost a third of the small-cap gauge, almost twice as much as in the S&P 500.",
        (
            claim("sector_share", market=R2, value=100 / 3, sector="Financials"),
            claim("sector_ratio", market=R2, other=SPX, value=2, sector="Financials"),
        ),
        MONDAY,
    ),
    Example(
        "Banks and other financials account for nearly a third of the Russell 2000, about double their"
        " share of the S&P 500.",
        (
            claim("sector_share", market=R2, value=100 / 3, sector="Financials"),
            claim("sector_ratio", market=R2, other=SPX, value=2, sector="Financials"),
        ),
        MONDAY,
    ),
    Example(
        "Financials are almost one-third of the Russell 2000, compared with 17 percent of the S&P 500.",
        (
            claim("sector_share", market=R2, value=100 / 3, sector="Financials"),
            claim("sector_share", market=SPX, value=17, sector="Financials"),
        ),
        MONDAY,
    ),
    Example(
        "Almost a third of the Russell 2000 consists of financial companies, nearly twice the proportion"
        " in the S&P 500.",
        (
            claim("sector_share", market=R2, value=100 / 3, sector="Financials"),
            claim("sector_ratio", market=R2, other=SPX, value=2, sector="Financials"),
        ),
        MONDAY,
    ),
    Example(
        "Financials' weight in the Russell 2000 is nearly twice that in the S&P 500.",
        (claim("sector_ratio", market=R2, other=SPX, value=2, sector="Financials"),),
        MONDAY,
    ),
    Example(
        "The Russell 2000 has an almost one-third weighting in financials, twice that of the S&P 500.",
        (
            claim("sector_share", market=R2, value=100 / 3, sector="Financials"),
            claim("sector_ratio", market=R2, other=SPX, value=2, sector="Financials"),
        ),
        MONDAY,
    ),
    Example(
        "Financial companies comprise 26 percent of the small-cap index.",
        (claim("sector_share", market=R2, value=26, sector="Financials"),),
        MONDAY,
    ),
    Example(
        "The index has nearly twice the exposure to financials as the S&P 500.",
        (claim("sector_ratio", market=R2, other=SPX, value=2, sector="Financials"),),
        MONDAY,
        before=("Small caps rallied.",),
    ),
    Example(
        "Technology makes up 23 percent of the S&P 500, the largest weight.",
        (claim("sector_share", market=SPX, value=23, sector="Information Technology"),),
        MONDAY,
    ),
    Example(
        "Energy stocks make up 3% of the Russell 2000.",
        (claim("sector_share", market=R2, value=3, sector="Energy"),),
        MONDAY,
    ),
    Example("Small-cap leverage is near all-time highs.", (claim("leverage", market=R2),), MONDAY),
    Example("Leverage among small companies is close to its highest ever.", (claim("leverage", market=R2),), MONDAY),
    Example("Debt burdens at small companies are near record highs.", (claim("leverage", market=R2),), MONDAY),
    Example(
        "Debt at Russell 2000 companies stands near an all-time high relative to earnings.",
        (claim("leverage", market=R2),),
        MONDAY,
    ),
    Example(
        "Balance-sheet leverage of small caps is hovering near record levels.", (claim("leverage", market=R2),), MONDAY
    ),
    Example(
        "Net debt to Ebitda for Russell 2000 companies is close to the highest on record.",
        (claim("leverage", market=R2),),
        MONDAY,
    ),
    Example("Small companies have never been so indebted.", (claim("leverage", market=R2),), MONDAY),
    Example(
        "The index has nearly twice the exposure to financials as the S&P 500.",
        (claim("sector_ratio", market=R2, other=SPX, value=2, sector="Financials"),),
        MONDAY,
        before=("The Russell 2000 rose 3.4 percent in June.",),
    ),
    Example(
        "Financials account for almost one third of the Russell 2000's value, nearly double their weight"
        " in the S&P 500.",
        (
            claim("sector_share", market=R2, value=100 / 3, sector="Financials"),
            claim("sector_ratio", market=R2, other=SPX, value=2, sector="Financials"),
        ),
        MONDAY,
    ),
    Example(
        "The small-cap index has an almost 33 percent weight in financial firms, versus 14 percent for the S&P 500.",
        (
            claim("sector_share", market=R2, value=33, sector="Financials"),
            claim("sector_share", market=SPX, value=14, sector="Financials"),
        ),
        MONDAY,
    ),
    Example(
        "Nearly one in three dollars in the Russell 2000 is in financial stocks.",
        (claim("sector_share", market=R2, value=100 / 3, sector="Financials"),),
        MONDAY,
    ),
    Example(
        "Financial companies have almost twice the weighting in the Russell 2000 that they have in the S&P 500.",
        (claim("sector_ratio", market=R2, other=SPX, value=2, sector="Financials"),),
        MONDAY,
    ),
    Example(
        "At about 26 percent, financials are the largest group in the Russell 2000.",
        (claim("sector_share", market=R2, value=26, sector="Financials"),),
        MONDAY,
    ),
    Example(
        "The financial sector's share of the small-cap benchmark is close to a third.",
        (claim("sector_share", market=R2, value=100 / 3, sector="Financials"),),
        MONDAY,
    ),
    Example(
        "Indebtedness of small companies, measured by net debt to Ebitda, is at an all-time high.",
        (claim("leverage", market=R2),),
        MONDAY,
    ),
    Example("Small-cap balance sheets are more leveraged than ever.", (claim("leverage", market=R2),), MONDAY),
    Example("Small companies' debt is 4.5 times Ebitda.", (claim("leverage", market=R2, value=4.5),), MONDAY),
    Example(
        "Russell 2000 companies carry net debt equal to 3.6 times earnings before interest, taxes,"
        " depreciation and amortization.",
        (claim("leverage", market=R2, value=3.6),),
        MONDAY,
    ),
    Example("Leverage at small caps is near the highest since 2009.", (claim("leverage", market=R2),), MONDAY),
    Example(
        "Financials make up 26.1 percent of the Russell 2000 and 14 percent of the S&P 500.",
        (
            claim("sector_share", market=R2, value=26.1, sector="Financials"),
            claim("sector_share", market=SPX, value=14, sector="Financials"),
        ),
        MONDAY,
    ),
    Example(
        "Health care accounts for 15 percent of the small-cap index.",
        (claim("sector_share", market=R2, value=15, sector="Health Care"),),
        MONDAY,
    ),
    Example(
        "Roughly one in four dollars in the Russell 2000 is invested in financial firms.",
        (claim("sector_share", market=R2, value=25, sector="Financials"),),
        MONDAY,
    ),
    Example(
        "Net debt at Russell 2000 firms has risen to 4 times Ebitda.", (claim("leverage", market=R2, value=4),), MONDAY
    ),
    Example("Debt ratios of small companies have never been higher.", (claim("leverage", market=R2),), MONDAY),
    Example("Small-cap leverage is the highest ever.", (claim("leverage", market=R2),), MONDAY),
    Example(
        "The financial sector makes up about 26% of the Russell 2000 and about 14% of the S&P 500.",
        (
            claim("sector_share", market=R2, value=26, sector="Financials"),
            claim("sector_share", market=SPX, value=14, sector="Financials"),
        ),
        MONDAY,
    ),
    Example(
        "Financials carry a 26.1 percent weighting in the Russell 2000, compared with 14 percent in the S&P 500.",
        (
            claim("sector_share", market=R2, value=26.1, sector="Financials"),
            claim("sector_share", market=SPX, value=14, sector="Financials"),
        ),
        MONDAY,
    ),
    Example(
        "The Russell 2000's biggest sector is financials, at almost a third of its value.",
        (claim("sector_share", market=R2, value=100 / 3, sector="Financials"),),
        MONDAY,
    ),
    Example(
        "Small caps have about twice as much in financials as the S&P 500.",
        (claim("sector_ratio", market=R2, other=SPX, value=2, sector="Financials"),),
        MONDAY,
    ),
    Example(
        "Small caps' ratio of net debt to Ebitda is close to a record high.", (claim("leverage", market=R2),), MONDAY
    ),
)
