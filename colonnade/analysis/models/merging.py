"""Two records of one project that are made one: who proposed it, who agreed, what was chosen, who carried it out."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Record
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Person
from colonnade.portfolio.models import Project


class MergingQuerySet(GuardedQuerySet["Merging"]):
    """Mergings: read inside the compact, by whoever reads both records, the one that was merged as well."""

    def entitled(self, viewer: Viewer) -> Q:
        if not viewer.inside_the_compact:
            return Q(pk__in=[])
        read = Project.objects.readable_by(viewer).order_by().values("pk")
        return Q(kept__in=read, merged__in=read)


class Merging(Record):
    """That ``merged`` is to become one with ``kept``, or has: proposed by one person, made by another.

    ``choices`` says what stands where the two differ (:mod:`colonnade.analysis.merging.comparing`). Each lead entity
    says for its side that it is one project; where one entity leads both, nobody else is asked.
    """

    class Standing(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        MADE = "made", _("Made one")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kept = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=9, choices=Standing.choices, default=Standing.PROPOSED)
    reason = models.TextField()
    choices = models.JSONField(default=dict)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    kept_agreed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    kept_agreed_at = models.DateTimeField(null=True)
    merged_agreed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    merged_agreed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    objects = MergingQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merging_of_two_records"),
            models.CheckConstraint(condition=~Q(reason=""), name="merging_says_why"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(standing__in=["proposed", "made"]), name="one_merging_a_record"
            ),
            models.CheckConstraint(
                condition=~Q(standing="made") | (Q(ended_by__isnull=False) & ~Q(ended_by=F("proposed_by"))),
                name="who_proposes_does_not_merge",
            ),
            models.CheckConstraint(
                condition=Q(standing="proposed", ended_at__isnull=True)
                | (~Q(standing="proposed") & Q(ended_at__isnull=False, ended_by__isnull=False)),
                name="merging_ended_by_somebody",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{side}_agreed_by__isnull": True, f"{side}_agreed_at__isnull": True})
                    | Q(**{f"{side}_agreed_by__isnull": False, f"{side}_agreed_at__isnull": False}),
                    name=f"who_agrees_for_the_{side}_and_when",
                )
                for side in ("kept", "merged")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.kept_id}: {self.standing}"
