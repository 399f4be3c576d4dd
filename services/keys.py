"""Keys of providers that ask for one: from the environment, else from the system's keyring. Never from a file."""

import os
import re

_SERVICE = "Aboutface"
_USABLE = re.compile(r"[\x21-\x7e]{4,200}")


def key(provider: str) -> str | None:
    """The person's key for a provider (`tiingo`), or None. The environment's name is `ABOUTFACE_KEY_TIINGO`."""
    found = os.environ.get(f"ABOUTFACE_KEY_{provider.upper()}") or _from_keyring(provider)
    return found if found and _USABLE.fullmatch(found) else None


def _from_keyring(provider: str) -> str | None:
    """Nothing where the system has no keyring, or the optional package for it is not installed."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        return keyring.get_password(_SERVICE, provider)
    except KeyringError:
        return None
