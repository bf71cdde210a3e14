"""Amendments: an approved proposal whose cost, time or scope is to change goes through the same door once more."""

from typing import Final

from django.utils.translation import gettext as _

from colonnade.core.viewer import Viewer
from colonnade.review.access import why_not_submit
from colonnade.review.models import AFTER_THE_DECISION, Proposal, Standing

#: Where an amendment is not on its way any more.
_OVER: Final = (*AFTER_THE_DECISION, Standing.WITHDRAWN)


def why_not_amend(viewer: Viewer, proposal: Proposal) -> str | None:
    """The entity that leads an approved proposal asks for another cost, time or scope, once at a time."""
    if proposal.standing != Standing.APPROVED:
        return _("Only what is approved is amended.")
    if proposal.amends_id is not None:
        return _("This is an amendment itself: amend the proposal that it amends.")
    if why_not := why_not_submit(viewer, proposal):
        return why_not
    # An applicant reads every amendment of their own proposal.
    on_the_way = Proposal.objects.visible_to(viewer).filter(amends=proposal.pk).exclude(standing__in=_OVER)
    return _("An amendment is on its way already.") if on_the_way.exists() else None
