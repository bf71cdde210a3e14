"""Responses: claimed by one side, judged by another, contested by a third; each step leaves why, and none is undone."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.members.models import Entity
from colonnade.members.queries import viewer_for
from colonnade.needs.models import Recommendation, Response, ResponseStep
from colonnade.needs.queries import steps_of
from colonnade.needs.responses.actions import (
    Claim,
    ResponseRefused,
    claim_again,
    claim_response,
    contest_response,
    reject_response,
    return_response,
    verify_response,
    withdraw_response,
)
from colonnade.needs.responses.workflow import WORKFLOW
from colonnade.needs.tests.houses import DAY, House, assessed_state
from colonnade.portfolio.models import Project

pytestmark = pytest.mark.django_db
TEST = Actor("test")
CLAIM = Claim("full", "All of it", "Report 1", DAY, date(2030, 1, 1))


@pytest.fixture
def here(db: None) -> House:  # noqa: ARG001  # the fixture opens the database
    return assessed_state()


def claimed(here: House, who: str = "alpha", claim: Claim = CLAIM) -> Response:
    return claim_response(need=here.need, project=here.project, claim=claim, person=here.people[who], actor=TEST)


def fresh(response: Response) -> Response:
    return Response.objects.unscoped("test").select_related("recommendation__country", "claimed_by").get(pk=response.pk)


def by(here: House, response: Response, who: str) -> dict[str, Any]:
    now = fresh(response)
    return {"response": now, "seen_version": now.version, "person": here.people[who], "actor": TEST}


def test_a_claim_is_returned_made_again_verified_contested_and_verified_as_less(here: House) -> None:
    made = claimed(here)
    assert (made.standing, made.claimed_by.code, made.says) == ("claimed", "ALPHA", "All of it")
    return_response(**by(here, made, "assessor"), reason="Which wells?")
    better = Claim("full", "The ten wells", "Report 2")
    claim_again(**by(here, made, "alpha"), claim=better)
    verify_response(**by(here, made, "assessor"), strength="full")
    assert fresh(made).verified_by == Entity.objects.get(code="DELTA")
    contest_response(**by(here, made, "state"), reason="Five are dry")
    assert fresh(made).verified_on is None
    with pytest.raises(ResponseRefused, match="why it meets only part"):
        verify_response(**by(here, made, "officer"), strength="partial")
    verify_response(**by(here, made, "officer"), strength="partial", reason="Five of ten")
    now = fresh(made)
    assert (now.standing, now.strength, now.says, now.verified_by) == ("verified", "partial", "The ten wells", None)
    viewer = viewer_for(here.people["alpha"], timezone.localdate())
    told = [
        (step.standing, step.entity and step.entity.code, step.country and step.country.code, step.reason)
        for step in steps_of(viewer, now)
    ]
    assert told == [
        ("claimed", "ALPHA", None, ""),
        ("returned", "DELTA", None, "Which wells?"),
        ("claimed", "ALPHA", None, ""),
        ("verified", "DELTA", None, ""),
        ("contested", None, "QMA", "Five are dry"),
        ("verified", None, None, "Five of ten"),
    ]
    assert Event.objects.filter(table_name="needs_response", action="verify_response").count() == 2


def test_a_partner_claims_for_itself_and_the_secretariat_for_the_lead(here: House) -> None:
    assert claimed(here, "gamma").claimed_by.code == "GAMMA"
    Response.objects.unscoped("test")
    other = Project.objects.unscoped("test").create(
        reference="P-2",
        title="Dig more",
        lead_entity=Entity.objects.get(code="ALPHA"),
        status="ongoing",
        level="compact",
    )
    here.project = other
    made = claimed(here, "officer")
    assert (made.claimed_by.code, made.claimed_by_person) == ("ALPHA", here.people["officer"])
    with pytest.raises(ResponseRefused, match="Your side"):
        verify_response(**by(here, made, "officer"), strength="full")
    verify_response(**by(here, made, "second"), strength="full")


def test_what_ended_before_the_need_was_found_does_not_answer_it(here: House) -> None:
    over = Claim("full", "All of it", "Report 1", date(2018, 1, 1), date(2019, 5, 31))
    with pytest.raises(ResponseRefused, match="before the recommendation"):
        claimed(here, claim=over)
    made = claimed(here)
    return_response(**by(here, made, "assessor"), reason="Until when?")
    with pytest.raises(ResponseRefused, match="before the recommendation"):
        claim_again(**by(here, made, "alpha"), claim=over)


@pytest.mark.parametrize("who", ["beta", "state", "donor", "auditor", "administrator", "assessor"])
def test_others_do_not_claim(here: House, who: str) -> None:
    with pytest.raises(ResponseRefused):
        claimed(here, who)
    assert not Response.objects.unscoped("test").exists()


@pytest.mark.parametrize("who", ["alpha", "gamma", "beta", "state", "other_state", "both", "donor", "auditor"])
def test_who_claims_does_not_verify_and_neither_do_others(here: House, who: str) -> None:
    made = claimed(here)
    with pytest.raises(ResponseRefused):
        verify_response(**by(here, made, who), strength="full")
    assert fresh(made).standing == "claimed"


@pytest.mark.parametrize(("who", "may"), [("state", True), ("beta", True), ("gamma", True), ("alpha", False),
                                          ("other_state", False), ("donor", False), ("officer", False)])  # fmt: skip
def test_the_state_or_another_entity_contests(here: House, who: str, may: bool) -> None:  # of the table
    made = claimed(here)
    if may:
        contest_response(**by(here, made, who), reason="Not so")
    else:
        with pytest.raises(ResponseRefused):
            contest_response(**by(here, made, who), reason="Not so")
    assert (fresh(made).standing == "contested") == may


def test_a_claim_says_what_and_on_what_evidence_and_once(here: House) -> None:
    for claim in (
        Claim("full", " ", "Report"),
        Claim("full", "All", ""),
        Claim("more", "All", "Report"),
        Claim("full", "All", "Report", date(2020, 1, 2), date(2020, 1, 1)),
    ):
        with pytest.raises(ResponseRefused):
            claimed(here, claim=claim)
    claimed(here)
    with pytest.raises(ResponseRefused, match="on record already"):
        claimed(here, "gamma")


def test_a_stale_page_takes_no_step_and_a_reason_is_asked_for(here: House) -> None:
    made = claimed(here)
    stale = by(here, made, "assessor")
    return_response(**by(here, made, "officer"), reason="Which?")
    with pytest.raises(ResponseRefused):
        verify_response(**stale, strength="full")
    with pytest.raises(ResponseRefused):
        reject_response(**stale, reason="No")
    with pytest.raises(ResponseRefused, match="Say why"):
        withdraw_response(**by(here, made, "alpha"), reason="  ")


def test_no_more_is_verified_than_is_claimed_and_what_is_closed_is_not_claimed(here: House) -> None:
    made = claimed(here, claim=Claim("partial", "Five wells", "Report"))
    with pytest.raises(ResponseRefused, match="More cannot"):
        verify_response(**by(here, made, "assessor"), strength="full")
    withdraw_response(**by(here, made, "alpha"), reason="It ended")
    Recommendation.objects.unscoped("test").update(standing="implemented")
    with pytest.raises(ResponseRefused, match="not open"):
        claim_again(**by(here, made, "alpha"), claim=CLAIM)


def test_the_database_holds_it_too(here: House) -> None:
    made = claimed(here)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.unscoped("test").filter(pk=made.pk).update(verified_by_person=here.people["alpha"])
    for change in ("update", "delete"):
        rows = ResponseStep.objects.unscoped("test").filter(response=made)
        with pytest.raises(ProgrammingError, match="stands"), transaction.atomic():
            rows.update(reason="Otherwise") if change == "update" else rows.delete()


def test_a_restricted_need_is_not_there_for_those_who_may_not_see_it(here: House) -> None:
    Recommendation.objects.unscoped("test").update(level="restricted")
    with pytest.raises(ResponseRefused, match="no such"):
        claimed(here)


STEPS = st.lists(
    st.tuples(st.sampled_from([each.name for each in WORKFLOW.transitions]), st.integers(0, 11)), max_size=8
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_tried_only_the_table_moves_it_and_nobody_judges_their_own(
    here: House, tried: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        made = claimed(here)
        names = list(here.people)
        for step, number in tried:
            before, who = fresh(made), names[number]
            viewer = viewer_for(here.people[who], timezone.localdate())
            why_not = WORKFLOW[step].why_not(viewer, before)
            try:
                _take(step, by(here, made, who))
            except ResponseRefused:
                assert fresh(made).standing == before.standing
            else:
                assert why_not is None
                assert fresh(made).standing == WORKFLOW[step].target
                assert step not in ("verify", "return", "reject") or who in ("officer", "second", "assessor")
        now = fresh(made)
        assert (now.standing == "verified") == (now.verified_on is not None)
        assert now.verified_by_person_id is None or now.verified_by_person_id != now.claimed_by_person_id
        transaction.set_rollback(True)


def _take(step: str, given: dict[str, Any]) -> None:
    match step:
        case "verify":
            verify_response(**given, strength="partial", reason="In part")
        case "claim":
            claim_again(**given, claim=CLAIM)
        case _:
            actions = {
                "return": return_response, "reject": reject_response, "contest": contest_response,
                "withdraw": withdraw_response,
            }  # fmt: skip
            actions[step](**given, reason="So")
