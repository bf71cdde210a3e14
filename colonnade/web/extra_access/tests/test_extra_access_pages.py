"""Extra access on the pages: taken, seen by everybody who watches, noted page by page, and over."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from colonnade.audit.models import Event
from colonnade.audit.reads import note_reads
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.models import ExtraAccess, Person
from colonnade.web.administration.tests.conftest import administrator, browser_of, desk, person_with, posted
from colonnade.web.conftest import House, Reader
from colonnade.web.people.tests.conftest import content
from colonnade.web.shared.signed_in import CONFIRMED

__all__ = ["administrator", "desk", "posted"]
BASE = "/people/extra-access/"
TYPED = {
    "role": "secretariat",
    "entity": "",
    "country": "",
    "hours": "1",
    "reason": "The officer is ill & we must know",
}


def take(client: Client) -> ExtraAccess:
    answer = client.post(BASE + "take/", TYPED)
    assert answer.status_code == 302, content(answer.content.decode())
    return ExtraAccess.objects.unscoped("test").latest("pk")


def test_it_opens_at_once_and_closes_by_itself(desk: Client, house: House) -> None:
    page = f"/projects/{house.projects['restricted']}/"
    assert desk.get(page).status_code == 404
    access = take(desk)
    assert desk.get(page).status_code == 200
    span = timedelta(hours=1)
    ExtraAccess.objects.unscoped("test").filter(pk=access.pk).update(
        begins_at=access.begins_at - span, ends_at=access.ends_at - span
    )
    assert desk.get(page).status_code == 404


def test_every_page_under_it_is_noted_and_none_without_it(desk: Client, house: House) -> None:
    desk.get("/projects/")
    access = take(desk)
    page = f"/projects/{house.projects['restricted']}/"
    for address in (page, "/needs/?q=secret+words", "/nowhere/"):
        desk.get(address)
    desk.post(f"{BASE}{access.public_id}/end/")
    desk.get("/money/")
    noted = Event.objects.filter(table_name="members_extraaccess", operation="READ").order_by("id")
    assert [event.action for event in noted] == [page, "/needs/", "/nowhere/", f"{BASE}{access.public_id}/end/"]
    assert {event.row_id for event in noted} == {str(access.pk)}
    shown = content(desk.get(f"{BASE}{access.public_id}/").content.decode())
    assert page in shown
    assert "/money/" not in shown


def test_the_secret_of_a_link_is_not_noted(desk: Client) -> None:
    take(desk)
    desk.get("/people/invitation/a-secret/")
    desk.get("/people/sign-in/forgotten/MQ/another-secret/")
    noted = Event.objects.filter(table_name="members_extraaccess", operation="READ").order_by("id")
    assert [event.action for event in noted] == [
        "/people/invitation/<str:secret>/",
        "/people/sign-in/forgotten/<uidb64>/<token>/",
    ]


def test_what_was_shown_and_changed_meanwhile_is_counted(desk: Client, administrator: Person) -> None:
    access = take(desk)
    # Everything in a test happens at one moment of the database; the access was taken before it.
    ExtraAccess.objects.unscoped("test").update(begins_at=access.begins_at - timedelta(minutes=50))
    note_reads(table="needs_recommendation", row_ids=[4, 5], what="need-page", actor=Actor("x", administrator.pk))
    note_reads(table="needs_recommendation", row_ids=[6], what="needs", actor=Actor("x", administrator.pk + 1))
    shown = content(desk.get(f"{BASE}{access.public_id}/").content.decode())
    restricted = shown[shown.index("Restricted records") : shown.index("Records that were changed")]
    assert "need-page" in restricted
    assert '<td class="n">2</td>' in restricted
    assert '<td class="n">1</td>' not in restricted


def test_everybody_who_watches_sees_a_banner_and_nobody_else_does(
    desk: Client, reader: Reader, posted: Callable[[], list[EmailMessage]]
) -> None:
    auditor = browser_of(person_with(Role.AUDITOR, "auditor"))
    others = {name: reader(name) for name in ("public", "officer", "focal", "state", "donor")}
    access = take(desk)
    banner = 'aria-label="Extra access"'
    assert banner in auditor.get("/").content.decode()
    assert banner in desk.get("/").content.decode()
    assert {name for name, client in others.items() if banner in client.get("/").content.decode()} == {"officer"}
    for name, client in others.items():
        status = 200 if name == "officer" else 404
        assert client.get(BASE).status_code == client.get(f"{BASE}{access.public_id}/").status_code == status
        assert client.get(BASE + "take/").status_code == status
    assert auditor.get(BASE + "take/").status_code == 404
    told = posted()
    assert sorted(message.to[0] for message in told) == [
        "auditor@office.example",
        "officer@demo.example",
        "rosa@office.example",
    ]
    assert all("The officer is ill & we must know" in str(message.body) for message in told)
    assert all(f"http://testserver{BASE}{access.public_id}/" in str(message.body) for message in told)


def test_an_officer_ends_what_an_administrator_took(desk: Client, reader: Reader, house: House) -> None:
    officer = reader("officer")
    access = take(desk)
    assert officer.post(f"{BASE}{access.public_id}/end/").status_code == 302
    assert desk.get(f"/projects/{house.projects['restricted']}/").status_code == 404
    assert "ended by Officer" in officer.get(f"{BASE}{access.public_id}/").content.decode()
    assert 'aria-label="Extra access"' not in officer.get("/").content.decode()


def test_it_asks_whoever_confirmed_long_ago(desk: Client) -> None:
    session = desk.session
    session[CONFIRMED] = 0.0
    session.save()
    assert "Confirm that it is you" in desk.post(BASE + "take/", TYPED).content.decode()
    assert not ExtraAccess.objects.unscoped("test").exists()


@pytest.mark.parametrize("wrong", [{"role": "administrator"}, {"hours": "5"}, {"reason": " "}, {"role": ""}])
def test_what_cannot_be_taken_is_refused_and_what_was_typed_is_kept(wrong: dict[str, str], desk: Client) -> None:
    answer = desk.post(BASE + "take/", {**TYPED, "reason": "A need of now", **wrong})
    assert answer.status_code == 400
    assert "reason" in wrong or "A need of now" in answer.content.decode()
    assert not ExtraAccess.objects.unscoped("test").exists()


def test_it_is_gone_with_whoever_is_withdrawn(desk: Client, administrator: Person, house: House) -> None:
    second = browser_of(person_with(Role.ADMINISTRATOR, "second"))
    take(desk)
    second.post(f"/people/administration/{administrator.public_id}/withdraw/")
    assert desk.get(f"/projects/{house.projects['restricted']}/").status_code == 404
    assert not ExtraAccess.objects.unscoped("test").in_force(timezone.now()).exists()
