"""Extra access: who takes it, what it opens, that it is announced, and that it ends."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from django.utils import timezone

from colonnade.core.viewer import PUBLIC, Role, Viewer
from colonnade.members.actions import AccessRefused, deactivate, end_extra_access, end_role, take_extra_access
from colonnade.members.models import ExtraAccess, Mail, Person
from colonnade.members.queries import standing_of, viewer_for
from colonnade.members.tests.people import ACTOR, somebody
from colonnade.places.models import Country, Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Person:
    return somebody("admin", Role.ADMINISTRATOR)


def taken(
    person: Person,
    role: Role = Role.SECRETARIAT,
    hours: int = 2,
    reason: str = "A need",
    country: Country | None = None,
) -> ExtraAccess:
    return take_extra_access(
        person=person,
        role=role,
        entity=None,
        country=country,
        reason=reason,
        hours=hours,
        site="https://registry.example",
        actor=ACTOR,
    )


def now(person: Person) -> Viewer:
    return viewer_for(person, timezone.localdate())


def move(access: ExtraAccess, **by: int) -> None:
    """As if it had been taken earlier."""
    span = timedelta(**by)
    ExtraAccess.objects.unscoped("test").filter(pk=access.pk).update(
        begins_at=access.begins_at - span, ends_at=access.ends_at - span
    )


def test_it_counts_at_once_and_is_over_by_itself_to_the_second(administrator: Person) -> None:
    assert not now(administrator).sees_restricted
    access = taken(administrator, hours=2)
    assert access.ends_at - access.begins_at == timedelta(hours=2)
    assert now(administrator).sees_restricted
    move(access, hours=1, minutes=59)
    assert now(administrator).sees_restricted
    move(access, hours=2)
    assert now(administrator).roles == {Role.ADMINISTRATOR}


def test_it_counts_for_no_other_day(administrator: Person) -> None:
    taken(administrator)
    assert viewer_for(administrator, timezone.localdate() + timedelta(days=1)).roles == {Role.ADMINISTRATOR}
    assert viewer_for(administrator, timezone.localdate() - timedelta(days=1)).roles == {Role.ADMINISTRATOR}


def test_it_opens_the_state_it_was_taken_for(administrator: Person) -> None:
    region = Region.objects.create(code="R", name="The region", fictional=True)
    state = Country.objects.create(code="QMA", name="Hereland", region=region, standing="fictional")
    taken(administrator, Role.STATE, country=state)
    viewer = now(administrator)
    assert (viewer.country_codes, viewer.sees_restricted) == (frozenset({"QMA"}), False)


def test_it_opens_nothing_for_anybody_else(administrator: Person) -> None:
    other = somebody("other", Role.ADMINISTRATOR)
    taken(administrator)
    assert now(other).roles == {Role.ADMINISTRATOR}
    assert viewer_for(None, timezone.localdate()) == PUBLIC


def test_it_is_announced_to_everybody_who_watches_in_the_same_transaction(administrator: Person) -> None:
    watching = [somebody("officer", Role.SECRETARIAT), somebody("auditor", Role.AUDITOR)]
    somebody("donor", Role.DONOR)
    gone = somebody("gone", Role.AUDITOR)
    Person.objects.filter(pk=gone.pk).update(is_active=False)
    with transaction.atomic():
        taken(administrator)
        transaction.set_rollback(True)
    assert not Mail.objects.unscoped("test").exists()
    taken(administrator)
    told = Mail.objects.unscoped("test").filter(kind="extra_access").values_list("person", flat=True)
    assert sorted(told) == sorted(person.pk for person in [administrator, *watching])
    for person in watching:
        assert len(standing_of(person, timezone.localdate()).watched) == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.SECRETARIAT}])
def test_nobody_else_takes_it(role: Role) -> None:
    with pytest.raises(AccessRefused, match="Only administrators and the secretariat"):
        taken(somebody("karim", role))


def test_nobody_becomes_an_administrator_by_it(administrator: Person) -> None:
    with pytest.raises(AccessRefused, match="Nobody becomes an administrator"):
        taken(somebody("officer", Role.SECRETARIAT), Role.ADMINISTRATOR)
    moment = timezone.now()
    with pytest.raises(IntegrityError, match="extra_access_administers_nobody"), transaction.atomic():
        ExtraAccess.objects.unscoped("test").create(
            person=administrator,
            role=Role.ADMINISTRATOR,
            reason="x",
            begins_at=moment,
            ends_at=moment + timedelta(hours=1),
        )


@pytest.mark.parametrize(("hours", "reason"), [(0, "A need"), (5, "A need"), (-1, "A need"), (2, " \n")])
def test_it_has_a_reason_and_at_most_the_hours_of_the_settings(
    hours: int, reason: str, administrator: Person, settings: LazySettings
) -> None:
    settings.EXTRA_ACCESS_HOURS = 4
    with pytest.raises(AccessRefused):
        taken(administrator, hours=hours, reason=reason)
    assert not ExtraAccess.objects.unscoped("test").exists()


def test_it_is_not_taken_on_top_of_itself_to_last_longer(administrator: Person) -> None:
    access = taken(administrator)
    with pytest.raises(AccessRefused, match="You have this access already"):
        taken(administrator)
    move(access, hours=3)
    taken(administrator)


def test_it_is_ended_early_by_its_person_an_administrator_or_an_officer(administrator: Person) -> None:
    officer, auditor = somebody("officer", Role.SECRETARIAT), somebody("auditor", Role.AUDITOR)
    for by in (administrator, officer, somebody("second", Role.ADMINISTRATOR)):
        access = taken(administrator)
        with pytest.raises(AccessRefused, match="Only whoever has this access"):
            end_extra_access(access=access, by=auditor, actor=ACTOR)
        ended = end_extra_access(access=access, by=by, actor=ACTOR)
        assert ended.ended_by == by
        assert not now(administrator).sees_restricted
        with pytest.raises(AccessRefused, match="is over"):
            end_extra_access(access=access, by=by, actor=ACTOR)


def test_it_goes_with_the_role_that_let_somebody_take_it(administrator: Person) -> None:
    second = somebody("second", Role.ADMINISTRATOR)
    taken(administrator)
    end_role(role=administrator.roles_held.get(), last_day=None, by=second, actor=ACTOR)
    assert now(administrator).roles == frozenset()


def test_it_does_not_come_back_with_whoever_was_withdrawn(administrator: Person) -> None:
    second = somebody("second", Role.ADMINISTRATOR)
    taken(administrator)
    withdrawn = deactivate(person=administrator, by=second, actor=ACTOR)
    assert now(withdrawn) == PUBLIC
    Person.objects.filter(pk=withdrawn.pk).update(is_active=True)
    assert now(Person.objects.get(pk=withdrawn.pk)).roles == {Role.ADMINISTRATOR}


def test_those_who_watch_and_its_person_see_it_and_nobody_else_does(administrator: Person) -> None:
    access = taken(administrator)
    viewers = {role: Viewer(user_id=0, roles=frozenset({role})) for role in Role}
    seeing = {role for role, viewer in viewers.items() if ExtraAccess.objects.visible_to(viewer).exists()}
    assert seeing == {Role.ADMINISTRATOR, Role.AUDITOR, Role.SECRETARIAT}
    assert ExtraAccess.objects.visible_to(Viewer(user_id=administrator.pk)).get() == access
    assert not ExtraAccess.objects.visible_to(PUBLIC).exists()
