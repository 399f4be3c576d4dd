"""Keys of providers that ask for one: from the environment, else from the system's keyring. Never from a file."""

import os
import re

from services.errors import InputError

_SERVICE = "Aboutface"
_USABLE = re.compile(r"[\x21-\x7e]{4,200}")
_PREFIX = "ABOUTFACE_KEY_"
_handed_out: set[str] = set()
NO_KEYRING = "This system has no keyring that can be used; set the environment's ABOUTFACE_KEY_{} instead."


def key(provider: str) -> str | None:
    """The person's key for a provider (`tiingo`), or None. The environment's name is `ABOUTFACE_KEY_TIINGO`."""
    found = os.environ.get(_name(provider)) or _from_keyring(provider)
    if not (found and _USABLE.fullmatch(found)):
        return None
    _handed_out.add(found)
    return found


def without_keys(text: str) -> str:
    """The text with each key blotted out that the environment has or that this run has used."""
    from_outside = {value for name, value in os.environ.items() if name.startswith(_PREFIX) and value}
    for value in sorted(_handed_out | from_outside, key=len, reverse=True):
        text = text.replace(value, "***")
    return text


def is_from_environment(provider: str) -> bool:
    """Whether the key is given from outside, so that the keyring's is not asked for."""
    return bool(os.environ.get(_name(provider)))


def store(provider: str, value: str) -> None:
    """Puts a key into the system's keyring, or takes it out with ""; raises InputError where it cannot."""
    if value and not _USABLE.fullmatch(value):
        raise InputError("A key has 4 to 200 characters without spaces.")
    try:
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError
    except ImportError as error:
        raise InputError(NO_KEYRING.format(provider.upper())) from error
    try:
        if value:
            keyring.set_password(_SERVICE, provider, value)
        else:
            keyring.delete_password(_SERVICE, provider)
    except PasswordDeleteError:
        return  # there was none
    except KeyringError as error:
        raise InputError(NO_KEYRING.format(provider.upper())) from error


def _name(provider: str) -> str:
    return f"{_PREFIX}{provider.upper()}"


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
