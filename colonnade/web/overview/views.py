"""The home page."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from colonnade.web.assistance.waiting import requests_waiting
from colonnade.web.overview.attention import concerns
from colonnade.web.overview.change import change_since
from colonnade.web.overview.headlines import headlines, pillars
from colonnade.web.overview.money import coverage, short_entities
from colonnade.web.overview.own_work import own_work
from colonnade.web.overview.squares import squares
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.press import main_report
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.standing.readers import readers_first


@require_safe
def home(request: ViewerRequest) -> HttpResponse:
    """What this is, the headline figures, what changed, the pillars, where, the money, the needs, what to look at."""
    reading = reading_of(request)
    inventory = reading.inventory()
    context: dict[str, Any] = {
        "reading": reading,
        "own_work": own_work(request.viewer),
        "inventory": inventory,
        "illustrative": reading.is_illustrative(),
        "report": main_report(),
        "readers": readers_first(timezone.localdate()) if settings.DEMO and request.look is None else (),
        "headlines": headlines(reading) if inventory else (),
        "pillars": pillars(reading) if inventory else None,
        "requests_waiting": requests_waiting(request.viewer, timezone.localdate()),
    }
    if inventory:
        context |= {
            "change": change_since(reading, inventory),
            "concerns": tuple(concerns(reading, inventory.key, inventory.as_of or reading.created_at.date())),
            "map": squares(reading, inventory.key),
            "short": short_entities(reading, inventory.key),
            "coverage": coverage(reading),
        }
    return render(request, "overview/home.html", context)
