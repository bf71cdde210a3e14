"""Views of signing in and out: a password first, then :mod:`colonnade.web.people.factors` where a second is asked."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.decorators import rate_limit
from allauth.socialaccount.adapter import get_adapter as get_organisations
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from colonnade.members.actions import note_signed_in
from colonnade.web.people.adapters import device_of
from colonnade.web.people.demo import demo_people
from colonnade.web.people.forms import SignInForm, StepInForm
from colonnade.web.people.noting import Way, actor_for, sign_out_of
from colonnade.web.people.sessions import DEVICE
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.signed_in import mark_signed_in

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@method_decorator(
    [never_cache, sensitive_post_parameters("password"), rate_limit(action="login")],
    name="dispatch",
)
class SignIn(LoginView):
    """The form, a passkey, and the organisations' own ways; in a demonstration, also a button for each person."""

    template_name = "people/sign-in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """The password is right: on to the second factor, or in."""
        person = form.get_user()
        way = Login(user=person, email=person.email, redirect_url=self.get_success_url())
        answer: HttpResponse = perform_password_login(self.request, {"email": person.email}, way)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "people": demo_people(),
            "organisations": get_organisations().list_providers(self.request),
            "ended": "ended" in self.request.GET,
        }


@require_POST
def sign_out(request: ViewerRequest) -> HttpResponse:
    """End the session."""
    sign_out_of(request)
    return redirect("home")


@require_POST
def step_in(request: ViewerRequest) -> HttpResponse:
    """Sign in as a demo person, without a password. Outside a demonstration there is no such page."""
    form = StepInForm(request.POST)
    if not settings.DEMO or not form.is_valid():
        raise Http404
    person = form.cleaned_data["person"]
    login(request, person, backend=BACKEND)
    request.session[DEVICE] = device_of(request)
    mark_signed_in(request.session, complete=True)
    note_signed_in(person=person, way=Way.DEMO, actor=actor_for(request, person))
    return redirect("home")
