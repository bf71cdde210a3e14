"""A saved view belongs to one person, is seen by those they share it with, and is ended, never deleted."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from colonnade.audit.models import Event
from colonnade.audit.queries import high_water_mark
from colonnade.core.actor import Actor
from colonnade.core.viewer import PUBLIC, Role
from colonnade.core.visibility import ViewerMissing
from colonnade.members.actions import ViewRefused, end_view, rename_view, save_view
from colonnade.members.models import Entity, Person, RoleHeld, SavedView
from colonnade.members.queries import viewer_for

pytestmark = pytest.mark.django_db

DAY = date(2019, 1, 1)
PROJECTS = SavedView.Page.PROJECTS


def _person(name: str, *entities: str) -> Person:
    person = Person.objects.create(email=f"{name}@example.org", name=name)
    for code in entities:
        entity, _ = Entity.objects.get_or_create(
            code=code, defaults={"abbreviation": code, "name": code, "kind": "office", "role": "member", "source": "s"}
        )
        RoleHeld.objects.create(person=person, role=Role.ENTITY, entity=entity, starts_on=DAY)
    return person


def _save(person: Person, title: str = "Mine", query: str = "pillar=I", shared: str = "") -> SavedView:
    entity = Entity.objects.get(code=shared) if shared else None
    return save_view(
        person=person, page=PROJECTS, title=title, query=query, shared_with=entity, actor=Actor(person.name, person.pk)
    )


def _seen_by(person: Person | None) -> set[str]:
    viewer = viewer_for(person, date(2019, 6, 1))
    return set(SavedView.objects.visible_to(viewer).values_list("title", flat=True))


def test_a_private_view_is_seen_by_its_owner_alone() -> None:
    owner, colleague = _person("owner", "WATER"), _person("colleague", "WATER")
    _save(owner)
    assert _seen_by(owner) == {"Mine"}
    assert _seen_by(colleague) == set()
    assert _seen_by(None) == set()


def test_a_shared_view_is_seen_by_the_people_of_the_entity() -> None:
    owner, colleague, other = _person("owner", "WATER"), _person("colleague", "WATER"), _person("other", "AIR")
    _save(owner, shared="WATER")
    assert [_seen_by(person) for person in (owner, colleague, other)] == [{"Mine"}, {"Mine"}, set()]


def test_views_are_read_for_somebody() -> None:
    with pytest.raises(ViewerMissing):
        list(SavedView.objects.all())
    assert not SavedView.objects.visible_to(PUBLIC).exists()


def test_a_view_is_shared_with_ones_own_entity_only() -> None:
    owner = _person("owner", "WATER")
    _person("other", "AIR")
    with pytest.raises(ViewRefused, match="your own entity"):
        _save(owner, shared="AIR")


def test_only_its_owner_renames_and_ends_a_view() -> None:
    owner, colleague = _person("owner", "WATER"), _person("colleague", "WATER")
    view = _save(owner, shared="WATER")
    with pytest.raises(ViewRefused, match="whoever saved"):
        rename_view(view=view, person=colleague, title="Theirs", actor=Actor("colleague", colleague.pk))
    with pytest.raises(ViewRefused, match="whoever saved"):
        end_view(view=view, person=colleague, actor=Actor("colleague", colleague.pk))
    rename_view(view=view, person=owner, title="  Wells \n here ", actor=Actor("owner", owner.pk))
    assert _seen_by(colleague) == {"Wells here"}


def test_an_ended_view_is_kept_and_seen_by_nobody_and_its_name_is_free_again() -> None:
    owner = _person("owner", "WATER")
    view = _save(owner)
    end_view(view=view, person=owner, actor=Actor("owner", owner.pk))
    assert _seen_by(owner) == set()
    assert SavedView.objects.unscoped("test").filter(pk=view.pk, ended_at__isnull=False).exists()
    with pytest.raises(ViewRefused, match="ended"):
        rename_view(view=view, person=owner, title="Again", actor=Actor("owner", owner.pk))
    _save(owner)
    assert _seen_by(owner) == {"Mine"}


def test_two_views_of_one_page_have_two_names() -> None:
    owner = _person("owner", "WATER")
    _save(owner)
    with pytest.raises(ViewRefused, match="already have a view called “Mine”"):
        _save(owner, title=" Mine ")
    other = _save(owner, title="Other")
    with pytest.raises(ViewRefused, match="already"):
        rename_view(view=other, person=owner, title="Mine", actor=Actor("owner", owner.pk))
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(person=owner, page=PROJECTS, title="Mine")


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_a_view_needs_a_name_that_fits(title: str) -> None:
    with pytest.raises(ViewRefused, match="name"):
        _save(_person("owner"), title=title)


def test_what_is_kept_is_a_query_and_nothing_else() -> None:
    owner = _person("owner")
    assert (
        _save(owner, query="pillar=I&q=w%C3%A4ter and&sort=-budget").query == "pillar=I&q=w%C3%A4ter+and&sort=-budget"
    )
    assert _save(owner, title="b", query="https://example.org/").query == ""
    assert _save(owner, title="c", query="q=a\r\nSet-Cookie: b").query == "q=a%0D%0ASet-Cookie%3A+b"
    with pytest.raises(ViewRefused, match="too many filters"):
        _save(owner, title="d", query="q=" + "x" * 2000)


def test_saving_a_view_is_in_the_log_and_makes_no_snapshot_stale() -> None:
    owner = _person("owner", "WATER")
    before = high_water_mark()
    view = _save(owner)
    end_view(view=view, person=owner, actor=Actor("owner", owner.pk))
    events = Event.objects.filter(table_name="members_savedview")
    assert list(events.values_list("action", "operation")) == [("save_view", "INSERT"), ("end_view", "UPDATE")]
    assert high_water_mark() == before
