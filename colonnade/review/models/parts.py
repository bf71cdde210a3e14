"""What a proposal is made of beside its texts: budget lines, outputs, risks, consultations, markers, safeguards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colonnade.members.models import Entity
from colonnade.review.models.proposal import OfProposal, OfProposalQuerySet
from colonnade.strategy.models import Safeguard


class BudgetLine(OfProposal):
    """One line of the budget, in US dollars: what is asked of the fund, and what others pay of it."""

    position = models.PositiveIntegerField()
    category = models.CharField(max_length=60)
    description = models.TextField(blank=True)
    amount_usd = models.DecimalField(max_digits=18, decimal_places=2)
    cofunded_usd = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    objects = OfProposalQuerySet["BudgetLine"].as_manager()

    class Meta:
        ordering = ["proposal", "position"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "position"], name="one_budget_line_a_position"),
            models.CheckConstraint(condition=Q(amount_usd__gte=0, cofunded_usd__gte=0), name="budget_line_not_below_0"),
        ]


class Output(OfProposal):
    """A product or a service that the project delivers: a row of its results framework."""

    class Kind(models.TextChoices):
        PRODUCT = "product", _("Product")
        SERVICE = "service", _("Service")

    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=7, choices=Kind.choices)
    title = models.TextField()
    outcome = models.TextField(blank=True)
    indicator = models.TextField(blank=True)
    baseline = models.TextField(blank=True)
    target = models.TextField(blank=True)
    due_on = models.DateField(null=True)

    objects = OfProposalQuerySet["Output"].as_manager()

    class Meta:
        ordering = ["proposal", "position"]
        constraints = [models.UniqueConstraint(fields=["proposal", "position"], name="one_output_a_position")]


class Risk(OfProposal):
    """What may go wrong, how likely and how badly, and what is done about it."""

    class Degree(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    position = models.PositiveIntegerField()
    title = models.TextField()
    likelihood = models.CharField(max_length=6, choices=Degree.choices)
    impact = models.CharField(max_length=6, choices=Degree.choices)
    mitigation = models.TextField(blank=True)

    objects = OfProposalQuerySet["Risk"].as_manager()

    class Meta:
        ordering = ["proposal", "position"]
        constraints = [models.UniqueConstraint(fields=["proposal", "position"], name="one_risk_a_position")]


class Consultation(OfProposal):
    """With whom the applicant talked: the assessor, or an entity that is active there already; and what came of it."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)

    objects = OfProposalQuerySet["Consultation"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "entity"], name="one_consultation_an_entity")]


class ProposedMarker(OfProposal):
    """What the applicant scores a marker at, and why. A second person may check it."""

    marker = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    justification = models.TextField(blank=True)

    objects = OfProposalQuerySet["ProposedMarker"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "marker"], name="one_proposed_score_a_marker")]


class SafeguardAnswer(OfProposal):
    """The applicant's answer to one question of the safeguards."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_APPLICABLE = "na", _("Does not apply")

    safeguard = models.ForeignKey(Safeguard, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=3, choices=Answer.choices)
    explanation = models.TextField(blank=True)

    objects = OfProposalQuerySet["SafeguardAnswer"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "safeguard"], name="one_answer_a_question")]
