"""What a State and its assessors say to each other about a recommendation: nothing of it is changed afterwards."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.members.models import Person
from colonnade.needs.models.need import Assessment, Recommendation
from colonnade.needs.models.wishes import OfTheirState


class RemarkQuerySet(OfTheirState["Remark"]):
    """Remarks, read through ``visible_to``."""


class Remark(models.Model):
    """A State's comment, a fact that it corrects, or what it did since; its assessor's answer, or what a follow-up
    visit (``assessment``) found. ``side`` is whose it is, since a person can change sides later."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("Comment")
        CORRECTION = "correction", _("Correction of fact")
        PROGRESS = "progress", _("Progress")
        ANSWER = "answer", _("Answer")
        FINDING = "finding", _("Found at a follow-up visit")

    class Side(models.TextChoices):
        STATE = "state", _("The State")
        ASSESSOR = "assessor", _("The assessor")
        SECRETARIAT = "secretariat", _("The secretariat")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    side = models.CharField(max_length=11, choices=Side.choices)
    text = models.TextField()
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="+")
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(db_default=Now())

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_remark_says_something"),
            models.CheckConstraint(
                condition=Q(kind="finding", assessment__isnull=False)
                | (~Q(kind="finding") & Q(assessment__isnull=True)),
                name="a_finding_names_its_visit",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
