"""Somebody who was invited comes in through their organisation's own sign-in: once it speaks for their address."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount
from django.test import RequestFactory
from django.utils import timezone

from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.actions import Wanted, invite
from colonnade.members.models import Invitation, Person
from colonnade.web.people.adapters import OrganisationAdapter

pytestmark = pytest.mark.usefixtures("house")
ADDRESS = "karim@office.example"


@pytest.fixture
def invitation(house: object) -> Invitation:  # noqa: ARG001  # the house comes first
    wanted = [Wanted(Role.AUDITOR, timezone.localdate())]
    return invite(name="Karim", address=ADDRESS, roles=wanted, by=None, site="https://x.example", actor=Actor("a test"))


def come_in(address: str = ADDRESS, *, verified: bool = True, domain: str = "office.example") -> Any:
    """What django-allauth does once a provider has answered."""
    arrived = SimpleNamespace(
        is_existing=False,
        account=SocialAccount(provider="office", uid="k-1"),
        provider=SimpleNamespace(app=SimpleNamespace(settings={"domains": [domain]})),
        email_addresses=[SimpleNamespace(email=address, verified=verified)],
        user=None,
        second_factor=False,
    )
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]  # enough of one
    OrganisationAdapter().pre_social_login(request, arrived)  # type: ignore[arg-type]  # stand-ins
    return arrived.user


def accepted(invitation: Invitation) -> bool:
    return Invitation.objects.unscoped("test").get(pk=invitation.pk).accepted_at is not None


def test_it_accepts_the_invitation_and_leaves_the_mails_link_dead(invitation: Invitation) -> None:
    Invitation.objects.unscoped("test").update(secret_hash="0" * 64)
    assert come_in("Karim@Office.example") == invitation.person
    assert accepted(invitation)
    assert Invitation.objects.unscoped("test").get().secret_hash == ""
    assert not Person.objects.get(pk=invitation.person_id).has_usable_password()


@pytest.mark.parametrize(
    "said", [{"verified": False}, {"domain": "elsewhere.example"}, {"address": "other@office.example"}]
)
def test_a_provider_that_does_not_speak_for_the_address_opens_nothing(
    said: dict[str, Any], invitation: Invitation
) -> None:
    with pytest.raises(ImmediateHttpResponse):
        come_in(**said)
    assert not accepted(invitation)


def test_an_invitation_that_expired_or_was_withdrawn_opens_nothing_this_way(invitation: Invitation) -> None:
    Invitation.objects.unscoped("test").update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ImmediateHttpResponse):
        come_in()
    Invitation.objects.unscoped("test").update(expires_at=timezone.now() + timedelta(days=1))
    Person.objects.filter(pk=invitation.person_id).update(is_active=False)
    with pytest.raises(ImmediateHttpResponse):
        come_in()
    assert not accepted(invitation)
    assert not SocialAccount.objects.exists()
