"""What follows an approval: reports that fall due, and the closing of the project."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.members.models import Person
from colonnade.review.models.proposal import OfProposal, OfProposalQuerySet


class DueReport(OfProposal):
    """A progress or financial report that an approved project owes the board, and what it said.

    ``dropped_at`` is when an amendment moved the calendar, so that it is not owed any more.
    """

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("Progress report")
        FINANCIAL = "financial", _("Financial report")
        FINAL = "final", _("Final report")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=9, choices=Kind.choices)
    due_on = models.DateField()
    text = models.TextField(blank=True)
    spent_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    sent_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)
    dropped_at = models.DateTimeField(null=True)

    objects = OfProposalQuerySet["DueReport"].as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "kind", "due_on"], name="one_report_a_kind_and_day"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | (Q(accepted_by__isnull=False, sent_at__isnull=False) & ~Q(accepted_by=models.F("sent_by"))),
                name="who_reports_does_not_accept",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(sent_at__isnull=True), name="what_was_sent_is_not_dropped"
            ),
        ]


class Closure(OfProposal):
    """The end of an approved project: lessons, and the balance that went back."""

    lessons = models.TextField()
    refunded_usd = models.DecimalField(max_digits=18, decimal_places=2)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    objects = OfProposalQuerySet["Closure"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal"], name="closed_once"),
            models.CheckConstraint(condition=Q(refunded_usd__gte=0), name="refund_not_below_0"),
        ]
