"""An officer looks at every page as another role: it is that reader's page, nothing changes, and one click ends it."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from colonnade.audit.models import Event
from colonnade.core.viewer import Role
from colonnade.funding.models import Contribution
from colonnade.members.models import Look, Person, RoleHeld, SavedView
from colonnade.members.models.standing import LOOKED_AS
from colonnade.members.queries import viewer_for, viewer_looked_as
from colonnade.needs.models import Recommendation
from colonnade.portfolio.models import Project
from colonnade.results.models import Event as WorkEvent
from colonnade.web.conftest import House, Reader
from colonnade.web.people.tests.conftest import without_own_marks

PAGES = (
    "/",
    "/needs/",
    "/projects/",
    "/figures/needs_count/",
    "/entities/",
    "/search/?q=well",
    "/entities/entities.csv",
    "/people/standing/side-by-side/",
)


def start(client: Client, role: str = "", **more: str) -> Client:
    answer = client.post("/people/looking/", {"role": role, **more})
    assert answer.status_code == 302
    return client


def main(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")] if "<main" in text else text


def body(client: Client, page: str) -> str:
    answer = client.get(page)
    sent = b"".join(answer) if answer.streaming else answer.content
    return f"{answer.status_code} {main(without_own_marks(sent))}"


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("state", {"role": Role.STATE.value, "country": "QMA"}),
        ("focal", {"role": Role.ENTITY.value, "entity": "WATER"}),
        ("donor", {"role": Role.DONOR.value}),
    ],
)
def test_every_page_is_what_somebody_with_that_role_sees(reader: Reader, name: str, chosen: dict[str, str]) -> None:
    looking, themselves = start(reader("officer"), **chosen), reader(name)
    for page in PAGES:
        # Saved views are people's own: a look is nobody's, and is offered none.
        seen, theirs = (_without_saving(body(each, page)) for each in (looking, themselves))
        assert seen == theirs, page


def _without_saving(text: str) -> str:
    return re.sub(r'<details class="saved-menu.*?</details>', "", text, flags=re.S)


def test_a_look_as_the_public_is_what_the_public_sees(reader: Reader, house: House) -> None:
    looking = start(reader("officer"))
    for page in ("/figures/needs_count/", "/entities/", f"/projects/{house.projects['public']}/"):
        assert body(looking, page) == body(Client(), page), page
    for hidden in (house.projects["compact"], house.projects["restricted"]):
        assert looking.get(f"/projects/{hidden}/").status_code == 404
    assert looking.get(f"/needs/{house.needs['compact']}/").status_code == 404


def test_no_look_sees_a_record_that_the_officer_does_not(reader: Reader, house: House) -> None:
    officer = reader("officer")
    person, today = Person.objects.get(name="Officer"), timezone.localdate()
    own, records = viewer_for(person, today), (Project, Recommendation, WorkEvent, Contribution)
    sizes = set()
    for role in ("", *(each.value for each in LOOKED_AS)):
        start(officer, role, entity="WATER", country="QMA")
        look = Look.objects.select_related("entity", "country").get(ended_at__isnull=True)
        officer.post("/people/looking/stop/")
        for model in records:
            seen = set(model.objects.visible_to(viewer_looked_as(look, today)).values_list("pk", flat=True))
            assert seen <= set(model.objects.visible_to(own).values_list("pk", flat=True)), (role, model)
            sizes.add((model, len(seen)))
    assert len(sizes) > len(records)  # some saw less than others
    assert house.projects


def test_every_page_says_so_with_one_click_back_to_the_same_page(reader: Reader) -> None:
    officer = start(reader("officer"), Role.STATE, country="QMA")
    for page in ("/", "/needs/?priority=high", "/nowhere/", "/people/standing/"):
        text = officer.get(page).content.decode()
        assert "You look at these pages as: <strong>State focal point, Hereland</strong>" in text, page
        assert f'<input type="hidden" name="next" value="{page}">' in text, page
    answer = officer.post("/people/looking/stop/", {"next": "/needs/?priority=high"}, follow=True)
    assert answer.redirect_chain == [("/needs/?priority=high", 302)]
    assert "You look at these pages as" not in answer.content.decode()
    assert "A restricted need" in answer.content.decode()
    assert "You see with your own eyes again" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/people/views/save/",
        "/people/security/password/",
        "/releases/propose/",
        "/entities/changes/record/",
        "/people/looking/",
        "/people/language/",
        "/people/confirm/",
        "/nowhere/",
    ],
)
def test_nothing_is_sent_while_looking(reader: Reader, address: str) -> None:
    officer = start(reader("officer"), Role.ENTITY, entity="WATER")
    before = Event.objects.count()
    answer = officer.post(address, {"page": "projects", "title": "x", "query": ""})
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()
    assert Event.objects.count() == before
    assert not SavedView.objects.unscoped("test").exists()
    for method in ("put", "patch", "delete"):
        assert getattr(officer, method)(address).status_code == 403


def test_signing_out_ends_the_look(reader: Reader) -> None:
    officer = start(reader("officer"))
    assert officer.post("/people/sign-out/").status_code == 302
    assert Look.objects.get().ended_at is not None
    assert "You look at these pages as" not in officer.get("/").content.decode()


def test_start_and_end_are_noted_under_the_officers_name_and_request(reader: Reader) -> None:
    officer = start(reader("officer"), Role.STATE, country="QMA")
    officer.post("/people/looking/stop/")
    person = Person.objects.get(name="Officer")
    noted = Event.objects.filter(table_name="members_look").order_by("id")
    assert [(event.action, event.person_id) for event in noted] == [
        ("start_looking", person.pk),
        ("stop_looking", person.pk),
    ]
    assert all(event.request_id for event in noted)


@pytest.mark.parametrize("name", ["public", "focal", "state", "donor"])
def test_for_everybody_else_there_is_no_such_page(reader: Reader, name: str) -> None:
    client = reader(name)
    assert client.get("/people/looking/").status_code == 404
    assert client.post("/people/looking/", {"role": "auditor"}).status_code == 404
    assert "/people/looking/" not in client.get("/people/standing/").content.decode()


def test_an_officer_who_is_no_longer_one_looks_no_longer(reader: Reader, house: House) -> None:
    officer = start(reader("officer"), Role.AUDITOR)
    assert officer.get(f"/projects/{house.projects['restricted']}/").status_code == 200
    RoleHeld.objects.filter(person__name="Officer").update(ends_on=timezone.localdate() - timedelta(days=1))
    answer = officer.get(f"/projects/{house.projects['restricted']}/")
    assert answer.status_code == 404
    assert "You look at these pages as" not in answer.content.decode()
    assert Look.objects.get().ended_at is not None


def test_a_look_is_over_when_the_session_would_be(reader: Reader) -> None:
    officer = start(reader("officer"))
    Look.objects.update(ends_by=timezone.now())
    assert "You look at these pages as" not in officer.get("/").content.decode()


def test_what_was_chosen_wrongly_is_said_and_kept(reader: Reader) -> None:
    officer = reader("officer")
    for chosen, said in (
        ({"role": "state_focal_point"}, "Choose the State"),
        ({"role": "entity_focal_point"}, "Choose the entity"),
        ({"role": "administrator"}, "not one of the available choices"),
        ({"role": "assessor", "country": "XXX"}, "not one of the available choices"),
    ):
        answer = officer.post("/people/looking/", chosen)
        assert answer.status_code == 400
        assert said in unescape(answer.content.decode())
    answer = officer.post("/people/looking/", {"role": "entity_focal_point", "country": "QMA"})
    assert '<option value="QMA" selected>' in answer.content.decode()
    assert not Look.objects.exists()


def test_one_goes_on_with_pages_of_this_house_only(reader: Reader) -> None:
    officer = reader("officer")
    assert officer.post("/people/looking/", {"role": "", "next": "https://example.org/"})["Location"] == "/"
    assert officer.post("/people/looking/stop/", {"next": "//example.org/"})["Location"] == "/"
    assert officer.post("/people/looking/", {"role": "", "next": "/needs/"})["Location"] == "/needs/"
