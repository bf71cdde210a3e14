"""Publishing what a closed project achieved, and taking that back."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Role, Viewer
from colonnade.members.models import Person
from colonnade.portfolio.models import Project
from colonnade.review.access import is_own
from colonnade.review.actions.following import balance_of
from colonnade.review.actions.locking import WHY, locked
from colonnade.review.given import latest_approved
from colonnade.review.models import Closure, Output, ProjectResult, Proposal, Standing
from colonnade.review.refusals import ReviewRefused, insist, said


def why_not_publish(viewer: Viewer, proposal: Proposal, closure: Closure | None) -> str | None:
    """The secretariat publishes, never who closed the project nor who has a part in it. ``viewer`` may see it."""
    if viewer.user_id is None or Role.SECRETARIAT not in viewer.roles:
        return _("Only the secretariat publishes what a project achieved.")
    if proposal.standing != Standing.CLOSED or closure is None:
        return _("The project is not closed yet.")
    if closure.closed_by_id == viewer.user_id:
        return _("You closed this project: another person publishes what it achieved.")
    if is_own(viewer, proposal):
        return _("You have a part in this proposal.")
    return None


@action
def publish_result(
    *, proposal: Proposal, person: Person, delivered: Mapping[int, str], lessons: str, actor: Actor
) -> ProjectResult:
    """Publish what was given and spent, what was delivered of each output (position -> text), and what was learned.

    Raises :class:`ReviewRefused`, where the project is not public too.
    """
    viewer, current = locked(proposal.pk, person)
    closure = Closure.objects.unscoped(WHY).filter(proposal=current).first()
    insist(why_not_publish(viewer, current, closure))
    assert closure is not None  # said by the line above
    project = Project.objects.unscoped(WHY).filter(pk=current.approved_project_id or 0).first()
    if project is None or project.level != Level.PUBLIC:
        raise ReviewRefused(_("The project is not public: nothing of it can be published."))
    if ProjectResult.objects.unscoped(WHY).filter(project=project, withdrawn_at__isnull=True).exists():
        raise ReviewRefused(_("What this project achieved is published. Withdraw that first."))
    newest = latest_approved(current)
    given = (newest[1].amount_usd if newest else None) or Decimal(0)
    outputs = Output.objects.unscoped(WHY).filter(proposal=newest[0] if newest else current).order_by("position")
    return ProjectResult.objects.unscoped(WHY).create(
        project=project,
        call=current.call,
        given_usd=given,
        spent_usd=given - balance_of(current),
        outputs=[
            {
                "title": each.title,
                "target": each.target,
                "delivered": said(
                    delivered.get(each.position, ""),
                    _("%(output)s: say what was delivered.") % {"output": each.title},
                ),
            }
            for each in outputs
        ],
        lessons=said(lessons, _("Say what was learned.")),
        closed_on=timezone.localdate(closure.closed_at),
        closed_by_id=closure.closed_by_id,
        published_by=person,
        published_at=timezone.now(),
    )


@action
def withdraw_result(*, proposal: Proposal, person: Person, actor: Actor) -> ProjectResult:
    """Take back what was published of a project. Raises :class:`ReviewRefused`."""
    viewer, current = locked(proposal.pk, person)
    insist(None if Role.SECRETARIAT in viewer.roles else _("Only the secretariat withdraws what was published."))
    standing = ProjectResult.objects.unscoped(WHY).filter(
        project=current.approved_project_id, withdrawn_at__isnull=True
    )
    found = standing.select_for_update().first()
    if found is None:
        raise ReviewRefused(_("Nothing of this project is published."))
    found.withdrawn_by, found.withdrawn_at = person, timezone.now()
    found.save(update_fields=["withdrawn_by", "withdrawn_at"])
    return found
