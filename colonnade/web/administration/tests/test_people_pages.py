"""The list of people and their pages; and that what is taken away is gone at the next request."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from colonnade.audit.models import Event
from colonnade.core.viewer import Role
from colonnade.members.models import Person, RoleHeld, SignIn
from colonnade.web.administration.tests.conftest import browser_of, link_in, person_with
from colonnade.web.conftest import House, Reader
from colonnade.web.people.tests.conftest import content

BASE = "/people/administration/"
Posted = Callable[[], list[EmailMessage]]


def role_typed(role: str, **more: str) -> dict[str, str]:
    typed = {"role": role, "entity": "", "country": "", "starts_on": timezone.localdate().isoformat(), "ends_on": ""}
    return typed | more


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+" dir="auto">([^<]+)</a>', page)


def test_people_are_found_by_name_standing_and_role(desk: Client) -> None:
    person_with(Role.AUDITOR, "amina")
    person_with(Role.DONOR, "boris")
    Person.objects.filter(email="boris@office.example").update(is_active=False)

    def listed(query: str) -> list[str]:
        return names(desk.get(BASE + query).content.decode())

    assert listed("") == ["Amina", "Boris", "Rosa"]
    assert listed("?q=AMI") == ["Amina"]
    assert listed("?q=boris@office") == ["Boris"]
    assert listed("?standing=withdrawn") == ["Boris"]
    assert listed("?role=auditor") == ["Amina"]
    assert listed("?standing=active&role=administrator") == ["Rosa"]
    assert listed("?standing=invited") == []
    assert listed("?role=nonsense") == ["Amina", "Boris", "Rosa"]


def test_the_list_takes_no_more_than_twelve_queries(
    desk: Client, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(30):
        person_with(Role.DONOR, f"donor-{number:02}")
    with django_assert_max_num_queries(12):
        assert len(names(desk.get(BASE).content.decode())) == 31


def test_a_role_is_granted_and_shown_by_its_time(desk: Client) -> None:
    person = person_with(Role.DONOR, "amina")
    page = f"{BASE}{person.public_id}/"
    later = (timezone.localdate() + timedelta(days=9)).isoformat()
    assert desk.post(page + "grant/", role_typed("auditor", starts_on=later)).status_code == 302
    ended = person.roles_held.get(role="donor")
    desk.post(f"{page}roles/{ended.pk}/end/", {"last_day": ""})
    shown = content(desk.get(page).content.decode())
    assert "None: this person sees what the public sees." in shown
    assert shown.index("Roles to come") < shown.index("Auditor") < shown.index("Roles before") < shown.index("Donor")


def test_what_is_refused_says_why_and_keeps_what_was_typed(desk: Client, administrator: Person) -> None:
    person = person_with(Role.DONOR, "amina")
    answer = desk.post(f"{BASE}{person.public_id}/grant/", role_typed("entity_focal_point", ends_on="2999-12-31"))
    assert answer.status_code == 400
    assert "Choose the entity that this role is for." in answer.content.decode()
    assert 'value="2999-12-31"' in answer.content.decode()
    own = f"{BASE}{administrator.public_id}/"
    assert "Nobody grants a role to themselves" in desk.get(own).content.decode()
    assert desk.post(own + "grant/", role_typed("secretariat")).status_code == 400
    last = desk.post(f"{own}roles/{administrator.roles_held.get().pk}/end/", {"last_day": ""})
    assert "This is the last administrator" in last.content.decode()
    for act in ("withdraw/", "forget-factors/", "end-sessions/"):
        assert "Another administrator does this for you." in desk.post(own + act, follow=True).content.decode()
    assert administrator.roles_held.count() == 1


def test_a_role_of_somebody_else_is_not_there(desk: Client, administrator: Person) -> None:
    person = person_with(Role.DONOR, "amina")
    other = administrator.roles_held.get()
    assert desk.post(f"{BASE}{person.public_id}/roles/{other.pk}/end/", {"last_day": ""}).status_code == 404
    assert desk.get(f"{BASE}nobody/").status_code == 404


def test_second_factors_are_taken_away_and_the_person_is_told(desk: Client, posted: Posted) -> None:
    person = person_with(Role.AUDITOR, "amina")
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client = browser_of(person)
    desk.post(f"{BASE}{person.public_id}/forget-factors/")
    assert not Authenticator.objects.filter(user=person).exists()
    assert client.get("/").wsgi_request.viewer.user_id is None  # type: ignore[attr-defined]  # the middleware's mark
    assert [message.to for message in posted()] == [["amina@office.example"]]


def withdrawing(person: Person) -> tuple[str, dict[str, str]]:
    return f"{BASE}{person.public_id}/withdraw/", {}


def ending(person: Person) -> tuple[str, dict[str, str]]:
    role = person.roles_held.get()
    return f"{BASE}{person.public_id}/roles/{role.pk}/end/", {"last_day": ""}


@pytest.mark.parametrize("taking_away", [withdrawing, ending])
@pytest.mark.parametrize("name", ["officer", "focal", "state"])
def test_what_is_taken_away_is_gone_at_the_next_request(
    taking_away: Callable[[Person], tuple[str, dict[str, str]]],
    name: str,
    house: House,
    reader: Reader,
    desk: Client,
) -> None:
    client = reader(name)
    person = Person.objects.get(email=f"{name}@demo.example")
    seen = "compact" if name == "focal" else "restricted"
    pages = [f"/projects/{house.projects[seen]}/", f"/needs/{house.needs[seen]}/"]
    if name == "officer":
        pages.append("/releases/propose/")
    before = [client.get(page) for page in pages]
    assert [answer.status_code for answer in before] == [200] * len(pages)
    assert {answer["Cache-Control"] for answer in before} == {"private, no-store"}
    path, typed = taking_away(person)
    assert desk.post(path, typed).status_code == 302
    for page, answer in zip(pages, before, strict=True):
        conditional = {"If-None-Match": answer.get("ETag", "*"), "If-Modified-Since": answer.get("Date", "")}
        assert client.get(page).status_code == 404
        assert client.get(page, headers=conditional).status_code == 404


@pytest.mark.parametrize("taking_away", [withdrawing, ending])
def test_prepared_reports_charts_and_exports_are_gone_too(
    taking_away: Callable[[Person], tuple[str, dict[str, str]]], reader: Reader, desk: Client
) -> None:
    client = reader("officer")
    person = Person.objects.get(email="officer@demo.example")
    page = client.get("/reports/annual/").content.decode()
    picture = re.search(r'<img[^>]* src="([^"]+)"', page)
    assert picture is not None
    export = "/projects/list.csv"
    drawn, listed = client.get(picture[1]), b"".join(client.get(export))
    assert drawn.status_code == 200
    assert b"A confidential well" in listed
    built = client.get("/reports/annual/files/figures.json?audience=secretariat")
    assert built.status_code == 200
    path, typed = taking_away(person)
    desk.post(path, typed)
    # What they had is no answer any more: they get what the public gets.
    again = client.get(picture[1], headers={"If-None-Match": drawn["ETag"]})
    assert (again.status_code, again["ETag"]) == (200, Client().get(picture[1])["ETag"])
    assert again["ETag"] != drawn["ETag"]
    assert client.get("/reports/annual/charts/1.svg?audience=secretariat").status_code == 404
    assert client.get("/reports/annual/files/figures.json?audience=secretariat").status_code == 404
    assert b"A confidential well" not in b"".join(client.get(export))


def test_the_link_to_a_new_password_leads_nowhere_for_whoever_is_withdrawn(desk: Client, posted: Posted) -> None:
    person = person_with(Role.AUDITOR, "amina")
    person.set_password("a long enough password")
    person.save()
    Client().post("/people/sign-in/forgotten/", {"email": person.email})
    link, client = link_in(posted()[0]), Client()
    form = client.get(link)["Location"]
    desk.post(f"{BASE}{person.public_id}/withdraw/")
    typed = {"new_password1": "another long one", "new_password2": "another long one"}
    assert "does not work any more" in client.post(form, typed).content.decode()
    assert "does not work any more" in Client().get(link, follow=True).content.decode()
    assert Person.objects.get(pk=person.pk).check_password("a long enough password")


def test_whoever_is_let_in_again_signs_in_anew(desk: Client) -> None:
    person = person_with(Role.AUDITOR, "amina")
    client = browser_of(person)
    desk.post(f"{BASE}{person.public_id}/withdraw/")
    desk.post(f"{BASE}{person.public_id}/let-in/")
    assert client.get("/").wsgi_request.viewer.user_id is None  # type: ignore[attr-defined]  # the middleware's mark
    assert browser_of(person).get("/").wsgi_request.viewer.roles == {Role.AUDITOR}  # type: ignore[attr-defined]  # as above


def test_an_administrator_ends_every_session_of_somebody_and_that_is_an_event(desk: Client) -> None:
    person = person_with(Role.AUDITOR, "amina")
    phone, desktop = browser_of(person), browser_of(person)
    for _ in range(2):
        answer = desk.post(f"{BASE}{person.public_id}/end-sessions/", follow=True)
        assert "Amina is signed out everywhere." in answer.content.decode()
    for client in (phone, desktop):
        assert client.get("/").wsgi_request.viewer.user_id is None  # type: ignore[attr-defined]  # the middleware's mark
    assert desk.get(BASE).status_code == 200
    [noted] = SignIn.objects.unscoped("test")
    assert (noted.kind, noted.person_id) == ("out", person.pk)
    event = Event.objects.get(table_name="members_signin")
    assert (event.action, event.person_id) == ("note_signed_out", Person.objects.get(name="Rosa").pk)


def test_a_role_ends_by_itself_after_its_last_day(desk: Client) -> None:
    person = person_with(Role.AUDITOR, "amina")
    client = browser_of(person)
    assert client.get(BASE).status_code == 200
    RoleHeld.objects.filter(person=person).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client.get(BASE).status_code == 404
    assert desk.get(BASE).status_code == 200
