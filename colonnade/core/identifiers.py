"""Public identifiers: random, without meaning, safe in an address, and never a database key."""

import random
import secrets
from typing import Final

#: Digits and letters without i, l, o, u: nothing to misread, nothing to spell.
ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH: Final = 16  # 80 bits


def new_public_id() -> str:
    """A fresh identifier that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def public_id_from(source: random.Random) -> str:
    """An identifier drawn from ``source``: the same seed gives the same one. For illustrative records only."""
    return "".join(source.choices(ALPHABET, k=LENGTH))
