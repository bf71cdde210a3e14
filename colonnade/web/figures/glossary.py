"""All figures by subject, with their definitions and their values now."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.web.shared.addresses import Place
from colonnade.web.shared.numbers import LinkedNumber, number_of
from colonnade.web.shared.reading import Reading

#: Titles of the files of figures that Colonnade brings; a data pack's own go by their names.
SUBJECTS = {
    "appeal": gettext_lazy("Appeal"),
    "flow": gettext_lazy("From one inventory to the next"),
    "markers": gettext_lazy("Markers"),
    "money": gettext_lazy("Money"),
    "needs": gettext_lazy("Needs and coverage"),
    "pillars": gettext_lazy("Pillars and entities"),
    "places": gettext_lazy("Places and areas"),
    "portfolio": gettext_lazy("The portfolio"),
    "trust_fund": gettext_lazy("Trust fund"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure in the list."""

    definition: FigureDefinition
    title: str
    address: str
    number: LinkedNumber | None


@dataclass(frozen=True, slots=True)
class Subject:
    """The figures of one file of the library."""

    name: str
    title: str
    entries: tuple[Entry, ...]


def subjects(reading: Reading) -> list[Subject]:
    """Every figure, by subject, in the order of the library."""
    found = []
    for name, definitions in groupby(library().values(), key=lambda definition: definition.subject):
        title = str(SUBJECTS.get(name, name.replace("_", " ").capitalize()))
        found.append(Subject(name, title, tuple(_entry(definition, reading) for definition in definitions)))
    return found


def _entry(definition: FigureDefinition, reading: Reading) -> Entry:
    place = Place(definition.key, audience=reading.reader.asked)
    number = None if definition.is_table else number_of(reading.figure(definition.key), place)
    if number and reading.is_withheld(definition.key):
        number = LinkedNumber(_("not released"), place.page)
    return Entry(definition, _(definition.title), place.page, number)
