"""What a State and its assessors say to each other: each side its own kinds, read by those concerned, never changed."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from colonnade.core.actor import Actor
from colonnade.members.models import Entity
from colonnade.members.queries import viewer_for
from colonnade.needs.models import Assessment, Remark
from colonnade.needs.remarks.actions import RemarkRefused, make_remark
from colonnade.needs.remarks.queries import follow_ups, remarks_on
from colonnade.needs.tests.houses import House, assessed_state
from colonnade.places.models import Country

pytestmark = pytest.mark.django_db
TEST = Actor("test")


@pytest.fixture
def here(db: None) -> House:  # noqa: ARG001  # the fixture opens the database
    return assessed_state()


def said(here: House, who: str, kind: str, text: str = "The wells are dug.", visit: Assessment | None = None) -> Remark:
    return make_remark(need=here.need, kind=kind, text=text, assessment=visit, person=here.people[who], actor=TEST)


def follow_up(state: str = "QMA", kind: str = "follow_up") -> Assessment:
    return Assessment.objects.unscoped("test").create(
        country=Country.objects.get(code=state), assessor=Entity.objects.get(code="DELTA"), kind=kind,
        starts_on=date(2020, 5, 1), ends_on=date(2020, 5, 4),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "kind", "side"),
    [
        ("state", "comment", "state"),
        ("state", "correction", "state"),
        ("state", "progress", "state"),
        ("assessor", "answer", "assessor"),
        ("officer", "answer", "secretariat"),
    ],
)
def test_each_side_says_what_is_its_own_to_say(here: House, who: str, kind: str, side: str) -> None:
    made = said(here, who, kind)
    assert (made.side, made.text) == (side, "The wells are dug.")


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("state", "answer"), ("state", "finding"), ("assessor", "progress"), ("officer", "comment"),
        ("other_state", "comment"), ("alpha", "comment"), ("donor", "comment"), ("auditor", "answer"),
        ("administrator", "answer"), ("state", "shout"),
    ],
)  # fmt: skip
def test_nobody_says_what_is_the_others(here: House, who: str, kind: str) -> None:
    with pytest.raises(RemarkRefused):
        said(here, who, kind)


def test_a_finding_names_a_follow_up_visit_to_the_same_state(here: House) -> None:
    for wrong in (None, follow_up("QMB"), follow_up(kind="visit")):
        with pytest.raises(RemarkRefused, match="follow-up"):
            said(here, "assessor", "finding", visit=wrong)
    right = follow_up()
    assert said(here, "assessor", "finding", visit=right).assessment_id == right.pk
    viewer = viewer_for(here.people["state"], timezone.localdate())
    assert follow_ups(viewer, here.need) == [right]


def test_an_empty_remark_is_refused(here: House) -> None:
    with pytest.raises(RemarkRefused):
        said(here, "state", "comment", " \n")


def test_those_concerned_read_it_and_nobody_else(here: House) -> None:
    made = said(here, "state", "progress")
    readers = {
        who: remarks_on(viewer_for(person, timezone.localdate()), here.need) == [made]
        for who, person in here.people.items()
    }
    inside = {"state", "assessor", "officer", "second", "auditor", "both"}
    assert {who for who, reads in readers.items() if reads} == inside


def test_what_was_said_stands(here: House) -> None:
    made = said(here, "state", "progress")
    rows = Remark.objects.unscoped("test").filter(pk=made.pk)
    with pytest.raises(ProgrammingError, match="stands"), transaction.atomic():
        rows.update(text="No.")
    with pytest.raises(ProgrammingError, match="stands"), transaction.atomic():
        rows.delete()
