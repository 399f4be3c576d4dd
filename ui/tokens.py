"""The colours of the design, in light and dark."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tokens:
    """Colours by what they are for. Text reaches a contrast of 4.5 on `card`, `win` and `sel`, marks 3.0."""

    win: str
    card: str
    alt: str
    sel: str
    hov: str
    line: str
    line2: str
    grid: str
    ink: str
    ink2: str
    ink3: str
    mute: str
    small: str
    smallT: str  # noqa: N815 - named as in the design
    large: str
    largeT: str  # noqa: N815
    flag: str
    flagT: str  # noqa: N815


LIGHT_TOKENS = Tokens(
    win="#F3F4F6",
    card="#FFFFFF",
    alt="#F7F8FA",
    sel="#E9ECF0",
    hov="#EEF1F4",
    line="#DDE1E6",
    line2="#C3C9D1",
    grid="#ECEEF1",
    ink="#171B21",
    ink2="#434B57",
    ink3="#5B6471",
    mute="#7D8794",
    small="#1B5FBF",
    smallT="#D6E4F8",
    large="#A54A05",
    largeT="#F9E2CC",
    flag="#7C3A78",
    flagT="#F3E6F2",
)
DARK_TOKENS = Tokens(
    win="#13161A",
    card="#1A1E23",
    alt="#1F242A",
    sel="#2A3038",
    hov="#232930",
    line="#2E353D",
    line2="#454E59",
    grid="#262C33",
    ink="#ECEFF3",
    ink2="#BCC4CE",
    ink3="#98A2AF",
    mute="#7C8794",
    small="#74ABFF",
    smallT="#1E3557",
    large="#F0A25A",
    largeT="#4A3118",
    flag="#D7A0D2",
    flagT="#3A2A3B",
)
