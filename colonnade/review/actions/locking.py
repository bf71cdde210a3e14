"""What every action here begins with: the person as they are now, the record locked, and a step of the workflow."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.core.viewer import Viewer
from colonnade.core.workflow import NoSuchStep
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.review.models import Call, Proposal
from colonnade.review.refusals import ReviewRefused, insist
from colonnade.review.rules import Rules
from colonnade.review.workflow import workflow_of

WHY = "an action that locked the proposal"


def now_viewer(person: Person) -> Viewer:
    """What ``person`` is at this moment."""
    return viewer_for(person, timezone.localdate())


def locked(proposal: int, person: Person) -> tuple[Viewer, Proposal]:
    """The person as they are, and the proposal of that key as it stands, locked until the end.

    Raises ``Proposal.DoesNotExist`` where they may not see it.
    """
    viewer = now_viewer(person)
    seen = Proposal.objects.visible_to(viewer).select_related("entity", "call", "working_group")
    return viewer, seen.select_for_update(of=("self",)).get(pk=proposal)


def locked_call(call: int, person: Person) -> tuple[Viewer, Call]:
    """The same for a call. Whoever locks a call and proposals of it locks the call first."""
    viewer = now_viewer(person)
    return viewer, Call.objects.visible_to(viewer).select_for_update(of=("self",)).get(pk=call)


def rules_of(proposal: Proposal) -> Rules:
    """The rules that the proposal's call was opened with."""
    return Rules.read(proposal.call.rules)


def rules_of_call(call: Call) -> Rules:
    """The rules that a call was opened with."""
    return Rules.read(call.rules)


def take_step(proposal: Proposal, viewer: Viewer, name: str, **given: Any) -> None:
    """Take a step of the workflow with a locked proposal, and save where it stands.

    Raises :class:`ReviewRefused` where the process has no such step, it is not open, the viewer may not take it, or
    something that it needs was not ``given``.
    """
    try:
        step = workflow_of(rules_of(proposal))[name]
    except NoSuchStep as error:
        raise ReviewRefused(_("This process has no such step.")) from error
    insist(step.why_not(viewer, proposal))
    insist(None if all(given.get(need) for need in step.needs) else _("Say why: this step needs its reasons."))
    move(proposal, step.target)


def move(proposal: Proposal, standing: str) -> None:
    """Save that the proposal stands at ``standing`` from now on."""
    proposal.standing = standing
    proposal.standing_since = timezone.now()
    proposal.version += 1
    proposal.save(update_fields=["standing", "standing_since", "version"])
