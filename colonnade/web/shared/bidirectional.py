"""Texts of another direction inside a sentence that is no markup: kept in one piece, so that their signs stay put."""

from typing import Final

FIRST_STRONG: Final = "\u2068"
POP: Final = "\u2069"


def isolated(text: str) -> str:
    """``text`` between the signs that keep its direction to itself, as ``bdi`` does in markup."""
    return f"{FIRST_STRONG}{text}{POP}" if text else ""
