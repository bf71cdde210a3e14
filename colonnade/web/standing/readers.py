"""The same house side by side, as several readers see it: how many records, which figures, and why.

Every number is counted for its reader by the ways that make the pages, not by rules of its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.crosstab.model import Selection, Subject
from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.display import grouped
from colonnade.core.viewer import AUDIENCES, PUBLIC, Role, Viewer
from colonnade.members.models import Person, RoleHeld
from colonnade.members.queries import viewer_for, viewer_of_role
from colonnade.web.people.demo import demo_people
from colonnade.web.shared.addresses import Place
from colonnade.web.shared.audiences import Reader, label_of
from colonnade.web.shared.numbers import number_of
from colonnade.web.shared.reading import Reading, open_reading

#: Figures that are read for each reader.
FIGURES: Final = ("budget_active", "shortfall_total", "needs_with_response")
WHY: Final[Mapping[str, Promise]] = {
    "": gettext_lazy("Sees what is published."),
    Role.SECRETARIAT: gettext_lazy("Sees every record of every level."),
    Role.AUDITOR: gettext_lazy("Reads everything, and changes nothing."),
    Role.ENTITY: gettext_lazy(
        "Sees what member entities share, and restricted records that name the entity or that it leads."
    ),
    Role.STATE: gettext_lazy(
        "Sees what is public, what is shared about its own State, and what that State asked to keep confidential."
    ),
    Role.ASSESSOR: gettext_lazy(
        "Sees what member entities share, and what is confidential about the States it assesses."
    ),
    Role.BOARD: gettext_lazy("Sees what member entities share, and the amounts in the books of the fund."),
    Role.CHAIR: gettext_lazy("Sees what member entities share."),
    Role.DONOR: gettext_lazy("Sees what is public, and what they pledged and gave to the fund."),
    Role.ADMINISTRATOR: gettext_lazy("Manages people and their roles, and sees what is public."),
    Role.COORDINATOR: gettext_lazy(
        "Sees what is public, and the requests of the State that came by way of them or that the State lets them read."
    ),
}
#: Those whom the first page of a demonstration puts side by side, beside the public.
FIRST: Final = (Role.STATE, Role.ENTITY, Role.SECRETARIAT)


@dataclass(frozen=True, slots=True)
class HouseReader:
    """A reader of the house: what they are called, why they see what they see, whom to step in as to be them."""

    title: str
    why: str
    viewer: Viewer
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A reader with the numbers of the columns."""

    reader: HouseReader
    numbers: tuple[str, ...]


def readers_of_the_demo(on: date) -> Iterator[HouseReader]:
    """The public, and everybody whom one can step in as."""
    yield HouseReader(_("The public"), str(WHY[""]), PUBLIC)
    for person in demo_people():
        viewer = viewer_for(person, on)
        yield HouseReader(person.name, _why(viewer), viewer, person)


def readers_first(on: date) -> list[HouseReader]:
    """The first reader of each kind that the first page tells apart, the public first."""
    held = RoleHeld.objects.filter(person__in=demo_people(), role__in=FIRST).select_related("person")
    firsts = {one.role: one for one in held.order_by("-person")}
    return [
        HouseReader(_("The public"), str(WHY[""]), PUBLIC),
        *(
            HouseReader(one.person.name, str(WHY[role]), viewer_of_role(one, on), one.person)
            for role in FIRST
            if (one := firsts.get(role))
        ),
    ]


def audiences() -> Iterator[HouseReader]:
    """The circles of readers that reports are made for."""
    for audience in AUDIENCES.values():
        yield HouseReader(_(audience.title), _why(audience.viewer), audience.viewer)


def columns(reading: Reading) -> list[str]:
    """The heads of the numbers."""
    inventory = reading.inventory()
    projects = _("Projects of %(inventory)s") % {"inventory": inventory.title if inventory else "–"}
    return [projects, _("Needs"), _("Events"), *(_(library()[key].title) for key in _figures())]


def line_of(reader: HouseReader) -> Line:
    """The numbers as ``reader`` gets them on the pages."""
    reading = open_reading(Reader(reader.viewer, label_of(reader.viewer)))
    inventory = reading.inventory()
    projects = reading.total(Selection(Subject.PROJECTS, inventory.key), "projects") if inventory else 0
    needs = reading.total(Selection(Subject.NEEDS), "needs")
    withheld = not needs and not reader.viewer.inside_the_compact
    return Line(
        reader,
        (
            grouped(projects or 0),
            _("not released") if withheld else grouped(needs or 0),
            grouped(reading.total(Selection(Subject.EVENTS), "events") or 0),
            *(_figure(reading, key) for key in _figures()),
        ),
    )


def _figures() -> list[str]:
    return [key for key in FIGURES if key in library()]


def _figure(reading: Reading, key: str) -> str:
    if reading.inventory() is None:
        return "–"
    return _("not released") if reading.is_withheld(key) else number_of(reading.figure(key), Place(key)).text


def _why(viewer: Viewer) -> str:
    return " ".join(str(WHY[role]) for role in WHY if role in viewer.roles)
