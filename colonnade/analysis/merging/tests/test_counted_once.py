"""Over random registries: what a snapshot counts after a merging is what it counted before, the project once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from colonnade.analysis.extract import EXTRACTS
from colonnade.analysis.merging.actions import Seen, merge_projects, propose_merging
from colonnade.analysis.merging.comparing import questions_about
from colonnade.analysis.merging.joined import every
from colonnade.analysis.models import Merging
from colonnade.analysis.tests.registries import RandomRegistry
from colonnade.core.actor import Actor
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Role, Viewer
from colonnade.members.models import Person, RoleHeld
from colonnade.needs.models import Response
from colonnade.portfolio.models import InventoryEntry, Project

pytestmark = pytest.mark.django_db
OFFICE = Viewer(roles=frozenset({Role.SECRETARIAT}))


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def counted(table: str, viewer: Viewer = OFFICE) -> list[tuple[Any, ...]]:
    with reading_as(viewer):
        return [tuple(row) for row in EXTRACTS[table](viewer)]


def money() -> dict[str, Decimal]:
    """Inventory -> the sum of budgets that stand in it."""
    found: dict[str, Decimal] = Counter()  # type: ignore[assignment]  # a counter of amounts
    for inventory, budget in InventoryEntry.objects.visible_to(OFFICE).values_list("inventory__key", "budget_usd"):
        found[inventory] += budget or 0
    return found


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(seed=st.integers(0, 10_000))
def test_totals_count_a_merged_project_once_and_money_as_chosen(seed: int) -> None:
    with taken_back():
        registry, random = RandomRegistry(seed), Random(seed)
        one, two = (Person.objects.create(email=f"{name}@merging.example") for name in ("one", "two"))
        every(Merging).filter(standing="proposed").update(
            standing="declined", ended_by=two, ended_at="2020-02-07T10:00Z"
        )
        for entry in InventoryEntry.objects.unscoped("test"):
            amount = random.randint(1, 9)
            every(InventoryEntry).filter(pk=entry.pk).update(budget=amount, budget_usd=amount)
        kept, merged = random.sample(registry.projects, 2)
        every(Project).filter(pk=merged.pk).update(lead_entity=kept.lead_entity)
        for person in (one, two):
            RoleHeld.objects.create(person=person, role=Role.SECRETARIAT, starts_on="2019-01-01")
        kept, merged = (Project.objects.visible_to(OFFICE).get(pk=each.pk) for each in (kept, merged))
        questions = questions_about(kept, merged, every)
        choices = {each.key: random.choice(each.options) for each in questions}
        own = {each.inventory.key: each.budget_usd for each in _entries(kept)}
        other = {each.inventory.key: each.budget_usd for each in _entries(merged)}
        told = {table: len(counted(table)) for table in ("project", "entry", "contribution", "response")}
        sums, seen = money(), Seen(kept.version, merged.version)
        answered = [set(_answered(each)) for each in (kept, merged)]
        if kept.level == merged.level == "restricted" and kept.state_id != merged.state_id:
            return  # two States keep them to themselves: they are never one
        merging = propose_merging(
            kept=kept, merged=merged, reason="x", choices=choices, seen=seen, person=one, actor=Actor("one", one.pk)
        )
        merge_projects(
            merging=merging, choices=choices, seen=seen, seen_version=1, person=two, actor=Actor("two", two.pk)
        )
        now = {table: len(counted(table)) for table in told}
        assert now["project"] == told["project"] - 1
        assert now["entry"] == told["entry"] - len(own.keys() & other.keys())
        once = [key for key, choice in choices.items() if key.startswith("contribution:") and choice == "once"]
        assert now["contribution"] == told["contribution"] - len(once)
        assert now["response"] == told["response"] - len(answered[0] & answered[1])
        for key in own.keys() & other.keys():
            stands = {"kept": own, "merged": other}[choices.get(f"entry:{key}", "kept")]
            sums[key] += stands[key] - own[key] - other[key]
        assert {key: amount for key, amount in money().items() if amount} == {key: n for key, n in sums.items() if n}
        assert not [row for row in counted("entry") if row[1] == merged.public_id]


def _entries(project: Project) -> Any:
    return InventoryEntry.objects.visible_to(OFFICE).filter(project=project).select_related("inventory")


def _answered(project: Project) -> Any:
    return Response.objects.visible_to(OFFICE).filter(project=project).values_list("recommendation_id", flat=True)
