"""Who consents to what is said of two projects, and the way of it: a table for buttons and actions.

That they are coordinated needs the consent of both lead entities, and that two records are of one project as well.
"""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.analysis.access import why_not_decide_overlap
from colonnade.analysis.models import OverlapDecision
from colonnade.core.viewer import Role, Viewer
from colonnade.core.workflow import Transition, Workflow
from colonnade.portfolio.models import Project

#: The sides of a decision.
SIDES: Final = ("one", "other")


def side_led(viewer: Viewer, project: Project) -> bool:
    """Whether the viewer is a focal point of the project's lead entity."""
    return Role.ENTITY in viewer.roles and project.lead_entity.code in viewer.entity_ids


def sides_waiting(decision: OverlapDecision) -> tuple[str, ...]:
    """The sides whose answer is waited for."""
    if decision.standing != "proposed":
        return ()
    return tuple(side for side in SIDES if getattr(decision, f"{side}_accepted_at") is None)


def own_sides(viewer: Viewer, decision: OverlapDecision) -> tuple[str, ...]:
    """The sides that the viewer can accept for: of those waited for, or of those that declined."""
    sides: tuple[str, ...] = sides_waiting(decision)
    if decision.standing == "declined":
        sides = tuple(side for side in SIDES if getattr(decision, side).lead_entity_id == decision.declined_for_id)
    return tuple(side for side in sides if side_led(viewer, getattr(decision, side)))


def why_not_accept(viewer: Viewer, decision: OverlapDecision) -> str | None:
    """A focal point of a lead entity that has not answered accepts for it, or of one that declined, after all."""
    if viewer.user_id is not None and own_sides(viewer, decision):
        return None
    return _("Only a focal point of a lead entity that has not answered yet can do this.")


def why_not_decline(viewer: Viewer, decision: OverlapDecision) -> str | None:
    """A focal point of either lead entity declines, also what was accepted before."""
    if viewer.user_id is not None and any(side_led(viewer, getattr(decision, side)) for side in SIDES):
        return None
    return _("Only a focal point of one of the two lead entities declines this.")


def why_not_change(viewer: Viewer, decision: OverlapDecision) -> str | None:
    """Whoever decides about the pair may propose otherwise."""
    return why_not_decide_overlap(viewer, decision.one, decision.other)


_OPEN: Final = ("proposed", "accepted")
#: What can be done about a decision that two projects are coordinated, or that they are one.
COORDINATION: Final = Workflow(
    (
        Transition("accept", gettext_noop("Accept"), ("proposed", "declined"), "accepted", why_not_accept),
        Transition("decline", gettext_noop("Decline"), _OPEN, "declined", why_not_decline, needs=("reason",)),
        Transition(
            "change",
            gettext_noop("Propose otherwise"),
            (*_OPEN, "declined"),
            "proposed",
            why_not_change,
            needs=("coordinator", "due_on", "reason"),
        ),
    )
)
