"""Decisions on projects that overlap, and suggestions that somebody dismissed."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Record
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Entity, Person
from colonnade.needs.models import Recommendation
from colonnade.portfolio.models import Project


class OverlapDecisionQuerySet(GuardedQuerySet["OverlapDecision"]):
    """Decisions on pairs of projects: read inside the compact, where both projects are, one that was merged as well."""

    def entitled(self, viewer: Viewer) -> Q:
        if not viewer.inside_the_compact:
            return Q(pk__in=[])
        read = Project.objects.readable_by(viewer).order_by().values("pk")
        return Q(one__in=read, other__in=read)

    def of_two_records(self) -> "OverlapDecisionQuerySet":
        """Those about two projects neither of which was merged into another since."""
        return self.filter(one__merged_into__isnull=True, other__merged_into__isnull=True)

    def in_force(self) -> "OverlapDecisionQuerySet":
        """Those that no later one took the place of, about two records that are still two."""
        return self.filter(ended_at__isnull=True).of_two_records()

    def not_declined(self) -> "OverlapDecisionQuerySet":
        """Those in force that nobody declined: a pair about which somebody did is to be decided again."""
        return self.in_force().filter(declined_at__isnull=True)

    def settled_same(self) -> "OverlapDecisionQuerySet":
        """Those in force by which two records are of the same project for everybody: both sides said so, or one entity
        leads both. What one side says is shown with the pair and marks no record of the other."""
        both = Q(one_accepted_at__isnull=False, other_accepted_at__isnull=False)
        one_lead = Q(one__lead_entity=F("other__lead_entity"))
        return self.not_declined().filter(both | one_lead, verdict=OverlapDecision.Verdict.SAME)


class OverlapDecision(Record):
    """What was decided about two projects that seem to do nearly the same. Who decided is not asked again.

    The action puts the project with the lower key first. ``probability`` and ``kind`` are as they were proposed at the
    time, empty where nobody proposed the pair. A later decision ends the earlier one, which stays.

    Who is to coordinate what, and by when, is a proposal, and so is that two records are of one project: each lead
    entity accepts it for its side, or declines it with a reason, or changes it by another decision, about which the
    other side is asked again. What was declined stands and the pair is to be decided again; who declined can accept
    after all.
    """

    class Verdict(models.TextChoices):
        SAME = "same", _("The same project, recorded twice")
        COORDINATE = "coordinate", _("Different projects, to be coordinated")
        FINE = "fine", _("Different projects, and fine as they are")

    one = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField()
    kept = models.ForeignKey(
        Project,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Of the same project, the record to keep",
    )
    coordinator = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, help_text="By when it is coordinated")
    probability = models.DecimalField(max_digits=7, decimal_places=6, null=True)
    kind = models.CharField(max_length=40, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    one_accepted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    one_accepted_at = models.DateTimeField(null=True)
    other_accepted_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    other_accepted_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    declined_for = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    declined_at = models.DateTimeField(null=True)
    declined_because = models.TextField(blank=True)

    objects = OverlapDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="overlap_of_two_projects"),
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(ended_at__isnull=True), name="one_decision_in_force_a_pair"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="overlap_decision_says_why"),
            models.CheckConstraint(
                condition=Q(verdict="coordinate", coordinator__isnull=False, due_on__isnull=False)
                | (~Q(verdict="coordinate") & Q(coordinator__isnull=True, due_on__isnull=True)),
                name="who_coordinates_and_by_when",
            ),
            models.CheckConstraint(
                condition=Q(verdict="same", kept__isnull=False) & (Q(kept=F("one")) | Q(kept=F("other")))
                | (~Q(verdict="same") & Q(kept__isnull=True)),
                name="one_of_the_two_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(
                    declined_at__isnull=True, declined_by__isnull=True, declined_for__isnull=True, declined_because=""
                )
                | (
                    Q(declined_at__isnull=False, declined_by__isnull=False, declined_for__isnull=False)
                    & ~Q(declined_because="")
                ),
                name="who_declines_to_coordinate_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(verdict="fine")
                | Q(one_accepted_at__isnull=True, other_accepted_at__isnull=True, declined_at__isnull=True),
                name="what_is_fine_is_not_accepted_or_declined",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}: {self.verdict}"

    @property
    def standing(self) -> str:
        """Where the consent of both sides stands; ``decided`` where there is nothing to consent to."""
        if self.verdict == self.Verdict.FINE:
            return "decided"
        if self.ended_at is not None:
            return "ended"
        if self.declined_at is not None:
            return "declined"
        return "accepted" if self.one_accepted_at and self.other_accepted_at else "proposed"


class DismissedSuggestionQuerySet(GuardedQuerySet["DismissedSuggestion"]):
    """Dismissed suggestions: read inside the compact and by the State of the need, where both ends are."""

    def entitled(self, viewer: Viewer) -> Q:
        needs = Recommendation.objects.visible_to(viewer).order_by().values("pk")
        projects = Project.objects.visible_to(viewer).order_by().values("pk")
        seen = Q(recommendation__in=needs, project__in=projects)
        if viewer.inside_the_compact:
            return seen
        return seen & Q(recommendation__country__code__in=viewer.country_codes)

    def in_force(self) -> "DismissedSuggestionQuerySet":
        """Those that nobody took back."""
        return self.filter(ended_at__isnull=True)


class DismissedSuggestion(Record):
    """Somebody said that a project is none to answer a need. Nobody is asked about the two again.

    Who took it back is written into it; the row stays.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    dismissed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField(db_default=Now())
    ended_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = DismissedSuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-dismissed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "project"],
                condition=Q(ended_at__isnull=True),
                name="one_dismissal_in_force_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="dismissal_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} and {self.project_id}"
