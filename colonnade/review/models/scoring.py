"""Reviewers, how they were drawn, their independent scores, and the synthesis of them."""

from django.db import models
from django.db.models import Q

from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Person
from colonnade.review.models.proposal import OfProposal, OfProposalQuerySet, Proposal

NONE = Q(pk__in=[])


def own(viewer: Viewer) -> Q:
    """For rows of proposals: those in which the viewer has a part. What the board says of them is not for them yet."""
    everywhere = Proposal._base_manager
    ours = Q(entity__code__in=viewer.entity_ids) | Q(
        pk__in=everywhere.filter(partners__code__in=viewer.entity_ids).values("pk")
    )
    if viewer.user_id is not None:
        ours |= Q(begun_by=viewer.user_id) | Q(submitted_by=viewer.user_id)
    return Q(proposal__in=everywhere.filter(ours).values("pk"))


def seen(viewer: Viewer) -> Q:
    """For rows of proposals: those that the viewer may see."""
    return Q(proposal__in=Proposal.objects.visible_to(viewer).order_by().values("pk"))


class ReviewerQuerySet(GuardedQuerySet["Reviewer"]):
    """Reviewers: whoever has a part in the proposal is never told who they are. A reviewer reads their own row."""

    def entitled(self, viewer: Viewer) -> Q:
        mine = Q(person=viewer.user_id) if viewer.user_id is not None else NONE
        others = NONE
        if viewer.sees_restricted:
            others = Q()
        elif Role.BOARD in viewer.roles:
            others = seen(viewer) & Q(proposal__scores_open_to_board=True)
        return mine | (others & ~own(viewer))


class Reviewer(OfProposal):
    """Somebody who was drawn to score a proposal, or who declared a conflict with it before anybody was drawn.

    ``conflict`` says why they are out: what they declared, or why the secretariat let them go.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drawn_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
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
            models.CheckConstraint(
                condition=~Q(conflict="") | Q(drawn_by__isnull=False), name="who_scores_was_drawn_by_somebody"
            ),
        ]


class DrawQuerySet(GuardedQuerySet["Draw"]):
    """Draws name the whole board: the secretariat's and auditors', unless they have a part in the proposal."""

    def entitled(self, viewer: Viewer) -> Q:
        return ~own(viewer) if viewer.sees_restricted else NONE


class Draw(OfProposal):
    """One draw of reviewers, so that anybody who may see it can repeat it (:mod:`colonnade.review.drawing`).

    ``considered`` are the members of the board as they stood: public identifier, name, and why they were excluded, if
    they were; ``chosen`` the identifiers of those drawn, in order.
    """

    seed = models.TextField()
    considered = models.JSONField()
    chosen = models.JSONField()
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ["drawn_at", "id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "seed"], name="one_draw_a_seed")]


class ScoreQuerySet(OfProposalQuerySet["Score"]):
    """Scores: the scorer's own; others' once those are final and open to whoever reads.

    Nobody reads another's on a proposal before their own are finished; whoever has a part in it reads them only when
    the process opens scores to applicants.
    """

    def entitled(self, viewer: Viewer) -> Q:
        mine, scoring = NONE, NONE
        if viewer.user_id is not None:
            mine = Q(reviewer__in=Reviewer._base_manager.filter(person=viewer.user_id).values("pk"))
            busy = Reviewer._base_manager.filter(person=viewer.user_id, conflict="", finished_at__isnull=True)
            scoring = Q(proposal__in=busy.values("proposal"))
        readers = NONE
        if viewer.sees_restricted:
            readers = Q()
        elif Role.BOARD in viewer.roles:
            readers = seen(viewer) & Q(proposal__scores_open_to_board=True)
        opened = seen(viewer) & Q(proposal__scores_open_to_applicant=True)
        return mine | (Q(final=True) & ((readers & ~own(viewer)) | opened) & ~scoring)


class Score(OfProposal):
    """What one reviewer gives a proposal for one criterion of the process, from 0 to the most that it allows.

    It names the proposal beside the reviewer, so that an applicant can read it who is not told of the reviewer.
    """

    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="+")
    criterion = models.SlugField()
    value = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    final = models.BooleanField(default=False, help_text="Its reviewer has finished")

    objects = ScoreQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reviewer", "criterion"], name="one_score_a_criterion")]


class SynthesisQuerySet(OfProposalQuerySet["Synthesis"]):
    """What was made of the scores for the board: its members', and the applicant's when scores are opened to them."""

    def entitled(self, viewer: Viewer) -> Q:
        board = NONE
        if viewer.sees_restricted:
            board = Q()
        elif Role.BOARD in viewer.roles:
            board = seen(viewer)
        return (board & ~own(viewer)) | (seen(viewer) & Q(proposal__scores_open_to_applicant=True))


class Synthesis(OfProposal):
    """What the secretariat makes of the scores for the board. A later one follows an earlier one."""

    text = models.TextField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = SynthesisQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        verbose_name_plural = "syntheses"
