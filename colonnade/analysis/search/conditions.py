"""Terms as SQL over the column ``folded`` of a snapshot's table: which rows have them, and which of these come first.

The same in Python, for things that lie in memory, is :func:`has_all` and :func:`score`; a test holds the two together.
"""

from collections.abc import Sequence
from typing import Final

from colonnade.analysis.search.terms import Term

#: The text begins with what was typed; has it in one piece; has a whole word of it; has it early (at most).
BEGINS: Final = 100.0
TOGETHER: Final = 50.0
WHOLE: Final = 10.0
EARLY: Final = 10.0
#: A term that stands this many characters into the text is worth half of one that stands at its beginning.
HALFWAY: Final = 20.0


def condition_of(terms: Sequence[Term]) -> tuple[str, tuple[str, ...]]:
    """The condition that a row has every term, and its parameters. Without terms it holds nowhere."""
    if not terms:
        return "false", ()
    return " AND ".join(has(term) for term in terms), tuple(needle for term in terms for needle in term.needles)


def has(term: Term) -> str:
    """The condition that a row has ``term``: a parameter for each of its needles."""
    return f"({' OR '.join('contains(folded, ?)' for _ in term.needles)})"


def rank_of(terms: Sequence[Term]) -> str:
    """How well a row that has the terms answers to them, higher is better: an expression without parameters."""
    joined = literal(" " + " ".join(term.reading for term in terms))
    parts = [
        f"CASE WHEN starts_with(folded, {joined}) THEN {BEGINS} ELSE 0 END",
        f"CASE WHEN contains(folded, {joined}) THEN {TOGETHER} ELSE 0 END",
    ]
    for term in terms:
        whole = " OR ".join(f"contains(folded, {literal(f' {reading} ')})" for reading in term.readings)
        first = literal(term.needles[0])
        parts.append(f"CASE WHEN {whole} THEN {WHOLE / len(terms)} ELSE 0 END")
        parts.append(
            f"CASE WHEN contains(folded, {first})"
            f" THEN {EARLY / len(terms)} / (1 + (instr(folded, {first}) - 1) / {HALFWAY}) ELSE 0 END"
        )
    return f"({' + '.join(parts)})"


def has_all(folded: str, terms: Sequence[Term]) -> bool:
    """Whether a folded text has every term."""
    return bool(terms) and all(has_term(folded, term) for term in terms)


def has_term(folded: str, term: Term) -> bool:
    """Whether a folded text has ``term``."""
    return any(needle in folded for needle in term.needles)


def score(folded: str, terms: Sequence[Term]) -> float:
    """What :func:`rank_of` says of a folded text."""
    joined = " " + " ".join(term.reading for term in terms)
    total = BEGINS * folded.startswith(joined) + TOGETHER * (joined in folded)
    for term in terms:
        total += WHOLE / len(terms) * any(f" {reading} " in folded for reading in term.readings)
        place = folded.find(term.needles[0])
        total += EARLY / len(terms) / (1 + place / HALFWAY) if place >= 0 else 0.0
    return total


def literal(text: str) -> str:
    """A text as SQL writes it. Folded text has no quotes; doubling them costs nothing."""
    return "'" + text.replace("'", "''") + "'"
