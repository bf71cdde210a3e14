"""The page of a State or a region as its template prints it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.model import Question
from colonnade.analysis.figures.display import grouped
from colonnade.reporting.build import Inventory
from colonnade.web.places import sections
from colonnade.web.places.atlas import Atlas, State
from colonnade.web.places.events import Events, events_of, moments
from colonnade.web.places.everywhere import needs_are_released, needs_are_shown
from colonnade.web.places.place import COUNTRY, Place
from colonnade.web.shared.blocks import Stat, Year, timeline
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.selections import answer_table, listing_address, title_of

ENDING = ("project", "title", "entity", "pillar", "ends_on", "budget_usd")


@dataclass(frozen=True, slots=True)
class More:
    """The rest of a list: how much there is, and where."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Everything on the page. ``needs`` is ``None`` where none are recorded, or none released (``needs_released``)."""

    stats: list[Stat]
    rule: str
    counting: TableView
    left_out: TableView
    pillars: TableView
    needs: TableView | None
    needs_released: bool
    at_work: TableView
    money: TableView
    ending: TableView
    ending_more: More | None
    events: Events
    coming: tuple[Year, ...]
    past: tuple[Year, ...]
    past_more: More | None
    neighbours: TableView
    day: date
    until: date


def place_page(reading: Reading, atlas: Atlas, place: Place, inventory: Inventory | None) -> PlacePage:
    """The sections, in the order read. The day is that at which the inventory stands."""
    day = (inventory.as_of if inventory else None) or reading.created_at.date()
    until = sections.a_year_after(day)
    released = needs_released(reading, place)
    counted, whole = sections.how_they_count(reading, place)
    ending = sections.listed(reading, place.ending(day, until), ENDING, "ends_on")
    needs = sections.needs_by_theme(reading, place) if released else None
    events = events_of(reading, place, day)
    people = _("%(number)s participants")
    return PlacePage(
        stats=sections.headlines(reading, place, day, until, needs=released),
        rule=_rule(place),
        counting=sections.counting_table(reading, _("Counted in every number of this page"), counted, whole),
        left_out=_left_out(reading, place, whole),
        pillars=sections.by_pillar_and_status(reading, place, _("Projects that name it, by pillar and status")),
        needs=answer_table(reading, needs, caption=_("Needs by thematic priority and coverage"))
        if needs and needs.base
        else None,
        needs_released=released,
        at_work=sections.at_work_table(
            reading, sections.at_work(reading, place), place, _("Entities that lead active projects, and their money")
        ),
        money=sections.money_by_pillar(reading, place, _("Money of active projects by pillar")),
        ending=_ending_table(reading, ending, until),
        ending_more=_more(reading, ending),
        events=events,
        coming=timeline(moments(reading, events.coming, upcoming=True, people=people), newest_first=False),
        past=timeline(moments(reading, events.past, upcoming=False, people=people)),
        past_more=_more(reading, events.past),
        neighbours=_states_table(reading, atlas, place),
        day=day,
        until=until,
    )


def needs_released(reading: Reading, place: Place) -> bool:
    """Whether what the page says of needs is all that there is, or at least something."""
    if place.dimension == COUNTRY:
        return needs_are_released(reading, place.code)
    return reading.reader.viewer.inside_the_compact or bool(
        needs_are_shown(reading) and reading.total(place.needs, "needs")
    )


def _rule(place: Place) -> str:
    """How projects count here, in words."""
    if place.dimension == COUNTRY:
        return _(
            "The rule: a project counts where it names the State as a place, whatever its scope, and once; its whole "
            "budget stands in every State that it names. Regional and global projects that name no State may reach "
            "this one, but nobody has said so: they are listed beside, and counted in no other number here."
        )
    return _(
        "The rule: a project counts where it names the region, a region inside it or one of its States, whatever its "
        "scope, and once; its whole budget stands in every region that it reaches. Projects of a wider region, and "
        "global ones that name no place, may reach this one, but nobody has said so: they are listed beside, and "
        "counted in no other number here."
    )


def _left_out(reading: Reading, place: Place, whole: sections.Counted) -> TableView:
    rows = sections.not_counted(reading, place)
    number, _budget = sections.sum_of(rows)
    note = _("With them it would be %(number)s projects instead of %(counted)s.") % {
        "number": grouped(whole.projects + number),
        "counted": grouped(whole.projects),
    }
    return sections.counting_table(reading, _("Not counted on this page"), rows, None, note)


def _ending_table(reading: Reading, found: sections.Listed, until: date) -> TableView:
    rows = tuple(
        (
            CellView(str(record["title"]), record_address(PROJECT, str(record["project"])), header=True),
            CellView(title_of(reading, found.selection.subject, "entity", _code(record["entity"]))),
            CellView(str(record["pillar"] or "–")),
            CellView(short_day(record["ends_on"]) if isinstance(record["ends_on"], date) else "–"),
            sections.number_cell(record["budget_usd"], "USD", ""),  # type: ignore[arg-type]  # a number or nothing
        )
        for record in found.records()
    )
    head = (_("Project"), _("Lead entity"), _("Pillar"), _("Ends on"), _("Budget (US dollars)"))
    return TableView(
        _("Active projects that end by %(day)s, the first to end first") % {"day": date_format(until, "j F Y")},
        tuple(HeaderView(title, place == 4) for place, title in enumerate(head)),
        rows,
    )


def _more(reading: Reading, found: sections.Listed) -> More | None:
    if not found.more:
        return None
    return More(_("All %(number)s") % {"number": grouped(found.total)}, listing_address(found.selection, reading))


def _states_table(reading: Reading, atlas: Atlas, place: Place) -> TableView:
    """The States of a region, or those around a State, with what is active in each."""
    states = _states_shown(atlas, place)
    asked = (("projects", "count"), ("budget", "USD"), ("shortfall", "USD"))
    active = place.active.where(place.dimension)
    answers = [reading.ask(Question(active, measure, COUNTRY)) for measure, _unit in asked]
    rows = []
    for state in states:
        address = listing_address(active.where(COUNTRY, state.code), reading)
        here = state.code == place.code
        rows.append(
            (
                CellView(state.name, "" if here else reverse("country", args=[state.code]), header=True, here=here),
                *(
                    sections.number_cell(
                        answer.row_totals.get(state.code) or (0 if unit == "count" else None), unit, address
                    )
                    for answer, (_measure, unit) in zip(answers, asked, strict=True)
                ),
            )
        )
    head = (_("State"), _("Active projects"), _("Budget"), _("Shortfall"))
    return TableView(
        _("States of the region"),
        tuple(HeaderView(title, number > 0) for number, title in enumerate(head)),
        tuple(rows),
        note=_(
            "A project stands in full under every State that it names, so that these rows add up to more than the "
            "region. Amounts are whole US dollars."
        ),
    )


def _states_shown(atlas: Atlas, place: Place) -> Sequence[State]:
    region = atlas.states[place.code].region if place.dimension == COUNTRY else place.code
    return [state for state in atlas.states_in(region) if state.is_listed or state.code == place.code]


def _code(value: object) -> str | None:
    return None if value is None else str(value)
