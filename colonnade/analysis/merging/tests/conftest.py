"""Two records of one project, led by two entities, with something of everything that points at them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from colonnade.analysis.merging.actions import Seen, agree_to_merging, merge_projects, propose_merging
from colonnade.analysis.models import Merging
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role, Viewer
from colonnade.funding.models import Appeal, AppealEntry, Contribution, Contributor
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.models import Assessment, Recommendation, Response
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Inventory, InventoryEntry, Project, ProjectCountry

DAY = date(2020, 2, 7)
OFFICE = Viewer(user_id=0, roles=frozenset({Role.SECRETARIAT}))
COMPACT = Viewer(user_id=0, roles=frozenset({Role.ENTITY}))


class Pair:
    """``kept`` is led by WELL, ``merged`` by PIPE; an officer proposes, another makes them one."""

    def __init__(self) -> None:
        region = Region.objects.create(code="R", name="The region", fictional=True)
        self.here, self.there = (
            Country.objects.create(code=code, name=name, region=region, standing="fictional")
            for code, name in (("QMA", "Hereland"), ("QMB", "Thereland"))
        )
        self.well, self.pipe = (
            Entity.objects.create(code=code, abbreviation=code, name=code.title(), kind="office", role="member")
            for code in ("WELL", "PIPE")
        )
        self.year = Inventory.objects.create(
            key="wells-2019", title="The wells of 2019", as_of=DAY, provenance="illustrative", source="s"
        )
        self.kept = self.project(self.well, "K-1", title="Wells for Hereland", status="ongoing")
        self.merged = self.project(self.pipe, "M-1", title="Hereland's wells", status="suspended")
        for project, country in ((self.kept, self.here), (self.merged, self.there)):
            ProjectCountry.objects.unscoped("test").create(project=project, country=country)
        self.officer, self.second = (self.person(f"officer-{number}", Role.SECRETARIAT) for number in (1, 2))
        self.of_well = self.person("of-well", Role.ENTITY, self.well)
        self.of_pipe = self.person("of-pipe", Role.ENTITY, self.pipe)

    @staticmethod
    def project(entity: Entity, reference: str, **named: Any) -> Project:
        told = {"title": reference, "status": "ongoing", "level": "compact", **named}
        return Project.objects.unscoped("test").create(lead_entity=entity, reference=reference, **told)

    @staticmethod
    def person(name: str, role: Role, entity: Entity | None = None) -> Person:
        person = Person.objects.create(email=f"{name}@demo.example", name=name)
        RoleHeld.objects.create(person=person, role=role, entity=entity, starts_on=DAY)
        return person

    def reported(self, project: Project, inventory: Inventory | None = None, **money: Any) -> InventoryEntry:
        told = {"status": project.status, **{name: Decimal(amount) for name, amount in money.items()}}
        told |= {f"{name}_usd": told[name] for name in money}
        return InventoryEntry.objects.unscoped("test").create(inventory=inventory or self.year, project=project, **told)

    def need(self, reference: str, country: Country | None = None, **named: Any) -> Recommendation:
        where = country or self.here
        visit = Assessment.objects.unscoped("test").create(
            country=where, assessor=self.well, kind="visit", starts_on=DAY, ends_on=DAY
        )
        told = {"title": reference, "text": "Dig.", "priority": "high", "issued_on": DAY, **named}
        return Recommendation.objects.unscoped("test").create(
            reference=reference, assessment=visit, country=where, **told
        )

    def response(self, need: Recommendation, project: Project, **named: Any) -> Response:
        told = {"strength": "full", "standing": "claimed", "claimed_on": DAY, **named}
        return Response.objects.unscoped("test").create(
            recommendation=need, project=project, claimed_by=project.lead_entity, **told
        )

    def contribution(self, project: Project, giver: str, amount: int) -> Contribution:
        known, _ = Contributor.objects.get_or_create(code=giver, name=giver, kind="other", source="s")
        return Contribution.objects.unscoped("test").create(
            contributor=known, project=project, currency="USD", amount=amount, amount_usd=amount, received_on=DAY
        )

    def asked(self, project: Project, amount: int) -> AppealEntry:
        appeal, _ = Appeal.objects.get_or_create(
            key="wells", defaults={"title": "For wells", "first_year": 2020, "last_year": 2021}
        )
        return AppealEntry.objects.unscoped("test").create(
            appeal=appeal, project=project, title=project.title, entity=project.lead_entity, requirement_usd=amount
        )

    def propose(self, person: Person | None = None, choices: Mapping[str, str] | None = None, **named: Any) -> Merging:
        who = person or self.officer
        kept, merged = (self.fresh(each) for each in (self.kept, self.merged))
        told = {"kept": kept, "merged": merged, "reason": "One project.", "seen": Seen(kept.version, merged.version)}
        return propose_merging(choices=choices or {}, person=who, actor=Actor(who.name, who.pk), **{**told, **named})

    def agree(self, merging: Merging, person: Person) -> Merging:
        return agree_to_merging(
            merging=merging, seen_version=merging.version, person=person, actor=Actor(person.name, person.pk)
        )

    def merge(self, merging: Merging, choices: Mapping[str, str] | None = None, **named: Any) -> Project:
        who = named.pop("person", self.second)
        kept, merged = (self.fresh(each) for each in (merging.kept, merging.merged))
        told = {"seen": Seen(kept.version, merged.version), "seen_version": merging.version}
        return merge_projects(
            merging=merging, choices=choices or {}, person=who, actor=Actor(who.name, who.pk), **{**told, **named}
        )

    def made(self, choices: Mapping[str, str] | None = None) -> Project:
        """The whole way: proposed, agreed to by both sides, made by a second officer."""
        merging = self.propose(choices=choices)
        merging = self.agree(merging, self.of_well)
        merging = self.agree(merging, self.of_pipe)
        return self.merge(merging, choices)

    @staticmethod
    def fresh(project: Project) -> Project:
        return Project.objects.unscoped("test").select_related("lead_entity").get(pk=project.pk)


@pytest.fixture
def pair(db: None) -> Pair:  # noqa: ARG001  # opens the database
    return Pair()
