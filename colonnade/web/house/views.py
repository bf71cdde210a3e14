"""Pages of the house itself, and its answers to what is missing, forbidden, or not understood."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from colonnade.web.house.access import may_see_details
from colonnade.web.house.answers import NEVER_KEPT, plain_answer
from colonnade.web.house.catalogue import examples
from colonnade.web.house.details import checks_of, standing_facts
from colonnade.web.house.health import health, standing
from colonnade.web.shared.requests import ViewerRequest


@require_safe
def components(request: ViewerRequest) -> HttpResponse:
    """Every component with an example, and when to use it."""
    return render(request, "house/components.html", examples(request.GET))


@require_safe
def health_page(request: ViewerRequest) -> HttpResponse:
    """The details for those who run the house; anybody else gets what a probe gets."""
    found = health()
    if not may_see_details(request.viewer):
        return plain_answer(request, found)
    context = {"health": found, "checks": checks_of(found), "facts": standing_facts(standing())}
    response = render(request, "house/health.html", context, status=found.code)
    response["Cache-Control"] = NEVER_KEPT["Cache-Control"]
    return response


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django's shape
    """What is missing and what is forbidden get one answer, in words and in status: neither says which it is."""
    return render(request, "404.html", status=404)
