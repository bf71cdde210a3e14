"""The entities side by side: what each leads, takes part in, has and lacks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.model import Number, Question, Selection, Subject
from colonnade.analysis.figures.display import display_cell
from colonnade.members.models import Entity
from colonnade.members.successions import Name, ended_by, names_on
from colonnade.web.shared.numbers import CellView, TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.selections import listing_address
from colonnade.web.shared.separated import Field
from colonnade.web.shared.sorting import DESCENDING, SORT, sorted_head

ROLE: Final = "role"
TEXT: Final = "q"
NAME: Final = "name"
#: The order until somebody chooses: who leads most comes first.
DEFAULT: Final = "-lead"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers: the records it counts for an entity, by which of their dimensions, measured how."""

    name: str
    selection: Selection
    dimension: str
    measure: str
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """An entity with its numbers by column; what it was called when they were reported; the day on which it ended."""

    entity: Entity
    numbers: Mapping[str, Number | None]
    called: Name
    ended: date | None = None


def columns_over(inventory: str) -> tuple[Column, ...]:
    """What is counted of each entity."""
    projects = Selection(Subject.PROJECTS, inventory)
    active = projects.where("active", "yes")
    return (
        Column("lead", projects, "entity", "projects", "count"),
        Column("active", active, "entity", "projects", "count"),
        Column("partner", projects, "partner", "projects", "count"),
        Column("budget", active, "entity", "budget", "USD"),
        Column("shortfall", active, "entity", "shortfall", "USD"),
        Column("events", Selection(Subject.EVENTS), "entity", "events", "count"),
    )


def titles() -> dict[str, str]:
    """The heads of the columns."""
    return {
        NAME: _("Entity"),
        ROLE: _("Role"),
        "lead": _("Projects it leads"),
        "active": _("of which active"),
        "partner": _("Projects it takes part in"),
        "budget": _("Budget of active projects (US dollars)"),
        "shortfall": _("Shortfall (US dollars)"),
        "events": _("Events"),
    }


def rows_of(reading: Reading, inventory: str, query: QueryDict) -> list[Row]:
    """The entities that the address asks for, in its order. Raises nothing: an order that there is not is the first."""
    columns = columns_over(inventory)
    answers = [
        (column, reading.ask(Question(column.selection, column.measure, column.dimension))) for column in columns
    ]
    words = query.get(TEXT, "").casefold().split()
    role = query.get(ROLE, "")
    as_of = row.as_of if (row := reading.inventory(inventory)) else None
    then, ended = names_on(as_of) if as_of else {}, ended_by(timezone.localdate())
    found = []
    for entity in Entity.objects.prefetch_related("former_names"):
        former = " ".join(f"{name.abbreviation} {name.name}" for name in entity.former_names.all())
        said = f"{entity.abbreviation} {entity.name} {entity.code} {former}".casefold()
        if (role and entity.role != role) or not all(word in said for word in words):
            continue
        numbers = {
            column.name: answer.row_totals.get(entity.code, 0 if column.unit == "count" else None)
            for column, answer in answers
        }
        called = then.get(entity.code, Name(entity.abbreviation, entity.name))
        found.append(Row(entity, numbers, called, ended.get(entity.code)))
    return _sorted(found, query.get(SORT) or DEFAULT)


def table_rows(rows: list[Row]) -> Iterator[list[Field]]:
    """The rows as a file has them."""
    for row in rows:
        entity = row.entity
        called = row.called
        yield [entity.code, called.abbreviation, called.name, str(entity.get_role_display()), *row.numbers.values()]


def table_head() -> list[str]:
    """The head of the file."""
    named = titles()
    return [_("Code"), _("Abbreviation"), _("Name"), *(title for name, title in named.items() if name != NAME)]


def directory_table(reading: Reading, inventory: str, query: QueryDict, rows: list[Row]) -> TableView:
    """The rows as the page prints them, every number leading to its records."""
    columns = {column.name: column for column in columns_over(inventory)}
    heads = [
        sorted_head(title, name, query, default=DEFAULT, numeric=name in columns) for name, title in titles().items()
    ]
    return TableView(_("Entities"), tuple(heads), tuple(tuple(_cells(reading, columns, row)) for row in rows))


def _cells(reading: Reading, columns: Mapping[str, Column], row: Row) -> Iterator[CellView]:
    entity, called = row.entity, row.called
    now = _("now %(name)s") % {"name": entity.abbreviation} if called.abbreviation != entity.abbreviation else ""
    ended = _("ended %(day)s") % {"day": date_format(row.ended, "j F Y")} if row.ended else ""
    aside = " · ".join(part for part in (called.name if called.name != called.abbreviation else "", now, ended) if part)
    yield CellView(called.abbreviation, record_address("entity", entity.code), header=True, aside=aside)
    yield CellView(str(entity.get_role_display()))
    for name, value in row.numbers.items():
        column = columns[name]
        address = listing_address(column.selection.where(column.dimension, entity.code), reading) if value else ""
        yield CellView(display_cell(value, column.unit), address, numeric=True)


def _sorted(rows: list[Row], order: str) -> list[Row]:
    name, falling = order.removeprefix(DESCENDING), order.startswith(DESCENDING)
    if name == ROLE:
        return sorted(rows, key=lambda row: str(row.entity.get_role_display()), reverse=falling)
    if name == NAME:
        return sorted(rows, key=lambda row: row.entity.abbreviation.casefold(), reverse=falling)
    if rows and name not in rows[0].numbers:
        return _sorted(rows, DEFAULT)
    known = [row for row in rows if row.numbers[name] is not None]
    known.sort(key=lambda row: row.numbers[name] or 0, reverse=falling)
    return known + [row for row in rows if row.numbers[name] is None]
