"""Illustrative requests: filed and answered through the ordinary actions, marked as made up, recorded once."""

import pytest
from django.utils import timezone

from colonnade.needs.models import AssistanceProcess, AssistanceRequest, AssistanceStep
from colonnade.needs.tests.assistance_house import TEST, House, house_of_requests
from colonnade.packs.illustrative.asking import record_illustrative_requests

pytestmark = pytest.mark.django_db


def record(house: House) -> bool:
    return record_illustrative_requests(
        officer=house.people["officer"],
        focal_points=[house.people["alpha"], house.people["beta"]],
        states=[house.people["state"], house.people["other_state"]],
        today=timezone.localdate(),
        actor=TEST,
    )


def test_they_stand_where_requests_can_stand_and_are_recorded_once() -> None:
    house = house_of_requests()
    assert record(house)
    found = list(AssistanceRequest.objects.unscoped("test").order_by("pk"))
    assert [each.standing for each in found] == ["passed", "filed", "closed", "led", "led"]
    assert {each.provenance for each in found} == {"illustrative"}
    assert [each.with_safeguards for each in found] == [False, False, False, False, True]
    assert [each.sort for each in found].index("joining") == 3
    assert all(each.title.startswith("Illustrative") for each in found if each.sort != "joining")
    assert found[2].reason.startswith("Illustrative")
    steps = AssistanceStep.objects.unscoped("test").count()
    assert not record(house)
    assert AssistanceStep.objects.unscoped("test").count() == steps


def test_a_strategy_without_rules_has_none() -> None:
    house = house_of_requests()
    AssistanceProcess.objects.all().delete()
    assert not record(house)
