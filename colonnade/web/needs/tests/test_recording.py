"""The pages of assessments: recorded, recommended from, revised; not there for whoever does none of it."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country
from colonnade.web.conftest import DAY, House

Reader = Callable[[str], Client]
pytestmark = pytest.mark.django_db
VISIT = {
    "country": "QMA", "kind": "visit", "starts_on": "2021-03-01", "ends_on": "2021-03-09", "level": "compact",
}  # fmt: skip
ADVICE = {
    "title": "Wells of the north", "text": "Dig wells.", "priority": "high", "issued_on": "2021-04-01",
    "level": "compact",
}  # fmt: skip


def text(answer: object) -> str:
    assert getattr(answer, "status_code", None) == 200, answer
    return unescape(answer.content.decode())  # type: ignore[attr-defined]  # a test client's answer


@pytest.fixture
def assessor(house: House) -> Client:  # noqa: ARG001  # its State and entities are there
    person = Person.objects.create(email="assesses@demo.example", name="Assesses")
    look = Entity.objects.create(
        code="LOOK", abbreviation="LOOK", name="Look", kind="office", role="member", source="s"
    )
    RoleHeld.objects.create(
        person=person, role=Role.ASSESSOR, entity=look, country=Country.objects.get(code="QMA"), starts_on=DAY
    )
    client = Client()
    client.force_login(person)
    return client


def recorded(assessor: Client, **other: str) -> str:
    """The address of an assessment that was recorded on its page."""
    answer = assessor.post("/needs/assessments/record/", {**VISIT, "assessor": "LOOK", **other})
    assert answer.status_code == 302, unescape(answer.content.decode())
    return str(answer.headers["Location"])


def test_an_assessor_records_a_visit_and_what_it_recommends(assessor: Client, reader: Reader) -> None:
    assert "Record an assessment" in text(assessor.get("/needs/"))
    form = text(assessor.get("/needs/assessments/record/"))
    assert '<option value="QMA" selected>' in form
    assert form.count("<option") == 4  # a State, an assessor, and nothing of either
    place = recorded(assessor)
    assert "Nothing that it recommends is recorded" in text(assessor.get(place))
    answer = assessor.post(f"{place}recommend/", ADVICE)
    assert answer.headers["Location"] == place
    need = Recommendation.objects.unscoped("test").get(title="Wells of the north")
    page = text(assessor.get(place))
    assert "Wells of the north" in page
    assert need.reference in page
    assert place in text(assessor.get(f"/needs/{need.public_id}/"))
    # Whoever works inside the compact reads both, and records nothing.
    focal = reader("focal")
    assert "Wells of the north" in text(focal.get(place))
    assert "Record a recommendation" not in text(focal.get(place))


def test_what_cannot_be_written_is_said_with_all_that_was_typed(assessor: Client) -> None:
    answer = assessor.post("/needs/assessments/record/", {**VISIT, "assessor": "LOOK", "ends_on": "2021-02-01"})
    assert answer.status_code == 400
    assert "It would end before it begins." in answer.content.decode()
    place = recorded(assessor)
    answer = assessor.post(f"{place}recommend/", {**ADVICE, "issued_on": "2020-01-01"})
    assert answer.status_code == 400
    assert "before the assessment began" in unescape(answer.content.decode())
    assert "Wells of the north" in answer.content.decode()
    answer = assessor.post(f"{place}recommend/", {**ADVICE, "text": "Ask anna.adams@demo.example, 41 years old."})
    assert answer.status_code == 400
    assert not Recommendation.objects.unscoped("test").filter(title="Wells of the north").exists()


def test_a_recommendation_is_revised_once_by_whoever_saw_it_last(assessor: Client, house: House) -> None:
    need = Recommendation.objects.unscoped("test").get(public_id=house.needs["compact"])
    way = f"/needs/{need.public_id}/"
    assert "Revise the recommendation" in text(assessor.get(way))
    assert need.title in text(assessor.get(f"{way}revise/"))
    sent = {
        "title": "Deeper wells", "text": "Dig.", "priority": "low", "standing": "implemented",
        "seen_version": str(need.version),
    }  # fmt: skip
    assert assessor.post(f"{way}revise/", sent).status_code == 302
    need.refresh_from_db()
    assert (need.title, need.standing) == ("Deeper wells", "implemented")
    again = assessor.post(f"{way}revise/", sent)
    assert again.status_code == 400
    assert "Somebody changed the recommendation" in unescape(again.content.decode())


@pytest.mark.parametrize("who", ["focal", "public", "donor"])
def test_for_others_there_are_no_such_pages(assessor: Client, reader: Reader, house: House, who: str) -> None:
    place = recorded(assessor)
    client = reader(who)
    for address in ("/needs/assessments/record/", f"{place}recommend/", f"/needs/{house.needs['compact']}/revise/"):
        assert client.get(address).status_code == 404
        assert client.post(address, VISIT).status_code == 404
    assert "Record an assessment" not in text(client.get("/needs/"))


def test_a_confidential_assessment_is_not_there_for_others(assessor: Client, reader: Reader) -> None:
    place = recorded(assessor, level="restricted")
    assert reader("focal").get(place).status_code == 404
    form = text(assessor.get(f"{place}recommend/"))
    assert 'value="compact"' not in form
    assert Assessment.objects.unscoped("test").filter(level="restricted").count() >= 1


def test_a_state_and_its_assessor_speak_on_the_page_of_the_need(assessor: Client, reader: Reader, house: House) -> None:
    way = f"/needs/{house.needs['compact']}/"
    person = Person.objects.create(email="ministry@demo.example", name="Ministry")
    RoleHeld.objects.create(person=person, role=Role.STATE, country=Country.objects.get(code="QMA"), starts_on=DAY)
    ministry = Client()
    ministry.force_login(person)
    assert "Nothing is said yet" in text(ministry.get(way))
    form = text(ministry.get(f"{way}say/"))
    assert "Correction of fact" in form
    assert "Answer" not in form
    assert ministry.post(f"{way}say/", {"kind": "progress", "text": "Ten wells are dug."}).status_code == 302
    shown = text(assessor.get(way))
    assert "Ten wells are dug." in shown
    assert "The State · Progress" in shown
    assert "Follow-up visit that found it" not in text(assessor.get(f"{way}say/"))  # there was none
    visit = recorded(assessor, kind="follow_up")
    page = text(assessor.get(f"{way}say/"))
    key = visit.rstrip("/").rsplit("/", 1)[-1]
    assert key in page
    sent = {"kind": "finding", "text": "Nine carry water.", "visit": key}
    assert assessor.post(f"{way}say/", sent).status_code == 302
    assert visit in text(ministry.get(way))
    assert assessor.post(f"{way}say/", {**sent, "visit": ""}).status_code == 400
    focal = reader("focal")
    assert "Ten wells are dug." not in text(focal.get(way))
    assert focal.get(f"{way}say/").status_code == 404
