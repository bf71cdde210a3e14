"""Reads of calls, proposals and what the board makes of them. Each begins at ``visible_to``."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q
from django.utils import timezone

from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.members.models import Person
from colonnade.portfolio.models import Project
from colonnade.review.means import Means, means_of
from colonnade.review.models import (
    AgendaItem,
    Attendance,
    BudgetLine,
    Call,
    Closure,
    Condition,
    Consultation,
    Decision,
    Draw,
    DueReport,
    Meeting,
    Objection,
    Office,
    Output,
    Proposal,
    Question,
    Reviewer,
    Risk,
    Score,
    Screening,
    Standing,
    Synthesis,
    Vote,
)
from colonnade.review.rules import Rules

_WITH = ("call", "entity", "working_group", "pillar", "theme")


def calls_of(viewer: Viewer) -> list[Call]:
    """The calls that the viewer may see, the newest first."""
    return list(Call.objects.visible_to(viewer).select_related("process"))


def call_named(viewer: Viewer, code: str) -> Call | None:
    """The call of that code."""
    return Call.objects.visible_to(viewer).select_related("process", "seed_round").filter(code=code).first()


def proposals_of(viewer: Viewer, call: Call) -> list[Proposal]:
    """The proposals of a call that were sent, and that the viewer may see; those that wait longest first."""
    sent = Proposal.objects.visible_to(viewer).filter(call=call).exclude(standing=Standing.DRAFT)
    return list(sent.select_related(*_WITH).order_by("standing_since", "pk"))


def proposal_called(viewer: Viewer, public_id: str) -> Proposal | None:
    """The proposal of that public identifier."""
    seen = Proposal.objects.visible_to(viewer).select_related(*_WITH, "call__process", "amends", "mandate")
    return seen.prefetch_related("partners", "countries", "regions").filter(public_id=public_id).first()


def project_of(viewer: Viewer, proposal: Proposal) -> Project | None:
    """The project that the approval of a proposal made, where the viewer may see it."""
    if proposal.approved_project_id is None:
        return None
    return Project.objects.visible_to(viewer).filter(pk=proposal.approved_project_id).first()


def meetings_of(viewer: Viewer, call: Call) -> list[Meeting]:
    """The meetings on a call's proposals."""
    return list(Meeting.objects.visible_to(viewer).filter(call=call))


def meeting_called(viewer: Viewer, public_id: str) -> Meeting | None:
    """The meeting of that public identifier."""
    return Meeting.objects.visible_to(viewer).select_related("call__process").filter(public_id=public_id).first()


def attendance_of(viewer: Viewer, meeting: Meeting) -> list[Attendance]:
    """Who was at a meeting, and who was not."""
    return list(Attendance.objects.visible_to(viewer).filter(meeting=meeting).order_by("pk"))


def items_of(viewer: Viewer, meeting: Meeting) -> list[AgendaItem]:
    """The agenda of a meeting, without what the reader has a part in."""
    seen = AgendaItem.objects.visible_to(viewer).filter(meeting=meeting)
    return list(seen.select_related("proposal__entity", "proposal__working_group", "proposal__call"))


def votes_of(viewer: Viewer, meeting: Meeting) -> dict[int, list[Vote]]:
    """The votes at a meeting by item."""
    found: dict[int, list[Vote]] = defaultdict(list)
    for vote in Vote.objects.visible_to(viewer).filter(item__meeting=meeting).order_by("pk"):
        found[vote.item_id].append(vote)
    return found


def officers_of(call: Call) -> list[tuple[str, str]]:
    """Who holds the offices of a call's board today: the office and the name."""
    today = timezone.localdate()
    held = Office.objects.filter(process=call.process_id, starts_on__lte=today).exclude(ends_on__lt=today)
    rows = held.order_by("kind", "pk").values_list("kind", "person__name")
    return [(str(Office.Kind(kind).label), name) for kind, name in rows]


@dataclass(frozen=True, slots=True)
class Reviewing:
    """How far the scoring of a proposal is: reviewers without a conflict, and those of them that have finished."""

    drawn: int
    finished: int


def reviewing_of(viewer: Viewer, call: Call) -> dict[int, Reviewing]:
    """The same for every proposal of a call: one query."""
    rows = Reviewer.objects.visible_to(viewer).filter(proposal__call=call, conflict="").values("proposal")
    counted = rows.annotate(drawn=Count("pk"), finished=Count("finished_at")).values_list(
        "proposal", "drawn", "finished"
    )
    return {proposal: Reviewing(drawn, finished) for proposal, drawn, finished in counted}


def drawn_for(viewer: Viewer) -> list[Reviewer]:
    """What somebody was drawn to score and has not finished."""
    if viewer.user_id is None:
        return []
    mine = Reviewer.objects.visible_to(viewer).filter(person=viewer.user_id, conflict="", finished_at__isnull=True)
    standing = mine.filter(proposal__standing__in=[Standing.SUBMITTED, Standing.SCREENED])
    return list(standing.select_related("proposal__entity", "proposal__call").order_by("drawn_at", "pk"))


def waiting_for_the_head(viewer: Viewer) -> list[Proposal]:
    """What lies before somebody who holds the office of a head today."""
    if viewer.user_id is None:
        return []
    today = timezone.localdate()
    offices = Office.objects.filter(person=viewer.user_id, kind=Office.Kind.HEAD, starts_on__lte=today)
    processes = offices.exclude(ends_on__lt=today).values("process")
    seen = Proposal.objects.visible_to(viewer).filter(standing=Standing.RECOMMENDED, call__process__in=processes)
    return list(seen.select_related(*_WITH).order_by("standing_since", "pk"))


def own_proposals(viewer: Viewer) -> list[Proposal]:
    """The proposals of the viewer's entities, whether they lead or partner."""
    if not viewer.entity_ids:
        return []
    ours = Q(entity__code__in=viewer.entity_ids) | Q(
        pk__in=Proposal.objects.visible_to(viewer).filter(partners__code__in=viewer.entity_ids).order_by().values("pk")
    )
    return list(Proposal.objects.visible_to(viewer).filter(ours).select_related(*_WITH).order_by("-pk"))


@dataclass(frozen=True, slots=True)
class Passage:
    """Everything that happened to a proposal, as far as the viewer may read it."""

    screenings: list[Screening]
    questions: list[Question]
    reviewers: list[Reviewer]
    draws: list[Draw]
    syntheses: list[Synthesis]
    items: list[AgendaItem]
    decisions: list[Decision]
    conditions: list[Condition]
    objections: list[Objection]
    reports: list[DueReport]
    closure: Closure | None
    amendments: list[Proposal]

    @property
    def decision(self) -> Decision | None:
        """The latest decision."""
        return self.decisions[-1] if self.decisions else None

    @property
    def recommendation(self) -> AgendaItem | None:
        """What the board recommended last."""
        recorded = [item for item in self.items if item.outcome]
        return recorded[-1] if recorded else None

    @property
    def open_conditions(self) -> list[Condition]:
        """The conditions of the latest decision."""
        return [each for each in self.conditions if self.decision and each.decision_id == self.decision.pk]


def passage_of(viewer: Viewer, proposal: Proposal) -> Passage:
    """The same, read at one moment: a query for each kind of thing."""
    with reading_as(viewer):
        return _passage(viewer, proposal)


def _passage(viewer: Viewer, proposal: Proposal) -> Passage:
    decisions = Decision.objects.visible_to(viewer).filter(proposal=proposal).order_by("pk")
    amendments = Proposal.objects.visible_to(viewer).filter(amends=proposal).exclude(standing=Standing.DRAFT)
    return Passage(
        screenings=list(Screening.objects.visible_to(viewer).filter(proposal=proposal).order_by("pk")),
        questions=list(Question.objects.visible_to(viewer).filter(proposal=proposal)),
        reviewers=list(Reviewer.objects.visible_to(viewer).filter(proposal=proposal).order_by("pk")),
        draws=list(Draw.objects.visible_to(viewer).filter(proposal=proposal)),
        syntheses=list(Synthesis.objects.visible_to(viewer).filter(proposal=proposal)),
        items=list(AgendaItem.objects.visible_to(viewer).filter(proposal=proposal).order_by("pk")),
        decisions=list(decisions),
        conditions=list(Condition.objects.visible_to(viewer).filter(proposal=proposal)),
        objections=list(Objection.objects.visible_to(viewer).filter(proposal=proposal).order_by("pk")),
        reports=list(DueReport.objects.visible_to(viewer).filter(proposal=proposal, dropped_at__isnull=True)),
        closure=Closure.objects.visible_to(viewer).filter(proposal=proposal).first(),
        amendments=list(amendments.order_by("pk")),
    )


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of a proposal that the viewer may read: their means, and the comments on each criterion."""

    means: Means | None
    comments: dict[str, list[str]]
    overall: list[str]


def scores_of(viewer: Viewer, proposal: Proposal) -> Scored:
    """The same, read: complete scores only count."""
    criteria = Rules.read(proposal.call.rules).criteria
    given: dict[int, dict[str, int]] = defaultdict(dict)
    comments: dict[str, list[str]] = defaultdict(list)
    for score in Score.objects.visible_to(viewer).filter(proposal=proposal, final=True).order_by("reviewer", "pk"):
        given[score.reviewer_id][score.criterion] = score.value
        if score.comment:
            comments[score.criterion].append(score.comment)
    whole = [values for values in given.values() if len(values) == len(criteria)]
    seen = Reviewer.objects.visible_to(viewer).filter(pk__in=list(given), finished_at__isnull=False).exclude(overall="")
    overall = list(seen.order_by("pk").values_list("overall", flat=True)) if given else []
    return Scored(means_of(criteria, whole), dict(comments), overall)


def weighted_of(viewer: Viewer, call: Call) -> dict[int, Fraction]:
    """The weighted mean of every proposal of a call whose scores the viewer may read: one query."""
    criteria = Rules.read(call.rules).criteria
    given: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = Score.objects.visible_to(viewer).filter(proposal__call=call, final=True)
    for proposal, reviewer, criterion, value in rows.values_list("proposal", "reviewer", "criterion", "value"):
        given[proposal][reviewer][criterion] = value
    means = {
        proposal: means_of(criteria, [values for values in scores.values() if len(values) == len(criteria)])
        for proposal, scores in given.items()
    }
    return {proposal: found.weighted for proposal, found in means.items() if found is not None}


def own_review(viewer: Viewer, proposal: Proposal) -> tuple[Reviewer | None, list[Score]]:
    """The viewer's own review of a proposal, with the scores that they have given so far."""
    if viewer.user_id is None:
        return None, []
    mine = Reviewer.objects.visible_to(viewer).filter(proposal=proposal, person=viewer.user_id).first()
    if mine is None:
        return None, []
    return mine, list(Score.objects.visible_to(viewer).filter(reviewer=mine))


@dataclass(frozen=True, slots=True)
class Papers:
    """What a proposal is made of beside its texts, for those who read it whole."""

    lines: list[BudgetLine]
    outputs: list[Output]
    risks: list[Risk]
    consultations: list[Consultation]


def papers_of(viewer: Viewer, proposal: Proposal) -> Papers:
    """The same, read."""
    consulted = Consultation.objects.visible_to(viewer).filter(proposal=proposal).select_related("entity")
    return Papers(
        list(BudgetLine.objects.visible_to(viewer).filter(proposal=proposal)),
        list(Output.objects.visible_to(viewer).filter(proposal=proposal)),
        list(Risk.objects.visible_to(viewer).filter(proposal=proposal)),
        list(consulted.order_by("entity__code")),
    )


def names_of(keys: Iterable[int | None]) -> dict[int, str]:
    """People's names by key, for those who answer to one another."""
    return dict(Person.objects.filter(pk__in={key for key in keys if key}).values_list("pk", "name"))
