"""Requests of States for assistance, and requests to join a programme (A/74/677 paragraph 18; annex V, section C).

A request is its State's: its people, the secretariat, auditors and the entities that it was passed to read it; the
whole compact does, or the resident coordinator, where the State, or the channel that it took, says so. It is never
public, and holds nothing about individuals. What was done with it stands in steps that nobody changes.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import LevelChoice, Record, Sourced
from colonnade.core.viewer import Level, Role, Viewer
from colonnade.core.visibility import GuardedQuerySet, M
from colonnade.members.models import Entity, Person
from colonnade.needs.models.need import Recommendation
from colonnade.places.models import Country
from colonnade.portfolio.models import Programme, Project
from colonnade.strategy.models import Safeguard, Theme


class AssistanceProcess(Sourced):
    """How requests are dealt with: kinds, channels, who is told, clocks. Data of the strategy.

    ``rules`` is what :class:`colonnade.needs.assistance.rules.Rules` reads. What they prescribe of one request is
    written down with it when it is filed, so that other rules change nothing of what was promised.
    """

    code = models.SlugField(unique=True)
    title = models.TextField()
    rules = models.JSONField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class AssistanceRequestQuerySet(GuardedQuerySet["AssistanceRequest"]):
    """Requests, read through ``visible_to``."""

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.sees_restricted:
            return Q()
        allowed = Q(pk__in=[])
        if viewer.inside_the_compact:
            allowed |= Q(level=Level.COMPACT)
        # Whoever assesses a State does not read what it asks of others.
        if Role.STATE in viewer.roles and viewer.country_codes:
            allowed |= Q(country__code__in=viewer.country_codes)
        # In-country leadership reads what the State, or the channel that it chose, lets them read.
        if viewer.coordinates:
            allowed |= Q(coordinator_reads=True, country__code__in=viewer.coordinates)
        if viewer.entity_ids:
            passed = AssistancePassing._base_manager.filter(entity__code__in=viewer.entity_ids)
            allowed |= Q(pk__in=passed.values("of_request"))
        return allowed


class AssistanceRequest(Record):
    """A State asks for help, or to join a programme: what, why, which need it answers, by when, by which channel.

    ``lead`` is the entity that was named; ``due_on`` the day by which the step that it waits for is to be done.
    """

    class Sort(models.TextChoices):
        ASSISTANCE = "assistance", _("Request for assistance")
        JOINING = "joining", _("Request to join a programme")

    class Standing(models.TextChoices):
        FILED = "filed", _("Filed")
        PASSED = "passed", _("With entities")
        LED = "led", _("Has a lead")
        PROJECT = "project", _("Became a project")
        PLAN = "plan", _("Became a plan of action")
        JOINED = "joined", _("Joined the programme")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        OBJECTED = "objected", _("The State objects to its closing")

    class Brought(models.TextChoices):
        STATE = "state", _("The State")
        COORDINATOR = "coordinator", _("The resident coordinator")

    class Touches(models.TextChoices):
        NOBODY = "", _("Neither in particular")
        WOMEN = "women", _("Women")
        CHILDREN = "children", _("Children")
        BOTH = "both", _("Women and children")

    level = models.CharField(max_length=10, choices=LevelChoice.choices, default=LevelChoice.RESTRICTED)
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.ASSISTANCE)
    kind = models.CharField(max_length=50, blank=True, help_text="Code of a kind of request, of the strategy's rules")
    channel = models.CharField(max_length=50, blank=True, help_text="Code of a channel, of the strategy's rules")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    what = models.TextField(blank=True, help_text="What is asked for")
    why = models.TextField(blank=True)
    answers_need = models.ForeignKey(Recommendation, null=True, on_delete=models.PROTECT, related_name="+")
    asked_theme = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="+")
    asked_programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="+")
    by_when = models.DateField(null=True)
    document = models.CharField(max_length=200, blank=True, help_text="The reference of the State's letter or note")
    brought_by = models.CharField(max_length=11, choices=Brought.choices, default=Brought.STATE)
    coordinator_reads = models.BooleanField(
        default=False, help_text="Whether the resident coordinator of the State reads it"
    )
    touches = models.CharField(max_length=8, choices=Touches.choices, blank=True)
    with_safeguards = models.BooleanField(default=False, help_text="Whether the safeguards checklist comes with it")
    facilitation = models.BooleanField(default=False, help_text="Whether somebody else's facilitation is sought too")
    sent_to = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    filed_by_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField()
    standing = models.CharField(max_length=9, choices=Standing.choices, default=Standing.FILED)
    standing_since = models.DateField()
    due_on = models.DateField(null=True)
    lead = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, help_text="Why it stands as it does; the State reads it")
    became_project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    object_until = models.DateField(null=True, help_text="Until when the State can object to the closing, once")
    objected_on = models.DateField(null=True)

    objects = AssistanceRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-filed_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(level="public"), name="a_request_is_not_public"),
            models.CheckConstraint(
                condition=Q(sort="joining", asked_programme__isnull=False)
                | Q(sort="assistance", asked_programme__isnull=True),
                name="who_asks_to_join_names_the_programme",
            ),
            models.CheckConstraint(
                condition=~Q(standing__in=["led", "project", "plan", "joined"]) | Q(lead__isnull=False),
                name="what_is_done_about_a_request_has_a_lead",
            ),
            models.CheckConstraint(
                condition=Q(standing="project", became_project__isnull=False)
                | ~Q(standing="project") & Q(became_project__isnull=True),
                name="a_request_that_became_a_project_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(standing__in=["plan", "closed", "withdrawn"]) | ~Q(reason=""),
                name="a_request_is_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(brought_by="coordinator") | Q(coordinator_reads=True),
                name="whoever_brought_a_request_reads_it",
            ),
            models.CheckConstraint(
                condition=~Q(standing="objected") | (Q(objected_on__isnull=False) & ~Q(reason="")),
                name="a_state_objects_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["country", "standing"])]

    def __str__(self) -> str:
        return self.title


class OfRequestQuerySet(GuardedQuerySet[M]):
    """Rows that belong to a request, and are visible with it."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(of_request__in=AssistanceRequest.objects.visible_to(viewer).order_by().values("pk"))


class OfRequest(models.Model):
    """What belongs to a request."""

    of_request = models.ForeignKey(AssistanceRequest, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


class AssistancePassing(OfRequest):
    """An entity that a request was passed to, why, and what it answered. It reads the request from then on."""

    class AskedAs(models.TextChoices):
        ASKED = "asked", _("Asked to answer")
        CONSULTED = "consulted", _("Consulted")

    class Answer(models.TextChoices):
        NONE = "", _("Not answered yet")
        INTERESTED = "interested", _("Interested: can take part")
        CAN_LEAD = "can_lead", _("Can lead")
        CANNOT = "cannot", _("Cannot")

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    asked_as = models.CharField(max_length=9, choices=AskedAs.choices, default=AskedAs.ASKED)
    why = models.TextField(blank=True, help_text="Why it was passed to this entity")
    passed_on = models.DateField()
    due_on = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    says = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfRequestQuerySet["AssistancePassing"].as_manager()

    class Meta:
        ordering = ["passed_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["of_request", "entity"], name="a_request_is_passed_to_an_entity_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, answered_by__isnull=True)
                | ~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False),
                name="an_answer_has_its_day_and_person",
            ),
        ]


class AssistanceNotice(OfRequest):
    """Somebody whom the channel of a request prescribes to tell, and when they were told."""

    class Act(models.TextChoices):
        INFORM = "inform", _("Is kept informed")
        NOTIFY = "notify", _("Is notified")
        CONSULT = "consult", _("Is consulted")
        APPROACH = "approach", _("The State approaches them directly")

    position = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=8, choices=Act.choices)
    whom = models.TextField()
    text = models.TextField(blank=True, help_text="What the rules say of it")
    done_on = models.DateField(null=True)
    done_note = models.TextField(blank=True)

    objects = OfRequestQuerySet["AssistanceNotice"].as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["of_request", "position"], name="one_notice_a_place")]


class AssistanceSafeguard(OfRequest):
    """The answer to a question of the safeguards that a request brings with it; ``None``: it does not apply."""

    safeguard = models.ForeignKey(Safeguard, on_delete=models.PROTECT, related_name="+")
    respected = models.BooleanField(null=True)
    how = models.TextField()

    objects = OfRequestQuerySet["AssistanceSafeguard"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_request", "safeguard"], name="one_answer_a_safeguard_of_a_request"),
            models.CheckConstraint(condition=~Q(how=""), name="a_safeguard_of_a_request_is_explained"),
        ]


class AssistanceStep(OfRequest):
    """What was done with a request, and for whom: an entity, a State, or, where both are empty, the secretariat.

    Steps are never changed; the database refuses it.
    """

    class Done(models.TextChoices):
        FILED = "filed", _("Filed")
        PASSED = "passed", _("Passed on")
        ANSWERED = "answered", _("Answered")
        LEAD = "lead", _("Lead named")
        LEAD_BACK = "lead_back", _("Lead taken back")
        TOLD = "told", _("Told")
        SAFEGUARDS = "safeguards", _("Safeguards answered")
        READERS = "readers", _("Readers changed")
        PROJECT = "project", _("Became a project")
        PLAN = "plan", _("Became a plan of action")
        JOINED = "joined", _("Joined the programme")
        CLOSED = "closed", _("Closed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        OBJECTED = "objected", _("The State objected to the closing")
        REOPENED = "reopened", _("Opened again")
        UPHELD = "upheld", _("The closing stands")

    done = models.CharField(max_length=10, choices=Done.choices)
    standing = models.CharField(max_length=9, choices=AssistanceRequest.Standing.choices)
    says = models.TextField(blank=True)
    about = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(db_default=Now())

    objects = OfRequestQuerySet["AssistanceStep"].as_manager()

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entity__isnull=True) | Q(country__isnull=True), name="a_step_of_a_request_is_taken_for_one"
            ),
        ]
