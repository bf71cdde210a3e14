"""Who contributes, and contributions that were reported project by project."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import LevelChoice, Record, Sourced
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet, by_level
from colonnade.members.models import Entity
from colonnade.places.models import Country
from colonnade.portfolio.models import Project


class Contributor(Sourced, Record):
    """A State or organisation that contributes. ``rank`` is its place where a list was published without amounts."""

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        ORGANISATION = "organisation", _("Organisation")
        OTHER = "other", _("Other")

    code = models.CharField(max_length=60, unique=True)
    name = models.TextField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField(null=True, unique=True)
    in_kind_note = models.TextField(blank=True)
    in_kind_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    in_kind_year = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["rank", "name"]

    def __str__(self) -> str:
        return self.name


class ContributionQuerySet(GuardedQuerySet["Contribution"]):
    """Contributions: visible with their project; those to no project, by their own level."""

    def entitled(self, viewer: Viewer) -> Q:
        nobody = Q(pk__in=[])
        own = Q(contributor__country__code__in=viewer.country_codes)
        mine = by_level(viewer, concerns=own, assessed=nobody, named=nobody)
        seen = Project.objects.visible_to(viewer).order_by().values("pk")
        return mine & (Q(project__isnull=True) | Q(project__in=seen))


class Contribution(Record):
    """Money or goods that a contributor gave: how much, in which currency, when, for which project."""

    class Kind(models.TextChoices):
        CASH = "cash", _("In cash")
        IN_KIND = "in_kind", _("In kind")

    level = models.CharField(max_length=10, choices=LevelChoice.choices, default=LevelChoice.COMPACT)
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.CASH)
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    amount_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    received_on = models.DateField()

    objects = ContributionQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.contributor_id} {self.amount} {self.currency}"
