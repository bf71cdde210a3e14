"""Views of the strategy's parts. One that there is not is not there."""

from typing import Any, TypeVar

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.funding.models import SeedAward
from colonnade.members.models import WorkingGroup
from colonnade.needs.assistance.access import why_never_file
from colonnade.needs.assistance.queries import requests_of, rules_now
from colonnade.portfolio.models import Programme
from colonnade.reporting.build import Inventory
from colonnade.results.models import Publication
from colonnade.strategy.models import Area, Instrument, Mandate, Pillar, Theme
from colonnade.web.shared.addresses import INVENTORY, Place
from colonnade.web.shared.facts import Fact, Line, amount, facts
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.strategy.parts import sections
from colonnade.web.strategy.portrait import portrait
from colonnade.web.strategy.thread import thread_of

M = TypeVar("M", bound=Model)


@require_safe
def strategy(request: ViewerRequest) -> HttpResponse:
    """All parts of the strategy."""
    reading = reading_of(request)
    inventory = inventory_of(request, reading)
    found = sections(reading, inventory.key if inventory else "")
    return render(request, "strategy/strategy.html", {"reading": reading, "inventory": inventory, "sections": found})


@require_safe
def pillar(request: ViewerRequest, code: str) -> HttpResponse:
    """A pillar."""
    row = _found(Pillar, code)
    known = facts(
        (_("Thematic priorities"), [_link("theme", theme.code, theme.title) for theme in row.themes.all()]),
        (_("Balance of the pillars"), Line(_("the figure"), Place("pillar_balance").page)),
        (_("Publications"), _publications(Publication.objects.filter(pillar=row).count(), "pillar", code)),
        (_("Source"), row.source),
    )
    return _part(request, "pillar", code, row.title, _("Pillar %(code)s") % {"code": code}, known)


@require_safe
def area(request: ViewerRequest, code: str) -> HttpResponse:
    """A priority area of the plan of action."""
    row = _found(Area, code)
    return _part(request, "area", code, row.title, _("Area of the plan of action"), facts((_("Source"), row.source)))


@require_safe
def theme(request: ViewerRequest, code: str) -> HttpResponse:
    """A thematic priority."""
    row = _found(Theme, code)
    known = facts(
        (_("Pillar"), _link("pillar", row.pillar.code, row.pillar.title) if row.pillar else ""),
        (_("Source"), row.source),
    )
    return _part(request, "theme", code, row.title, _("Thematic priority"), known)


@require_safe
def group(request: ViewerRequest, code: str) -> HttpResponse:
    """A working group."""
    row = _found(WorkingGroup, code)
    awards = SeedAward.objects.filter(working_group=row).select_related("round")
    known = facts(
        (_("Chaired by"), [_link("entity", chair.code, chair.name) for chair in row.chairs.all()]),
        (
            _("Seed money"),
            [
                Line(
                    award.title,
                    record_address("seed_award", award.public_id),
                    f"{award.round} · {amount(award.amount_usd)}",
                )
                for award in awards
            ],
        ),
        (_("Source"), row.source),
    )
    return _part(request, "working_group", code, row.title, _("Working group"), known)


@require_safe
def programme(request: ViewerRequest, code: str) -> HttpResponse:
    """A programme, and the projects that belong to it."""
    row = _found(Programme, code)
    known = facts(
        (_("Summary"), row.summary),
        (_("Lead entity"), _link("entity", row.lead_entity.code, row.lead_entity.name) if row.lead_entity else ""),
        (_("Partners"), [_link("entity", entity.code, entity.name) for entity in row.partners.all()]),
        (_("Pillar"), _link("pillar", row.pillar.code, row.pillar.title) if row.pillar else ""),
        (_("Scope"), row.get_scope_display()),
        (_("Launched"), row.launched_in),
        (_("States"), [_link("country", country.code, country.name) for country in row.countries.all()]),
        (_("Thematic priorities"), [_link("theme", found.code, found.title) for found in row.themes.all()]),
        (_("Resolutions"), [_link("mandate", found.code, found.code) for found in row.mandates.all()]),
        (_("Source"), row.source),
    )
    rules = rules_now()
    joining = rules.joining if rules is not None else None
    asking: dict[str, Any] = {}
    if joining is not None and code in joining.programmes:
        asking = {
            "joins": code if why_never_file(request.viewer) is None else "",
            "joining": list(requests_of(request.viewer).filter(asked_programme=row)),
            "joining_source": joining.source,
        }
    return _part(request, "programme", code, row.title, _("Programme"), known, asking)


@require_safe
def mandate(request: ViewerRequest, code: str) -> HttpResponse:
    """A resolution, with the thread from its paragraphs to what came of them."""
    row = _found(Mandate, code)
    known = facts(
        (_("Adopted by"), row.body),
        (_("Year"), str(row.year)),
        (_("Subject"), Line(row.subject, aside=row.subject_source)),
        (_("Source"), row.source),
    )
    reading = reading_of(request)
    inventory = inventory_of(request, reading)
    thread = thread_of(reading, request.viewer, row, inventory.key if inventory else "")
    return _part(request, "mandate", code, row.code, row.subject, known, {"thread": thread})


@require_safe
def instrument(request: ViewerRequest, number: int) -> HttpResponse:
    """A legal instrument that States are asked to join and to apply."""
    row = Instrument.objects.filter(number=number).first()
    if row is None:
        raise Http404
    known = facts((_("Year"), str(row.year)), (_("Topic"), row.topic), (_("Note"), row.note), (_("Source"), row.source))
    context = {
        "reading": reading_of(request),
        "title": row.title,
        "crumbs": _crumbs("instrument", _("Legal instruments"), row.title),
        "facts": known,
        "others": Instrument.objects.filter(topic=row.topic).exclude(pk=row.pk),
    }
    return render(request, "strategy/instrument.html", context)


def inventory_of(request: ViewerRequest, reading: Reading) -> Inventory | None:
    """The inventory asked for, or the one reported on. One that there is not is not there."""
    try:
        return reading.inventory(request.GET.get(INVENTORY, ""))
    except KeyError as none:
        raise Http404 from none


def _part(
    request: ViewerRequest,
    dimension: str,
    code: str,
    title: str,
    kind: str,
    known: list[Fact],
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    reading = reading_of(request)
    inventory = inventory_of(request, reading)
    key = inventory.key if inventory else ""
    context = {
        "reading": reading,
        "inventory": inventory,
        "illustrative": reading.is_illustrative(key),
        "title": title,
        "kind": kind,
        "crumbs": _crumbs(dimension, kind, title),
        "facts": known,
        "portrait": portrait(reading, dimension, code, key),
    }
    return render(request, "strategy/part.html", {**context, **(more or {})})


def _crumbs(anchor: str, kind: str, title: str) -> list[Crumb]:
    return [Crumb(_("Strategy"), reverse("strategy")), Crumb(kind, f"{reverse('strategy')}#{anchor}"), Crumb(title)]


def _found(model: type[M], code: str) -> M:
    row = model._default_manager.filter(code=code).first()
    if row is None:
        raise Http404
    return row


def _link(kind: str, code: str, title: str) -> Line:
    return Line(title, record_address(kind, code))


def _publications(count: int, name: str, code: str) -> Line | str:
    return Line(str(count), f"{reverse('library')}?{name}={code}") if count else ""
