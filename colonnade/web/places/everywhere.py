"""The States side by side: what stands in each, by region, each region counted once. Cross-tables in, rows out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from colonnade.analysis.crosstab.model import EXCEPT, NOT_REPORTED, Answer, Number, Question, Selection, Subject
from colonnade.portfolio.models import Scope
from colonnade.web.places.atlas import Atlas, State
from colonnade.web.places.place import COUNTRY, REGION, unanswered
from colonnade.web.shared.reading import Reading

NATIONAL, NAMING, NEEDS, UNMET, EVENTS = "national", "naming", "needs", "unmet", "events"
PROJECTS, BUDGET = "projects", "budget"
#: In place of a State's code: any State.
ANY: Final = EXCEPT + NOT_REPORTED


@dataclass(frozen=True, slots=True)
class Columns:
    """The selection that each column counts, before a State is chosen, and its measure. Needs only where shown."""

    selections: Mapping[str, Selection]
    measures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A State with its numbers by column. A number that its reader may not see is ``None``; nothing is 0."""

    state: State
    numbers: Mapping[str, Number | None]

    @property
    def has_anything(self) -> bool:
        return any(self.numbers.values())


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region, its own numbers (each record once), and its States by name."""

    code: str
    name: str
    numbers: Mapping[str, Number | None]
    rows: tuple[Row, ...]
    has_anything: bool


@dataclass(frozen=True, slots=True)
class Everywhere:
    """All States, by region. ``total`` counts each record that names any State once.

    ``only_fictional`` says that projects stand in fictional States alone.
    """

    columns: Columns
    regions: tuple[RegionRow, ...]
    total: Mapping[str, Number | None] = field(default_factory=dict)
    needs_shown: bool = True
    only_fictional: bool = False

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for region in self.regions for row in region.rows)


def columns_over(inventory: str, *, active: bool, needs: bool) -> Columns:
    """What the columns count in ``inventory``: every project, or active ones only."""
    projects = Selection(Subject.PROJECTS, inventory)
    if active:
        projects = projects.where("active", "yes")
    selections = {
        PROJECTS: projects,
        NATIONAL: projects.where("scope", Scope.NATIONAL),
        NAMING: projects.where("scope", EXCEPT + Scope.NATIONAL),
        EVENTS: Selection(Subject.EVENTS),
        BUDGET: projects,
    }
    if needs:
        selections |= {NEEDS: Selection(Subject.NEEDS), UNMET: unanswered(Selection(Subject.NEEDS))}
    subjects = {NEEDS: "needs", UNMET: "needs", EVENTS: "events", BUDGET: "budget"}
    return Columns(selections, {name: subjects.get(name, "projects") for name in selections})


def everywhere(reading: Reading, atlas: Atlas, inventory: str, *, active: bool = False) -> Everywhere:
    """Every State that is listed, and every other area in which something stands."""
    needs = needs_are_shown(reading)
    columns = columns_over(inventory, active=active, needs=needs)
    answers = {name: _ask(reading, columns, name, COUNTRY) for name in columns.selections}
    by_region = {name: _ask(reading, columns, name, REGION) for name in columns.selections}
    rows = [
        row
        for state in atlas.states.values()
        if (row := Row(state, _numbers(reading, answers, state.code))).has_anything or state.is_listed
    ]
    reached = [row.state for row in rows if row.numbers[PROJECTS]]
    only_fictional = bool(reached) and all(state.is_fictional for state in reached)
    regions = []
    for region in atlas.regions.values():
        own = tuple(row for row in rows if row.state.region == region.code)
        if own:
            numbers = _numbers(reading, by_region, region.code, of_state=False)
            regions.append(RegionRow(region.code, region.name, numbers, own, any(row.has_anything for row in own)))
    if only_fictional:
        regions.sort(key=lambda region: not atlas.regions[region.code].fictional)
    total = {
        name: reading.total(selection.where(COUNTRY, ANY), columns.measures[name])
        for name, selection in columns.selections.items()
    }
    return Everywhere(columns, tuple(regions), total, needs, only_fictional)


def needs_are_shown(reading: Reading) -> bool:
    """Whether the reader sees needs at all: inside the circle, of a State of their own, or released ones."""
    viewer = reading.reader.viewer
    if viewer.inside_the_compact or viewer.country_codes:
        return True
    return bool(reading.total(Selection(Subject.NEEDS), "needs"))


def needs_are_released(reading: Reading, state: str) -> bool:
    """Whether a nought of this State's needs would say something: the reader sees those that there are."""
    viewer = reading.reader.viewer
    if viewer.inside_the_compact or state in viewer.country_codes:
        return True
    return bool(reading.total(Selection(Subject.NEEDS).where(COUNTRY, state), "needs"))


def _ask(reading: Reading, columns: Columns, name: str, dimension: str) -> Answer:
    return reading.ask(Question(columns.selections[name], columns.measures[name], dimension))


def _numbers(
    reading: Reading, answers: Mapping[str, Answer], code: str, *, of_state: bool = True
) -> dict[str, Number | None]:
    viewer = reading.reader.viewer
    hidden = not viewer.inside_the_compact
    numbers: dict[str, Number | None] = {}
    for name, answer in answers.items():
        value = answer.row_totals.get(code)
        withheld = name in (NEEDS, UNMET) and hidden and answers[NEEDS].row_totals.get(code) is None
        numbers[name] = None if withheld and not (of_state and code in viewer.country_codes) else value or 0
    return numbers
