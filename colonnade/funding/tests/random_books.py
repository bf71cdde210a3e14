"""Books of a fund drawn by chance, for registries of tests: pledges, allocations, entries about everybody."""

from datetime import date
from random import Random
from typing import Any

from colonnade.funding.models import (
    Agreement,
    AgreementTerms,
    Allocation,
    Contributor,
    Earmark,
    Entry,
    Instalment,
    Pledge,
    Posting,
    Window,
)
from colonnade.members.models import Entity, Person
from colonnade.portfolio.models import Project

DAY = date(2019, 8, 31)
LEVELS = ("public", "compact", "restricted")
WHY = "test"


def fill_books(random: Random, projects: list[Project], entities: list[Entity]) -> None:
    """Twelve pledges with what belongs to them, twelve allocations, and entries about givers, entities and nobody."""
    clerk, _ = Person.objects.get_or_create(email="clerk@office.example")
    second, _ = Person.objects.get_or_create(email="second@office.example")
    window = Window.objects.create(code="w", title="Window", position=1, support_percent=13, source="test")
    Earmark.objects.create(window=window, kind="soft", title="Earmark", opened_on=DAY)
    Contributor.objects.create(
        code="giver-entity", name="Giver", kind="organisation", entity=entities[0], source="test"
    )
    givers = list(Contributor.objects.order_by("pk"))
    where: dict[str, Any] = {"window": window}
    for number in range(12):
        pledge = Pledge.objects.unscoped(WHY).create(
            **where,
            contributor=random.choice(givers),
            for_project=random.choice([None, *projects]),
            level=random.choice(LEVELS),
            currency="USD",
            amount=number + 1,
            amount_usd=number + 1,
            pledged_on=DAY,
            recorded_by=clerk,
        )
        Agreement.objects.unscoped(WHY).create(pledge=pledge, reference="A", signed_on=DAY, recorded_by=clerk)
        AgreementTerms.objects.unscoped(WHY).create(pledge=pledge, text="terms")
        Instalment.objects.unscoped(WHY).create(pledge=pledge, number=1, due_on=DAY, amount=1)
        allocation = Allocation.objects.unscoped(WHY).create(
            **where,
            level=random.choice(LEVELS),
            project=random.choice(projects),
            entity=random.choice(entities),
            amount_usd=1,
            support_usd=0,
            support_percent=13,
            proposed_by=clerk,
            decided_by=second,
            standing="approved",
        )
        for about in (
            {"contributor": pledge.contributor, "pledge": pledge},
            {"allocation": allocation, "for_project": allocation.project, "entity": allocation.entity},
            {},
        ):
            entry = Entry.objects.unscoped(WHY).create(
                on=DAY, kind="receipt", narrative="n", document="d", recorded_by=clerk, **about
            )
            for account, usd in (("cash", 5), ("advances", -5)):
                Posting.objects.unscoped(WHY).create(
                    **where, entry=entry, account=account, currency="USD", amount=usd, usd=usd
                )
