"""Writes of those who apply: a proposal is sent, or taken back."""

from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.review.actions.applying import insist
from colonnade.review.models import Proposal, Standing
from colonnade.review.summaries import checks_of, rules_of
from colonnade.review.workflow import workflow_of
from colonnade.review.writing import NotEligible, ProposalChanged

_LONGEST: Final = 5_000


@action
def submit_proposal(*, proposal: Proposal, expected_version: int, person: Person, actor: Actor) -> Proposal:
    """Send ``proposal``, where every rule of its process is met as ``person`` sees it.

    :raises ProposalRefused: where they may not.
    :raises NotEligible: where something is missing; it says all of it.
    :raises ProposalChanged: where it is not the version that they looked at.
    """
    viewer, current = _locked(proposal, person)
    insist(workflow_of(rules_of(current.call))["submit"].why_not(viewer, current))
    if current.version != expected_version:
        raise ProposalChanged(current)
    found = checks_of(viewer, current, timezone.localdate())
    if not all(check.met for check in found):
        raise NotEligible(found)
    current.submitted_by, current.submitted_at = person, timezone.now()
    return _moved(current, Standing.SUBMITTED, "submitted_by", "submitted_at")


@action
def withdraw_proposal(
    *, proposal: Proposal, expected_version: int, because: str, person: Person, actor: Actor
) -> Proposal:
    """Take ``proposal`` back, for a reason. Nothing of it is deleted. Raises as :func:`submit_proposal`."""
    viewer, current = _locked(proposal, person)
    insist(workflow_of(rules_of(current.call))["withdraw"].why_not(viewer, current))
    insist(None if because.strip() else _("Say why the proposal is withdrawn."))
    if current.version != expected_version:
        raise ProposalChanged(current)
    current.withdrawn_because = because.strip()[:_LONGEST]
    return _moved(current, Standing.WITHDRAWN, "withdrawn_because")


def _locked(proposal: Proposal, person: Person) -> tuple[Viewer, Proposal]:
    viewer = viewer_for(person, timezone.localdate())
    seen = Proposal.objects.visible_to(viewer).select_related("entity", "call")
    return viewer, seen.select_for_update(of=("self",)).get(pk=proposal.pk)


def _moved(current: Proposal, standing: Standing, *fields: str) -> Proposal:
    current.standing, current.standing_since = standing, timezone.now()
    current.version += 1
    current.save(update_fields=["standing", "standing_since", "version", *fields])
    return current
