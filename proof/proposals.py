"""Calls for proposals, and proposals of several entities wherever one can stand, with all that hangs on each.

Nobody outside reads a proposal, so that every text and amount of one is a canary. Some cite needs, and led to projects,
that those who read them may not see.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.funding.models import SeedRound
from colonnade.members.models import Entity, WorkingGroup
from colonnade.needs.models import Recommendation
from colonnade.places.models import Country
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
from colonnade.strategy.models import Mandate, Pillar, Safeguard, Theme
from proof.canaries import canary, canary_amount
from proof.people import NOON, person_called
from proof.registry import DAY, SOURCE, WHY

RULES: Final[dict[str, Any]] = {
    "decided_by": "The head",
    "steps": [
        {"code": "screening", "title": "Screening", "days": 10},
        {"code": "scoring", "title": "Scoring", "days": 10},
        {"code": "board", "title": "Board"},
        {"code": "decision", "title": "Decision"},
    ],
    "eligibility": ["origin", "described", "within_ceiling", "consulted"],
    "criteria": [{"code": "need", "title": "Need", "weight": 2}, {"code": "value", "title": "Value", "weight": 1}],
    "reviewers": 2,
    "quorum": 1,
    "objection_days": 30,
    "reports": [{"kind": "progress", "every_months": 6}],
}
#: Lead entity, partner, standing, what it cites (the number of a need), and the project that came of it.
PROPOSALS: Final[tuple[tuple[str, str | None, Standing, int | None, int | None], ...]] = (
    ("ALPHA", None, Standing.DRAFT, 5, None),
    ("ALPHA", "BETA", Standing.RETURNED, 7, None),
    ("BETA", None, Standing.DRAFT, 13, None),
    ("BETA", "GAMMA", Standing.SUBMITTED, 7, None),
    ("GAMMA", None, Standing.SCREENED, 0, None),
    ("GAMMA", "ALPHA", Standing.SCORED, None, None),
    ("DELTA", None, Standing.RECOMMENDED, 14, None),
    ("BETA", None, Standing.APPROVED, 8, 60),
    ("ALPHA", None, Standing.APPROVED, None, 0),
    ("GAMMA", None, Standing.REJECTED, 10, None),
    ("BETA", None, Standing.WITHDRAWN, None, None),
    ("DELTA", "BETA", Standing.CLOSED, 15, 64),
)
TEXTS: Final = (
    "title", "purpose", "performance", "limits", "product_description", "outcomes", "benefits", "quality",
    "programme_alignment", "group_alignment", "fund_alignment", "cofunding", "sustainability", "due_diligence",
    "mandate_note", "request_document",
)  # fmt: skip


@action
def fill_proposals(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """All of it."""
    process = Process.objects.create(code="board", title="The board", rules=RULES, **SOURCE)
    Office.objects.create(process=process, person=person_called("officer-2"), kind=Office.Kind.HEAD, starts_on=DAY)
    calls = [_call(process, standing) for standing in Call.Standing]
    meeting = Meeting.objects.unscoped(WHY).create(
        public_id="jm" + "0" * 14, call=calls[2], title=f"Meeting {canary('meeting')}", held_on=DAY,
        place=f"Room {canary('meeting', 'place')}", minutes=f"It was said {canary('minutes')}",
    )  # fmt: skip
    for name in ("board", "officer-1"):
        Attendance.objects.unscoped(WHY).create(meeting=meeting, person=person_called(name), present=name == "board")
    # Another group, which nobody of the readers chairs.
    WorkingGroup.objects.create(code="rain", title="Rain", short_title="Rain", position=2, **SOURCE)
    _results(calls[2])
    for number, (lead, partner, standing, need, project) in enumerate(PROPOSALS):
        made = _proposal(number, calls[1 + number % 3], lead, standing, need, project)
        if partner:
            made.partners.add(Entity.objects.get(code=partner))
        _parts(made, number)
        if standing != Standing.DRAFT:
            _reviewed(made, number, meeting)


def _results(call: Call) -> None:
    """Published results: of projects that are public, or were when it was published, and one that was withdrawn."""
    one, two = person_called("officer-1"), person_called("officer-2")
    for number, withdrawn in ((3, False), (4, True), (47, False), (56, False)):
        secret = withdrawn or number > 45
        word = canary("result", number) if secret else "plain"
        ProjectResult.objects.unscoped(WHY).create(
            public_id=f"jr{number:014}", call=call,
            project=Project.objects.unscoped(WHY).get(public_id=f"p{number:015}"),
            given_usd=canary_amount("result", number) if secret else 900, lessons=f"Learned {word}",
            spent_usd=canary_amount("result", number, "spent") if secret else 800, closed_on=DAY, closed_by=one,
            outputs=[{"title": f"Wells {word}", "target": f"Ten {word}", "delivered": f"Nine {word}"}],
            published_by=two, published_at=NOON, withdrawn_by=two if withdrawn else None,
            withdrawn_at=NOON if withdrawn else None,
        )  # fmt: skip


def _call(process: Process, standing: Call.Standing) -> Call:
    secret = standing == Call.Standing.PREPARING
    word = canary("call", "title") if secret else standing.value
    return Call.objects.unscoped(WHY).create(
        code=f"wells-{standing.value}", public_id=f"jc{standing.value:-<14}"[:16], title=f"Call {word}",
        summary=f"Dig {canary('call', 'summary') if secret else 'wells'}", process=process, rules=RULES,
        standing=standing, opens_on=date(2020, 1, 1), closes_on=date(2999, 1, 1),
        budget_usd=canary_amount("call") if secret else 500_000, group_ceiling_usd=169_500,
        seed_round=SeedRound.objects.get() if standing == Call.Standing.DECIDED else None,
    )  # fmt: skip


def _proposal(
    number: int, call: Call, lead: str, standing: Standing, need: int | None, project: int | None
) -> Proposal:
    sent = standing not in (Standing.DRAFT, Standing.WITHDRAWN)
    cites: dict[str, Any] = {"origin": "mandate", "mandate": Mandate.objects.order_by("pk")[number % 2]}
    if need is not None:
        cites = {
            "origin": "recommendation",
            "cited_need": Recommendation.objects.unscoped(WHY).get(public_id=f"n{need:015}"),
        }
    found = Project.objects.unscoped(WHY).filter(public_id=f"p{project or 0:015}").first()
    proposal = Proposal.objects.unscoped(WHY).create(
        public_id=f"j{number:015}", call=call, entity=Entity.objects.get(code=lead), standing=standing,
        working_group=WorkingGroup.objects.get(code="wells" if number % 2 else "rain"),
        **{name: f"{name} {canary('proposal', number, name)}" for name in TEXTS},
        requested_usd=canary_amount("proposal", number), starts_on=date(2020, 6, 1), ends_on=date(2021, 5, 31),
        pillar=Pillar.objects.order_by("pk")[number % 3], theme=Theme.objects.order_by("pk")[number % 3],
        scope="national", touches_protected=number % 2 == 0, **cites,
        approved_project=found if project is not None else None,
        begun_by=person_called("officer-1"), begun_at=NOON, submitted_by=person_called("officer-1") if sent else None,
        submitted_at=NOON if sent else None, standing_since=NOON,
        withdrawn_because=f"No {canary('withdrawn', number)}" if standing == Standing.WITHDRAWN else "",
        scores_open_to_board=number % 2 == 1, scores_open_to_applicant=number % 3 == 1, provenance="illustrative",
    )  # fmt: skip
    proposal.countries.add(Country.objects.get(code=("QMA", "QMB", "QMC")[number % 3]))
    return proposal


def _parts(proposal: Proposal, number: int) -> None:
    of: dict[str, Any] = {"proposal": proposal}

    def word(*place: str) -> str:
        return f"{place[0]} {canary('proposal', number, *place)}"

    BudgetLine.objects.unscoped(WHY).create(
        **of, position=1, category="staff", description=word("line"), amount_usd=canary_amount("line", number)
    )
    Output.objects.unscoped(WHY).create(
        **of, position=1, kind="product", title=word("output"), outcome=word("output", "outcome"),
        indicator=word("indicator"), baseline=word("baseline"), target=word("target"), due_on=DAY,
    )  # fmt: skip
    Risk.objects.unscoped(WHY).create(
        **of, position=1, title=word("risk"), likelihood="low", impact="high", mitigation=word("mitigation")
    )
    Consultation.objects.unscoped(WHY).create(
        **of, entity=Entity.objects.get(code="DELTA"), held_on=DAY, outcome=word("consultation")
    )
    ProposedMarker.objects.unscoped(WHY).create(**of, marker="gender", level=2, justification=word("marker"))
    SafeguardAnswer.objects.unscoped(WHY).create(
        **of, safeguard=Safeguard.objects.get(), answer="yes", explanation=word("safeguard")
    )


def _reviewed(proposal: Proposal, number: int, meeting: Meeting) -> None:
    officer, member = person_called("officer-1"), person_called("board")
    of: dict[str, Any] = {"proposal": proposal}

    def word(*place: str) -> str:
        return f"{place[0]} {canary('review', number, *place)}"

    Screening.objects.unscoped(WHY).create(
        **of, outcome="complete", comment=word("screened"), field_comments={"purpose": word("field")},
        screened_by=officer, screened_at=NOON,
    )  # fmt: skip
    Question.objects.unscoped(WHY).create(
        **of, public_id=f"jq{number:014}", text=word("question"), asked_by=officer, asked_at=NOON,
        answer=word("answer"), answered_by=officer, answered_at=NOON,
    )  # fmt: skip
    Synthesis.objects.unscoped(WHY).create(**of, text=word("synthesis"), written_by=officer, written_at=NOON)
    for place, person in enumerate((member, person_called("assessor"))):
        if place and number % 4:
            continue
        reviewer = Reviewer.objects.unscoped(WHY).create(
            **of, person=person, drawn_by=officer, drawn_at=NOON, conflict=word("conflict") if number % 5 == 4 else "",
            overall=word("overall", str(place)),
        )  # fmt: skip
        Score.objects.unscoped(WHY).create(
            **of, final=number % 2 == 1, reviewer=reviewer, criterion="need", value=4, comment=word("score", str(place))
        )
    Draw.objects.unscoped(WHY).create(
        **of, seed=word("seed"), considered=[{"member": "h", "name": "X", "excluded": word("excluded")}], chosen=[],
        drawn_by=officer, drawn_at=NOON,
    )  # fmt: skip
    item = AgendaItem.objects.unscoped(WHY).create(
        **of, meeting=meeting, position=number, outcome="approve", amount_usd=canary_amount("item", number),
        reasons=word("item"), conditions=[{"text": word("if"), "due_on": "2020-05-01"}], recorded_by=officer,
        recorded_at=NOON,
    )  # fmt: skip
    Vote.objects.unscoped(WHY).create(item=item, person=member, recused=word("recused"))
    decision = Decision.objects.unscoped(WHY).create(
        **of, public_id=f"jd{number:014}", outcome="conditions", amount_usd=canary_amount("decided", number),
        reasons=word("decided"), feedback=word("feedback"), item=item, decided_by=person_called("officer-2"),
        decided_at=NOON,
    )  # fmt: skip
    Condition.objects.unscoped(WHY).create(
        **of, decision=decision, position=1, text=word("condition"), due_on=DAY, evidence=word("evidence")
    )
    Objection.objects.unscoped(WHY).create(
        **of, decision=decision, grounds=word("grounds"), raised_by=officer, raised_at=NOON, answer=word("answered")
    )
    DueReport.objects.unscoped(WHY).create(
        **of, public_id=f"ji{number:014}", kind="progress", due_on=DAY, text=word("report"),
        spent_usd=canary_amount("spent", number), comment=word("comment"),
    )  # fmt: skip
    Closure.objects.unscoped(WHY).create(
        **of, lessons=word("lessons"), refunded_usd=Decimal(canary_amount("refund", number)), closed_by=officer,
        closed_at=NOON,
    )  # fmt: skip
