"""For tests: two boards, their people, and proposals that were sent to them.

The first scores, meets and leaves the decision to a head; the second has no scoring, and decides itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from colonnade.core.actor import Actor
from colonnade.core.viewer import Role, Viewer
from colonnade.members.models import Entity, Person, RoleHeld, WorkingGroup
from colonnade.members.queries import viewer_for
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Origin, Project, Scope
from colonnade.review.actions.decisions import decide
from colonnade.review.actions.meetings import Term, plan_meeting, record_attendance, record_recommendation, set_agenda
from colonnade.review.actions.scoring import Mark, close_scoring, draw_reviewers, give_scores
from colonnade.review.actions.screening import screen_proposal
from colonnade.review.models import AgendaItem, Call, Decision, Office, Process, Proposal, Reviewer, Standing
from colonnade.strategy.models import Mandate, Pillar, Theme

TEST: Final = Actor("test")
LONG_AGO: Final = date(2015, 1, 1)
ENTITIES: Final = ("ALPHA", "BETA", "GAMMA", "DELTA")

HEAD_DECIDES: Final[dict[str, Any]] = {
    "decided_by": "The head of the office",
    "steps": [
        {"code": "screening", "title": "Screening", "days": 10},
        {"code": "scoring", "title": "Scoring", "days": 20},
        {"code": "board", "title": "The board", "days": 30},
        {"code": "decision", "title": "Decision", "days": 5},
    ],
    "eligibility": ["origin"],
    "criteria": [
        {"code": "need", "title": "Need", "weight": "3"},
        {"code": "method", "title": "Method", "weight": "1"},
    ],
    "most": 5,
    "reviewers": 2,
    "quorum": 3,
    "objection_days": 30,
    "reports": [
        {"kind": "progress", "every_months": 6},
        {"kind": "financial", "every_months": 12},
        {"kind": "final", "every_months": 0},
    ],
}
BOARD_DECIDES: Final[dict[str, Any]] = {
    "decided_by": "The board",
    "decides": "board",
    "steps": [
        {"code": "screening", "title": "Screening"},
        {"code": "board", "title": "The board"},
        {"code": "decision", "title": "Decision"},
    ],
    "eligibility": ["origin"],
    "quorum": 2,
}


@dataclass(frozen=True, slots=True)
class Board:
    """A call of a board, and who is there, by name."""

    call: Call
    people: Mapping[str, Person]
    entities: Mapping[str, Entity]
    group: WorkingGroup
    country: Country
    mandate: Mandate

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def proposal(self, entity: str = "ALPHA", asks: int = 100, **values: Any) -> Proposal:
        """A proposal that its entity's focal point has sent."""
        now = timezone.now()
        sender = self.people[entity.lower()]
        wanted: dict[str, Any] = {
            "call": self.call,
            "entity": self.entities[entity],
            "working_group": self.group,
            "standing": Standing.SUBMITTED,
            "title": f"Wells of {entity}",
            "purpose": "Clean water.",
            "product_description": "Ten wells.",
            "outcomes": "Fewer people are ill.",
            "starts_on": date(2021, 1, 1),
            "ends_on": date(2022, 12, 31),
            "requested_usd": Decimal(asks),
            "origin": Origin.MANDATE,
            "mandate": self.mandate,
            "scope": Scope.NATIONAL,
            "begun_by": sender,
            "begun_at": now,
            "submitted_by": sender,
            "submitted_at": now,
            "standing_since": now,
            **values,
        }
        return Proposal.objects.unscoped("test").create(**wanted)


def board_of(
    rules: Mapping[str, Any] = HEAD_DECIDES, *, budget: int = 1000, ceiling: int | None = 300, code: str = "wells"
) -> Board:
    """A board of six under ``rules``, with a call that is open and proposals' applicants; nobody has applied yet."""
    Pillar.objects.get_or_create(
        code="I", defaults={"title": "Wells", "short_title": "Wells", "position": 1, "colour": "#1b5e9b", "source": "s"}
    )
    Theme.objects.get_or_create(
        code="dig", defaults={"title": "Digging", "short_title": "Digging", "position": 1, "source": "s"}
    )
    region, _ = Region.objects.get_or_create(code="R", defaults={"name": "The region", "fictional": True})
    country, _ = Country.objects.get_or_create(
        code="QMA", defaults={"name": "Hereland", "region": region, "standing": "fictional"}
    )
    mandate, _ = Mandate.objects.get_or_create(
        code="W/RES/1",
        defaults={"body": "Assembly", "number": "1", "year": 2001, "subject": "On wells", "source": "s"},
    )
    entities = {}
    for name in ENTITIES:
        entities[name], _ = Entity.objects.get_or_create(
            code=name,
            defaults={"abbreviation": name, "name": name.title(), "kind": "office", "role": "member", "source": "s"},
        )
    group, _ = WorkingGroup.objects.get_or_create(
        code="wells", defaults={"title": "On wells", "short_title": "Wells", "position": 1, "source": "s"}
    )
    process = Process.objects.create(code=code, title="The board", rules=dict(rules), source="s")
    call = Call.objects.unscoped("test").create(
        code=code,
        title="A call for wells",
        process=process,
        rules=dict(rules),
        standing=Call.Standing.OPEN,
        opens_on=timezone.localdate() - timedelta(days=30),
        closes_on=timezone.localdate() + timedelta(days=30),
        budget_usd=Decimal(budget),
        group_ceiling_usd=None if ceiling is None else Decimal(ceiling),
    )
    people = {name.lower(): somebody(name.lower(), Role.ENTITY, entities[name]) for name in ENTITIES}
    people |= {f"officer{number}": somebody(f"officer{number}", Role.SECRETARIAT) for number in (1, 2)}
    people |= {f"member{number}": somebody(f"member{number}", Role.BOARD) for number in (1, 2, 3)}
    # A member of the board who comes from one of those that apply.
    people["member4"] = somebody("member4", Role.BOARD, entities["ALPHA"])
    people["chair"] = somebody("chair", Role.BOARD)
    people["head"] = somebody("head", Role.BOARD)
    people["auditor"] = somebody("auditor", Role.AUDITOR)
    people["donor"] = somebody("donor", Role.DONOR)
    Office.objects.create(process=process, person=people["head"], kind=Office.Kind.HEAD, starts_on=LONG_AGO)
    Office.objects.create(process=process, person=people["chair"], kind=Office.Kind.CHAIR, starts_on=LONG_AGO)
    return Board(call, people, entities, group, country, mandate)


def somebody(name: str, *roles: Role | Entity) -> Person:
    """A person of that name with a role, for an entity where one is named."""
    person, new = Person.objects.get_or_create(email=f"{name}@demo.example", defaults={"name": name.title()})
    if new:
        entity = next((each for each in roles if isinstance(each, Entity)), None)
        for role in roles:
            if isinstance(role, Role):
                RoleHeld.objects.create(person=person, role=role, entity=entity, starts_on=LONG_AGO)
    return person


def screened(board: Board, proposal: Proposal) -> Proposal:
    """The proposal after an officer found it complete."""
    screen_proposal(proposal=proposal, person=board["officer1"], complete=True, comment="Complete.", actor=TEST)
    return fresh(proposal)


def scored(board: Board, proposal: Proposal, value: int = 4) -> Proposal:
    """The proposal after its screening, two reviewers, and the synthesis."""
    screened(board, proposal)
    draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)
    for reviewer in Reviewer.objects.unscoped("test").filter(proposal=proposal).select_related("person"):
        marks = {each["code"]: Mark(value) for each in HEAD_DECIDES["criteria"]}
        give_scores(proposal=proposal, person=reviewer.person, marks=marks, overall="Sound.", finish=True, actor=TEST)
    close_scoring(proposal=proposal, person=board["officer1"], text="Both agree.", actor=TEST)
    return fresh(proposal)


def met(board: Board, *proposals: Proposal) -> list[AgendaItem]:
    """The items of a meeting that had its quorum, with ``proposals`` on the agenda."""
    meeting = plan_meeting(
        call=board.call, person=board["officer2"], title="Meeting", held_on=timezone.localdate(), actor=TEST
    )
    items = set_agenda(meeting=meeting, person=board["officer2"], proposals=proposals, actor=TEST)
    present = [board[name] for name in ("member1", "member2", "member3", "chair")]
    record_attendance(meeting=meeting, person=board["officer2"], present=present, actor=TEST)
    return items


def recommended(board: Board, proposal: Proposal, outcome: str = "approve", amount: int | None = 100) -> AgendaItem:
    """The item under which the board recommends ``outcome`` of a proposal that stands ready for it."""
    [item] = met(board, proposal)
    return record_recommendation(
        item=item,
        person=board["officer2"],
        outcome=outcome,
        amount_usd=None if amount is None else Decimal(amount),
        reasons="The board agrees.",
        actor=TEST,
    )


def fresh(proposal: Proposal) -> Proposal:
    """The proposal as it stands now."""
    return Proposal.objects.unscoped("test").select_related("call", "entity", "approved_project").get(pk=proposal.pk)


def approved(board: Board, proposal: Proposal, amount: int = 100, terms: tuple[Term, ...] = ()) -> Decision:
    """The head's approval of a proposal that has been sent."""
    recommended(board, scored(board, proposal))
    return decide(
        proposal=proposal,
        person=board["head"],
        outcome="conditions" if terms else "approve",
        amount_usd=Decimal(amount),
        reasons="It is sound.",
        terms=terms,
        actor=TEST,
    )


def seen_by(person: Person) -> Viewer:
    return viewer_for(person, timezone.localdate())


def sees(person: Person, project: Project) -> bool:
    """Whether somebody may see a project."""
    return Project.objects.visible_to(seen_by(person)).filter(pk=project.pk).exists()
