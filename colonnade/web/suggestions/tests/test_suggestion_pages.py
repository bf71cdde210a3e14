"""The pages of suggestions: ranked with reasons that add up, claimed in one click, dismissed and taken back."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from colonnade.analysis.models import DismissedSuggestion
from colonnade.audit.models import Event
from colonnade.core.viewer import Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.needs.models import Recommendation, Response
from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectCountry
from colonnade.web.conftest import DAY, House

Reader = Callable[[str], Client]
pytestmark = pytest.mark.django_db
#: Queries of a page that lists suggestions, whatever their number.
CEILING = 75


def text(answer: object) -> str:
    assert getattr(answer, "status_code", None) == 200, answer
    return unescape(answer.content.decode())  # type: ignore[attr-defined]  # a test client's answer


@pytest.fixture
def pumps(house: House) -> dict[str, Project]:  # noqa: ARG001  # the entity and the State are there
    """Projects in the State that share words with a need about pumps; one of them confidential, one closed."""
    lead, here = Entity.objects.get(code="WATER"), Country.objects.get(code="QMA")
    made = {}
    for reference, title, more in (
        ("pump-1", "Hand pumps for deep wells", {}),
        ("pump-2", "Repair of hand pumps", {"starts_on": DAY}),
        ("pump-3", "Hand pumps in secret", {"level": "restricted", "state": here}),
        ("pump-4", "Hand pumps that were", {"status": "completed"}),
    ):
        told = {"status": "ongoing", "level": "compact", **more}
        made[reference] = Project.objects.unscoped("test").create(
            reference=reference, title=title, lead_entity=lead, **told
        )
        ProjectCountry.objects.unscoped("test").create(project=made[reference], country=here)
    return made


@pytest.fixture
def need(house: House, pumps: dict[str, Project]) -> Recommendation:  # noqa: ARG001  # projects that may answer it
    found = Recommendation.objects.unscoped("test").get(public_id=house.needs["compact"])
    found.title, found.text = "Hand pumps for every village", "Repair the hand pumps and dig wells."
    found.save()
    return found


def amounts(page: str, name: str) -> list[int]:
    """The last numbers of the rows of a table, in millionths: the parts, then their sum."""
    table = page[page.index(f'{name}-caption"') :].split("</table>")[0]
    found = [round(float(value) * 1_000_000) for value in re.findall(r'class="n"><bdi>([\d.]+)</bdi></td>', table)]
    assert found
    return found


def test_projects_are_suggested_for_a_need_with_parts_that_add_up(
    reader: Reader, need: Recommendation, pumps: dict[str, Project]
) -> None:
    focal = reader("focal")
    assert f"/needs/{need.public_id}/suggestions/" in text(focal.get(f"/needs/{need.public_id}/"))
    page = text(focal.get(f"/needs/{need.public_id}/suggestions/"))
    assert "State: Hereland" in page
    assert "<mark>Hand pumps</mark>" in page
    for name in ("pump-1", "pump-2"):
        *parts, whole = amounts(page, pumps[name].public_id)
        assert len(parts) >= 2
        assert sum(parts) == whole
    assert "Hand pumps that were" not in page


def test_what_its_reader_may_not_see_is_neither_suggested_nor_counted(
    reader: Reader, need: Recommendation, pumps: dict[str, Project]
) -> None:
    officer, outsider = reader("officer"), reader("other_state")
    place = f"/needs/{need.public_id}/suggestions/"
    assert "Hand pumps in secret" in text(officer.get(place))
    pumps["pump-3"].lead_entity = Entity.objects.create(
        code="DRY", abbreviation="DRY", name="Dry", kind="office", role="member", source="s"
    )
    pumps["pump-3"].save()
    focal = reader("focal")
    before = text(focal.get(place))
    assert "Hand pumps in secret" not in before
    pumps["pump-3"].title = "Villages, hand pumps, wells, villages"
    pumps["pump-3"].save()
    assert amounts(text(focal.get(place)), pumps["pump-1"].public_id) == amounts(before, pumps["pump-1"].public_id)
    assert outsider.get(place).status_code == 404
    assert Client().get(place).status_code == 404
    assert Client().get("/suggestions/quality/").status_code == 404
    secret = f"/projects/{pumps['pump-3'].public_id}/suggestions/"
    assert focal.get(secret).status_code == 404
    assert "Hand pumps for every village" in text(officer.get(secret))


def test_a_new_project_is_suggested_at_once_and_has_suggestions(
    reader: Reader, need: Recommendation, pumps: dict[str, Project]
) -> None:
    focal = reader("focal")
    place = f"/needs/{need.public_id}/suggestions/"
    text(focal.get(place))
    lead, here = pumps["pump-1"].lead_entity, Country.objects.get(code="QMA")
    fresh = Project.objects.unscoped("test").create(
        reference="new", title="New hand pumps for each village", lead_entity=lead, status="ongoing", level="compact"
    )
    ProjectCountry.objects.unscoped("test").create(project=fresh, country=here)
    assert fresh.public_id in text(focal.get(place))
    assert need.public_id in text(focal.get(f"/projects/{fresh.public_id}/suggestions/"))


def test_one_click_claims_with_what_the_records_say(
    reader: Reader, need: Recommendation, pumps: dict[str, Project]
) -> None:
    focal, project = reader("focal"), pumps["pump-2"]
    answer = focal.post(f"/suggestions/{need.public_id}/{project.public_id}/claim/", {"back": "need"})
    made = Response.objects.unscoped("test").get(project=project)
    assert answer.headers["Location"] == f"/needs/responses/{made.public_id}/"
    assert (made.standing, made.strength, made.from_on) == ("claimed", "partial", DAY)
    assert "hand pumps" in made.says.lower()
    assert "pump-2" in made.evidence
    page = text(focal.get(f"/needs/{need.public_id}/suggestions/"))
    assert "Repair of hand pumps" not in page
    again = focal.post(f"/suggestions/{need.public_id}/{project.public_id}/claim/", {}, follow=True)
    assert "It is on record already" in text(again)


def test_a_claim_in_ones_own_words_begins_with_what_is_known(
    reader: Reader, need: Recommendation, pumps: dict[str, Project]
) -> None:
    page = text(reader("focal").get(f"/needs/{need.public_id}/claim/?of={pumps['pump-2'].public_id}"))
    assert f'value="{pumps["pump-2"].public_id}" selected' in page
    assert "The project's record pump-2" in page
    unknown = text(reader("officer").get(f"/needs/{need.public_id}/claim/?of=nothing"))
    assert "The project's record" not in unknown


def test_a_dismissed_one_stays_dismissed_and_is_taken_back(
    reader: Reader, need: Recommendation, pumps: dict[str, Project]
) -> None:
    focal, project = reader("focal"), pumps["pump-2"]
    place = f"/projects/{project.public_id}/suggestions/"
    sent = {"back": "project", "reason": "It repairs other pumps."}
    answer = focal.post(f"/suggestions/{need.public_id}/{project.public_id}/dismiss/", sent)
    assert answer.headers["Location"] == place
    officer = reader("officer")
    for page in (text(officer.get(place)), text(officer.get(f"/needs/{need.public_id}/suggestions/"))):
        assert "It repairs other pumps." in page
        assert "Focal, " in page
        assert f"/suggestions/{need.public_id}/{project.public_id}/claim/" not in page
    focal.post(f"/suggestions/{need.public_id}/{project.public_id}/dismiss/", {"reason": "Again"})
    [row] = DismissedSuggestion.objects.unscoped("test")
    assert row.reason == "It repairs other pumps."
    officer.post(f"/suggestions/dismissed/{row.public_id}/take-back/", {"back": "project"})
    row.refresh_from_db()
    assert row.ended_by is not None
    assert row.ended_by.name == "Officer"
    assert f"/suggestions/{need.public_id}/{project.public_id}/claim/" in text(officer.get(place))
    named = Event.objects.filter(table_name="analysis_dismissedsuggestion").values_list("action", flat=True)
    assert set(named) == {"dismiss_suggestion", "take_back_dismissal"}
    assert officer.post(f"/suggestions/dismissed/{row.public_id}/take-back/").status_code == 404


def test_a_state_dismisses_and_does_not_claim_and_another_entity_does_neither(
    reader: Reader, need: Recommendation, pumps: dict[str, Project]
) -> None:
    state, project = reader("state"), pumps["pump-1"]
    place = f"/needs/{need.public_id}/suggestions/"
    page = text(state.get(place))
    assert f"/suggestions/{need.public_id}/{project.public_id}/dismiss/" in page
    assert "/claim/" not in page
    dry = Entity.objects.create(code="DRY", abbreviation="DRY", name="Dry", kind="office", role="member", source="s")
    person = Person.objects.create(email="dry@demo.example", name="Dry")
    RoleHeld.objects.create(person=person, role=Role.ENTITY, entity=dry, starts_on=DAY)
    other = Client()
    other.force_login(person)
    page = text(other.get(place))
    assert "Hand pumps for deep wells" in page
    assert "/dismiss/" not in page
    for step in ("claim", "dismiss"):
        answer = other.post(f"/suggestions/{need.public_id}/{project.public_id}/{step}/", {}, follow=True)
        assert "Only an entity that takes part" in text(answer)
    assert not DismissedSuggestion.objects.unscoped("test").exists()


def test_each_finds_suggestions_for_their_own_records_from_the_first_page(
    reader: Reader, need: Recommendation, pumps: dict[str, Project]
) -> None:
    Response.objects.unscoped("test").filter(recommendation=need).update(standing="withdrawn")
    for name, asked in (("focal", "Hand pumps for deep wells"), ("officer", need.title), ("state", need.title)):
        client = reader(name)
        assert 'href="/suggestions/"' in text(client.get("/"))
        page = text(client.get("/suggestions/"))
        if name == "focal":  # some of its projects begin with other letters
            page += text(client.get("/suggestions/?page=2"))
        assert f">{asked}</a></h2>" in page, name
        assert "<mark>Hand pumps</mark>" in page, name
    sent = {"back": "own"}
    answer = client.post(f"/suggestions/{need.public_id}/{pumps['pump-1'].public_id}/dismiss/", sent)
    assert answer.headers["Location"] == "/suggestions/"
    assert Client().get("/suggestions/").status_code == 404


def test_personal_details_are_no_reason(reader: Reader, need: Recommendation, pumps: dict[str, Project]) -> None:
    sent = {"reason": "Ask somebody@example.org"}
    address = f"/suggestions/{need.public_id}/{pumps['pump-1'].public_id}/dismiss/"
    reader("focal").post(address, sent)
    assert not DismissedSuggestion.objects.unscoped("test").exists()


def test_how_well_it_does_is_said_only_of_enough(reader: Reader, need: Recommendation) -> None:  # noqa: ARG001  # a fixture that it rests on
    page = text(reader("focal").get("/suggestions/quality/"))
    assert "Not enough to say" in page
    assert "0.5 is chance" not in page


def test_a_page_takes_as_many_queries_for_many_as_for_few(
    reader: Reader, need: Recommendation, pumps: dict[str, Project]
) -> None:
    officer = reader("officer")
    lead, here = pumps["pump-1"].lead_entity, Country.objects.get(code="QMA")
    for number in range(12):
        project = Project.objects.unscoped("test").create(
            reference=f"more-{number}",
            title=f"Hand pumps {number}",
            lead_entity=lead,
            status="ongoing",
            level="compact",
        )
        ProjectCountry.objects.unscoped("test").create(project=project, country=here)
    for place in (f"/needs/{need.public_id}/suggestions/", f"/projects/{pumps['pump-1'].public_id}/suggestions/"):
        text(officer.get(place))
        with CaptureQueriesContext(connection) as asked:
            text(officer.get(place))
        assert len(asked) <= CEILING, f"{place}: {len(asked)}"
