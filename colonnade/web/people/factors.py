"""Second factors: asking for one at signing in, enrolling, removing, recovery codes; and signing in with a passkey.

The ceremonies are django-allauth's; which page asks, what counts, and what the log says of it are ours.
"""

from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.internal.flows import add_authenticator, perform_passwordless_login
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Person
from colonnade.web.people.forms import AddCodeAppForm, AddPasskeyForm, CodeForm
from colonnade.web.people.noting import Way, actor_for, failed, wrong_factor
from colonnade.web.people.post import tell_of_change
from colonnade.web.people.sessions import end_sessions
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.signed_in import mark_complete
from colonnade.web.shared.stepping_up import confirmed_even_half_way, confirmed_recently


@action
def answer(*, form: Form, actor: Actor) -> bool:  # noqa: ARG001  # for the decorator
    """Whether a code or passkey is right. One that is right is noted as used, under the name of its person."""
    if not form.is_valid():
        return False
    form.save()  # type: ignore[attr-defined]  # allauth's forms save that they were used
    return True


@method_decorator(never_cache, name="dispatch")
class SecondFactor(AuthenticateView):
    """The second step of signing in."""

    template_name = "people/second-factor.html"

    def get_form_class(self) -> type[CodeForm]:
        return CodeForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002  # allauth and the decorators name it
        if answer(form=self.form, actor=actor_for(request, self.stage.login.user)):
            response: HttpResponse = self.stage.exit()
            return response
        way = Way.PASSKEY if "credential" in self.form.fields else Way.CODE
        wrong_factor(request, self.stage.login.user, self.form, way)
        refused: HttpResponse = self.form_invalid(self.form)
        return refused

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        person = self.stage.login.user
        types = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
        return context | {"types": types}


@method_decorator(never_cache, name="dispatch")
class PasskeySignIn(LoginWebAuthnView):
    """Signing in with a passkey alone: it is something one has, and it asks for something one knows or is."""

    def form_valid(self, form: Form) -> HttpResponse:
        chosen = form.cleaned_data["credential"]
        way = Login(user=chosen.user, redirect_url=get_next_redirect_url(self.request))
        return pass_with_passkey(
            request=self.request, chosen=chosen, way=way, actor=actor_for(self.request, chosen.user)
        )

    def form_invalid(self, form: Form) -> HttpResponse:  # noqa: ARG002  # allauth's signature
        failed(self.request, None, Way.PASSKEY)
        messages.error(self.request, _("This passkey opens no account here."))
        return HttpResponseRedirect(reverse("sign-in"))


@action
def pass_with_passkey(*, request: HttpRequest, chosen: Authenticator, way: Login, actor: Actor) -> HttpResponse:  # noqa: ARG001  # allauth and the decorators name it
    """Note that the passkey was used, and let its person in."""
    response: HttpResponse = perform_passwordless_login(request, chosen, way)
    return response


@method_decorator([never_cache, confirmed_even_half_way], name="dispatch")
class AddCodeApp(ActivateTOTPView):
    """Enrol an app that shows a new code every half minute."""

    template_name = "people/add-code-app.html"

    def get_form_class(self) -> type[AddCodeAppForm]:
        return AddCodeAppForm

    def form_valid(self, form: AddCodeAppForm) -> HttpResponse:
        enrol_code_app(request=self.request, form=form, actor=actor_of(self.request))
        return _enrolled(self.request)


@method_decorator([never_cache, confirmed_even_half_way], name="dispatch")
class AddPasskey(AddWebAuthnView):
    """Enrol a passkey."""

    template_name = "people/add-passkey.html"

    def get_form_class(self) -> type[AddPasskeyForm]:
        return AddPasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        person = person_of(self.request)
        return context | {"options": begin_registration(person, True), "form": kwargs.get("form") or self.get_form()}

    def form_valid(self, form: AddPasskeyForm) -> HttpResponse:
        enrol_passkey(request=self.request, form=form, actor=actor_of(self.request))
        return _enrolled(self.request)


@action
def enrol_code_app(*, request: ViewerRequest, form: AddCodeAppForm, actor: Actor) -> None:
    """Keep the app's secret, sealed, make recovery codes where there are none, and tell the person by mail."""
    activate_totp(request, form)
    tell_of_change(person_of(request), _("An app that shows codes was set up."), actor=actor)


@action
def enrol_passkey(*, request: ViewerRequest, form: AddPasskeyForm, actor: Actor) -> None:
    """Keep the passkey's public half, make recovery codes where there are none, and tell the person by mail."""
    add_authenticator(request, name=form.cleaned_data["name"], credential=form.cleaned_data["credential"])
    tell_of_change(person_of(request), _("A passkey was added."), actor=actor)


def _enrolled(request: ViewerRequest) -> HttpResponse:
    """Whoever has just enrolled is in. The session's key changes with what it opens."""
    mark_complete(request.session)
    request.session.cycle_key()
    return redirect("recovery-codes")


@never_cache
@confirmed_even_half_way
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: ViewerRequest) -> HttpResponse:
    """The codes that are left, for a day without the phone; ``POST`` makes new ones and voids the old."""
    person = person_of(request)
    if request.method == "POST":
        renew_recovery_codes(request=request, actor=actor_of(request))
        return redirect("recovery-codes")
    kept = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    if kept is None:
        raise Http404
    return render(request, "people/recovery-codes.html", {"codes": kept.wrap().get_unused_codes()})


@action
def renew_recovery_codes(*, request: ViewerRequest, actor: Actor) -> None:
    """Void the recovery codes of whoever is signed in, make new ones, and tell the person by mail."""
    generate_recovery_codes(request)
    tell_of_change(person_of(request), _("New recovery codes were made."), actor=actor)


@require_POST
@confirmed_recently
def remove_factor(request: ViewerRequest, pk: int) -> HttpResponse:
    """Remove one of one's own second factors, but not the last."""
    person = person_of(request)
    factor = factors_of(person).filter(pk=pk).first()
    if factor is None:
        raise Http404
    if factors_of(person).count() == 1:
        messages.error(request, _("This is your only second factor. Add another before you remove it."))
    else:
        remove(request=request, factor=factor, actor=actor_of(request))
        end_sessions(person, but=request.session.session_key)
        messages.success(request, _("It was removed, and you are signed out everywhere else."))
    return redirect("security")


@action
def remove(*, request: ViewerRequest, factor: Authenticator, actor: Actor) -> None:
    """Remove one second factor, and tell the person by mail."""
    delete_and_cleanup(request, factor)
    tell_of_change(person_of(request), _("A second factor was removed."), actor=actor)


@action
def forget_second_factors(*, person: Person, actor: Actor) -> int:
    """For somebody who lost theirs: remove them all, and sign the person out everywhere. Returns how many there were.

    They sign in with their password next, and enrol anew before they see anything. Whoever calls this has made sure
    by another way that it is the person who asks.
    """
    removed: int = factors_of(person).count()
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    tell_of_change(person, _("Every second factor was taken away. Sign in, and add a new one."), actor=actor)
    return removed


def factors_of(person: Person) -> Any:
    """The second factors of ``person``, recovery codes apart."""
    return Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).order_by("pk")
