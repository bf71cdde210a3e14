"""A sample of scores, and checks of them at projects of every level, in every standing.

Nobody outside the compact reads a check, so that every text of one is a canary.
"""

from typing import Any, Final

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.portfolio.models import MarkerCheck, MarkerSample, Project, ProjectMarker
from colonnade.strategy.models import Target
from proof.canaries import canary
from proof.people import NOON, person_called
from proof.registry import DAY, SOURCE, WHY

#: Numbers of projects of which the score was drawn: public, compact, restricted to each State, with entities named.
CHECKED: Final = (0, 1, 2, 3, 46, 47, 51, 52, 55, 56, 58, 59, 60, 62, 64)


@action
def fill_marker_checks(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """All of it."""
    Target.objects.create(
        code="women", title="Funds for women", percent=15, of="funds", marker="gender", level=3, **SOURCE
    )
    first, second = person_called("officer-1"), person_called("officer-2")
    projects = {number: Project.objects.unscoped(WHY).get(public_id=f"p{number:015}") for number in CHECKED}
    sample = MarkerSample.objects.unscoped(WHY).create(
        public_id="ms" + "0" * 14, first_on=DAY, last_on=DAY, undated=True, of_each=5,
        seed=f"seed {canary('sample')}", considered={"ALPHA": [f"p {canary('sample', 'considered')}"]},
        drawn_by=second, drawn_at=NOON,
    )  # fmt: skip
    for place, (number, project) in enumerate(projects.items()):
        given: dict[str, Any] = {"scored_by": first} if place % 2 else {}
        if given:
            ProjectMarker.objects.unscoped(WHY).filter(project=project, marker="gender").update(
                scored_by=first, scored_at=NOON
            )
        MarkerCheck.objects.unscoped(WHY).create(
            public_id=f"mk{number:014}", sample=sample, project=project, marker="gender", score=number % 4,
            justification=f"So {canary('check', number, 'justification')}", drawn_on=DAY, **given,
            **_said(place, number, second),
        )  # fmt: skip


def _said(place: int, number: int, checker: object) -> dict[str, Any]:
    """Not checked yet, agreed with, another score proposed, or one's own kept: in turn."""
    if place % 4 == 0:
        return {}
    checked = {"checked_by": checker, "checked_at": NOON, "reason": f"As {canary('check', number, 'reason')}"}
    if place % 4 == 1:
        return {**checked, "outcome": "agrees"}
    proposed = {**checked, "outcome": "proposes", "proposed": (number + 1) % 4}
    if place % 4 == 2:
        return proposed
    answer = {"answer": "kept", "answer_reason": f"Since {canary('check', number, 'answer')}"}
    return {**proposed, **answer, "answered_by": person_called("entity"), "answered_at": NOON}
