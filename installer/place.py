"""Where whoever publishes a build keeps it: ABOUTFACE_RELEASES names it, the source tree does not."""

import os

from services.releases import HOST, is_address, page_of


class BuildError(Exception):
    """The build cannot go on; the message says what is wrong."""


def releases_address() -> str:
    """Where this build may ask for newer versions, "" for nowhere; raises BuildError where it is no such place."""
    address = os.environ.get("ABOUTFACE_RELEASES", "")
    if address and not is_address(address):
        raise BuildError(f"ABOUTFACE_RELEASES has to be like https://{HOST}/repos/OWNER/NAME/releases/latest.")
    return address


def repository() -> str:
    """The page of the repository that publishes this build, "" where there is none."""
    address = releases_address()
    return page_of(address).removesuffix("/releases") if address else ""
