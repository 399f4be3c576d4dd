"""The hosts that may be asked, and the manners that each expects.

No single User-Agent works everywhere: FRED turns browser-like ones away, Yahoo and Nasdaq turn all
others away, and the SEC wants a person's address.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Agent(StrEnum):
    """What a host wants to see as User-Agent."""

    APP = "app"
    BROWSER_LIKE = "browser_like"
    LIBRARY = "library"
    CONTACT = "contact"


@dataclass(frozen=True)
class HostPolicy:
    """How one host is asked.

    `domain` is the registrable domain inside which it may redirect. `min_interval_s` lies between the
    starts of two requests. `connect_s` bounds the opening of a connection, `silence_s` the wait for the
    next byte; the deadline of the whole exchange is the request's own. After a host has asked for fewer
    requests it is left alone for `rate_limit_pause_s`, or longer if it says so itself.
    """

    host: str
    domain: str
    agent: Agent = Agent.APP
    min_interval_s: float = 1.0
    connect_s: float = 10.0
    silence_s: float = 60.0
    headers: tuple[tuple[str, str], ...] = ()
    rate_limit_pause_s: float = 0.0

    def may_redirect_to(self, host: str) -> bool:
        return host == self.domain or host.endswith(f".{self.domain}")


_NASDAQ_HEADERS = (
    ("Accept", "application/json, text/plain, */*"),
    ("Origin", "https://www.nasdaq.com"),
    ("Referer", "https://www.nasdaq.com/"),
)
_YAHOO_PAUSE_S = 15 * 60.0
"""Yahoo blocks by address, for as long as it is asked on."""

_POLICIES = (
    HostPolicy("publicreporting.cftc.gov", "cftc.gov", min_interval_s=0.3),
    HostPolicy("www.cftc.gov", "cftc.gov", Agent.LIBRARY, silence_s=180.0),
    HostPolicy("www.ishares.com", "ishares.com"),
    HostPolicy("www.blackrock.com", "blackrock.com", Agent.BROWSER_LIKE),
    HostPolicy("www.ssga.com", "ssga.com", Agent.BROWSER_LIKE),
    HostPolicy("investor.vanguard.com", "vanguard.com", Agent.BROWSER_LIKE),
    HostPolicy("cdn.cboe.com", "cboe.com"),
    HostPolicy(
        "query1.finance.yahoo.com",
        "yahoo.com",
        Agent.BROWSER_LIKE,
        silence_s=30.0,
        rate_limit_pause_s=_YAHOO_PAUSE_S,
    ),
    HostPolicy(
        "query2.finance.yahoo.com",
        "yahoo.com",
        Agent.BROWSER_LIKE,
        silence_s=30.0,
        rate_limit_pause_s=_YAHOO_PAUSE_S,
    ),
    HostPolicy("api.nasdaq.com", "nasdaq.com", Agent.BROWSER_LIKE, silence_s=30.0, headers=_NASDAQ_HEADERS),
    HostPolicy(
        "fred.stlouisfed.org", "stlouisfed.org", Agent.LIBRARY, min_interval_s=0.5, connect_s=5.0, silence_s=30.0
    ),
    HostPolicy("api.stlouisfed.org", "stlouisfed.org", min_interval_s=0.5, connect_s=5.0, silence_s=30.0),
    HostPolicy("www.sec.gov", "sec.gov", Agent.CONTACT, min_interval_s=0.2),
    HostPolicy("data.sec.gov", "sec.gov", Agent.CONTACT, min_interval_s=0.2),
    HostPolicy("api.tiingo.com", "tiingo.com"),
    HostPolicy("api.twelvedata.com", "twelvedata.com", min_interval_s=8.0),
    HostPolicy("www.alphavantage.co", "alphavantage.co", min_interval_s=12.5),
    HostPolicy("financialmodelingprep.com", "financialmodelingprep.com"),
    HostPolicy("www.newyorkfed.org", "newyorkfed.org"),
    HostPolicy("www.financialresearch.gov", "financialresearch.gov"),
    HostPolicy("www.federalreserve.gov", "federalreserve.gov"),
    HostPolicy("home.treasury.gov", "treasury.gov"),
    HostPolicy("www.dolthub.com", "dolthub.com"),
    HostPolicy("api.github.com", "github.com", silence_s=10.0),  # the app's own releases
    HostPolicy("www.spglobal.com", "spglobal.com", Agent.BROWSER_LIKE),
)

HOSTS: Mapping[str, HostPolicy] = {policy.host: policy for policy in _POLICIES}

_CONTACT = re.compile(r"[\x21-\x7e ]*[\x21-\x3f\x41-\x7e]+@[\x21-\x3f\x41-\x7e]+\.[\x21-\x3f\x41-\x7e]+")


def user_agent(agent: Agent, *, version: str, contact: str, library: str) -> str | None:
    """The User-Agent for a host, or None where it takes a contact and none usable is given.

    `contact` is an e-mail address, or a name and an address, in ASCII; it goes only to hosts that demand
    one. `library` is what the HTTP library calls itself.
    """
    app = f"Aboutface/{version}" if version else "Aboutface"
    match agent:
        case Agent.APP:
            return app
        case Agent.BROWSER_LIKE:
            return f"Mozilla/5.0 (compatible; {app})"
        case Agent.LIBRARY:
            return library
        case Agent.CONTACT:
            return f"{app} {contact.strip()}" if _CONTACT.fullmatch(contact.strip()) else None
