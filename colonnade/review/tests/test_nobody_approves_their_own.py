"""Over random histories and random people: the workflow is closed to those without a role, nobody who applied screens,
scores, recommends or decides, no decision is edited, and no awards come beyond a ceiling."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, Final

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colonnade.members.models import Person
from colonnade.review.actions.decisions import answer_objection, decide, raise_objection
from colonnade.review.actions.following import confirm_condition, report_condition
from colonnade.review.actions.meetings import (
    Term,
    plan_meeting,
    record_attendance,
    record_recommendation,
    record_vote,
    set_agenda,
)
from colonnade.review.actions.scoring import Mark, close_scoring, declare_conflict, draw_reviewers, give_scores
from colonnade.review.actions.screening import screen_proposal
from colonnade.review.models import (
    AgendaItem,
    Condition,
    Decision,
    Meeting,
    Objection,
    Proposal,
    Reviewer,
    Screening,
    Synthesis,
    Vote,
)
from colonnade.review.refusals import ReviewRefused
from colonnade.review.tests.boards import BOARD_DECIDES, HEAD_DECIDES, TEST, Board, board_of, fresh

pytestmark = pytest.mark.django_db

CEILING, BUDGET = Decimal(150), Decimal(220)
#: People who hold several roles together: what they may do by one, another must not let them do to their own.
FURTHER_ROLES: Final[dict[str, list[tuple[str, str | None]]]] = {
    "officer2": [("entity_focal_point", "GAMMA")],
    "member3": [("secretariat", None)],
    "head": [("entity_focal_point", "DELTA"), ("secretariat", None)],
    "chair": [("entity_focal_point", "BETA")],
    "alpha": [("board_member", None), ("secretariat", None)],
}
SECRETARIAT: Final = {"officer1", "officer2", "member3", "head", "alpha"}
MEMBERS: Final = {"member1", "member2", "member3", "member4", "chair", "head", "alpha"}
APPLICANTS: Final = {"alpha", "beta", "gamma", "delta", "officer2", "head", "chair"}
ENTITY_OF: Final = {
    "alpha": "ALPHA",
    "beta": "BETA",
    "gamma": "GAMMA",
    "delta": "DELTA",
    "officer2": "GAMMA",
    "head": "DELTA",
    "chair": "BETA",
    "member4": "ALPHA",
}
PARTS: Final = (
    (Screening, "screened_by_id"),
    (Synthesis, "written_by_id"),
    (AgendaItem, "recorded_by_id"),
    (Decision, "decided_by_id"),
)


@dataclass
class History:
    """What was done so far, and what the decisions said when they were taken."""

    board: Board
    chance: Random
    proposals: list[Proposal]
    decisions: dict[int, tuple[object, ...]] = field(default_factory=dict)

    def pick(self, values: list[Any]) -> Any:
        return self.chance.choice(values)

    def rows(self, model: Any, proposal: Proposal) -> list[Any]:
        return list(model.objects.unscoped("test").filter(proposal=proposal).order_by("pk"))


Step = Callable[[History, Proposal, Person], None]


def screen(_: History, proposal: Proposal, person: Person) -> None:
    screen_proposal(proposal=proposal, person=person, complete=True, comment="So.", actor=TEST)


def draw(_: History, proposal: Proposal, person: Person) -> None:
    draw_reviewers(proposal=proposal, person=person, actor=TEST)


def score(history: History, proposal: Proposal, person: Person) -> None:
    drawn = Reviewer.objects.unscoped("test").filter(proposal=proposal, finished_at__isnull=True)
    # Mostly one of those who were drawn, or nothing would ever be scored.
    people = [person, *(each.person for each in drawn.select_related("person"))]
    marks = {"need": Mark(history.pick([0, 3, 5])), "method": Mark(2)}
    give_scores(proposal=proposal, person=people[-1], marks=marks, overall="", finish=True, actor=TEST)


def conflict(_: History, proposal: Proposal, person: Person) -> None:
    declare_conflict(proposal=proposal, person=person, reason="A friend.", actor=TEST)


def bring_together(_: History, proposal: Proposal, person: Person) -> None:
    close_scoring(proposal=proposal, person=person, text="So.", actor=TEST)


def meet(history: History, proposal: Proposal, person: Person) -> None:
    board = history.board
    meeting = plan_meeting(call=board.call, person=person, title="Meeting", held_on=timezone.localdate(), actor=TEST)
    set_agenda(meeting=meeting, person=person, proposals=[proposal], actor=TEST)
    names = sorted(MEMBERS - {"head"})
    present = history.chance.sample(names, history.pick([2, 4, 6]))
    record_attendance(meeting=meeting, person=person, present=[board[name] for name in present], actor=TEST)


def vote(history: History, proposal: Proposal, person: Person) -> None:
    for item in history.rows(AgendaItem, proposal)[-1:]:
        record_vote(item=item, member=person, person=person, outcome="approve", actor=TEST)


def offer(history: History) -> dict[str, Any]:
    outcome = history.pick(["approve", "approve", "conditions", "defer", "reject"])
    amount = Decimal(history.pick([40, 80, 120])) if outcome in ("approve", "conditions") else None
    terms = (Term("Name a partner."),) if outcome == "conditions" else ()
    return {"outcome": outcome, "amount_usd": amount, "terms": terms, "reasons": "So."}


def recommend(history: History, proposal: Proposal, person: Person) -> None:
    for item in history.rows(AgendaItem, proposal)[-1:]:
        record_recommendation(item=item, person=person, **offer(history), actor=TEST)


def decide_so(history: History, proposal: Proposal, person: Person) -> None:
    items = [each for each in history.rows(AgendaItem, proposal) if each.outcome]
    wish = offer(history)
    if items and history.pick([True, False]):
        item = items[-1]
        wish |= {"outcome": item.outcome, "amount_usd": item.amount_usd}
        wish["terms"] = tuple(Term(each["text"]) for each in item.conditions)
    decide(proposal=proposal, person=person, **wish, actor=TEST)


def object_to(history: History, proposal: Proposal, person: Person) -> None:
    for decision in history.rows(Decision, proposal)[-1:]:
        raise_objection(decision=decision, person=person, grounds="Unfair.", actor=TEST)


def answer(history: History, proposal: Proposal, person: Person) -> None:
    for objection in history.rows(Objection, proposal)[-1:]:
        answer_objection(objection=objection, person=person, upheld=True, answer="True.", actor=TEST)


def fulfil(history: History, proposal: Proposal, person: Person) -> None:
    for condition in history.rows(Condition, proposal)[-1:]:
        report_condition(condition=condition, person=person, evidence="A letter.", actor=TEST)


def confirm(history: History, proposal: Proposal, person: Person) -> None:
    for condition in history.rows(Condition, proposal)[-1:]:
        confirm_condition(condition=condition, person=person, actor=TEST)


def amend(history: History, proposal: Proposal, person: Person) -> None:  # noqa: ARG001  # one signature
    if proposal.standing == "approved" and len(history.proposals) < 8:
        values = {"amends": proposal, "working_group": history.pick([None, history.board.group])}
        history.proposals.append(history.board.proposal(proposal.entity.code, 120, **values))


STEPS: Final[dict[str, tuple[Step, ...]]] = {
    "submitted": (screen, screen, screen, decide_so, recommend),
    "screened": (draw, draw, score, score, score, conflict, bring_together, bring_together, meet, recommend, decide_so),
    "scored": (meet, meet, recommend, recommend, recommend, vote, decide_so),
    "recommended": (decide_so, decide_so, decide_so, recommend),
    "approved": (object_to, answer, decide_so, fulfil, confirm, amend),
    "deferred": (meet, recommend, decide_so, object_to),
    "rejected": (decide_so, object_to, answer),
}
SCORING: Final = (draw, score, bring_together)
#: Who alone may take a step, whatever else they hold. What stands with the board differs with who decides.
MAY: Final[dict[Step, set[str]]] = {
    screen: SECRETARIAT,
    draw: SECRETARIAT,
    bring_together: SECRETARIAT,
    conflict: MEMBERS,
    meet: SECRETARIAT | {"chair"},
    recommend: SECRETARIAT | {"chair"},
    vote: MEMBERS - {"head"},
    object_to: APPLICANTS,
    answer: SECRETARIAT | {"chair"},
    fulfil: APPLICANTS,
    confirm: SECRETARIAT,
}


@pytest.mark.parametrize(("rules", "decider"), [(HEAD_DECIDES, "head"), (BOARD_DECIDES, "chair")])
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_whoever_does_whatever_in_whatever_order(rules: dict[str, Any], decider: str, seed: int) -> None:
    chance = Random(seed)
    with transaction.atomic():
        rules = rules | {"quorum": 2}
        board = board_of(rules, budget=int(BUDGET), ceiling=int(CEILING))
        for name, roles in FURTHER_ROLES.items():
            for role, entity in roles:
                board[name].roles_held.create(
                    role=role, entity=board.entities[entity] if entity else None, starts_on=date(2015, 1, 1)
                )
        # Some of them are far on their way already, or few histories would come to a decision.
        begin = ["submitted", "screened", "scored", "recommended"] if decider == "head" else ["submitted", "screened"]
        proposals = [
            board.proposal(entity, 120, standing=chance.choice(begin))
            for entity in ("ALPHA", "BETA", "GAMMA", "DELTA", "ALPHA")
        ]
        proposals[2].partners.add(board.entities["BETA"])
        history = History(board, chance, proposals)
        for _number in range(40):
            one_step(history, decider)
        transaction.set_rollback(True)


def one_step(history: History, decider: str) -> None:
    proposal = fresh(history.pick(history.proposals))
    steps = STEPS.get(proposal.standing, (decide_so,))
    if decider == "chair":  # a board without scoring
        steps = tuple(each for each in steps if each not in SCORING) + STEPS["scored"] * (
            proposal.standing == "screened"
        )
    step = history.pick(list(steps))
    able = {decider} if step is decide_so else MAY.get(step, set(history.board.people))
    # Mostly somebody who could by their role, or histories would end where they begin.
    name = history.pick(sorted(able) if history.pick([True, True, False]) else sorted(history.board.people))
    before = footprint()
    try:
        with transaction.atomic():
            step(history, proposal, history.board[name])
    except (ReviewRefused, Proposal.DoesNotExist, Meeting.DoesNotExist):
        assert footprint() == before
        return
    if footprint() != before and step not in (score, amend):
        assert name in able, f"{name} took the step {step.__name__}"
    check(history)


def footprint() -> tuple[int, ...]:
    """How many rows of anything there are, so that what was refused left nothing behind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM audit_event WHERE table_name LIKE 'review_%'),"
            " (SELECT count(*) FROM portfolio_project)"
        )
        return tuple(cursor.fetchone())


def check(history: History) -> None:
    people = {person.pk: name for name, person in history.board.people.items()}
    codes = {
        each.pk: {each.entity.code, *(partner.code for partner in each.partners.all())}
        for each in Proposal.objects.unscoped("test").select_related("entity").prefetch_related("partners")
    }
    final, out = {"finished_at__isnull": False}, {"finished_at__isnull": True}
    acted = {pair for model, by in PARTS for pair in pairs(model, "proposal_id", by)}
    scored = set(pairs(Reviewer, "proposal_id", "person_id", **final))
    voted = set(pairs(Vote, "item__proposal_id", "person_id", recused=""))
    for proposal, person in acted | scored | voted:
        assert ENTITY_OF.get(people.get(person, "")) not in codes[proposal]
    assert not scored & set(pairs(Reviewer, "proposal_id", "person_id", **out))
    decided = set(pairs(Decision, "proposal_id", "decided_by_id"))
    assert not decided & set(pairs(Screening, "proposal_id", "screened_by_id"))
    assert not decided & set(pairs(AgendaItem, "proposal_id", "recorded_by_id"))
    check_decisions(history)


def pairs(model: Any, proposal: str, person: str, **which: Any) -> list[tuple[int, int]]:
    """Of rows of a model: the proposal that each belongs to, and whose it is."""
    return list(model.objects.unscoped("test").filter(**which).values_list(proposal, person))


def check_decisions(history: History) -> None:
    rows = list(Decision.objects.unscoped("test").order_by("pk").select_related("proposal__approved_project"))
    now: dict[int, tuple[object, ...]] = {
        each.pk: (each.outcome, each.amount_usd, each.reasons, each.follows_id, each.decided_by_id) for each in rows
    }
    assert now.items() >= history.decisions.items()
    history.decisions = now
    followed = Counter(each.follows_id for each in rows if each.follows_id)
    assert all(number == 1 for number in followed.values())
    # What counts, by another way than the code's: the last approval of each line of amendments.
    last: dict[int, Decision] = {}
    for each in rows:
        if each.amount_usd is not None:
            root = each.proposal
            while root.amends_id is not None:
                root = Proposal.objects.unscoped("test").get(pk=root.amends_id)
            last[root.pk] = each
    assert sum(each.amount_usd or 0 for each in last.values()) <= BUDGET
    of_the_group = [each for each in last.values() if each.proposal.working_group_id is not None]
    assert sum(each.amount_usd or 0 for each in of_the_group) <= CEILING
    for each in last.values():
        assert each.proposal.approved_project is not None
        assert each.proposal.approved_project.budget == each.amount_usd
