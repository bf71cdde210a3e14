"""Views of signing in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from colonnade.web.people.demo import demo_people
from colonnade.web.people.forms import SignInForm, StepInForm
from colonnade.web.shared.requests import ViewerRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignIn(LoginView):
    """The form; in a demonstration, also a button for each person to step in as."""

    template_name = "people/sign-in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"people": demo_people()}


@require_POST
def sign_out(request: ViewerRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("home")


@require_POST
def step_in(request: ViewerRequest) -> HttpResponse:
    """Sign in as a demo person, without a password. Outside a demonstration there is no such page."""
    form = StepInForm(request.POST)
    if not settings.DEMO or not form.is_valid():
        raise Http404
    login(request, form.cleaned_data["person"], backend=BACKEND)
    return redirect("home")
