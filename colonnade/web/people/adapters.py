"""How signing in is done here: our rules, where django-allauth asks for them.

Nobody signs up. A second factor is asked of everybody who has one, except where an organisation's own provider is
trusted to have asked. An organisation's provider opens the account that is there already, and only for addresses of
the domains that it was configured for.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.sealing import seal, unseal
from colonnade.members.actions import accept_invitation
from colonnade.members.models import Invitation, Person
from colonnade.web.people.noting import Way, actor_for, came_in, failed, failed_there, person_at, refused
from colonnade.web.people.organisations import OrganisationProvider
from colonnade.web.people.sessions import DEVICE
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.signed_in import mark_signed_in

_PURPOSE = "second factors"
#: Where a session keeps whose second factor a trusted provider has asked for.
_THEIRS = "second_factor_of_organisation"


def gave_second_factor(request: HttpRequest, person: Person) -> bool:
    """Whether the sign-in under way had a second factor: ours, a passkey, or one that an organisation asked for."""
    ours = any(record["method"] == "mfa" for record in get_authentication_records(request, person))
    return ours or request.session.get(_THEIRS) == person.pk


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, except of somebody whose organisation asked already."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not gave_second_factor(request, self.login.user) and super()._should_handle(request)


class AccountAdapter(DefaultAccountAdapter):
    """Passwords and sessions."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002  # allauth's signature
        """Our own ``confirmed_recently`` stands on the views."""
        return False

    def get_login_stages(self) -> list[str]:
        return [f"{SecondFactorStage.__module__}.{SecondFactorStage.__qualname__}"]

    def login(self, request: ViewerRequest, user: Person) -> None:
        super().login(request, user)
        request.session[DEVICE] = device_of(request)
        mark_signed_in(request.session, complete=gave_second_factor(request, user))
        came_in(request, user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            refused(request, address=credentials.get("email", ""), way=Way.PASSWORD)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        failed(request, person_at(credentials.get("email", "")), Way.PASSWORD)

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        """Whoever was withdrawn hears what somebody hears who never was here."""
        return not_known(request, user)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what happened, in the reader's language."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors, encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not right. Codes change every half minute, and each is taken once."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, _PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, _PURPOSE)


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """Whom an organisation's own provider opens the door to."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002  # as above
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:  # noqa: ARG002  # allauth and the decorators name it
        """Nothing that a provider says of somebody is kept, except which of its accounts is theirs."""
        sociallogin.account.extra_data = {}
        person: Person = sociallogin.user
        person.email = data.get("email") or ""
        return person

    def pre_social_login(self, request: ViewerRequest, sociallogin: SocialLogin) -> None:
        """Connect the provider's account to the person whose address it speaks for; refuse where there is none.

        One that is connected counts for as long as the provider may speak for the person's address.
        """
        sociallogin.token = None  # nothing is asked of the provider with it any more; a session would keep it
        if sociallogin.is_existing:
            person = sociallogin.user if _speaks_for(sociallogin, sociallogin.user.email) else None
        else:
            person = _person_behind(sociallogin)
        if person is None:
            raise ImmediateHttpResponse(not_known(request, sociallogin.user if sociallogin.is_existing else None))
        if not sociallogin.is_existing:
            connect(account=sociallogin.account, person=person, actor=actor_for(request, person))
            sociallogin.user = person
        request.session[_THEIRS] = person.pk if sociallogin.second_factor else None

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> OrganisationProvider:
        return OrganisationProvider(request, app=self.get_app(request, provider=provider, client_id=client_id))

    def get_requests_session(self) -> Any:
        """Providers are asked where they were configured to be: one that sends us elsewhere has not answered."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def on_authentication_error(
        self,
        request: HttpRequest,
        *args: Any,  # noqa: ARG002  # allauth's signature
        error: str = AuthError.UNKNOWN,
        **kwargs: Any,  # noqa: ARG002  # as above
    ) -> None:
        """The page says what can be done; whoever turned back by themselves comes to that of signing in."""
        if error == AuthError.CANCELLED:
            return
        failed_there(request)
        raise ImmediateHttpResponse(render(request, "people/provider-failed.html", status=502))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:  # noqa: ARG002  # allauth and the decorators name it
        return reverse("security")


def _person_behind(sociallogin: SocialLogin) -> Person | None:
    """The active person whose address the provider has verified and may speak for. An invitation that was not accepted
    in time opens nothing this way either."""
    verified = [
        address.email.lower()
        for address in sociallogin.email_addresses
        if address.verified is True and _speaks_for(sociallogin, address.email)
    ]
    found = (Person.objects.filter(email__iexact=address, is_active=True).first() for address in verified)
    person = next((person for person in found if person is not None), None)
    invitation = _not_accepted(person) if person else None
    return None if invitation is not None and invitation.why_closed(timezone.now()) else person


def _speaks_for(sociallogin: SocialLogin, address: str) -> bool:
    return address.rpartition("@")[2].lower() in sociallogin.provider.app.settings.get("domains", [])


def _not_accepted(person: Person) -> Invitation | None:
    waiting = Invitation.objects.unscoped("whoever comes in through their organisation accepts")
    return waiting.select_related("person").filter(person=person, accepted_at__isnull=True).first()


@action
def connect(*, account: SocialAccount, person: Person, actor: Actor) -> None:
    """Note which of a provider's accounts is the person's. Somebody who was invited accepts by it."""
    account.user = person
    account.save()
    if invitation := _not_accepted(person):
        accept_invitation(invitation=invitation, secret=None, password=None, actor=actor)


def not_known(request: HttpRequest, person: Person | None = None) -> HttpResponse:
    """The same page for everybody whom a provider knows and the registry does not; ``person`` is for the log alone."""
    failed_there(request, person)
    return render(request, "people/not-known.html", status=403)


def device_of(request: HttpRequest) -> str:
    """What the browser says of itself, in two words: ``Firefox, Linux``. Where it says nothing known, nothing."""
    said = request.headers.get("User-Agent", "")
    browsers = ("Edg", "Firefox", "OPR", "Chrome", "Safari")
    systems = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
    browser = next((name for name in browsers if name in said), "")
    system = next((name for name in systems if name in said), "")
    full = {"Edg": "Edge", "OPR": "Opera", "Mac OS": "macOS"}
    return ", ".join(full.get(name, name) for name in (browser, system) if name)
