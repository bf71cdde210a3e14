"""Projects of other entities nearby: in the same place, on the same theme, for the same need. Each says why it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.model import EXCEPT, Selection, Subject
from colonnade.core.viewer import Viewer
from colonnade.needs.coverage import ANSWERS
from colonnade.needs.models import Response
from colonnade.web.needs.card import headings
from colonnade.web.projects.queries import KnownProject
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.selections import listing_address, title_of

#: How many of each kind are shown.
SHOWN: Final = 10
_COLUMNS: Final = ("project", "title", "entity", "status", "country", "region", "theme", "pillar")
#: Those that end last come first.
_SORT: Final = "-ends_on"


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Projects nearby for one reason: how many there are in all, and where all of them are listed."""

    name: str
    title: str
    table: TableView
    total: int
    address: str


def neighbours_of(known: KnownProject, reading: Reading, viewer: Viewer) -> list[Neighbours]:
    """Every kind of neighbour that there is any of, as far as the reader may see."""
    inventory = _inventory(known, reading)
    found = [_same_need(known, viewer)]
    if inventory:
        found[:0] = [_same_place(known, reading, inventory), _same_theme(known, reading, inventory)]
    return [kind for kind in found if kind is not None]


def _inventory(known: KnownProject, reading: Reading) -> str:
    """The inventory to look in: the one reported on where the project stands in it, else the newest that it is in."""
    reported = reading.inventory()
    own = [entry.inventory.key for entry in known.entries]
    if reported and (reported.key in own or not own):
        return reported.key
    return own[0] if own else ""


def _others(known: KnownProject, inventory: str) -> Selection:
    """The projects of every other entity."""
    return Selection(Subject.PROJECTS, inventory).where("entity", EXCEPT + known.project.lead_entity.code)


def _same_place(known: KnownProject, reading: Reading, inventory: str) -> Neighbours | None:
    """In a State of the project's, on its theme; under its pillar where it names no theme."""
    states = [link.country.code for link in known.countries]
    if not states:
        return None
    chosen = _others(known, inventory).where("country", *states)
    themes = [link.theme.code for link in known.themes]
    pillar = [known.project.pillar.code] if known.project.pillar else []
    if themes:
        title, more = _("In the same place, on the same theme"), ("theme", themes)
    elif pillar:
        title, more = _("In the same place, under the same pillar"), ("pillar", pillar)
    else:
        return _listed(reading, chosen, "place", _("In the same place"), ("country", states))
    return _listed(reading, chosen.where(more[0], *more[1]), "place", title, ("country", states), more)


def _same_theme(known: KnownProject, reading: Reading, inventory: str) -> Neighbours | None:
    """On the project's theme in other States, of its regions where it has any."""
    themes = [link.theme.code for link in known.themes]
    if not themes:
        return None
    states = [link.country.code for link in known.countries]
    regions = list(
        dict.fromkeys(
            [link.region.code for link in known.regions] + [link.country.region.code for link in known.countries]
        )
    )
    chosen = _others(known, inventory).where("theme", *themes)
    if states:
        chosen = chosen.where("country", *(EXCEPT + code for code in states))
    if regions:
        title = _("On the same theme, elsewhere in the region")
        return _listed(
            reading, chosen.where("region", *regions), "theme", title, ("theme", themes), ("region", regions)
        )
    return _listed(reading, chosen, "theme", _("On the same theme"), ("theme", themes))


def _listed(
    reading: Reading, selection: Selection, name: str, title: str, *shared: tuple[str, list[str]]
) -> Neighbours | None:
    listing = reading.listing(selection, _COLUMNS, sort=_SORT, limit=SHOWN)
    if not listing.total:
        return None
    rows = []
    for row in listing.rows:
        values = dict(zip(_COLUMNS, row, strict=True))
        reasons = [_shared(reading, dimension, values[dimension], codes) for dimension, codes in shared]
        rows.append(
            (
                CellView(str(values["title"]), record_address(PROJECT, str(values["project"])), header=True),
                CellView(title_of(reading, Subject.PROJECTS, "entity", str(values["entity"]))),
                CellView(title_of(reading, Subject.PROJECTS, "status", str(values["status"]))),
                CellView(" · ".join(filter(None, reasons))),
            )
        )
    header = (HeaderView(_("Project")), HeaderView(_("Lead entity")), HeaderView(_("Status")), HeaderView(_("Shared")))
    address = listing_address(selection, reading)
    return Neighbours(name, title, TableView(title, header, tuple(rows)), listing.total, address)


def _shared(reading: Reading, dimension: str, value: object, codes: list[str]) -> str:
    """Which of the project's own codes the neighbour has."""
    theirs = value if isinstance(value, list | tuple) else [value]
    return ", ".join(title_of(reading, Subject.PROJECTS, dimension, code) for code in codes if code in theirs)


def _same_need(known: KnownProject, viewer: Viewer) -> Neighbours | None:
    """Projects that respond to a need which this one responds to, too."""
    answered = [answer for answer in known.responses if answer.standing in ANSWERS]
    needs = [answer.recommendation_id for answer in answered]
    if not needs:
        return None
    answers = list(
        Response.objects.visible_to(viewer)
        .filter(recommendation__in=needs, standing__in=ANSWERS)
        .exclude(project__lead_entity=known.project.lead_entity_id)
        .select_related("project__lead_entity", "recommendation")
        .order_by("project__title", "pk")
    )
    if not answers:
        return None
    called = headings(viewer, [answer.recommendation for answer in answered])
    rows = tuple(_row(answer, called[answer.recommendation_id]) for answer in answers[:SHOWN])
    header = (
        HeaderView(_("Project")),
        HeaderView(_("Lead entity")),
        HeaderView(_("Status")),
        HeaderView(_("The need that it responds to, too")),
    )
    title = _("For the same need")
    return Neighbours("need", title, TableView(title, header, rows), len(_projects(answers)), "")


def _row(answer: Response, called: str) -> tuple[CellView, ...]:
    project, need = answer.project, answer.recommendation
    return (
        CellView(project.title, record_address(PROJECT, project.public_id), header=True, lang=project.language),
        CellView(project.lead_entity.abbreviation),
        CellView(str(project.get_status_display())),
        CellView(called, record_address("recommendation", need.public_id)),
    )


def _projects(answers: Iterable[Response]) -> set[int]:
    return {answer.project_id for answer in answers}
