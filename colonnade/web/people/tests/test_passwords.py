"""Passwords: any characters and lengths, taken as typed, and never too old."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from colonnade.members.models import Person
from colonnade.web.people.post import deliver_due
from colonnade.web.people.tests.conftest import ADDRESS

pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.parametrize(
    "password", ["lanterns and rivers", "ШЕСТЬфонарей и река", "灯" * 12, "~" * 3 + "é ñ 你 9" * 3]
)
def test_any_characters_are_taken_and_none_is_asked_for(password: str) -> None:
    validate_password(password, Person(email=ADDRESS, name="Amina"))


def test_the_persons_own_name_and_address_are_not_taken() -> None:
    for password in ("aminaaminaamina", "amina@office.example"):
        with pytest.raises(ValidationError):
            validate_password(password, Person(email=ADDRESS, name="aminaaminaamina"))


@pytest.mark.parametrize(
    "password", ["Colonnade-2026!!", "clean water strategy 1", "WelcomeRegistry77", "passwordpassword"]
)
def test_the_houses_own_words_are_no_password(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "own_words" in {error.code for error in refused.value.error_list}
    validate_password(f"{password} and seven lanterns")


def test_an_address_with_a_line_of_its_own_reaches_no_mail(amina: Person) -> None:
    for address in (f"{amina.email}\nBcc: x@elsewhere.example", f"{amina.email}\r\n\r\ntext"):
        assert Client().post("/people/sign-in/forgotten/", {"email": address}).status_code == 200
    deliver_due()
    assert mail.outbox == []
    assert Client().post("/people/sign-in/forgotten/", {"email": amina.email}).status_code == 302
    deliver_due()
    assert [one.to for one in mail.outbox] == [[amina.email]]


@pytest.mark.parametrize("password", ["  Spaces at both ends  ", "L" + "ong" * 42, "Case Matters Here"])
def test_a_password_is_taken_exactly_as_typed(password: str) -> None:
    person = Person(email=ADDRESS, name="Amina")
    person.set_password(password)
    person.save()

    def signs_in(typed: str) -> bool:
        answer = Client().post("/people/sign-in/", {"username": ADDRESS, "password": typed})
        return answer.status_code == 302

    assert signs_in(password)
    for other in (password.swapcase(), password[:64] if len(password) > 64 else password.strip() + "x"):
        assert not signs_in(other)


def test_a_field_of_a_password_is_masked_and_may_be_filled_by_a_manager() -> None:
    page = Client().get("/people/sign-in/").content.decode()
    [field] = re.findall(r'<input[^>]*name="password"[^>]*>', page)
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in page


def test_no_password_grows_old(amina: Person) -> None:
    """Nothing notes when a password was set: nothing can end it for its age."""
    names = {field.name for field in amina._meta.get_fields()}
    assert not {name for name in names if "password" in name} - {"password"}
