"""The grammar of claims: for each kind the sequences of tags that make one.

A rule is a line of tags. `A|B` is either, `A?` may be missing, `name:A` keeps the token for the claim's slot,
`also_name:A` does so and leaves it to other claims too, `only_name:A` takes none of which another claim made use,
`lone_name:A` neither, and leaves it to those that come after.
`~4` is up to four tokens of any kind within the clause; `*4` the same, but for another comparison; `=4` but for what
would begin another position; `^4` nor a number of contracts or a turn; `-4` nor one that would begin another figure;
`+4` nor a `to`; `!4` within the words of one verb. Rules stand in the order in which they are tried; a token kept by
one is not kept by another.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from models.check.claims import ClaimKind

_POSITION = "STOP|FROM|NET|LONG|SHORT|BULL|BEAR|AND|SWING"
_FIGURE = "CON|PCT|PTS|BP|UP|DOWN|BEAT|LAG"
_BARRIERS = {
    "~": "STOP",
    "=": _POSITION,
    "*": "STOP|BEAT|LAG",
    "^": f"{_POSITION}|CON|FLIP",
    "-": f"{_POSITION}|{_FIGURE}",
    "+": f"{_POSITION}|{_FIGURE}|BY|TO",
    "!": "STOP|COMMA|AND|WHEN|LATER|EARLIER|SINCE|UP|DOWN|FLIP|BEAT|LAG|THAN|FROM|PCT",
}

_AUXILIARIES = " ".join(["AUX|BE|SHAREV|NOT|ADV|RECENT?"] * 3)
"""What may stand between a subject and its verb: `has not also`."""

_TABLE: tuple[tuple[ClaimKind, str], ...] = (
    (ClaimKind.POSITION, "amount:CON|NUM MOREW side:LONG|SHORT|BULL|BEAR ~3 THAN"),
    (ClaimKind.SIGN, "FIRST ~12 MOREW side:LONG|SHORT ~2 THAN"),
    (ClaimKind.POSITION, "MOREW side:LONG|SHORT ~2 THAN ~2 LONG|SHORT"),
    (ClaimKind.POSITION, "POSN THIS ~2 MARKET|PRON|IT MODAL side:UP|DOWN BEAT ~9 BY amount:CON|NUM"),
    (ClaimKind.LEVEL, "sup:MOST|LEAST|MOREW tone:BULL|BEAR"),
    (ClaimKind.LEVEL, "sup:FIRST ~6 BE THIS tone:BULL|BEAR|LONG|SHORT"),
    (ClaimKind.LEVEL, "sup:NOT ~3 BIGGER NET? tone:LONG|SHORT"),
    (ClaimKind.LEVEL, "sup:NOT BE THIS tone:BULL|BEAR|LONG|SHORT"),
    (ClaimKind.LEVEL, "sup:NOT ~7 BE THIS tone:BULL|BEAR|LONG|SHORT"),
    (ClaimKind.LEVEL, "sup:LASTTIME ~5 THIS tone:BULL|BEAR"),
    (ClaimKind.LEVERAGE, "LEV ~12 sup:RECORD|HIGH|MOST|LOW|LEAST"),
    (ClaimKind.LEVERAGE, "sup:RECORD|MOST ~2 LEV"),
    (ClaimKind.LEVERAGE, "sup:NOT ~2 THIS? LEV"),
    (ClaimKind.LEVERAGE, "LEV ~7 sup:NOT ~3 UP"),
    (ClaimKind.LEVERAGE, "MOREW|MOST LEVD ~6 sup:RECORD"),
    (ClaimKind.LEVERAGE, "LEV ~8 amount:TIMES ~3 EBITDA"),
    (ClaimKind.GROWTH_COMPARISON, "amount:HALF|TIMES ~3 PACE ~7 other:MARKET"),
    (ClaimKind.GROWTH_COMPARISON, "amount:HALF|TIMES ~3 other:MARKET ~2 PACE"),
    (ClaimKind.GROWTH_COMPARISON, "amount:HALF|TIMES ~4 growth:UP|PACE ~7 other:MARKET"),
    (ClaimKind.GROWTH_COMPARISON, "amount:HALF|TIMES OF ~1 PCT ~3 other:MARKET"),
    (ClaimKind.GROWTH_COMPARISON, "amount:HALF|TIMES ~2 SAME ~5 other:MARKET"),
    (ClaimKind.GROWTH_COMPARISON, "PACE ~2 amount:HALF|TIMES ~3 other:MARKET"),
    (ClaimKind.GROWTH_COMPARISON, "pace:SLOW|FAST ~8 other:MARKET"),
    (ClaimKind.GROWTH_COMPARISON, "EARN ~6 pace:LAG|BEAT ~6 other:MARKET ~6 length:STREAK"),
    (ClaimKind.GROWTH_COMPARISON, "length:STREAK ~6 EARN ~6 pace:LAG|BEAT ~6 other:MARKET"),
    (ClaimKind.GROWTH_COMPARISON, "EARN ~6 pace:LAG|BEAT ~6 other:MARKET"),
    (ClaimKind.GROWTH, "EARN ~6 move:UP|DOWN ~5 length:STREAK"),
    (ClaimKind.GROWTH, "length:STREAK ~4 EARN ~2 move:UP|DOWN"),
    (ClaimKind.GROWTH, "earn:EARN ~9 move:UP|DOWN ~4 amount:PCT"),
    (ClaimKind.GROWTH, "move:UP|DOWN ~2 earn:EARN ~4 amount:PCT"),
    (ClaimKind.GROWTH, "amount:PCT ~2 move:UP|DOWN? ~4 earn:EARN"),
    (ClaimKind.GROWTH, "THAN amount:PCT IN|OF ~1 other:MARKET"),
    (ClaimKind.SPREAD, "SPREAD ~7 amount:BP|PTS move:NARROW|WIDE"),
    (ClaimKind.SPREAD, "SPREAD ~9 move:NARROW|WIDE|UP|DOWN ~2 BY? amount:BP|PTS"),
    (ClaimKind.SPREAD, "SPREAD ~9 move:NARROW|WIDE|UP|DOWN ~3 TO ~1 amount:BP|PTS|PCT"),
    (ClaimKind.SPREAD, "SPREAD ~9 sup:MOST|LEAST|HIGH|LOW|RECORD"),
    (ClaimKind.SPREAD, "sup:MOST|LEAST ~2 SPREAD"),
    (ClaimKind.SPREAD, "SPREAD ~9 move:NARROW|WIDE|UP|DOWN"),
    (ClaimKind.SPREAD, "move:NARROW|WIDE|UP|DOWN ~3 SPREAD"),
    (ClaimKind.SPREAD, "SPREAD ~7 amount:BP|PTS|PCT"),
    (ClaimKind.SECTOR_RATIO, "amount:TIMES|HALF ~4 WEIGHT|SAME ~7 other:MARKET"),
    (ClaimKind.SECTOR_RATIO, "amount:TIMES|HALF ~3 other:MARKET ~2 WEIGHT"),
    (ClaimKind.SECTOR_RATIO, "amount:TIMES|HALF ~2 POSN|WEIGHT ~2 sector:SECTOR ~1 AND|THAN ~3 other:MARKET"),
    (ClaimKind.SECTOR_RATIO, "amount:TIMES|HALF ~5 IN ~2 other:MARKET"),
    (ClaimKind.SECTOR_RATIO, "amount:TIMES|HALF ~4 sector:SECTOR ~1 AND|THAN ~2 other:MARKET"),
    (ClaimKind.SECTOR_SHARE, "THAN|AND amount:PCT|FRAC IN|OF ~1 other:MARKET"),
    (ClaimKind.SECTOR_SHARE, "sector:SECTOR ~3 SHAREV ~4 amount:PCT|FRAC|HALF"),
    (ClaimKind.SECTOR_SHARE, "sector:SECTOR|SYMBOL ~3 SHAREV ~4 amount:PCT|FRAC|HALF"),
    (ClaimKind.SECTOR_SHARE, "sector:SECTOR|SYMBOL ~5 amount:PCT|FRAC|HALF OF|WEIGHT"),
    (ClaimKind.SECTOR_SHARE, "WEIGHT ~3 sector:SECTOR ~9 amount:PCT|FRAC|HALF"),
    (ClaimKind.SECTOR_SHARE, "sector:SECTOR ~2 WEIGHT ~8 amount:PCT|FRAC|HALF"),
    (ClaimKind.SECTOR_SHARE, "amount:PCT|FRAC|HALF ~2 OF ~9 sector:SECTOR"),
    (ClaimKind.SECTOR_SHARE, "amount:FRAC ~2 IN ~1 MARKET ~3 sector:SECTOR|SYMBOL"),
    (ClaimKind.SECTOR_SHARE, "AT amount:PCT|FRAC COMMA? ~1 sector:SECTOR"),
    (ClaimKind.SECTOR_SHARE, "amount:PCT|FRAC|HALF ~2 WEIGHT ~3 sector:SECTOR"),
    (ClaimKind.DAYS, "move:UP|DOWN ~5 hits:NUM|SPAN OF ~3 length:SPAN|NUM"),
    (ClaimKind.DAYS, "length:SPAN ~6 move:UP|DOWN ~1 hits:TIMES"),
    (ClaimKind.DAYS, "move:UP|DOWN ~1 hits:TIMES IN ~2 length:SPAN"),
    (ClaimKind.DAYS, "hits:NUM move:UP|DOWN ~1 IN ~1 LAST length:NUM"),
    (ClaimKind.DAYS, "hits:NUM OF ~3 length:SPAN ~4 move:UP|DOWN"),
    (ClaimKind.STREAK, "move:UP|DOWN ~4 tone:LONG|SHORT|POSN|BULL|BEAR ~9 length:STREAK"),
    (ClaimKind.STREAK, "length:STREAK ~8 move:UP|DOWN ~5 tone:LONG|SHORT|POSN"),
    (ClaimKind.STREAK, "tone:LONG|SHORT POSN? ~4 move:UP|DOWN ~5 length:STREAK"),
    (ClaimKind.STREAK, "NET tone:POSN ~4 move:UP|DOWN ~4 length:STREAK"),
    (ClaimKind.DAYS, "length:STREAK move:UP|DOWN"),
    (ClaimKind.DAYS, "move:UP|DOWN ~6 length:STREAK"),
    (ClaimKind.DAYS, "length:STREAK ~4 move:UP|DOWN"),
    (ClaimKind.POSITION, "NET side:LONG|SHORT POSN? =6 UP|DOWN ~3 TO amount:CON|NUM"),
    (ClaimKind.SWING, "move:UP|DOWN ~4 tone:LONG|SHORT|POSN|BULL|BEAR ~4 sup:MOST|RECORD ~1 PACE"),
    (ClaimKind.SWING, "move:UP|DOWN ~4 tone:LONG|SHORT|POSN ~5 BY amount:CON|NUM"),
    (ClaimKind.SWING, "move:UP|DOWN ~1 amount:CON|NUM ~4 tone:LONG|SHORT"),
    (ClaimKind.SWING, "move:UP|DOWN ~1 NET amount:CON"),
    (ClaimKind.SWING, "NET also_tone:LONG|SHORT? POSN? !8 move:UP|DOWN +2 BY? amount:CON|NUM"),
    (ClaimKind.SWING, "turn:SWING|FLIP =2 OF|BY amount:CON|NUM"),
    (ClaimKind.SWING, "amount:CON turn:SWING"),
    (ClaimKind.SWING, "sup:MOST|RECORD|LEAST ~2 turn:SWING"),
    (ClaimKind.SWING, "turn:SWING ~13 sup:MOST|RECORD"),
    (ClaimKind.SWING, "sup:RECORD ~8 turn:SWING"),
    (ClaimKind.SWING, "sup:FIRST ~6 turn:FLIP THIS"),
    (ClaimKind.SWING, "also_turn:SWING ~13 SHAREV|BE ~1 sup:MOST|RECORD"),
    (ClaimKind.SWING, "sup:MOST|RECORD ~2 move:UP|DOWN ~3 tone:LONG|SHORT|POSN"),
    (ClaimKind.SWING, "sup:MOST|RECORD ~2 move:UP|DOWN ~2 NET ~1 tone:LONG|SHORT|POSN"),
    (ClaimKind.SWING, "sup:MOST|RECORD ~2 move:UP|DOWN ~3 SINCE|RECORD"),
    (ClaimKind.SIGN, "NET also_side:LONG|SHORT POSN? OF CON|NUM ~6 mark:FIRST"),
    (ClaimKind.SIGN, "side:LONG|SHORT ~4 BEAT ~2 LONG|SHORT ~3 FIRST"),
    (ClaimKind.SIGN, "FIRST ~9 NET side:LONG|SHORT"),
    (ClaimKind.SIGN, "NET side:LONG|SHORT POSN? ~7 mark:FIRST"),
    (ClaimKind.SIGN, "FLIP|BE|SHAREV ~1 side:BULL|BEAR|LONG|SHORT POSN? ~7 FIRST"),
    (ClaimKind.SIGN, "FIRST ~1 side:BULL|BEAR|LONG|SHORT POSN"),
    (ClaimKind.SIGN, "FIRST ~1 side:LONG|SHORT"),
    (ClaimKind.SIGN, "FIRST ~7 FLIP|BE|SHAREV side:BULL|BEAR"),
    (ClaimKind.LEVEL, "sup:MOST|LEAST|RECORD ~1 NET? tone:LONG|SHORT"),
    (ClaimKind.LEVEL, "sup:MOST|LEAST ~1 NET tone:POSN"),
    (ClaimKind.LEVEL, "also_tone:LONG|SHORT|BULL|BEAR POSN? =9 sup:MOST|LEAST|HIGH|LOW"),
    (ClaimKind.LEVEL, "lone_tone:LONG|SHORT|BULL|BEAR POSN? =9 sup:RECORD"),
    (ClaimKind.LEVEL, "NET tone:POSN ^9 sup:MOST|LEAST|HIGH|LOW"),
    (ClaimKind.LEVEL, "tone:POSN ON ^12 sup:MOST|LEAST|HIGH|LOW"),
    (ClaimKind.LEVEL, "sup:MOST|LEAST SINCE|IN|RECORD"),
    (ClaimKind.LEVEL, "COMMA w? sup:RECORD"),
    (ClaimKind.POSITION, "side:LONG|SHORT ~5 BEAT ~4 LONG|SHORT ~7 BY amount:CON|NUM"),
    (ClaimKind.POSITION, "NET side:LONG|SHORT -9 amount:CON|NUM"),
    (ClaimKind.POSITION, "NET side:LONG|SHORT =6 BY amount:CON|NUM"),
    (ClaimKind.POSITION, "NET side:LONG|SHORT POSN? -6 amount:USD"),
    (ClaimKind.POSITION, "amount:USD ~1 NET side:LONG|SHORT"),
    (ClaimKind.POSITION, "NET amount:CON|NUM side:LONG|SHORT"),
    (ClaimKind.POSITION, "amount:CON|NUM ~1 NET side:LONG|SHORT"),
    (ClaimKind.POSITION, "side:LONG|SHORT POSN? OF amount:CON|NUM"),
    (ClaimKind.POSITION, "side:LONG|SHORT -4 OF amount:CON"),
    (ClaimKind.POSITION, "side:LONG|SHORT BY amount:CON|NUM"),
    (ClaimKind.POSITION, "side:LONG|SHORT amount:CON"),
    (ClaimKind.POSITION, "BE|SHAREV w? side:LONG|SHORT amount:NUM"),
    (ClaimKind.POSITION, "side:LONG|SHORT POSN? =6 UP|DOWN ~2 TO amount:CON"),
    (ClaimKind.POSITION, "amount:CON side:LONG|SHORT"),
    (ClaimKind.POSITION, "amount:CON|NUM MOREW side:LONG|SHORT ~3 THAN"),
    (ClaimKind.POSITION, "side:LONG|SHORT -8 amount:CON"),
    (ClaimKind.POSITION, "NET POSN -4 amount:CON"),
    (ClaimKind.POSITION, "NET POSN -9 SHAREV|BE|AT amount:NUM"),
    (ClaimKind.POSITION, "NET amount:CON"),
    (ClaimKind.POSITION, "NET POSN ~5 FROM amount:CON|NUM"),
    (ClaimKind.POSITION, "also_side:LONG|SHORT POSN? =7 TO CON|NUM FROM amount:CON|NUM"),
    (ClaimKind.POSITION, "also_side:LONG|SHORT POSN? =9 AT amount:CON"),
    (ClaimKind.POSITION, "also_side:LONG|SHORT POSN? OF CON|NUM ~9 THAN amount:CON|NUM"),
    (ClaimKind.POSITION, "also_side:LONG|SHORT ~6 CON|NUM COMMA UP|DOWN FROM ~2 amount:CON|NUM"),
    (ClaimKind.POSITION, "also_side:LONG|SHORT POSN? =7 BY CON|NUM TO amount:CON|NUM"),
    (ClaimKind.POSITION, "FROM CON|NUM ~6 TO amount:CON|NUM"),
    (ClaimKind.POSITION, "BE|SHAREV|FLIP|NOT -3 NET side:LONG|SHORT"),
    (ClaimKind.POSITION, "GROUP|PRON BE|SHAREV|FLIP NOT? RECENT? side:LONG|SHORT IN|ON|OF? w? MARKET"),
    (ClaimKind.POSITION, "SWING TO -1 NET side:LONG|SHORT"),
    (ClaimKind.SWING, "move:UP|DOWN !3 only_tone:LONG|SHORT"),
    (ClaimKind.SWING, "move:ERASE !3 only_tone:SHORT"),
    (ClaimKind.SWING, "NET? only_tone:LONG|SHORT POSN? !5 move:UP|DOWN"),
    (ClaimKind.RELATIVE, "rel:BEAT|LAG *9 BY ~1 amount:PTS|PCT|BP"),
    (ClaimKind.RELATIVE, "rel:BEAT|LAG ~2 amount:PTS|PCT|BP"),
    (ClaimKind.RELATIVE, "amount:PTS|PCT|BP -2 rel:BEAT|LAG|SLOW|OVER"),
    (ClaimKind.RELATIVE, "rel:BEAT|LAG *6 OF amount:PTS|PCT|BP"),
    (ClaimKind.RELATIVE, "GAP ~3 MARKET|SYMBOL ~3 other:MARKET|SYMBOL ~9 amount:PTS|PCT|BP"),
    (ClaimKind.RELATIVE, "sup:WORST|BEST|MOST ~3 rel:BEAT|LAG"),
    (ClaimKind.RELATIVE, "rel:BEAT|LAG *14 sup:MOST|WORST|BEST ~9 SINCE|RECORD"),
    (ClaimKind.RELATIVE, "also_rel:BEAT|LAG *14 sup:MOST|WORST|BEST ~9 SINCE|RECORD"),
    (ClaimKind.RELATIVE, "also_rel:BEAT|LAG *14 sup:MOST|WORST|BEST ~2 IN SPAN"),
    (ClaimKind.RELATIVE, "GAP ~14 sup:MOST ~4 SINCE|RECORD"),
    (ClaimKind.RELATIVE, "FIRST ~9 START ~4 sup:WORST"),
    (ClaimKind.RELATIVE, "sup:WORST|BEST ~2 START|MONTHW|YEARW|PERIOD"),
    (ClaimKind.RELATIVE, "sup:WORST|BEST WEEKW"),
    (ClaimKind.RELATIVE, "sup:MOST|WORST|BEST WEEKLY move:UP|DOWN"),
    (ClaimKind.RELATIVE, "PERIOD SHAREV ~2 sup:WORST|BEST"),
    (ClaimKind.RELATIVE, "sup:MOST ~1 GAP"),
    (ClaimKind.RELATIVE, "sup:MOST|BEST|WORST MONTHLY|MONTHW"),
    (ClaimKind.RELATIVE, "rel:BEAT|LAG ~4 other:MARKET|SYMBOL"),
    (ClaimKind.RELATIVE, "rel:UP|DOWN OVER ~1 other:MARKET|SYMBOL"),
    (ClaimKind.RELATIVE, "UP rel:SLOW ~1 other:MARKET|SYMBOL"),
    (ClaimKind.PERFORMANCE, "amount:PCT move:UP|DOWN"),
    (ClaimKind.PERFORMANCE, "move:UP|DOWN ~1 PTS|NUM COMMA w amount:PCT"),
    (ClaimKind.PERFORMANCE, "move:UP|DOWN BY? +4 amount:PCT"),
    (ClaimKind.PERFORMANCE, "amount:PCT ~1 move:UP|DOWN"),
    (ClaimKind.PERFORMANCE, "THAN amount:PCT IN|OF ~1 other:MARKET"),
    (ClaimKind.PERFORMANCE, f"MARKET|SYMBOL PRICEW|INDEXW? COMMA? {_AUXILIARIES} only_move:UP|DOWN"),
    (ClaimKind.PERFORMANCE, f"IT|INDEXW {_AUXILIARIES} only_move:UP|DOWN"),
    (ClaimKind.PERFORMANCE, f"MARKET|SYMBOL {_AUXILIARIES} UP|DOWN ~3 AND {_AUXILIARIES} only_move:UP|DOWN"),
)


@dataclass(frozen=True)
class Rule:
    kind: ClaimKind
    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...] = field(default=())
    """Sets of tags of each of which a sentence must have one."""


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(_compiled(kind, line) for kind, line in _TABLE)


def _compiled(kind: ClaimKind, line: str) -> Rule:
    parts, needs = [], []
    for item in line.split():
        if item[0] in _BARRIERS:
            parts.append(rf"(?:(?!(?:{_BARRIERS[item[0]]}) )\S+ ){{0,{item[1:]}}}?")
            continue
        name, _, tags = item.rpartition(":")
        optional = "?" if tags.endswith("?") else ""
        tags = tags.rstrip("?")
        inner = rf"(?:{tags}) "
        parts.append((f"(?P<{name}>{inner})" if name else f"(?:{inner})") + optional)
        if not optional:
            needs.append(frozenset(tags.split("|")))
    return Rule(kind, re.compile(r"(?<!\S)" + "".join(parts)), tuple(needs))
