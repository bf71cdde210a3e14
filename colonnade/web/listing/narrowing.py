"""The filters of a list: what can be chosen with how many records each, what is in force, and what to drop."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.dimensions import DIMENSIONS
from colonnade.analysis.crosstab.model import NOT_REPORTED, Facet, Selection, Subject
from colonnade.web.listing.asked import COLUMN, TEXT, Asked
from colonnade.web.shared.addresses import AUDIENCE, INVENTORY
from colonnade.web.shared.filters import Choice, FacetGroup, FilterBar, FilterField, facet_group, filter_bar, title_of
from colonnade.web.shared.selections import listing_address
from colonnade.web.shared.selections import title_of as title_of_code
from colonnade.web.shared.sorting import SORT


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Records that the list would show under another choice: in words, how many, and where."""

    title: str
    count: int
    address: str


def facets_of(asked: Asked) -> dict[str, Facet]:
    """The counts of everything that the list can be filtered by, for this reader; of the inventories, too."""
    reader = asked.reading.reader.viewer
    hidden = frozenset() if reader.inside_the_compact or reader.country_codes else asked.of.inside
    names = [name for name in asked.of.facets if name not in hidden]
    if asked.of.subject is Subject.PROJECTS:
        names.insert(0, INVENTORY)
    return asked.reading.facets(asked.selection, names)


def bar_of(asked: Asked, facets: Mapping[str, Facet], query: QueryDict) -> FilterBar:
    """The filter bar. What filters and is no facet (a date, a dimension of another page's link) has a chip as well."""
    groups = [_group(asked, name, facet) for name, facet in facets.items() if name != INVENTORY]
    others = [name for name in asked.selection.filters if name not in facets]
    dates = [name for name in others if DIMENSIONS[asked.of.subject][name].bound]
    groups += [_group(asked, name, Facet(name, ())) for name in others if name not in dates]
    return filter_bar(
        query,
        groups,
        [
            FilterField(TEXT, _("Search this list"), value=asked.selection.text),
            *([_inventories(asked, facets[INVENTORY])] if INVENTORY in facets else []),
            *(
                FilterField(name, _(DIMENSIONS[asked.of.subject][name].title), "date", asked.selection.filters[name][0])
                for name in dates
            ),
        ],
        keep=(SORT, COLUMN, AUDIENCE, INVENTORY),
    )


def in_words(asked: Asked) -> list[str]:
    """Every filter in force as a sentence would say it; an empty list where there is none."""
    typed = asked.selection.text
    said = [_("Search: %(text)s") % {"text": typed}] if typed else []
    return said + [_filter_in_words(asked, name) for name in asked.selection.filters]


def other_inventories(asked: Asked, facets: Mapping[str, Facet]) -> list[Elsewhere]:
    """How many records the same search finds in inventories that are not shown."""
    counts = facets[INVENTORY].counts if INVENTORY in facets else ()
    known = asked.reading.inventories
    return [
        Elsewhere(known[code].title, count, _in_inventory(asked, code))
        for code, count in counts
        if code and code != asked.selection.inventory and code in known and count
    ]


@dataclass(frozen=True, slots=True)
class WaysOut:
    """What to do about a list without records: drop one filter, or keep only one of them. Most records first."""

    without: tuple[Elsewhere, ...] = ()
    only: tuple[Elsewhere, ...] = ()


def ways_out(asked: Asked) -> WaysOut:
    """The filters without which there would be records; where no single one is at fault, those that alone find some."""
    selection = asked.selection
    bare = Selection(selection.subject, selection.inventory)
    parts: list[tuple[str, Selection, Selection]] = []
    if selection.text:
        typed = _("Search: %(text)s") % {"text": selection.text}
        parts.append((typed, replace(selection, text=""), replace(bare, text=selection.text)))
    for name, codes in selection.filters.items():
        parts.append((_filter_in_words(asked, name), selection.where(name), bare.where(name, *codes)))
    without = _with_records(asked, [(title, rest) for title, rest, _alone in parts])
    return WaysOut(
        without, () if without or len(parts) < 2 else _with_records(asked, [(t, one) for t, _r, one in parts])
    )


def _with_records(asked: Asked, choices: list[tuple[str, Selection]]) -> tuple[Elsewhere, ...]:
    measure = asked.of.measures[0]
    counted = [(title, chosen, int(asked.reading.total(chosen, measure) or 0)) for title, chosen in choices]
    found = [
        Elsewhere(title, count, listing_address(chosen, asked.reading)) for title, chosen, count in counted if count
    ]
    return tuple(sorted(found, key=lambda one: -one.count))


def _filter_in_words(asked: Asked, name: str) -> str:
    """A filter as a sentence would say it."""
    titles = [_title(asked, name, code) for code in asked.selection.filters[name]]
    return f"{_(DIMENSIONS[asked.of.subject][name].title)}: " + _(" or ").join(titles)


def _group(asked: Asked, name: str, facet: Facet) -> FacetGroup:
    dimension = DIMENSIONS[asked.of.subject][name]
    codes = [code for code, _count in facet.counts if code is not None]
    chosen = asked.selection.filters.get(name, ())
    titles = {
        code: title_of_code(asked.reading, asked.of.subject, name, code) for code in {*codes, *chosen, NOT_REPORTED}
    }
    return facet_group(name, _(dimension.title), facet.counts, titles, chosen)


def _inventories(asked: Asked, facet: Facet) -> FilterField:
    counts = dict(facet.counts)
    choices = tuple(
        Choice(key, _("%(title)s: %(count)s") % {"title": inventory.title, "count": f"{counts.get(key, 0):,}"})
        for key, inventory in asked.reading.inventories.items()
    )
    return FilterField(INVENTORY, _("Inventory"), "search", asked.selection.inventory, choices)


def _in_inventory(asked: Asked, key: str) -> str:
    selection = asked.selection
    return listing_address(Selection(selection.subject, key, selection.filters, selection.text), asked.reading)


def _title(asked: Asked, name: str, code: str) -> str:
    bare = code.lstrip("!")
    return title_of(code, {bare: title_of_code(asked.reading, asked.of.subject, name, bare)})
