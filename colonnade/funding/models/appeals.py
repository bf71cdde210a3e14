"""Appeals: joint calls to contributors, and the projects that they ask money for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import LevelChoice, Record, Sourced
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet, by_level
from colonnade.members.models import Entity
from colonnade.portfolio.models import Project


class Appeal(Sourced):
    """A joint call to contributors, for a period of years.

    One of a data pack was published, so that it begins as launched. That an appeal is prepared, its title and its
    years, is no secret; what it is to ask for is (:attr:`AppealEntry.level_at_launch`).
    """

    class Standing(models.TextChoices):
        DRAFTED = "drafted", _("Being prepared")
        LAUNCHED = "launched", _("Launched")
        CLOSED = "closed", _("Closed")

    key = models.SlugField(unique=True)
    title = models.TextField()
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.LAUNCHED)
    summary = models.TextField(blank=True)
    launched_in = models.CharField(max_length=10, blank=True, help_text="A year, month or day, as far as is known")
    first_year = models.PositiveIntegerField()
    last_year = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="an_appeal_ends_after_it_began")
        ]

    def __str__(self) -> str:
        return self.title


class AppealEntryQuerySet(GuardedQuerySet["AppealEntry"]):
    """Entries of an appeal: an appeal speaks to contributors, yet each entry has its level."""

    def entitled(self, viewer: Viewer) -> Q:
        nobody = Q(pk__in=[])
        here = Project._base_manager.filter(projectcountry__country__code__in=viewer.country_codes)
        return by_level(viewer, concerns=Q(project__in=here.values("pk")), assessed=nobody, named=nobody) & (
            # One that was taken out as its project's record was merged is still read: the past of an appeal names it.
            Q(project__isnull=True) | Q(project__in=Project.objects.readable_by(viewer).order_by().values("pk"))
        )


class AppealEntry(Record):
    """A project that the appeal asks money for. ``project`` is empty for one outside the registry's portfolio.

    Money that came from the day ``joined_on`` on counts; where that is not known, from the first day of the appeal.
    ``partial_sums`` says what less than the requirement would do, a line a sum
    (:mod:`colonnade.funding.partial_sums`). An entry of a draft has the level compact or restricted, and takes
    ``level_at_launch`` when the appeal is launched. One that was taken out is ended, not deleted: ``left_on``.
    """

    class Priority(models.TextChoices):
        HIGH = "high", _("High")
        MEDIUM = "medium", _("Medium")
        LOW = "low", _("Low")

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=LevelChoice.choices, default=LevelChoice.PUBLIC)
    level_at_launch = models.CharField(max_length=10, choices=LevelChoice.choices, blank=True)
    project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    pillar = models.ForeignKey("strategy.Pillar", null=True, on_delete=models.PROTECT, related_name="+")
    requirement_usd = models.DecimalField(max_digits=18, decimal_places=2)
    at_launch = models.BooleanField(default=False)
    priority = models.CharField(max_length=6, choices=Priority.choices, blank=True)
    purpose = models.TextField(blank=True)
    partial_sums = models.TextField(blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    left_because = models.TextField(blank=True)

    objects = AppealEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "appeal entries"
        constraints = [
            models.CheckConstraint(condition=Q(requirement_usd__gte=0), name="a_requirement_is_not_below_zero"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="an_entry_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.title
