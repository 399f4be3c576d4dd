"""Spreads and earnings, as newspapers word them."""

from datetime import date

from tests.models.check.examples import MONDAY, R2, SPX, Example, claim

SENTENCES = (
    Example("Credit spreads have been narrowing.", (claim("spread", direction="down", spread="credit"),), MONDAY),
    Example("Corporate bond spreads are tightening.", (claim("spread", direction="down", spread="credit"),), MONDAY),
    Example(
        "Credit spreads, a measure of investor confidence, are narrowing.",
        (claim("spread", direction="down", spread="credit"),),
        MONDAY,
    ),
    Example(
        "The premium investors demand to hold junk bonds has shrunk.",
        (claim("spread", direction="down", spread="high yield"),),
        MONDAY,
    ),
    Example(
        "The extra yield investors demand to own high-yield bonds over Treasuries has narrowed to 3.7"
        " percentage points.",
        (claim("spread", value=3.7, spread="high yield"),),
        MONDAY,
    ),
    Example(
        "The spread of junk bonds over Treasuries has come in by 13 basis points in the past month.",
        (claim("spread", direction="down", value=13, spread="high yield"),),
        MONDAY,
    ),
    Example(
        "Spreads on speculative-grade debt are the tightest since 2014.",
        (claim("spread", direction="down", since=date(2014, 12, 31), spread="high yield"),),
        MONDAY,
    ),
    Example(
        "High-yield spreads have fallen to their lowest since February.",
        (
            claim("spread", direction="down", spread="high yield"),
            claim("spread", direction="down", since=date(2017, 2, 28), spread="high yield"),
        ),
        MONDAY,
    ),
    Example(
        "Risk premiums on junk bonds narrowed to 372 basis points.",
        (claim("spread", value=372, spread="high yield"),),
        MONDAY,
    ),
    Example(
        "Credit markets are signaling calm, with narrower spreads.",
        (claim("spread", direction="down", spread="credit"),),
        MONDAY,
    ),
    Example(
        "The gap between yields on Baa-rated corporate bonds and 10-year Treasuries narrowed.",
        (claim("spread", direction="down", spread="Baa"),),
        MONDAY,
    ),
    Example(
        "Credit spreads aren't widening.", (claim("spread", direction="up", spread="credit", is_negated=True),), MONDAY
    ),
    Example(
        "Profits for Russell 2000 companies are forecast to rise 5.7 percent this year, half the pace of the S&P 500.",
        (
            claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),
            claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),
        ),
        MONDAY,
    ),
    Example(
        "Small-cap earnings are seen growing at half the pace of large caps.",
        (claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),),
        MONDAY,
    ),
    Example(
        "Small-cap profit growth is projected at 5.7 percent, about half the rate expected for the S&P 500.",
        (
            claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),
            claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),
        ),
        MONDAY,
    ),
    Example(
        "Analysts expect earnings at Russell 2000 companies to increase 5.7 percent in 2017, half as"
        " much as the S&P 500.",
        (
            claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),
            claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),
        ),
        MONDAY,
    ),
    Example(
        "Earnings in the small-cap index are estimated to climb 5.7% this year, versus 11% for the S&P 500.",
        (
            claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),
            claim("earnings_growth", market=SPX, direction="up", value=11, year=2017),
        ),
        MONDAY,
    ),
    Example(
        "S&P 600 earnings are expected to rise 47 percent this year.",
        (claim("earnings_growth", market="sp-600", direction="up", value=47, year=2017),),
        MONDAY,
    ),
    Example(
        "Small-cap earnings growth will trail the S&P 500's for a third straight year.",
        (claim("growth_comparison", market=R2, other=SPX, direction="down", length=3, year=2017),),
        MONDAY,
    ),
    Example(
        "Profit growth for small companies, at 5.7 percent, is set to be half that of the S&P 500.",
        (
            claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),
            claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),
        ),
        MONDAY,
    ),
    Example(
        "Earnings of small caps are growing more slowly than those of the S&P 500.",
        (claim("growth_comparison", market=R2, other=SPX, direction="down", year=2017),),
        MONDAY,
    ),
    Example(
        "S&P 500 profits are forecast to jump 11 percent this year.",
        (claim("earnings_growth", market=SPX, direction="up", value=11, year=2017),),
        MONDAY,
    ),
    Example(
        "This would be the third straight year in which small-cap profits lag behind those of large caps.",
        (claim("growth_comparison", market=R2, other=SPX, direction="down", length=3, year=2017),),
        MONDAY,
    ),
    Example(
        "Profits at small caps are forecast to expand 5.7 percent this year, half the pace of S&P 500"
        " companies, with leverage near all-time highs.",
        (
            claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),
            claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),
            claim("leverage", market=R2),
        ),
        MONDAY,
    ),
    Example(
        "Skeptics point to small-cap profits that are expected to grow 5.7 percent, half of the S&P"
        " 500's pace, and to leverage that is near all-time highs.",
        (
            claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),
            claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),
            claim("leverage", market=R2),
        ),
        MONDAY,
    ),
    Example(
        "With credit spreads narrowing, investors are returning to small caps.",
        (claim("spread", direction="down", spread="credit"),),
        MONDAY,
    ),
    Example(
        "Credit spreads are narrowing, a sign of confidence in smaller companies, which carry more debt.",
        (claim("spread", direction="down", spread="credit"),),
        MONDAY,
    ),
    Example(
        "Junk-bond spreads have narrowed to 3.7 percentage points over Treasuries.",
        (claim("spread", value=3.7, spread="high yield"),),
        MONDAY,
    ),
    Example("Credit spreads continue to tighten.", (claim("spread", direction="down", spread="credit"),), MONDAY),
    Example(
        "Spreads on corporate bonds have tightened by 8 basis points over the past four weeks.",
        (claim("spread", direction="down", value=8, spread="credit"),),
        MONDAY,
    ),
    Example(
        "The extra yield on Baa bonds over Treasuries fell to 2.18 percentage points.",
        (claim("spread", value=2.18, spread="Baa"),),
        MONDAY,
    ),
    Example(
        "Credit conditions are improving, with high-yield spreads near their lowest since 2014.",
        (claim("spread", direction="down", since=date(2014, 12, 31), spread="high yield"),),
        MONDAY,
    ),
    Example("High-yield spreads widened this week.", (claim("spread", direction="up", spread="high yield"),), MONDAY),
    Example(
        "Investors are demanding a smaller premium to own corporate debt.",
        (claim("spread", direction="down", spread="credit"),),
        MONDAY,
    ),
    Example(
        "The yield premium on junk bonds dropped below 4 percentage points.",
        (claim("spread", value=4, spread="high yield"),),
        MONDAY,
    ),
    Example(
        "Analysts project 5.7 percent profit growth for small caps in 2017, compared with 11.4 percent"
        " for the S&P 500.",
        (
            claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),
            claim("earnings_growth", market=SPX, direction="up", value=11.4, year=2017),
        ),
        MONDAY,
    ),
    Example(
        "Small-cap companies will boost earnings by 5.7 percent this year, according to analysts' estimates.",
        (claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),),
        MONDAY,
    ),
    Example(
        "Profits in the Russell 2000 are seen rising 5.7 percent, half as fast as in the S&P 500.",
        (
            claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),
            claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),
        ),
        MONDAY,
    ),
    Example(
        "That is half the growth rate of the S&P 500.",
        (claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),),
        MONDAY,
        before=("Small-cap earnings are expected to rise 5.7 percent this year.",),
    ),
    Example(
        "The pace is about half that of the S&P 500.",
        (claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),),
        MONDAY,
        before=("Small-cap earnings are expected to rise 5.7 percent this year.",),
    ),
    Example(
        "S&P 500 earnings have grown for two straight years.",
        (claim("earnings_growth", market=SPX, direction="up", length=2, year=2017),),
        MONDAY,
    ),
    Example(
        "Earnings at small caps fell 3 percent last year.",
        (claim("earnings_growth", market=R2, direction="down", value=3, year=2016),),
        MONDAY,
    ),
    Example(
        "The spread between high-yield bonds and Treasuries narrowed 13 basis points in four weeks.",
        (claim("spread", direction="down", value=13, spread="high yield"),),
        MONDAY,
    ),
    Example("Junk-bond premiums are shrinking.", (claim("spread", direction="down", spread="high yield"),), MONDAY),
    Example(
        "High-yield credit spreads are 3.72 percentage points.",
        (claim("spread", value=3.72, spread="high yield"),),
        MONDAY,
    ),
    Example(
        "Corporate bonds' spreads over Treasuries are the narrowest since 2014.",
        (claim("spread", direction="down", since=date(2014, 12, 31), spread="credit"),),
        MONDAY,
    ),
    Example("Baa spreads stand at 218 basis points.", (claim("spread", value=218, spread="Baa"),), MONDAY),
    Example(
        "Credit spreads haven't narrowed this month.",
        (claim("spread", direction="down", spread="credit", is_negated=True),),
        MONDAY,
    ),
    Example(
        "Small-cap profits are expected to climb just 5.7 percent in 2017.",
        (claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),),
        MONDAY,
    ),
    Example(
        "Earnings growth of 5.7 percent at small caps is half of the 11 percent seen for the S&P 500.",
        (
            claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),
            claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),
        ),
        MONDAY,
    ),
    Example(
        "Analysts see S&P 500 earnings rising twice as fast as those of the Russell 2000.",
        (claim("growth_comparison", market=SPX, other=R2, value=2, year=2017),),
        MONDAY,
    ),
    Example(
        "Small-cap earnings growth is lagging the S&P 500's.",
        (claim("growth_comparison", market=R2, other=SPX, direction="down", year=2017),),
        MONDAY,
    ),
    Example(
        "Small-cap earnings are set to outpace those of the S&P 500 this year.",
        (claim("growth_comparison", market=R2, other=SPX, direction="up", year=2017),),
        MONDAY,
    ),
    Example(
        "The spread on high-yield debt has fallen 13 basis points in the past four weeks.",
        (claim("spread", direction="down", value=13, spread="high yield"),),
        MONDAY,
    ),
    Example("Credit spreads tightened further.", (claim("spread", direction="down", spread="credit"),), MONDAY),
    Example(
        "Spreads have been grinding tighter in credit.", (claim("spread", direction="down", spread="credit"),), MONDAY
    ),
    Example(
        "Earnings per share for the Russell 2000 are seen rising 5.7 percent in 2017.",
        (claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),),
        MONDAY,
    ),
    Example(
        "Earnings at Russell 2000 companies will probably increase 5.7 percent, or half the S&P 500's rate.",
        (
            claim("earnings_growth", market=R2, direction="up", value=5.7, year=2017),
            claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),
        ),
        MONDAY,
    ),
    Example(
        "Small-cap earnings growth is expected to be half that of large caps.",
        (claim("growth_comparison", market=R2, other=SPX, value=0.5, year=2017),),
        MONDAY,
    ),
    Example(
        "Large-cap profits are growing twice as fast as small-cap profits.",
        (claim("growth_comparison", market=SPX, other=R2, value=2, year=2017),),
        MONDAY,
    ),
)
