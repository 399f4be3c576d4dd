"""Bare positions, as newspapers word them."""

from datetime import date

from tests.models.check.examples import MONDAY, R2, SPX, Example, claim

SENTENCES = (
    Example(
        "On a futures-only basis, leveraged funds were net long 33,383 contracts on the Russell 2000 on June 13.",
        (claim("position", market=R2, traders="leveraged funds", value=33383, scope="futures", basis=None),),
        MONDAY,
    ),
    Example(
        "Speculators were net long 7,542 contracts on the Russell 2000 on June 13, or 1.1 percent of open interest.",
        (claim("position", market=R2, side=1, value=7542, basis=None),),
        MONDAY,
    ),
    Example(
        "Funds flipped from a net short of about 73,000 contracts on May 30 to a net long of 7,500 on"
        " June 13 in Russell 2000 mini futures.",
        (
            claim("position", market=R2, side=-1, value=73000, day=date(2017, 5, 30)),
            claim("position", market=R2, side=1, value=7500, day=date(2017, 6, 13)),
        ),
        MONDAY,
    ),
    Example(
        "Hedge funds and other large speculators swung to a net-long position of 7,500 contracts in"
        " Russell 2000 mini futures as of June 13, from a net short of 73,000 two weeks earlier,"
        " according to Commodity Futures Trading Commission data.",
        (
            claim("position", market=R2, traders="speculators", side=1, value=7500, day=date(2017, 6, 13)),
            claim("position", market=R2, traders="speculators", side=-1, value=73000, day=date(2017, 5, 30)),
        ),
        MONDAY,
    ),
    Example(
        "Large speculators, mostly hedge funds, were net long 7,500 contracts on the small-cap benchmark"
        " as of Tuesday, data from the Commodity Futures Trading Commission show.",
        (claim("position", market=R2, traders="speculators", side=1, value=7500, day=date(2017, 6, 13)),),
        MONDAY,
    ),
    Example(
        "Just two weeks earlier, they were net short 73,000 contracts.",
        (claim("position", market=R2, traders="speculators", side=-1, value=73000, day=date(2017, 5, 30)),),
        MONDAY,
        before=("Large speculators were net long 7,500 Russell 2000 contracts on June 13.",),
    ),
    Example(
        "Two weeks before that, the same group held a net short of nearly 73,000 contracts.",
        (claim("position", market=R2, traders="speculators", side=-1, value=73000, day=date(2017, 5, 30)),),
        MONDAY,
        before=("Large speculators were net long 7,500 Russell 2000 contracts on June 13.",),
    ),
    Example(
        "Data through June 13 show speculators with a 7,500-contract net long position in futures on the Russell 2000.",
        (claim("position", market=R2, traders="speculators", side=1, value=7500, day=date(2017, 6, 13)),),
        MONDAY,
    ),
    Example(
        "Bullish wagers outnumbered bearish ones by 7,500 contracts in the Russell 2000 on June 13.",
        (claim("position", market=R2, side=1, value=7500, day=date(2017, 6, 13)),),
        MONDAY,
    ),
    Example(
        "Short positions exceeded long positions by about 73,000 contracts at the end of May in Russell 2000 futures.",
        (claim("position", market=R2, side=-1, value=73000, day=date(2017, 5, 31)),),
        MONDAY,
    ),
    Example(
        "Longs outnumbered shorts in Russell 2000 mini futures by 7,542 contracts in the week ended June 13.",
        (claim("position", market=R2, side=1, value=7542, day=date(2017, 6, 13)),),
        MONDAY,
    ),
    Example(
        "Wagers that the Russell 2000 will fall exceeded bets on a gain by 73,030 contracts on May 30.",
        (claim("position", market=R2, side=-1, value=73030, day=date(2017, 5, 30)),),
        MONDAY,
    ),
    Example(
        "The net position of non-commercial traders in Russell 2000 futures was +7,542 on June 13.",
        (claim("position", market=R2, traders="speculators", side=1, value=7542, day=date(2017, 6, 13)),),
        MONDAY,
    ),
    Example(
        "Net bullish bets of 7,500 contracts were held by speculators in Russell 2000 futures.",
        (claim("position", market=R2, traders="speculators", side=1, value=7500, day=None),),
        MONDAY,
    ),
    Example(
        "Only two weeks ago, hedge funds were net short more than seventy thousand contracts of the Russell 2000.",
        (claim("position", market=R2, traders="hedge funds", side=-1, value=70000, day=date(2017, 5, 30)),),
        MONDAY,
    ),
    Example(
        "Hedge funds haven't been net long the Russell 2000 since February.",
        (claim("position", market=R2, traders="hedge funds", side=1, day=None, is_negated=True),),
        MONDAY,
    ),
    Example(
        "Large speculators, a group mostly made up of hedge funds, were net long 7,500 contracts in"
        " Russell 2000 mini futures on June 13, compared with a net short of 73,000 two weeks earlier,"
        " marking the biggest about-face on record.",
        (
            claim("position", market=R2, traders="speculators", side=1, value=7500, day=date(2017, 6, 13)),
            claim("position", market=R2, traders="speculators", side=-1, value=73000, day=date(2017, 5, 30)),
            claim("swing", market=R2, traders="speculators", reports=2, since=None),
        ),
        MONDAY,
    ),
    Example(
        "Speculators' net long position in gold dropped to 141,000 contracts, the lowest in five weeks.",
        (
            claim("position", market="gold", traders="speculators", side=1, value=141000, day=None),
            claim("level", market="gold", traders="speculators", direction="down", since=date(2017, 5, 18)),
        ),
        MONDAY,
    ),
    Example(
        "Speculators are net short the yen by 50,000 contracts.",
        (claim("position", market="yen", traders="speculators", side=-1, value=50000, day=None),),
        MONDAY,
    ),
    Example(
        "Large speculators' net long position in 10-year Treasury note futures rose to 358,000 contracts"
        " in the week to June 6, the most on record.",
        (
            claim("position", market="us-10y", traders="speculators", side=1, value=358000, day=date(2017, 6, 6)),
            claim("level", market="us-10y", traders="speculators", direction="up", day=date(2017, 6, 6), since=None),
        ),
        MONDAY,
    ),
    Example(
        "Leveraged funds are net short 10-year Treasuries, while asset managers are net long.",
        (
            claim("position", market="us-10y", traders="leveraged funds", side=-1, day=None),
            claim("position", market="us-10y", traders="asset managers", side=1, day=None),
        ),
        MONDAY,
    ),
    Example(
        "Large speculators held a net 79,000 long contracts in the euro.",
        (claim("position", market="euro", traders="speculators", side=1, value=79000, day=None),),
        MONDAY,
    ),
    Example(
        "Managed money was net short natural gas futures by 20,000 contracts.",
        (claim("position", market="natural-gas", traders="money managers", side=-1, value=20000, day=None),),
        MONDAY,
    ),
    Example(
        "The net short position in sterling shrank to 36,000 contracts, its smallest since September.",
        (
            claim("position", market="sterling", side=-1, value=36000, day=None),
            claim("level", market="sterling", direction="up", since=date(2016, 9, 30)),
        ),
        MONDAY,
    ),
    Example(
        "Leveraged investors held a net 24,000 short contracts on the Russell 2000 at the end of May,"
        " CFTC figures show.",
        (claim("position", market=R2, traders="leveraged funds", side=-1, value=24000, day=date(2017, 5, 31)),),
        MONDAY,
    ),
    Example(
        "Fast-money accounts, which were short 73,000 mini futures on the Russell 2000 on May 30, were"
        " long 7,500 two weeks later.",
        (
            claim("position", market=R2, traders="hedge funds", side=-1, value=73000, day=date(2017, 5, 30)),
            claim("position", market=R2, traders="hedge funds", side=1, value=7500, day=date(2017, 6, 13)),
        ),
        MONDAY,
    ),
    Example(
        "The net-long position of 7,542 contracts is the first since the week of Feb. 28.",
        (
            claim("position", market=R2, traders="speculators", side=1, value=7542, day=None),
            claim("sign", market=R2, traders="speculators", direction="up", since=date(2017, 2, 28)),
        ),
        MONDAY,
        before=("Speculators trade Russell 2000 mini futures.",),
    ),
    Example(
        "Positioning in Russell 2000 mini futures went from a net short of 73,030 contracts to a net"
        " long of 7,542 contracts in a fortnight.",
        (
            claim("position", market=R2, side=-1, value=73030, day=date(2017, 5, 30)),
            claim("position", market=R2, side=1, value=7542, day=None),
        ),
        MONDAY,
    ),
    Example(
        "Bearish bets had piled up to 73,000 contracts by May 30 in Russell 2000 futures.",
        (claim("position", market=R2, side=-1, value=73000, day=date(2017, 5, 30)),),
        MONDAY,
    ),
    Example(
        "A net short position of 73,030 contracts on May 30 was the largest since May 2011 for large"
        " speculators in Russell 2000 mini futures.",
        (
            claim("position", market=R2, traders="speculators", side=-1, value=73030, day=date(2017, 5, 30)),
            claim(
                "level",
                market=R2,
                traders="speculators",
                direction="down",
                day=date(2017, 5, 30),
                since=date(2011, 5, 31),
            ),
        ),
        MONDAY,
    ),
    Example(
        "As recently as May 30, hedge funds were sitting on a net short position of 73,030 contracts in"
        " the Russell 2000.",
        (claim("position", market=R2, traders="hedge funds", side=-1, value=73030, day=date(2017, 5, 30)),),
        MONDAY,
    ),
    Example(
        "By June 13 speculators had covered all of their Russell 2000 shorts and were net long 7,542 contracts.",
        (claim("position", market=R2, traders="speculators", side=1, value=7542, day=date(2017, 6, 13)),),
        MONDAY,
    ),
    Example(
        "That compares with a net short of 73,030 contracts two weeks before.",
        (claim("position", market=R2, traders="speculators", side=-1, value=73030, day=date(2017, 5, 30)),),
        MONDAY,
        before=("Speculators were net long 7,542 contracts of the Russell 2000 on June 13.",),
    ),
    Example(
        "Hedge funds raised their net long position in copper to 40,000 contracts.",
        (claim("position", market="copper", traders="hedge funds", side=1, value=40000, day=None),),
        MONDAY,
    ),
    Example(
        "Speculators held 1.2 million net short contracts in Eurodollar futures.",
        (claim("position", market="eurodollar", traders="speculators", side=-1, value=1200000, day=None),),
        MONDAY,
    ),
    Example(
        "Gold speculators were net long 166,000 contracts in the week through June 13.",
        (claim("position", market="gold", traders="speculators", side=1, value=166000, day=date(2017, 6, 13)),),
        MONDAY,
    ),
    Example(
        "The combined net long position across 10-year notes reached 300,000 contracts.",
        (claim("position", market="us-10y", side=1, value=300000, day=None),),
        MONDAY,
    ),
    Example(
        "Large speculators held 7,500 more bullish than bearish contracts on the Russell 2000 as of June 13.",
        (claim("position", market=R2, traders="speculators", side=1, value=7500, day=date(2017, 6, 13)),),
        MONDAY,
    ),
    Example(
        "That's up from a net short of 73,030 contracts at the end of May.",
        (claim("position", market=R2, traders="speculators", side=-1, value=73030, day=date(2017, 5, 31)),),
        MONDAY,
        before=("Speculators were net long 7,542 contracts on the Russell 2000 on June 13.",),
    ),
    Example(
        "Mini futures on the Russell 2000 saw hedge funds switch to net long from net short in two weeks.",
        (claim("position", market=R2, traders="hedge funds", side=1, day=None),),
        MONDAY,
    ),
    Example(
        "Non-commercials' net position went from -73,030 contracts on May 30 to +7,542 on June 13 in the"
        " Russell 2000 mini.",
        (
            claim("position", market=R2, traders="speculators", side=-1, value=-73030, day=date(2017, 5, 30)),
            claim("position", market=R2, traders="speculators", side=1, value=7542, day=date(2017, 6, 13)),
        ),
        MONDAY,
    ),
    Example(
        "The tide turned in two weeks: shorts of 73,000 contracts became longs of 7,500 in Russell 2000 futures.",
        (
            claim("position", market=R2, side=-1, value=73000, day=date(2017, 5, 30)),
            claim("position", market=R2, side=1, value=7500, day=None),
        ),
        MONDAY,
    ),
    Example(
        "Money managers' net long in Brent crude fell 12,345 contracts to 345,678 in the week to June 13.",
        (
            claim("position", market="brent", traders="money managers", side=1, value=345678, day=date(2017, 6, 13)),
            claim(
                "swing", market="brent", traders="money managers", direction="down", value=12345, day=date(2017, 6, 13)
            ),
        ),
        MONDAY,
    ),
    Example(
        "Traders are net short wheat by more than 100,000 contracts.",
        (claim("position", market="wheat", side=-1, value=100000, day=None),),
        MONDAY,
    ),
    Example(
        "Asset managers hold a net long of 640,000 contracts in S&P 500 futures, the most since 2015.",
        (
            claim("position", market=SPX, traders="asset managers", side=1, value=640000, day=None),
            claim("level", market=SPX, traders="asset managers", direction="up", since=date(2015, 12, 31)),
        ),
        MONDAY,
    ),
    Example(
        "Two weeks was all it took for hedge funds to swing from net short 73,000 Russell 2000 contracts"
        " to net long 7,500.",
        (
            claim("position", market=R2, traders="hedge funds", side=-1, value=73000, day=date(2017, 5, 30)),
            claim("position", market=R2, traders="hedge funds", side=1, value=7500, day=None),
        ),
        MONDAY,
    ),
    Example(
        "It took just two weeks for large speculators to erase a net short position of 73,000 Russell 2000 contracts.",
        (claim("position", market=R2, traders="speculators", side=-1, value=73000, day=date(2017, 5, 30)),),
        MONDAY,
    ),
    Example(
        "Net short positions of 73,000 contracts on May 30 gave way to net longs of 7,500 on June 13 in"
        " Russell 2000 futures.",
        (
            claim("position", market=R2, side=-1, value=73000, day=date(2017, 5, 30)),
            claim("position", market=R2, side=1, value=7500, day=date(2017, 6, 13)),
        ),
        MONDAY,
    ),
    Example(
        "Large speculators now hold a net long position equal to 7,542 Russell 2000 contracts.",
        (claim("position", market=R2, traders="speculators", side=1, value=7542, day=None),),
        MONDAY,
    ),
    Example(
        "As of the latest CFTC report, speculators are long a net 7,542 contracts on the Russell 2000.",
        (claim("position", market=R2, traders="speculators", side=1, value=7542, day=None),),
        MONDAY,
    ),
    Example(
        "Large speculators are net short 30-year Treasury bonds.",
        (claim("position", market="us-30y", traders="speculators", side=-1, day=None),),
        MONDAY,
    ),
    Example(
        "Speculators have been net short the pound since November 2015.",
        (claim("position", market="sterling", traders="speculators", side=-1, day=None),),
        MONDAY,
    ),
    Example(
        "Commercial traders are net short gold by 190,000 contracts.",
        (claim("position", market="gold", traders="commercials", side=-1, value=190000, day=None),),
        MONDAY,
    ),
    Example(
        "Asset managers are net long the S&P 500 while leveraged funds are net short.",
        (
            claim("position", market=SPX, traders="asset managers", side=1, day=None),
            claim("position", market=SPX, traders="leveraged funds", side=-1, day=None),
        ),
        MONDAY,
    ),
    Example(
        "Dealers are net short Russell 2000 futures.",
        (claim("position", market=R2, traders="dealers", side=-1, day=None),),
        MONDAY,
    ),
    Example(
        "Speculators aren't net short the Russell 2000 anymore.",
        (claim("position", market=R2, traders="speculators", side=-1, day=None, is_negated=True),),
        MONDAY,
    ),
)
