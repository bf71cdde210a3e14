"""The way to a provider and back, as a browser goes it; and who goes it."""

from typing import Any, Final

from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.actions import Wanted, invite
from colonnade.members.models import Invitation, Person
from colonnade.web.people.tests.provider import Claims, Provider

KARIM: Final[Claims] = {"sub": "k-1", "email": "karim@office.example", "email_verified": True, "amr": ["pwd", "mfa"]}
LINA: Final[Claims] = {"sub": "k-1", "email": "lina@bureau.example", "email_verified": True}


def invited(name: str, address: str) -> Person:
    wanted = [Wanted(Role.AUDITOR, timezone.localdate())]
    return invite(
        name=name, address=address, roles=wanted, by=None, site="https://x.example", actor=Actor("a test")
    ).person


def set_out(client: Client, key: str = "office", query: str = "") -> str:
    """Where the button of a provider leads."""
    answer = client.post(f"/people/sign-in/with/{key}/{query}")
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def back(client: Client, address: str) -> Any:
    """Back at our callback."""
    assert address.startswith("http://testserver/people/sign-in/with/")
    return client.get(address.removeprefix("http://testserver"))


def come(client: Client, provider: Provider, key: str = "office") -> Any:
    """The whole way there and back."""
    return back(client, provider.go(set_out(client, key)))


def half_way(client: Client) -> bool:
    """Whether this browser is at the pages that enrol a second factor, and no further."""
    return client.get("/projects/").headers.get("Location") == "/people/security/"


def refused(answer: Any, status: int = 502) -> None:
    """That an answer let nobody in, and nothing was noted of anybody."""
    assert answer.status_code == status, answer.status_code
    assert "_auth_user_id" not in answer.client.session
    assert not SocialAccount.objects.exists()
    assert not Invitation.objects.unscoped("test").filter(accepted_at__isnull=False).exists()
