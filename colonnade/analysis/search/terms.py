"""What somebody typed, as terms to look for. Pure but for the folding, which is the snapshot's own.

    border management          both words, each as the beginning of a word
    "border management"        exactly these words, one after the other
    S/RES/2396                 the words of a code, one after the other

Folded text is words of letters and digits with a space before, between and after
(:mod:`colonnade.analysis.folding`), so a term can be looked for as plain text, and can mean nothing to SQL.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import duckdb

from colonnade.analysis.folding import folded_sql

#: No more of what was typed is looked at: a title is shorter, and each term costs a reading of every row.
LONGEST: Final = 200
MOST_TERMS: Final = 12
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_PIECE: Final = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Something to find: any of its ``readings``, folded words one after the other.

    A term is looked for as the beginning of a word, unless it is ``whole``. It has several readings where it was found
    nowhere and near words are looked for instead of ``typed``.
    """

    typed: str
    readings: tuple[str, ...]
    whole: bool = False

    @property
    def reading(self) -> str:
        """The likeliest reading."""
        return self.readings[0]

    def read_as(self, *readings: str) -> "Term":
        """The term with other readings."""
        return replace(self, readings=readings)

    @property
    def needles(self) -> tuple[str, ...]:
        """What folded text contains wherever the term is found."""
        return tuple(f" {reading} " if self.whole else f" {reading}" for reading in self.readings)


@dataclass(frozen=True, slots=True)
class Typed:
    """The terms of a text. ``blank`` where nothing was typed; ``shortened`` where there was more than is looked at."""

    terms: tuple[Term, ...]
    blank: bool = False
    shortened: bool = False


def terms_in(cursor: duckdb.DuckDBPyConnection, text: str) -> Typed:
    """The terms of ``text``. Signs that are no word make none."""
    # What no text in UTF-8 can hold was never in a record.
    clean = text.encode("utf-8", "replace").decode().replace("\0", " ").translate(_QUOTES)
    pieces = [match.groups() for match in _PIECE.finditer(clean[:LONGEST])]
    quoted = [piece[0] is not None for piece in pieces]
    written = [piece[0] if piece[0] is not None else piece[1] for piece in pieces]
    folded = fold(cursor, written)
    terms: dict[tuple[str, bool], Term] = {}
    for words, whole, typed in zip(folded, quoted, written, strict=True):
        if words:
            terms.setdefault((words, whole), Term(typed, (words,), whole))
    shortened = len(clean) > LONGEST or len(terms) > MOST_TERMS
    return Typed(tuple(terms.values())[:MOST_TERMS], not text.strip(), shortened)


def fold(cursor: duckdb.DuckDBPyConnection, texts: Sequence[str]) -> list[str]:
    """The folded words of each text, without the space around them, by the rule that the snapshot was folded by."""
    if not texts:
        return []
    row = cursor.execute(
        f"SELECT list_transform(?, lambda piece: trim({folded_sql('piece')}))", [list(texts)]
    ).fetchone()
    return [str(words) for words in row[0]] if row else []
