"""The list of pairs: those to be decided about, and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from colonnade.analysis.access import why_never_compare
from colonnade.analysis.models import OverlapDecision
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.portfolio.models import Project
from colonnade.web.overlaps.consent import consent_in_short, declined_in_short
from colonnade.web.overlaps.found import KINDS, OPEN, STANDINGS, Asked, Found, Row, found_for, rows_for
from colonnade.web.overlaps.telling import kind_title, percent
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb, Tab, page_number, pages_of
from colonnade.web.shared.parameters import address_with
from colonnade.web.shared.reading import open_reading
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest

PAGE_SIZE: Final = 25
STANDING: Final = "standing"
TITLES: Final[Mapping[str, str]] = {
    OPEN: gettext_noop("To be decided"),
    OverlapDecision.Verdict.COORDINATE: gettext_noop("To be coordinated"),
    OverlapDecision.Verdict.SAME: gettext_noop("The same project"),
    OverlapDecision.Verdict.FINE: gettext_noop("Fine as they are"),
}
KIND_WORDS: Final[Mapping[str, str]] = {
    "duplicate": gettext_noop("Likely duplicate record"),
    "overlap": gettext_noop("Likely overlap"),
    "complementary": gettext_noop("Complementary"),
    "related": gettext_noop("Related"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of the list: its parameter, its title, and its choices, one of which is chosen."""

    name: str
    title: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@require_safe
def overlaps(request: ViewerRequest) -> HttpResponse:
    """Pairs of projects that the reader may see. For whoever is shown none, there is no such page."""
    if why_never_compare(request.viewer) is not None:
        raise Http404
    asked, number = _asked(request), page_number(request.GET)
    reading = open_reading(reader_for(request.viewer))
    found = found_for(request.viewer, reading)
    rows = rows_for(request.viewer, found, asked)
    pages = pages_of(number, PAGE_SIZE, len(rows), request.GET)
    shown = rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    labels = reading.labels
    context = {
        "tabs": [
            Tab(_(TITLES[each]), address_with(request.GET, STANDING, each, reverse("overlaps")), each == asked.standing)
            for each in STANDINGS
        ],
        "table": _table(request.viewer, shown, asked),
        "total": len(rows),
        "filters": _filters(found, asked, labels.get("country", {}), labels.get("entity", {})),
        "asked": asked,
        "pages": pages,
        "reading": reading,
        "illustrative": reading.is_illustrative(),
        "crumbs": [Crumb(_("Projects"), reverse("projects")), Crumb(_("Overlaps"))],
    }
    return render(request, "overlaps/overlaps.html", context)


def _asked(request: ViewerRequest) -> Asked:
    """What the address asks for. What is no standing or kind is not there."""
    told = {name: request.GET.get(name, "") for name in (STANDING, "kind", "country", "entity", "project")}
    if told[STANDING] not in STANDINGS or (told["kind"] and told["kind"] not in KINDS):
        raise Http404
    return Asked(**told)


def _filters(found: Found, asked: Asked, states: Mapping[str, str], entities: Mapping[str, str]) -> list[Filter]:
    """The filters, with what there is among the projects that the reader sees."""
    codes = {code for each in found.records.values() for code in each.countries}
    leads = {each.entity for each in found.records.values()}
    return [
        Filter("kind", _("Kind"), tuple((key, _(title)) for key, title in KIND_WORDS.items()), asked.kind),
        Filter("country", _("State"), _choices(codes, states), asked.country),
        Filter("entity", _("Entity"), _choices(leads, entities), asked.entity),
    ]


def _choices(codes: set[str], titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((code, titles.get(code, code)) for code in codes), key=lambda each: each[1]))


def _table(viewer: Viewer, rows: Sequence[Row], asked: Asked) -> TableView | None:
    if not rows:
        return None
    projects = projects_called(viewer, {name for row in rows for name in (row.one, row.other)})
    with_before = not asked.standing and any(row.decision is not None for row in rows)
    header = [HeaderView(_("Pair")), HeaderView(_("With")), HeaderView(_("Kind")), HeaderView(_("Probability"), True)]
    if asked.standing == OverlapDecision.Verdict.COORDINATE:
        header += [HeaderView(_("Who coordinates")), HeaderView(_("By when")), HeaderView(_("Consent"))]
    elif asked.standing == OverlapDecision.Verdict.SAME:
        header += [HeaderView(_("Kept")), HeaderView(_("Consent"))]
    if asked.standing:
        header.append(HeaderView(_("Decided")))
    elif with_before:
        header.append(HeaderView(_("Said before")))
    there = [row for row in rows if row.one in projects and row.other in projects]
    told = tuple(_row(row, projects[row.one], projects[row.other], with_before=with_before) for row in there)
    return TableView(_("Pairs of projects"), tuple(header), told)


def _row(row: Row, one: Project, other: Project, *, with_before: bool) -> tuple[CellView, ...]:
    cells = [
        CellView(
            one.title,
            reverse("overlap", args=[row.one, row.other]),
            header=True,
            aside=one.lead_entity.abbreviation,
            lang=one.language,
        ),
        CellView(
            other.title,
            record_address(PROJECT, other.public_id),
            aside=other.lead_entity.abbreviation,
            lang=other.language,
        ),
        CellView(kind_title(row.kind)),
        CellView(percent(row.probability), numeric=True),
    ]
    if (decision := row.decision) is None:
        return (*cells, CellView("")) if with_before else tuple(cells)
    if decision.standing == "declined":
        return (*cells, CellView(declined_in_short(decision)))
    if decision.verdict == decision.Verdict.COORDINATE:
        who = decision.coordinator.abbreviation if decision.coordinator else ""
        cells += [CellView(who), CellView(due(decision)), CellView(consent_in_short(decision))]
    elif decision.verdict == decision.Verdict.SAME:
        cells += [CellView(decision.kept.reference if decision.kept else ""), CellView(consent_in_short(decision))]
    cells.append(CellView(short_day(timezone.localdate(decision.decided_at))))
    return tuple(cells)


def due(decision: OverlapDecision) -> str:
    """By when something is coordinated, and whether that is past."""
    if decision.due_on is None:
        return ""
    day = short_day(decision.due_on)
    return _("%(day)s, past") % {"day": day} if decision.due_on < timezone.localdate() else day


def projects_called(viewer: Viewer, names: set[str]) -> dict[str, Project]:
    """Projects by public identifier, as far as ``viewer`` may see them."""
    with reading_as(viewer):
        rows = Project.objects.visible_to(viewer).filter(public_id__in=names).select_related("lead_entity")
        return {project.public_id: project for project in rows}
