"""What of plans waits for a reader: activities that name their entities as lead, consents that their State is asked."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.needs.models import ActionPlan, PlanActivity, PlanConsent
from colonnade.needs.plans.access import is_officer
from colonnade.needs.plans.queries import plans_of
from colonnade.needs.responses.access import OF_ENTITIES


@dataclass(frozen=True, slots=True)
class Waiting:
    """A plan that waits for the reader, where they do it, and what it is."""

    title: str
    address: str
    words: str


def plans_waiting(viewer: Viewer) -> list[Waiting]:
    """What waits for ``viewer``, the plans of their entities first."""
    found = []
    if viewer.user_id is not None and viewer.roles & OF_ENTITIES and viewer.entity_ids:
        named = PlanActivity.objects.visible_to(viewer).filter(
            answer="", lead__code__in=viewer.entity_ids, of_plan__standing=ActionPlan.Standing.DRAFTING
        )
        for plan in plans_of(viewer).filter(pk__in=named.order_by().values("of_plan")):
            words = _("Your entity is named as lead: accept or decline.")
            found.append(Waiting(plan.title, reverse("plan-lead", args=[plan.public_id]), words))
    if viewer.user_id is not None and Role.STATE in viewer.roles and viewer.country_codes:
        given = PlanConsent.objects.visible_to(viewer).filter(
            country__code__in=viewer.country_codes, confirmed_by__isnull=False, withdrawn_at__isnull=True,
            of_version__standing="proposed",
        )  # fmt: skip
        asked = plans_of(viewer).filter(standing=ActionPlan.Standing.PROPOSED)
        for plan in asked.exclude(pk__in=given.order_by().values("of_plan")):
            words = _("Your consent is asked: read what is proposed.")
            found.append(Waiting(plan.title, reverse("action-plan", args=[plan.public_id]), words))
    if is_officer(viewer):
        waiting = PlanConsent.objects.visible_to(viewer).filter(
            confirmed_by__isnull=True, withdrawn_at__isnull=True, covers__in=["compact", "costs"]
        )
        others = waiting.exclude(recorded_by=viewer.user_id).order_by().values("of_plan")
        for plan in plans_of(viewer).filter(pk__in=others):
            words = _("A consent waits for a second person.")
            address = f"{reverse('action-plan', args=[plan.public_id])}#consents"
            found.append(Waiting(plan.title, address, words))
    return found
