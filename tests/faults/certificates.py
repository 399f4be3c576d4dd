"""Both ends of an encrypted connection, certified by an authority that exists for one test."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime

import trustme


def server_tls(ca: trustme.CA, *names: str, not_after: datetime | None = None) -> ssl.SSLContext:
    """What a server needs to pass for the hosts of these names."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*names, not_before=datetime(2020, 1, 1, tzinfo=UTC), not_after=not_after).configure_cert(context)
    return context


def client_tls(ca: trustme.CA) -> Callable[[], ssl.SSLContext]:
    """What makes a client trust this authority alone."""

    def made() -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        ca.configure_trust(context)
        return context

    return made
