"""The view of the search. What is searched for stands in the address, and is written nowhere else."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from colonnade.analysis.merging.queries import kept_of_name
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.portfolio.models import Project
from colonnade.web.search.results import examples, results
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.requests import ViewerRequest


def _kept(viewer: Viewer, text: str) -> list[Project]:
    """Records that a merged one of that title or reference leads to: no snapshot has the merged ones."""
    with reading_as(viewer):
        return kept_of_name(viewer, text)


@require_safe
def search(request: ViewerRequest) -> HttpResponse:
    """What answers to the words typed, or what can be searched for."""
    reading = reading_of(request)
    text = request.GET.get("q", "").strip()
    context = {
        "reading": reading,
        "illustrative": reading.is_illustrative(),
        "text": text,
        "results": results(reading, text, request.GET.get("kind", "")) if text else None,
        "examples": examples(reading),
        "kept": _kept(request.viewer, text) if text and not reading.reader.asked else (),
    }
    return render(request, "search/search.html", context)
