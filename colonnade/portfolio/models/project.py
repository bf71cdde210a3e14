"""A project: anything that an entity reports as a project, programme or activity under the strategy."""

from typing import Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import LevelChoice, Record, Sourced
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet, by_level
from colonnade.members.models import Entity, WorkingGroup
from colonnade.places.models import Country, Region
from colonnade.strategy.models import Mandate, Pillar, Theme


class Scope(models.TextChoices):
    """How far a project reaches. Nothing stands for "not reported" but the absence of a value."""

    GLOBAL = "global", _("Global")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")


class Status(models.TextChoices):
    """How far a project has come."""

    IN_DEVELOPMENT = "in_development", _("In development")
    AWAITING_FUNDING = "awaiting_funding", _("Awaiting funding")
    ONGOING = "ongoing", _("Ongoing")
    COMPLETED = "completed", _("Completed")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")


#: A project is active unless it is one of these.
CLOSED_STATUSES: Final = (Status.COMPLETED, Status.CANCELLED)


class Origin(models.TextChoices):
    """Where a project comes from (annex II, paragraph 65)."""

    RECOMMENDATION = "recommendation", _("A recommendation of an assessment")
    REQUEST = "request", _("A request of a State")
    MANDATE = "mandate", _("The legislative mandate of the entity")


class Reported(models.Model):
    """What is reported of a project at one time: status, scope, pillar and money.

    A project carries the latest; each inventory entry carries what was reported then. Amounts are in their own
    currency, with the date that the rate is taken at; the US dollar equivalent is empty where no rate is known.
    """

    scope = models.CharField(max_length=8, choices=Scope.choices, blank=True)
    status = models.CharField(max_length=16, choices=Status.choices)
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3, default="USD")
    budget = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    budget_on = models.DateField(null=True)
    budget_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    funding = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    funding_on = models.DateField(null=True)
    funding_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta:
        abstract = True


class Programme(Sourced, Record):
    """A programme that projects belong to, or that the strategy's report names."""

    code = models.CharField(max_length=60, unique=True)
    title = models.TextField()
    kind = models.CharField(max_length=20)
    summary = models.TextField()
    lead_entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="programmes")
    partners = models.ManyToManyField(Entity, related_name="partner_programmes")
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.PROTECT, related_name="programmes")
    scope = models.CharField(max_length=8, choices=Scope.choices, blank=True)
    launched_in = models.CharField(max_length=10, blank=True, help_text="A year, month or day, as far as is known")
    themes = models.ManyToManyField(Theme, related_name="programmes")
    countries = models.ManyToManyField(Country, related_name="programmes")
    regions = models.ManyToManyField(Region, related_name="programmes")
    mandates = models.ManyToManyField(Mandate, related_name="programmes")

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class ProjectQuerySet(GuardedQuerySet["Project"]):
    """Projects, read through ``visible_to``: without those that were merged into another record."""

    def entitled(self, viewer: Viewer, *, merged: bool = False) -> Q:
        everywhere = Project._base_manager
        here = everywhere.filter(projectcountry__country__code__in=viewer.country_codes)
        named = everywhere.filter(named_entities__code__in=viewer.entity_ids)
        return (Q() if merged else Q(merged_into__isnull=True)) & by_level(
            viewer,
            concerns=Q(pk__in=here.values("pk")),
            assessed=Q(state__code__in=viewer.country_codes),
            named=Q(pk__in=named.values("pk")) | Q(lead_entity__code__in=viewer.entity_ids),
        )

    def readable_by(self, viewer: Viewer) -> Self:
        """As ``visible_to``, with the records that were merged into one that ``viewer`` sees too: for what leads to
        that one, and for what cannot be moved, such as the books of the fund."""
        kept = Project.objects.visible_to(viewer).order_by().values("pk")
        whole = Q(merged_into__isnull=True) | Q(merged_into__in=kept)
        seen = self.filter(self.entitled(viewer, merged=True) & whole)._mark("viewer")
        seen._viewer = viewer
        return seen


class Project(Record, Reported):
    """A project with its lead entity. Partners, places, areas, markers stand in :mod:`.links`.

    A record that turned out to be another's project is ended by ``merged_into``: nobody meets it any more, but by way
    of its own address and its history.
    """

    level = models.CharField(max_length=10, choices=LevelChoice.choices, default=LevelChoice.COMPACT)
    state = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    named_entities = models.ManyToManyField(Entity, related_name="+")
    reference = models.CharField(max_length=120)
    title = models.TextField()
    description = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")
    lead_entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    working_group = models.ForeignKey(WorkingGroup, null=True, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=14, choices=Origin.choices, blank=True)
    origin_note = models.TextField(blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        indexes = [models.Index(fields=["level"]), models.Index(fields=["reference"])]
        constraints = [
            models.UniqueConstraint(fields=["lead_entity", "reference"], name="one_reference_an_entity"),
            models.CheckConstraint(
                condition=~Q(level="restricted") | Q(state__isnull=False), name="restricted_project_names_its_state"
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(budget__gte=0), name="project_budget_not_below_0"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.title
