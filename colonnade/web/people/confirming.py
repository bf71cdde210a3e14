"""The page that asks somebody who is signed in to confirm, and lets them go on with what they were doing."""

from dataclasses import dataclass
from typing import Final

from allauth.decorators import rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.core import signing
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.actions import note_confirmed
from colonnade.members.models import Person
from colonnade.web.people.demo import is_demo_person
from colonnade.web.people.forms import ConfirmCodeForm, ConfirmPasswordForm
from colonnade.web.people.noting import Way, wrong_factor
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.signed_in import mark_confirmed

_SALT: Final = "colonnade.held"
#: Seconds for which what was typed can still be sent again.
HELD_FOR: Final = 3600
#: The field that each way to confirm sends.
_WAYS: Final = {"password": Way.PASSWORD, "code": Way.CODE, "credential": Way.PASSKEY}


@dataclass(frozen=True, slots=True)
class Held:
    """A form on its way: where it goes, and its fields in order. ``had_files`` where files were left behind."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool = False


def hold(request: ViewerRequest, person: Person) -> str:
    """The form that ``request`` sent, signed for ``person``."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and isinstance(value, str)
    ]
    content = [person.pk, request.get_full_path(), fields, bool(request.FILES)]
    return signing.dumps(content, salt=_SALT, compress=True)


def held_form(held: str, person: Person) -> Held | None:
    """The form behind ``held``; ``None`` where it was not signed here for ``person``, or long ago."""
    try:
        owner, path, fields, had_files = signing.loads(held, salt=_SALT, max_age=HELD_FOR)
    except (signing.BadSignature, ValueError):
        return None
    if owner != person.pk:
        return None
    return Held(path, [(str(name), str(value)) for name, value in fields], had_files)


def ask_to_confirm(
    request: ViewerRequest, *, held: str = "", refused: Form | None = None, way: str = ""
) -> HttpResponse:
    """The page with the ways to confirm that this person has; ``refused`` is the form of ``way`` that was wrong."""
    person = person_of(request)
    types = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    forms: dict[str, Form] = {}
    if types & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}:
        forms["code"] = ConfirmCodeForm(user=person)
    if person.has_usable_password():
        forms["password"] = ConfirmPasswordForm(person=person)
    if refused is not None:
        forms[way] = refused
    passkey = Authenticator.Type.WEBAUTHN in types
    context = {
        "forms": forms,
        "demo_person": is_demo_person(person),
        "passkey": passkey,
        "passkey_refused": forms.pop("credential", None),
        "options": begin_authentication(person) if passkey else None,
        "held": held,
        "next": _next_of(request),
    }
    return render(request, "people/confirm.html", context)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirm(request: ViewerRequest) -> HttpResponse:
    """Ask, and once confirmed go back; or show the form that was on its way, to be sent again."""
    person_of(request)  # before attempts are counted: they are counted for a person
    answer: HttpResponse = _confirmed(request)
    return answer


@rate_limit(action="reauthenticate")
def _confirmed(request: ViewerRequest) -> HttpResponse:
    person = person_of(request)
    held = request.POST.get("held", "")
    if "demo" in request.POST and is_demo_person(person):
        return _go_on(request, held, Way.DEMO)
    for way in _WAYS:
        if way in request.POST:
            form = _form(way, request, person)
            if check(form=form, actor=actor_of(request)):
                return _go_on(request, held, _WAYS[way])
            wrong_factor(request, person, form, _WAYS[way], confirming=True)
            return ask_to_confirm(request, held=held, refused=form, way=way)
    return ask_to_confirm(request, held=held)


def _form(way: str, request: ViewerRequest, person: Person) -> Form:
    if way == "password":
        return ConfirmPasswordForm(request.POST, person=person)
    if way == "code":
        return ConfirmCodeForm(request.POST, user=person)
    passkey: Form = ReauthenticateWebAuthnForm(request.POST, user=person)
    return passkey


@action
def check(*, form: Form, actor: Actor) -> bool:  # noqa: ARG001  # for the decorator
    """Whether a form of confirming is right. A code or passkey that is right is noted as used."""
    if not form.is_valid():
        return False
    if not isinstance(form, ConfirmPasswordForm):
        form.save()  # type: ignore[attr-defined]  # allauth's forms save that they were used
    return True


def _go_on(request: ViewerRequest, held: str, way: Way) -> HttpResponse:
    mark_confirmed(request.session)
    note_confirmed(person=person_of(request), way=way, actor=actor_of(request))
    form = held_form(held, person_of(request)) if held else None
    if form is None:
        return HttpResponseRedirect(_next_of(request) or reverse("home"))
    return render(request, "people/send-again.html", {"form_path": form.path, "held": form})


def _next_of(request: ViewerRequest) -> str:
    """Where to go afterwards: an address of this house, or nothing."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else ""
