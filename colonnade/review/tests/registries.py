"""Proposals in a random registry: of several entities, wherever one can stand, with everything that hangs on each."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any, Final

from colonnade.members.models import Entity, Person, WorkingGroup
from colonnade.needs.models import Recommendation
from colonnade.portfolio.models import Project
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
    Process,
    ProjectResult,
    Proposal,
    ProposedMarker,
    Question,
    Reviewer,
    Risk,
    SafeguardAnswer,
    Score,
    Screening,
    Standing,
    Synthesis,
    Vote,
)
from colonnade.strategy.models import Mandate, Safeguard

DAY: Final = date(2019, 8, 31)
MOMENT: Final = datetime(2019, 8, 31, tzinfo=UTC)
WHY: Final = "test"
SOURCE: Final[dict[str, Any]] = {"source": "test"}
#: The smallest process that there can be.
RULES: Final[dict[str, Any]] = {
    "decided_by": "The head",
    "steps": [{"code": "decision", "title": "Decision"}],
    "eligibility": ["origin"],
}
PROPOSALS: Final = 22


def a_process(code: str = "board", **rules: Any) -> Process:
    """A process with ``rules`` beside the smallest ones."""
    return Process.objects.create(code=code, title=f"Board {code}", rules={**RULES, **rules}, **SOURCE)


def a_call(process: Process, code: str = "call", **values: Any) -> Call:
    """A call that is open."""
    known: dict[str, Any] = {
        "title": f"Call {code}",
        "rules": process.rules,
        "standing": Call.Standing.OPEN,
        "opens_on": date(2019, 1, 1),
        "closes_on": date(2999, 1, 1),
        "budget_usd": Decimal(1_000_000),
    }
    return Call.objects.unscoped(WHY).create(code=code, process=process, **{**known, **values})


def a_proposal(call: Call, entity: Entity, person: Person, **values: Any) -> Proposal:
    """A proposal, a draft unless ``values`` say otherwise."""
    known: dict[str, Any] = {"title": "A proposal", "begun_at": MOMENT, "standing_since": MOMENT}
    if values.get("standing", Standing.DRAFT) not in (Standing.DRAFT, Standing.WITHDRAWN):
        known |= {"submitted_at": MOMENT, "submitted_by": person, "origin": "mandate", "mandate_note": "As mandated"}
    return Proposal.objects.unscoped(WHY).create(call=call, entity=entity, begun_by=person, **{**known, **values})


class RandomProposals:
    """Fills the tables of the app beside a registry that holds the rest."""

    def __init__(
        self,
        random: Random,
        entities: Sequence[Entity],
        people: Sequence[Person],
        needs: Sequence[Recommendation],
        projects: Sequence[Project],
    ) -> None:
        self.random, self.entities, self.people = random, entities, people
        self.mandate = Mandate.objects.first()
        self.groups = [self._group(number) for number in range(3)]
        process = a_process()
        Office.objects.create(process=process, person=people[0], kind=Office.Kind.HEAD, starts_on=DAY)
        a_call(process, "preparing", standing=Call.Standing.PREPARING)
        self.calls = [a_call(process, standing.value, standing=standing) for standing in list(Call.Standing)[1:]]
        self.meeting = Meeting.objects.unscoped(WHY).create(call=self.calls[0], title="A meeting", held_on=DAY)
        for person in people:
            Attendance.objects.unscoped(WHY).create(meeting=self.meeting, person=person, present=random.random() < 0.5)
        self.proposals = [self._proposal(number, needs, projects) for number in range(PROPOSALS)]
        for number, project in enumerate(random.sample(list(projects), 12)):
            self._result(project, withdrawn=number % 4 == 0)

    def _result(self, project: Project, *, withdrawn: bool) -> None:
        one, two = self.people[:2]
        ProjectResult.objects.unscoped(WHY).create(
            project=project,
            call=self.calls[0],
            given_usd=Decimal(2),
            spent_usd=Decimal(1),
            lessons="Dig early.",
            closed_on=DAY,
            closed_by=one,
            published_by=two,
            published_at=MOMENT,
            withdrawn_by=two if withdrawn else None,
            withdrawn_at=MOMENT if withdrawn else None,
        )

    def _group(self, number: int) -> WorkingGroup:
        group = WorkingGroup.objects.create(code=f"g{number}", title="g", short_title="g", position=number, **SOURCE)
        group.chairs.set(self.random.sample(list(self.entities), 1))
        return group

    def _proposal(self, number: int, needs: Sequence[Recommendation], projects: Sequence[Project]) -> Proposal:
        pick = self.random.choice
        standing = list(Standing)[number % len(Standing)]
        cites = number % 3 == 0
        proposal = a_proposal(
            pick(self.calls),
            pick(self.entities),
            pick(self.people),
            title=f"Proposal {number}",
            standing=standing,
            working_group=pick([None, *self.groups]),
            approved_project=pick(projects) if standing == Standing.APPROVED else None,
            scores_open_to_board=pick((True, False)),
            scores_open_to_applicant=pick((True, False)),
            **({"origin": "recommendation", "cited_need": pick(needs)} if cites else {}),
            **({"submitted_at": pick((None, MOMENT))} if standing == Standing.WITHDRAWN else {}),
        )
        proposal.partners.set(self.random.sample(list(self.entities), self.random.randint(0, 1)))
        self._parts(proposal)
        self._reviews(proposal)
        self._decided(proposal)
        return proposal

    def _parts(self, proposal: Proposal) -> None:
        of: dict[str, Any] = {"proposal": proposal}
        BudgetLine.objects.unscoped(WHY).create(**of, position=1, category="staff", amount_usd=Decimal(1))
        Output.objects.unscoped(WHY).create(**of, position=1, kind="product", title="An output")
        Risk.objects.unscoped(WHY).create(**of, position=1, title="A risk", likelihood="low", impact="low")
        Consultation.objects.unscoped(WHY).create(**of, entity=self.entities[0])
        ProposedMarker.objects.unscoped(WHY).create(**of, marker="gender", level=1)
        safeguard, _ = Safeguard.objects.get_or_create(
            code="s", defaults={"group": "g", "question": "q", "applies_to": "both", "position": 1, **SOURCE}
        )
        SafeguardAnswer.objects.unscoped(WHY).create(**of, safeguard=safeguard, answer="yes")

    def _reviews(self, proposal: Proposal) -> None:
        officer = self.people[0]
        Screening.objects.unscoped(WHY).create(
            proposal=proposal, outcome="complete", screened_by=officer, screened_at=MOMENT
        )
        Question.objects.unscoped(WHY).create(proposal=proposal, text="Why?", asked_by=officer, asked_at=MOMENT)
        Synthesis.objects.unscoped(WHY).create(
            proposal=proposal, text="In short", written_by=officer, written_at=MOMENT
        )
        for person in self.random.sample(list(self.people), self.random.randint(0, 2)):
            reviewer = Reviewer.objects.unscoped(WHY).create(
                proposal=proposal, person=person, drawn_by=officer, drawn_at=MOMENT,
                conflict=self.random.choice(("", "", "A friend applies")),
            )  # fmt: skip
            Score.objects.unscoped(WHY).create(
                proposal=proposal, reviewer=reviewer, criterion="need", value=3, final=self.random.random() < 0.7
            )

        Draw.objects.unscoped(WHY).create(
            proposal=proposal, seed="1", considered=[], chosen=[], drawn_by=officer, drawn_at=MOMENT
        )

    def _decided(self, proposal: Proposal) -> None:
        officer = self.people[0]
        item = AgendaItem.objects.unscoped(WHY).create(proposal=proposal, meeting=self.meeting, position=1)
        for person in self.people:
            Vote.objects.unscoped(WHY).create(item=item, person=person, outcome="approve")
        decision = Decision.objects.unscoped(WHY).create(
            proposal=proposal, outcome="reject", reasons="Not now", decided_by=officer, decided_at=MOMENT
        )
        Condition.objects.unscoped(WHY).create(proposal=proposal, decision=decision, position=1, text="First this")
        Objection.objects.unscoped(WHY).create(
            proposal=proposal, decision=decision, grounds="But", raised_by=officer, raised_at=MOMENT
        )
        DueReport.objects.unscoped(WHY).create(proposal=proposal, kind="progress", due_on=DAY)
        Closure.objects.unscoped(WHY).create(
            proposal=proposal, lessons="Dig", refunded_usd=Decimal(0), closed_by=officer, closed_at=MOMENT
        )
