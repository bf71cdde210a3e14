"""What was found as the page prints it: groups with their titles, counts and ways to see more."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.crosstab.model import Selection, Subject
from colonnade.analysis.figures.display import grouped
from colonnade.analysis.search.everything import Group, find
from colonnade.core.viewer import Level
from colonnade.web.search.addresses import address_of, page_named, search_address
from colonnade.web.search.public import entries_for
from colonnade.web.search.said import sentences
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.selections import LISTS, listing_address

#: Hits of a kind: beside other kinds, and where only that kind is looked for.
FEW, MANY = 10, 100

TITLES: Final = {
    "project": gettext_lazy("Projects"),
    "need": gettext_lazy("Needs"),
    "event": gettext_lazy("Events"),
    "country": gettext_lazy("States"),
    "region": gettext_lazy("Regions"),
    "entity": gettext_lazy("Entities"),
    "group": gettext_lazy("Working groups"),
    "pillar": gettext_lazy("Pillars"),
    "area": gettext_lazy("Areas"),
    "theme": gettext_lazy("Thematic priorities"),
    "mandate": gettext_lazy("Resolutions"),
    "instrument": gettext_lazy("Legal instruments"),
    "programme": gettext_lazy("Programmes"),
    "contributor": gettext_lazy("Contributors"),
    "seed_round": gettext_lazy("Seed rounds"),
    "publication": gettext_lazy("Publications"),
    "figure": gettext_lazy("Figures"),
    "term": gettext_lazy("Words of the glossary"),
    "report": gettext_lazy("Reports"),
    "page": gettext_lazy("Pages"),
}
_LISTED: Final = {"project": Subject.PROJECTS, "need": Subject.NEEDS, "event": Subject.EVENTS}
_LEVELS: Final = {Level.COMPACT: gettext_lazy("Compact"), Level.RESTRICTED: gettext_lazy("Restricted")}


@dataclass(frozen=True, slots=True)
class Way:
    """A link onwards."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class HitView:
    """Something found. ``address`` is empty where it has no page; ``level`` where everyone may see it."""

    title: str
    subtitle: str
    address: str
    level: str = ""
    level_class: str = ""


@dataclass(frozen=True, slots=True)
class GroupView:
    """The hits of a kind, of ``total``."""

    kind: str
    title: str
    hits: tuple[HitView, ...]
    total: int
    ways: tuple[Way, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a search. ``kind`` is the only one looked for, or empty."""

    text: str
    kind: str
    groups: tuple[GroupView, ...]
    total: int
    said: list[str]
    everything: str


def results(reading: Reading, text: str, kind: str = "") -> Results:
    """What answers to ``text`` for the reader. A ``kind`` that there is not is every kind."""
    only = kind if kind in TITLES else ""
    limit = MANY if only else FEW
    found = find(reading.cursor(), text, (only,) if only else (), limit, entries_for(reading))
    groups = tuple(_group(reading, group, text, only) for group in found.groups)
    everything = search_address(text, audience=reading.reader.asked)
    return Results(text, only, groups, found.total, sentences(found.said), everything)


def examples(reading: Reading) -> list[Way]:
    """A few searches that find something: the first entity, State, resolution and theme that there are."""
    first: dict[str, str] = {}
    for entry in entries_for(reading):
        thing = entry.named
        if thing.kind in ("entity", "mandate"):
            first.setdefault(thing.kind, thing.codes[0] if thing.codes else thing.title)
        elif thing.kind in ("country", "theme"):
            first.setdefault(thing.kind, thing.title)
    return [Way(text, search_address(text, audience=reading.reader.asked)) for text in first.values()]


def _group(reading: Reading, group: Group, text: str, only: str) -> GroupView:
    asked = reading.reader.asked
    hits = tuple(HitView(hit.title, hit.subtitle, address_of(hit, asked), *_level(hit.level)) for hit in group.hits)
    title = str(TITLES[group.kind])
    return GroupView(group.kind, title, hits, group.total, tuple(_ways(reading, group, text, only)), group.is_cut)


def _ways(reading: Reading, group: Group, text: str, only: str) -> Iterator[Way]:
    """Where the rest of a group is: in a list of its records, in a search for its kind alone."""
    listed = _list_of(reading, _LISTED[group.kind], text) if group.kind in _LISTED else None
    has_all = listed is not None and listed[1] == group.total
    if group.is_cut and not only and not has_all:
        words = _("All %(number)s: %(kind)s") % {"number": grouped(group.total), "kind": TITLES[group.kind]}
        yield Way(words, search_address(text, group.kind, reading.reader.asked))
    if listed:
        yield listed[0]


def _level(level: str) -> tuple[str, str]:
    """What a badge says of who may see a record, and its class; nothing of what everyone may."""
    return (str(_LEVELS[Level(level)]), level) if level and level != Level.PUBLIC else ("", "")


def _list_of(reading: Reading, subject: Subject, text: str) -> tuple[Way, int] | None:
    """The list of the records, in which they can be filtered, sorted and taken away as a file, and how many it has.

    A list of projects is of one inventory, so it may hold fewer of them.
    """
    inventory = reading.inventory() if subject is Subject.PROJECTS else None
    selection = Selection(subject, inventory.key if inventory else "", {}, text)
    number = int(reading.total(selection, subject.value) or 0)
    if not number or not page_named(LISTS[subject]):
        return None
    given = {"number": grouped(number), "inventory": inventory.title if inventory else ""}
    words = _("List and filter %(number)s of %(inventory)s") if inventory else _("List and filter all %(number)s")
    return Way(words % given, listing_address(selection, reading)), number
