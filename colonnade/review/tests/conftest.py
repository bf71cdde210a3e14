"""A small house for the tests of proposals: three entities, a group, a call, and people of every kind."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from colonnade.core.viewer import Role, Viewer
from colonnade.members.models import Entity, Person, RoleHeld, WorkingGroup
from colonnade.members.queries import viewer_for
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country, Region
from colonnade.review.models import Call, Proposal
from colonnade.review.tests.registries import DAY, SOURCE, WHY, a_call, a_process, a_proposal

#: Who they are: role, entity.
HELD: dict[str, tuple[Role, str | None]] = {
    "officer": (Role.SECRETARIAT, None),
    "auditor": (Role.AUDITOR, None),
    "applicant": (Role.ENTITY, "ALPHA"),
    "partner": (Role.ENTITY, "BETA"),
    "stranger": (Role.ENTITY, "GAMMA"),
    "chair": (Role.CHAIR, "GAMMA"),
    "member": (Role.BOARD, None),
    "donor": (Role.DONOR, None),
    "administrator": (Role.ADMINISTRATOR, None),
    "state": (Role.STATE, None),
    "assessor": (Role.ASSESSOR, "GAMMA"),
}


@dataclass(frozen=True)
class House:
    """What tests use: people by name, entities by code."""

    people: dict[str, Person]
    entities: dict[str, Entity]
    group: WorkingGroup
    call: Call
    country: Country

    def viewer(self, name: str) -> Viewer:
        """What a person sees today."""
        return viewer_for(self.people[name], date.today())  # noqa: DTZ011  # as the actions' own day

    def proposal(self, **values: Any) -> Proposal:
        """A proposal of ALPHA's with BETA as its partner."""
        made = a_proposal(self.call, self.entities["ALPHA"], self.people["applicant"], **values)
        made.partners.add(self.entities["BETA"])
        return made

    def need(self, level: str = "compact", **values: Any) -> Recommendation:
        """A need of the State's."""
        visit = Assessment.objects.unscoped(WHY).create(
            country=self.country, assessor=self.entities["GAMMA"], kind="visit", starts_on=DAY, ends_on=DAY
        )
        number = Recommendation.objects.unscoped(WHY).count()
        return Recommendation.objects.unscoped(WHY).create(
            reference=f"R-{number}", level=level, assessment=visit, country=self.country, title="A secret need",
            text="x", priority="high", issued_on=DAY, **values,
        )  # fmt: skip


@pytest.fixture
def house(db: None) -> House:  # noqa: ARG001  # the fixture opens the database
    """The house."""
    entities = {
        code: Entity.objects.create(code=code, abbreviation=code, name=code, kind="o", role="member", **SOURCE)
        for code in ("ALPHA", "BETA", "GAMMA")
    }
    region = Region.objects.create(code="R", name="The region", fictional=True)
    country = Country.objects.create(code="QMA", name="Hereland", region=region, standing="fictional")
    people = {}
    for name, (role, code) in HELD.items():
        people[name] = Person.objects.create(email=f"{name}@demo.example", name=name)
        RoleHeld.objects.create(
            person=people[name],
            role=role,
            entity=entities[code] if code else None,
            country=country if role in (Role.STATE, Role.ASSESSOR) else None,
            starts_on=DAY,
        )
    group = WorkingGroup.objects.create(code="wells", title="Wells", short_title="Wells", position=1, **SOURCE)
    group.chairs.add(entities["GAMMA"])
    return House(people, entities, group, a_call(a_process(), group_ceiling_usd=169_500), country)
