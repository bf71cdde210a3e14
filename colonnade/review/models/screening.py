"""Screening by the secretariat: complete, or returned with comments on fields; questions and answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.members.models import Person
from colonnade.review.models.proposal import OfProposal, OfProposalQuerySet


class Screening(OfProposal):
    """One look of the secretariat at a submitted proposal. ``field_comments`` is field -> comment."""

    class Outcome(models.TextChoices):
        COMPLETE = "complete", _("Complete")
        RETURNED = "returned", _("Returned")

    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    comment = models.TextField(blank=True)
    field_comments = models.JSONField(default=dict)
    screened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    screened_at = models.DateTimeField()

    objects = OfProposalQuerySet["Screening"].as_manager()

    class Meta:
        ordering = ["-screened_at", "-id"]


class Question(OfProposal):
    """What the secretariat, a reviewer or the board asks the applicant, and the answer."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    text = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = OfProposalQuerySet["Question"].as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="an_answer_says_something",
            )
        ]
