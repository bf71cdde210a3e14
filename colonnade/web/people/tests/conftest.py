"""People who sign in for these tests, and the codes that their apps would show."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from colonnade.members.models import Person
from colonnade.web.conftest import House
from colonnade.web.people.post import deliver_due
from colonnade.web.people.tests.provider import Provider
from colonnade.web.people.tests.ways import KARIM, LINA, invited

PASSWORD = "a long enough password"
ADDRESS = "amina@office.example"


def code_of(secret: str, *, at: float | None = None) -> str:
    """The code that an app with ``secret`` shows (RFC 6238, SHA-1, six digits, half a minute), worked out afresh."""
    counter = int((time.time() if at is None else at) // 30)
    found = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    place = found[-1] & 15
    return f"{(int.from_bytes(found[place : place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def content(page: str) -> str:
    """The part of a page that is its own."""
    return page[page.index("<main") : page.index("</main>")]


def without_own_marks(page: bytes) -> str:
    """A page without what differs from answer to answer: the form's token and the nonce."""
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page.decode())


@pytest.fixture
def amina(house: House) -> Person:  # noqa: ARG001  # the house comes first
    """Somebody with a password, and no second factor yet."""
    person = Person(email=ADDRESS, name="Amina")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def secret(amina: Person) -> str:  # noqa: ARG001  # she is there
    """The secret of the app that Amina enrolled, as anybody does: sign in, read the key, type the first code."""
    client = with_password(Client())
    secret = key_shown(client)
    answer = client.post("/people/security/app/", {"code": code_of(secret)})
    assert answer["Location"] == "/people/security/recovery-codes/"
    return secret


def with_password(client: Client, address: str = ADDRESS, password: str = PASSWORD, **more: str) -> Client:
    """The first step of signing in."""
    client.post("/people/sign-in/", {"username": address, "password": password, **more})
    return client


def key_shown(client: Client) -> str:
    page = client.get("/people/security/app/").content.decode()
    found = re.search(r'<code dir="ltr">([A-Z2-7]+)</code>', page)
    assert found is not None
    return found[1]


@pytest.fixture
def signed_in(secret: str) -> Client:
    """A browser in which Amina is signed in with both factors."""
    client = with_password(Client())
    client.post("/people/sign-in/second-factor/", {"code": code_of(secret)})
    return client


@pytest.fixture
def posted(settings: LazySettings) -> Callable[[], list[EmailMessage]]:
    """The mails that were sent, once the post office was there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver_due()
    mail.outbox = []  # what was written before

    def sent() -> list[EmailMessage]:
        deliver_due()
        return list(mail.outbox)

    return sent


@pytest.fixture
def office() -> Iterator[Provider]:
    """The provider of ``office.example``, trusted with the second factor."""
    provider = Provider("colonnade", "office-secret", dict(KARIM), "office-key")
    yield provider
    provider.close()


@pytest.fixture
def bureau() -> Iterator[Provider]:
    """The provider of ``bureau.example``, which is not. Its people have the same numbers as those of the office."""
    provider = Provider("colonnade", "bureau-secret", dict(LINA), "bureau-key")
    yield provider
    provider.close()


@pytest.fixture
def two_organisations(office: Provider, bureau: Provider, settings: LazySettings) -> None:
    """Both, as :func:`colonnade.config.variables.organisations` makes them of the file that names them."""
    one = {"trusts_second_factor": True, "second_factor_acr": ["two"]}
    other = {"trusts_second_factor": False, "second_factor_acr": []}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": key,
                    "name": f"The {key.title()}",
                    "client_id": provider.client_id,
                    "secret": provider.secret,
                    "settings": {
                        "server_url": server,
                        "domains": [f"{key}.example"],
                        "oauth_pkce_enabled": True,
                        **trust,
                    },
                }
                for key, provider, server, trust in (
                    ("office", office, office.issuer, one),
                    ("bureau", bureau, f"{bureau.issuer}/", other),
                )
            ]
        }
    }


@pytest.fixture
def karim(house: House) -> Person:  # noqa: ARG001  # the house comes first
    """Somebody of the office who was invited."""
    return invited("Karim", KARIM["email"])
