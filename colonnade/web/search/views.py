"""The view of the search. What is searched for stands in the address, and is written nowhere else."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from colonnade.web.search.results import examples, results
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.requests import ViewerRequest


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
    }
    return render(request, "search/search.html", context)
