"""A second factor: asked of everybody, enrolled before anything else is seen, taken once, lost and replaced."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.core.viewer import PUBLIC, Role
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.places.models import Country
from colonnade.web.conftest import DAY, House
from colonnade.web.people.factors import forget_second_factors
from colonnade.web.people.tests.conftest import ADDRESS, PASSWORD, code_of, content, key_shown, with_password
from colonnade.web.shared.signed_in import CONFIRMED

pytestmark = pytest.mark.usefixtures("house")
CODE = "/people/sign-in/second-factor/"


def inside(client: Client) -> bool:
    """Whether this browser reads pages as somebody."""
    return client.get("/").wsgi_request.viewer.user_id is not None  # type: ignore[attr-defined]  # the middleware's mark


def test_a_password_and_a_code_sign_in(secret: str) -> None:
    client = Client()
    first = client.post("/people/sign-in/", {"username": ADDRESS, "password": PASSWORD, "next": "/projects/"})
    assert first["Location"] == CODE
    assert not inside(client)
    second = client.post(CODE, {"code": code_of(secret)})
    assert second["Location"] == "/projects/"
    assert inside(client)


@pytest.mark.parametrize("code", ["000000", "", "not a code", "１２３４５６"])
def test_a_wrong_code_does_not(secret: str, code: str) -> None:
    client = with_password(Client())
    if code == code_of(secret):
        pytest.skip("one in a million")
    answer = client.post(CODE, {"code": code})
    assert answer.status_code == 200
    assert not inside(client)


def test_a_code_is_taken_once_even_while_it_is_still_valid(secret: str) -> None:
    late = code_of(secret, at=time.time() - 30)
    assert with_password(first := Client()).post(CODE, {"code": late}).status_code == 302
    assert inside(first)
    again = with_password(Client())
    assert again.post(CODE, {"code": late}).status_code == 200
    assert not inside(again)


def test_a_code_that_is_two_minutes_old_is_too_old(secret: str) -> None:
    client = with_password(Client())
    assert client.post(CODE, {"code": code_of(secret, at=time.time() - 120)}).status_code == 200
    assert not inside(client)


def test_the_second_step_cannot_be_reached_without_the_first() -> None:
    assert Client().get(CODE)["Location"] == "/people/sign-in/"
    assert Client().post(CODE, {"code": "123456"})["Location"] == "/people/sign-in/"


def test_a_recovery_code_stands_for_the_app_once(secret: str) -> None:
    client = with_password(Client())
    client.post(CODE, {"code": code_of(secret)})
    codes = re.findall(r"<li><code>(\d{8})</code>", client.get("/people/security/recovery-codes/").content.decode())
    assert len(codes) == 10
    other = with_password(Client())
    assert other.post(CODE, {"code": codes[3]}).status_code == 302
    assert inside(other)
    third = with_password(Client())
    assert third.post(CODE, {"code": codes[3]}).status_code == 200
    assert not inside(third)
    left = client.get("/people/security/recovery-codes/").content.decode()
    assert codes[3] not in left
    assert codes[4] in left


def test_new_recovery_codes_void_the_old(signed_in: Client) -> None:
    page = "/people/security/recovery-codes/"
    before = set(re.findall(r"<code>(\d{8})</code>", signed_in.get(page).content.decode()))
    signed_in.post(page)
    after = set(re.findall(r"<code>(\d{8})</code>", signed_in.get(page).content.decode()))
    assert len(after) == 10
    assert not before & after


def test_five_wrong_codes_close_the_door_to_right_ones(secret: str) -> None:
    client = with_password(Client())
    for _ in range(5):
        client.post(CODE, {"code": "000000"})
    answer = client.post(CODE, {"code": code_of(secret)})
    assert "Too many attempts" in answer.content.decode()
    assert not inside(client)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_gets_further_than_enrolling_without_one(role: Role, amina: Person, house: House) -> None:
    RoleHeld.objects.create(
        person=amina,
        role=role,
        entity=Entity.objects.get(code="WATER"),
        country=Country.objects.get(code="QMA"),
        starts_on=DAY,
    )
    client = with_password(Client())
    for page in ("/", "/projects/", f"/projects/{house.projects['restricted']}/", "/people/security/password/", "/x/"):
        assert client.get(page)["Location"] == "/people/security/"
        assert client.post(page)["Location"] == "/people/security/"
    for page in ("/people/security/", "/people/security/app/", "/people/security/passkey/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert answer.wsgi_request.viewer == PUBLIC  # type: ignore[attr-defined]  # the middleware's mark
    assert client.post("/people/language/", {"language": "fr"}).status_code == 302
    client.post("/people/sign-out/")
    assert client.get("/").status_code == 200


@pytest.mark.usefixtures("amina")
def test_whoever_enrolled_is_in_at_once_with_a_new_session_key() -> None:
    client = with_password(Client())
    before = client.cookies["sessionid"].value
    client.post("/people/security/app/", {"code": code_of(key_shown(client))}, follow=True)
    assert inside(client)
    assert client.cookies["sessionid"].value != before


@pytest.mark.usefixtures("amina")
def test_a_session_that_knows_the_password_alone_adds_no_factor_once_there_is_one() -> None:
    half_way = with_password(Client())
    other = with_password(Client())
    other.post("/people/security/app/", {"code": code_of(key_shown(other))})
    assert half_way.get("/people/security/passkey/")["Location"] == "/people/sign-in/"
    assert "_auth_user_id" not in half_way.session


def test_secrets_are_sealed_where_they_are_kept_and_absent_from_the_log(secret: str, amina: Person) -> None:
    app = Authenticator.objects.get(user=amina, type="totp")
    assert secret not in str(app.data)
    codes = Authenticator.objects.get(user=amina, type="recovery_codes")
    assert not set(codes.wrap().generate_codes()) & set(str(codes.data))
    events = Event.objects.filter(table_name="mfa_authenticator", operation="INSERT")
    assert events.count() == 2
    for event in events:
        assert event.after is not None
        assert "data" not in event.after
        assert event.person_id == amina.pk
        assert event.action == "enrol_code_app"


def test_the_last_factor_stays_until_there_is_another(signed_in: Client, amina: Person) -> None:
    app = Authenticator.objects.get(user=amina, type="totp")
    answer = signed_in.post(f"/people/security/factors/{app.pk}/remove/", follow=True)
    assert "This is your only second factor" in answer.content.decode()
    Authenticator.objects.create(user=amina, type="webauthn", data={"name": "A key"})
    signed_in.post(f"/people/security/factors/{app.pk}/remove/")
    assert list(Authenticator.objects.values_list("type", flat=True).order_by("type")) == ["recovery_codes", "webauthn"]


def test_nobody_removes_somebody_elses_factor(signed_in: Client) -> None:
    other = Person.objects.create(email="other@office.example", name="Other")
    theirs = Authenticator.objects.create(user=other, type="webauthn", data={"name": "A key"})
    assert signed_in.post(f"/people/security/factors/{theirs.pk}/remove/").status_code == 404


def test_a_code_confirms_as_well_as_a_password(signed_in: Client, secret: str) -> None:
    session = signed_in.session
    session[CONFIRMED] = 0
    session.save()
    asked = signed_in.get("/people/security/recovery-codes/")
    assert asked["Location"].startswith("/people/confirm/")
    page = content(signed_in.get(asked["Location"]).content.decode())
    assert "Confirm with a code" in page
    assert "Confirm with your password" in page
    early = code_of(secret, at=time.time() + 30)
    answer = signed_in.post("/people/confirm/", {"code": early, "next": "/people/security/recovery-codes/"})
    assert answer["Location"] == "/people/security/recovery-codes/"
    assert signed_in.get("/people/security/recovery-codes/").status_code == 200


def test_whoever_lost_theirs_enrols_anew_and_is_out_everywhere(signed_in: Client, amina: Person) -> None:
    assert forget_second_factors(person=amina, actor=Actor("an administrator")) == 1
    assert not inside(signed_in)
    assert with_password(Client()).get("/")["Location"] == "/people/security/"
    event = Event.objects.filter(table_name="mfa_authenticator", operation="DELETE").first()
    assert event is not None
    assert event.actor == "an administrator"
