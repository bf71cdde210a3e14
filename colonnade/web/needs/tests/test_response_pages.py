"""The pages of responses: a claim from either side, its page with the steps that are the reader's, each step's form."""

from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.models import Recommendation, Response
from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectCountry
from colonnade.web.conftest import DAY, House

Reader = Callable[[str], Client]
pytestmark = pytest.mark.django_db
CLAIM = {"strength": "full", "says": "All of it", "evidence": "Report 1", "from_on": "2020-01-01", "until_on": ""}


def text(answer: object) -> str:
    assert getattr(answer, "status_code", None) == 200, answer
    return unescape(answer.content.decode())  # type: ignore[attr-defined]  # a test client's answer


@pytest.fixture
def assessor(house: House) -> Client:  # noqa: ARG001  # its State and entities are there
    person = Person.objects.create(email="assesses@demo.example", name="Assesses")
    other = Entity.objects.exclude(code="WATER").first() or Entity.objects.create(
        code="LOOK", abbreviation="LOOK", name="Look", kind="office", role="member", source="s"
    )
    RoleHeld.objects.create(
        person=person, role=Role.ASSESSOR, entity=other, country=Country.objects.get(code="QMA"), starts_on=DAY
    )
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def free(house: House) -> Project:
    """A project of the focal point's entity, in the State, that responds to nothing yet."""
    project = Project.objects.unscoped("test").get(public_id=house.projects["compact"])
    ProjectCountry.objects.unscoped("test").get_or_create(project=project, country=Country.objects.get(code="QMA"))
    return project


def test_a_focal_point_claims_from_the_need_and_the_assessor_verifies(
    house: House, reader: Reader, free: Project, assessor: Client
) -> None:
    focal, need = reader("focal"), house.needs["compact"]
    assert "Claim that a project responds" in text(focal.get(f"/needs/{need}/"))
    page = text(focal.get(f"/needs/{need}/claim/"))
    assert free.title in page
    answer = focal.post(f"/needs/{need}/claim/", {**CLAIM, "of": free.public_id})
    assert answer.status_code == 302
    place = answer.headers["Location"]
    shown = text(focal.get(place))
    assert "All of it" in shown
    assert "Withdraw" in shown
    assert f"{place}verify/" not in shown
    assert f"{place}verify/" in text(assessor.get(place))
    made = Response.objects.unscoped("test").get(project=free)
    answer = assessor.post(f"{place}verify/", {"strength": "partial", "reason": "Half", "seen_version": made.version})
    assert answer.status_code == 302
    assert "Meets part of the need" in text(focal.get(place))
    assert "Partly met" in text(reader("officer").get(f"/needs/{need}/"))


def test_a_focal_point_claims_from_the_project(house: House, reader: Reader, free: Project) -> None:
    focal = reader("focal")
    assert "Claim that it answers a recommendation" in text(focal.get(f"/projects/{free.public_id}/"))
    place = f"/needs/of-project/{free.public_id}/claim/"
    page = text(focal.get(place))
    assert "A compact need" in page
    assert "A restricted need" not in page
    assert focal.post(place, {**CLAIM, "of": house.needs["compact"]}).status_code == 302
    refused = focal.post(place, {**CLAIM, "of": house.needs["restricted"]})
    assert refused.status_code == 400


def test_what_is_wrong_is_said_and_nothing_is_written(house: House, reader: Reader, free: Project) -> None:
    focal, place = reader("focal"), f"/needs/{house.needs['compact']}/claim/"
    for wrong in (
        {"says": ""}, {"evidence": ""}, {"strength": "most"}, {"until_on": "2019-01-01"}, {"of": "nothing"}
    ):  # fmt: skip
        answer = focal.post(place, {**CLAIM, "of": free.public_id, **wrong})
        assert answer.status_code == 400, wrong
    assert not Response.objects.unscoped("test").filter(project=free).exists()


def test_steps_that_are_not_ones_own_say_why_and_unknown_ones_are_not_there(house: House, reader: Reader) -> None:
    response = Response.objects.unscoped("test").get(recommendation__reference="compact")
    place = f"/needs/responses/{response.public_id}/"
    state = reader("state")
    assert "Only the State's assessor or the secretariat can do this." in text(state.get(f"{place}verify/"))
    assert state.get(f"{place}nothing/").status_code == 404
    sent = {"reason": "Not so", "seen_version": response.version}
    assert state.post(f"{place}contest/", sent).status_code == 302
    assert state.post(f"{place}contest/", sent).status_code == 400
    seen = text(reader("officer").get(place))
    assert "for Hereland" in seen
    assert house.needs["compact"] in seen


@pytest.mark.parametrize("who", ["public", "other_state", "donor"])
def test_a_response_to_a_need_that_is_not_shown_is_not_there(house: House, reader: Reader, who: str) -> None:
    response = Response.objects.unscoped("test").get(recommendation__reference="compact")
    client = reader(who)
    for place in (f"/needs/responses/{response.public_id}/", f"/needs/responses/{response.public_id}/contest/",
                  f"/needs/{house.needs['compact']}/claim/"):  # fmt: skip
        assert client.get(place).status_code == 404


def test_who_never_claims_is_told_so(house: House, reader: Reader, free: Project) -> None:
    state = reader("state")
    for place in (f"/needs/{house.needs['compact']}/claim/", f"/needs/of-project/{free.public_id}/claim/"):
        assert "Focal points of entities claim responses" in text(state.get(place))


def test_pages_ask_few_queries(house: House, reader: Reader, free: Project) -> None:
    officer = reader("officer")
    response = Response.objects.unscoped("test").get(recommendation__reference="compact")
    for place in (f"/needs/responses/{response.public_id}/", f"/needs/{house.needs['compact']}/claim/",
                  f"/needs/of-project/{free.public_id}/claim/"):  # fmt: skip
        officer.get(place)
        with CaptureQueriesContext(connection) as asked:
            officer.get(place)
        assert len(asked) <= 24, (place, len(asked))


def test_a_response_that_was_taken_back_makes_nobody_a_neighbour(house: House, reader: Reader, free: Project) -> None:
    need = Recommendation.objects.unscoped("test").get(reference="compact")
    other = Entity.objects.create(
        code="OTHER", abbreviation="OTHER", name="O", kind="office", role="member", source="s"
    )
    near = Project.objects.unscoped("test").create(
        reference="near", title="Nearby", lead_entity=other, status="ongoing"
    )
    for project in (free, near):
        Response.objects.unscoped("test").create(
            recommendation=need, project=project, strength="full", claimed_by=project.lead_entity, claimed_on=DAY
        )
    officer, place = reader("officer"), f"/projects/{free.public_id}/"
    assert "For the same need" in text(officer.get(place))
    assert "Nearby" in text(officer.get(place))
    Response.objects.unscoped("test").filter(project=near).update(standing="withdrawn")
    assert "Nearby" not in text(officer.get(place))
    assert house.needs["compact"] == need.public_id
