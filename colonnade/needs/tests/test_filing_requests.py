"""Filing a request for assistance: by whom, whole, never twice unawares, and about no individual."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from colonnade.needs.assistance.actions.filing import file_request
from colonnade.needs.assistance.actions.outcomes import withdraw_request
from colonnade.needs.assistance.actions.writing import RequestRefused, TwinsUnseen
from colonnade.needs.models import AssistanceProcess, AssistanceRequest, AssistanceStep
from colonnade.needs.tests.assistance_house import ASKED, TEST, House, house_of_requests

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


@pytest.mark.parametrize("who", ["alpha", "assessor", "auditor", "donor", "board", "other_state"])
def test_others_do_not_file_for_a_state(here: House, who: str) -> None:
    with pytest.raises(RequestRefused):
        here.file(who)
    assert not AssistanceRequest.objects.unscoped("test").exists()


def test_the_secretariat_files_for_a_state_or_for_a_coordinator(here: House) -> None:
    asked = here.file("officer", brought_by="coordinator", document="Note 12")
    assert (asked.brought_by, asked.document) == ("coordinator", "Note 12")
    (step,) = AssistanceStep.objects.unscoped("test").filter(of_request=asked)
    assert (step.country, step.entity) == (None, None)


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
