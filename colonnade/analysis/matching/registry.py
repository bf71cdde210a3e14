"""Suggestions over a snapshot as its reader sees it: projects for a need, needs for a project.

Records, statistics, learned weights and earlier links come from the tables of the opened snapshot and from nothing
else, so that no rank tells of a row outside. A snapshot carries titles and codes, not descriptions: a record is read as
its title with the titles of its areas and themes. Whoever has the record itself (a form, a new row) passes it whole,
and it is ranked at once, before a snapshot knows it.
"""

import threading
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import duckdb

from colonnade.analysis.matching.index import Index
from colonnade.analysis.matching.learning import Judged, Learned, learn
from colonnade.analysis.matching.records import UNIT, Contribution, Kind, Record, Suggestion
from colonnade.analysis.matching.weights import Weights, the_weights
from colonnade.analysis.store import OpenSnapshot

#: How many are suggested where nobody says otherwise.
TOP: Final = 20
#: So many needs or projects that are like the one asked about are looked at for earlier links.
_ALIKE: Final = 20
#: So many linked records of theirs are compared with the candidates.
_LINKS: Final = 10
_STRUCTURE: Final = frozenset({Kind.COUNTRY, Kind.THEME, Kind.MANDATE, Kind.DATES, Kind.EARLIER})
_making = threading.Lock()
_kept: "weakref.WeakKeyDictionary[OpenSnapshot, Suggestions]" = weakref.WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a reader's suggestions are made of. ``verified``: pairs of need and project; ``learned`` says how well."""

    needs: Mapping[str, Record]
    projects: Mapping[str, Record]
    for_needs: Index
    for_projects: Index
    verified: frozenset[tuple[str, str]]
    learned: Learned

    def projects_for(self, need: Record, *, top: int = TOP) -> list[Suggestion]:
        """The projects that may answer a need, best first."""
        links = {(need, project) for need, project in self.verified}
        return _ranked(need, self.for_needs, self.for_projects, links, top)

    def needs_for(self, project: Record, *, top: int = TOP) -> list[Suggestion]:
        """The needs that a project may answer, best first."""
        links = {(project, need) for need, project in self.verified}
        return _ranked(project, self.for_projects, self.for_needs, links, top)


def suggestions_for_need(opened: OpenSnapshot, need: str | Record, *, top: int = TOP) -> list[Suggestion]:
    """Projects for a need, by its identifier or as a record. Raises ``KeyError`` where the snapshot has it not."""
    kept = suggestions_of(opened)
    return kept.projects_for(need if isinstance(need, Record) else kept.needs[need], top=top)


def suggestions_for_project(opened: OpenSnapshot, project: str | Record, *, top: int = TOP) -> list[Suggestion]:
    """Needs for a project, by its identifier or as a record. Raises ``KeyError`` where the snapshot has it not."""
    kept = suggestions_of(opened)
    return kept.needs_for(project if isinstance(project, Record) else kept.projects[project], top=top)


def suggestions_of(opened: OpenSnapshot) -> Suggestions:
    """What suggestions over an opened snapshot are made of; made once, and gone when it is closed."""
    with _making:
        found = _kept.get(opened)
        if found is None:
            found = _kept[opened] = _made(opened.cursor())
        return found


def _made(cursor: duckdb.DuckDBPyConnection) -> Suggestions:
    needs, projects = needs_in(cursor), projects_in(cursor)
    rows = cursor.execute(
        "SELECT DISTINCT recommendation, project, standing = 'verified' FROM response"
        " WHERE standing IN ('verified', 'rejected') ORDER BY ALL"
    ).fetchall()
    judged = [(str(need), str(project), bool(verified)) for need, project, verified in rows]
    for_needs = Index.of(projects, needs)
    learned = _learned(for_needs, {each.id: each for each in needs}, judged)
    return Suggestions(
        {each.id: each for each in needs},
        {each.id: each for each in projects},
        replace(for_needs, weights=learned.weights),
        Index.of(needs, projects, weights=learned.weights),
        frozenset((need, project) for need, project, verified in judged if verified),
        learned,
    )


def _learned(index: Index, needs: Mapping[str, Record], judged: Sequence[tuple[str, str, bool]]) -> Learned:
    known = [each for each in judged if each[0] in needs]
    told = index.explained((needs[need], project) for need, project, _ in known)
    pairs = [Judged.of(each, verified=row[2]) for each, row in zip(told, known, strict=True) if each]
    return learn(pairs, the_weights())


def needs_in(cursor: duckdb.DuckDBPyConnection) -> list[Record]:
    """The needs of an opened snapshot."""
    rows = cursor.execute(
        "SELECT recommendation, coalesce(title, ''), coalesce(country, ''), coalesce(theme, ''),"
        " coalesce((SELECT any_value(title) FROM label WHERE dimension = 'theme' AND code = theme), ''), mandates,"
        " issued_on FROM recommendation ORDER BY recommendation"
    ).fetchall()
    return [
        Record(
            id=str(need),
            title=str(title),
            text=str(spoken),
            countries=frozenset({str(country)} - {""}),
            theme=str(theme),
            mandates=frozenset(map(str, mandates)),
            start=issued,
        )
        for need, title, country, theme, spoken, mandates, issued in rows
    ]


def projects_in(cursor: duckdb.DuckDBPyConnection) -> list[Record]:
    """The projects of an opened snapshot, each as its latest inventory has it."""
    rows = cursor.execute(
        "WITH latest AS (SELECT entry.*, row_number() OVER (PARTITION BY project ORDER BY as_of DESC NULLS LAST,"
        " inventory DESC) AS place FROM entry LEFT JOIN inventory USING (inventory)),"
        " titles AS (SELECT dimension, code, any_value(title) AS title FROM label"
        " WHERE dimension IN ('area', 'theme') GROUP BY ALL)"
        " SELECT project, coalesce(title, ''), countries, themes, mandates, starts_on, ends_on,"
        " (SELECT list(titles.title ORDER BY dimension, code) FROM titles"
        " WHERE (dimension = 'area' AND list_contains(areas, code))"
        " OR (dimension = 'theme' AND list_contains(themes, code)))"
        " FROM latest WHERE place = 1 ORDER BY project"
    ).fetchall()
    return [
        Record(
            id=str(project),
            title=str(title),
            text=". ".join(map(str, spoken or ())),
            countries=frozenset(map(str, countries)),
            theme=str(themes[0]) if len(themes) == 1 else "",
            mandates=frozenset(map(str, mandates)),
            start=start,
            end=end,
        )
        for project, title, countries, themes, mandates, start, end, spoken in rows
    ]


def _ranked(
    record: Record,
    candidates: Index,
    likewise: Index,
    links: frozenset[tuple[str, str]] | set[tuple[str, str]],
    top: int,
) -> list[Suggestion]:
    """Suggestions with a part for earlier links: of records like this one, to records like the candidate."""
    query = candidates.queries([record])[0]
    alike = _alike(likewise, record)
    linked = sorted(
        ((alike[one], one, other) for one, other in links if one in alike and one != record.id),
        key=lambda each: (-each[0], *each[1:]),
    )[:_LINKS]
    if not linked:
        return candidates.answer(query, top=top)
    by_id = {each.id: each for part in candidates.parts for each in part.records}
    reach = {other: _alike(candidates, by_id[other]) | {other: 1.0} for _, _, other in linked if other in by_id}

    def earlier(_query: Record, found: Sequence[Record]) -> list[Contribution | None]:
        return [_earlier(each.id, linked, reach, candidates.weights) for each in found]

    return replace(candidates, further=(*candidates.further, earlier)).answer(query, top=top)


def _alike(index: Index, record: Record) -> dict[str, float]:
    """The records of an index whose texts are most like a record's, wherever they are, each with how much (0 to 1)."""
    found = index.suggestions(replace(record, countries=frozenset()), top=_ALIKE)
    return {
        each.candidate: sum(part.amount for part in each.contributions if part.kind not in _STRUCTURE) / UNIT
        for each in found
    }


def _earlier(
    candidate: str,
    linked: Sequence[tuple[float, str, str]],
    reach: Mapping[str, Mapping[str, float]],
    weights: Weights,
) -> Contribution | None:
    """The strongest earlier link for a candidate."""
    best = max(
        ((likeness * reach.get(other, {}).get(candidate, 0.0), one, other) for likeness, one, other in linked),
        key=lambda each: (each[0], each[1], each[2]),
    )
    amount = round(weights.earlier * best[0] * UNIT)
    return Contribution(Kind.EARLIER, f"{best[1]} – {best[2]}", amount) if amount else None
