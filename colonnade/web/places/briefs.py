"""The brief of a State for one reader: the page's own sections as facts, made into a file once a snapshot.

A brief is in English whatever the reader's language, and says nothing that the page would not say to the same reader:
both are counted over the partitions that the reader may open.
"""

from datetime import date
from typing import Final

from django.utils import translation

from colonnade.analysis.crosstab.model import Answer, Number, Subject
from colonnade.analysis.figures.display import display_cell, grouped, money
from colonnade.audit.records import Provenance
from colonnade.reporting.briefs import BriefTable, StateFacts, compose_state_brief
from colonnade.reporting.build import Inventory
from colonnade.reporting.wording import date_in_english
from colonnade.strategy.models import Strategy
from colonnade.web.places import sections
from colonnade.web.places.atlas import Atlas, State
from colonnade.web.places.events import events_of
from colonnade.web.places.page import ENDING, needs_released
from colonnade.web.places.place import Place, state_place
from colonnade.web.shared.audiences import own_audience, reader_for
from colonnade.web.shared.documents import RENDER
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.selections import title_of

#: No table of a brief has more rows, however few the others have.
_ROWS: Final = 40
PUBLIC_AUDIENCE: Final = "public"
_PROJECT: Final = ("title", "entity", "pillar", "status", "ends_on", "budget_usd")
_files: Final[Kept[bytes]] = Kept(64)

RULES: Final = (
    "A project counts for a State that it names as a place, whatever its scope, once. It is active unless it is "
    "completed or cancelled.",
    "A project's whole budget stands in every State that it names: budgets of States do not add up to a region's.",
    "Shortfall: of an active project, the budget less the funding received, never below zero. Amounts are in United "
    "States dollars.",
)
_COVERAGE: Final = (
    "Needs are recommendations of assessments. Met and partly met: a verified response; contested and claimed: a "
    "response that is disputed or not verified yet; unmet: none."
)
_LIMITED: Final = (
    "Records that are shared more narrowly than with the reader of this brief are left out, so that numbers can be "
    "lower than those of others."
)


def brief_file(reading: Reading, atlas: Atlas, code: str, inventory: Inventory, kind: str, address: str) -> bytes:
    """The brief as the bytes of a ``docx`` or ``pdf``, kept by snapshot and by what the reader may open.

    Readers who open the same partitions share one: ``label`` says who they are in its text, so that it is in the key.
    """
    with translation.override("en"):
        label = reader_for(reading.reader.viewer, reading.reader.asked).label
        key = (reading.place, inventory.key, code, kind, label, address)

        def make() -> bytes:
            return RENDER[kind](compose_state_brief(state_facts(reading, atlas, code, inventory, label, address)))

        return _files.get(key, make)


def is_public(reading: Reading) -> bool:
    """Whether the brief says no more than what everybody may read."""
    return PUBLIC_AUDIENCE in (reading.reader.asked, own_audience(reading.reader.viewer))


def state_facts(
    reading: Reading, atlas: Atlas, code: str, inventory: Inventory, label: str, address: str
) -> StateFacts:
    """What the brief says of the State ``code``."""
    state, place = atlas.states[code], state_place(atlas, code, inventory.key)
    strategy = Strategy.objects.get()
    day = inventory.as_of or reading.created_at.date()
    until = sections.a_year_after(day)
    released = needs_released(reading, place)
    at_work = sections.at_work(reading, place)
    pillars = sections.pillars_and_statuses(reading, place)
    illustrative = state.is_fictional or inventory.provenance == Provenance.ILLUSTRATIVE
    return StateFacts(
        code=code,
        name=state.english,
        region=atlas.regions[state.region].name,
        strategy=strategy.short_title,
        symbol=strategy.document_symbol,
        inventory=inventory.title,
        as_of=date_in_english(day),
        until=date_in_english(until),
        audience=label,
        circle="" if is_public(reading) else label,
        snapshot=reading.snapshot_id,
        address=address,
        notice=strategy.illustrative_notice if illustrative else "",
        headlines=_headlines(reading, place, len(at_work), day, until, released=released),
        places=_places(reading, place),
        pillars=_crossed(reading, pillars, "Pillar", coded=True),
        needs=_crossed(reading, sections.needs_by_theme(reading, place), "Thematic priority")
        if released
        else BriefTable((), (), (), 0),
        needs_released=released,
        entities=_entities(at_work),
        projects=_projects(reading, place),
        ending=_ending(reading, place, day, until),
        events=_events(reading, place, day),
        rules=_rules(reading, released=released),
        sources=_sources(reading, state, inventory, address),
    )


def _headlines(
    reading: Reading, place: Place, entities: int, day: date, until: date, *, released: bool
) -> tuple[tuple[str, str], ...]:
    active = reading.totals(place.active, "projects", "budget", "shortfall")
    needs = (
        (
            ("Needs", _number(reading.total(place.needs, "needs"))),
            ("Open and without a response", _number(reading.total(place.open_unmet, "needs"))),
        )
        if released
        else (("Needs", "Not released"),)
    )
    return (
        ("Active projects", _number(active["projects"])),
        ("Entities leading them", _number(entities)),
        ("Their budget", _amount(active["budget"])),
        ("Not yet funded", _amount(active["shortfall"])),
        *needs,
        ("End in 12 months", _number(reading.total(place.ending(day, until), "projects"))),
    )


def _places(reading: Reading, place: Place) -> BriefTable:
    rows, whole = sections.how_they_count(reading, place)
    outside = sections.not_counted(reading, place)
    if not whole.projects:
        rows = []
    left_out = "; ".join(f"{row.title[0].lower()}{row.title[1:]}: {grouped(row.projects)}" for row in outside)
    return BriefTable(
        header=("Projects that name this State", "Projects", "Active", "Budget"),
        numeric=(False, True, True, True),
        rows=tuple(_counted(row) for row in rows),
        total=len(rows),
        totals=_counted(whole) if rows else (),
        note=f"Not counted, since nobody has said that they reach it: {left_out}.",
    )


def _counted(row: sections.Counted) -> tuple[str, ...]:
    return row.title, grouped(row.projects), grouped(row.active), display_cell(row.budget, "USD")


def _crossed(reading: Reading, answer: Answer, head: str, *, coded: bool = False) -> BriefTable:
    """A cross-table of counts: rows by columns with totals. ``coded`` prints the codes of rows before their titles."""
    question = answer.question
    subject = question.selection.subject
    rows = tuple(
        (
            (f"{code}. " if coded and code else "") + title_of(reading, subject, question.rows, code),
            *(_number(answer.cells.get((code, column)) or 0) for column in answer.column_codes),
            _number(answer.row_totals.get(code)),
        )
        for code in answer.row_codes
    )
    columns = tuple(title_of(reading, subject, question.columns, code) for code in answer.column_codes)
    totals = ("Total", *(_number(answer.column_totals.get(code)) for code in answer.column_codes))
    return BriefTable(
        header=(head, *columns, "All"),
        numeric=(False, *(True for _column in columns), True),
        rows=rows,
        total=len(rows),
        totals=(*totals, _number(answer.total)) if rows else (),
    )


def _entities(at_work: list[sections.AtWork]) -> BriefTable:
    return BriefTable(
        header=("Lead", "Pillars", "Active projects", "Budget", "Shortfall"),
        numeric=(False, False, True, True, True),
        rows=tuple(
            (
                row.name,
                ", ".join(row.pillars),
                grouped(row.projects),
                display_cell(row.money[0], "USD"),
                display_cell(row.money[2], "USD"),
            )
            for row in at_work[:_ROWS]
        ),
        total=len(at_work),
    )


def _projects(reading: Reading, place: Place) -> BriefTable:
    found = sections.listed(reading, place.active, _PROJECT, "-budget_usd", _ROWS)
    return BriefTable(
        header=("Project", "Lead", "Pillar", "Status", "Budget"),
        numeric=(False, False, False, False, True),
        rows=tuple(
            (
                str(record["title"]),
                _title(reading, place, "entity", record["entity"]),
                str(record["pillar"] or "–"),
                _title(reading, place, "status", record["status"]),
                _cell(record["budget_usd"]),
            )
            for record in found.records()
        ),
        total=found.total,
    )


def _ending(reading: Reading, place: Place, day: date, until: date) -> BriefTable:
    found = sections.listed(reading, place.ending(day, until), ENDING, "ends_on", _ROWS)
    return BriefTable(
        header=("Project", "Lead", "Ends on"),
        numeric=(False, False, False),
        rows=tuple(
            (str(record["title"]), _title(reading, place, "entity", record["entity"]), _on(record["ends_on"]))
            for record in found.records()
        ),
        total=found.total,
    )


def _events(reading: Reading, place: Place, day: date) -> BriefTable:
    """Events to come, then past ones."""
    events = events_of(reading, place, day, _ROWS)
    records = [*events.coming.records(), *events.past.records()][:_ROWS]
    total = events.coming.total + events.past.total
    note = f"{grouped(events.coming.total)} to come; {grouped(events.past.total)} past, with"
    return BriefTable(
        header=("Event", "Organizer", "When", "Participants"),
        numeric=(False, False, False, True),
        rows=tuple(
            (
                ", ".join(str(part) for part in (record["title"], record["city"]) if part),
                title_of(
                    reading, Subject.EVENTS, "entity", None if record["entity"] is None else str(record["entity"])
                ),
                _on(record["starts_on"]),
                display_cell(_value(record["participants"]), "count"),
            )
            for record in records
        ),
        total=total,
        note=f"{note} {grouped(events.participants)} participants.",
    )


def _rules(reading: Reading, *, released: bool) -> tuple[str, ...]:
    coverage = (_COVERAGE,) if released else ()
    limited = () if reading.reader.sees_everything else (_LIMITED,)
    return (*RULES, *coverage, *limited)


def _sources(reading: Reading, state: State, inventory: Inventory, address: str) -> str:
    return (
        f"Source: {inventory.source}; snapshot {reading.snapshot_id} of the registry. Every number opens on the page "
        f"of {state.english}: {address}"
    )


def _title(reading: Reading, place: Place, dimension: str, code: object) -> str:
    return title_of(reading, place.projects.subject, dimension, None if code is None else str(code))


def _number(value: Number | None) -> str:
    return display_cell(value, "count")


def _amount(value: Number | None) -> str:
    return "–" if value is None else money(value)


def _cell(value: object) -> str:
    return display_cell(_value(value), "USD")


def _value(value: object) -> Number | None:
    return value if isinstance(value, Number) else None


def _on(value: object) -> str:
    return date_in_english(value) if isinstance(value, date) else "–"
