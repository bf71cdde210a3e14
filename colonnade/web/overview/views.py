"""The home page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from colonnade.web.overview.headlines import headlines, pillars
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.press import main_report
from colonnade.web.shared.requests import ViewerRequest


@require_safe
def home(request: ViewerRequest) -> HttpResponse:
    """What this is, the headline figures, and the pillars."""
    reading = reading_of(request)
    inventory = reading.inventory()
    context = {
        "reading": reading,
        "inventory": inventory,
        "illustrative": reading.is_illustrative(),
        "report": main_report(),
        "headlines": headlines(reading) if inventory else (),
        "pillars": pillars(reading) if inventory else None,
    }
    return render(request, "overview/home.html", context)
