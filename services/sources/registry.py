"""The sources that the app knows, in the order in which they are refreshed."""

from services.sources.cftc import CftcSource
from services.sources.source import Source

SOURCES: tuple[Source, ...] = (CftcSource(),)
