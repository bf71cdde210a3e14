"""The strategy at one look: its parts in the strategy's order, each with its projects, its money and its needs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.dimensions import DIMENSIONS
from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.analysis.figures.display import display_cell
from colonnade.portfolio.models import Programme
from colonnade.strategy.models import Instrument, Mandate
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.selections import listing_address


@dataclass(frozen=True, slots=True)
class Section:
    """Parts of one kind. ``name`` is the anchor."""

    name: str
    title: str
    table: TableView


def sections(reading: Reading, inventory: str) -> list[Section]:
    """Every kind of part that the pack has."""
    kinds: tuple[tuple[str, str, Iterable[tuple[str, str, str]]], ...] = (
        ("pillar", _("Pillars"), ((code, title, code) for code, title, _said in _labelled(reading, "pillar"))),
        ("theme", _("Thematic priorities"), _labelled(reading, "theme")),
        ("area", _("Areas of the plan of action"), _labelled(reading, "area")),
        ("working_group", _("Working groups"), _labelled(reading, "working_group")),
        ("programme", _("Programmes"), ((row.code, row.title, "") for row in Programme.objects.all())),
        ("mandate", _("Resolutions"), ((row.code, row.subject, row.code) for row in Mandate.objects.all())),
    )
    found = [Section(name, title, _table(reading, inventory, name, title, list(rows))) for name, title, rows in kinds]
    found.append(Section("instrument", _("Legal instruments"), _instruments()))
    return [section for section in found if section.table.rows]


def _labelled(reading: Reading, dimension: str) -> list[tuple[str, str, str]]:
    """Codes and titles of a dimension, in the strategy's order."""
    titles = reading.labels.get(dimension, {})
    return [(code, titles[code], "") for code in sorted(titles, key=lambda code: reading.order[dimension, code])]


def _table(
    reading: Reading, inventory: str, dimension: str, title: str, terms: list[tuple[str, str, str]]
) -> TableView:
    projects = Selection(Subject.PROJECTS, inventory)
    active, needs = projects.where("active", "yes"), Selection(Subject.NEEDS)
    columns = [(_("Projects"), projects, "projects"), (_("Budget of active projects (US dollars)"), active, "budget")]
    if dimension in DIMENSIONS[Subject.NEEDS] and reading.total(needs, "needs"):
        columns.append((_("Needs"), needs, "needs"))
    answers = [(reading.ask(Question(chosen, measure, dimension)), chosen) for _title, chosen, measure in columns]
    rows = []
    for code, name, said in terms:
        cells = [CellView(name, record_address(dimension, code), header=True, aside=said)]
        for answer, chosen in answers:
            value = answer.row_totals.get(code)
            if value is None and answer.unit == "count":
                cells.append(CellView("0", numeric=True))
            else:
                address = listing_address(chosen.where(dimension, code), reading) if value is not None else ""
                cells.append(CellView(display_cell(value, answer.unit), address, numeric=True))
        rows.append(tuple(cells))
    heads = [HeaderView(title), *(HeaderView(head, True) for head, _chosen, _measure in columns)]
    return TableView(title, tuple(heads), tuple(rows))


def _instruments() -> TableView:
    rows = tuple(
        (
            CellView(row.title, reverse("instrument", args=[row.number]), header=True),
            CellView(row.topic),
            CellView(str(row.year), numeric=True),
        )
        for row in Instrument.objects.all()
    )
    heads = (HeaderView(_("Legal instruments")), HeaderView(_("Topic")), HeaderView(_("Year"), True))
    return TableView(_("Legal instruments"), heads, rows)
