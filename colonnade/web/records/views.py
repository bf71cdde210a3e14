"""The view of a plain record."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch
from django.views.decorators.http import require_safe

from colonnade.web.records.cards import card_of
from colonnade.web.shared.record_addresses import OWN_PAGES, record_address
from colonnade.web.shared.requests import ViewerRequest


@require_safe
def record(request: ViewerRequest, kind: str, identifier: str) -> HttpResponse:
    """What is known of one record. One that the viewer may not see is not there.

    A kind with a page in an area of its own has moved there, whether the record is there or not.
    """
    if kind in OWN_PAGES:
        try:
            return redirect(record_address(kind, identifier), permanent=True)
        except NoReverseMatch as none:  # no record has such an identifier
            raise Http404 from none
    card = card_of(request.viewer, kind, identifier)
    if card is None:
        raise Http404
    return render(request, "records/record.html", {"card": card, "illustrative": card.illustrative})
