"""Two records that are being made one, as what carries their rows over sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from colonnade.analysis.merging.comparing import Question
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Person
from colonnade.portfolio.models import Project

#: What a response that gave way is withdrawn with, and an entry of an appeal taken out.
MERGED_REASON: Final = "merged"


def every(model: Any) -> "GuardedQuerySet[Any]":
    """Every row of a guarded model: what is hidden from who merges moves as well."""
    rows: GuardedQuerySet[Any] = model.objects.unscoped("a merging, which locked both records, moves every row")
    return rows


@dataclass(frozen=True, slots=True)
class Joined:
    """``merged`` becomes one with ``kept``, both locked; what was chosen, question by question; who does it."""

    kept: Project
    merged: Project
    questions: Sequence[Question]
    choices: Mapping[str, str]
    person: Person

    def chosen(self, key: str) -> str:
        """What was chosen about ``key``; empty where there was nothing to choose."""
        return next((each.chosen(self.choices) for each in self.questions if each.key == key), "")
