"""What came of it: events, publications, the submissions of States and organisations, oversight recommendations."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import LevelChoice, Record, Sourced
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet, by_level
from colonnade.members.models import Entity
from colonnade.places.models import Country
from colonnade.strategy.models import Pillar


class EventQuerySet(GuardedQuerySet["Event"]):
    """Events, read through ``visible_to``."""

    def entitled(self, viewer: Viewer) -> Q:
        attended = EventAttendance._base_manager.filter(event=OuterRef("pk"), country__code__in=viewer.country_codes)
        here = Q(country__code__in=viewer.country_codes) | Q(Exists(attended))
        return by_level(viewer, concerns=here, assessed=Q(pk__in=[]), named=Q(organiser__code__in=viewer.entity_ids))


class Event(Record):
    """A workshop, mission, meeting or conference. Participants are numbers, never names."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("Workshop")
        SIDE_EVENT = "side_event", _("Side event, panel, seminar or briefing")
        EXPERT_MEETING = "expert_meeting", _("Expert meeting")
        TECHNICAL_MISSION = "technical_mission", _("Technical mission")
        OUTREACH_EVENT = "outreach_event", _("Outreach event")
        THEMATIC_REGIONAL_EVENT = "thematic_regional_event", _("Thematic regional event")
        HIGH_LEVEL_CONFERENCE = "high_level_conference", _("Regional high-level conference")
        TRAINING = "training", _("Training")

    level = models.CharField(max_length=10, choices=LevelChoice.choices, default=LevelChoice.PUBLIC)
    code = models.CharField(max_length=60, unique=True, null=True)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    title = models.TextField()
    organiser = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    city = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    participants = models.PositiveIntegerField(null=True)
    partner_countries = models.ManyToManyField(Country, related_name="+")
    partner_entities = models.ManyToManyField(Entity, related_name="+")
    series = models.SlugField()
    source = models.TextField(blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="event_ends_after_start"),
            models.CheckConstraint(condition=~Q(level="restricted"), name="event_is_not_restricted"),
        ]

    def __str__(self) -> str:
        return self.title


class EventAttendanceQuerySet(GuardedQuerySet["EventAttendance"]):
    """Attendance, as visible as its event."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(event__in=Event.objects.visible_to(viewer).order_by().values("pk"))


class EventAttendance(models.Model):
    """How many people a State sent to an event."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    participants = models.PositiveIntegerField()

    objects = EventAttendanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "country"], name="one_count_a_state")]

    def __str__(self) -> str:
        return f"{self.event_id}/{self.country_id}"


class Publication(Sourced, Record):
    """A handbook, compendium, guide or report that the work produced. Public."""

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=40)
    title = models.TextField()
    publishers = models.ManyToManyField(Entity, related_name="publications")
    published_in = models.CharField(max_length=10, blank=True, help_text="A year, month or day, as far as is known")
    standing = models.CharField(max_length=10)
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.PROTECT, related_name="publications")

    class Meta:
        ordering = ["published_in", "title"]

    def __str__(self) -> str:
        return self.title


class Submission(Sourced, Record):
    """What a State, an organisation or civil society sent in for a report. Public: that it came, not what it says."""

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        ORGANISATION = "organisation", _("Organisation")
        CIVIL_SOCIETY = "civil_society", _("Civil society")

    kind = models.CharField(max_length=14, choices=Kind.choices)
    submitter = models.CharField(max_length=200, unique=True)
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(default=1, help_text="How many submissions this row stands for")

    def __str__(self) -> str:
        return self.submitter


class OversightRecommendation(Sourced, Record):
    """Recommendations of an audit or evaluation, as one row for each report and field. Public."""

    code = models.CharField(max_length=60, unique=True)
    report = models.TextField()
    body = models.TextField()
    released_in = models.CharField(max_length=10, blank=True, help_text="A year, month or day, as far as is known")
    field = models.TextField()
    number = models.PositiveIntegerField(null=True, help_text="How many recommendations this row stands for")
    importance = models.CharField(max_length=20, blank=True)
    percent_implemented = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    standing = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.report} {self.field}"
