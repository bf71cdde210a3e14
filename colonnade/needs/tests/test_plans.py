"""Plans of action: begun, written, accepted by those who lead, proposed, agreed, reported on; and who may do what."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from colonnade.audit.models import Event
from colonnade.needs.models import ActionPlan, ActivityReport, PlanActivity, PlanEntity, PlanNeed, PlanStep, PlanVersion
from colonnade.needs.plans.access import Held
from colonnade.needs.plans.actions.beginning import Chosen, Frame, begin_plan, choose_needs, edit_plan
from colonnade.needs.plans.actions.consents import confirm_consent, withdraw_consent
from colonnade.needs.plans.actions.leading import answer_lead
from colonnade.needs.plans.actions.parts import IndicatorTold, drop_part, write_activity, write_indicator, write_outcome
from colonnade.needs.plans.actions.reporting import report_activity, report_indicator
from colonnade.needs.plans.actions.versions import end_plan, propose_version, redraft_plan, return_version
from colonnade.needs.plans.actions.writing import PlanRefused
from colonnade.needs.plans.ordering import reordered
from colonnade.needs.plans.queries import plan_content, version_in_force
from colonnade.needs.plans.workflow import WORKFLOW
from colonnade.needs.tests.plan_house import DAY, FRAME, TEST, House, fresh, house_of_plans, indicators

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return house_of_plans()


def refused(words: str) -> Any:
    return pytest.raises(PlanRefused, match=words)


def test_a_plan_goes_from_a_draft_to_agreed_and_reported(house: House) -> None:
    plan = house.begin("officer", "open", "kept")
    activity = house.outline(plan)
    with refused("Not every lead has accepted"):
        propose_version(**house.by(plan, "officer"))
    house.accept(plan)
    propose_version(**house.by(plan, "officer"))
    assert fresh(plan).standing == "proposed"
    house.consent(plan, "state", "version")
    assert fresh(plan).standing == "agreed"
    content = plan_content(fresh(plan), house.viewer("state"))
    assert content is not None
    assert (content.number, [each.state.code for each in content.agreed], content.waits_for) == (1, ["QMA"], ())
    assert [each.reference for each in content.needs] == ["R-open", "R-kept"]
    by_alpha: dict[str, Any] = {"plan": plan, "person": house.people["alpha"], "actor": TEST}
    report_activity(key=activity.key, status="under_way", funded=Decimal(70), **by_alpha)
    report_indicator(key=indicators(plan)["Wells dug"], value=Decimal(4), on=DAY, **by_alpha)
    content = plan_content(fresh(plan), house.viewer("state"))
    assert content is not None
    assert (content.money.cost.amount, content.money.funded.amount) == (Decimal(100), Decimal(70))
    assert content.activities[0].status == "under_way"
    assert [each.latest for each in content.indicators] == [None, 4]
    said = PlanStep.objects.unscoped("test").filter(of_plan=plan).values_list("done", flat=True)
    assert list(said) == ["begun", "accepted", "proposed", "consented", "agreed"]
    assert Event.objects.filter(table_name="needs_actionplan", action="record_consent").exists()


@pytest.mark.parametrize("who", ["alpha", "auditor", "donor", "board"])
def test_others_begin_no_plan(house: House, who: str) -> None:
    with refused("begins a plan"):
        house.begin(who)


def test_a_state_begins_plans_of_its_own_only(house: House) -> None:
    assert house.begin("state").standing == "drafting"
    assert house.begin("assessor").country == house.states["QMA"]
    with refused("your own State"):
        house.begin("other_state")
    two = [house.states[code] for code in ("QMA", "QMB")]
    with refused("of a region"):
        begin_plan(frame=FRAME, states=two, person=house.people["officer"], actor=TEST)


def test_what_the_needs_of_another_state_are_is_not_taken_into_a_plan(house: House) -> None:
    with refused("needs of the States"):
        house.begin("officer", "there")
    plan = house.begin("officer", "there", "kept", states=("QMA", "QMB"))
    with refused("needs of the States"):
        choose_needs(needs=[Chosen(house.needs["kept"])], **house.by(plan, "other_state"))


def test_whoever_does_not_see_a_need_leaves_it_where_it_stands(house: House) -> None:
    plan = house.begin("officer", "kept", "there", "open", states=("QMA", "QMB"))
    choose_needs(needs=[], **house.by(plan, "other_state"))
    left = PlanNeed.objects.unscoped("test").filter(of_plan=plan).values_list("need__reference", "place", "reason")
    assert list(left) == [("R-kept", 1, "Why kept"), ("R-open", 2, "Why open")]
    choose_needs(needs=[Chosen(house.needs["there"], "New")], **house.by(plan, "other_state"))
    content = plan_content(fresh(plan), house.viewer("other_state"))
    assert content is not None
    assert [(each.rank, each.reference, each.reason) for each in content.needs] == [(1, "R-there", "New")]


@given(st.lists(st.integers(0, 9), unique=True), st.sets(st.integers(0, 9)), st.lists(st.integers(0, 12), unique=True))
def test_an_order_is_what_was_wanted_around_what_was_not_seen(
    everything: list[int], seen: set[int], wanted: list[int]
) -> None:
    found = reordered(everything, seen, [each for each in wanted if each in seen or each not in everything])
    hidden = [each for each in everything if each not in seen]
    asked = [each for each in wanted if each in seen or each not in everything]
    assert [each for each in found if each in hidden] == hidden
    assert [each for each in found if each not in hidden] == asked
    assert reordered(everything, everything, asked) == asked


def test_a_plan_is_written_by_its_circle_and_only_while_it_is_drafted(house: House) -> None:
    plan = house.begin()
    house.outline(plan, "assessor")
    with refused("no such plan"):
        write_outcome(text="x", **house.by(plan, "gamma"))
    with refused("write the plan"):
        write_outcome(text="x", **house.by(plan, "alpha"))
    house.agree(plan)
    with refused("while it is drafted"):
        write_outcome(text="x", **house.by(plan, "officer"))


def test_somebody_who_looked_at_an_earlier_plan_looks_again(house: House) -> None:
    plan = house.begin()
    stale = house.by(plan, "state")
    edit_plan(frame=Frame(title="Other", starts_on=DAY, ends_on=DAY), **house.by(plan, "officer"))
    with refused("changed since"):
        edit_plan(frame=FRAME, **stale)
    assert fresh(plan).title == "Other"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"funded": Decimal(101)}, "between nothing and the cost"),
        ({"ends_on": DAY.replace(year=2018)}, "end before it begins"),
        ({"text": " "}, "Say what it is"),
        ({"text": "Call the victim at +41 22 730 5555"}, "telephone"),
    ],
)
def test_a_wrong_activity_is_refused_with_what_is_wrong(house: House, changed: dict[str, Any], words: str) -> None:
    plan = house.begin()
    house.outline(plan)
    with refused(words):
        house.activity(plan, **changed)
    assert PlanActivity.objects.unscoped("test").filter(of_plan=plan).count() == 1


def test_a_project_that_the_writer_may_not_see_is_neither_linked_nor_taken_away(house: House) -> None:
    plan = house.begin("officer", states=("QMA", "QMB"))
    activity = house.outline(plan)
    with refused("no such project"):
        write_activity(told=house.told(project=house.project), key=activity.key, **house.by(plan, "other_state"))
    write_activity(told=house.told(project=house.project), key=activity.key, **house.by(plan, "officer"))
    write_activity(told=house.told(), key=activity.key, **house.by(plan, "other_state"))
    activity.refresh_from_db(from_queryset=PlanActivity.objects.unscoped("test"))
    assert activity.for_project_id == house.project.pk
    write_activity(told=house.told(), key=activity.key, **house.by(plan, "officer"))
    activity.refresh_from_db(from_queryset=PlanActivity.objects.unscoped("test"))
    assert activity.for_project_id is None


def test_a_lead_answers_for_itself_and_anew_when_the_activity_changes(house: House) -> None:
    plan = house.begin()
    activity = house.outline(plan)
    by: dict[str, Any] = {"plan": plan, "keys": [activity.key], "actor": TEST}
    with refused("focal point of the entity"):
        answer_lead(answer="accepted", person=house.people["beta"], **by)
    with refused("Say why"):
        answer_lead(answer="declined", person=house.people["alpha"], **by)
    answer_lead(answer="declined", says="No people", person=house.people["alpha"], **by)
    with refused("ALPHA"):
        propose_version(**house.by(plan, "state"))
    house.accept(plan)
    write_activity(told=house.told(funded=Decimal(50)), key=activity.key, **house.by(plan, "officer"))
    activity.refresh_from_db(from_queryset=PlanActivity.objects.unscoped("test"))
    assert activity.answer == "accepted"
    write_activity(told=house.told(cost=Decimal(200)), key=activity.key, **house.by(plan, "officer"))
    activity.refresh_from_db(from_queryset=PlanActivity.objects.unscoped("test"))
    assert (activity.answer, activity.answered_by) == ("", None)


def test_parts_are_dropped_from_the_inside_and_entities_with_them(house: House) -> None:
    plan = house.begin()
    activity = house.outline(plan)
    output = activity.output
    with refused("belongs to it"):
        drop_part(kind="output", key=output.key, **house.by(plan, "officer"))
    with refused("no such part"):
        drop_part(kind="letter", key=output.key, **house.by(plan, "officer"))
    assert PlanEntity.objects.unscoped("test").filter(of_plan=plan).count() == 2
    drop_part(kind="activity", key=activity.key, **house.by(plan, "officer"))
    assert not PlanEntity.objects.unscoped("test").filter(of_plan=plan).exists()
    with refused("at least one activity"):
        propose_version(**house.by(plan, "officer"))


def test_a_state_consents_itself_and_what_others_record_waits_for_it(house: House) -> None:
    plan = house.begin()
    house.outline(plan)
    house.accept(plan)
    propose_version(**house.by(plan, "officer"))
    consent = house.consent(plan, "officer", "version")
    for who in ("officer", "second", "assessor"):
        with refused("own focal point"):
            confirm_consent(consent=consent, person=house.people[who], actor=TEST)
    assert fresh(plan).standing == "proposed"
    with refused("recorded already"):
        house.consent(plan, "state", "version")
    confirm_consent(consent=consent, person=house.people["state"], actor=TEST)
    assert fresh(plan).standing == "agreed"
    with refused("confirmed or withdrawn"):
        confirm_consent(consent=consent, person=house.people["state"], actor=TEST)
    with refused("begin another"):
        withdraw_consent(consent=consent, reason="x", person=house.people["state"], actor=TEST)


def test_a_plan_of_a_region_is_agreed_once_each_of_its_states_consents(house: House) -> None:
    plan = house.begin("officer", states=("QMA", "QMB"))
    house.outline(plan)
    house.accept(plan)
    propose_version(**house.by(plan, "officer"))
    house.consent(plan, "state", "version")
    content = plan_content(fresh(plan), house.viewer("officer"))
    assert content is not None
    assert [each.state.code for each in content.agreed] == ["QMA"]
    assert [each.code for each in content.waits_for] == ["QMB"]
    assert fresh(plan).standing == "proposed"
    with refused("consents"):
        house.consent(plan, "state", "version", state="QMB")
    house.consent(plan, "other_state", "version")
    assert fresh(plan).standing == "agreed"


def test_a_version_that_is_sent_back_frees_its_number_and_says_why(house: House) -> None:
    plan = house.begin()
    house.outline(plan)
    house.accept(plan)
    propose_version(**house.by(plan, "officer"))
    with refused("Say why"):
        return_version(reason=" ", **house.by(plan, "state"))
    with refused("sends a version back"):
        return_version(reason="x", **house.by(plan, "assessor"))
    return_version(reason="The north is missing", **house.by(plan, "state"))
    assert (fresh(plan).standing, fresh(plan).reason) == ("drafting", "The north is missing")
    propose_version(**house.by(plan, "officer"))
    house.consent(plan, "state", "version")
    rows = PlanVersion.objects.unscoped("test").filter(of_plan=plan).values_list("number", "standing")
    assert sorted(rows) == [(1, "agreed"), (1, "returned")]


def test_a_new_version_takes_over_what_was_reported_while_the_old_one_stays(house: House) -> None:
    plan = house.agreed("open")
    activity = PlanActivity.objects.unscoped("test").get(of_plan=plan)
    by: dict[str, Any] = {"plan": plan, "key": activity.key, "person": house.people["alpha"], "actor": TEST}
    report_activity(status="under_way", funded=Decimal(90), **by)
    redraft_plan(reason="More wells", **house.by(plan, "state"))
    write_activity(
        told=house.told(cost=Decimal(300), funded=Decimal(90), lead=house.entities["GAMMA"], partners=[]),
        key=activity.key, **house.by(plan, "officer"),
    )  # fmt: skip
    report_activity(status="done", funded=Decimal(100), **by)
    named = PlanEntity.objects.unscoped("test").filter(of_plan=plan).values_list("entity__code", flat=True)
    assert set(named) == {"ALPHA", "BETA", "GAMMA"}
    in_force = plan_content(fresh(plan), house.viewer("alpha"))
    assert in_force is not None
    assert [(each.lead, each.cost, each.funded, each.status) for each in in_force.activities] == [
        ("ALPHA", Decimal(100), Decimal(100), "done")
    ]
    house.accept(plan, "gamma")
    propose_version(changes="More wells", **house.by(plan, "officer"))
    house.consent(plan, "state", "version")
    second = version_in_force(house.viewer("state"), fresh(plan))
    assert second is not None
    assert second.number == 2
    content = plan_content(fresh(plan), house.viewer("gamma"))
    assert content is not None
    assert [(each.lead, each.cost, each.funded, each.status) for each in content.activities] == [
        ("GAMMA", Decimal(300), Decimal(100), "done")
    ]
    assert plan_content(fresh(plan), house.viewer("beta")) is None


@pytest.mark.parametrize("who", ["beta", "state", "assessor"])
def test_only_the_lead_and_the_secretariat_report(house: House, who: str) -> None:
    plan = house.agreed()
    activity = PlanActivity.objects.unscoped("test").get(of_plan=plan)
    with refused("that leads"):
        report_activity(
            plan=plan, key=activity.key, status="done", funded=Decimal(1), person=house.people[who], actor=TEST
        )
    with refused("that leads"):
        report_indicator(
            plan=plan, key=indicators(plan)["Ill"], value=Decimal(1), on=DAY, person=house.people[who], actor=TEST
        )


def test_reports_stay_within_what_was_agreed_and_before_the_end(house: House) -> None:
    plan = house.agreed()
    activity = PlanActivity.objects.unscoped("test").get(of_plan=plan)
    by: dict[str, Any] = {"plan": plan, "person": house.people["officer"], "actor": TEST}
    with refused("cost that was agreed"):
        report_activity(key=activity.key, status="done", funded=Decimal(101), **by)
    with refused("Say why"):
        report_activity(key=activity.key, status="stopped", funded=Decimal(1), **by)
    with refused("no such activity"):
        report_activity(key="other", status="done", funded=Decimal(1), **by)
    with refused("no such indicator"):
        report_indicator(key="other", value=Decimal(1), on=DAY, **by)
    end_plan(reason="The war", **house.by(plan, "state"))
    with refused("was ended"):
        report_activity(key=activity.key, status="done", funded=Decimal(1), **by)
    assert not ActivityReport.objects.unscoped("test").exists()


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [(-1, 30, "begin before the plan"), (0, 900, "end after the plan"), (900, 901, "begin after the plan")],
)
def test_no_part_is_written_that_lies_outside_of_the_period(house: House, begins: int, ends: int, words: str) -> None:
    plan = house.begin()
    row = house.outline(plan)
    days = {"starts_on": DAY + timedelta(days=begins), "ends_on": DAY + timedelta(days=ends)}
    with refused(words):
        write_activity(told=house.told(**days), key=row.key, **house.by(plan, "officer"))
    late = IndicatorTold(text="x", unit="x", baseline=None, target=Decimal(1), due_on=FRAME.ends_on + timedelta(days=1))
    for told, why in ((late, "due after"), (replace(late, due_on=DAY - timedelta(days=1)), "due before")):
        with refused(why):
            write_indicator(told=told, output=row.output.key, **house.by(plan, "officer"))


def test_a_version_is_not_proposed_while_a_part_lies_outside_of_the_period(house: House) -> None:
    plan = house.begin()
    house.outline(plan)
    house.accept(plan)
    edit_plan(frame=replace(FRAME, starts_on=DAY + timedelta(days=2)), **house.by(plan, "officer"))
    with refused("Dig wells: It would begin before.*Ill: It would be due before.*Wells dug: It would be due before"):
        propose_version(**house.by(plan, "officer"))
    edit_plan(frame=FRAME, **house.by(plan, "officer"))
    propose_version(**house.by(plan, "officer"))


def test_an_activity_that_has_not_begun_is_neither_under_way_nor_done(house: House) -> None:
    plan = house.begin()
    today = timezone.localdate()
    edit_plan(frame=replace(FRAME, ends_on=today + timedelta(days=90)), **house.by(plan, "officer"))
    house.outline(plan)
    begins, ends = today + timedelta(days=1), today + timedelta(days=60)
    later = house.activity(plan, text="Dig later", starts_on=begins, ends_on=ends)
    now = house.activity(plan, text="Dig now", starts_on=today, ends_on=today)
    house.agree(plan)
    by: dict[str, Any] = {"plan": plan, "funded": Decimal(50), "person": house.people["alpha"], "actor": TEST}
    for status in ("under_way", "done"):
        with refused("once it has begun"):
            report_activity(key=later.key, status=status, **by)
        report_activity(key=now.key, status=status, **by)
    report_activity(key=later.key, status="planned", **by)
    report_activity(key=later.key, status="stopped", remark="No money", **by)


def test_the_database_keeps_what_was_proposed_and_said(house: House) -> None:
    plan = house.agreed("open")
    for change in (
        lambda: PlanVersion.objects.unscoped("test").update(content={}),
        lambda: PlanVersion.objects.unscoped("test").update(standing="proposed", agreed_on=None),
        lambda: PlanStep.objects.unscoped("test").update(says="x"),
        lambda: PlanStep.objects.unscoped("test").delete(),
    ):
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionPlan.objects.unscoped("test").filter(pk=plan.pk).update(level="public")


@given(st.lists(st.sampled_from([each.name for each in WORKFLOW.transitions]), max_size=8))
def test_every_way_through_the_workflow_keeps_to_its_standings_and_ends_for_good(steps: list[str]) -> None:
    plan = ActionPlan(standing="drafting")
    for name in steps:
        ended = plan.standing == "ended"
        step = WORKFLOW[name]
        if plan.standing in step.sources:
            assert not ended
            plan.standing = step.target
        assert plan.standing in ActionPlan.Standing.values
        assert Held(plan, frozenset()).standing == plan.standing
