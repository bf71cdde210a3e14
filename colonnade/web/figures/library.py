"""All figures by subject, with their definitions and their values now, and those of them that a search finds."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.sql import parameters_in
from colonnade.web.figures.sources import is_stated
from colonnade.web.releases.shown import number_released
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
    """A figure in the list. ``follows`` says whether it is another number for another inventory."""

    definition: FigureDefinition
    title: str
    address: str
    number: LinkedNumber | None
    unit: str
    follows: bool
    stated: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """The figures of one file of the library."""

    name: str
    title: str
    entries: tuple[Entry, ...]


def subject_titles() -> list[tuple[str, str]]:
    """Every subject with its title, in the order of the library."""
    return [(name, _title(name)) for name in dict.fromkeys(each.subject for each in library().values())]


def subjects(reading: Reading, text: str = "", subject: str = "") -> list[Subject]:
    """The figures by subject, in the order of the library: those whose words have ``text``, of one ``subject``."""
    found = []
    chosen = [each for each in library().values() if _is_asked_for(each, text.casefold(), subject)]
    for name, definitions in groupby(chosen, key=lambda definition: definition.subject):
        found.append(Subject(name, _title(name), tuple(_entry(definition, reading) for definition in definitions)))
    return found


def unit_title(unit: str) -> str:
    """A unit in the reader's words."""
    titles = {"count": _("count"), "USD": _("US dollars"), "per cent": _("per cent"), "years": _("years")}
    return titles.get(unit, _("table"))


def _is_asked_for(definition: FigureDefinition, text: str, subject: str) -> bool:
    if subject and definition.subject != subject:
        return False
    columns = " ".join(column.title for column in definition.columns)
    told = (definition.key, definition.title, _(definition.title), definition.definition, definition.of, columns)
    return all(word in " ".join(told).casefold() for word in text.split())


def _title(name: str) -> str:
    return str(SUBJECTS.get(name, name.replace("_", " ").capitalize()))


def _entry(definition: FigureDefinition, reading: Reading) -> Entry:
    place = Place(definition.key, audience=reading.reader.asked)
    number = None if definition.is_table else number_of(reading.figure(definition.key), place)
    if number and reading.is_withheld(definition.key):
        released = reading.released_total(definition.key)
        number = number_released(released) if released else LinkedNumber(_("not released"), place.page)
    return Entry(
        definition,
        _(definition.title),
        place.page,
        number,
        unit_title(definition.unit),
        "inventory" in parameters_in(definition),
        is_stated(definition),
    )
