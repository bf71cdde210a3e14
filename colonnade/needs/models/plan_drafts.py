"""What a plan of action says while it is drafted: needs, outcomes, outputs, activities, indicators, risks.

Its circle reads them, a need only whoever sees the need. ``place`` orders siblings. ``key`` is what a version, and what
is reported of it, know an activity or an indicator by. Amounts are US dollars.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Entity, Person
from colonnade.needs.models.need import Recommendation
from colonnade.needs.models.plans import ActionPlan, ActivityReport, OfCircleQuerySet, OfPlan, in_circle
from colonnade.portfolio.models import Project


class PlanNeedQuerySet(GuardedQuerySet["PlanNeed"]):
    """Needs in a draft: seen in the plan's circle where the need is seen too."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(
            of_plan__in=ActionPlan._base_manager.filter(in_circle(viewer)).order_by().values("pk"),
            need__in=Recommendation.objects.visible_to(viewer).order_by().values("pk"),
        )


class PlanNeed(OfPlan):
    """A need that the plan answers, and why it stands where it does among them."""

    need = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)

    objects = PlanNeedQuerySet.as_manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["of_plan", "need"], name="a_need_is_in_a_plan_once")]


class PlanPart(OfPlan):
    """A part of a draft that a version knows by its key."""

    key = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    place = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        abstract = True
        ordering = ["place", "pk"]


class PlanOutcome(PlanPart):
    """What will be different."""

    objects = OfCircleQuerySet["PlanOutcome"].as_manager()


class PlanOutput(PlanPart):
    """What will be there, towards an outcome."""

    outcome = models.ForeignKey(PlanOutcome, on_delete=models.PROTECT, related_name="+")

    objects = OfCircleQuerySet["PlanOutput"].as_manager()


class PlanActivity(PlanPart):
    """Who does what by when, what it costs, what of that is funded and where that comes from.

    The amounts are those that the plan's people wrote: a linked project proposes its own, and never replaces them. The
    lead says that it leads (``answer``), again whenever the activity changes.
    """

    class Answer(models.TextChoices):
        NONE = "", _("Not answered yet")
        ACCEPTED = "accepted", _("Leads it")
        DECLINED = "declined", _("Does not lead it")

    output = models.ForeignKey(PlanOutput, on_delete=models.PROTECT, related_name="+")
    lead = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    partners = ArrayField(models.CharField(max_length=60), default=list, help_text="Codes of entities")
    starts_on = models.DateField()
    ends_on = models.DateField()
    cost = models.DecimalField(
        max_digits=18, decimal_places=2, help_text="0 where nothing is needed beyond what is there"
    )
    funded = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    funded_from = models.CharField(max_length=200, blank=True)
    status = models.CharField(
        max_length=9, choices=ActivityReport.Status.choices, default=ActivityReport.Status.PLANNED
    )
    for_project = models.ForeignKey(Project, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    says = models.TextField(blank=True, help_text="Why the lead declines, or under what condition it accepts")
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    objects = OfCircleQuerySet["PlanActivity"].as_manager()

    class Meta(PlanPart.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="an_activity_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(funded__gte=0, cost__gte=F("funded")), name="an_activity_is_funded_up_to_its_cost"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, answered_by__isnull=True)
                | ~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False),
                name="an_answer_of_a_lead_has_its_day_and_person",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(says=""), name="a_lead_is_declined_with_a_reason"
            ),
        ]


class PlanIndicator(PlanPart):
    """How an outcome or an output is measured: from what, to what, by when."""

    outcome = models.ForeignKey(PlanOutcome, null=True, on_delete=models.PROTECT, related_name="+")
    output = models.ForeignKey(PlanOutput, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=60)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    target = models.DecimalField(max_digits=18, decimal_places=4)
    due_on = models.DateField()

    objects = OfCircleQuerySet["PlanIndicator"].as_manager()

    class Meta(PlanPart.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=False, output__isnull=True) | Q(outcome__isnull=True, output__isnull=False),
                name="an_indicator_is_of_an_outcome_or_an_output",
            ),
        ]


class PlanRisk(PlanPart):
    """What could go wrong, how likely it is and how bad it would be, what is done about it and by whom."""

    class Degree(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    likelihood = models.CharField(max_length=6, choices=Degree.choices)
    impact = models.CharField(max_length=6, choices=Degree.choices)
    response = models.TextField()
    owner = models.CharField(max_length=120)

    objects = OfCircleQuerySet["PlanRisk"].as_manager()
