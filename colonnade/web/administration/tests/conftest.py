"""An administrator's browser, and the links of mails."""

import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from colonnade.core.viewer import Role
from colonnade.members.models import Person, RoleHeld
from colonnade.web.conftest import DAY, House
from colonnade.web.people.post import deliver_due


def person_with(role: Role, name: str) -> Person:
    """Somebody who holds one role."""
    person = Person.objects.create(email=f"{name}@office.example", name=name.title())
    RoleHeld.objects.create(person=person, role=role, starts_on=DAY)
    return person


def browser_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def administrator(house: House) -> Person:  # noqa: ARG001  # the house comes first
    return person_with(Role.ADMINISTRATOR, "rosa")


@pytest.fixture
def desk(administrator: Person) -> Client:
    """A browser in which the administrator is signed in and has just confirmed."""
    return browser_of(administrator)


@pytest.fixture
def posted(settings: LazySettings) -> Callable[[], list[EmailMessage]]:
    """The mails that were sent, once the post office was there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []

    def sent() -> list[EmailMessage]:
        deliver_due()
        return list(mail.outbox)

    return sent


def link_in(message: EmailMessage) -> str:
    """The path of the one link of a mail."""
    found = re.search(r"http://testserver(/\S+)", str(message.body))
    assert found is not None
    return found[1]


def invitation_typed(**more: str) -> dict[str, str]:
    """The form of an invitation, as a browser sends it."""
    typed = {
        "name": "Karim",
        "address": "karim@office.example",
        "roles-TOTAL_FORMS": "3",
        "roles-INITIAL_FORMS": "0",
        "roles-MIN_NUM_FORMS": "1",
        "roles-MAX_NUM_FORMS": "3",
    }
    for number in range(3):
        typed |= {f"roles-{number}-{name}": "" for name in ("role", "entity", "country", "ends_on")}
        typed[f"roles-{number}-starts_on"] = "2999-01-01"
    return typed | more
