"""Appeals: joint calls to contributors, and the projects that they ask money for."""

from django.db import models
from django.db.models import Q

from colonnade.audit.records import LevelChoice, Record, Sourced
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet, by_level
from colonnade.members.models import Entity
from colonnade.portfolio.models import Project


class Appeal(Sourced):
    """A joint call to contributors, for a period of years."""

    key = models.SlugField(unique=True)
    title = models.TextField()
    launched_in = models.CharField(max_length=10, blank=True, help_text="A year, month or day, as far as is known")
    first_year = models.PositiveIntegerField()
    last_year = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.title


class AppealEntryQuerySet(GuardedQuerySet["AppealEntry"]):
    """Entries of an appeal: an appeal speaks to contributors, yet each entry has its level."""

    def entitled(self, viewer: Viewer) -> Q:
        nobody = Q(pk__in=[])
        here = Project._base_manager.filter(projectcountry__country__code__in=viewer.country_codes)
        return by_level(viewer, concerns=Q(project__in=here.values("pk")), assessed=nobody, named=nobody) & (
            Q(project__isnull=True) | Q(project__in=Project.objects.visible_to(viewer).order_by().values("pk"))
        )


class AppealEntry(Record):
    """A project that the appeal asks money for. ``project`` is empty for one outside the registry's portfolio."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=LevelChoice.choices, default=LevelChoice.PUBLIC)
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    pillar = models.ForeignKey("strategy.Pillar", null=True, on_delete=models.PROTECT, related_name="+")
    requirement_usd = models.DecimalField(max_digits=18, decimal_places=2)
    at_launch = models.BooleanField(default=False)

    objects = AppealEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "appeal entries"

    def __str__(self) -> str:
        return self.title
