"""Who reads a request: its State, whom it was passed to, the compact and the resident coordinator where it says so."""

import pytest
from django.utils import timezone

from colonnade.core.viewer import PUBLIC
from colonnade.members.queries import viewer_for
from colonnade.needs.assistance.actions.outcomes import withdraw_request
from colonnade.needs.assistance.actions.passing import Recipient, pass_on, set_readers
from colonnade.needs.assistance.actions.writing import RequestRefused
from colonnade.needs.assistance.queries import request_called, steps_of
from colonnade.needs.assistance.workflow import WORKFLOW
from colonnade.needs.tests.assistance_house import House, fresh, house_of_requests, seen_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db: None) -> House:  # noqa: ARG001  # the fixture opens the database
    return house_of_requests()


def test_a_request_is_its_states_and_theirs_whom_it_was_passed_to(here: House) -> None:
    asked = here.file()
    everybody = {"officer", "second", "both", "auditor", "coordinator"}
    assert seen_by(here, asked) == {"state", *everybody}
    pass_on(**here.by(asked, "officer"), to=[Recipient(here.entities["BETA"], "Why not")])
    assert seen_by(here, asked) == {"state", "beta", *everybody}
    set_readers(**here.by(asked, "state"), open_to_compact=True)
    assert seen_by(here, asked) == set(here.people) - {"donor", "other_state", "other_coordinator"}
    assert request_called(PUBLIC, asked.public_id) is None
    set_readers(**here.by(asked, "state"), open_to_compact=False)
    assert seen_by(here, asked) == {"state", "beta", *everybody}
    with pytest.raises(RequestRefused, match="how the State agreed"):
        set_readers(**here.by(asked, "officer"), open_to_compact=True)


def test_the_resident_coordinator_reads_what_the_state_lets_them_read(here: House) -> None:
    asked = here.file(channel="entity", sent_to=here.entities["BETA"])
    assert "coordinator" not in seen_by(here, asked)
    set_readers(**here.by(asked, "state"), open_to_compact=False, coordinator_reads=True)
    assert seen_by(here, asked) & {"coordinator", "other_coordinator"} == {"coordinator"}
    said = steps_of(viewer_for(here.people["coordinator"], timezone.localdate()), fresh(asked))[-1].says
    assert said == "The resident coordinator reads it."
    with pytest.raises(RequestRefused, match="read by them already"):
        set_readers(**here.by(asked, "state"), open_to_compact=False, coordinator_reads=True)
    set_readers(**here.by(asked, "state"), open_to_compact=False, coordinator_reads=False)
    assert "coordinator" not in seen_by(here, asked)
    with pytest.raises(RequestRefused, match="how the State agreed"):
        set_readers(**here.by(asked, "officer"), open_to_compact=False, coordinator_reads=True)


def test_a_coordinator_does_nothing_with_a_request_but_read_it(here: House) -> None:
    asked = here.file("coordinator", document="Note 4")
    viewer = viewer_for(here.people["coordinator"], timezone.localdate())
    assert not [step for step, why_not in WORKFLOW.offered(viewer, asked) if why_not is None]
    for opens, reads in ((True, None), (False, False)):
        with pytest.raises(RequestRefused, match="Only the State"):
            set_readers(**here.by(asked, "coordinator"), open_to_compact=opens, coordinator_reads=reads)
    withdraw_request(**here.by(asked, "state"), reason="We did not ask for this")


def test_a_channel_can_say_that_the_compact_reads_what_took_it(here: House) -> None:
    assert here.file(channel="chair").level == "compact"
