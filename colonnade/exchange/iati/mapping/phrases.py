"""Phrases of several languages, and finding them in running text whatever its accents, case and punctuation.

A phrase is words with two signs: ``*`` ends a word in any way (``extremis*``), and ``...`` stands for up to five words
(``prevent* ... extremis*``). Text is searched in all languages at once, because publishers often mislabel theirs.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

GAP: Final = "..."
_GAP_PATTERN: Final = r"(?:\w+ ){0,5}?"
#: What stands before a word without a space, by language: French and Italian articles, Arabic article and particles.
_ATTACHED: Final[Mapping[str, str]] = MappingProxyType(
    {"fr": "(?:[dln]|qu)?", "it": "(?:l|d|dell|dall|nell|sull|all)?", "ar": "[وبلفك]?(?:ال)?"}
)
#: Languages that put no space between words.
_UNSPACED: Final = frozenset({"zh"})


@cache
def _plain_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    return "".join(
        (part if part.isalnum() else " ") for part in decomposed if not unicodedata.category(part).startswith("M")
    )


def plain(text: str) -> str:
    """Text as it is searched: lower case, no accents, every run of other signs one space, a space at each end."""
    return f" {' '.join(''.join(map(_plain_character, text)).split())} "


def pattern_of(phrase: str, language: str) -> str:
    """The regular expression that finds ``phrase`` in plain text. Raises ``ValueError`` where it says nothing."""
    steps = []
    for token in phrase.split():
        if token == GAP:
            steps.append(_GAP_PATTERN)
            continue
        ending = r"\w*" if token.endswith("*") else ""
        words = plain(token.removesuffix("*")).split()
        if not words:
            raise ValueError(f"{token!r} has no letters")
        steps.append(" ".join(re.escape(word) for word in words) + ending + " ")
    if not steps or steps[0] == _GAP_PATTERN or steps[-1] == _GAP_PATTERN:
        raise ValueError(f"{phrase!r} begins or ends with nothing")
    whole = "".join(steps)
    if language in _UNSPACED:
        return whole.replace(" ", "")
    return f" {_ATTACHED.get(language, '')}{whole[:-1]}(?= )"


@dataclass(frozen=True, slots=True)
class Term:
    """A matter, under whatever phrase of whatever language. ``key`` is how rules call it."""

    key: str
    pattern: "re.Pattern[str]"

    def found_in(self, text: str) -> str:
        """The first words of plain ``text`` that say it; empty where none do."""
        found = self.pattern.search(text)
        return found.group().strip() if found else ""


def term_of(key: str, phrases: Iterable[tuple[str, str]]) -> Term:
    """A term from its (language, phrase) pairs."""
    return Term(key, re.compile("|".join(pattern_of(phrase, language) for language, phrase in phrases)))
