"""Keeping short secrets encrypted where they are stored, so that a copy of the database alone opens nothing.

One key for each purpose is derived from ``SECRET_KEY`` by HKDF-SHA256 (RFC 5869), so that what was sealed for one
purpose cannot be opened as another. Keys in ``SECRET_KEY_FALLBACKS`` still open what they sealed.
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class NotSealedHere(ValueError):
    """What was to be opened was not sealed with a key of this registry for this purpose, or was changed since."""


def seal(text: str, purpose: str) -> str:
    """``text`` encrypted and authenticated, as ASCII."""
    return _ring(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS), purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str) -> str:
    """What was sealed for ``purpose``.

    :raises NotSealedHere: where no key of this registry opens it.
    """
    try:
        ring = _ring(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS), purpose)
        return ring.decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise NotSealedHere(purpose) from error


@lru_cache(maxsize=16)
def _ring(key: str, older: tuple[str, ...], purpose: str) -> MultiFernet:
    return MultiFernet([_fernet(one, purpose) for one in (key, *older)])


def _fernet(key: str, purpose: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=b"colonnade", info=purpose.encode()).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
