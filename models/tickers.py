"""One spelling for tickers: a share class stands behind a point (`BRK.B`)."""

import re

_CLASSES = (
    "AGM.A AKO.A AKO.B BF.A BF.B BH.A BIO.B BRK.A BRK.B CBS.A CRD.A CRD.B CWEN.A FCE.A FCE.B GEF.B GTN.A HEI.A"
    " HVT.A JW.A JW.B LEN.B LGF.A LGF.B MKC.V MOG.A MOG.B NYLD.A PBR.A RDS.A RDS.B STZ.B TAP.A WLY.B"
).split()
_CLASSES_WITHOUT_POINT = {name.replace(".", ""): name for name in _CLASSES}
"""Classes that iShares writes without a separator. On the Nasdaq the class is part of the ticker (CMCSA)."""

_SEPARATOR = re.compile(r"[ /\-_]+")
_NO_TICKER = frozenset({"", "-", "--", "N/A", "NONE", "NAN"})


def normal_ticker(text: str) -> str:
    """`BRKB`, `BRK B`, `BRK/B` and `BRK-B` are `BRK.B`; a dash or nothing is the empty string."""
    bare = text.strip().strip("*").strip().upper()
    if bare in _NO_TICKER:
        return ""
    spelled = _SEPARATOR.sub(".", bare)
    return _CLASSES_WITHOUT_POINT.get(spelled, spelled)
