"""Reviewers, their independent scores, and the synthesis of them."""

from django.db import models
from django.db.models import Q

from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Person
from colonnade.review.models.proposal import OfProposal, OfProposalQuerySet, Proposal


class ReviewerQuerySet(GuardedQuerySet["Reviewer"]):
    """Reviewers: an applicant is never told who they are. A reviewer reads their own row."""

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.sees_restricted:
            return Q()
        seen = Q(proposal__in=Proposal.objects.visible_to(viewer).order_by().values("pk"))
        own = Q(person=viewer.user_id) if viewer.user_id is not None else Q(pk__in=[])
        return own | (seen & Q(proposal__scores_open_to_board=True) if Role.BOARD in viewer.roles else Q(pk__in=[]))


class Reviewer(OfProposal):
    """Somebody who was drawn to score a proposal. ``conflict`` says why they declared themselves out, if they did."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    conflict = models.TextField(blank=True)
    overall = models.TextField(blank=True, help_text="The reviewer's comment on the whole")
    finished_at = models.DateTimeField(null=True)

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="drawn_once"),
            models.CheckConstraint(
                condition=Q(conflict="") | Q(finished_at__isnull=True), name="who_has_a_conflict_does_not_score"
            ),
        ]


class ScoreQuerySet(GuardedQuerySet["Score"]):
    """Scores: the scorer's own; others' once they are open to whoever reads, and never with a name to applicants."""

    def entitled(self, viewer: Viewer) -> Q:
        if viewer.sees_restricted:
            return Q()
        own = Q(reviewer__person=viewer.user_id) if viewer.user_id is not None else Q(pk__in=[])
        seen = Q(reviewer__proposal__in=Proposal.objects.visible_to(viewer).order_by().values("pk"))
        board = Q(reviewer__proposal__scores_open_to_board=True) if Role.BOARD in viewer.roles else Q(pk__in=[])
        return own | (seen & (board | Q(reviewer__proposal__scores_open_to_applicant=True)))


class Score(models.Model):
    """What one reviewer gives a proposal for one criterion of the process, from 0 to the most that it allows."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="+")
    criterion = models.SlugField()
    value = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reviewer", "criterion"], name="one_score_a_criterion")]

    def __str__(self) -> str:
        return f"{self.criterion} {self.value}"


class Synthesis(OfProposal):
    """What the secretariat makes of the scores for the board. A later one follows an earlier one."""

    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = OfProposalQuerySet["Synthesis"].as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        verbose_name_plural = "syntheses"
