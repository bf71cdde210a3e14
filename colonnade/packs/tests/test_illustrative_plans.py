"""Illustrative plans of action: written and agreed through the ordinary actions, marked as made up, recorded once."""

from decimal import Decimal

import pytest
from django.utils import timezone

from colonnade.core.viewer import PUBLIC
from colonnade.needs.models import ActionPlan, PlanStep, Recommendation
from colonnade.needs.plans.queries import costed_table, costs_of, plan_content, versions_of
from colonnade.needs.tests.plan_house import TEST, House, house_of_plans
from colonnade.packs.illustrative.planning import record_illustrative_plans

pytestmark = pytest.mark.django_db


def record(house: House) -> bool:
    return record_illustrative_plans(
        officer=house.people["officer"],
        second=house.people["second"],
        focal_points=[house.people["alpha"], house.people["beta"]],
        states=[house.people["state"], house.people["other_state"]],
        today=timezone.localdate(),
        actor=TEST,
    )


def test_one_is_agreed_twice_one_waits_for_a_state_one_is_drafted_and_they_are_recorded_once() -> None:
    house = house_of_plans()
    Recommendation.objects.unscoped("test").update(provenance="illustrative")
    assert record(house)
    found = list(ActionPlan.objects.unscoped("test").select_related("country", "region").order_by("pk"))
    assert [each.standing for each in found] == ["agreed", "proposed", "drafting"]
    assert {each.provenance for each in found} == {"illustrative"}
    assert all(each.title.startswith("Illustrative") for each in found)
    officer = house.viewer("officer")
    content = plan_content(found[0], officer)
    assert content is not None
    assert (content.number, content.level) == (2, "compact")
    assert [len(each.activities) for each in content.outputs] == [2, 1, 1]
    assert len(content.overdue(timezone.localdate())) == 1
    assert [each.latest for each in content.indicators] == [18, 130, 2]
    assert len(content.needs) == 3
    assert [each.number for each in versions_of(officer, found[0])] == [2, 1]
    (costs,) = costs_of(PUBLIC)
    assert costed_table(costs).money.cost.amount == Decimal(2_240_000)
    wide = plan_content(found[1], officer)
    assert wide is not None
    assert [each.code for each in wide.waits_for] == ["QMB"]
    steps = PlanStep.objects.unscoped("test").count()
    assert not record(house)
    assert PlanStep.objects.unscoped("test").count() == steps
