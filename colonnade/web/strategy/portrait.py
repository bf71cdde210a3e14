"""What the registry knows of one part of the strategy: its projects, money, places and needs, by one dimension.

The same sections for a pillar, an area, a theme, a resolution, a group, a programme and an entity, so that they can
be laid side by side. Every number opens the list of its records.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.dimensions import DIMENSIONS
from colonnade.analysis.crosstab.model import Answer, Number, Question, Selection, Subject
from colonnade.analysis.figures.display import display_cell, grouped
from colonnade.web.shared.blocks import Stat
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.selections import answer_table, explore_address, linked, listing_address, title_of

#: How many rows of a table stand on the page; the rest is one click away.
LISTED: Final = 10
_COLUMNS: Final = ("project", "title", "entity", "status", "ends_on", "budget_usd")


@dataclass(frozen=True, slots=True)
class Part:
    """A table of a portrait, and where all of it is where the page shows its largest rows only."""

    table: TableView
    more: str = ""


@dataclass(frozen=True, slots=True)
class Portrait:
    """The sections. ``needs`` is ``None`` where the part has none to show, ``withheld`` where that says nothing."""

    stats: tuple[Stat, ...]
    parts: tuple[Part, ...]
    projects: TableView
    every_project: str
    needs: Part | None
    withheld: bool

    @property
    def is_empty(self) -> bool:
        return not self.projects.rows and self.needs is None


def portrait(reading: Reading, dimension: str, code: str, inventory: str) -> Portrait:
    """The portrait of what the code of ``dimension`` (of projects) stands for."""
    chosen = Selection(Subject.PROJECTS, inventory).where(dimension, code)
    active = chosen.where("active", "yes")
    entities = reading.ask(Question(chosen, "projects", "entity"))
    places = reading.ask(Question(chosen, "projects", "country"))
    divided = "status" if dimension == "pillar" else "pillar"
    columns = "" if dimension == "pillar" else "status"
    parts = [_whole(reading, Question(chosen, "projects", divided, columns), _("How far the projects are"))]
    if dimension != "entity":
        parts.append(_largest(reading, entities, _("Who carries them out")))
    if dimension != "theme":
        parts.append(_whole(reading, Question(chosen, "projects", "theme"), _("What they are about")))
    parts.append(_largest(reading, places, _("Where they are")))
    needs = _needs(reading, dimension, code)
    return Portrait(
        stats=_stats(reading, chosen, active, entities, places, counts_entities=dimension != "entity"),
        parts=tuple(part for part in parts if part.table.rows and _says_something(part)),
        projects=_projects(reading, chosen),
        every_project=listing_address(chosen, reading),
        needs=needs,
        withheld=needs is None
        and dimension in DIMENSIONS[Subject.NEEDS]
        and not reading.reader.viewer.inside_the_compact,
    )


def page_of(dimension: str, code: str) -> str:
    """The page of a code, empty where its dimension has none."""
    return record_address(dimension, code)


def _stats(
    reading: Reading,
    chosen: Selection,
    active: Selection,
    entities: Answer,
    places: Answer,
    *,
    counts_entities: bool,
) -> tuple[Stat, ...]:
    number = reading.totals(chosen, "projects")["projects"]
    money = reading.totals(active, "projects", "budget", "funding", "shortfall")
    found = [
        Stat(
            _("Projects"),
            linked(reading, chosen, "projects", number),
            _("are active"),
            linked(reading, active, "projects", money["projects"]),
        ),
        Stat(
            _("Budget of active projects"),
            linked(reading, active, "budget", money["budget"]),
            _("received"),
            linked(reading, active, "funding", money["funding"]),
        ),
        Stat(_("Shortfall"), linked(reading, active, "shortfall", money["shortfall"])),
        Stat(_("States named"), _values(reading, places)),
    ]
    if counts_entities:
        found.insert(3, Stat(_("Lead entities"), _values(reading, entities)))
    return tuple(found)


def _values(reading: Reading, answer: Answer) -> LinkedNumber:
    """How many values there are, leading to the table of them."""
    count = sum(code is not None for code in answer.row_codes)
    return LinkedNumber(grouped(count), explore_address(answer.question, reading) if count else "")


def _whole(reading: Reading, question: Question, caption: str) -> Part:
    answer = reading.ask(question)
    table = answer_table(reading, answer, caption=caption, row_link=lambda code: page_of(question.rows, code))
    return Part(table, explore_address(question, reading))


def _largest(reading: Reading, answer: Answer, caption: str) -> Part:
    """The rows with most, what was not reported last."""
    order = sorted(answer.row_codes, key=lambda code: (code is None, -(answer.row_totals.get(code) or 0)))
    shown = tuple(order[:LISTED])
    rows = answer.question.rows
    note = ""
    if len(order) > len(shown):
        note = _("The %(shown)s largest of %(all)s rows.") % {"shown": len(shown), "all": len(order)}
    table = answer_table(
        reading, replace(answer, row_codes=shown), caption=caption, row_link=lambda code: page_of(rows, code), note=note
    )
    return Part(table, explore_address(answer.question, reading) + "&order=size")


def _says_something(part: Part) -> bool:
    """A table whose only row is what nobody reported says nothing."""
    return len(part.table.rows) > 1 or part.table.rows[0][0].text != _("Not reported")


def _needs(reading: Reading, dimension: str, code: str) -> Part | None:
    if dimension not in DIMENSIONS[Subject.NEEDS]:
        return None
    question = Question(Selection(Subject.NEEDS).where(dimension, code), "needs", "country", "coverage")
    answer = reading.ask(question)
    return _largest(reading, answer, _("Needs by State and coverage")) if answer.base else None


def _projects(reading: Reading, chosen: Selection) -> TableView:
    """The projects with the largest budgets."""
    found = reading.listing(chosen, _COLUMNS, sort="-budget_usd", limit=LISTED)
    records = (dict(zip(found.columns, row, strict=True)) for row in found.rows)
    rows = tuple(_project(reading, record, chosen.inventory) for record in records)
    heads = (_("Project"), _("Lead entity"), _("Status"), _("Ends on"), _("Budget (US dollars)"))
    return TableView(
        _("The projects with the largest budgets"),
        tuple(HeaderView(title, place == len(heads) - 1) for place, title in enumerate(heads)),
        rows,
        note=_("%(shown)s of %(all)s projects.") % {"shown": len(rows), "all": grouped(found.total)}
        if found.total > len(rows)
        else "",
    )


def _project(reading: Reading, record: dict[str, object], inventory: str) -> tuple[CellView, ...]:
    ends, budget = record["ends_on"], record["budget_usd"]
    return (
        CellView(str(record["title"]), record_address(PROJECT, str(record["project"])), header=True),
        CellView(
            title_of(reading, Subject.PROJECTS, "entity", str(record["entity"]), inventory),
            page_of("entity", str(record["entity"])),
        ),
        CellView(title_of(reading, Subject.PROJECTS, "status", str(record["status"]))),
        CellView(short_day(ends) if isinstance(ends, date) else "–"),
        CellView(display_cell(budget if isinstance(budget, Number) else None, "USD"), numeric=True),
    )
