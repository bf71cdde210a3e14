"""Views of States and regions."""

from typing import Any, Final

from django.http import Http404, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.crosstab.model import Selection, Subject
from colonnade.core.reading import reading_as
from colonnade.needs.assistance.access import why_never_file, why_not_file
from colonnade.needs.assistance.queries import process_now, requests_of, rules_now
from colonnade.needs.plans.access import why_not_begin
from colonnade.places.models import Country
from colonnade.reporting.build import Inventory
from colonnade.web.assistance.listed import requests_table
from colonnade.web.places.atlas import Atlas, open_atlas
from colonnade.web.places.briefs import brief_file
from colonnade.web.places.everywhere import everywhere
from colonnade.web.places.page import place_page
from colonnade.web.places.place import region_place, state_place
from colonnade.web.places.side_by_side import ACTIVE, TEXT, side_by_side, table_head, table_rows
from colonnade.web.shared.addresses import INVENTORY
from colonnade.web.shared.audiences import file_label_of
from colonnade.web.shared.blocks import Download
from colonnade.web.shared.documents import CONTENT_TYPES
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Crumb, Tab
from colonnade.web.shared.parameters import address_of, address_with, pairs_in
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.separated import download
from colonnade.web.shared.taking import before_taking, closed_records, taken

#: Most requests that a State's page lists; the rest is one click away.
REQUESTS: Final = 12
#: Pages of all States: of a few readers in a few orders.
_kept: Final[Kept[SafeString]] = Kept(64)


@require_safe
def countries(request: ViewerRequest) -> HttpResponse:
    """Every State: a map and a table, by region."""
    reading = reading_of(request)
    inventory = _inventory(reading, request)
    context = {
        "reading": reading,
        "inventory": inventory,
        "illustrative": reading.is_illustrative(inventory.key if inventory else ""),
        "side_by_side": _side_by_side(reading, inventory.key, request.GET) if inventory else "",
    }
    return render(request, "places/countries.html", context)


@require_safe
def countries_file(request: ViewerRequest) -> StreamingHttpResponse:
    """Exactly those rows, as CSV."""
    reading = reading_of(request)
    inventory = _inventory(reading, request)
    key = inventory.key if inventory else ""
    every = everywhere(reading, _atlas(reading), key, active=request.GET.get(ACTIVE) == "yes")
    name = "-".join(part for part in ("states", key, reading.snapshot_id, _audience(reading)) if part)
    return download(name, table_head(every), list(table_rows(every, request.GET)))


@require_safe
def country(request: ViewerRequest, code: str) -> HttpResponse:
    """One State: what is done there, by whom, with what money, what is needed, what ends soon."""
    reading = reading_of(request)
    atlas = _atlas(reading)
    if code not in atlas.states:
        raise Http404
    state = atlas.states[code]
    inventory = _inventory(reading, request)
    page = place_page(reading, atlas, state_place(atlas, code, inventory.key if inventory else ""), inventory)
    files = [
        Download(title, address_of(pairs_in(request.GET), reverse("country-brief", args=[code, kind])))
        for kind, title in (("docx", _("Word")), ("pdf", _("PDF")))
    ]
    context = {
        "reading": reading,
        "inventory": inventory,
        "illustrative": state.is_fictional or reading.is_illustrative(inventory.key if inventory else ""),
        "crumbs": [*_crumbs(atlas, state.region), Crumb(state.name)],
        "state": state,
        "region": atlas.regions[state.region],
        "page": page,
        "briefs": files,
        **_requests(request, code),
    }
    return render(request, "places/country.html", context)


@require_safe
def region(request: ViewerRequest, code: str) -> HttpResponse:
    """One region with every region inside it, each record counted once, and its States."""
    reading = reading_of(request)
    atlas = _atlas(reading)
    if code not in atlas.regions:
        raise Http404
    inventory = _inventory(reading, request)
    page = place_page(reading, atlas, region_place(atlas, code, inventory.key if inventory else ""), inventory)
    context = {
        "reading": reading,
        "inventory": inventory,
        "illustrative": atlas.regions[code].fictional or reading.is_illustrative(inventory.key if inventory else ""),
        "crumbs": [*_crumbs(atlas, code)[:-1], Crumb(atlas.regions[code].name)],
        "region": atlas.regions[code],
        "parts": atlas.parts_of(code),
        "page": page,
    }
    return render(request, "places/region.html", context)


@require_safe
def brief(request: ViewerRequest, code: str, kind: str) -> HttpResponseBase:
    """The two pages of a State, as this reader may have them; with restricted needs among them, after a question."""
    reading = reading_of(request)
    atlas = _atlas(reading, "en")
    if code not in atlas.states or kind not in CONTENT_TYPES:
        raise Http404
    inventory = _inventory(reading, request)
    if inventory is None:
        raise Http404
    closed = closed_records(reading.reader.viewer, "recommendation")
    needs = Selection(Subject.NEEDS).where("country", code)
    rows = taken(closed, (row[0] for row in reading.every_row(needs, ["recommendation"]))) if closed else []
    if (question := before_taking(request, f"brief-{kind}", {"recommendation": rows})) is not None:
        return question
    address = request.build_absolute_uri(reverse("country", args=[code]))
    content = brief_file(reading, atlas, code, inventory, kind, address)
    name = "-".join(("brief", code, inventory.key, reading.snapshot_id, _audience(reading)))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES[kind], headers=headers)


def _requests(request: ViewerRequest, code: str) -> dict[str, Any]:
    """The State's requests that the reader may see, the latest first; whether they may file one, or begin a plan."""
    with reading_as(request.viewer):
        found = list(requests_of(request.viewer).filter(country__code=code)[:REQUESTS])
    table = (
        requests_table(_("Its requests, the latest first"), found, rules_now(), timezone.localdate()) if found else None
    )
    files = why_never_file(request.viewer) is None and process_now() is not None
    if files:
        country = Country.objects.filter(code=code).first()
        files = country is not None and why_not_file(request.viewer, country) is None
    return {"requests": table, "files": files, "begins": why_not_begin(request.viewer, [code]) is None}


def _side_by_side(reading: Reading, inventory: str, query: QueryDict) -> SafeString:
    """The map and the table, kept as text: hundreds of squares and rows that change with the registry alone."""
    viewer, language = reading.reader.viewer, get_language()
    who = (reading.place, viewer.inside_the_compact, viewer.country_codes)

    def make() -> SafeString:
        active = query.get(ACTIVE) == "yes"
        every = everywhere(reading, _atlas(reading), inventory, active=active)
        context = {
            "every": every,
            "page": side_by_side(reading, every, query),
            "which": [
                Tab(_("All projects"), address_with(query, ACTIVE, "") or "?", not active),
                Tab(_("Active projects only"), address_with(query, ACTIVE, "yes"), active),
            ],
            "text": query.get(TEXT, ""),
            "hidden": pairs_in(query, without=[TEXT]),
            "downloads": [Download("CSV", address_of(pairs_in(query), reverse("countries-file")))],
        }
        return render_to_string("places/side-by-side.html", context)

    return _kept.get((who, inventory, language, query.urlencode()), make)


def _atlas(reading: Reading, language: str = "") -> Atlas:
    return open_atlas(language or get_language() or "en", reading.place[0])


def _inventory(reading: Reading, request: ViewerRequest) -> Inventory | None:
    """The inventory asked for, or the one reported on. One that there is not is not there."""
    try:
        return reading.inventory(request.GET.get(INVENTORY, ""))
    except KeyError as none:
        raise Http404 from none


def _audience(reading: Reading) -> str:
    """Who may read it, as part of a file's name."""
    return reading.reader.asked or file_label_of(reading.reader.viewer)


def _crumbs(atlas: Atlas, region: str) -> list[Crumb]:
    """The way from all States to a region, the widest first."""
    around = [*reversed(atlas.around(region)), region]
    return [
        Crumb(_("States"), reverse("countries")),
        *(Crumb(atlas.regions[code].name, reverse("region", args=[code])) for code in around),
    ]
