"""How somebody signs in, on one page: second factors, password, and where they are signed in now."""

from dataclasses import dataclass
from datetime import datetime

from allauth.core import ratelimit
from allauth.decorators import rate_limit
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView, PasswordResetView
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from colonnade.members.models import Person
from colonnade.members.passwords import set_password
from colonnade.web.people.forms import ForgottenForm
from colonnade.web.people.noting import actor_for
from colonnade.web.people.post import tell_of_change
from colonnade.web.people.sessions import digest, end_sessions, sessions_of
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.signed_in import is_complete, mark_confirmed
from colonnade.web.shared.stepping_up import confirmed_recently


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor as the page shows it."""

    pk: int
    title: str
    created_at: datetime
    last_used_at: datetime | None


@never_cache
def security(request: ViewerRequest) -> HttpResponse:
    """What a person has to sign in with. Somebody without a second factor is told to add one first."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"{reverse('sign-in')}?next={request.path}")
    person = person_of(request)
    kept = list(Authenticator.objects.filter(user=person).order_by("pk"))
    codes = next((one for one in kept if one.type == Authenticator.Type.RECOVERY_CODES), None)
    here = digest(request.session.session_key or "")
    context = {
        "half_way": not is_complete(request.session),
        "factors": [_shown(one) for one in kept if one.type != Authenticator.Type.RECOVERY_CODES],
        "has_app": any(one.type == Authenticator.Type.TOTP for one in kept),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "has_password": person.has_usable_password(),
        "organisations": SocialAccount.objects.filter(user=person).order_by("pk"),
        "sessions": [(session, session.pk == here) for session in sessions_of(person)],
    }
    return render(request, "people/security.html", context)


def _shown(factor: Authenticator) -> Factor:
    passkey = factor.type == Authenticator.Type.WEBAUTHN
    title = factor.wrap().name if passkey else _("App that shows codes")
    return Factor(factor.pk, title, factor.created_at, factor.last_used_at)


@require_POST
def end_session(request: ViewerRequest) -> HttpResponse:
    """Sign out in another browser, or in all others."""
    person = person_of(request)
    here = request.session.session_key
    if "all" in request.POST:
        end_sessions(person, but=here)
    else:
        others = sessions_of(person).exclude(pk=digest(here or ""))
        others.filter(pk=request.POST.get("session", "")).delete()
    messages.success(request, _("Signed out there. Whoever asks for a page there next is asked to sign in."))
    return redirect("security")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently  # before attempts are counted: they are counted for a person
@rate_limit(action="change_password")
def change_password(request: ViewerRequest) -> HttpResponse:
    """A new password. Every other session ends."""
    person = person_of(request)
    form = PasswordChangeForm(person, request.POST or None)
    form.fields["old_password"].widget.attrs.pop("autofocus", None)
    if request.method == "POST" and form.is_valid():
        actor = actor_of(request)
        with transaction.atomic():
            renewed = set_password(person=person, password=form.cleaned_data["new_password1"], actor=actor)
            tell_of_change(person, _("The password was changed."), actor=actor)
        update_session_auth_hash(request, renewed)
        mark_confirmed(request.session)
        end_sessions(person, but=request.session.session_key)
        messages.success(request, _("Your password was changed, and you are signed out everywhere else."))
        return redirect("security")
    return render(request, "people/change-password.html", {"form": form})


@method_decorator([never_cache, rate_limit(action="reset_password")], name="dispatch")
class Forgotten(PasswordResetView):
    """Ask for a mail with a link. The answer is the same whether somebody has the address or not."""

    form_class = ForgottenForm
    template_name = "people/forgotten.html"
    success_url = reverse_lazy("forgotten-sent")

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        """At most some mails an hour go to one address; the answer does not say so."""
        address = form.cleaned_data["email"].lower()
        if not ratelimit.consume(self.request, action="reset_password_mail", key=address):
            return HttpResponseRedirect(str(self.success_url))
        return super().form_valid(form)


def forgotten_sent(request: ViewerRequest) -> HttpResponse:
    """That a mail was sent, where there is somebody to send it to."""
    return render(request, "people/forgotten-sent.html")


@method_decorator([never_cache, rate_limit(action="reset_password_from_key")], name="dispatch")
class ResetPassword(PasswordResetConfirmView):
    """A new password for whoever has the link of the mail. The second factor is still asked for."""

    template_name = "people/reset-password.html"
    success_url = reverse_lazy("sign-in")

    def get_user(self, uidb64: str) -> Person | None:
        """Whoever was withdrawn has no link that works."""
        person: Person | None = super().get_user(uidb64)
        return person if person is not None and person.is_active else None

    def form_valid(self, form: "SetPasswordForm[Person]") -> HttpResponse:
        person = form.user
        actor = actor_for(self.request, person)
        with transaction.atomic():
            renewed = set_password(person=person, password=form.cleaned_data["new_password1"], actor=actor)
            tell_of_change(renewed, _("The password was changed with a link sent by mail."), actor=actor)
        end_sessions(renewed)
        del self.request.session["_password_reset_token"]
        messages.success(self.request, _("Your password was changed. Sign in with it."))
        return HttpResponseRedirect(str(self.success_url))
