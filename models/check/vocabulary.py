"""Tags of the words from which claims are made; what a tag means in a claim stands in the grammar."""

from collections.abc import Mapping

TAGS: Mapping[str, str] = {
    "IDIOM": "short interest|short sellers|short seller|short selling|short term|long term|short lived|as long as"
    "|so long as|long run|long time|long standing|long since|before long|in short|cut short|fall short|fell short"
    "|falls short|led by|topped by|long way|long overdue|long weekend|long haul|longer term|shorter term|short covering"
    "|short squeeze|short squeezes",
    "NET": "net|net speculative",
    "LENGTH": "length",
    "POSITIVE": "positive",
    "NEGATIVE": "negative",
    "LONG": "long|longs|bullish bets|bullish wagers|bullish positions|bullish position|bullish bet|bullish stance"
    "|long bets|long wagers|bets on a rise|bets on a gain|bets on gains|bets on a rally|bets on rising prices"
    "|bullish futures bets|bullish ones|bullish contracts|long ones|betting on gains|betting on a rally"
    "|betting on a rise|bullish exposure",
    "SHORT": "short|shorts|bearish bets|bearish wagers|bearish positions|bearish position|bearish bet"
    "|bearish stance|short bets|short wagers|bets on a fall|bets on a drop|bets on a decline|bets on losses"
    "|bets against|bets on falling prices|bearish futures bets|bearish ones|bearish contracts|short ones"
    "|betting against|wagers against|bearish exposure",
    "POSN": "position|positions|positioning|bets|bet|wager|wagers|stance|exposure|holdings|contracts",
    "BULL": "bullish|optimistic|upbeat|bullishness|optimism",
    "BEAR": "bearish|pessimistic|downbeat|bearishness|pessimism",
    "MOST": "most|biggest|largest|greatest|highest|sharpest|steepest|fastest|quickest|widest|strongest|deepest"
    "|heaviest|swiftest|most extreme|most dramatic|most pronounced|most violent|larger than any|bigger than any",
    "MOREW": "more",
    "WEEKLY": "weekly|one week|week on week|latest week|latest reporting week|most recent week|reporting week",
    "MONTHLY": "monthly",
    "LEAST": "least|fewest|lowest|smallest|narrowest|tightest|slimmest|thinnest",
    "WORST": "worst|poorest|weakest|worst ever|so badly|so poorly|this badly|this poorly|as badly|as poorly",
    "BEST": "best",
    "HIGH": "high|highs|peak|peaks",
    "LOW": "low|lows|trough",
    "RECORD": "on record|ever|in history|all time|in the history|since records began|since the data begin"
    "|on the books|record|in the records|since record keeping began|unprecedented|record breaking|record setting"
    "|never before|without precedent|no other|no previous|no earlier|no prior|in data going back to"
    "|in records going back to|in figures going back to|in data that go back to|in data dating to"
    "|in data dating back to|in records dating to|in data since|in data starting in|in data compiled since"
    "|since at least|since the data began|since data began|since records start",
    "LASTTIME": "the last time|last time",
    "FIRST": "first|for the first time|not since|the first time",
    "SWING": "swing|about face|about faces|reversal|turnaround|u turn|about turn|shift|flip|volte face|reversals"
    "|change of heart|turnabout|move|change|swings|switch|pivot|change of mind|change of course|reversed course"
    "|changed course|changed their minds|changed tack|flip flop|shifts",
    "UP": "up|rise|rises|rose|risen|rising|gain|gains|gained|gaining|climb|climbs|climbed|climbing|advance|advances"
    "|advanced|advancing|jump|jumps|jumped|jumping|rally|rallied|rallies|increase|increases|increased|increasing"
    "|add|added|adding|adds|raise|raised|raises|raising|boost|boosted|boosts|boosting|higher|surge|surged|surges"
    "|soar|soared|return|returned|build|built|grow|grows|grew|grown|growing|growth|expand|expanded|expanding"
    "|expansion|buying|bought|lifted|lift|lifts|rebound|rebounded|improve|improved|improves|swelled|accumulated"
    "|ramped up|stepped up|hiked|bolstered|extended|recovered|returned|popped|tacked on|bounced|surging|upped"
    "|piled into|cranked up|strengthened|firmed|appreciated",
    "DOWN": "down|bought back|buy back|buying back|fall|falls|fell|fallen|falling|drop|drops|dropped|dropping|decline"
    "|declines|declined|declining|lose|lost|losing|loses|slide|slid|slides|sliding|slip|slipped|slips|slipping"
    "|retreat|retreated|cut|cuts|cutting|loss|losses|trim|trimmed|trims|trimming|reduce|reduced|reduces|reducing"
    "|decrease|decreased|decreasing|lower|tumble|tumbled|sink|sank|shed|sold|selling|slash|slashed|shrink|shrank"
    "|shrunk|shrinking|dip|dipped|plunge|plunged|pared|pare|paring|deteriorated|worsened|weakened|unwound|unwinding"
    "|liquidated|liquidating|ditched|dumped|scaled back|eased|easing|shaved|pulled back|backed off|cooled|lightened"
    "|tumbles|plummeted|slumped|slump|sagged|depreciated",
    "BEAT": "beat|beats|beaten|beating|outperform|outperformed|outperforms|outperforming|outpace|outpaced|outpaces"
    "|outpacing|lead|led|leads|leading|topped|tops|top|bested|outstripped|outstripping|ahead of|outrun|outran|outgained"
    "|better than|outperformance|exceeded|exceed|ahead|outnumber|outnumbers|outweigh|outweighs|outnumbered"
    "|outnumbering|outweighed|outshone|surpassed|outdone|overtook",
    "LAG": "trail|trailed|trails|trailing|lag|lagged|lags|lagging|underperform|underperformed|underperforms"
    "|underperforming|behind|underperformance|fallen behind|fell behind|worse than|lagged behind|trailed behind"
    "|lagging behind|trailing behind|falling behind|lag behind|trail behind|lags behind",
    "STRAIGHT": "straight|consecutive|successive",
    "RUNNING": "in a row|running|on end|in succession|straight",
    "START": "start|started|begun|beginning|opening|stretch|performance|showing",
    "GAP": "gap|shortfall|deficit|margin|difference|gulf|divergence",
    "MONTHW": "month",
    "YEARW": "year",
    "OVER": "more than",
    "SHAREV": "make up|makes up|made up|making up|account for|accounts for|accounted for|accounting for|comprise"
    "|comprises|comprised|comprising|represent|represents|represented|constitute|constitutes|are|is|were|was|form",
    "WEIGHT": "weight|weighting|weightings|share|shares|proportion|slice|portion|allocation|representation|weights",
    "INDEXW": "index|gauge|benchmark|market value|market capitalization|market cap|value",
    "RELW": "relative",
    "BIGGER": "bigger|larger|greater|heavier",
    "ERASE": "erase|erased|erasing|wipe out|wiped out|wiping out|covered|covering|cover",
    "PERSON": "mr|mrs|ms|he|she|his|her",
    "MULTV": "doubled|tripled|quadrupled|halved|doubling|tripling",
    "PRICEW": "price|prices",
    "YIELDW": "yield|yields|rates",
    "WEEKW": "week",
    "AVERAGE": "average|averaged|averaging|averages|median",
    "EACH": "each of|every one of",
    "FLAT": "little changed|unchanged|flat",
    "WHEN": "when|because|which|who|where",
    "AUX": "has|have|had|did|do|does|also|then|still|again",
    "IT": "it",
    "PRON": "its|they|their|them|the group",
    "SAME": "as much as|as many as|as big as|as large as|that of|as high as|as heavily",
    "NARROW": "narrow|narrowed|narrows|narrowing|tighten|tightened|tightens|tightening|compress|compressed|narrower"
    "|tighter|shrinking|compressing|compression|come in|came in|coming in|contracted|contracting|smaller|slimmer"
    "|thinner",
    "WIDE": "widen|widened|widens|widening|wider|blow out|blown out|blew out|widened out|gap out",
    "EARN": "earnings|profits|profit|earnings per share|eps|operating earnings|corporate profits",
    "PACE": "pace|rate|speed|clip|growth rate|as fast|as quickly|as rapidly",
    "SLOW": "slower|slower than|more slowly|less quickly|less than",
    "FAST": "faster|more quickly|quicker",
    "LEV": "leverage|debt|indebted|so leveraged|as leveraged|indebtedness|borrowings|net debt|debt loads|debt load"
    "|debt levels|leverage ratio|debt to ebitda",
    "LEVD": "leveraged|levered",
    "EBITDA": "ebitda|earnings before interest, taxes, depreciation and amortization"
    "|earnings before interest taxes depreciation and amortization|cash flow",
    "BE": "am|are|is|was|were|be|been|have been|has been|had been|stand|stood|remain|remained|stayed",
    "FLIP": "gave way to|giving way to|were replaced by|replaced by|became|become|becoming|turned into|flipped|flip"
    "|turned|turn|turning|switched|swung|swing to|moved|went|gone|go|shifted|returned to|back to|flipping|swinging"
    "|switching|reversed|moving|going|swings|flips|turns",
    "FROM": "from",
    "TO": "to|into",
    "THROUGH": "through|thru|till|until|up to",
    "IN": "in|over|within|during|for",
    "OF": "of|out of|to the tune of",
    "ON": "on",
    "BY": "by",
    "AT": "at|near",
    "SINCE": "since",
    "SOMETIME": "ago",
    "EARLIER": "earlier|before|previously|prior",
    "LATER": "later|after",
    "LAST": "last|past|previous|latest",
    "THIS": "this|so|that",
    "THAN": "than|versus|against|compared with|compared to|relative to|vs|over that of",
    "NOT": "not|n't|never|no longer|neither|nor|without|hardly|nobody|isn't|aren't|wasn't|weren't|hasn't|haven't"
    "|didn't|doesn't|don't|hadn't|cannot|denied|far from|failed to|fails to|fail to|failing to|yet to"
    "|fell short of|falls short of|fall short of|falling short of|shy of|stopped short of"
    "|stops short of|stop short of|stopping short of",
    "UNTRUE": "untrue|not true|isn't true|aren't true|wasn't true|false that|false to say|wrong that|wrong to say"
    "|is false|are false|was false|were false|is wrong|are wrong|was wrong|were wrong|incorrect|not correct|a myth"
    "|would be wrong to say|would be false to say|no truth to|no truth in|not the case|isn't the case",
    "MODAL": "will|would|could|might|should|expect|expects|expected to|likely|may|forecast|forecasts|predicts"
    "|predicted|predict|projects|poised|set to|bound to|can|hope|hopes|aim|aims|plans|plan to|won't|wouldn't"
    "|expecting|projected to|anticipates",
    "IF": "no evidence|no sign|no proof|no indication|if|unless|whether|should|assuming|suppose|imagine",
    "AND": "and|but|while|whereas|although|though|as|yet",
    "PER": "per cent|percent|pct|%",
    "PTSW": "percentage points|percentage point|points|point|pts|pct points|percent points",
    "BPW": "basis points|basis point|bp|bps",
    "CONW": "contracts|contract|futures contracts|net contracts|lots|futures and options contracts",
    "TIMESW": "times|x|fold",
    "TOTAL": "total return|including dividends|with dividends|dividends included",
    "INSIZE": "adjusted for size|size adjusted|adjusted for contract size|adjusted for the contract size"
    "|adjusting for contract size|adjusting for the size of the contract|adjusted for the size of the contract"
    "|once contract size is counted|in contracts of one size|in $50 contracts",
    "INOI": "as a share of open interest|share of open interest|as a percentage of open interest|of open interest"
    "|relative to open interest|percent of open interest|as a proportion of open interest",
    "INUSD": "in dollar terms|in dollars|in notional terms|in notional value|in dollar value|by dollar value"
    "|by notional value|in terms of dollars",
    "INCON": "in contracts|in contract terms|by number of contracts|in number of contracts|in the number of contracts"
    "|measured in contracts|in contracts as reported",
    "FUTONLY": "futures only|futures alone|excluding options|without options",
    "COMBINED": "futures and options combined|futures and options|including options|options included",
    "RECENT": "now|currently|latest report|most recent report",
}
"""Wordings of each tag; a longer wording goes before a shorter one, and a tag above before one below."""
