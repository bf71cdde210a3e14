"""Assessments and what they recommend: recorded by whoever may, kept as closely as they must be, revised with care."""

from dataclasses import replace
from datetime import date

import pytest

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity
from colonnade.needs.actions import keep_confidential
from colonnade.needs.assessments.actions import (
    Advice,
    AssessmentRefused,
    Mission,
    record_assessment,
    record_recommendation,
    revise_recommendation,
)
from colonnade.needs.models import Assessment, Recommendation
from colonnade.needs.tests.houses import DAY, House, assessed_state
from colonnade.places.models import Country
from colonnade.strategy.models import Mandate

pytestmark = pytest.mark.django_db
TEST = Actor("test")
WELLS = Advice("Wells in the north", "Dig wells where none are.", "high")


@pytest.fixture
def here(db: None) -> House:  # noqa: ARG001  # the fixture opens the database
    return assessed_state()


def mission(**other: object) -> Mission:
    made = Mission(Entity.objects.get(code="DELTA"), "visit", DAY, date(2019, 6, 9))
    return replace(made, **other)  # type: ignore[arg-type]  # fields of a mission


def visited(here: House, who: str = "assessor", level: str = "compact", state: str = "QMA") -> Assessment:
    country = Country.objects.get(code=state)
    return record_assessment(country=country, mission=mission(), level=level, person=here.people[who], actor=TEST)


def advised(
    here: House, visit: Assessment, advice: Advice = WELLS, who: str = "assessor", **other: object
) -> Recommendation:
    asked: dict[str, object] = {"issued_on": date(2019, 7, 1), "level": "compact", **other}
    return record_recommendation(assessment=visit, advice=advice, person=here.people[who], actor=TEST, **asked)  # type: ignore[arg-type]  # as asked


def revised(
    here: House, need: Recommendation, advice: Advice, who: str = "assessor", **other: object
) -> Recommendation:
    asked: dict[str, object] = {"standing": "open", "seen_version": need.version, **other}
    return revise_recommendation(need=need, advice=advice, person=here.people[who], actor=TEST, **asked)  # type: ignore[arg-type]  # as asked


def test_an_assessor_records_a_visit_and_what_it_recommends(here: House) -> None:
    rule = Mandate.objects.create(code="S/RES/1", body="SC", number="1", year=2001, subject="Wells", source="s")
    visit = record_assessment(
        country=Country.objects.get(code="QMA"),
        mission=mission(mandates=(rule,)),
        level="compact",
        person=here.people["assessor"],
        actor=TEST,
    )
    need = advised(here, visit, replace(WELLS, mandates=(rule,), addressee="The ministry of water"))
    assert (need.country.code, need.assessment_id, need.standing) == ("QMA", visit.pk, "open")
    assert need.reference.startswith("QMA/2019/")
    assert list(need.mandates.all()) == list(visit.mandates.all()) == [rule]
    written = set(Event.objects.filter(action="record_recommendation").values_list("table_name", flat=True))
    assert {"needs_recommendation", "needs_recommendation_mandates"} <= written


@pytest.mark.parametrize("who", ["alpha", "state", "other_state", "donor", "auditor", "administrator"])
def test_nobody_else_records_one(here: House, who: str) -> None:
    with pytest.raises(AssessmentRefused):
        visited(here, who)
    with pytest.raises(AssessmentRefused):
        advised(here, visited(here), who=who)
    with pytest.raises(AssessmentRefused):
        revised(here, here.need, WELLS, who)


def test_an_assessor_records_for_their_own_state_alone_and_the_secretariat_for_every_one(here: House) -> None:
    with pytest.raises(AssessmentRefused):
        visited(here, state="QMB")
    assert visited(here, "officer", state="QMB").country.code == "QMB"


@pytest.mark.parametrize("level", ["public", "secret", ""])
def test_nothing_is_published_by_recording_it(here: House, level: str) -> None:
    with pytest.raises(AssessmentRefused):
        visited(here, level=level)
    with pytest.raises(AssessmentRefused):
        advised(here, visited(here), level=level)


def test_what_a_confidential_assessment_recommends_is_confidential(here: House) -> None:
    visit = visited(here, level="restricted")
    with pytest.raises(AssessmentRefused, match="confidential"):
        advised(here, visit)
    need = advised(here, visit, level="restricted")
    seen = Recommendation.objects.visible_to(Viewer(entity_ids=frozenset({"ALPHA"})))
    assert not seen.filter(pk=need.pk).exists()


def test_references_do_not_count(here: House) -> None:
    visit = visited(here)
    references = [advised(here, visit).reference for _ in range(12)]
    assert len(set(references)) == 12
    assert not all(each.rsplit("/", 1)[-1].isdigit() for each in references)


@pytest.mark.parametrize(
    ("advice", "issued_on"),
    [
        (replace(WELLS, title=" "), date(2019, 7, 1)),
        (replace(WELLS, text=""), date(2019, 7, 1)),
        (replace(WELLS, priority="urgent"), date(2019, 7, 1)),
        (WELLS, date(2019, 5, 31)),
        (WELLS, date(2999, 1, 1)),
    ],
)
def test_what_says_too_little_or_was_before_its_time_is_refused(here: House, advice: Advice, issued_on: date) -> None:
    with pytest.raises(AssessmentRefused):
        advised(here, visited(here), advice, issued_on=issued_on)


def test_a_visit_that_ends_before_it_begins_or_is_of_no_kind_is_refused(here: House) -> None:
    for wrong in (mission(ends_on=date(2019, 5, 1)), mission(kind="stroll"), mission(ends_on=date(2999, 1, 1))):
        with pytest.raises(AssessmentRefused):
            record_assessment(
                country=Country.objects.get(code="QMA"), mission=wrong, level="compact",
                person=here.people["assessor"], actor=TEST,
            )  # fmt: skip


def test_a_later_version_takes_the_place_of_an_open_one_of_the_same_state(here: House) -> None:
    later = advised(here, visited(here), replace(WELLS, follows=here.need))
    here.need.refresh_from_db()
    assert (later.follows_id, here.need.standing, here.need.version) == (here.need.pk, "withdrawn", 2)
    with pytest.raises(AssessmentRefused):  # it is closed now
        advised(here, visited(here), replace(WELLS, follows=here.need))
    with pytest.raises(AssessmentRefused):  # another State's
        advised(here, visited(here, "officer", state="QMB"), replace(WELLS, follows=later), who="officer")


def test_a_revision_needs_the_version_that_was_seen(here: House) -> None:
    revised(here, here.need, replace(WELLS, title="Deeper wells"), standing="implemented")
    here.need.refresh_from_db()
    assert (here.need.title, here.need.standing, here.need.version) == ("Deeper wells", "implemented", 2)
    with pytest.raises(AssessmentRefused, match="since"):
        revised(here, here.need, WELLS, seen_version=1)


def test_a_revision_leaves_what_the_state_keeps(here: House) -> None:
    keep_confidential(need=here.need, person=here.people["state"], fields=["title", "priority"], actor=TEST)
    here.need.refresh_from_db()
    revised(here, here.need, Advice("", "Dig more wells.", ""))
    here.need.refresh_from_db()
    assert (here.need.title, here.need.priority, here.need.text) == ("", "", "Dig more wells.")
    assert here.need.confidential_fields == ["priority", "title"]
