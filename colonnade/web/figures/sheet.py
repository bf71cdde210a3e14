"""A figure's page: which number the address names, and everything said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.records import RecordsPage
from colonnade.analysis.figures.result import FigureResult, Number, TableValue
from colonnade.analysis.figures.sql import parameters_in
from colonnade.analysis.figures.withheld import NEEDS
from colonnade.analysis.queries import InForce
from colonnade.reporting.build import Inventory
from colonnade.web.figures.library import unit_title
from colonnade.web.figures.listing import records_table
from colonnade.web.figures.sources import is_stated, provenance_of_records
from colonnade.web.releases.shown import number_released, table_of_values
from colonnade.web.reports.comparing import AFTER, BEFORE
from colonnade.web.shared.addresses import INVENTORY, NoSuchPlace, Place, place_in
from colonnade.web.shared.numbers import LinkedNumber, TableView, exact, qualified, spoken, table_of, value_at
from colonnade.web.shared.pages import Crumb, Tab
from colonnade.web.shared.press import main_report, titled
from colonnade.web.shared.reading import Reading

#: Records shown on the figure's own page; the list has them all.
FIRST_RECORDS: Final = 10
PAGE_SIZE: Final = 50
#: The parameter of an address that says which version of the definition its writer had before them.
VERSION: Final = "version"


@dataclass(frozen=True)
class Sheet:
    """A figure, or a place in a table figure, opened by one reader."""

    reading: Reading
    definition: FigureDefinition
    place: Place
    result: FigureResult
    value: Number | None
    unit: str

    @property
    def counts_needs(self) -> bool:
        """Whether it counts records that a State can keep confidential."""
        return self.definition.subject == NEEDS

    @cached_property
    def inventory(self) -> Inventory | None:
        return self.reading.inventory(self.place.inventory)

    @cached_property
    def provenance(self) -> str:
        """Whose records are counted: those of the inventories that the figure asks for, else published ones."""
        asked, given = parameters_in(self.definition), self.reading.parameters(self.place.inventory)
        if asked & {"inventory", "provenance"}:
            return self.inventory.provenance if self.inventory else ""
        named = [self.reading.inventories.get(str(given.get(name))) for name in asked]
        return next((row.provenance for row in named if row), "") or provenance_of_records(
            self.reading, self.definition
        )

    @cached_property
    def is_withheld(self) -> bool:
        """Whether there may be records that are not released to the reader, so that nought would mislead."""
        return self.reading.is_withheld(self.definition.key, self.place.inventory)

    @cached_property
    def released(self) -> InForce | None:
        """The total that was released to the reader in place of a number that says nothing."""
        return None if self.is_cell else self.reading.released_total(self.definition.key, self.place.inventory)

    @property
    def released_number(self) -> LinkedNumber | None:
        """The same as a number, leading to the release."""
        return number_released(self.released) if self.released else None

    @property
    def released_table(self) -> TableView | None:
        """The released table, suppressed cells marked; ``None`` for a single number."""
        return table_of_values(self.released.values, self.released.title) if self.released else None

    @property
    def is_counted_apart(self) -> bool:
        """Whether the paragraph that publishes the figure may say another number: records may be left out here."""
        own = self.reading.inventory()
        return not self.reading.reader.sees_everything and self.inventory == own

    @property
    def title(self) -> str:
        return _(self.definition.title)

    @property
    def is_table(self) -> bool:
        return self.definition.is_table

    @property
    def is_cell(self) -> bool:
        """Whether one number of a table figure was opened."""
        return bool(self.place.measure)

    @property
    def heading(self) -> str:
        """What was opened, in words: ``Pillar III: Share of projects``."""
        return ": ".join(self.heading_parts)

    @property
    def heading_parts(self) -> list[str]:
        """The same in parts, which may run in different directions."""
        return [part for part in (", ".join(self.codes), self.measure_title) if part] or [self.title]

    @property
    def codes(self) -> list[str]:
        """The titles of the place's codes."""
        return [
            self.result.label(name, code) if code is not None else _("Not reported")
            for name, code in self.place.cell.items()
        ]

    @property
    def measure_title(self) -> str:
        return _(self.definition.column(self.place.measure).title) if self.place.measure else ""

    @property
    def displayed(self) -> str:
        """The value in words and digits, as the report prints it. Empty where the whole table was opened."""
        if self.is_withheld and not self.released_number:
            return _("not released")
        if self.is_table and not self.is_cell:
            return ""
        if self.released_number:
            return self.released_number.text
        if self.value is None:
            return _("Not reported")
        return qualified(spoken(self.value, self.unit), self.result.qualifier)

    @property
    def exact(self) -> str:
        return exact(self.value, self.unit) if self.value is not None and not self.is_withheld else ""

    @property
    def unit_title(self) -> str:
        return unit_title(self.unit)

    @property
    def source_title(self) -> str:
        """What the source is to the number: where it is printed, or only where what it counts is spoken of."""
        if self.result.source != self.definition.source:
            return _("Source")
        if not is_stated(self.definition):
            return _("See also")
        return _("Published figure") if self.is_counted_apart else _("Published in")

    @property
    def follows_inventory(self) -> bool:
        """Whether another inventory gives another number."""
        return "inventory" in parameters_in(self.definition)

    @cached_property
    def against(self) -> tuple[str, str]:
        """The title of the inventory before, and where the figure is held against it; empty where there is none."""
        report, now = main_report(), self.inventory
        before = self.reading.inventories.get(now.previous or "") if now else None
        if report is None or now is None or before is None or not self.follows_inventory:
            return "", ""
        asked = {BEFORE: before.key, AFTER: now.key, **self.place.query}
        asked.pop(INVENTORY, None)
        path = reverse("report-compare-figure", args=[report.name, self.definition.key])
        return before.title, f"{path}?{urlencode(asked)}"

    @property
    def permalink(self) -> str:
        """The address of this number that also says which version of the definition it speaks of."""
        inventory = self.inventory.key if self.inventory and self.follows_inventory else ""
        query = {**replace(self.place, inventory=inventory).query, VERSION: str(self.definition.version)}
        return f"{reverse('figure', args=[self.definition.key])}?{urlencode(query)}"

    def file(self, ending: str) -> str:
        """The figure itself as a file, for what was opened."""
        query = urlencode(self.place.whole.query)
        path = reverse("figure-file", args=[self.definition.key, ending])
        return f"{path}?{query}" if query else path

    @property
    def qualifier_title(self) -> str:
        return {"exact": _("exact"), "at least": _("at least")}.get(self.result.qualifier, self.result.qualifier)

    @cached_property
    def table(self) -> TableView | None:
        """The whole table figure, the opened cell marked."""
        return table_of(self.result, self.place) if isinstance(self.result.value, TableValue) else None

    @cached_property
    def crumbs(self) -> list[Crumb]:
        steps = [Crumb(_("Figures"), reverse("figures"))]
        if not self.place.cell and not self.place.measure:
            return [*steps, Crumb(self.title)]
        steps.append(Crumb(self.title, self.place.whole.page))
        if self.codes and self.place.measure:
            return [*steps, Crumb(", ".join(self.codes)), Crumb(self.measure_title)]
        return [*steps, Crumb(self.measure_title or ", ".join(self.codes))]

    @cached_property
    def inventories(self) -> list[Tab]:
        """The same figure for the other inventories."""
        now = self.inventory.key if self.inventory else ""
        return [
            Tab(row.title, Place(self.place.figure, row.key, self.place.audience).page, row.key == now)
            for row in self.reading.inventories.values()
        ]

    def records(self, limit: int, offset: int = 0) -> RecordsPage:
        """A page of the records behind what was opened."""
        return self.reading.records(
            self.definition,
            self.place.inventory,
            cell=self.place.cell,
            measure=self.place.measure or None,
            limit=limit,
            offset=offset,
        )

    def listed(self, page: RecordsPage) -> TableView:
        """A page of records for the table component."""
        return records_table(page, self.definition, titled(self._labels), _("Records behind this number"))

    @property
    def _labels(self) -> Mapping[str, Mapping[str, str]]:
        inventories = {row.key: row.title for row in self.reading.inventories.values()}
        return {**self.reading.labels_of(self.place.inventory), "inventory": inventories}


def open_sheet(reading: Reading, key: str, query: QueryDict) -> Sheet:
    """The figure ``key`` at the place that ``query`` names. What the figure does not have is not there."""
    definition = library().get(key)
    if definition is None:
        raise Http404
    try:
        place = place_in(definition, query)
        found = reading.figure(key, place.inventory)
        result = replace(found, labels=titled(found.labels))
        value, unit = _value(result, place)
    except (NoSuchPlace, KeyError) as none:
        raise Http404 from none
    return Sheet(reading, definition, place, result, value, unit)


def _value(result: FigureResult, place: Place) -> tuple[Number | None, str]:
    if place.measure:
        return value_at(result, place) if isinstance(result.value, TableValue) else (None, "")
    return (None, "table") if isinstance(result.value, TableValue) else (result.value, result.unit)
