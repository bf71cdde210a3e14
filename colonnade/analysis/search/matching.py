"""Which rows of a table answer to what somebody typed, and what was read instead where none would.

A list asks for rows that have every word. A word that begins no word anywhere among the reader's rows is read as the
words near it. Where still no row has all the words, those that have most of them are taken, rare words weighing
more than common ones: that is how half a title is remembered. Whatever was not taken as typed is said.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log
from typing import Final

import duckdb

from colonnade.analysis.search import vocabulary
from colonnade.analysis.search.conditions import condition_of, literal, rank_of
from colonnade.analysis.search.terms import Term, terms_in

#: A row has most of the terms where those that it has are worth more than this.
MOST: Final = 0.5
#: Merits are printed into queries with this many decimals.
_PLACES: Final = 5


class Reading(StrEnum):
    """Why something else was looked for than was typed."""

    NEAR = "near"  # the word is found nowhere; words near it are
    MOST = "most"  # no record has all the words; those that have most of them are shown
    SHORTENED = "shortened"  # more was typed than is looked at


@dataclass(frozen=True, slots=True)
class Said:
    """What to tell the reader: for ``NEAR`` the word ``typed`` and what was read ``instead``."""

    reading: Reading
    typed: str = ""
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """A condition over the column ``folded`` with its parameters, and an expression to sort by, higher is better."""

    condition: str
    parameters: tuple[str, ...]
    rank: str
    said: tuple[Said, ...] = ()


def matching(cursor: duckdb.DuckDBPyConnection, table: str, text: str) -> Matching:
    """The rows of ``table`` (``entry``, ``recommendation`` or ``event``) that answer to ``text``.

    Every row does where nothing was typed, and none where nothing that was typed is a word.
    """
    typed = terms_in(cursor, text)
    if not typed.terms:
        return Matching("true" if typed.blank else "false", (), "0")
    said = (Said(Reading.SHORTENED),) if typed.shortened else ()
    terms, instead = read_nearby(cursor, (table,), typed.terms)
    exactly = all_of(terms, (*said, *instead))
    if len(terms) == 1 or has_rows(cursor, table, exactly):
        return exactly
    most = most_of(cursor, (table,), terms, (*said, *instead))
    return most if most and has_rows(cursor, table, most) else exactly


def all_of(terms: Sequence[Term], said: tuple[Said, ...] = ()) -> Matching:
    """Rows that have every term."""
    condition, parameters = condition_of(terms)
    return Matching(condition, parameters, rank_of(terms), said)


def read_nearby(
    cursor: duckdb.DuckDBPyConnection,
    tables: Sequence[str],
    terms: Sequence[Term],
    beside: Callable[[], Collection[str]] = frozenset,
) -> tuple[tuple[Term, ...], tuple[Said, ...]]:
    """The terms with words that are found nowhere read as near ones, and what is to be said of it.

    ``beside`` gives words known besides those of ``tables``; it is asked where it matters. What stands in quotes is
    meant as it stands. Titles of codes are known as well: who asks for a State of which there is no record is not
    shown another.
    """
    asked = {word for term in terms if not term.whole for word in term.reading.split()}
    unknown = vocabulary.unknown(cursor, (*tables, vocabulary.LABELS), asked)
    others = sorted(beside()) if unknown else []
    unknown = {word for word in unknown if not any(known.startswith(word) for known in others)}
    if not unknown:
        return tuple(terms), ()
    found = {word: vocabulary.near(cursor, tables, word, others) for word in sorted(unknown)}
    said = tuple(Said(Reading.NEAR, word, instead) for word, instead in found.items() if instead)
    return tuple(term if term.whole else _reread(term, found) for term in terms), said


def most_of(
    cursor: duckdb.DuckDBPyConnection, tables: Sequence[str], terms: Sequence[Term], said: tuple[Said, ...] = ()
) -> Matching | None:
    """Rows that have most of the terms (:func:`merits_of`), best first; ``None`` where no table knows any of them."""
    beginnings = [term.reading.split()[-1] for term in terms]
    counted = vocabulary.counts(cursor, tables, beginnings)
    if not any(counted) and not any(sign.isdigit() for word in beginnings for sign in word):
        return None
    merit = " + ".join(
        f"CASE WHEN {_inline(term)} THEN {share} ELSE 0 END"
        for term, share in zip(terms, merits_of(counted), strict=True)
    )
    return Matching(f"({merit}) > {MOST}", (), f"({merit})", (*said, Said(Reading.MOST)))


def merits_of(counts: Sequence[int]) -> tuple[float, ...]:
    """What each term is worth of the whole: its share in their number and in their weight, halved; together 1.

    A term weighs the more, the fewer times it is counted. One that is not counted (a code, or a word that nothing has)
    weighs what the others do on average.
    """
    whole = sum(counts) or 1
    weights = [log(1 + whole / count) if count else 0.0 for count in counts]
    known = [weight for weight in weights if weight]
    usual = sum(known) / len(known) if known else 1.0
    weights = [weight or usual for weight in weights]
    return tuple(round((weight / sum(weights) + 1 / len(weights)) / 2, _PLACES) for weight in weights)


def has_rows(cursor: duckdb.DuckDBPyConnection, table: str, found: Matching) -> bool:
    """Whether any row answers."""
    sql = f"SELECT 1 FROM {table} WHERE {found.condition} LIMIT 1"  # noqa: S608  # conditions of ours
    return cursor.execute(sql, list(found.parameters)).fetchone() is not None


def _reread(term: Term, found: dict[str, tuple[str, ...]]) -> Term:
    """A word as any of those near it; in a term of several words each as the nearest."""
    if term.reading in found:
        return term.read_as(*(found[term.reading] or (term.reading,)))
    return term.read_as(" ".join((found.get(word) or (word,))[0] for word in term.reading.split()))


def _inline(term: Term) -> str:
    return f"({' OR '.join(f'contains(folded, {literal(needle)})' for needle in term.needles)})"
