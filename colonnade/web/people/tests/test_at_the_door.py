"""What happens at the door is in the log: who, when, in which request; and nothing that somebody typed there."""

import json
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from colonnade.audit.models import Event
from colonnade.audit.personal import revealed
from colonnade.audit.queries import high_water_mark, last_event_at
from colonnade.core.viewer import Role, Viewer
from colonnade.members.models import Person, RoleHeld, SignIn
from colonnade.web.conftest import DAY
from colonnade.web.models import Session
from colonnade.web.people.tests.conftest import ADDRESS, PASSWORD, code_of, content, with_password
from colonnade.web.people.tests.provider import Provider
from colonnade.web.people.tests.test_second_factors import CODE
from colonnade.web.people.tests.ways import back, come

pytestmark = pytest.mark.usefixtures("house")
KINDS = SignIn.Kind
NOBODY = "karim@office.example"


def noted() -> list[tuple[str, str, str]]:
    """What was noted, the oldest first: kind, way, whose account."""
    rows = SignIn.objects.unscoped("test").order_by("id").select_related("person")
    return [(row.kind, row.way, row.person.name if row.person else "") for row in rows]


def events() -> list[Event]:
    return list(Event.objects.filter(table_name="members_signin").order_by("id"))


def test_coming_in_confirming_and_leaving_are_events_of_the_person(secret: str, amina: Person) -> None:
    SignIn.objects.unscoped("test").delete()
    start = len(events())
    client = with_password(Client())
    assert noted() == []  # half the way is not in
    client.post(CODE, {"code": code_of(secret)})
    client.post("/people/confirm/", {"password": PASSWORD})
    client.post("/people/sign-out/")
    client.post("/people/sign-out/")
    assert noted() == [("in", "password", "Amina"), ("confirmed", "password", "Amina"), ("out", "", "Amina")]
    found = revealed(events()[start:])
    assert [(one.event.action, one.event.person_id, one.actor) for one in found] == [
        ("note_signed_in", amina.pk, "Amina"),
        ("note_confirmed", amina.pk, "Amina"),
        ("note_signed_out", amina.pk, "Amina"),
    ]
    assert len({one.event.request_id for one in found} - {""}) == 3
    assert all(one.actor != one.event.actor for one in found), "the log commits to the name, and holds it elsewhere"


def test_a_wrong_password_is_an_event_of_the_account_and_keeps_nothing_that_was_typed(amina: Person) -> None:
    with_password(Client(), password="wrong-one")
    with_password(Client(), NOBODY, "another-wrong-one")
    assert noted() == [("failed", "password", "Amina"), ("failed", "password", "")]
    assert [(one.actor, one.person_id, one.action) for one in events()] == [
        ("somebody at signing in", None, "note_sign_in_failed")
    ] * 2
    assert all(one.request_id for one in events())
    assert [one.after["person_id"] for one in events() if one.after] == [amina.pk, None]
    with connection.cursor() as cursor:
        for table in ("audit_event", "audit_personal", "members_signin", "web_kept_for_a_while"):
            cursor.execute(f"SELECT {table}::text FROM {table}")
            kept = json.dumps(cursor.fetchall())
            assert NOBODY not in kept
            assert "wrong-one" not in kept


def test_the_right_password_of_somebody_withdrawn_is_a_failure(amina: Person) -> None:
    Person.objects.filter(pk=amina.pk).update(is_active=False)
    with_password(Client())
    assert noted() == [("failed", "password", "Amina")]


def test_a_wrong_code_is_an_event_at_the_door_and_inside(secret: str, signed_in: Client) -> None:
    SignIn.objects.unscoped("test").delete()
    client = with_password(Client())
    client.post(CODE, {"code": "000000"})
    signed_in.post("/people/confirm/", {"code": "000000"})
    signed_in.post("/people/confirm/", {"password": "wrong"})
    signed_in.post("/people/confirm/", {"code": code_of(secret, at=time.time() + 30)})
    assert noted() == [
        ("failed", "code", "Amina"),
        ("not_confirmed", "code", "Amina"),
        ("not_confirmed", "password", "Amina"),
        ("confirmed", "code", "Amina"),
    ]


@pytest.mark.usefixtures("amina")
def test_what_is_refused_is_noted_once_in_a_while_however_often_somebody_tries() -> None:
    for _ in range(8):
        with_password(Client(), password="wrong")
    assert noted() == [("failed", "password", "Amina")] * 5 + [("refused", "password", "Amina")]
    SignIn.objects.unscoped("test").delete()
    for number in range(60):
        with_password(Client(), f"a{number}@x.example", "wrong")
    assert noted().count(("refused", "", "")) == 1
    assert len(noted()) <= 30


@pytest.mark.usefixtures("secret")
def test_a_code_too_many_is_refused_and_noted() -> None:
    SignIn.objects.unscoped("test").delete()
    client = with_password(Client())
    for number in range(8):
        client.post(CODE, {"code": f"00000{number}"})
    assert noted() == [("failed", "code", "Amina")] * 5 + [("refused", "code", "Amina")]


def test_a_session_that_ends_by_its_limit_is_an_event(signed_in: Client, amina: Person) -> None:
    Session.objects.filter(person=amina).update(seen_at=timezone.now() - timedelta(minutes=31))
    signed_in.get("/projects/")
    assert noted()[-1] == ("ended", "", "Amina")


@pytest.mark.usefixtures("two_organisations", "karim")
def test_coming_in_through_an_organisation_and_failing_to(office: Provider) -> None:
    come(Client(), office)
    assert noted() == [("in", "organisation", "Karim")]
    for _ in range(3):
        back(Client(), "http://testserver/people/sign-in/with/office/back/?code=x&state=y")
    assert noted()[1:] == [("failed", "organisation", "")]
    Person.objects.filter(name="Karim").update(is_active=False)
    come(Client(), office)
    assert noted()[-1] == ("failed", "organisation", "Karim")


def test_a_passkey_that_is_not_known_is_a_failure_and_limited() -> None:
    statuses = [Client().post("/people/sign-in/passkey/", {"credential": "{}"}).status_code for _ in range(13)]
    assert statuses == [302] * 10 + [429] * 3
    assert noted() == [("failed", "passkey", "")] * 10 + [("refused", "", "")]


@pytest.mark.usefixtures("amina")
def test_it_makes_no_snapshot_stale_and_is_no_change_of_the_registry() -> None:
    before, last = high_water_mark(), last_event_at()
    with_password(Client(), password="wrong")
    assert events()
    assert (high_water_mark(), last_event_at()) == (before, last)


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.ADMINISTRATOR, True), (Role.AUDITOR, True), (Role.SECRETARIAT, False)]
)
def test_administrators_and_auditors_see_it_and_nobody_else(role: Role, sees: bool, amina: Person) -> None:
    with_password(Client(), password="wrong")
    assert SignIn.objects.visible_to(Viewer(roles=frozenset({role}))).exists() is sees
    person = Person.objects.create(email="rosa@office.example", name="Rosa")
    RoleHeld.objects.create(person=person, role=role, starts_on=DAY)
    browser = Client()
    browser.force_login(person)
    answer = browser.get(f"/people/administration/{amina.public_id}/")
    assert (answer.status_code == 200) is sees
    if sees:
        assert "Signing in failed" in content(answer.content.decode())


@pytest.mark.usefixtures("amina")
def test_an_auditor_finds_it_among_the_recent_changes() -> None:
    with_password(Client(), password="wrong")
    person = Person.objects.create(email="audie@office.example", name="Audie")
    RoleHeld.objects.create(person=person, role=Role.AUDITOR, starts_on=DAY)
    auditor, officer = Client(), Client()
    auditor.force_login(person)
    page = content(auditor.get("/history/?action=note_sign_in_failed").content.decode())
    assert page.count("somebody at signing in") == 1
    assert ADDRESS not in page
    other = Person.objects.create(email="olga@office.example", name="Olga")
    RoleHeld.objects.create(person=other, role=Role.SECRETARIAT, starts_on=DAY)
    officer.force_login(other)
    assert "somebody at signing in" not in officer.get("/history/?action=note_sign_in_failed").content.decode()
