"""Filing a request for assistance: by whom, whole, never twice unawares, and about no individual."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from colonnade.needs.assistance.actions.filing import ask_to_join, file_request
from colonnade.needs.assistance.actions.outcomes import withdraw_request
from colonnade.needs.assistance.actions.passing import set_readers
from colonnade.needs.assistance.actions.writing import RequestRefused, TwinsUnseen
from colonnade.needs.models import Assessment, AssistanceProcess, AssistanceRequest, AssistanceStep, Recommendation
from colonnade.needs.tests.assistance_house import ASKED, DAY, TEST, House, house_of_requests

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> House:  # noqa: ARG001  # the fixture opens the database
    return house_of_requests()


def test_nobody_files_twice_unawares(here: House) -> None:
    first = here.file()
    again: dict[str, Any] = {"country": here.states["QMA"], "asked": ASKED, "actor": TEST}
    with pytest.raises(TwinsUnseen) as met:
        file_request(**again, person=here.people["state"])
    assert [each.request.public_id for each in met.value.twins] == [first.public_id]
    file_request(**again, person=here.people["state"], twins_seen=[first.public_id])
    # Another State's people are shown nothing of it, and neither is a twin of another State.
    file_request(**{**again, "country": here.states["QMB"]}, person=here.people["other_state"])


def test_a_twin_that_was_withdrawn_does_not_count(here: House) -> None:
    withdraw_request(**here.by(here.file(), "state"), reason="Solved")
    file_request(country=here.states["QMA"], asked=ASKED, person=here.people["state"], actor=TEST)


@pytest.mark.parametrize("who", ["alpha", "assessor", "auditor", "donor", "board", "other_state", "other_coordinator"])
def test_others_do_not_file_for_a_state(here: House, who: str) -> None:
    with pytest.raises(RequestRefused):
        here.file(who)
    assert not AssistanceRequest.objects.unscoped("test").exists()


def test_the_secretariat_files_for_a_state_or_for_a_coordinator(here: House) -> None:
    asked = here.file("officer", brought_by="coordinator", document="Note 12")
    assert (asked.brought_by, asked.document) == ("coordinator", "Note 12")
    (step,) = AssistanceStep.objects.unscoped("test").filter(of_request=asked)
    assert (step.country, step.entity) == (None, None)


def test_a_coordinator_brings_what_the_state_asked_in_a_letter(here: House) -> None:
    with pytest.raises(RequestRefused, match="in which the State asked"):
        here.file("coordinator", channel="chair")
    asked = here.file("coordinator", channel="chair", document="Note 4", brought_by="state")
    assert (asked.brought_by, asked.coordinator_reads) == ("coordinator", True)
    with pytest.raises(RequestRefused, match="brought this request"):
        set_readers(**here.by(asked, "state"), open_to_compact=True, coordinator_reads=False)
    joined = ask_to_join(
        country=here.states["QMA"],
        programme=here.programme,
        document="Note 5",
        person=here.people["coordinator"],
        actor=TEST,
    )
    assert (joined.brought_by, joined.coordinator_reads) == ("coordinator", True)


def test_a_coordinator_cites_no_need_that_the_state_keeps_from_them(here: House) -> None:
    visit = Assessment.objects.unscoped("test").create(
        country=here.states["QMA"], assessor=here.entities["DELTA"], kind="visit", starts_on=DAY, ends_on=DAY
    )
    need = Recommendation.objects.unscoped("test").create(
        reference="R-1", assessment=visit, title="Posts", country=here.states["QMA"], level="compact", issued_on=DAY
    )
    with pytest.raises(RequestRefused, match="no such recommendation"):
        here.file("coordinator", document="Note 4", need=need)


def test_the_channel_through_a_coordinator_lets_them_read(here: House) -> None:
    assert here.file(channel="coordinator").coordinator_reads
    assert not here.file(channel="chair").coordinator_reads
    assert here.file(channel="chair", coordinator_reads=True).coordinator_reads


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "nothing"}, "what kind"),
        ({"channel": "nothing"}, "channels"),
        ({"kind": "women-children", "channel": "chair", "touches": "both"}, "channels"),
        ({"why": " "}, "and why"),
        ({"by_when": timezone.localdate() - timedelta(days=1)}, "is over"),
        ({"what": "Ask jane.doe@people.example"}, "no personal details"),
        ({"brought_by": "nobody"}, "Say who brought"),
    ],
)
def test_what_is_filed_is_whole_and_holds_nothing_about_individuals(
    here: House, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(RequestRefused, match=said):
        here.file(**changed)


def test_a_strategy_without_rules_takes_no_request(here: House) -> None:
    AssistanceProcess.objects.all().delete()
    with pytest.raises(RequestRefused, match="no channel leads anywhere"):
        here.file()
