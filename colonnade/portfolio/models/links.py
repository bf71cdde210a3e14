"""What a project is linked to. Every link is as visible as its project, and no more."""

from typing import TypeVar

from django.db import models
from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Entity, Person
from colonnade.places.models import Country, Region
from colonnade.portfolio.models.project import Project
from colonnade.strategy.models import Area, Mandate, Pillar, Safeguard, Theme

L = TypeVar("L", bound=Model)


class OfProjectQuerySet(GuardedQuerySet[L]):
    """Rows that belong to a project, and are visible with it."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(project__in=Project.objects.visible_to(viewer).order_by().values("pk"))


class OfProject(models.Model):
    """A link of a project."""

    # No accessor on the project, so that nothing reads links past ``visible_to``; queries may still join by this name.
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", related_query_name="%(class)s")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


def _share() -> "models.DecimalField[float | None, float | None]":
    return models.DecimalField(max_digits=7, decimal_places=4, null=True)


def _share_is_a_percentage(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(share__isnull=True) | (Q(share__gte=0) & Q(share__lte=100)), name=f"{name}_share_is_a_percentage"
    )


class ProjectPartner(OfProject):
    """An organisation that takes part, with its role. ``entity`` is empty for one that the registry does not list."""

    class PartnerRole(models.TextChoices):
        FUNDING = "funding", _("Funding")
        ACCOUNTABLE = "accountable", _("Accountable")
        EXTENDING = "extending", _("Extending")
        IMPLEMENTING = "implementing", _("Implementing")

    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    role = models.CharField(max_length=12, choices=PartnerRole.choices)

    objects = OfProjectQuerySet["ProjectPartner"].as_manager()


class ProjectPillar(OfProject):
    """A further pillar that a project serves, beside its primary one, with an optional share in per cent."""

    pillar = models.ForeignKey(Pillar, on_delete=models.PROTECT, related_name="+")
    share = _share()

    objects = OfProjectQuerySet["ProjectPillar"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "pillar"], name="one_link_a_pillar"),
            _share_is_a_percentage("pillar"),
        ]


class ProjectArea(OfProject):
    """A priority area of the plan of action that a project serves. There may be several."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    objects = OfProjectQuerySet["ProjectArea"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "area"], name="one_link_an_area")]


class ProjectTheme(OfProject):
    """A thematic priority of a project."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")

    objects = OfProjectQuerySet["ProjectTheme"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "theme"], name="one_link_a_theme")]


class ProjectCountry(OfProject):
    """A State that benefits, with its share of the project in per cent where it was reported."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    share = _share()

    objects = OfProjectQuerySet["ProjectCountry"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "country"], name="one_link_a_country"),
            _share_is_a_percentage("country"),
        ]


class ProjectRegion(OfProject):
    """A region that benefits."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    share = _share()

    objects = OfProjectQuerySet["ProjectRegion"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "region"], name="one_link_a_region"),
            _share_is_a_percentage("region"),
        ]


class ProjectMandate(OfProject):
    """A resolution that a project implements, with the paragraph where it was given."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    paragraph = models.CharField(max_length=20, blank=True)

    objects = OfProjectQuerySet["ProjectMandate"].as_manager()


class ProjectMarker(OfProject):
    """How far a project aims at something that cuts across: gender, human rights, youth, civil society, victims.

    ``scored_by`` and ``scored_at`` say who scored it here and when; both are empty for what a report brought.
    """

    marker = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField()
    justification = models.TextField(blank=True)
    scored_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    scored_at = models.DateTimeField(null=True)

    objects = OfProjectQuerySet["ProjectMarker"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "marker"], name="one_score_a_marker"),
            models.CheckConstraint(condition=Q(score__lte=3), name="marker_score_0_to_3"),
            models.CheckConstraint(
                condition=Q(scored_by__isnull=True, scored_at__isnull=True)
                | (Q(scored_by__isnull=False, scored_at__isnull=False) & ~Q(justification="")),
                name="who_scores_a_marker_says_why",
            ),
        ]


class ProjectSafeguard(OfProject):
    """The answer to a question of the safeguards checklist."""

    safeguard = models.ForeignKey(Safeguard, on_delete=models.PROTECT, related_name="+")
    respected = models.BooleanField(null=True)
    how = models.TextField(blank=True)

    objects = OfProjectQuerySet["ProjectSafeguard"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "safeguard"], name="one_answer_a_safeguard")]


class ReferenceCode(OfProject):
    """How another system calls the project: an IATI identifier, a fund's grant number, an office's code."""

    scheme = models.CharField(max_length=40)
    code = models.CharField(max_length=200)

    objects = OfProjectQuerySet["ReferenceCode"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["scheme", "code"])]


class MappedFact(OfProject):
    """Where a fact of the project came from: the file and row, and the rule that mapped it."""

    field = models.CharField(max_length=40)
    value = models.TextField()
    rule = models.CharField(max_length=120)
    evidence = models.TextField(blank=True)
    file = models.TextField()
    row = models.PositiveIntegerField(null=True)

    objects = OfProjectQuerySet["MappedFact"].as_manager()
