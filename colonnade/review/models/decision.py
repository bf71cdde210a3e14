"""The head's decisions, which nobody edits: one can only be followed by another; conditions and objections."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.members.models import Person
from colonnade.review.models.meeting import AgendaItem, Outcome
from colonnade.review.models.proposal import OfProposal, OfProposalQuerySet


class Decision(OfProposal):
    """What the head decided. The database refuses to change or delete one; ``follows`` is the one that it replaces."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    amount_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    reasons = models.TextField()
    feedback = models.TextField(blank=True, help_text="What the letter tells the applicant beside the reasons")
    item = models.ForeignKey(
        AgendaItem, null=True, on_delete=models.PROTECT, related_name="+", related_query_name="decision"
    )
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = OfProposalQuerySet["Decision"].as_manager()

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reasons=""), name="a_decision_has_reasons"),
            models.CheckConstraint(
                condition=Q(outcome__in=["approve", "conditions"], amount_usd__gt=0)
                | Q(outcome__in=["defer", "reject"], amount_usd__isnull=True),
                name="money_follows_approval",
            ),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(follows__isnull=True), name="one_first_decision_a_proposal"
            ),
        ]


class Condition(OfProposal):
    """What an approval is tied to, until it is met. Who reports it met does not confirm it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    text = models.TextField()
    due_on = models.DateField(null=True)
    evidence = models.TextField(blank=True)
    reported_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    met_at = models.DateTimeField(null=True)

    objects = OfProposalQuerySet["Condition"].as_manager()

    class Meta:
        ordering = ["decision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="one_condition_a_position"),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | (Q(met_by__isnull=False) & ~Q(met_by=models.F("reported_by"))),
                name="who_reports_a_condition_does_not_confirm_it",
            ),
        ]


class Objection(OfProposal):
    """An applicant's objection to a decision, where the process allows one, within its days."""

    class Standing(models.TextChoices):
        OPEN = "open", _("Open")
        UPHELD = "upheld", _("Upheld: decided anew")
        DISMISSED = "dismissed", _("Dismissed")

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="+")
    grounds = models.TextField()
    standing = models.CharField(max_length=9, choices=Standing.choices, default=Standing.OPEN)
    answer = models.TextField(blank=True)
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = OfProposalQuerySet["Objection"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(grounds=""), name="an_objection_has_grounds"),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=models.F("raised_by")),
                name="who_objects_does_not_answer",
            ),
        ]
