"""Plans of action: what a State, or the States of a region, will do about needs, with whom, by when, at what cost.

A plan is worked on in a circle: its States and those who assess them, the entities named in it, the secretariat and
auditors. Everybody else reads agreed versions only, and only after the States let them; a costed table, which holds
nothing of needs and risks, has a consent of its own. What was proposed is frozen, and the database refuses to change
it.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import LevelChoice, Record
from colonnade.core.viewer import Level, Viewer
from colonnade.core.visibility import GuardedQuerySet, M
from colonnade.members.models import Entity, Person
from colonnade.needs.models.assistance import AssistanceRequest
from colonnade.places.models import Country, Region


def in_circle(viewer: Viewer) -> Q:
    """The plans (as a condition on them) that ``viewer`` works on, or answers for."""
    if viewer.sees_restricted:
        return Q()
    allowed = Q(pk__in=[])
    if viewer.country_codes:
        of_states = PlanState._base_manager.filter(country__code__in=viewer.country_codes)
        allowed |= Q(pk__in=of_states.values("of_plan"))
    if viewer.entity_ids:
        naming = PlanEntity._base_manager.filter(entity__code__in=viewer.entity_ids)
        allowed |= Q(pk__in=naming.values("of_plan"))
    return allowed


class ActionPlanQuerySet(GuardedQuerySet["ActionPlan"]):
    """Plans of action, read through ``visible_to``."""

    def entitled(self, viewer: Viewer) -> Q:
        allowed = in_circle(viewer)
        if viewer.inside_the_compact and not viewer.sees_restricted:
            allowed |= Q(level=Level.COMPACT)
        return allowed


class ActionPlan(Record):
    """A plan of action of one country or one region. Whoever sees it knows its title, period and where it stands.

    What it says is worked on in rows of its own (:mod:`.plan_drafts`), which its circle reads, and frozen in
    :mod:`.plan_versions` when it is proposed to its States.
    """

    class Standing(models.TextChoices):
        DRAFTING = "drafting", _("Being drafted")
        PROPOSED = "proposed", _("Proposed to the State")
        AGREED = "agreed", _("Agreed")
        ENDED = "ended", _("Ended")

    level = models.CharField(max_length=10, choices=LevelChoice.choices, default=LevelChoice.RESTRICTED)
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.DRAFTING)
    standing_since = models.DateField()
    reason = models.TextField(blank=True, help_text="Why it stands as it does")
    from_request = models.ForeignKey(AssistanceRequest, null=True, on_delete=models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(level="public"), name="a_plan_is_not_public"),
            models.CheckConstraint(
                condition=Q(country__isnull=False, region__isnull=True) | Q(country__isnull=True, region__isnull=False),
                name="a_plan_is_of_a_country_or_a_region",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_plan_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(standing="ended") | ~Q(reason=""), name="a_plan_ends_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.title


class OfPlan(models.Model):
    """What belongs to a plan."""

    of_plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


class OfCircleQuerySet(GuardedQuerySet[M]):
    """Rows of a plan that its circle reads: drafts, steps, consents."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(of_plan__in=ActionPlan._base_manager.filter(in_circle(viewer)).order_by().values("pk"))


class WithPlanQuerySet(GuardedQuerySet[M]):
    """Rows of a plan that are seen with it: what is reported of it."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(of_plan__in=ActionPlan.objects.visible_to(viewer).order_by().values("pk"))


class PlanState(OfPlan):
    """A State whose plan it is: the one of a country's, each that a region's names. Each has to agree."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")

    objects = OfCircleQuerySet["PlanState"].as_manager()

    class Meta:
        ordering = ["country__name"]
        constraints = [models.UniqueConstraint(fields=["of_plan", "country"], name="a_state_is_named_once_in_a_plan")]


class PlanEntity(OfPlan):
    """An entity that leads or takes part in an activity of the draft or of the version in force: it reads the plan."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")

    objects = OfCircleQuerySet["PlanEntity"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of_plan", "entity"], name="an_entity_is_named_once_in_a_plan")]


class ActivityReport(OfPlan):
    """What is reported of an activity (``key``) of the version in force: how far it is, and what of it is funded."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    key = models.CharField(max_length=16)
    status = models.CharField(max_length=9, choices=Status.choices)
    funded = models.DecimalField(
        max_digits=18, decimal_places=2, help_text="In US dollars, of the cost that was agreed"
    )
    remark = models.TextField(blank=True)
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(db_default=Now())

    objects = WithPlanQuerySet["ActivityReport"].as_manager()

    class Meta:
        ordering = ["reported_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(funded__gte=0), name="reported_funding_is_not_below_0"),
        ]


class IndicatorReport(OfPlan):
    """A value of an indicator (``key``) of the version in force on a day."""

    key = models.CharField(max_length=16)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    on = models.DateField()
    remark = models.TextField(blank=True)
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(db_default=Now())

    objects = WithPlanQuerySet["IndicatorReport"].as_manager()

    class Meta:
        ordering = ["on", "pk"]


class PlanStep(OfPlan):
    """What was done with a plan, and for whom: an entity, a State, or, where both are empty, the secretariat.

    Steps are never changed; the database refuses it.
    """

    class Done(models.TextChoices):
        BEGUN = "begun", _("Begun")
        PROPOSED = "proposed", _("Proposed to the State")
        RETURNED = "returned", _("Sent back")
        CONSENTED = "consented", _("Consent recorded")
        CONFIRMED = "confirmed", _("Consent confirmed")
        WITHDRAWN = "withdrawn", _("Consent withdrawn")
        AGREED = "agreed", _("Agreed")
        REDRAFTED = "redrafted", _("A new version begun")
        ACCEPTED = "accepted", _("Lead accepted")
        DECLINED = "declined", _("Lead declined")
        READERS = "readers", _("Readers changed")
        ENDED = "ended", _("Ended")

    done = models.CharField(max_length=9, choices=Done.choices)
    standing = models.CharField(max_length=8, choices=ActionPlan.Standing.choices)
    says = models.TextField(blank=True)
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(db_default=Now())

    objects = OfCircleQuerySet["PlanStep"].as_manager()

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entity__isnull=True) | Q(country__isnull=True), name="a_step_of_a_plan_is_taken_for_one"
            ),
        ]
