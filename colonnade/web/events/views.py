"""Views of events."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.crosstab.model import Question
from colonnade.results.models import Event
from colonnade.strategy.models import Strategy
from colonnade.web.events.card import as_held, event_card, find_event
from colonnade.web.events.feed import calendar_file
from colonnade.web.events.grid import MONTH, heading, month_view
from colonnade.web.events.held import held, nearest_month, within
from colonnade.web.events.icalendar import CONTENT_TYPE
from colonnade.web.events.listed import EVENTS
from colonnade.web.events.month import Month, NoSuchMonth, month_in, months_of
from colonnade.web.listing.asked import Asked, asked_in
from colonnade.web.listing.narrowing import in_words
from colonnade.web.listing.page import page_of
from colonnade.web.listing.views import list_separated, list_workbook
from colonnade.web.saved.menu import saved_menu
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.parameters import pairs_in
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.selections import table_over


@require_safe
def events(request: ViewerRequest) -> HttpResponse:
    """The events, filtered and sorted as the address says, and who took part in them by kind and year."""
    asked = _asked(request)
    context = page_of(asked, request.GET)
    if context["total"]:
        question = Question(asked.selection, "participants", "kind", "year")
        context["participants"] = table_over(asked.reading, question, caption=_("Participants by kind and year"))
    return render(request, "events/events.html", {**context, "saved": saved_menu(request, EVENTS.page)})


@require_safe
def events_separated(request: ViewerRequest) -> HttpResponseBase:
    """Exactly those, as CSV."""
    return list_separated(request, EVENTS)


@require_safe
def events_workbook(request: ViewerRequest) -> HttpResponseBase:
    """Exactly those, as Excel."""
    return list_workbook(request, EVENTS)


@require_safe
def events_calendar(request: ViewerRequest) -> HttpResponse:
    """The events of a month, day by day, as the list's filters choose them."""
    asked, today = _asked(request), timezone.localdate()
    month = _month(request) or nearest_month(asked.reading, asked.selection, today)
    first, *_between, last = months_of(month.year)
    year = list(held(asked.reading, within(asked.selection, first.first_day, last.last_day)))
    view = month_view(asked.reading, asked.selection, month, year, request.GET, today)
    context = {
        "reading": asked.reading,
        "illustrative": asked.reading.is_illustrative(),
        "heading": heading(view),
        "view": view,
        "filters": in_words(asked),
        "kept": pairs_in(request.GET, without=[MONTH]),
    }
    return render(request, "events/calendar.html", context)


@require_safe
def events_feed(request: ViewerRequest) -> StreamingHttpResponse:
    """The events that the list's filters choose, for a calendar to subscribe to."""
    asked = _asked(request)
    lines = calendar_file(
        held(asked.reading, asked.selection), _strategy(), asked.reading.created_at, request.build_absolute_uri
    )
    return StreamingHttpResponse(
        lines, content_type=CONTENT_TYPE, headers={"Content-Disposition": 'inline; filename="events.ics"'}
    )


@require_safe
def event(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One event."""
    card = event_card(request.viewer, _event(request, public_id))
    return render(request, "events/event.html", {"card": card, "illustrative": card.illustrative})


@require_safe
def event_file(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One event as a calendar file."""
    found, reading = _event(request, public_id), reading_of(request)
    lines = calendar_file(
        [as_held(found)], _strategy(), reading.created_at, request.build_absolute_uri, name=found.title
    )
    headers = {"Content-Disposition": f'attachment; filename="{found.public_id}.ics"'}
    return HttpResponse("".join(lines), content_type=CONTENT_TYPE, headers=headers)


def _asked(request: ViewerRequest) -> Asked:
    return asked_in(request.GET, EVENTS, reading_of(request))


def _event(request: ViewerRequest, public_id: str) -> Event:
    found = find_event(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


def _month(request: ViewerRequest) -> Month | None:
    """The month asked for. What is no month is not there."""
    text = request.GET.get(MONTH, "")
    try:
        return month_in(text) if text else None
    except NoSuchMonth as none:
        raise Http404 from none


def _strategy() -> Strategy:
    return Strategy.objects.get()
