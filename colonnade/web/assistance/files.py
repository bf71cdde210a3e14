"""The list of requests as CSV and Excel: exactly what the page shows, all of it. Restricted ones are noted as read."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.audit.records import Provenance
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Level
from colonnade.needs.assistance.queries import rules_now
from colonnade.needs.assistance.rules import Rules
from colonnade.needs.models import AssistanceRequest
from colonnade.strategy.models import Strategy
from colonnade.web.assistance.listed import KIND, ListForm, chosen, said_filters
from colonnade.web.assistance.words import kind_title
from colonnade.web.listing.files import EXCEL
from colonnade.web.listing.spreadsheet import Head, write_workbook
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.parameters import address_of, pairs_in
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.separated import Field, download
from colonnade.web.shared.taking import before_taking

_NAME: Final = "requests"


@require_safe
def requests_separated(request: ViewerRequest) -> HttpResponseBase:
    """The requests of the list, as CSV; with restricted ones among them, after a question."""
    found = _asked(request)
    question = _before(request, found, "csv")
    if question is not None:
        return question
    return download(_NAME, [head.title for head in _heads()], list(_rows(found, rules_now(), timezone.localdate())))


@require_safe
def requests_workbook(request: ViewerRequest) -> HttpResponseBase:
    """The same as Excel, with a sheet that says what they are."""
    found = _asked(request)
    question = _before(request, found, "xlsx")
    if question is not None:
        return question
    rows = _rows(found, rules_now(), timezone.localdate())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "requests.xlsx"
        write_workbook(path, sheet=_("Requests"), heads=_heads(), rows=rows, about=_about(request, found))
        # The open file outlives its name, and is gone once it was sent.
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{_NAME}.xlsx", content_type=EXCEL)


def _asked(request: ViewerRequest) -> list[AssistanceRequest]:
    """What the address asks for. There is no file for whoever is not signed in: requests are not published."""
    if request.viewer.user_id is None:
        raise Http404
    with reading_as(request.viewer):
        form = ListForm(request.viewer, request.GET)
        if not form.is_valid():
            raise Http404
        return list(chosen(request.viewer, form.cleaned_data, timezone.localdate()))


def _before(request: ViewerRequest, found: Sequence[AssistanceRequest], ending: str) -> HttpResponseBase | None:
    closed = [each.pk for each in found if each.level == Level.RESTRICTED]
    return before_taking(request, f"{_NAME}-{ending}", {KIND: closed})


def _heads() -> list[Head]:
    return [
        Head(_("Identifier")),
        Head(_("Request"), wide=True),
        Head(_("State")),
        Head(_("What is asked for")),
        Head(_("Kind")),
        Head(_("Standing")),
        Head(_("Lead")),
        Head(_("Filed")),
        Head(_("Due")),
        Head(_("Days overdue"), numeric=True),
        Head(_("Needed by")),
        Head(_("Who brought it")),
        Head(_("Visible to")),
        Head(_("Provenance")),
    ]


def _rows(found: Sequence[AssistanceRequest], rules: Rules | None, today: date) -> Iterator[list[Field]]:
    for each in found:
        overdue = (today - each.due_on).days if each.due_on and each.due_on < today else None
        yield [
            each.public_id,
            each.title,
            each.country.name,
            str(each.get_sort_display()),
            kind_title(rules, each),
            str(each.get_standing_display()),
            each.lead.abbreviation if each.lead else None,
            each.filed_on,
            each.due_on,
            overdue,
            each.by_when,
            str(each.get_brought_by_display()),
            str(each.get_level_display()),
            str(each.get_provenance_display()),
        ]


def _about(request: ViewerRequest, found: Sequence[AssistanceRequest]) -> list[tuple[str, str]]:
    """What the rows are, for whoever opens the file a year from now."""
    strategy = Strategy.objects.first()
    address = request.build_absolute_uri(address_of(pairs_in(request.GET), reverse("requests")))
    said = [
        (_("List"), _("Requests")),
        (_("Strategy"), strategy.title if strategy else ""),
        (_("Records"), f"{len(found):,}"),
        *[(_("Filter"), each) for each in said_filters(request.GET)],
        (_("As of"), timezone.localdate().isoformat()),
        (_("As seen by"), reader_for(request.viewer).label),
        (_("Address"), address),
    ]
    if strategy and any(each.provenance == Provenance.ILLUSTRATIVE for each in found):
        said.append((_("Notice"), strategy.illustrative_notice))
    return [(title, text) for title, text in said if text]
