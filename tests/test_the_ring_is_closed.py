"""PostgreSQL's policies and ``visible_to`` say the same of every confidential table, and no table lies between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from colonnade.analysis.tests.registries import ENTITIES, STATES, RandomRegistry
from colonnade.config.ring import HOUSE, RINGS, open_tables, policed_tables
from colonnade.core.reading import as_application, reader_role, reading_as
from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.models import (
    ExtraAccess,
    HandedOver,
    Handover,
    Invitation,
    Mail,
    Person,
    RoleHeld,
    SavedView,
    SignIn,
)
from colonnade.review.tests.registries import RandomProposals

pytestmark = pytest.mark.django_db

GUARDED: list[Any] = [
    model
    for model in apps.get_models(include_auto_created=True)
    if isinstance(model._default_manager.all(), GuardedQuerySet)
]
TABLES = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
WHAT_TO_DO = (
    "State in <app>/policies.py what readers may read of it: `policed` with a condition, `open` where every row is"
    " public, or nothing where no page shows it; see docs/decisions/0011-row-level-security.md"
)


def rows(statement: str) -> set[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return {row[0] if len(row) == 1 else row for row in cursor.fetchall()}


def test_every_confidential_table_is_policed() -> None:
    missing = {model._meta.db_table for model in GUARDED} - policed_tables().keys()
    assert not missing, f"{sorted(missing)} can be confidential and no policy guards them. {WHAT_TO_DO}"


def test_a_table_that_refers_to_a_confidential_row_is_never_open() -> None:
    confidential = {model._meta.db_table for model in GUARDED}
    referring = {
        table
        for table, model in TABLES.items()
        for field in model._meta.concrete_fields
        if field.related_model and field.related_model._meta.db_table in confidential
    }
    assert "portfolio_project_named_entities" in referring
    leaking = referring & open_tables()
    assert not leaking, f"{sorted(leaking)} refer to confidential rows and are open. {WHAT_TO_DO}"


def test_what_the_rings_name_is_there_and_named_once() -> None:
    named = [table for ring in RINGS for table in (*ring.open, *ring.policed, *ring.columns)]
    assert len(named) == len(set(named))
    assert set(named) - set(HOUSE.open) <= TABLES.keys()


def test_the_database_has_what_the_rings_say() -> None:
    reader = reader_role(str(connection.settings_dict["USER"]))
    policed = policed_tables().keys()
    assert rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'") == policed
    assert rows("SELECT tablename FROM pg_policies WHERE policyname = 'readers' AND cmd = 'SELECT'") == policed
    assert rows("SELECT DISTINCT roles::text FROM pg_policies WHERE policyname = 'readers'") == {f"{{{reader}}}"}
    # The login does not inherit what the reader may: the views of the information schema hide it from the login.
    granted = rows(
        "SELECT relname, privilege_type FROM pg_class, aclexplode(relacl)"
        f" WHERE grantee = '{reader}'::regrole AND relkind IN ('r', 'v')"
    )
    assert granted == {(table, "SELECT") for table in {*policed, *open_tables()}}
    assert rows(
        "SELECT attname FROM pg_attribute, aclexplode(attacl)"
        f" WHERE grantee = '{reader}'::regrole AND attrelid = 'members_person'::regclass"
    ) == {"id", "name", "is_active"}


VIEWERS = st.builds(
    Viewer,
    user_id=st.sampled_from([None, 0, 1, 2]),
    roles=st.frozensets(st.sampled_from(list(Role)), max_size=3),
    entity_ids=st.frozensets(st.sampled_from([*ENTITIES, "O'MEGA", 'x"\\y', "élan"]), max_size=2),
    country_codes=st.frozensets(st.sampled_from([*STATES, "QZZ"]), max_size=2),
    gives_states=st.frozensets(st.sampled_from([*STATES, "QZZ"]), max_size=2),
    gives_entities=st.frozensets(st.sampled_from([*ENTITIES, "O'MEGA"]), max_size=1),
    coordinates=st.frozensets(st.sampled_from([*STATES, "QZZ"]), max_size=2),
)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is written inside is not there afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def fill(seed: int) -> list[int]:
    """A random registry, with what it leaves out: people with what is kept of them; returns their keys."""
    registry = RandomRegistry(seed)
    people = [Person.objects.create(email=f"{number}@demo.example", name=str(number)) for number in range(3)]
    for person in people:
        for page in ("projects", "needs"):
            SavedView.objects.unscoped("test").create(
                person=person,
                page=page,
                title="x",
                shared_with=registry.random.choice([None, *registry.entities]),
                ended_at=registry.random.choice([None, "2019-08-31T00:00Z"]),
            )
        Invitation.objects.unscoped("test").create(person=person, expires_at="2019-08-31T00:00Z")
        SignIn.objects.unscoped("test").create(kind="in", person=person)
        Mail.objects.unscoped("test").create(kind="changed", person=person, address=person.email, language="en")
        ExtraAccess.objects.unscoped("test").create(
            person=person,
            role="auditor",
            reason="x",
            begins_at="2019-08-31T00:00Z",
            ends_at=registry.random.choice(["2019-08-31T01:00Z", "2999-08-31T01:00Z"]),
        )
    held = RoleHeld.objects.create(person=people[0], role=Role.DONOR, starts_on="2019-08-31")
    for giver, taker, maker in registry.random.choices(list(permutations(people)), k=3):
        made = Handover.objects.unscoped("test").create(role=held, from_person=giver, to_person=taker, made_by=maker)
        HandedOver.objects.unscoped("test").create(handover=made, kind="view", record="x", fate="passed_on")
    RandomProposals(registry.random, registry.entities, people, registry.needs, registry.projects)
    return [person.pk for person in people]


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(seed=st.integers(0, 10_000), viewers=st.lists(VIEWERS, min_size=6, max_size=6, unique=True))
def test_a_query_without_filter_gets_exactly_what_is_visible(seed: int, viewers: list[Viewer]) -> None:
    with taken_back():
        people = fill(seed)
        for drawn in viewers:
            viewer = replace(drawn, user_id=None if drawn.user_id is None else people[drawn.user_id])
            for model in GUARDED:
                table = model._meta.db_table
                with as_application("the first ring alone"):
                    visible = set(model._default_manager.visible_to(viewer).values_list("pk", flat=True))
                with reading_as(viewer):
                    assert rows(f"SELECT id FROM {table}") == visible, f"{table} as read by {viewer}"


def test_the_comparison_has_something_to_compare() -> None:
    with taken_back():
        fill(1)
        empty = {model.__name__ for model in GUARDED if not rows(f"SELECT id FROM {model._meta.db_table}")}
    assert not empty


@pytest.mark.parametrize(
    ("link", "column", "whole"),
    [
        ("portfolio_project_named_entities", "project_id", "portfolio_project"),
        ("needs_recommendation_named_entities", "recommendation_id", "needs_recommendation"),
        ("needs_recommendation_mandates", "recommendation_id", "needs_recommendation"),
        ("review_proposal_partners", "proposal_id", "review_proposal"),
    ],
)
def test_links_without_a_model_are_seen_with_their_row(link: str, column: str, whole: str) -> None:
    fill(2)
    everything = rows(f"SELECT id, {column} FROM {link}")
    roles = frozenset({Role.STATE, Role.ENTITY})
    with reading_as(Viewer(roles=roles, entity_ids=frozenset({"ALPHA"}), country_codes=frozenset({"QMA"}))):
        seen = rows(f"SELECT id FROM {whole}")
        assert rows(f"SELECT id, {column} FROM {link}") == {row for row in everything if row[1] in seen}
        assert seen
