"""The address of a number: the page of its figure, with the inventory, the cell and the measure that it is.

    /figures/projects_by_pillar/?inventory=portfolio-2019&pillar=III&measure=share

A dimension that was not reported is written ``-``, as in the tags of a report (:mod:`colonnade.reporting.tags`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlencode

from django.http import QueryDict
from django.urls import reverse

from colonnade.analysis.figures.definition import FigureDefinition
from colonnade.reporting.tags import NOT_REPORTED

INVENTORY, AUDIENCE, MEASURE, PAGE = "inventory", "audience", "measure", "page"


class NoSuchPlace(LookupError):
    """The address names a measure or a dimension that the figure does not have."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: a figure, and for a table figure the codes and the measure of the cell.

    ``inventory`` and ``audience`` are empty for the one that the reader would get anyway.
    """

    figure: str
    inventory: str = ""
    audience: str = ""
    cell: Mapping[str, str | None] = field(default_factory=dict)
    measure: str = ""

    @property
    def page(self) -> str:
        """The figure's page."""
        return self._address("figure")

    @property
    def records(self) -> str:
        """The list of the records behind it."""
        return self._address("figure-records")

    @property
    def download(self) -> str:
        """The same records as a file."""
        return self._address("figure-download")

    def at(self, cell: Iterable[tuple[str, str | None]], measure: str) -> "Place":
        """Another place of the same figure."""
        return replace(self, cell=dict(cell), measure=measure)

    @property
    def whole(self) -> "Place":
        """The whole figure."""
        return replace(self, cell={}, measure="")

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the address, in a settled order."""
        named = {INVENTORY: self.inventory, AUDIENCE: self.audience}
        codes = {name: NOT_REPORTED if code is None else code for name, code in self.cell.items()}
        return {name: value for name, value in {**named, **codes, MEASURE: self.measure}.items() if value}

    def _address(self, name: str) -> str:
        query = urlencode(self.query)
        return reverse(name, args=[self.figure]) + (f"?{query}" if query else "")


def place_in(definition: FigureDefinition, query: QueryDict) -> Place:
    """The place that a page's parameters name. Raises :class:`NoSuchPlace`; parameters of others are passed over."""
    dimensions = {column.name for column in definition.dimensions}
    measure = query.get(MEASURE, "")
    if measure and measure not in {column.name for column in definition.columns} - dimensions:
        raise NoSuchPlace(measure)
    return Place(
        figure=definition.key,
        inventory=query.get(INVENTORY, ""),
        audience=query.get(AUDIENCE, ""),
        cell={name: _code(query.get(name, "")) for name in query if name in dimensions},
        measure=measure,
    )


def place_of_tag(tag: str, inventory: str = "", audience: str = "") -> Place:
    """The place that a report's tag stands for."""
    key, *rest = tag.split("/")
    if not rest or rest == ["rows"]:
        return Place(key, inventory, audience)
    *codes, measure = rest
    cell = {}
    for code in codes:
        name, equals, value = code.partition("=")
        if equals:  # what is none is "total": the measure over all rows
            cell[name] = _code(unquote(value))
    return Place(key, inventory, audience, cell, measure)


def _code(text: str) -> str | None:
    return None if text == NOT_REPORTED else text
