"""Views of entities: the directory, its file, a page each."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.funding.models import Contributor, SeedAward
from colonnade.members.models import Arrangement, Entity
from colonnade.members.successions import ended_by
from colonnade.portfolio.models import Programme
from colonnade.web.shared.blocks import Download
from colonnade.web.shared.facts import Line, amount, facts
from colonnade.web.shared.filters import Choice, FilterField, filter_bar
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.parameters import pairs_in
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.selections import table_over
from colonnade.web.shared.separated import download
from colonnade.web.shared.sorting import SORT
from colonnade.web.strategy.directory import ROLE, TEXT, directory_table, rows_of, table_head, table_rows
from colonnade.web.strategy.portrait import Part, portrait
from colonnade.web.strategy.views import inventory_of
from colonnade.web.succession.lines import after_lines, before_lines, called_then, end_line, name_lines


@require_safe
def entities(request: ViewerRequest) -> HttpResponse:
    """Every entity, with what it leads, takes part in, has and lacks."""
    reading = reading_of(request)
    inventory = inventory_of(request, reading)
    key = inventory.key if inventory else ""
    rows = rows_of(reading, key, request.GET)
    roles = (Choice("", _("any")), *(Choice(str(value), str(title)) for value, title in Entity.EntityRole.choices))
    fields = (
        FilterField(TEXT, _("Name or abbreviation")),
        FilterField(ROLE, _("Role"), "choice", request.GET.get(ROLE, ""), roles),
    )
    given = urlencode(pairs_in(request.GET))
    context = {
        "reading": reading,
        "inventory": inventory,
        "illustrative": reading.is_illustrative(key),
        "table": directory_table(reading, key, request.GET, rows),
        "filters": filter_bar(request.GET, fields=fields, keep=(SORT,)),
        "downloads": [Download(_("CSV"), reverse("entities-file") + (f"?{given}" if given else ""))],
    }
    return render(request, "strategy/entities.html", context)


@require_safe
def entities_file(request: ViewerRequest) -> HttpResponseBase:
    """Exactly those rows, as CSV."""
    reading = reading_of(request)
    inventory = inventory_of(request, reading)
    rows = rows_of(reading, inventory.key if inventory else "", request.GET)
    return download("entities", table_head(), list(table_rows(rows)))


@require_safe
def entity(request: ViewerRequest, code: str) -> HttpResponse:
    """One entity: who it is, what it leads and takes part in, its money, its events."""
    row = Entity.objects.select_related("parent").filter(code=code).first()
    if row is None:
        raise Http404
    reading = reading_of(request)
    inventory = inventory_of(request, reading)
    key = inventory.key if inventory else ""
    partner = Question(Selection(Subject.PROJECTS, key).where("partner", code), "projects", "entity")
    events = Question(Selection(Subject.EVENTS).where("entity", code), "events", "kind", "year")
    context = {
        "reading": reading,
        "inventory": inventory,
        "illustrative": reading.is_illustrative(key),
        "title": row.name,
        "kind": str(row.get_role_display()),
        "called_then": called_then(row, inventory.as_of if inventory else None),
        "crumbs": [Crumb(_("Entities"), reverse("entities")), Crumb(row.abbreviation)],
        "facts": _facts(row),
        "portrait": portrait(reading, "entity", code, key),
        "further": [
            Part(table)
            for table in (
                table_over(reading, partner, caption=_("Projects that it takes part in, by who leads them")),
                table_over(reading, events, caption=_("Events that it organised, by kind and year")),
            )
            if table.rows
        ],
    }
    return render(request, "strategy/part.html", context)


def _facts(row: Entity) -> list[object]:
    giver = Contributor.objects.filter(entity=row).first()
    arrangement = Arrangement.objects.filter(organisation=row).first()
    return list(
        facts(
            (_("Abbreviation"), row.abbreviation if row.abbreviation != row.name else ""),
            (_("Role"), Line(str(row.get_role_display()), aside=row.kind)),
            (_("Part of"), Line(row.parent.name, record_address("entity", row.parent.code)) if row.parent else ""),
            (_("Parts"), [Line(part.name, record_address("entity", part.code)) for part in row.parts.all()]),
            (_("Governing body"), Line(row.governing_body, aside=row.governing_source)),
            (
                _("Chairs"),
                [Line(group.title, record_address("working_group", group.code)) for group in row.chaired_groups.all()],
            ),
            (_("Arrangement"), arrangement.kind if arrangement else ""),
            (_("Contributor"), Line(giver.name, record_address("contributor", giver.code)) if giver else ""),
            (
                _("Programmes"),
                [
                    Line(found.title, record_address("programme", found.code))
                    for found in Programme.objects.filter(lead_entity=row)
                ],
            ),
            (
                _("Seed money"),
                [
                    Line(award.title, record_address("seed_award", award.public_id), amount(award.amount_usd))
                    for award in SeedAward.objects.filter(entity=row)
                ],
            ),
            (
                _("Publications"),
                Line(str(row.publications.count()), f"{reverse('library')}?publisher={row.code}")
                if row.publications.exists()
                else "",
            ),
            (_("Ended on"), end_line(ended_by(timezone.localdate()).get(row.code))),
            (_("Called before"), name_lines(row)),
            (_("What came before it"), before_lines(row)),
            (_("What it became"), after_lines(row)),
            (_("IATI identifier"), row.iati_ref),
            (_("Source"), row.source),
        )
    )
