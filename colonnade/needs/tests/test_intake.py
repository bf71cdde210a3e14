"""Taking a workbook in asks, of whoever does it, what recording and revising one by one ask; and is all or nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.core.problems import ProblemsFound
from colonnade.members.queries import viewer_for
from colonnade.needs.assessments.actions import AssessmentRefused
from colonnade.needs.intake.actions import IntakeChanged, TakenIn, sign, take_in
from colonnade.needs.intake.columns import Intake, Part, Row
from colonnade.needs.intake.comparing import compare
from colonnade.needs.intake.queries import standing_for
from colonnade.needs.models import Assessment, Recommendation
from colonnade.needs.tests.houses import House, assessed_state

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 1)
TEST = Actor("test")
VISIT = {
    "country": "QMA", "assessor": "DELTA", "kind": "visit", "starts_on": "2020-01-01", "ends_on": "2020-01-09",
    "mandates": "", "level": "compact",
}  # fmt: skip
NEED = {
    "assessment": "new 1", "title": "Wells", "text": "Dig wells.", "theme": "", "pillar": "", "mandates": "",
    "priority": "high", "addressee": "", "issued_on": "2020-02-01", "standing": "open", "follows": "",
    "level": "compact",
}  # fmt: skip


@pytest.fixture
def here(db: None) -> House:  # noqa: ARG001  # the fixture opens the database
    return assessed_state()


def intake(visit: dict[str, str] = VISIT, *needs: dict[str, str]) -> Intake:
    rows = tuple(Row(Part.NEEDS, number, "", each) for number, each in enumerate(needs or (NEED,), 2))
    return Intake("needs.xlsx", (Row(Part.ASSESSMENTS, 2, "new 1", visit),), rows)


def digest(here: House, who: str, given: Intake) -> str:
    standing = standing_for(viewer_for(here.people[who], TODAY))
    return compare(given, standing, choices={}, sign=sign, today=TODAY).digest


def took(here: House, who: str, given: Intake, seen: str = "") -> TakenIn:
    told: dict[str, Any] = {"intake": given, "choices": {}, "person": here.people[who], "actor": TEST}
    return take_in(digest=seen or digest(here, who, given), **told)


def test_what_it_says_is_recorded_in_one_action_and_a_second_time_not_at_all(here: House) -> None:
    assert took(here, "assessor", intake()) == TakenIn(2, 0)
    made = Recommendation.objects.unscoped("test").get(text="Dig wells.")
    assert made.country.code == "QMA"
    assert set(Event.objects.filter(table_name="needs_recommendation").values_list("action", flat=True)) >= {"take_in"}
    assert took(here, "assessor", intake()) == TakenIn(0, 0)


@pytest.mark.parametrize("who", ["alpha", "state", "other_state", "donor", "auditor", "administrator"])
def test_nobody_else_takes_one_in(here: House, who: str) -> None:
    with pytest.raises(AssessmentRefused):
        took(here, who, intake(), digest(here, "assessor", intake()))


@pytest.mark.parametrize(("name", "code"), [("country", "QMB"), ("assessor", "ALPHA")])
def test_an_assessor_takes_in_for_their_own_state_and_as_themselves_alone(here: House, name: str, code: str) -> None:
    given = intake({**VISIT, name: code})
    with pytest.raises(AssessmentRefused, match=code):
        took(here, "assessor", given)
    assert took(here, "officer", given) == TakenIn(2, 0)


def test_a_row_that_is_wrong_leaves_nothing_written(here: House) -> None:
    before = Assessment.objects.unscoped("test").count()
    with pytest.raises(ProblemsFound, match="confidential until its State consents"):
        took(here, "assessor", intake({**VISIT, "level": "restricted"}))
    with pytest.raises(AssessmentRefused, match="nowhere"):
        took(here, "assessor", intake(VISIT, {**NEED, "theme": "nowhere"}))
    assert Assessment.objects.unscoped("test").count() == before


def test_what_was_not_looked_at_is_not_taken_in(here: House) -> None:
    seen = digest(here, "assessor", intake())
    with pytest.raises(IntakeChanged):
        took(here, "assessor", intake(VISIT, {**NEED, "text": "Dig deeper."}), seen)


def test_a_later_version_takes_the_place_of_an_open_one_of_its_state_once(here: House) -> None:
    follows = {**NEED, "follows": here.need.reference}
    twice = intake(VISIT, follows, {**follows, "text": "Dig deeper."})
    with pytest.raises(ProblemsFound, match="takes its place already"):
        took(here, "assessor", twice)
    assert took(here, "assessor", intake(VISIT, follows)) == TakenIn(2, 1)
    here.need.refresh_from_db()
    later = Recommendation.objects.unscoped("test").get(follows=here.need)
    assert (here.need.standing, later.standing, here.need.version) == ("withdrawn", "open", 2)
    closed = intake(VISIT, follows, {**follows, "text": "Dig deeper."})
    with pytest.raises(ProblemsFound, match="only an open recommendation"):
        took(here, "assessor", replace(closed, needs=closed.needs[1:]))


def test_versions_do_not_follow_one_another_in_a_circle(here: House) -> None:
    rows = (
        Row(Part.NEEDS, 2, "new 2", {**NEED, "follows": "new 3"}),
        Row(Part.NEEDS, 3, "new 3", {**NEED, "text": "Dig deeper.", "follows": "new 2"}),
    )
    with pytest.raises(ProblemsFound, match="its own place"):
        took(here, "assessor", replace(intake(), needs=rows))
