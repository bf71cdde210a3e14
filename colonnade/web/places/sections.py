"""What the page of a State or a region is made of: headline numbers, tables, lists. Every number leads to its records.

The brief of a State is made from the same sections, so that it and the page cannot differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.model import Answer, Number, Question, Selection
from colonnade.analysis.figures.display import display_cell, grouped
from colonnade.portfolio.models import Scope
from colonnade.web.places.place import COUNTRY, Place
from colonnade.web.shared.blocks import Stat
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.selections import answer_table, linked, listing_address, title_of, total_over

MONEY: Final = ("budget", "funding", "shortfall")
#: How many rows a page lists; the rest is one click away.
LISTED: Final = 12
#: How many entities the first screen names.
NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Counted:
    """A way of standing in a place: which projects, how many of them, how many active, with what budget."""

    title: str
    selection: Selection
    projects: Number
    active: Number
    budget: Number | None


@dataclass(frozen=True, slots=True)
class AtWork:
    """An entity with its active projects there: under which pillars they stand, and their money."""

    entity: str
    name: str
    pillars: tuple[str, ...]
    projects: Number
    money: tuple[Number | None, ...]
    selection: Selection


@dataclass(frozen=True, slots=True)
class Listed:
    """The first records of a selection, and how many there are."""

    selection: Selection
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    def records(self) -> Iterator[dict[str, object]]:
        """Each record by column."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


def how_they_count(reading: Reading, place: Place) -> tuple[list[Counted], Counted]:
    """The projects that name the place by scope, and all of them."""
    number = reading.ask(Question(place.projects, "projects", "scope", "active"))
    budget = reading.ask(Question(place.projects, "budget", "scope"))
    titles = {
        Scope.NATIONAL.value: _("National"),
        Scope.REGIONAL.value: _("Regional, and name it"),
        Scope.GLOBAL.value: _("Global, and name it"),
        None: _("Scope not reported, and name it"),
    }
    rows = [
        Counted(
            title,
            place.of_scope(scope),
            number.row_totals[scope] or 0,
            number.cells.get((scope, "yes")) or 0,
            budget.row_totals.get(scope),
        )
        for scope, title in titles.items()
        if scope in number.row_totals
    ]
    active = number.column_totals.get("yes") or 0
    return rows, Counted(_("All that name it"), place.projects, number.total or 0, active, budget.total)


def not_counted(reading: Reading, place: Place) -> list[Counted]:
    """What stands outside the rule, though it may reach the place."""
    if place.dimension == COUNTRY:
        left_out = [
            (_("Regional, of a region that it lies in, without naming a State"), place.regional_at_large),
            (_("Regional, naming other States of its region"), place.regional_elsewhere),
            (_("Global, naming no State"), place.global_at_large),
        ]
    else:
        left_out = [
            (_("Regional, naming only a wider region"), place.regional_at_large),
            (_("Global, naming no State and no region in it"), place.global_at_large),
        ]
    return [_counted(reading, title, selection) for title, selection in left_out if selection is not None]


def _counted(reading: Reading, title: str, selection: Selection) -> Counted:
    whole = reading.totals(selection, "projects", "budget")
    active = reading.total(selection.where("active", "yes"), "projects")
    return Counted(title, selection, whole["projects"] or 0, active or 0, whole["budget"])


def counting_table(
    reading: Reading, caption: str, rows: list[Counted], total: Counted | None = None, note: str = ""
) -> TableView:
    """Ways of standing in a place as a table, each number leading to its list."""

    def cells(row: Counted) -> tuple[CellView, ...]:
        address = listing_address(row.selection, reading)
        active = listing_address(row.selection.where("active", "yes"), reading)
        return (
            CellView(row.title, header=True),
            number_cell(row.projects, "count", address),
            number_cell(row.active, "count", active),
            number_cell(row.budget, "USD", address),
        )

    head = (_("Scope"), _("Projects"), _("Active"), _("Budget (US dollars)"))
    return TableView(
        caption,
        tuple(HeaderView(title, place > 0) for place, title in enumerate(head)),
        tuple(cells(row) for row in rows),
        cells(total) if total else (),
        note,
    )


def at_work(reading: Reading, place: Place) -> list[AtWork]:
    """The entities that lead active projects there, those with most of them first, then those with most money."""
    by_entity = Question(place.active, "projects", "entity", "pillar")
    pillars, *money = reading.ask_all(by_entity, "projects", *MONEY)
    found = [
        AtWork(
            entity=code,
            name=title_of(reading, place.active.subject, "entity", code),
            pillars=tuple(found for found in pillars.column_codes if found and (code, found) in pillars.cells),
            projects=pillars.row_totals[code] or 0,
            money=tuple(answer.row_totals.get(code) for answer in money),
            selection=place.active.where("entity", code),
        )
        for code in pillars.row_codes
        if code is not None
    ]
    return sorted(found, key=lambda row: (-row.projects, -(row.money[0] or 0)))


def at_work_table(reading: Reading, rows: list[AtWork], place: Place, caption: str) -> TableView:
    """Entities, the pillars that they work under, and their money."""
    totals = reading.totals(place.active, "projects", *MONEY)
    lines = []
    for row in rows:
        address = listing_address(row.selection, reading)
        lines.append(
            (
                CellView(row.name, record_address("entity", row.entity), header=True),
                CellView(", ".join(row.pillars) or "–"),
                number_cell(row.projects, "count", address),
                *(number_cell(value, "USD", address) for value in row.money),
            )
        )
    address = listing_address(place.active, reading)
    total = (
        CellView(_("All"), header=True),
        CellView(""),
        number_cell(totals["projects"], "count", address),
        *(number_cell(totals[measure], "USD", address) for measure in MONEY),
    )
    head = (_("Lead entity"), _("Pillars"), _("Active projects"), *_money_heads())
    return TableView(
        caption,
        tuple(HeaderView(title, place > 1) for place, title in enumerate(head)),
        tuple(lines),
        total if lines else (),
        _("Amounts are whole US dollars."),
    )


def money_by_pillar(reading: Reading, place: Place, caption: str) -> TableView:
    """Active projects and their money, a row a pillar."""
    asked = ("projects", *MONEY)
    answers = reading.ask_all(Question(place.active, "projects", "pillar"), *asked)
    units = ("count", "USD", "USD", "USD")
    rows = []
    for code in answers[0].row_codes:
        address = listing_address(place.active.where("pillar", code), reading)
        title = title_of(reading, place.active.subject, "pillar", code)
        rows.append(
            (
                CellView(f"{code}. {title}" if code else title, header=True),
                *(
                    number_cell(answer.row_totals.get(code), unit, address)
                    for answer, unit in zip(answers, units, strict=True)
                ),
            )
        )
    address = listing_address(place.active, reading)
    total = (
        CellView(_("All"), header=True),
        *(number_cell(answer.total, unit, address) for answer, unit in zip(answers, units, strict=True)),
    )
    head = (_("Pillar"), _("Active projects"), *_money_heads())
    return TableView(
        caption,
        tuple(HeaderView(title, place > 0) for place, title in enumerate(head)),
        tuple(rows),
        total if rows else (),
        _money_note(answers[1]),
    )


def by_pillar_and_status(reading: Reading, place: Place, caption: str) -> TableView:
    """Every project that names the place, by pillar and status."""
    answer = pillars_and_statuses(reading, place)
    table = answer_table(reading, answer, caption=caption)
    rows = tuple(
        (replace(first, text=f"{code}. {first.text}") if code else first, *numbers)
        for code, (first, *numbers) in zip(answer.row_codes, table.rows, strict=True)
    )
    return replace(table, rows=rows)


def pillars_and_statuses(reading: Reading, place: Place) -> Answer:
    return reading.ask(Question(place.projects, "projects", "pillar", "status"))


def needs_by_theme(reading: Reading, place: Place) -> Answer:
    """Its needs by thematic priority, and by how far responses cover them."""
    return reading.ask(Question(place.needs, "needs", "theme", "coverage"))


def listed(reading: Reading, selection: Selection, columns: tuple[str, ...], sort: str, limit: int = LISTED) -> Listed:
    """The first records of a selection."""
    found = reading.listing(selection, columns, sort=sort, limit=limit)
    return Listed(selection, columns, found.rows, found.total)


def headlines(reading: Reading, place: Place, start: date, until: date, *, needs: bool) -> list[Stat]:
    """The first screen: how much is done now, by how many, with what money, what is needed, what ends."""
    leading = reading.ask(Question(place.active, "projects", "entity")).row_totals
    # Those that lead as many stand by their codes: the order of the rows may rest on what the reader does not see.
    entities = sorted(leading, key=lambda code: (-(leading[code] or 0), code or ""))
    stats = [
        Stat(
            _("Active projects"),
            total_over(reading, place.active, "projects"),
            _("of all that name it"),
            total_over(reading, place.projects, "projects"),
        ),
        Stat(
            _("Entities leading them"),
            LinkedNumber(grouped(len(entities)), "#at-work" if entities else ""),
            _named(reading, place, entities),
        ),
        Stat(
            _("Their budget"),
            total_over(reading, place.active, "budget"),
            _("not yet funded"),
            total_over(reading, place.active, "shortfall"),
        ),
    ]
    if needs:
        stats.append(
            Stat(
                _("Needs"),
                total_over(reading, place.needs, "needs"),
                _("open and without a response"),
                total_over(reading, place.open_unmet, "needs"),
            )
        )
    else:
        stats.append(Stat(_("Needs"), LinkedNumber(_("Not released"))))
    ending = place.ending(start, until)
    stats.append(
        Stat(
            _("End within twelve months"),
            total_over(reading, ending, "projects"),
            _("by %(day)s") % {"day": date_format(until, "j F Y")},
        )
    )
    events = reading.totals(place.events, "events", "participants")
    stats.append(
        Stat(
            _("Events"),
            linked(reading, place.events, "events", events["events"]),
            _("participants"),
            linked(reading, place.events, "participants", events["participants"] or 0),
        )
    )
    return stats


def _named(reading: Reading, place: Place, entities: list[str | None]) -> str:
    """The first few entities by name."""
    names = [title_of(reading, place.active.subject, "entity", code) for code in entities[:NAMED]]
    return ", ".join(names) + ("\u00a0…" if len(entities) > NAMED else "")


def number_cell(value: Number | None, unit: str, address: str) -> CellView:
    """A number that leads to its records; nothing reported and nought lead nowhere."""
    return CellView(display_cell(value, unit), address if value else "", numeric=True)


def a_year_after(day: date) -> date:
    """The same day of the next year; of a leap day the day before it."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def sum_of(rows: list[Counted]) -> tuple[Number, Decimal]:
    """How many projects ways that exclude one another make, and their budget."""
    return sum(row.projects for row in rows), sum((Decimal(row.budget or 0) for row in rows), Decimal(0))


def _money_heads() -> tuple[str, ...]:
    return (_("Budget"), _("Funding received"), _("Shortfall"))


def _money_note(budget: Answer) -> str:
    note = _("Amounts are whole US dollars.")
    if budget.unreported:
        note += " " + _("%(count)s of the projects report no budget.") % {"count": grouped(budget.unreported)}
    return note
