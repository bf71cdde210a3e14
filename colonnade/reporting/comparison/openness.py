"""Which needs and projects the readers of a side may read at all, and which of them they may no longer read.

A figure that changed because a State asked to keep a need confidential says that it changed, and not which need it
was: what is closed since the earlier side is counted in a comparison and never named, nor are the State and the
projects that a figure about needs counts because of it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from duckdb import DuckDBPyConnection

from colonnade.reporting.comparison.records import Identity

NEED, PROJECT, STATE = "recommendation", "project", "country"
#: The subject of figures that count needs.
ABOUT_NEEDS: Final = "needs"


@dataclass(frozen=True, slots=True)
class Openness:
    """``kept``: each need that can be read, with its fields that cannot; ``states``: whose it is; ``answers``: the
    projects that respond to it; ``projects``: every project that can be read."""

    kept: Mapping[str, frozenset[str]] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    projects: frozenset[str] = frozenset()


def read_openness(cursor: DuckDBPyConnection) -> Openness:
    """What can be read through ``cursor``, which opens one reader's part of one snapshot."""
    needs = cursor.execute("SELECT recommendation, coalesce(kept, ''), country FROM recommendation").fetchall()
    answers: dict[str, set[str]] = defaultdict(set)
    for need, project in cursor.execute("SELECT recommendation, project FROM response").fetchall():
        answers[need].add(project)
    return Openness(
        kept={need: frozenset(filter(None, kept.split(","))) for need, kept, _state in needs},
        states={need: state for need, _kept, state in needs},
        answers={need: frozenset(projects) for need, projects in answers.items()},
        projects=frozenset(row[0] for row in cursor.execute("SELECT project FROM project").fetchall()),
    )


def closed_since(before: Openness, after: Openness, subject: str) -> frozenset[Identity]:
    """The records of figures about ``subject`` that are not named: what was open before and is not, or not whole."""
    needs = {need for need, kept in before.kept.items() if need not in after.kept or after.kept[need] - kept}
    closed = {(NEED, need) for need in needs} | {(PROJECT, one) for one in before.projects - after.projects}
    if subject == ABOUT_NEEDS:
        closed |= {(STATE, before.states[need]) for need in needs}
        closed |= {(PROJECT, project) for need in needs for project in before.answers.get(need, ())}
    return frozenset(closed)
