"""Addresses: where a redirect may lead, how a mirror stands in, and what is blotted out."""

import contextlib
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clock import Clock
from services.errors import InputError, SourceError
from services.hosts import HOSTS
from services.http import Http
from services.http_address import Mirror, redact, redirect_target

HOST = "https://publicreporting.cftc.gov"


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z.@:\\/\[\]]{0,30}cftc\.gov[a-z.@:\\/]{0,9}", fullmatch=True))
def test_that_any_location_stays_in_the_domain_or_is_refused(location: str) -> None:
    target = f"{HOST}/refused"
    with contextlib.suppress(SourceError):
        target = redirect_target(target, location, HOSTS["publicreporting.cftc.gov"], Mirror("https://m.example"))
    parts = urlsplit(target)
    assert parts.scheme == "https"
    assert parts.hostname is not None
    assert parts.hostname == "cftc.gov" or parts.hostname.endswith(".cftc.gov")
    assert parts.port is None and parts.username is None


@pytest.mark.parametrize(
    "mirror", ["http://mirror.example", "ftp://localhost", "localhost:80", "https://", "https://u:p@m.example", "x y"]
)
def test_that_an_unusable_mirror_is_refused_at_the_start(mirror: str) -> None:
    with pytest.raises(InputError, match="The mirror"):
        Http(Clock(), mirror=mirror)


def test_that_a_mirror_may_have_a_path() -> None:
    mirror = Mirror(" https://mirror.example/public/ ")
    assert mirror.address(f"{HOST}/a?b=1") == "https://mirror.example/public/publicreporting.cftc.gov/a?b=1"
    assert mirror.original("https://mirror.example/public/www.cftc.gov/a") == "https://www.cftc.gov/a"
    assert not mirror.is_local
    assert Mirror("http://127.0.0.1:80").is_local and Mirror("http://[::1]:80").is_local


@pytest.mark.parametrize("name", ["apikey", "api_key", "token", "key", "registrationKey", "%24%24app_token"])
def test_that_the_values_of_keys_are_blotted_out(name: str) -> None:
    assert redact(f"https://a/b?x=1&{name}=s3cret&y=2") == f"https://a/b?x=1&{name}=***&y=2"
