"""The records behind a figure as a table: codes by their titles, each row leading to its record's page."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.figures.definition import FigureDefinition
from colonnade.analysis.figures.display import grouped, rounded
from colonnade.analysis.figures.engine import Labels
from colonnade.analysis.figures.records import RecordsPage
from colonnade.analysis.figures.result import Cell, Column, FigureResult, TableValue
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import record_address

#: Titles of columns that are no column of the figure itself.
TITLES = {
    "title": gettext_lazy("Title"),
    "inventory": gettext_lazy("Inventory"),
    "entity": gettext_lazy("Entity"),
    "pillar": gettext_lazy("Pillar"),
    "theme": gettext_lazy("Thematic priority"),
    "area": gettext_lazy("Area"),
    "country": gettext_lazy("State"),
    "region": gettext_lazy("Region"),
    "scope": gettext_lazy("Scope"),
    "status": gettext_lazy("Status"),
    "active": gettext_lazy("Active"),
    "origin": gettext_lazy("Origin"),
    "currency": gettext_lazy("Currency"),
    "budget": gettext_lazy("Budget, own currency"),
    "funding": gettext_lazy("Funding, own currency"),
    "budget_usd": gettext_lazy("Budget (US dollars)"),
    "funding_usd": gettext_lazy("Funding (US dollars)"),
    "shortfall_usd": gettext_lazy("Shortfall (US dollars)"),
    "surplus_usd": gettext_lazy("Surplus (US dollars)"),
    "amount_usd": gettext_lazy("Amount (US dollars)"),
    "requirement_usd": gettext_lazy("Requirement (US dollars)"),
    "ceiling_usd": gettext_lazy("Ceiling (US dollars)"),
    "in_kind_usd": gettext_lazy("In kind (US dollars)"),
    "gender_marker": gettext_lazy("Gender marker"),
    "priority": gettext_lazy("Priority"),
    "issued_on": gettext_lazy("Issued"),
    "starts_on": gettext_lazy("Begins"),
    "ends_on": gettext_lazy("Ends"),
    "participants": gettext_lazy("Participants"),
    "event_kind": gettext_lazy("Kind"),
    "contributor": gettext_lazy("Contributor"),
    "at_launch": gettext_lazy("At the launch"),
    "in_appeal": gettext_lazy("In the appeal"),
    "city": gettext_lazy("City"),
    "number": gettext_lazy("Number"),
    "year": gettext_lazy("Year"),
    "rank": gettext_lazy("Place in the list"),
    "received_on": gettext_lazy("Received"),
}
#: Columns that say which record a row is; the title stands for them.
_IDENTITY = ("kind", "id")
#: Amounts as reported: the same as in dollars where they were reported in dollars.
_OWN_CURRENCY = ("currency", "budget", "funding")
#: Whole numbers that are no amounts: not grouped, not set to the right.
_PLAIN = frozenset({"year", "in_kind_year", "gender_marker", "number", "rank"})


def records_table(page: RecordsPage, definition: FigureDefinition, labels: Labels, caption: str) -> TableView:
    """A page of records for the table component. The title leads to the record, where it has a page."""
    left_out = {*_IDENTITY, "project", *(_OWN_CURRENCY if _only_dollars(page) else ())}
    shown = [name for name in page.columns if name not in left_out]
    shown.sort(key=lambda name: name != "title")
    numeric = {name: _is_numeric(page, name) for name in shown}
    reads = Reads(definition, labels)
    rows = []
    for row in page.rows:
        fields = dict(zip(page.columns, row, strict=True))
        address = record_address(str(fields["kind"]), str(fields["id"]))
        if not address and fields.get("project"):
            address = record_address("project", str(fields["project"]))
        rows.append(
            tuple(
                CellView(str(fields[name] or fields["id"]), address, header=True)
                if name == "title"
                else CellView(reads.field(name, fields[name]), numeric=numeric[name])
                for name in shown
            )
        )
    header = tuple(HeaderView(reads.title(name), numeric[name]) for name in shown)
    return TableView(caption, header, tuple(rows))


def records_header(page: RecordsPage, definition: FigureDefinition) -> list[str]:
    """The header of a download: the columns' own names, and a title beside every code."""
    header = []
    for name in page.columns:
        header.append(name)
        if _dimension_of(definition, name):
            header.append(f"{name}_title")
    return header


def records_rows(page: RecordsPage, definition: FigureDefinition, labels: Labels) -> Iterator[list[Any]]:
    """The rows of a download: values as the snapshot has them, unrounded."""
    for row in page.rows:
        fields: list[Any] = []
        for name, value in zip(page.columns, row, strict=True):
            fields.append(value)
            if dimension := _dimension_of(definition, name):
                fields.append(labels.get(dimension, {}).get(str(value), "") if value is not None else "")
        yield fields


def figure_rows(definition: FigureDefinition, result: FigureResult) -> tuple[list[str], list[list[Any]]]:
    """A figure itself as the header and rows of a file: codes with their titles, values unrounded."""
    about = ["figure", "version", "unit"]
    if not isinstance(result.value, TableValue):
        return [*about, "value"], [[definition.key, definition.version, result.unit, result.value]]
    columns = result.value.columns
    header = [part for column in columns for part in _named(column)]
    rows = [
        [part for column, cell in zip(columns, row, strict=True) for part in _told(result, column, cell)]
        for row in result.value.rows
    ]
    return header, rows


def _named(column: Column) -> list[str]:
    return [column.name, f"{column.name}_title"] if column.is_dimension else [column.name]


def _told(result: FigureResult, column: Column, cell: Cell) -> list[Any]:
    if not column.is_dimension:
        return [cell]
    return [cell, result.label(column.name, cell) if cell is not None else ""]


class Reads:
    """How fields of records read."""

    def __init__(self, definition: FigureDefinition, labels: Labels) -> None:
        self.columns = {column.name: column for column in definition.dimensions}
        self.labels = labels

    def title(self, name: str) -> str:
        if name in TITLES:
            return str(TITLES[name])
        return _(self.columns[name].title) if name in self.columns else name.replace("_", " ").capitalize()

    def field(self, name: str, value: Any) -> str:
        if value is None:
            return "–"
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, date):
            return short_day(value)
        if isinstance(value, int | Decimal):
            return str(value) if name in _PLAIN else grouped(value, 0 if rounded(value, 2) == rounded(value, 0) else 2)
        column = self.columns.get(name)
        own = dict(column.labels) if column else {}
        dimension = (column.dimension if column else "") or name
        return own.get(str(value)) or self.labels.get(dimension, {}).get(str(value), str(value))


#: Columns of records that hold codes of a dimension with titles in the snapshot.
_CODED = ("entity", "pillar", "theme", "area", "country", "region", "contributor", "status", "scope", "origin")


def _dimension_of(definition: FigureDefinition, name: str) -> str:
    for column in definition.dimensions:
        if column.name == name:
            return column.dimension or name
    return name if name in _CODED else ""


def _only_dollars(page: RecordsPage) -> bool:
    if not set(page.columns).issuperset({"budget_usd", "currency"}):
        return False
    place = page.columns.index("currency")
    return all(row[place] in ("USD", None) for row in page.rows)


def _is_numeric(page: RecordsPage, name: str) -> bool:
    if name in _PLAIN:
        return False
    place = page.columns.index(name)
    met = [row[place] for row in page.rows if row[place] is not None]
    return bool(met) and all(isinstance(value, int | Decimal) and not isinstance(value, bool) for value in met)
