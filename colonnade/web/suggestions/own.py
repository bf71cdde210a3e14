"""Suggestions for what somebody answers for: an entity's running projects, a State's needs; for the secretariat, the
needs that nothing answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.suggested import needs_for, projects_for
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.needs.coverage import ANSWERS
from colonnade.needs.models import Recommendation, Response
from colonnade.portfolio.models import Project
from colonnade.portfolio.models.project import CLOSED_STATUSES
from colonnade.web.needs.card import headings
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.reading import Reading, open_reading
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.suggestions import forms
from colonnade.web.suggestions.card import SuggestionCard, need_cards, project_cards
from colonnade.web.suggestions.views import insist_on_suggestions

#: So many records a page, with so many suggestions each.
PAGE_SIZE: Final = 5
EACH: Final = 2


@dataclass(frozen=True, slots=True)
class Own:
    """One record with its suggestions. ``every`` leads to all of them."""

    title: str
    address: str
    every: str
    cards: list[SuggestionCard]


def own_projects(viewer: Viewer) -> "QuerySet[Project]":
    """The running projects that the entities of ``viewer`` lead."""
    rows = Project.objects.visible_to(viewer).filter(lead_entity__code__in=viewer.entity_ids)
    return rows.exclude(status__in=CLOSED_STATUSES).order_by("title", "pk")


def own_needs(viewer: Viewer) -> "QuerySet[Recommendation]":
    """Open needs that nothing answers as far as ``viewer`` sees: of their States, or, without any, of every State."""
    answered = Response.objects.visible_to(viewer).filter(standing__in=ANSWERS).order_by().values("recommendation")
    rows = Recommendation.objects.visible_to(viewer).filter(standing=Recommendation.Standing.OPEN)
    if viewer.country_codes:
        rows = rows.filter(country__code__in=viewer.country_codes)
    return rows.exclude(pk__in=answered).select_related("country", "theme", "pillar").order_by("reference", "pk")


@require_safe
def own(request: ViewerRequest) -> HttpResponse:
    """What is suggested for the records that the reader answers for, a few of each."""
    insist_on_suggestions(request)
    viewer, number = request.viewer, page_number(request.GET)
    reading = open_reading(reader_for(viewer))
    of_projects = bool(viewer.entity_ids) and not viewer.country_codes
    first, last = (number - 1) * PAGE_SIZE, number * PAGE_SIZE
    with reading_as(viewer):
        if of_projects:
            projects = own_projects(viewer)
            pages = pages_of(number, PAGE_SIZE, projects.count(), request.GET)
            shown = _of_projects(viewer, reading, list(projects[first:last]))
        else:
            needs = own_needs(viewer)
            pages = pages_of(number, PAGE_SIZE, needs.count(), request.GET)
            shown = _of_needs(viewer, reading, list(needs[first:last]))
    context: Mapping[str, Any] = {
        "own": shown,
        "of_projects": of_projects,
        "pages": pages,
        "back": forms.OWN,
        "reading": reading,
        "crumbs": [Crumb(_("Needs"), reverse("needs")), Crumb(_("Suggestions"))],
    }
    return render(request, "suggestions/own.html", context)


def _of_projects(viewer: Viewer, reading: Reading, projects: Sequence[Project]) -> list[Own]:
    return [
        Own(
            each.title,
            record_address(PROJECT, each.public_id),
            reverse("project-suggestions", args=[each.public_id]),
            need_cards(viewer, reading, each, needs_for(viewer, reading.suggestions, each, top=EACH)),
        )
        for each in projects
    ]


def _of_needs(viewer: Viewer, reading: Reading, needs: Sequence[Recommendation]) -> list[Own]:
    called = headings(viewer, needs)
    return [
        Own(
            called[each.pk],
            record_address("recommendation", each.public_id),
            reverse("need-suggestions", args=[each.public_id]),
            project_cards(viewer, reading, each, projects_for(viewer, reading.suggestions, each, top=EACH)),
        )
        for each in needs
    ]
