"""A call that is open, and people of two entities who apply together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld, WorkingGroup
from colonnade.review.models import Call, Proposal
from colonnade.review.tests.registries import SOURCE, WHY, a_call, a_process, a_proposal
from colonnade.strategy.models import MarkerLevel, Safeguard
from colonnade.web.conftest import House
from colonnade.web.shared.signed_in import mark_signed_in

EVERY_RULE = [
    "described", "period", "origin", "outputs", "budget_adds_up", "within_ceiling", "working_group", "aligned",
    "cofunding", "sustainability", "consulted", "risks", "marked", "due_diligence", "safeguards", "before_the_deadline",
]  # fmt: skip
HELD: dict[str, tuple[Role, str | None]] = {
    "applicant": (Role.ENTITY, "WATER"),
    "partner": (Role.ENTITY, "AIR"),
    "stranger": (Role.ENTITY, "SEA"),
    "member": (Role.BOARD, None),
    "clerk": (Role.SECRETARIAT, None),
}
Browser = Callable[[str], Client]


@dataclass(frozen=True)
class Round:
    """What the tests apply to."""

    call: Call
    entities: dict[str, Entity]
    people: dict[str, Person]
    group: WorkingGroup

    def proposal(self, **values: Any) -> Proposal:
        """A proposal of WATER's with AIR as its partner."""
        made = a_proposal(self.call, self.entities["WATER"], self.people["applicant"], **values)
        made.partners.add(self.entities["AIR"])
        return made


@pytest.fixture
def opened(house: House) -> Round:  # noqa: ARG001  # entities and needs
    """The call."""
    for code in ("AIR", "SEA"):
        Entity.objects.create(code=code, abbreviation=code, name=code, kind="o", role="member", **SOURCE)
    entities = {each.code: each for each in Entity.objects.all()}
    people = {}
    for name, (role, of) in HELD.items():
        people[name] = Person.objects.create(email=f"{name}@round.example", name=name.title())
        RoleHeld.objects.create(
            person=people[name], role=role, entity=entities[of] if of else None, starts_on=date(2019, 8, 31)
        )
    group = WorkingGroup.objects.create(code="wells", title="Wells", short_title="Wells", position=1, **SOURCE)
    for level in range(3):
        MarkerLevel.objects.create(marker="gender", level=level, title=f"Aim {level}", **SOURCE)
    Safeguard.objects.create(
        code="asked", group="g", question="Were they asked?", applies_to="both", position=1, **SOURCE
    )
    call = a_call(a_process(eligibility=EVERY_RULE), "wells-2030", group_ceiling_usd=Decimal(169_500))
    return Round(call, entities, people, group)


@pytest.fixture
def browser(opened: Round) -> Browser:
    """A browser in which somebody is signed in, and confirmed just now."""

    def of(name: str) -> Client:
        client = Client()
        client.force_login(opened.people[name])
        session = client.session
        mark_signed_in(session, complete=True)
        session.save()
        return client

    return of


def fresh(proposal: Proposal) -> Proposal:
    """The proposal as it stands."""
    return Proposal.objects.unscoped(WHY).get(pk=proposal.pk)
