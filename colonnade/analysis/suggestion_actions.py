"""The writes about suggestions: one is dismissed, so that nobody is asked about the two again, and taken back.

To claim what is suggested is an ordinary claim (:mod:`colonnade.needs.responses.actions`).
"""

from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.analysis.access import why_not_dismiss, why_not_take_back
from colonnade.analysis.models import DismissedSuggestion
from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.needs.models import Recommendation
from colonnade.needs.responses.actions import partners_of
from colonnade.portfolio.models import Project

_LONGEST: Final = 5_000


class SuggestionRefused(ValueError):
    """What was asked for may not be done; the text says why, to whoever asked."""


@action
def dismiss_suggestion(
    *,
    need: Recommendation,
    project: Project,
    reason: str = "",
    person: Person,
    actor: Actor,  # noqa: ARG001  # the decorator reads it
) -> DismissedSuggestion:
    """Dismiss the suggestion that ``project`` answers ``need``, for everybody who sees both.

    What is dismissed already stays as it is. Raises :class:`SuggestionRefused`.
    """
    viewer = viewer_for(person, timezone.localdate())
    needs = Recommendation.objects.visible_to(viewer).select_related("country")
    current = needs.select_for_update(of=("self",)).filter(pk=need.pk).first()
    what = Project.objects.visible_to(viewer).select_related("lead_entity").filter(pk=project.pk).first()
    if current is None or what is None:
        raise SuggestionRefused(_("There is no such recommendation or project among those that you may read."))
    if refusal := why_not_dismiss(viewer, current, what, partners_of(viewer, what)):
        raise SuggestionRefused(refusal)
    known = DismissedSuggestion.objects.visible_to(viewer).in_force().filter(recommendation=current, project=what)
    return known.first() or DismissedSuggestion.objects.create(
        recommendation=current,
        project=what,
        reason=reason.strip()[:_LONGEST],
        dismissed_by=person,
        provenance=current.provenance,
    )


@action
def take_back_dismissal(
    *,
    dismissed: DismissedSuggestion,
    person: Person,
    actor: Actor,  # noqa: ARG001  # the decorator reads it
) -> DismissedSuggestion:
    """Take a dismissal back: the two may be suggested again. Raises :class:`SuggestionRefused`."""
    viewer = viewer_for(person, timezone.localdate())
    rows = DismissedSuggestion.objects.visible_to(viewer).select_for_update(of=("self",))
    current = rows.select_related("recommendation__country", "project__lead_entity").filter(pk=dismissed.pk).first()
    if current is None:
        raise SuggestionRefused(_("There is no such dismissal among those that you may read."))
    if refusal := why_not_take_back(viewer, current, partners_of(viewer, current.project)):
        raise SuggestionRefused(refusal)
    current.ended_by, current.ended_at = person, timezone.now()
    current.version += 1
    current.save()
    return current
