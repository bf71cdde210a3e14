"""A small fund for tests: two windows, contributors, a project, people of every kind, and a table of rates."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from colonnade.core.actor import Actor
from colonnade.core.viewer import Role, Viewer
from colonnade.funding.actions import Voucher, approve_allocation, propose_allocation, record_pledge, record_receipt
from colonnade.funding.models import Allocation, Contributor, Entry, Pledge, Window
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.members.queries import viewer_for
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Programme, Project

TEST = Actor("test")
DAY = date(2019, 5, 20)
SOURCE: dict[str, Any] = {"source": "s"}
RATES = """currency,on,usd_per_unit,source
EUR,2019-05-01,1.1185,A bank
EUR,2019-06-01,1.1293,A bank
CHF,2019-05-01,0.9892,A bank
"""


@dataclass
class Fund:
    """Records and people by name."""

    general: Window
    narrow: Window
    giver: Contributor
    other_giver: Contributor
    project: Project
    hidden_project: Project
    entity: Entity
    programme: Programme
    people: dict[str, Person] = field(default_factory=dict)

    def viewer(self, name: str) -> Viewer:
        """Somebody as they stand today."""
        return viewer_for(self.people[name], timezone.localdate())

    def receive(self, amount: str = "10000.00", currency: str = "USD", **more: Any) -> Entry:
        """Money that came in, to the general window unless another is named."""
        asked: dict[str, Any] = {"contributor": self.giver, "window": self.general, "voucher": Voucher(DAY, "R/1")}
        return record_receipt(
            **{**asked, **more}, amount=Decimal(amount), currency=currency, person=self.people["officer"], actor=TEST
        )

    def allocate(self, amount: str = "1000.00", **more: Any) -> Allocation:
        """Money that one officer proposed and the other approved."""
        asked: dict[str, Any] = {"project": self.project, "window": self.general}
        made = propose_allocation(
            **{**asked, **more}, amount_usd=Decimal(amount), person=self.people["officer"], actor=TEST
        )
        approve_allocation(allocation=made, voucher=Voucher(DAY, "D/1"), person=self.people["second"], actor=TEST)
        return Allocation.objects.unscoped("test").get(pk=made.pk)


def make_fund(pack: Path) -> Fund:
    """The fund, and the table of rates in ``pack``."""
    pack.mkdir(parents=True, exist_ok=True)
    (pack / "rates.csv").write_text(RATES)
    region = Region.objects.create(code="FR", name="The region", fictional=True)
    states = [
        Country.objects.create(code=code, name=f"Land {code}", region=region, standing="fictional")
        for code in ("QFA", "QFB")
    ]
    entity = Entity.objects.create(
        code="DIGGERS", abbreviation="DIGGERS", name="Diggers", kind="office", role="member", **SOURCE
    )
    programme = Programme.objects.create(code="deep", title="Deep", kind="programme", summary="s", **SOURCE)
    project = Project.objects.unscoped("test").create(
        reference="F-1", title="A funded well", lead_entity=entity, status="ongoing", level="public"
    )
    hidden = Project.objects.unscoped("test").create(
        reference="F-2",
        title="A hidden well",
        lead_entity=entity,
        status="ongoing",
        level="restricted",
        state=states[0],
    )
    windows = [
        Window.objects.create(code=code, title=title, position=place, support_percent=percent, **SOURCE)
        for place, (code, title, percent) in enumerate(
            (("general", "General", Decimal(13)), ("narrow", "Narrow", Decimal(7)))
        )
    ]
    givers = [
        Contributor.objects.create(
            code=f"f-giver-{state.code}", name=f"Giver {state.code}", kind="state", country=state, **SOURCE
        )
        for state in states
    ]
    fund = Fund(windows[0], windows[1], givers[0], givers[1], project, hidden, entity, programme)
    held: dict[str, tuple[Role, Entity | None, Country | None]] = {
        "officer": (Role.SECRETARIAT, None, None),
        "second": (Role.SECRETARIAT, None, None),
        "auditor": (Role.AUDITOR, None, None),
        "board": (Role.BOARD, None, None),
        "donor": (Role.DONOR, None, states[0]),
        "other donor": (Role.DONOR, None, states[1]),
        "focal": (Role.ENTITY, entity, None),
        "state": (Role.STATE, None, states[0]),
    }
    for name, (role, of_entity, country) in held.items():
        person = Person.objects.create(email=f"{name.replace(' ', '-')}@fund.example", name=name.title())
        RoleHeld.objects.create(person=person, role=role, entity=of_entity, country=country, starts_on=date(2018, 1, 1))
        fund.people[name] = person
    return fund


def by(fund: Fund, name: str = "officer") -> dict[str, Any]:
    """Who does it, as actions are told."""
    return {"person": fund.people[name], "actor": TEST}


def pledge(fund: Fund, **more: Any) -> Pledge:
    """A thousand euros to the general window, unless something else is said."""
    asked: dict[str, Any] = {
        "contributor": fund.giver,
        "amount": Decimal("1000.00"),
        "currency": "EUR",
        "pledged_on": DAY,
        "window": fund.general,
    }
    return record_pledge(**{**asked, **more}, **by(fund))


def usd(*amounts: int | str) -> tuple[Decimal, ...]:
    """Amounts, to compare with."""
    return tuple(map(Decimal, amounts))
