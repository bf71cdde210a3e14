"""Who reads a plan of action, and how little others can tell: a need that is kept, a draft, a costed table."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from colonnade.core.reading import reading_as
from colonnade.core.viewer import PUBLIC, Viewer
from colonnade.needs.models import ActionPlan, PlanActivity, PlanCosts, PlanVersion, VersionNeed
from colonnade.needs.plans.actions.consents import confirm_consent, withdraw_consent
from colonnade.needs.plans.actions.parts import write_activity
from colonnade.needs.plans.actions.reporting import report_activity
from colonnade.needs.plans.actions.versions import redraft_plan
from colonnade.needs.plans.actions.writing import PlanRefused
from colonnade.needs.plans.queries import (
    consents_of,
    costed_table,
    costs_of,
    draft_content,
    plan_called,
    plan_content,
    steps_of,
    versions_of,
)
from colonnade.needs.tests.plan_house import TEST, House, fresh, house_of_plans

pytestmark = pytest.mark.django_db
CIRCLE = ("state", "officer", "assessor", "auditor", "alpha", "beta")
OTHERS = ("other_state", "gamma", "board", "donor")
#: Queries of one content, whatever its length.
CEILING = 14


@pytest.fixture
def house() -> House:
    return house_of_plans()


def open_to(house: House, plan: ActionPlan, covers: str) -> Any:
    consent = house.consent(plan, "state", covers)
    return confirm_consent(consent=consent, person=house.people["second"], actor=TEST)


def test_a_draft_and_an_agreed_plan_are_read_by_the_circle_alone(house: House) -> None:
    plan = house.begin()
    house.outline(plan)
    for _stage in ("draft", "agreed"):
        for who in CIRCLE:
            assert plan_called(house.viewer(who), plan.public_id) is not None, who
            assert plan_content(plan, house.viewer(who)) is not None
        for viewer in (*map(house.viewer, OTHERS), PUBLIC):
            assert plan_called(viewer, plan.public_id) is None
            assert plan_content(plan, viewer) is None
            assert not costs_of(viewer).exists()
        house.agree(plan) if plan.standing == "drafting" else None
        plan = fresh(plan)


def test_the_compact_reads_what_was_agreed_once_two_people_let_it(house: House) -> None:
    plan = house.agreed("open", "kept")
    consent = house.consent(plan, "officer", "compact")
    assert plan_called(house.viewer("gamma"), plan.public_id) is None
    with pytest.raises(PlanRefused, match="second person"):
        confirm_consent(consent=consent, person=house.people["officer"], actor=TEST)
    confirm_consent(consent=consent, person=house.people["second"], actor=TEST)
    for who in ("gamma", "board"):
        viewer = house.viewer(who)
        assert plan_called(viewer, plan.public_id) is not None
        assert not consents_of(viewer, plan)
        assert not steps_of(viewer, plan)
        content = plan_content(fresh(plan), viewer)
        assert content is not None
        assert [(each.rank, each.reference) for each in content.needs] == [(1, "R-open")]
        assert [(each.given_by, each.document) for each in content.agreed] == [("", "")]
    for viewer in (house.viewer("other_state"), house.viewer("donor"), PUBLIC):
        assert plan_called(viewer, plan.public_id) is None
    withdraw_consent(consent=consent, reason="An election", person=house.people["state"], actor=TEST)
    assert plan_called(house.viewer("gamma"), plan.public_id) is None


def test_a_need_that_is_kept_leaves_no_trace_for_whoever_may_not_see_it(house: House) -> None:
    """The same plan with and without it reads the same: content, ranks, rows."""
    plain, kept = house.agreed("open", "more"), house.agreed("open", "kept", "more")
    for plan in (plain, kept):
        open_to(house, plan, "compact")
    for who in ("gamma", "board", "alpha"):
        viewer = house.viewer(who)
        one, other = (plan_content(fresh(plan), viewer) for plan in (plain, kept))
        assert one is not None
        assert other is not None
        assert one.needs == other.needs
        assert [each.rank for each in other.needs] == [1, 2]
        assert one.money == other.money
        with reading_as(viewer):
            rows = [
                VersionNeed.objects.visible_to(viewer).filter(of_version__of_plan=plan).count()
                for plan in (plain, kept)
            ]
        assert rows == [2, 2]


def test_a_new_draft_is_read_by_the_circle_while_others_read_the_version_in_force(house: House) -> None:
    plan = house.agreed()
    open_to(house, plan, "compact")
    redraft_plan(reason="More", **house.by(plan, "officer"))
    activity = PlanActivity.objects.unscoped("test").get(of_plan=plan)
    write_activity(told=house.told(text="Secretly dig"), key=activity.key, **house.by(plan, "officer"))
    gamma = house.viewer("gamma")
    content = plan_content(fresh(plan), gamma)
    assert content is not None
    assert [each.text for each in content.activities] == ["Dig wells"]
    assert draft_content(fresh(plan), gamma) is None
    drafted = draft_content(fresh(plan), house.viewer("state"))
    assert drafted is not None
    assert [each.text for each in drafted.activities] == ["Secretly dig"]
    assert [each.number for each in versions_of(gamma, plan)] == [1]


def test_everybody_reads_the_costs_once_the_state_and_a_second_person_say_so(house: House) -> None:
    plan = house.agreed("open", "kept")
    readers = (house.viewer("donor"), PUBLIC, house.viewer("gamma"))
    consent = house.consent(plan, "state", "costs")
    with pytest.raises(PlanRefused, match="second person"):
        confirm_consent(consent=consent, person=house.people["state"], actor=TEST)
    assert not any(costs_of(viewer).exists() for viewer in readers)
    confirm_consent(consent=consent, person=house.people["officer"], actor=TEST)
    activity = PlanActivity.objects.unscoped("test").get(of_plan=plan)
    report_activity(
        plan=plan, key=activity.key, status="under_way", funded=activity.cost, remark="Said in confidence",
        person=house.people["alpha"], actor=TEST,
    )  # fmt: skip
    for viewer in readers:
        (costs,) = costs_of(viewer)
        table = costed_table(costs)
        assert (table.money.cost.amount, table.money.unfunded.amount) == (Decimal(100), Decimal(0))
        said = str(costs.table)
        assert not [word for word in ("R-open", "Need", "Drought", "confidence", "NV 1", "Dig deeper") if word in said]
        assert plan_called(viewer, plan.public_id) is None
        with reading_as(viewer):
            assert not PlanVersion.objects.visible_to(viewer).exists()
    withdraw_consent(consent=consent, reason="x", person=house.people["state"], actor=TEST)
    assert not any(costs_of(viewer).exists() for viewer in readers)


def test_nobody_else_is_let_in_before_a_version_is_agreed(house: House) -> None:
    plan = house.begin()
    for covers in ("compact", "costs"):
        with pytest.raises(PlanRefused, match="before a version"):
            house.consent(plan, "state", covers)
    assert not PlanCosts.objects.unscoped("test").exists()


def test_each_state_of_a_region_lets_others_in(house: House) -> None:
    plan = house.begin("officer", states=("QMA", "QMB"))
    house.outline(plan)
    plan = house.agree(plan, "state", "other_state")
    open_to(house, plan, "compact")
    assert plan_called(house.viewer("gamma"), plan.public_id) is None
    consent = house.consent(plan, "other_state", "compact")
    confirm_consent(consent=consent, person=house.people["officer"], actor=TEST)
    assert plan_called(house.viewer("gamma"), plan.public_id) is not None


@pytest.mark.parametrize("who", ["officer", "gamma", "state"])
def test_a_long_plan_takes_no_more_queries_than_a_short_one(house: House, who: str) -> None:
    plan = house.begin("officer", "open", "kept", "more")
    house.outline(plan)
    for number in range(12):
        house.activity(plan, text=f"Dig {number}", project=house.project)
    plan = house.agree(plan)
    open_to(house, plan, "compact")
    viewer: Viewer = house.viewer(who)
    for content in (plan_content, draft_content):
        with (
            reading_as(viewer),
            CaptureQueriesContext(
                connection,
            ) as asked,
        ):
            content(fresh(plan), viewer)
        assert len(asked) <= CEILING + 1
