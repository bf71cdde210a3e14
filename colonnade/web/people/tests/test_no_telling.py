"""Signing in and forgotten passwords tell nobody whether an address has an account."""

import re
import time
from collections.abc import Callable
from statistics import median

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client

from colonnade.members.models import Person
from colonnade.web.people.tests.conftest import ADDRESS, PASSWORD, code_of, with_password, without_own_marks
from colonnade.web.people.tests.test_second_factors import CODE, inside

pytestmark = pytest.mark.usefixtures("house")
NOBODY = "karim@office.example"


def answered(path: str, address: str, **typed: str) -> tuple[int, dict[str, str], str]:
    answer = Client().post(path, {"username": address, "email": address, **typed})
    # The nonce, and the second in which it was answered.
    changing = {"Content-Security-Policy", "Expires"}
    kept = {name: value for name, value in answer.headers.items() if name not in changing}
    return answer.status_code, kept, without_own_marks(answer.content).replace(address, "")


@pytest.mark.parametrize("state", ["as she is", "withdrawn", "without a password", "with a second factor"])
def test_a_wrong_password_answers_alike_whoever_has_the_address(
    amina: Person, state: str, request: pytest.FixtureRequest
) -> None:
    if state == "with a second factor":
        request.getfixturevalue("secret")
    if state == "withdrawn":
        Person.objects.update(is_active=False)
    if state == "without a password":
        amina.set_unusable_password()
        amina.save()
    assert answered("/people/sign-in/", ADDRESS, password="wrong") == answered(
        "/people/sign-in/", NOBODY, password="wrong"
    )


def test_the_right_password_of_somebody_withdrawn_answers_as_a_wrong_one(amina: Person) -> None:
    Person.objects.filter(pk=amina.pk).update(is_active=False)
    assert answered("/people/sign-in/", ADDRESS, password=PASSWORD) == answered(
        "/people/sign-in/", NOBODY, password=PASSWORD
    )


@pytest.mark.usefixtures("amina")
def test_after_five_wrong_passwords_both_are_asked_to_wait() -> None:
    for address in (ADDRESS, NOBODY):
        for _ in range(5):
            answered("/people/sign-in/", address, password="wrong")
    known, unknown = (answered("/people/sign-in/", address, password="wrong") for address in (ADDRESS, NOBODY))
    assert known == unknown
    assert "Too many attempts" in known[2]
    assert not inside(with_password(Client()))


def test_many_addresses_from_one_network_are_too_many() -> None:
    statuses = [answered("/people/sign-in/", f"a{number}@x.example", password="w")[0] for number in range(31)]
    assert statuses[:30] == [200] * 30
    assert statuses[30] == 429


@pytest.mark.usefixtures("amina")
def test_a_forgotten_password_answers_alike(posted: Callable[[], list[EmailMessage]]) -> None:
    assert answered("/people/sign-in/forgotten/", ADDRESS) == answered("/people/sign-in/forgotten/", NOBODY)
    assert [mail.to for mail in posted()] == [[ADDRESS]]


@pytest.mark.usefixtures("amina")
def test_nobody_is_sent_more_than_five_links_an_hour(posted: Callable[[], list[EmailMessage]]) -> None:
    answers = {answered("/people/sign-in/forgotten/", ADDRESS)[0] for _ in range(8)}
    assert answers == {302}
    assert len(posted()) == 5


def test_the_mails_link_gives_a_new_password_once_and_ends_what_was_open(
    signed_in: Client, secret: str, posted: Callable[[], list[EmailMessage]]
) -> None:
    answered("/people/sign-in/forgotten/", ADDRESS)
    found = re.search(r"http://testserver(/\S+)", str(posted()[0].body))
    assert found is not None
    client = Client()
    form = client.get(found[1])["Location"]
    done = client.post(form, {"new_password1": "another long one", "new_password2": "another long one"})
    assert done["Location"] == "/people/sign-in/"
    assert not inside(signed_in)
    assert "does not work any more" in Client().get(found[1], follow=True).content.decode()
    again = with_password(Client(), password="another long one")
    assert not inside(again)
    again.post(CODE, {"code": code_of(secret, at=time.time() + 30)})
    assert inside(again)


@pytest.mark.usefixtures("amina")
def test_the_mail_is_posted_after_the_answer(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = f"{SlowBackend.__module__}.{SlowBackend.__qualname__}"
    began = time.monotonic()
    answered("/people/sign-in/forgotten/", ADDRESS)
    assert time.monotonic() - began < SlowBackend.SECONDS


class SlowBackend:
    """A mail server that takes its time."""

    SECONDS = 2

    def __init__(self, **_options: object) -> None:
        pass

    def send_messages(self, messages: list[EmailMessage]) -> int:
        time.sleep(self.SECONDS)
        return len(messages)


def test_an_unknown_address_takes_as_long_as_a_wrong_password(amina: Person, settings: LazySettings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    amina.set_password(PASSWORD)
    amina.save()
    taken: dict[str, list[float]] = {ADDRESS: [], NOBODY: []}
    for _ in range(7):
        for address, times in taken.items():
            began = time.process_time()
            answered("/people/sign-in/", address, password="wrong")
            times.append(time.process_time() - began)
    known, unknown = median(taken[ADDRESS]), median(taken[NOBODY])
    assert 0.6 < known / unknown < 1.6
