"""The write of remarks: each stands as it was made."""

from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.needs.models import Assessment, Recommendation, Remark
from colonnade.needs.remarks.access import KINDS, side_of, why_not_say

_WHY: Final = "an action that asked who speaks"
_LONGEST: Final = 10_000


class RemarkRefused(ValueError):
    """What was asked for may not be said; the text says why."""


@action
def make_remark(
    *,
    need: Recommendation,
    kind: str,
    text: str,
    assessment: Assessment | None = None,
    person: Person,
    actor: Actor,
) -> Remark:
    """Say something about ``need`` on the side of ``person``. What a follow-up visit found names that visit of the same
    State (``assessment``). Raises :class:`RemarkRefused`."""
    viewer = viewer_for(person, timezone.localdate())
    current = Recommendation.objects.visible_to(viewer).select_related("country").filter(pk=need.pk).first()
    if current is None:
        raise RemarkRefused(_("There is no such recommendation among those that you may read."))
    if why_not := why_not_say(viewer, current):
        raise RemarkRefused(why_not)
    side = side_of(viewer, current)
    if side is None or kind not in KINDS[side]:
        raise RemarkRefused(_("This kind of remark is made by the other side."))
    if not text.strip():
        raise RemarkRefused(_("Say something."))
    visit = None
    if kind == Remark.Kind.FINDING:
        seen = Assessment.objects.visible_to(viewer).filter(country=current.country, kind=Assessment.Kind.FOLLOW_UP)
        visit = seen.filter(pk=assessment.pk).first() if assessment is not None else None
        if visit is None:
            raise RemarkRefused(_("Say which follow-up visit to this State found it."))
    return Remark.objects.unscoped(_WHY).create(
        recommendation=current, kind=kind, side=side, text=text.strip()[:_LONGEST], assessment=visit, said_by=person
    )
