"""Requests for assistance: filed, passed on, answered, led, and what comes of them; who reads them and who may not."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colonnade.audit.models import Event
from colonnade.members.queries import viewer_for
from colonnade.needs.assistance.actions.filing import ask_to_join
from colonnade.needs.assistance.actions.outcomes import (
    Outline,
    SafeguardAnswer,
    answer_safeguards,
    close_request,
    object_to_closing,
    record_joined,
    record_plan,
    reopen_request,
    turn_into_project,
    uphold_closing,
    withdraw_request,
)
from colonnade.needs.assistance.actions.passing import (
    Recipient,
    answer_request,
    name_lead,
    pass_on,
    record_told,
    take_lead_back,
)
from colonnade.needs.assistance.actions.writing import RequestRefused, TwinsUnseen
from colonnade.needs.assistance.queries import (
    notices_of,
    passings_of,
    proposals_for,
    questions_of,
    request_called,
    rules_now,
    steps_of,
    waiting_for,
)
from colonnade.needs.assistance.workflow import WORKFLOW
from colonnade.needs.models import (
    AssistanceNotice,
    AssistancePassing,
    AssistanceProcess,
    AssistanceRequest,
    AssistanceStep,
)
from colonnade.needs.tests.assistance_house import TEST, House, answered, fresh, house_of_requests, led, passed, seen_by
from colonnade.portfolio.models import Project, ProjectCountry, ProjectPartner, ProjectSafeguard

pytestmark = pytest.mark.django_db
OUTLINE = Outline(reference="NEW-1", title="Border posts", description="Trains them.")


@pytest.fixture
def here(db: None) -> House:  # noqa: ARG001  # the fixture opens the database
    return house_of_requests()


def test_the_way_of_a_request_from_its_state_to_a_project(here: House) -> None:
    asked = here.file(theme=here.theme, by_when=timezone.localdate() + timedelta(days=200))
    assert (asked.standing, asked.level) == ("filed", "restricted")
    assert asked.due_on == timezone.localdate() + timedelta(days=7)
    pass_on(
        **here.by(asked, "officer"),
        to=[Recipient(here.entities["ALPHA"], "It works there."), Recipient(here.entities["BETA"], "It leads Travel.")],
    )
    assert fresh(asked).due_on == timezone.localdate() + timedelta(days=21)
    alpha = viewer_for(here.people["alpha"], timezone.localdate())
    assert waiting_for(alpha).count() == 1
    answered(here, asked, "alpha")
    assert waiting_for(alpha).count() == 0
    answered(here, asked, "beta", "interested", "With two trainers.")
    name_lead(**here.by(asked, "officer"), entity=here.entities["ALPHA"], reason="It is there.")
    made = turn_into_project(**here.by(asked, "alpha"), outline=OUTLINE)
    now = fresh(asked)
    assert (now.standing, now.became_project, now.due_on) == ("project", made, None)
    kept = Project.objects.unscoped("test").select_related("pillar", "state").get(pk=made.pk)
    assert (kept.origin, kept.origin_note, kept.level) == ("request", "", "restricted")
    assert kept.state == here.states["QMA"]
    assert kept.pillar is not None
    assert kept.pillar.code == "II"
    assert ProjectCountry.objects.unscoped("test").get(project=made).country.code == "QMA"
    assert ProjectPartner.objects.unscoped("test").get(project=made).name == "BETA"
    steps = [each.done for each in steps_of(alpha, now)]
    assert steps == ["filed", "passed", "passed", "answered", "answered", "lead", "project"]
    assert Event.objects.filter(table_name="needs_assistancestep", action="turn_into_project").count() == 1


def test_an_entity_that_the_state_turns_to_is_asked_at_once(here: House) -> None:
    asked = here.file(channel="entity", sent_to=here.entities["DELTA"])
    assert asked.standing == "passed"
    assert {"delta", "assessor"} <= seen_by(here, asked)  # who assesses for the entity is of the entity
    assert "alpha" not in seen_by(here, asked)
    answered(here, asked, "delta")
    with pytest.raises(RequestRefused, match="Name the entity"):
        here.file(channel="entity", title="Another matter", what="Ships")


def test_who_touches_women_and_children_brings_safeguards_and_who_is_told(here: House) -> None:
    with pytest.raises(RequestRefused, match="whom it touches"):
        here.file(kind="women-children")
    asked = here.file(kind="women-children", touches="children", facilitation=True)
    officer = viewer_for(here.people["officer"], timezone.localdate())
    told = [(each.act, each.whom, each.done_on is not None) for each in notices_of(officer, asked)]
    assert told == [
        ("inform", "The committee", False), ("consult", "The fund", False), ("approach", "The Red Cross", True)
    ]  # fmt: skip
    (consulted,) = passings_of(officer, asked)
    assert (consulted.entity.code, consulted.asked_as) == ("GAMMA", "consulted")
    assert "gamma" in seen_by(here, asked)
    assert [each.safeguard.code for each in questions_of(officer, asked)] == ["law", "victims"]
    women = here.file(kind="women-children", touches="women", title="Women")
    assert [each.act for each in notices_of(officer, women)] == ["inform"]
    assert [each.safeguard.code for each in questions_of(officer, women)] == ["law", "guilt"]
    other = here.file(title="Ships", what="Ports", why="Sea", facilitation=True, touches="women")
    assert (other.with_safeguards, other.touches, other.facilitation) == (False, "", False)


def test_nothing_comes_of_it_before_the_safeguards_are_answered(here: House) -> None:
    asked = led(here, kind="women-children", touches="both")
    with pytest.raises(RequestRefused, match="3 questions"):
        turn_into_project(**here.by(asked, "alpha"), outline=OUTLINE)
    with pytest.raises(RequestRefused, match="Say of each"):
        answer_safeguards(**here.by(asked, "alpha"), answers={"law": SafeguardAnswer(True, " ")})
    with pytest.raises(RequestRefused, match="does not bring"):
        answer_safeguards(**here.by(asked, "alpha"), answers={"nothing": SafeguardAnswer(True, "So")})
    answer_safeguards(**here.by(asked, "alpha"), answers={"law": SafeguardAnswer(True, "By the code")})
    answer_safeguards(
        **here.by(asked, "alpha"),
        answers={"victims": SafeguardAnswer(True, "Always"), "guilt": SafeguardAnswer(None, "No trials")},
    )
    made = turn_into_project(**here.by(asked, "alpha"), outline=OUTLINE)
    kept = ProjectSafeguard.objects.unscoped("test").filter(project=made)
    assert {(each.safeguard.code, each.respected, each.how) for each in kept.select_related("safeguard")} == {
        ("law", True, "By the code"), ("victims", True, "Always"), ("guilt", None, "No trials")
    }  # fmt: skip


def test_who_answered_for_an_entity_does_not_name_it(here: House) -> None:
    asked = passed(here, "ALPHA")
    answer_request(
        asked=asked, entity=here.entities["ALPHA"], answer="can_lead", says="", person=here.people["both"], actor=TEST
    )
    with pytest.raises(RequestRefused, match="somebody else"):
        name_lead(**here.by(asked, "both"), entity=here.entities["ALPHA"])
    name_lead(**here.by(asked, "officer"), entity=here.entities["ALPHA"])


def test_a_lead_said_that_it_can_and_a_refusal_says_why(here: House) -> None:
    asked = passed(here, "ALPHA", "BETA")
    answered(here, asked, "alpha", "interested")
    for code in ("ALPHA", "BETA", "GAMMA"):
        with pytest.raises(RequestRefused):
            name_lead(**here.by(asked, "officer"), entity=here.entities[code])
    with pytest.raises(RequestRefused, match="why your entity cannot"):
        answered(here, asked, "beta", "cannot")
    with pytest.raises(RequestRefused, match="focal point"):
        answer_request(
            asked=asked, entity=here.entities["BETA"], answer="can_lead", says="", person=here.people["alpha"],
            actor=TEST,
        )  # fmt: skip
    with pytest.raises(RequestRefused, match="was not passed"):
        answer_request(
            asked=asked, entity=here.entities["GAMMA"], answer="can_lead", says="", person=here.people["officer"],
            actor=TEST,
        )  # fmt: skip


def test_a_lead_can_be_given_back_and_another_named(here: House) -> None:
    asked = led(here)
    with pytest.raises(RequestRefused, match="give the lead back"):
        answered(here, asked, "alpha", "cannot", "No staff")
    take_lead_back(**here.by(asked, "alpha"), reason="No staff left")
    now = fresh(asked)
    assert (now.standing, now.lead, now.due_on) == ("passed", None, timezone.localdate() + timedelta(days=21))
    answered(here, asked, "beta")
    name_lead(**here.by(asked, "officer"), entity=here.entities["BETA"])
    assert fresh(asked).lead == here.entities["BETA"]


def test_a_consulted_entity_can_be_asked_as_well_and_nobody_twice(here: House) -> None:
    asked = passed(here, "GAMMA", kind="women-children", touches="children")
    officer = viewer_for(here.people["officer"], timezone.localdate())
    (passing,) = passings_of(officer, asked)
    assert passing.asked_as == "asked"
    with pytest.raises(RequestRefused, match="has it already"):
        pass_on(**here.by(asked, "officer"), to=[Recipient(here.entities["GAMMA"], "Again")])
    with pytest.raises(RequestRefused, match="at least one"):
        pass_on(**here.by(asked, "officer"), to=[])


@pytest.mark.parametrize(("step", "who"), [("close", "officer"), ("withdraw", "state")])
def test_it_is_closed_with_a_reason_that_the_state_reads(here: House, step: str, who: str) -> None:
    asked = here.file()
    act = close_request if step == "close" else withdraw_request
    with pytest.raises(RequestRefused, match="Say why"):
        act(**here.by(asked, who), reason=" ")
    act(**here.by(asked, who), reason="Nobody works in this field.")
    state = viewer_for(here.people["state"], timezone.localdate())
    seen = request_called(state, asked.public_id)
    assert seen is not None
    assert (seen.reason, seen.due_on) == ("Nobody works in this field.", None)
    with pytest.raises(RequestRefused, match="not open where"):
        act(**here.by(asked, who), reason="Again")


def test_a_plan_of_action_is_recorded_with_what_it_is(here: House) -> None:
    asked = led(here)
    record_plan(**here.by(asked, "alpha"), reason="The national plan of 2026.")
    assert fresh(asked).standing == "plan"


def test_joining_a_programme_goes_to_who_leads_it_at_once(here: House) -> None:
    joining: dict[str, Any] = {"programme": here.programme, "person": here.people["state"], "actor": TEST}
    asked = ask_to_join(country=here.states["QMA"], document="Note 3", **joining)
    assert (asked.standing, asked.lead, asked.sort) == ("led", here.entities["BETA"], "joining")
    assert asked.due_on == timezone.localdate() + timedelta(days=30)
    assert "beta" in seen_by(here, asked)
    with pytest.raises(TwinsUnseen):
        ask_to_join(country=here.states["QMA"], **joining)
    with pytest.raises(RequestRefused, match="no project of its own"):
        turn_into_project(**here.by(asked, "beta"), outline=OUTLINE)
    record_joined(**here.by(asked, "beta"), reason="Agreement signed.")
    assert fresh(asked).standing == "joined"
    here.programme.code = "other"
    here.programme.save()
    with pytest.raises(RequestRefused, match="cannot ask to join"):
        ask_to_join(country=here.states["QMA"], **joining)
    assert not WORKFLOW["join"].may(viewer_for(here.people["beta"], timezone.localdate()), fresh(asked))


def test_that_somebody_was_told_is_recorded_once_by_who_may(here: House) -> None:
    asked = here.file(kind="women-children", touches="both")
    officer = viewer_for(here.people["officer"], timezone.localdate())
    notice = notices_of(officer, asked)[0]
    today = timezone.localdate()
    with pytest.raises(RequestRefused, match="records this"):
        record_told(notice=notice, on=today, person=here.people["state"], actor=TEST)
    with pytest.raises(RequestRefused, match="The day lies"):
        record_told(notice=notice, on=today + timedelta(days=1), person=here.people["officer"], actor=TEST)
    record_told(notice=notice, on=today, says="By letter", person=here.people["officer"], actor=TEST)
    with pytest.raises(RequestRefused, match="recorded already"):
        record_told(notice=notice, on=today, person=here.people["officer"], actor=TEST)
    assert AssistanceNotice.objects.unscoped("test").get(pk=notice.pk).done_note == "By letter"


def test_triage_says_why_from_what_the_registry_holds(here: House) -> None:
    asked = here.file(theme=here.theme)
    viewer, rules = viewer_for(here.people["officer"], timezone.localdate()), rules_now()
    assert rules is not None
    found = {entity.code: proposal for entity, proposal in proposals_for(viewer, asked, rules)}
    assert list(found) == ["ALPHA", "BETA", "DELTA"]
    assert found["ALPHA"].parts == {"mandate": 20, "presence": 12, "delivery": 13, "capacity": 7}
    assert found["BETA"].parts == {"mandate": 40, "presence": 0, "delivery": 0, "capacity": 0}
    assert found["DELTA"].parts == {"mandate": 0, "presence": 12, "delivery": 0, "capacity": 0}
    pass_on(**here.by(asked, "officer"), to=[Recipient(here.entities["ALPHA"], "So")])
    assert [entity.code for entity, _ in proposals_for(viewer, fresh(asked), rules)] == ["BETA", "DELTA"]


def test_a_stale_page_takes_no_step(here: House) -> None:
    asked = here.file()
    stale = here.by(asked, "officer")
    pass_on(**here.by(asked, "officer"), to=[Recipient(here.entities["ALPHA"], "So")])
    for act in (close_request, withdraw_request):
        with pytest.raises(RequestRefused, match="changed since"):
            act(**stale, reason="So")


def test_the_database_holds_it_too(here: House) -> None:
    asked = led(here)
    rows = AssistanceRequest.objects.unscoped("test").filter(pk=asked.pk)
    for change in (
        {"level": "public"}, {"standing": "project"}, {"standing": "closed"}, {"lead": None}, {"sort": "joining"}
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    steps = AssistanceStep.objects.unscoped("test").filter(of_request=asked)
    with pytest.raises(ProgrammingError, match="stands"), transaction.atomic():
        steps.update(says="Otherwise")
    with pytest.raises(ProgrammingError, match="stands"), transaction.atomic():
        steps.delete()


def test_a_taken_reference_leaves_the_request_as_it_was(here: House) -> None:
    asked = led(here)
    with pytest.raises(RequestRefused, match="of that reference"):
        turn_into_project(**here.by(asked, "alpha"), outline=replace(OUTLINE, reference="P-0"))
    assert fresh(asked).standing == "led"
    day = timezone.localdate()
    backwards = replace(OUTLINE, starts_on=day, ends_on=day - timedelta(days=1))
    with pytest.raises(RequestRefused, match="end before"):
        turn_into_project(**here.by(asked, "alpha"), outline=backwards)


def test_clocks_that_were_promised_stay_when_the_rules_change(here: House) -> None:
    asked = here.file()
    process = AssistanceProcess.objects.get()
    process.rules["steps"][0]["days"] = 99
    process.save()
    assert fresh(asked).due_on == timezone.localdate() + timedelta(days=7)


TRIED = st.lists(
    st.tuples(st.sampled_from([each.name for each in WORKFLOW.transitions]), st.integers(0, 12)), max_size=7
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TRIED)
def test_whatever_is_tried_only_the_table_moves_it(here: House, tried: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        asked = passed(here, "ALPHA", "BETA")
        answered(here, asked, "alpha")
        names = list(here.people)
        for step, number in tried:
            before, who = fresh(asked), names[number % len(names)]
            why_not = WORKFLOW[step].why_not(viewer_for(here.people[who], timezone.localdate()), before)
            try:
                _take(here, asked, step, who)
            except RequestRefused:
                assert fresh(asked).standing == before.standing
            else:
                assert why_not is None
                assert fresh(asked).standing == WORKFLOW[step].target
        now = fresh(asked)
        assert (now.standing in ("led", "project", "plan")) <= (now.lead is not None)
        assert (now.due_on is None) == (now.standing not in ("filed", "passed", "led", "objected"))
        assert AssistancePassing.objects.unscoped("test").filter(of_request=asked).count() >= 2
        transaction.set_rollback(True)


def _take(here: House, asked: AssistanceRequest, step: str, who: str) -> None:
    by = here.by(asked, who)
    match step:
        case "pass":
            pass_on(**by, to=[Recipient(here.entities["DELTA"], "So")])
        case "lead":
            name_lead(**by, entity=here.entities["ALPHA"])
        case "project":
            turn_into_project(**by, outline=OUTLINE)
        case _:
            acts = {
                "lead-back": take_lead_back, "plan": record_plan, "join": record_joined, "close": close_request,
                "withdraw": withdraw_request, "object": object_to_closing, "reopen": reopen_request,
                "uphold": uphold_closing,
            }  # fmt: skip
            acts[step](**by, reason="So")
