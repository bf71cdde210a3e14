"""The verified answers of needs: which project, and until when. Over a reader's own tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb

_ANSWERS: Final = """
SELECT response.recommendation, response.project, any_value(entry.title), any_value(entry.entity), response.strength,
       coalesce(least(response.until_on, max(entry.ends_on)), response.until_on, max(entry.ends_on)) AS ends_on
FROM response
LEFT JOIN entry ON entry.project = response.project
WHERE response.standing = 'verified' AND list_contains(?, response.recommendation)
GROUP BY response.recommendation, response.project, response.strength, response.until_on
ORDER BY response.recommendation, ends_on NULLS LAST, response.project"""


@dataclass(frozen=True, slots=True)
class VerifiedAnswer:
    """A project whose response to a need is verified. ``ends_on`` is ``None`` where no end was reported; ``title`` is
    empty where it stands in no inventory."""

    project: str
    title: str
    entity: str
    in_full: bool
    ends_on: date | None


def verified_answers(
    cursor: duckdb.DuckDBPyConnection, needs: Sequence[str]
) -> Mapping[str, tuple[VerifiedAnswer, ...]]:
    """Need -> its verified answers, the first to end first."""
    found: dict[str, list[VerifiedAnswer]] = defaultdict(list)
    for need, project, title, entity, strength, ends_on in cursor.execute(_ANSWERS, [list(needs)]).fetchall():
        found[need].append(VerifiedAnswer(project, title or "", entity or "", strength == "full", ends_on))
    return {need: tuple(answers) for need, answers in found.items()}
