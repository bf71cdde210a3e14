"""Search over everything: projects, needs and events of the opened snapshot, and things with a name, by kind.

A project is found once, whatever inventories it stands in. What is asked for by its code or its whole title comes
first of all; the other kinds keep their places, records first, so that a reader knows where to look.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb

from colonnade.analysis.folding import folded_sql
from colonnade.analysis.search.conditions import literal
from colonnade.analysis.search.matching import Matching, Reading, Said, all_of, most_of, read_nearby
from colonnade.analysis.search.named import (
    BY_CODE,
    BY_TITLE,
    Entry,
    answer,
    entries_of,
    most_answers,
    named_in,
    words_of,
)
from colonnade.analysis.search.terms import Term, terms_in
from colonnade.core.identifiers import ALPHABET, LENGTH

PROJECT: Final = "project"
NEED: Final = "need"
EVENT: Final = "event"
#: Kinds of records that lie in tables of the snapshot.
RECORDS: Final = (PROJECT, NEED, EVENT)


@dataclass(frozen=True, slots=True)
class _Table:
    """How records of a kind are read: what identifies one, what it is asked for by, what stands beside its title.

    ``beside`` are columns of texts, dates, and codes of the kinds in ``_CODED``.
    """

    name: str
    identifier: str
    codes: tuple[str, ...]
    beside: tuple[str, ...]


_TABLES: Final = {
    PROJECT: _Table("entry", "project", ("reference", "project"), ("reference", "entity")),
    NEED: _Table("recommendation", "recommendation", ("reference", "recommendation"), ("country", "issued_on")),
    EVENT: _Table("event", "event", ("event",), ("city", "country", "starts_on")),
}
#: Columns of codes, which are the kinds of the things that they stand for.
_CODED: Final = ("entity", "country")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. ``score`` compares across kinds; ``address`` is set where it brought its own.

    ``level`` says who may see a record; a thing with a name is everyone's, and has none.
    """

    kind: str
    identifier: str
    title: str
    subtitle: str
    score: float
    address: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the best hits, of ``total``."""

    kind: str
    hits: tuple[Hit, ...]
    total: int

    @property
    def is_cut(self) -> bool:
        """Whether more was found than these hits."""
        return self.total > len(self.hits)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found by kind, and what was read instead of what was typed."""

    groups: tuple[Group, ...]
    said: tuple[Said, ...] = ()

    @property
    def total(self) -> int:
        """How many things were found."""
        return sum(group.total for group in self.groups)


def find(
    cursor: duckdb.DuckDBPyConnection,
    text: str,
    kinds: Collection[str] = (),
    limit: int = 10,
    entries: Sequence[Entry] | None = None,
) -> Found:
    """What answers to ``text`` in the snapshot opened for the reader, at most ``limit`` of each kind.

    ``kinds`` narrows what is looked for. ``entries`` are the things with a name; where none are given, those that the
    snapshot's labels name. A caller that asks often keeps them, with whatever else is public.
    """
    typed = terms_in(cursor, text)
    shortened = (Said(Reading.SHORTENED),) if typed.shortened else ()
    if not typed.terms:
        return Found((), shortened)
    known = entries_of(cursor, named_in(cursor)) if entries is None else entries
    tables = [table.name for table in _TABLES.values()]
    terms, instead = read_nearby(cursor, tables, typed.terms, lambda: words_of(known))
    wanted = [entry for entry in known if not kinds or entry.named.kind in kinds]
    called = {(entry.named.kind, entry.named.identifier): entry.named.called for entry in known}
    asked = _Asked(cursor, terms, limit, [kind for kind in RECORDS if not kinds or kind in kinds], wanted, called)
    found, said = _with_all(asked), (*instead, *shortened)
    if not found and len(terms) > 1:
        found = _with_most(asked)
        said = (*said, Said(Reading.MOST)) if found else said
    return Found(tuple(sorted(found, key=_asked_for, reverse=True)), said)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A search as read: kinds of records and things to look among; ``called`` is what codes are called."""

    cursor: duckdb.DuckDBPyConnection
    terms: tuple[Term, ...]
    limit: int
    records: Sequence[str]
    entries: Sequence[Entry]
    called: Mapping[tuple[str, str], str]


def _asked_for(group: Group) -> float:
    """How surely the best of a group is the very thing that was asked for; nothing where it only answers."""
    best = group.hits[0].score
    return best if best >= BY_TITLE else 0.0


def _with_all(asked: _Asked) -> list[Group]:
    """What has every term."""
    answers = ((entry, answer(entry, asked.terms)) for entry in asked.entries)
    named = [(entry, worth) for entry, worth in answers if worth is not None]
    return _records(asked, all_of(asked.terms)) + _named(named, asked.limit)


def _with_most(asked: _Asked) -> list[Group]:
    """What has most of them."""
    match = most_of(asked.cursor, [_TABLES[kind].name for kind in asked.records], asked.terms)
    records = _records(asked, match) if match else []
    return records + _named(most_answers(asked.entries, asked.terms), asked.limit)


def _records(asked: _Asked, match: Matching) -> list[Group]:
    """The records that match, each once, by kind. All kinds are asked for at once: planning costs more than reading."""
    if not asked.records:
        return []
    # Texts in the query are folded words and names of ours; what was typed is a parameter.
    every = " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, {table.identifier} AS id, folded, {_by_code(table, asked.terms)} AS code"  # noqa: S608  # as said
        f" FROM {table.name} WHERE {match.condition} OR {_by_identifier(table, asked.terms)}"
        for kind, table in _TABLES.items()
        if kind in asked.records
    )
    rows = asked.cursor.execute(
        f"WITH found AS ({every}), once AS (SELECT kind, id, max(code + {match.rank}) AS score FROM found GROUP BY ALL)"  # noqa: S608  # as said
        f" SELECT kind, count(*), min({{'worse': -score, 'id': id}}, {asked.limit}) FROM once GROUP BY kind",
        match.parameters * len(asked.records),
    ).fetchall()
    found = {kind: (total, {row["id"]: -row["worse"] for row in best}) for kind, total, best in rows}
    return [Group(kind, _hits(asked, kind, found[kind][1]), found[kind][0]) for kind in asked.records if kind in found]


def _hits(asked: _Asked, kind: str, scores: Mapping[str, float]) -> tuple[Hit, ...]:
    """The records with these scores, the best first."""
    table = _TABLES[kind]
    key, beside = table.identifier, ", ".join(f"any_value({column})" for column in table.beside)
    rows = asked.cursor.execute(
        f"SELECT {key}, any_value(title), any_value(level), {beside} FROM {table.name}"  # noqa: S608  # names of ours
        f" WHERE {key} IN (SELECT unnest(?)) GROUP BY {key}",
        [list(scores)],
    ).fetchall()
    hits = [
        Hit(kind, identifier, title or identifier, _beside(asked, table, fields), scores[identifier], level=level)
        for identifier, title, level, *fields in rows
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.title, hit.identifier)))


def _beside(asked: _Asked, table: _Table, fields: Sequence[object]) -> str:
    """What stands beside a title: fields that were reported, codes by what people call them, dates by their year."""
    shown = []
    for column, value in zip(table.beside, fields, strict=True):
        if column in _CODED:
            shown.append(asked.called.get((column, str(value)), str(value or "")))
        else:
            shown.append(str(value.year) if isinstance(value, date) else str(value or ""))
    return " · ".join(text for text in shown if text)


def _by_code(table: _Table, terms: Sequence[Term]) -> str:
    """What it is worth that a record is asked for by its reference. Words without a digit are no reference."""
    asked = " ".join(term.reading for term in terms)
    if not any(sign.isdigit() for sign in asked):
        return "0"
    same = " OR ".join(f"{folded_sql(code)} = {literal(f' {asked} ')}" for code in table.codes)
    return f"CASE WHEN {same} THEN {BY_CODE} ELSE 0 END"


def _by_identifier(table: _Table, terms: Sequence[Term]) -> str:
    """The condition that a record's public identifier was typed: it is no word of the record's text."""
    typed = terms[0].typed.lower()
    if len(terms) == 1 and len(typed) == LENGTH and set(typed) <= set(ALPHABET):
        return f"{table.identifier} = {literal(typed)}"
    return "false"


def _named(answers: Sequence[tuple[Entry, float]], limit: int) -> list[Group]:
    """The things that answer, by kind in the order in which they are known."""
    by_kind: dict[str, list[Hit]] = {}
    for entry, worth in answers:
        thing = entry.named
        hit = Hit(thing.kind, thing.identifier, thing.title, thing.subtitle, worth, thing.address)
        by_kind.setdefault(thing.kind, []).append(hit)
    groups = []
    for kind, hits in by_kind.items():
        hits.sort(key=lambda hit: (-hit.score, hit.title))
        groups.append(Group(kind, tuple(hits[:limit]), len(hits)))
    return groups
