"""Sessions: they end, by age, by idleness, by being withdrawn, by a changed password, from another browser."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.utils import timezone

from colonnade.members.models import Person
from colonnade.web.models import Session
from colonnade.web.people.sessions import SessionStore, digest
from colonnade.web.people.tests.conftest import ADDRESS, PASSWORD, code_of, content, with_password
from colonnade.web.people.tests.test_second_factors import CODE, inside
from colonnade.web.shared.signed_in import STARTED

pytestmark = pytest.mark.usefixtures("house")


def only_session(amina: Person, client: Client) -> Session:
    return Session.objects.get(person=amina, pk=digest(client.cookies["sessionid"].value))


def test_signing_in_changes_the_key_of_the_session(secret: str) -> None:
    client = with_password(Client())
    before = client.cookies["sessionid"].value
    client.post(CODE, {"code": code_of(secret)})
    assert client.cookies["sessionid"].value != before
    thief = Client()
    thief.cookies["sessionid"] = before
    assert not inside(thief)


def test_eight_hours_after_signing_in_it_ends_however_busy_it_was(signed_in: Client) -> None:
    session = signed_in.session
    session[STARTED] = time.time() - 8 * 3600 + 60
    session.save()
    assert inside(signed_in)
    session = signed_in.session
    session[STARTED] = time.time() - 8 * 3600
    session.save()
    assert signed_in.get("/projects/")["Location"] == "/people/sign-in/?ended=1"
    assert "You were signed out" in signed_in.get("/people/sign-in/?ended=1").content.decode()
    assert not inside(signed_in)


def test_half_an_hour_without_a_page_ends_it(signed_in: Client, amina: Person) -> None:
    row = Session.objects.filter(pk=only_session(amina, signed_in).pk)
    row.update(seen_at=timezone.now() - timedelta(minutes=29))
    assert inside(signed_in)
    assert timezone.now() - only_session(amina, signed_in).seen_at < timedelta(minutes=1)
    row.update(seen_at=timezone.now() - timedelta(minutes=31))
    assert signed_in.get("/projects/")["Location"] == "/people/sign-in/?ended=1"


def test_somebody_withdrawn_is_out_at_the_next_request(signed_in: Client, amina: Person) -> None:
    assert inside(signed_in)
    Person.objects.filter(pk=amina.pk).update(is_active=False)
    assert not inside(signed_in)
    assert "_auth_user_id" not in signed_in.session
    Person.objects.filter(pk=amina.pk).update(is_active=True)
    assert not inside(signed_in)


def test_a_stolen_table_opens_no_session(signed_in: Client) -> None:
    key = signed_in.cookies["sessionid"].value
    with connection.cursor() as cursor:
        cursor.execute("SELECT web_session::text FROM web_session")
        rows = [row[0] for row in cursor.fetchall()]
    assert rows
    assert all(key not in row and "confirmed_at" not in row for row in rows)
    thief = Client()
    thief.cookies["sessionid"] = digest(key)
    assert not inside(thief)


def test_a_session_sealed_with_another_key_is_empty() -> None:
    store = SessionStore()
    assert store.decode("not sealed here") == {}


def test_a_person_sees_where_they_are_signed_in_and_signs_out_elsewhere(
    signed_in: Client, secret: str, amina: Person
) -> None:
    phone = with_password(Client(headers={"User-Agent": "Mozilla/5.0 (Android 15) Firefox/140.0"}))
    phone.post(CODE, {"code": code_of(secret, at=time.time() - 30)})
    assert inside(phone)
    page = content(signed_in.get("/people/security/").content.decode())
    assert "Firefox, Android" in page
    assert "This one" in page
    signed_in.post("/people/security/sessions/end/", {"session": only_session(amina, phone).pk})
    assert not inside(phone)
    assert inside(signed_in)


def test_nobody_ends_somebody_elses_session(signed_in: Client, amina: Person) -> None:
    other = Client()
    other.force_login(Person.objects.create(email="other@office.example", name="Other"))
    other.post("/people/security/sessions/end/", {"session": only_session(amina, signed_in).pk})
    other.post("/people/security/sessions/end/", {"all": "1"})
    assert inside(signed_in)


def test_a_changed_password_ends_the_others_and_is_told_by_mail(
    signed_in: Client, secret: str, posted: Callable[[], list[EmailMessage]]
) -> None:
    phone = with_password(Client())
    phone.post(CODE, {"code": code_of(secret, at=time.time() - 30)})
    typed = {"old_password": PASSWORD, "new_password1": "another long one", "new_password2": "another long one"}
    answer = signed_in.post("/people/security/password/", typed, follow=True)
    assert "Your password was changed" in answer.content.decode()
    assert inside(signed_in)
    assert not inside(phone)
    assert [(mail.to, mail.subject) for mail in posted()] == [([ADDRESS], "How you sign in was changed")]


@pytest.mark.parametrize("weak", ["short", "password1234", "amina@office.example", "123456789012"])
def test_a_weak_password_is_refused(signed_in: Client, weak: str) -> None:
    typed = {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak}
    page = signed_in.post("/people/security/password/", typed).content.decode()
    assert 'role="alert"' in page
