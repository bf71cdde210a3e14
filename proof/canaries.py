"""Words that stand in one field of one record and nowhere else, so that meeting one says where it came from."""

import hashlib
import re
from typing import Final

_PREFIX: Final = "qzx"
_LETTERS: Final = 9
#: A canary anywhere in a text.
CANARY: Final = re.compile(rf"{_PREFIX}[a-z]{{{_LETTERS}}}")
#: An amount that stands in one row alone, in any of its printed forms (``7,104,233.00``, ``7104233``).
AMOUNT: Final = re.compile(r"7[, \u00a0\u202f\u066c]?1\d\d[, \u00a0\u202f\u066c]?\d{3}(?!\d)")


def canary(*place: object) -> str:
    """The word of a place: a table, a record, a field."""
    digest = hashlib.sha256("/".join(map(str, place)).encode()).digest()
    return _PREFIX + "".join(chr(ord("a") + byte % 26) for byte in digest[:_LETTERS])


def canary_amount(*place: object) -> int:
    """A whole amount between 7,100,000 and 7,199,999."""
    digest = hashlib.sha256("/".join(map(str, place)).encode()).digest()
    return 7_100_000 + int.from_bytes(digest[:6], "big") % 100_000


def canaries_in(text: str) -> frozenset[str]:
    """The canaries of a text, words and amounts; amounts as digits."""
    words = CANARY.findall(text.lower())
    amounts = (re.sub(r"\D", "", found) for found in AMOUNT.findall(text))
    return frozenset((*words, *amounts))
