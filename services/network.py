"""The door to the network as a person has set it: mirror, proxy, contact and a file that has moved."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from models.version import VERSION
from services.clock import Clock
from services.errors import InputError, SourceError
from services.http import Http
from services.http_address import Proxy, host_policy
from services.settings import Settings
from services.sources import fedboard


def open_http(clock: Clock, settings: Settings, mirror: str | None) -> Http:
    """Raises InputError where the mirror, the proxy or the address of a file cannot be used."""
    proxies = Proxy(settings.proxy).by_scheme if settings.proxy else None
    contact, moved = settings.contact_email, _moved(settings)
    return Http(clock, mirror=mirror, proxies=proxies, contact=contact, moved=moved, version=VERSION)


def check_board_file(address: str) -> None:
    """Raises InputError unless a file of the Board, whose name nobody could make sure of, may be asked there."""
    host = urlsplit(fedboard.URL).netloc
    try:
        is_good = host_policy(address).host == host
    except SourceError:
        is_good = False
    if not is_good:
        raise InputError(f"{address} is no address of a file at https://{host}.")


def _moved(settings: Settings) -> Mapping[str, str]:
    if not settings.board_file:
        return {}
    check_board_file(settings.board_file)
    return {fedboard.URL: settings.board_file}
