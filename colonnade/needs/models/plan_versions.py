"""Versions of a plan of action: what was proposed to its States, what they consented to, and the costed table.

Needs and projects of a version stand in rows of their own, which not every reader of it sees.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Person
from colonnade.needs.models.need import Recommendation
from colonnade.needs.models.plans import ActionPlan, OfCircleQuerySet, OfPlan, in_circle
from colonnade.places.models import Country
from colonnade.portfolio.models import Project


class PlanVersionQuerySet(GuardedQuerySet["PlanVersion"]):
    """Versions: those that were agreed are seen with the plan, the others in its circle."""

    def entitled(self, viewer: Viewer) -> Q:
        circle = ActionPlan._base_manager.filter(in_circle(viewer)).order_by().values("pk")
        readers = ActionPlan.objects.visible_to(viewer).order_by().values("pk")
        return Q(of_plan__in=circle) | Q(of_plan__in=readers, standing=PlanVersion.Standing.AGREED)


class PlanVersion(OfPlan):
    """What was proposed to the States: ``content`` is that of :class:`colonnade.needs.plans.content.PlanContent`, as
    it was then, without needs and projects. Those stand in rows of their own, which not every reader sees.

    Of what is proposed the database changes nothing but where it stands.
    """

    class Standing(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        RETURNED = "returned", _("Sent back")

    number = models.PositiveSmallIntegerField(help_text="The number that it has once it is agreed")
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.PROPOSED)
    content = models.JSONField()
    changes = models.TextField(blank=True, help_text="What is new in it, in the words of whoever proposed it")
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    agreed_on = models.DateField(null=True)
    returned_because = models.TextField(blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["of_plan", "number"], condition=~Q(standing="returned"), name="a_version_has_its_number_alone"
            ),
            models.CheckConstraint(
                condition=Q(standing="agreed", agreed_on__isnull=False)
                | (~Q(standing="agreed") & Q(agreed_on__isnull=True)),
                name="an_agreed_version_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(standing="returned") | ~Q(returned_because=""), name="a_version_is_sent_back_with_a_reason"
            ),
        ]


class OfVersion(models.Model):
    """What belongs to a version, beside its content."""

    of_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


class VersionNeedQuerySet(GuardedQuerySet["VersionNeed"]):
    """Needs in a version: seen where the version and the need are."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(
            of_version__in=PlanVersion.objects.visible_to(viewer).order_by().values("pk"),
            need__in=Recommendation.objects.visible_to(viewer).order_by().values("pk"),
        )


class VersionNeed(OfVersion):
    """A need in a version: ``place`` orders it among the others. A reader is told its rank among those they see."""

    need = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)

    objects = VersionNeedQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["of_version", "need"], name="a_need_is_in_a_version_once")]


class VersionProjectQuerySet(GuardedQuerySet["VersionProject"]):
    """Projects behind activities of a version: seen where the version and the project are."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(
            of_version__in=PlanVersion.objects.visible_to(viewer).order_by().values("pk"),
            project__in=Project.objects.readable_by(viewer).order_by().values("pk"),
        )


class VersionProject(OfVersion):
    """The project that an activity (``key``) of a version is."""

    key = models.CharField(max_length=16)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")

    objects = VersionProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of_version", "key"], name="one_project_an_activity_of_a_version")
        ]


class PlanConsent(OfPlan):
    """A State's consent: to a version, to the compact's reading what is agreed, or to everybody's reading the costs.

    It counts once it is confirmed: that to a version by the State's focal point, the others by a second person. One
    that is withdrawn takes back what was open under it. ``of_version`` is set where it covers one.
    """

    class Covers(models.TextChoices):
        VERSION = "version", _("A version of the plan")
        COMPACT = "compact", _("That the whole compact reads what is agreed")
        COSTS = "costs", _("That donors and the public read the costed table")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    covers = models.CharField(max_length=7, choices=Covers.choices)
    of_version = models.ForeignKey(PlanVersion, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    given_by = models.CharField(max_length=200, help_text="The office of the State that consented")
    given_on = models.DateField()
    document = models.CharField(max_length=200, help_text="The reference of the letter or note")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfCircleQuerySet["PlanConsent"].as_manager()

    class Meta:
        ordering = ["-recorded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_by="") & ~Q(document=""), name="a_plan_consent_says_who_and_where"
            ),
            models.CheckConstraint(
                condition=Q(covers="version", of_version__isnull=False)
                | (~Q(covers="version") & Q(of_version__isnull=True)),
                name="a_consent_to_a_version_names_it",
            ),
            models.CheckConstraint(
                condition=Q(covers="version") | Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="another_person_confirms_who_reads_a_plan",
            ),
            models.UniqueConstraint(
                fields=["of_plan", "country", "covers"],
                condition=Q(withdrawn_at__isnull=True, of_version__isnull=True),
                name="one_consent_to_readers_of_a_plan",
            ),
            models.UniqueConstraint(
                fields=["of_version", "country"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_consent_to_a_version",
            ),
        ]


class PlanCostsQuerySet(GuardedQuerySet["PlanCosts"]):
    """Costed tables: everybody reads one that is shared, and whoever sees the plan its own."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(shared=True) | Q(of_plan__in=ActionPlan.objects.visible_to(viewer).order_by().values("pk"))


class PlanCosts(OfPlan):
    """The costed table of the version in force, with what was reported since: a
    :class:`colonnade.needs.plans.content.CostedTable`, and nothing of needs, risks, remarks or projects.

    It has an address of its own, so that whoever reads it learns nothing by which to ask for the plan.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    table = models.JSONField()
    shared = models.BooleanField(default=False)
    as_of = models.DateField()

    objects = PlanCostsQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of_plan"], name="a_plan_has_one_costed_table")]
