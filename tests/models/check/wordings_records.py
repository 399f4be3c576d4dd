"""Levels, signs, swings and streaks of positions, as newspapers word them."""

from datetime import date

from tests.models.check.examples import MONDAY, R2, SPX, Example, claim

SENTENCES = (
    Example(
        "As a share of open interest, the two-week swing in speculators' Russell 2000 position was the largest ever.",
        (claim("swing", market=R2, reports=2, since=None, basis="share_of_oi"),),
        MONDAY,
    ),
    Example(
        "Adjusted for contract size, speculators are the most bullish on the Russell 2000 since February.",
        (claim("level", market=R2, direction="up", since=date(2017, 2, 28), basis="size_adjusted"),),
        MONDAY,
    ),
    Example(
        "That was the most bearish hedge funds had been in six years.",
        (
            claim(
                "level",
                market=R2,
                traders="hedge funds",
                direction="down",
                day=date(2017, 5, 30),
                since=date(2011, 12, 19),
            ),
        ),
        MONDAY,
        before=("On May 30, speculators were net short 73,000 Russell 2000 contracts.",),
    ),
    Example(
        "On May 30 speculators were more bearish on the Russell 2000 than at any time in six years.",
        (
            claim(
                "level",
                market=R2,
                traders="speculators",
                direction="down",
                day=date(2017, 5, 30),
                since=date(2011, 11, 30),
            ),
        ),
        MONDAY,
    ),
    Example(
        "Not in six years had hedge funds been so bearish on small caps as on May 30.",
        (
            claim(
                "level",
                market=R2,
                traders="hedge funds",
                direction="down",
                day=date(2017, 5, 30),
                since=date(2011, 11, 30),
            ),
        ),
        MONDAY,
    ),
    Example(
        "At the end of May, pessimism on the Russell 2000 among large speculators was the deepest since 2011.",
        (
            claim(
                "level",
                market=R2,
                traders="speculators",
                direction="down",
                day=date(2017, 5, 31),
                since=date(2011, 12, 31),
            ),
        ),
        MONDAY,
    ),
    Example(
        "Hedge funds haven't been this bullish on small caps in four months.",
        (claim("level", market=R2, traders="hedge funds", direction="up", since=date(2017, 3, 4)),),
        MONDAY,
    ),
    Example(
        "Speculators are now more optimistic about the Russell 2000 than at any point since February.",
        (claim("level", market=R2, traders="speculators", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "Bets on small caps by hedge funds climbed to their highest level in at least four months.",
        (claim("level", market=R2, traders="hedge funds", direction="up", since=date(2017, 2, 19)),),
        MONDAY,
    ),
    Example(
        "The net short position in Russell 2000 futures on May 30 was the biggest in six years.",
        (claim("level", market=R2, direction="down", day=date(2017, 5, 30), since=date(2011, 11, 30)),),
        MONDAY,
    ),
    Example(
        "Hedge funds went from the most bearish in six years to the most bullish in four months in two"
        " weeks on Russell 2000 mini futures.",
        (
            claim(
                "level",
                market=R2,
                traders="hedge funds",
                direction="down",
                day=date(2017, 5, 30),
                since=date(2011, 11, 30),
            ),
            claim("level", market=R2, traders="hedge funds", direction="up", since=date(2017, 3, 4)),
        ),
        MONDAY,
    ),
    Example(
        "Hedge funds have gone from their most bearish stance on small caps in six years to their most"
        " bullish in four months.",
        (
            claim(
                "level",
                market=R2,
                traders="hedge funds",
                direction="down",
                day=date(2017, 6, 13),
                since=date(2011, 12, 13),
            ),
            claim("level", market=R2, traders="hedge funds", direction="up", since=date(2017, 3, 4)),
        ),
        MONDAY,
    ),
    Example(
        "Speculators' bullishness on small-caps is the greatest since February.",
        (claim("level", market=R2, traders="speculators", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "It's the most bullish they have been since February.",
        (claim("level", market=R2, traders="hedge funds", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
        before=("Hedge funds were net long 7,500 contracts on the Russell 2000.",),
    ),
    Example(
        "The last time speculators were this bearish on the Russell 2000 was in 2011.",
        (claim("level", market=R2, traders="speculators", direction="down", since=date(2011, 12, 31)),),
        MONDAY,
    ),
    Example(
        "Hedge funds turned bullish on small caps for the first time since February.",
        (claim("sign", market=R2, traders="hedge funds", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "Large speculators are net long Russell 2000 futures for the first time since February.",
        (claim("sign", market=R2, traders="speculators", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "It marked the first time since February that speculators were net long the Russell 2000.",
        (claim("sign", market=R2, traders="speculators", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "The first bullish position in small-cap futures by large speculators since February.",
        (claim("sign", market=R2, traders="speculators", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "Hedge funds are betting on gains in the Russell 2000 for the first time since February.",
        (claim("sign", market=R2, traders="hedge funds", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "Speculators moved to a net long position in the Russell 2000, the first since Feb. 28.",
        (claim("sign", market=R2, traders="speculators", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "It was the biggest about-face on record.",
        (claim("swing", market=R2, traders="hedge funds", day=date(2017, 6, 13), reports=2, since=None),),
        MONDAY,
        before=(
            "In two weeks, hedge funds went from net short 73,000 contracts to net long 7,500 in Russell 2000 futures.",
        ),
    ),
    Example(
        "That's the sharpest two-week reversal since records began.",
        (claim("swing", market=R2, traders="hedge funds", reports=2, since=None),),
        MONDAY,
        before=("Hedge funds were net long 7,500 contracts in Russell 2000 futures on June 13.",),
    ),
    Example(
        "The two-week swing of more than 80,000 contracts is the largest on record for Russell 2000 futures.",
        (
            claim("swing", market=R2, value=80000, reports=2),
            claim("swing", market=R2, reports=2, since=None),
        ),
        MONDAY,
    ),
    Example(
        "The 80,572-contract swing in net positions in the Russell 2000 over two weeks was the largest"
        " in data going back to 2006.",
        (
            claim("swing", market=R2, value=80572, reports=2),
            claim("swing", market=R2, reports=2, since=None),
        ),
        MONDAY,
    ),
    Example(
        "Never before have hedge funds changed their minds on small caps so fast in two weeks.",
        (claim("swing", market=R2, traders="hedge funds", reports=2, since=None),),
        MONDAY,
    ),
    Example(
        "No two-week shift in Russell 2000 positioning has ever been larger.",
        (claim("swing", market=R2, reports=2, since=None),),
        MONDAY,
    ),
    Example(
        "Hedge funds reversed course on small caps in the biggest turnaround ever over a two-week span.",
        (claim("swing", market=R2, traders="hedge funds", reports=2, since=None),),
        MONDAY,
    ),
    Example(
        "Speculators added a net 80,500 contracts to their Russell 2000 position over two weeks, the most ever.",
        (
            claim("swing", market=R2, traders="speculators", direction="up", value=80500, reports=2),
            claim("swing", market=R2, traders="speculators", direction="up", reports=2, since=None),
        ),
        MONDAY,
    ),
    Example(
        "Net positioning in the Russell 2000 improved by some 80,000 contracts in a fortnight, the"
        " fastest change on record.",
        (
            claim("swing", market=R2, direction="up", value=80000, reports=2),
            claim("swing", market=R2, direction="up", reports=2, since=None),
        ),
        MONDAY,
    ),
    Example(
        "Hedge funds' pivot on small caps over the past two weeks was the most dramatic ever recorded.",
        (claim("swing", market=R2, traders="hedge funds", reports=2, since=None),),
        MONDAY,
    ),
    Example(
        "The speed of the switch in Russell 2000 positioning over two weeks was unprecedented.",
        (claim("swing", market=R2, reports=2, since=None),),
        MONDAY,
    ),
    Example(
        "The two-week change in speculators' net position in the Russell 2000 was the largest since at least 2006.",
        (claim("swing", market=R2, traders="speculators", reports=2, since=None),),
        MONDAY,
    ),
    Example(
        "Hedge funds and other large speculators, who two weeks ago held the most bearish position on"
        " Russell 2000 mini futures in six years, have flipped to the most bullish stance in four months.",
        (
            claim(
                "level",
                market=R2,
                traders="speculators",
                direction="down",
                day=date(2017, 5, 30),
                since=date(2011, 11, 30),
            ),
            claim("level", market=R2, traders="speculators", direction="up", since=date(2017, 3, 4)),
        ),
        MONDAY,
    ),
    Example(
        "In the span of two weeks, hedge funds went from being the most bearish in six years on Russell"
        " 2000 mini futures to the most bullish in four months, the biggest about-face on record,"
        " according to data from the Commodity Futures Trading Commission.",
        (
            claim(
                "level",
                market=R2,
                traders="hedge funds",
                direction="down",
                day=date(2017, 5, 30),
                since=date(2011, 11, 30),
            ),
            claim("level", market=R2, traders="hedge funds", direction="up", since=date(2017, 3, 4)),
            claim("swing", market=R2, traders="hedge funds", reports=2, since=None),
        ),
        MONDAY,
    ),
    Example(
        "Money managers slashed their net-long position in West Texas Intermediate crude by 46,000"
        " contracts in the week ended June 13, the most since March.",
        (
            claim(
                "swing", market="wti", traders="money managers", direction="down", value=46000, day=date(2017, 6, 13)
            ),
            claim(
                "swing",
                market="wti",
                traders="money managers",
                direction="down",
                day=date(2017, 6, 13),
                since=date(2017, 3, 31),
            ),
        ),
        MONDAY,
    ),
    Example(
        "Hedge funds cut bullish bets on WTI crude to the lowest level since November.",
        (claim("level", market="wti", traders="hedge funds", direction="down", since=date(2016, 11, 30)),),
        MONDAY,
    ),
    Example(
        "Gold bulls pared their net long position for a second straight week.",
        (claim("streak", market="gold", direction="down", length=2),),
        MONDAY,
    ),
    Example(
        "Hedge funds have increased bets against the yen for four consecutive weeks.",
        (claim("streak", market="yen", traders="hedge funds", direction="down", length=4),),
        MONDAY,
    ),
    Example(
        "Asset managers' net long position in ten-year notes is the largest since 2007.",
        (claim("level", market="us-10y", traders="asset managers", direction="up", since=date(2007, 12, 31)),),
        MONDAY,
    ),
    Example(
        "Non-commercial net shorts in VIX futures hit a record on May 23.",
        (claim("level", market="vix", direction="down", day=date(2017, 5, 23), since=None),),
        MONDAY,
    ),
    Example(
        "Short bets on the Cboe Volatility Index are at an all-time high.",
        (claim("level", market="vix", direction="down", since=None),),
        MONDAY,
    ),
    Example(
        "Speculative net longs on the euro climbed to the highest since 2011.",
        (claim("level", market="euro", traders="speculators", direction="up", since=date(2011, 12, 31)),),
        MONDAY,
    ),
    Example(
        "Net bullish positions in S&P 500 E-mini futures rose by 20,000 contracts from a week earlier.",
        (claim("swing", market=SPX, direction="up", value=20000, reports=1),),
        MONDAY,
    ),
    Example(
        "Hedge funds are the most bearish on corn since March.",
        (claim("level", market="corn", traders="hedge funds", direction="down", since=date(2017, 3, 31)),),
        MONDAY,
    ),
    Example(
        "Copper bulls raised their net longs to a two-month high.",
        (claim("level", market="copper", direction="up", since=date(2017, 5, 4)),),
        MONDAY,
    ),
    Example(
        "Traders are the most short wheat ever.",
        (claim("level", market="wheat", direction="down", since=None),),
        MONDAY,
    ),
    Example(
        "Speculators unwound 30,000 short contracts in the Japanese yen last week.",
        (claim("swing", market="yen", traders="speculators", direction="up", value=30000, reports=1),),
        MONDAY,
    ),
    Example(
        "Hedge funds liquidated 25,000 long contracts in gold.",
        (claim("swing", market="gold", traders="hedge funds", direction="down", value=25000),),
        MONDAY,
    ),
    Example(
        "Speculators' net position on the Russell 2000 swung by 80,572 contracts in two weeks, the most"
        " in records going back to 2006.",
        (
            claim("swing", market=R2, value=80572, reports=2),
            claim("swing", market=R2, reports=2, since=None),
        ),
        MONDAY,
    ),
    Example(
        "In a two-week span, large speculators bought a net 80,572 Russell 2000 contracts, a record.",
        (
            claim("swing", market=R2, traders="speculators", direction="up", value=80572, reports=2),
            claim("swing", market=R2, traders="speculators", direction="up", reports=2, since=None),
        ),
        MONDAY,
    ),
    Example(
        "Hedge funds' net wagers on the Russell 2000 are the most bullish since the week ended Feb. 28.",
        (claim("level", market=R2, traders="hedge funds", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "Hedge funds' sentiment on small caps hasn't been this upbeat in four months.",
        (claim("level", market=R2, traders="hedge funds", direction="up", since=date(2017, 3, 4)),),
        MONDAY,
    ),
    Example(
        "The reversal is the biggest ever for a two-week period.",
        (claim("swing", market=R2, traders="speculators", reports=2, since=None),),
        MONDAY,
        before=("Speculators were net long 7,542 contracts of the Russell 2000 on June 13.",),
    ),
    Example(
        "No other two-week turnaround in Russell 2000 futures has been as large.",
        (claim("swing", market=R2, reports=2, since=None),),
        MONDAY,
    ),
    Example(
        "The swing, the largest on record, came over two weeks.",
        (claim("swing", market=R2, traders="speculators", reports=2, since=None),),
        MONDAY,
        before=("Speculators were net long 7,542 contracts of the Russell 2000 on June 13.",),
    ),
    Example(
        "Hedge funds are the most bullish on the yen in six months.",
        (claim("level", market="yen", traders="hedge funds", direction="up", since=date(2017, 1, 4)),),
        MONDAY,
    ),
    Example(
        "Money managers are the least bullish on Brent since November.",
        (claim("level", market="brent", traders="money managers", direction="down", since=date(2016, 11, 30)),),
        MONDAY,
    ),
    Example(
        "Large speculators turned net short S&P 500 E-mini futures for the first time since January.",
        (claim("sign", market=SPX, traders="speculators", direction="down", since=date(2017, 1, 31)),),
        MONDAY,
    ),
    Example(
        "Asset managers added 45,000 contracts to their net long position in S&P 500 E-minis last week.",
        (claim("swing", market=SPX, traders="asset managers", direction="up", value=45000, reports=1),),
        MONDAY,
    ),
    Example(
        "Talk about a change of heart: in just two weeks, hedge funds swung from the most bearish on"
        " small caps since 2011 to the most bullish since February.",
        (
            claim(
                "level",
                market=R2,
                traders="hedge funds",
                direction="down",
                day=date(2017, 5, 30),
                since=date(2011, 12, 31),
            ),
            claim("level", market=R2, traders="hedge funds", direction="up", since=date(2017, 2, 28)),
        ),
        MONDAY,
    ),
    Example(
        "For the first time since late February, hedge funds own more longs than shorts in Russell 2000 futures.",
        (claim("sign", market=R2, traders="hedge funds", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "Not since February have hedge funds been so optimistic on small-cap stocks.",
        (claim("level", market=R2, traders="hedge funds", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "Large speculators hadn't been this short the Russell 2000 since May 2011.",
        (claim("level", market=R2, traders="speculators", direction="down", since=date(2011, 5, 31)),),
        MONDAY,
    ),
    Example(
        "Bearish positioning reached its most extreme level in six years on May 30 in Russell 2000 futures.",
        (claim("level", market=R2, direction="down", day=date(2017, 5, 30), since=date(2011, 11, 30)),),
        MONDAY,
    ),
    Example(
        "Hedge funds are sitting on a record short position in VIX futures.",
        (claim("level", market="vix", traders="hedge funds", direction="down", since=None),),
        MONDAY,
    ),
    Example(
        "Speculators' record net short in 10-year notes has been cut by 50,000 contracts in two weeks.",
        (claim("swing", market="us-10y", direction="up", value=50000, reports=2),),
        MONDAY,
    ),
    Example(
        "Leveraged funds' net short in two-year notes hit an all-time high last week.",
        (claim("level", market="us-2y", traders="leveraged funds", direction="down", since=None),),
        MONDAY,
    ),
    Example(
        "Managed-money net longs in gold increased by 20,000 contracts for the week ended June 6.",
        (claim("swing", market="gold", traders="money managers", direction="up", value=20000, day=date(2017, 6, 6)),),
        MONDAY,
    ),
    Example(
        "Hedge funds cut their net long in natural gas for a third week.",
        (claim("streak", market="natural-gas", traders="hedge funds", direction="down", length=3),),
        MONDAY,
    ),
    Example(
        "Speculators have been adding to yen shorts for six weeks in a row.",
        (claim("streak", market="yen", traders="speculators", direction="down", length=6),),
        MONDAY,
    ),
    Example(
        "Speculators trimmed net short bets on the pound to the smallest since November.",
        (claim("level", market="sterling", traders="speculators", direction="up", since=date(2016, 11, 30)),),
        MONDAY,
    ),
    Example(
        "Speculators turned bearish on the euro for the first time in two months.",
        (claim("sign", market="euro", traders="speculators", direction="down", since=date(2017, 5, 4)),),
        MONDAY,
    ),
    Example(
        "Net shorts in soybeans hit the highest since June 2016 as of June 13.",
        (claim("level", market="soybeans", direction="down", day=date(2017, 6, 13), since=date(2016, 6, 30)),),
        MONDAY,
    ),
    Example(
        "E-mini S&P 500 net longs swelled by 50,000 contracts, the biggest weekly gain since March.",
        (
            claim("swing", market=SPX, direction="up", value=50000, reports=1),
            claim("swing", market=SPX, direction="up", reports=1, since=date(2017, 3, 31)),
        ),
        MONDAY,
    ),
    Example(
        "Speculators dumped their bearish Russell 2000 bets at a record pace in the two weeks through June 13.",
        (
            claim(
                "swing", market=R2, traders="speculators", direction="up", day=date(2017, 6, 13), reports=2, since=None
            ),
        ),
        MONDAY,
    ),
    Example(
        "The most bearish bets in six years on Russell 2000 futures were replaced by the most bullish in four.",
        (claim("level", market=R2, direction="down", day=date(2017, 6, 13), since=date(2011, 12, 13)),),
        MONDAY,
    ),
    Example(
        "Speculators haven't held a bigger net long position in the Russell 2000 since February.",
        (claim("level", market=R2, traders="speculators", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "The two-week move in Russell 2000 positions dwarfs any other on record.",
        (claim("swing", market=R2, reports=2, since=None),),
        MONDAY,
    ),
    Example(
        "Speculators cut their net long position in gold by 28,000 contracts in the week through June 13.",
        (claim("swing", market="gold", traders="speculators", direction="down", value=28000, day=date(2017, 6, 13)),),
        MONDAY,
    ),
    Example(
        "Hedge funds slashed net-long bets on Brent by 33,000 contracts last week.",
        (claim("swing", market="brent", traders="hedge funds", direction="down", value=33000, reports=1),),
        MONDAY,
    ),
    Example(
        "Hedge funds' net-long position in copper is the highest since February.",
        (claim("level", market="copper", traders="hedge funds", direction="up", since=date(2017, 2, 28)),),
        MONDAY,
    ),
    Example(
        "Net longs in Nasdaq 100 futures rose to the highest in three years.",
        (claim("level", market="nasdaq-100", direction="up", since=date(2014, 12, 19)),),
        MONDAY,
    ),
    Example(
        "The net long position in crude fell for a third straight week to the lowest since November.",
        (
            claim("streak", market="wti", direction="down", length=3),
            claim("level", market="wti", direction="down", since=date(2016, 11, 30)),
        ),
        MONDAY,
    ),
)
