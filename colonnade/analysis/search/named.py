"""Things with a name: codes of the strategy, places, entities, and whatever else is public and short enough to keep.

They are few, so they are folded once and searched in memory. Whoever asks for a thing by its code or its whole title
means that thing, before any record that mentions it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import duckdb

from colonnade.analysis.search.conditions import has_all, has_term, score
from colonnade.analysis.search.matching import MOST, merits_of
from colonnade.analysis.search.terms import Term, fold

#: What an answer is worth that is asked for by its code, by a part of its code, or by its whole title.
BY_CODE: Final = 1000.0
BY_PART_OF_CODE: Final = 900.0
BY_TITLE: Final = 800.0

#: Dimensions of the table ``label`` that are things of their own, by the kind that they are found as, in the order in
#: which kinds are shown.
DIMENSIONS: Final = {
    "country": "country",
    "region": "region",
    "entity": "entity",
    "group": "working_group",
    "pillar": "pillar",
    "area": "area",
    "theme": "theme",
    "mandate": "mandate",
    "programme": "programme",
    "contributor": "contributor",
    "seed_round": "round",
}
#: Kinds that people call by their codes. Those of the others are the data pack's own.
_CALLED_BY_CODE: Final = frozenset({"country", "entity", "pillar", "mandate", "seed_round"})


@dataclass(frozen=True, slots=True)
class Named:
    """Something to find by name. ``codes`` are what it is also called by; ``text`` is what is said of it.

    ``address`` is set where only the one who names it knows where its page is.
    """

    kind: str
    identifier: str
    title: str
    subtitle: str = ""
    codes: tuple[str, ...] = ()
    text: str = ""
    address: str = ""

    @property
    def called(self) -> str:
        """What it is called in passing: an entity by its abbreviation."""
        return self.subtitle or self.title if self.kind == "entity" else self.title


@dataclass(frozen=True, slots=True)
class Entry:
    """A named thing, folded."""

    named: Named
    title: str
    codes: tuple[str, ...]
    folded: str


def entries_of(cursor: duckdb.DuckDBPyConnection, things: Iterable[Named]) -> tuple[Entry, ...]:
    """The things, folded by the rule of the snapshot that ``cursor`` reads."""
    listed = list(things)
    texts = [text for thing in listed for text in (thing.title, *thing.codes, f"{thing.subtitle} {thing.text}")]
    folded = iter(fold(cursor, texts))
    entries = []
    for thing in listed:
        title, *codes = (next(folded) for _ in range(1 + len(thing.codes)))
        words = " ".join(part for part in (title, *codes, next(folded)) if part)
        entries.append(Entry(thing, title, tuple(code for code in codes if code), f" {words} "))
    return tuple(entries)


def named_in(cursor: duckdb.DuckDBPyConnection) -> tuple[Named, ...]:
    """The things that the snapshot's labels name. Labels lie in the public partition."""
    kinds = {dimension: kind for kind, dimension in DIMENSIONS.items()}
    rows = cursor.execute(
        "SELECT dimension, code, title, coalesce(short_title, ''), coalesce(region.name, '')"
        " FROM label LEFT JOIN (SELECT country.country, home.title AS name FROM country"
        "   JOIN label AS home ON home.dimension = 'region' AND home.code = country.region) AS region"
        " ON label.dimension = 'country' AND region.country = label.code"
        " ORDER BY dimension, position, code"
    ).fetchall()
    found = []
    for dimension, code, title, short_title, region in rows:
        if dimension in kinds:
            kind = kinds[dimension]
            called = (short_title, *((code, f"{dimension} {code}") if kind in _CALLED_BY_CODE else ()))
            codes = tuple(name for name in dict.fromkeys(called) if name and name != title)
            beside = region or _beside(dimension, code, title, short_title)
            found.append(Named(kind, code, title, beside, codes))
    order = list(DIMENSIONS)
    return tuple(sorted(found, key=lambda thing: order.index(thing.kind)))


def answer(entry: Entry, terms: Sequence[Term]) -> float | None:
    """How well a thing answers to the terms, ``None`` where it lacks one of them."""
    if not has_all(entry.folded, terms):
        return None
    asked = " ".join(term.reading for term in terms)
    if asked in entry.codes:
        return BY_CODE + score(entry.folded, terms)
    if asked == entry.title:
        return BY_TITLE + score(entry.folded, terms)
    if any(sign.isdigit() for sign in asked) and any(f" {asked} " in f" {code} " for code in entry.codes):
        return BY_PART_OF_CODE + score(entry.folded, terms)
    return score(entry.folded, terms)


def most_answers(entries: Sequence[Entry], terms: Sequence[Term]) -> list[tuple[Entry, float]]:
    """The things that have most of the terms, each with what those are worth."""
    merits = merits_of([sum(has_term(entry.folded, term) for entry in entries) for term in terms])
    found = []
    for entry in entries:
        worth = sum(merit for term, merit in zip(terms, merits, strict=True) if has_term(entry.folded, term))
        if worth > MOST:
            found.append((entry, worth))
    return found


def words_of(entries: Iterable[Entry]) -> set[str]:
    """Every word of the things."""
    return {word for entry in entries for word in entry.folded.split()}


def _beside(dimension: str, code: str, title: str, short_title: str) -> str:
    """What identifies a thing beside its title, where people call it by that."""
    if dimension in ("mandate", "pillar"):
        return str(code)
    return short_title if dimension == "entity" and short_title != title else ""
