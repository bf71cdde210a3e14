"""Coming in for the first time: whoever was invited chooses a password, and enrols a second factor right after.

Whoever belongs to an organisation that signs its own people in can come in through it instead.
"""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.decorators import rate_limit
from allauth.socialaccount.adapter import get_adapter as get_organisations
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from colonnade.members.actions import InvitationClosed, accept_invitation
from colonnade.members.actions.invitations import invitation_behind
from colonnade.members.models import Invitation, Person
from colonnade.web.people.noting import actor_for, sign_out_of
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.roles import for_whom, role_title


class FirstPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # Django's class takes no argument at run time
    """A password, twice: ``FirstPasswordForm(person, request.POST or None)``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].widget.attrs.pop("autofocus", None)


@never_cache
@sensitive_variables("secret")
@sensitive_post_parameters()
@rate_limit(action="reset_password_from_key")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: ViewerRequest, secret: str) -> HttpResponse:
    """The page behind the link of an invitation. Looking at it uses nothing up: mail programs do so by themselves."""
    found = invitation_behind(secret, timezone.now())
    if found is None:
        return _closed(request)
    form = FirstPasswordForm(found.person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return accept(request, found=found, secret=secret, password=form.cleaned_data["new_password1"])
        except InvitationClosed:  # somebody was faster
            return _closed(request)
    roles = found.person.roles_held.filter(ended_at__isnull=True).select_related("entity", "country").order_by("pk")
    context = {
        "form": form,
        "invited": found.person,
        "roles": [(role_title(role.role), for_whom(role), role) for role in roles],
        "until": found.expires_at,
        "organisations": _organisations_of(request, found.person),
    }
    return render(request, "people/invitation.html", context)


@sensitive_variables("secret", "password")
def accept(request: ViewerRequest, *, found: Invitation, secret: str, password: str) -> HttpResponse:
    """Give the person their password, and sign them in as far as one can without a second factor: the answer leads to
    the page that enrols one. Raises :class:`InvitationClosed`."""
    if request.user.is_authenticated:
        sign_out_of(request)  # whoever else is signed in in this browser does not accept for them
    actor = actor_for(request, found.person)
    person = accept_invitation(invitation=found, secret=secret, password=password, actor=actor)
    record_authentication(request, person, method="invitation")
    answer: HttpResponse = perform_login(request, Login(user=person, redirect_url=reverse("security")))
    return answer


def _closed(request: ViewerRequest) -> HttpResponse:
    return render(request, "people/invitation-closed.html", status=404)


def _organisations_of(request: ViewerRequest, person: Person) -> list[Any]:
    """The providers that may speak for the person's address."""
    domain = person.email.rpartition("@")[2].lower()
    return [one for one in get_organisations().list_providers(request) if domain in one.app.settings.get("domains", [])]
