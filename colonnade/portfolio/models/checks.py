"""Checks of markers: a sample is drawn of what was scored, and a second person looks at each score of it.

A check keeps the score as it stood when it was drawn: a project may be scored anew before anybody looks.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Level, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Person
from colonnade.portfolio.models.links import OfProject
from colonnade.portfolio.models.project import Project


class MarkerSampleQuerySet(GuardedQuerySet["MarkerSample"]):
    """Samples: what was considered names projects of every level, so that those read it who see every record."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q() if viewer.sees_restricted else Q(pk__in=[])


class MarkerSample(models.Model):
    """A draw among the scores of a period, with all that is needed to repeat it.

    ``considered`` maps each lead entity's code to the keys that could have been drawn of it: a project's public
    identifier and a marker. ``undated`` is whether scores that reports brought without a day were among them.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    first_on = models.DateField()
    last_on = models.DateField()
    undated = models.BooleanField(default=False)
    of_each = models.PositiveSmallIntegerField(help_text="How many scores of each entity")
    seed = models.TextField(unique=True)
    considered = models.JSONField()
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    objects = MarkerSampleQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="sample_ends_after_start"),
            models.CheckConstraint(condition=Q(of_each__gte=1), name="sample_reaches_each_entity"),
        ]

    def __str__(self) -> str:
        return self.seed


class MarkerCheckQuerySet(GuardedQuerySet["MarkerCheck"]):
    """Checks: read with their project, but never wider than inside the compact."""

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.sees_restricted:
            return Q()
        seen = Q(project__in=Project.objects.visible_to(viewer).order_by().values("pk"))
        if viewer.inside_the_compact:
            return seen
        here = Project._base_manager.filter(projectcountry__country__code__in=viewer.country_codes)
        return seen & (~Q(project__level=Level.PUBLIC) | Q(project__in=here.values("pk")))


class MarkerCheck(OfProject):
    """A score that was drawn, what a second person says of it, and what the entity answers.

    ``score``, ``justification`` and ``scored_by`` are those of the day of the draw.
    """

    class Outcome(models.TextChoices):
        AGREES = "agrees", _("Agrees")
        PROPOSES = "proposes", _("Proposes another score")

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        KEPT = "kept", _("Kept, with a reason")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    sample = models.ForeignKey(MarkerSample, on_delete=models.PROTECT, related_name="+")
    marker = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField()
    justification = models.TextField(blank=True)
    scored_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    drawn_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    proposed = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    checked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answer_reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = MarkerCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "project", "marker"], name="drawn_once_a_sample"),
            models.CheckConstraint(condition=Q(score__lte=3), name="checked_score_0_to_3"),
            models.CheckConstraint(
                condition=Q(outcome="", checked_by__isnull=True, checked_at__isnull=True, proposed__isnull=True)
                | Q(outcome="agrees", checked_by__isnull=False, checked_at__isnull=False, proposed__isnull=True)
                | (
                    Q(outcome="proposes", checked_by__isnull=False, checked_at__isnull=False, proposed__lte=3)
                    & ~Q(proposed=F("score"))
                    & ~Q(reason="")
                ),
                name="a_check_agrees_or_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | Q(scored_by__isnull=True) | ~Q(checked_by=F("scored_by")),
                name="who_scores_does_not_check",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (
                    Q(outcome="proposes", answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(answered_by=F("checked_by"))
                    & (Q(answer="accepted") | (Q(answer="kept") & ~Q(answer_reason="")))
                ),
                name="another_answers_a_proposed_score",
            ),
        ]

    @property
    def standing(self) -> str:
        """Where it stands: to be checked, with the entity, or done."""
        if not self.outcome:
            return "drawn"
        return "answering" if self.outcome == self.Outcome.PROPOSES and not self.answer else "done"
