"""Who was let in at a time: the rule over rows of the log is that of ``visible_to``, for every reader and every row."""

from itertools import product
from typing import Any

import pytest
from django.db.models import Model

from colonnade.audit.models import Event
from colonnade.core.viewer import Level, Role, Viewer
from colonnade.members.models import Entity
from colonnade.needs.models import Assessment, Recommendation
from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectCountry
from colonnade.results.models import Event as HeldEvent
from colonnade.results.models import EventAttendance
from colonnade.web.conftest import DAY, House
from colonnade.web.history.circles import eyes_of, last_closed, open_at, open_events, with_owners
from colonnade.web.history.kinds import KINDS

VIEWERS = (
    Viewer(user_id=1, roles=frozenset({Role.SECRETARIAT})),
    Viewer(user_id=1, roles=frozenset({Role.AUDITOR})),
    Viewer(user_id=1, roles=frozenset({Role.BOARD})),
    Viewer(user_id=1, roles=frozenset({Role.DONOR})),
    Viewer(user_id=1, roles=frozenset({Role.ADMINISTRATOR})),
    *(
        Viewer(user_id=1, roles=frozenset({role}), country_codes=frozenset({code}))
        for role in (Role.STATE, Role.ASSESSOR)
        for code in ("QMA", "QMB")
    ),
    *(Viewer(user_id=1, roles=frozenset({Role.ENTITY}), entity_ids=frozenset({code})) for code in ("WATER", "AIR")),
)
#: Every row of these kinds has its own circle; contributions and entries of appeals are read with a project besides.
PLAIN = ("project", "recommendation", "assessment", "event")


@pytest.fixture
def rows(house: House) -> dict[str, list[Model]]:  # noqa: ARG001  # entities and States
    """Records of every level, for either State and entity, linked and not; and changed after they were linked."""
    water = Entity.objects.get(code="WATER")
    air = Entity.objects.create(code="AIR", abbreviation="AIR", name="Air", kind="o", role="member", source="s")
    states = list(Country.objects.filter(code__in=("QMA", "QMB")))
    made: dict[str, list[Model]] = {kind: [] for kind in PLAIN}
    for number, (level, state, lead, link) in enumerate(product(Level, states, (water, air), (True, False))):
        project = Project.objects.unscoped("test").create(
            reference=f"c{number}", title="x", lead_entity=lead, level=level, state=state, status="ongoing"
        )
        if link:
            project.named_entities.add(water)
            ProjectCountry.objects.unscoped("test").create(project=project, country=states[0])
        made["project"].append(project)
        if level != Level.PUBLIC:
            visit = Assessment.objects.unscoped("test").create(
                level=level, country=state, assessor=lead, kind="visit", starts_on=DAY, ends_on=DAY
            )
            need = Recommendation.objects.unscoped("test").create(
                reference=f"c{number}", level=level, assessment=visit, country=state, title="x", text="x",
                priority="low", issued_on=DAY,
            )  # fmt: skip
            if link:
                need.named_entities.add(water)
            made["assessment"].append(visit)
            made["recommendation"].append(need)
        if level != Level.RESTRICTED:
            held = HeldEvent.objects.unscoped("test").create(
                kind="workshop", title="x", organiser=lead, country=state, level=level, starts_on=DAY, ends_on=DAY,
                series="s",
            )  # fmt: skip
            if link:
                EventAttendance.objects.unscoped("test").create(event=held, country=states[0], participants=1)
            made["event"].append(held)
    for kind, records in made.items():
        table: Any = KINDS[kind].model._default_manager
        table.unscoped("test").filter(pk__in=[row.pk for row in records]).update(provenance="published")
    return made


@pytest.mark.parametrize("kind", PLAIN)
def test_an_event_is_shown_to_those_who_see_the_row_that_it_left(kind: str, rows: dict[str, list[Model]]) -> None:
    table: Any = KINDS[kind].model._default_manager
    for viewer in VIEWERS:
        eyes = eyes_of(viewer)
        keys = [row.pk for row in rows[kind]]
        seen = {str(key) for key in table.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True)}
        updates = with_owners(Event.objects.filter(operation="UPDATE", row_id__in=map(str, keys)))
        shown = updates.filter(open_events(eyes, kinds=[KINDS[kind]])).filter(table_name=KINDS[kind].table)
        assert set(shown.values_list("row_id", flat=True)) == seen, viewer
        newest = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
        assert {str(key) for key in keys if open_at(KINDS[kind], key, newest, eyes)} == seen, viewer


def test_what_a_reader_saw_ends_and_begins_with_the_level(rows: dict[str, list[Model]]) -> None:
    project = next(row for row in rows["project"] if isinstance(row, Project) and row.level == Level.COMPACT)
    table = Project.objects.unscoped("test").filter(pk=project.pk)
    inside = eyes_of(VIEWERS[2])
    assert last_closed(KINDS["project"], project.pk, inside) == 0
    table.update(level="restricted")
    closed = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert last_closed(KINDS["project"], project.pk, inside) == closed
    assert not open_at(KINDS["project"], project.pk, closed - 1, inside), "nothing of before comes back"
    table.update(level="compact")
    opened = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert last_closed(KINDS["project"], project.pk, inside) == opened
    assert open_at(KINDS["project"], project.pk, opened, inside), "it stands open from that moment on"
    assert not open_at(KINDS["project"], project.pk, opened - 1, inside)


def test_a_row_whose_level_the_log_does_not_know_is_closed(rows: dict[str, list[Model]]) -> None:
    project = rows["project"][0]
    Event.objects.create(
        actor="x", action="", request_id="", table_name="portfolio_project", row_id=str(project.pk),
        operation="UPDATE", before={"id": project.pk}, after={"id": project.pk},
    )  # fmt: skip
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True)[0]
    assert last_closed(KINDS["project"], project.pk, eyes_of(VIEWERS[3])) == newest


def test_every_kind_that_is_read_through_a_viewer_has_a_circle_or_is_read_with_one() -> None:
    for kind in KINDS.values():
        if kind.is_guarded:
            assert kind.circle is not None or kind.read_with, kind.key
        else:
            assert kind.circle is None, kind.key
        columns = {field.attname for field in kind.model._meta.concrete_fields}
        assert set(kind.fields) <= columns, kind.key
        assert {column for column, _other in kind.read_with} <= columns
