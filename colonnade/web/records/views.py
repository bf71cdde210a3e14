"""The view of a plain record."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from colonnade.web.records.cards import card_of
from colonnade.web.shared.requests import ViewerRequest


@require_safe
def record(request: ViewerRequest, kind: str, identifier: str) -> HttpResponse:
    """What is known of one record. One that the viewer may not see is not there."""
    card = card_of(request.viewer, kind, identifier)
    if card is None:
        raise Http404
    return render(request, "records/record.html", {"card": card, "illustrative": card.illustrative})
