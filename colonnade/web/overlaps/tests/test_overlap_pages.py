"""The pages of overlaps: pairs that a reader may see, two projects side by side, decisions that are not asked again."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colonnade.analysis.models import OverlapDecision
from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectCountry
from colonnade.web.conftest import DAY, House

Reader = Callable[[str], Client]
pytestmark = pytest.mark.django_db
#: Queries of a page of overlaps, whatever the number of pairs.
CEILING = 45


def text(answer: object) -> str:
    assert getattr(answer, "status_code", None) == 200, answer
    return unescape(answer.content.decode())  # type: ignore[attr-defined]  # a test client's answer


def project(entity: Entity, reference: str, title: str, about: str, **more: object) -> Project:
    told = {"status": "ongoing", "level": "compact", "starts_on": DAY, "language": "en", **more}
    made = Project.objects.unscoped("test").create(
        lead_entity=entity, reference=reference, title=title, description=about, **told
    )
    ProjectCountry.objects.unscoped("test").create(project=made, country=Country.objects.get(code="QMA"))
    return made


@pytest.fixture
def dry(house: House) -> Entity:  # noqa: ARG001  # the other entity is there
    return Entity.objects.create(code="DRY", abbreviation="DRY", name="Dry", kind="office", role="member", source="s")


ABOUT = "Training of officers at four border posts on passenger data and travel documents."


@pytest.fixture
def pair(dry: Entity) -> tuple[Project, Project]:
    """Two entities' records of nearly the same."""
    water = Entity.objects.get(code="WATER")
    again = "border posts officers travel Training passenger four documents at data"
    one = project(water, "border-1", "Strengthening border management in Hereland", ABOUT)
    return one, project(dry, "border-2", "border management Strengthening Hereland", again)


def address(pair: tuple[Project, Project]) -> str:
    return f"/overlaps/{pair[0].public_id}/{pair[1].public_id}/"


def test_a_pair_is_listed_and_shown_side_by_side_with_parts_that_add_up(
    reader: Reader, pair: tuple[Project, Project]
) -> None:
    focal = reader("focal")
    listed = text(focal.get("/overlaps/"))
    assert pair[0].title in listed
    assert "Likely duplicate record" in listed
    assert "per cent" in listed
    page = text(focal.get(address(pair)))
    assert ABOUT in page
    assert "border-1" in page
    assert "both in Hereland" in page
    reasons = page[page.index('id="reasons-caption"') :].split("</table>")[0]
    *parts, whole = [float(each) for each in re.findall(r'class="n"><bdi>([+-][\d.]+)</bdi>', reasons)]
    assert len(parts) >= 4
    assert sum(parts) == pytest.approx(whole, abs=1e-9)
    assert text(focal.get(f"/overlaps/{pair[1].public_id}/{pair[0].public_id}/"))


def test_filters_narrow_by_kind_state_entity_and_project(reader: Reader, pair: tuple[Project, Project]) -> None:
    focal = reader("focal")
    for query in ("kind=duplicate", "country=QMA", "entity=DRY", f"project={pair[0].public_id}"):
        assert pair[0].title in text(focal.get(f"/overlaps/?{query}")), query
    for query in ("kind=complementary", "country=QMB", "entity=NONE", "project=nothing", "standing=same"):
        assert pair[0].title not in text(focal.get(f"/overlaps/?{query}")), query
    for query in ("kind=nothing", "standing=nothing", "page=9", "page=x"):
        assert focal.get(f"/overlaps/?{query}").status_code == 404, query


def test_what_is_coordinated_says_who_and_by_when_and_is_due(reader: Reader, pair: tuple[Project, Project]) -> None:
    officer, focal = reader("officer"), reader("focal")
    sent = {"verdict": "coordinate", "coordinator": "WATER", "due_on": "2999-06-01", "reason": "They share posts."}
    assert officer.post(address(pair), sent).headers["Location"] == address(pair)
    decision = OverlapDecision.objects.unscoped("test").get()
    assert (decision.verdict, decision.due_on, decision.kind) == (
        "coordinate", date(2999, 6, 1), "likely duplicate record",
    )  # fmt: skip
    assert decision.probability is not None
    assert pair[0].title not in text(focal.get("/overlaps/"))
    OverlapDecision.objects.unscoped("test").update(due_on=date(2020, 6, 1))  # and time goes by
    due = text(focal.get("/overlaps/?standing=coordinate"))
    assert "1\u00a0Jun\u00a02020, past" in due
    assert "They share posts." in text(focal.get(address(pair)))
    home = text(focal.get("/"))
    assert "1 pair of projects to be coordinated" in home
    assert "1 is past its day." in home
    assert "to be coordinated" not in text(reader("public").get("/"))


def test_the_same_project_is_kept_once_and_the_other_says_so(reader: Reader, pair: tuple[Project, Project]) -> None:
    focal = reader("focal")
    one, other = pair
    sent = {"verdict": "same", "kept": one.public_id, "reason": "One record twice."}
    assert focal.post(address(pair), sent).status_code == 302
    assert "Recorded twice" not in text(focal.get(f"/projects/{other.public_id}/"))  # one side's word alone
    page = text(focal.get(address(pair)))
    assert "Said to be the same project by WATER" in page
    assert "waits for DRY" in text(focal.get("/overlaps/?standing=same"))
    dry = someone_of("DRY")
    assert "1 of your records is said to be of the same project" in text(dry.get("/"))
    assert "It is the same project</button>" in text(dry.get(address(pair)))
    assert dry.post(address(pair), {"step": "accept", "seen_version": "1"}).status_code == 302
    assert "Recorded twice" in text(focal.get(f"/projects/{other.public_id}/"))
    kept = text(focal.get(f"/projects/{one.public_id}/"))
    assert "Recorded twice, kept here" in kept
    assert f"/projects/{other.public_id}/" in kept
    assert "Recorded twice" not in text(reader("state").get(f"/projects/{other.public_id}/"))
    project(Entity.objects.get(code="WATER"), "border-3", "Strengthening border management, Hereland", ABOUT)
    again = text(focal.get("/overlaps/"))
    assert "border management Strengthening Hereland" not in again
    # A later decision takes its place, and the record stands for itself again.
    focal.post(address(pair), {"verdict": "fine", "reason": "Two after all."})
    assert "Recorded twice" not in text(focal.get(f"/projects/{other.public_id}/"))
    page = text(focal.get(address(pair)))
    assert "Decided before" in page
    assert "Two after all." in page


def test_the_list_of_projects_says_which_record_is_not_kept(reader: Reader, house: House, dry: Entity) -> None:
    listed = Project.objects.unscoped("test").get(public_id=house.projects["public"])
    other = project(dry, "again", listed.title, "")
    sent = {"verdict": "same", "kept": other.public_id, "reason": "One record twice."}
    focal = reader("focal")
    assert focal.post(address((listed, other)), sent).status_code == 302
    assert "recorded twice, not kept" not in text(focal.get("/projects/?q=public"))
    accepts = {"step": "accept", "seen_version": "1"}
    assert someone_of("DRY").post(address((listed, other)), accepts).status_code == 302
    assert "recorded twice, not kept" in text(focal.get("/projects/?q=public"))
    assert "recorded twice, not kept" not in text(Client().get("/projects/?q=public"))


def test_what_is_missing_is_said_and_nothing_is_written(reader: Reader, pair: tuple[Project, Project]) -> None:
    focal = reader("focal")
    for sent in (
        {"verdict": "fine", "reason": ""},
        {"verdict": "fine", "reason": "Ask somebody@example.org"},
        {"verdict": "same", "reason": "So"},
        {"verdict": "same", "reason": "So", "kept": "nothing"},
        {"verdict": "coordinate", "reason": "So", "coordinator": "WATER"},
    ):
        page = text_of(focal.post(address(pair), sent), 400)
        assert page.index('role="alert"') < page.index('class="verdicts"'), sent
        assert page.count('role="alert"') == 1, sent
        summary = page[page.index('role="alert"') :].split("</ul>")[0]
        for at in re.findall(r'href="#([\w-]+)"', summary):
            assert f'id="{at}"' in page, at
        assert f'href="#{sent["verdict"]}-' in summary
    past = {"verdict": "coordinate", "reason": "So", "coordinator": "WATER", "due_on": "2020-02-07"}
    assert 'href="#coordinate-due_on"' in text_of(focal.post(address(pair), past), 400)
    assert focal.post(address(pair), {"verdict": "nothing"}).status_code == 404
    assert not OverlapDecision.objects.unscoped("test").exists()


def test_a_third_entity_reads_and_does_not_decide(reader: Reader, pair: tuple[Project, Project]) -> None:
    third = Entity.objects.create(code="ICE", abbreviation="ICE", name="Ice", kind="office", role="member", source="s")
    person = Person.objects.create(email="ice@demo.example", name="Ice")
    RoleHeld.objects.create(person=person, role=Role.ENTITY, entity=third, starts_on=DAY)
    client = Client()
    client.force_login(person)
    page = text(client.get(address(pair)))
    assert "Only a focal point of one of the two lead entities" in page
    assert 'name="verdict"' not in page
    assert client.post(address(pair), {"verdict": "fine", "reason": "So"}).status_code == 400
    assert not OverlapDecision.objects.unscoped("test").exists()
    assert reader("officer").get(address(pair)).status_code == 200


def test_who_may_not_see_a_project_sees_no_pair_of_it(reader: Reader, pair: tuple[Project, Project]) -> None:
    focal, state = reader("focal"), reader("state")
    before = text(focal.get("/overlaps/"))
    hidden = project(
        pair[1].lead_entity, "border-4", "Border management in Hereland, strengthening", ABOUT,
        level="restricted", state=Country.objects.get(code="QMA"),
    )  # fmt: skip
    pairs = re.findall(r"/overlaps/\w+/\w+/|\d+ per cent", before)
    assert re.findall(r"/overlaps/\w+/\w+/|\d+ per cent", text(focal.get("/overlaps/"))) == pairs
    assert hidden.title in text(reader("officer").get("/overlaps/"))
    assert focal.get(address((pair[0], hidden))).status_code == 404
    for outside in (Client(), state, reader("donor")):
        assert outside.get("/overlaps/").status_code == 404
        assert outside.get(address(pair)).status_code == 404
    assert focal.get(f"/overlaps/{pair[0].public_id}/{pair[0].public_id}/").status_code == 404


def test_a_list_takes_as_many_queries_for_many_as_for_few(reader: Reader, pair: tuple[Project, Project]) -> None:
    officer = reader("officer")
    for number in range(8):
        entity = Entity.objects.create(
            code=f"E{number}", abbreviation=f"E{number}", name=f"E {number}", kind="office", role="member", source="s"
        )
        project(entity, f"more-{number}", "Strengthening border management in Hereland", ABOUT)
    for place in ("/overlaps/", address(pair)):
        text(officer.get(place))
        with CaptureQueriesContext(connection) as asked:
            text(officer.get(place))
        assert len(asked) <= CEILING, f"{place}: {len(asked)}"


def test_each_side_is_asked_whether_it_coordinates_and_the_first_page_says_so(
    reader: Reader, pair: tuple[Project, Project]
) -> None:
    officer, focal, dry = reader("officer"), reader("focal"), someone_of("DRY")
    told = {"verdict": "coordinate", "coordinator": "WATER", "due_on": "2999-06-01", "reason": "One training."}
    assert officer.post(address(pair), told).status_code == 302
    assert "1 proposal to coordinate waits for your side" in text(dry.get("/"))
    assert "Does your side agree?" not in text(officer.get(address(pair)))
    assert "waits for WATER, DRY" in text(officer.get("/overlaps/?standing=coordinate"))
    page = text(focal.get(address(pair)))
    assert "Does your side agree?" in page
    assert focal.post(address(pair), {"step": "accept", "seen_version": "1"}).status_code == 302
    assert "waits for DRY" in text(officer.get("/overlaps/?standing=coordinate"))
    refused = text_of(dry.post(address(pair), {"step": "decline", "seen_version": "2", "reason": ""}), 400)
    assert "Say why." in refused
    assert refused.index('role="alert"') < refused.index('id="answer"')
    assert 'href="#answer-reason"' in refused
    assert dry.post(address(pair), {"step": "decline", "seen_version": "2", "reason": "We end."}).status_code == 302
    page = text(focal.get(address(pair)))
    assert "DRY declined" in page
    assert "We end." in page
    assert "DRY accepts" not in page
    assert "Declined: to be decided" in page
    assert "1 pair of projects was declined, and is to be decided again" in text(officer.get("/"))
    assert "DRY declined: We end." in text(officer.get("/overlaps/"))
    assert pair[0].title not in text(officer.get("/overlaps/?standing=coordinate"))
    assert "Accept after all" in text(dry.get(address(pair)))
    assert "Accept after all" not in page
    assert dry.post(address(pair), {"step": "accept", "seen_version": "3"}).status_code == 302
    assert pair[0].title in text(officer.get("/overlaps/?standing=coordinate"))
    assert pair[0].title not in text(officer.get("/overlaps/"))
    changed = {**told, "due_on": "2999-07-01", "reason": "Later, then."}
    assert dry.post(address(pair), changed).status_code == 302
    assert "1 proposal to coordinate waits for your side" in text(focal.get("/"))
    assert focal.post(address(pair), {"step": "accept", "seen_version": "1"}).status_code == 302
    assert "accepted by both" in text(officer.get("/overlaps/?standing=coordinate"))
    for sent in ({"step": "nothing"}, {"step": "change"}):
        assert focal.post(address(pair), sent).status_code == 404


def text_of(answer: object, status: int) -> str:
    assert getattr(answer, "status_code", None) == status, answer
    return unescape(answer.content.decode())  # type: ignore[attr-defined]  # a test client's answer


def someone_of(code: str) -> Client:
    person = Person.objects.create(email=f"of-{code}@demo.example".lower(), name=code)
    RoleHeld.objects.create(person=person, role=Role.ENTITY, entity=Entity.objects.get(code=code), starts_on=DAY)
    client = Client()
    client.force_login(person)
    return client
