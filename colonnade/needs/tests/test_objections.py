"""A State objects once to the closing of its request; the secretariat opens it again, or another person answers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from colonnade.members.queries import viewer_for
from colonnade.needs.assistance.actions.outcomes import (
    close_request,
    object_to_closing,
    reopen_request,
    uphold_closing,
)
from colonnade.needs.assistance.actions.writing import RequestRefused
from colonnade.needs.assistance.queries import request_called, steps_of
from colonnade.needs.models import AssistanceRequest
from colonnade.needs.tests.assistance_house import RULES, House, fresh, house_of_requests, led

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> House:  # noqa: ARG001  # the fixture opens the database
    return house_of_requests()


def closed(here: House, who: str = "officer") -> AssistanceRequest:
    asked = led(here)
    close_request(**here.by(asked, who), reason="Nothing fits.")
    return asked


def test_a_state_objects_once_to_the_closing_and_the_request_is_opened_again(here: House) -> None:
    asked = closed(here)
    assert fresh(asked).object_until == timezone.localdate() + timedelta(days=30)
    object_to_closing(**here.by(asked, "state"), reason="The posts are still open.")
    now = fresh(asked)
    assert (now.standing, now.reason, now.objected_on) == (
        "objected",
        "The posts are still open.",
        timezone.localdate(),
    )
    assert now.due_on == timezone.localdate() + timedelta(days=7)
    reopen_request(**here.by(asked, "second"), reason="We ask again.")
    now = fresh(asked)
    assert (now.standing, now.lead, now.object_until) == ("filed", None, None)
    close_request(**here.by(asked, "officer"), reason="Nobody can.")
    assert fresh(asked).object_until is None
    with pytest.raises(RequestRefused, match="objected once"):
        object_to_closing(**here.by(asked, "state"), reason="Again.")


def test_an_objection_is_answered_by_another_person_than_closed_and_the_state_reads_why(here: House) -> None:
    asked = closed(here)
    object_to_closing(**here.by(asked, "state"), reason="The posts are still open.")
    with pytest.raises(RequestRefused, match="You closed this request"):
        uphold_closing(**here.by(asked, "officer"), reason="It stands.")
    with pytest.raises(RequestRefused, match="secretariat answers"):
        uphold_closing(**here.by(asked, "alpha"), reason="It stands.")
    with pytest.raises(RequestRefused, match="Say why"):
        uphold_closing(**here.by(asked, "second"), reason=" ")
    uphold_closing(**here.by(asked, "second"), reason="No entity works there.")
    viewer = viewer_for(here.people["state"], timezone.localdate())
    seen = request_called(viewer, asked.public_id)
    assert seen is not None
    assert (seen.standing, seen.reason) == ("closed", "No entity works there.")
    assert [each.done for each in steps_of(viewer, asked)][-3:] == ["closed", "objected", "upheld"]


def test_nobody_but_the_state_objects_and_not_after_its_time(here: House) -> None:
    asked = closed(here)
    for who in ("officer", "other_state", "alpha"):
        with pytest.raises(RequestRefused):
            object_to_closing(**here.by(asked, who), reason="No.")
    AssistanceRequest.objects.unscoped("test").update(object_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(RequestRefused, match="time in which the State can object is over"):
        object_to_closing(**here.by(asked, "state"), reason="Late.")


def test_where_the_rules_give_no_time_no_state_objects(db: None) -> None:  # noqa: ARG001  # opens the database
    here = house_of_requests({name: rule for name, rule in RULES.items() if name != "objection"})
    asked = closed(here)
    assert fresh(asked).object_until is None
    with pytest.raises(RequestRefused, match="is over"):
        object_to_closing(**here.by(asked, "state"), reason="No.")
