"""What assessments of States found (recommendations, also called technical assistance needs), and what answers it.

Recommendations are shared inside the compact, except what an assessed State asks to keep confidential (A/74/677,
annex II, paragraph 53).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import LevelChoice, Record
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet, by_level
from colonnade.members.models import Entity, Person
from colonnade.needs.keepable import BY_CODE, KEEPABLE
from colonnade.places.models import Country
from colonnade.portfolio.models import Project
from colonnade.strategy.models import Mandate, Pillar, Theme


class AssessmentQuerySet(GuardedQuerySet["Assessment"]):
    """Assessments, read through ``visible_to``."""

    def entitled(self, viewer: Viewer) -> Q:
        here = Q(country__code__in=viewer.country_codes)
        return by_level(viewer, concerns=here, assessed=here, named=Q(assessor__code__in=viewer.entity_ids))


class Assessment(Record):
    """A visit to a State, or a desk review of it."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Visit")
        FOLLOW_UP = "follow_up", _("Follow-up visit")
        DESK = "desk", _("Desk review")

    level = models.CharField(max_length=10, choices=LevelChoice.choices, default=LevelChoice.COMPACT)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    assessor = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    mandates = models.ManyToManyField(Mandate, related_name="+")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="assessment_ends_after_start"),
            # Nobody was ever asked to consent to it: that a State was assessed is shared inside the compact at most.
            models.CheckConstraint(condition=~Q(level="public"), name="assessment_is_not_public"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.starts_on}"


class RecommendationQuerySet(GuardedQuerySet["Recommendation"]):
    """Recommendations, read through ``visible_to``."""

    def entitled(self, viewer: Viewer) -> Q:
        here = Q(country__code__in=viewer.country_codes)
        named = Recommendation._base_manager.filter(named_entities__code__in=viewer.entity_ids)
        return by_level(viewer, concerns=here, assessed=here, named=Q(pk__in=named.values("pk")))


class Recommendation(Record):
    """A technical assistance need that an assessment found. A version of it may follow an earlier one.

    The fields named in ``confidential_fields`` are empty here: their values lie in ``KeptField``. Triggers (migration
    0004) refuse a wider level, and a field taken off that list, without a consent of the State that two people carried
    out.
    """

    class Priority(models.TextChoices):
        HIGH = "high", _("High")
        MEDIUM = "medium", _("Medium")
        LOW = "low", _("Low")

    class Standing(models.TextChoices):
        OPEN = "open", _("Open")
        IMPLEMENTED = "implemented", _("Implemented")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    level = models.CharField(max_length=10, choices=LevelChoice.choices, default=LevelChoice.COMPACT)
    reference = models.CharField(max_length=40, unique=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    text = models.TextField()
    theme = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="+")
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.PROTECT, related_name="+")
    mandates = models.ManyToManyField(Mandate, related_name="+")
    priority = models.CharField(max_length=6, choices=Priority.choices)
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.OPEN)
    addressee = models.TextField(blank=True)
    issued_on = models.DateField()
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    named_entities = models.ManyToManyField(Entity, related_name="+")
    confidential_fields = ArrayField(models.CharField(max_length=20), default=list, db_default=[])

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidential_fields__contained_by=list(KEEPABLE)), name="only_these_fields_are_kept"
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(confidential_fields__contains=[name])
                    | (Q(**{f"{name}__isnull": True}) if name in BY_CODE else Q(**{name: ""})),
                    name=f"kept_{name}_is_elsewhere",
                )
                for name in KEEPABLE
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.reference


class ResponseQuerySet(GuardedQuerySet["Response"]):
    """Responses: visible where both the need and the project are."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(
            recommendation__in=Recommendation.objects.visible_to(viewer).order_by().values("pk"),
            project__in=Project.objects.visible_to(viewer).order_by().values("pk"),
        )


class Response(Record):
    """A claimed link between a project and a need: how strong, on what evidence, who claimed and who verified."""

    class Strength(models.TextChoices):
        FULL = "full", _("Meets the need")
        PARTIAL = "partial", _("Meets part of the need")

    class Standing(models.TextChoices):
        CLAIMED = "claimed", _("Claimed")
        VERIFIED = "verified", _("Verified")
        RETURNED = "returned", _("Returned with a question")
        REJECTED = "rejected", _("Rejected")
        CONTESTED = "contested", _("Contested")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    strength = models.CharField(max_length=7, choices=Strength.choices)
    standing = models.CharField(max_length=9, choices=Standing.choices, default=Standing.CLAIMED)
    says = models.TextField(blank=True, help_text="What exactly of the need the project meets")
    evidence = models.TextField(blank=True)
    from_on = models.DateField(null=True, help_text="From when the project meets it")
    until_on = models.DateField(null=True, help_text="Until when")
    claimed_by = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    claimed_by_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_on = models.DateField()
    verified_by = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    verified_by_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    verified_on = models.DateField(null=True)
    reason = models.TextField(blank=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            # Looked at when a statement ends: two responses change places when records of one project are merged.
            models.UniqueConstraint(
                fields=["recommendation", "project"], name="one_response_a_pair", deferrable=models.Deferrable.IMMEDIATE
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=models.F("claimed_by")),
                name="who_claims_does_not_verify",
            ),
            models.CheckConstraint(
                condition=Q(verified_by_person__isnull=True) | ~Q(verified_by_person=models.F("claimed_by_person")),
                name="nobody_verifies_their_own_claim",
            ),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="a_response_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} <- {self.project_id}"


class ResponseStepQuerySet(GuardedQuerySet["ResponseStep"]):
    """Steps of responses: visible where the response is."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(response__in=Response.objects.visible_to(viewer).order_by().values("pk"))


class ResponseStep(models.Model):
    """What was done with a response: claimed, verified, returned, rejected, contested, withdrawn; and why.

    It says for whom somebody acted (an entity, a State, or, where both are empty, the secretariat), not who: the log
    knows that. Steps are never changed; the database refuses it.
    """

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=9, choices=Response.Standing.choices)
    strength = models.CharField(max_length=7, choices=Response.Strength.choices)
    reason = models.TextField(blank=True)
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(db_default=Now())

    objects = ResponseStepQuerySet.as_manager()

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entity__isnull=True) | Q(country__isnull=True), name="a_step_is_taken_for_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.standing}"
