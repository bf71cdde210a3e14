"""The board's meetings: agenda, attendance, votes, and what is recommended of each proposal."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Record
from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import Person
from colonnade.review.models.call import Call
from colonnade.review.models.proposal import OfProposal, OfProposalQuerySet
from colonnade.review.models.scoring import NONE, own, seen


class Outcome(models.TextChoices):
    """What the board recommends of a proposal, and what the head decides."""

    APPROVE = "approve", _("Approve")
    APPROVE_WITH_CONDITIONS = "conditions", _("Approve with conditions")
    DEFER = "defer", _("Defer")
    REJECT = "reject", _("Do not approve")


class MeetingQuerySet(GuardedQuerySet["Meeting"]):
    """Meetings: of the board, the secretariat and auditors."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q() if viewer.sees_restricted or Role.BOARD in viewer.roles else NONE


class Meeting(Record):
    """A meeting of the board on a call's proposals."""

    class Standing(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    title = models.TextField()
    held_on = models.DateField()
    place = models.TextField(blank=True)
    standing = models.CharField(max_length=7, choices=Standing.choices, default=Standing.PLANNED)
    minutes = models.TextField(blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return self.title


class OfMeetingQuerySet(GuardedQuerySet["Attendance"]):
    """Rows that are read with their meeting."""

    def entitled(self, viewer: Viewer) -> Q:
        return Q(meeting__in=Meeting.objects.visible_to(viewer).order_by().values("pk"))


class Attendance(models.Model):
    """A member of the board at a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    present = models.BooleanField()

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_line_a_member")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.person_id}"


class AgendaItemQuerySet(OfProposalQuerySet["AgendaItem"]):
    """Items of agendas: the board's; the applicant's once a decision rests on what was recommended."""

    def entitled(self, viewer: Viewer) -> Q:
        board = NONE
        if viewer.sees_restricted:
            board = Q()
        elif Role.BOARD in viewer.roles:
            board = seen(viewer)
        decided = AgendaItem._base_manager.filter(decision__isnull=False)
        return (board & ~own(viewer)) | (seen(viewer) & Q(pk__in=decided.values("pk")))


class AgendaItem(OfProposal):
    """A proposal on an agenda, and what the board recommends of it: set once, after the meeting has a quorum.

    The database refuses to change what was recommended.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    amount_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    reasons = models.TextField(blank=True)
    conditions = models.JSONField(default=list, help_text="Each a text and a day: what approval is tied to")
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "proposal"], name="a_proposal_once_an_agenda"),
            models.CheckConstraint(
                condition=Q(outcome="") | (~Q(reasons="") & Q(recorded_at__isnull=False)),
                name="a_recommendation_has_reasons",
            ),
        ]


class VoteQuerySet(GuardedQuerySet["Vote"]):
    """Votes: the board's, the secretariat's and auditors'; never on a proposal in which the reader has a part."""

    def entitled(self, viewer: Viewer) -> Q:
        if not (viewer.sees_restricted or Role.BOARD in viewer.roles):
            return NONE
        return ~Q(item__in=AgendaItem._base_manager.filter(own(viewer)).values("pk"))


class Vote(models.Model):
    """How a member voted on an item; ``recused`` where they stepped out of it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    recused = models.TextField(blank=True, help_text="Why they stepped out of it")

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="one_vote_a_member"),
            models.CheckConstraint(condition=Q(outcome="") ^ Q(recused=""), name="a_vote_or_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.person_id}"
