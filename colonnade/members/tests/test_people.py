"""Inviting, granting, ending, withdrawing: who may, and what is left afterwards."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from colonnade.audit.models import Event, PersonalDetail
from colonnade.core.viewer import PUBLIC, Role
from colonnade.members.actions import (
    InvitationClosed,
    PeopleRefused,
    Wanted,
    accept_invitation,
    deactivate,
    end_role,
    grant_role,
    invite,
    invite_again,
    new_secret,
    reactivate,
)
from colonnade.members.actions.invitations import invitation_behind
from colonnade.members.models import Entity, Invitation, Mail, Person, RoleHeld
from colonnade.members.queries import holding, viewer_for
from colonnade.members.tests.people import ACTOR, somebody
from colonnade.places.models import Country, Region

pytestmark = pytest.mark.django_db
SITE = "https://registry.example"


def today() -> date:
    return timezone.localdate()


def wanted(role: Role = Role.BOARD, **more: object) -> Wanted:
    return Wanted(role, today(), **more)  # type: ignore[arg-type]  # as each test says


@pytest.fixture
def administrator() -> Person:
    return somebody("admin", Role.ADMINISTRATOR)


@pytest.fixture
def office() -> Entity:
    return Entity.objects.create(
        code="WATER", abbreviation="WATER", name="Water Office", kind="office", role="member", source="s"
    )


@pytest.fixture
def state() -> Country:
    region = Region.objects.create(code="R", name="The region", fictional=True)
    return Country.objects.create(code="QMA", name="Hereland", region=region, standing="fictional")


def invited(by: Person | None, address: str = "karim@office.example", *roles: Wanted) -> Invitation:
    return invite(name="Karim", address=address, roles=roles or (wanted(),), by=by, site=SITE, actor=ACTOR)


def mails(kind: str = "invitation") -> list[Mail]:
    return list(Mail.objects.unscoped("test").filter(kind=kind).order_by("id"))


def test_an_invitation_is_a_person_with_roles_who_cannot_come_in_yet_and_a_mail(administrator: Person) -> None:
    invitation = invited(administrator, "Karim@Office.Example")
    person = invitation.person
    assert (person.email, person.has_usable_password(), invitation.secret_hash) == ("karim@office.example", False, "")
    assert [(mail.person, mail.address, mail.state) for mail in mails()] == [(person, person.email, "waiting")]
    assert list(holding([Role.BOARD], today())) == []


def test_a_refused_invitation_leaves_nothing(administrator: Person) -> None:
    with pytest.raises(PeopleRefused, match="Choose the entity"):
        invited(administrator, "karim@office.example", wanted(), wanted(Role.ENTITY))
    assert Person.objects.count() == 1
    assert mails() == []


def test_an_address_is_invited_once_however_it_is_written(administrator: Person) -> None:
    invited(administrator)
    with pytest.raises(PeopleRefused, match="among the people already"):
        invited(administrator, "KARIM@office.example")


def test_an_invitation_without_a_role_is_refused(administrator: Person) -> None:
    with pytest.raises(PeopleRefused, match="Choose a role"):
        invite(name="K", address="k@office.example", roles=[], by=administrator, site=SITE, actor=ACTOR)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_invites_grants_or_ends(role: Role, administrator: Person) -> None:
    other, person = somebody("other", role), somebody("karim", Role.DONOR)
    with pytest.raises(PeopleRefused, match="Only an administrator"):
        invited(other)
    with pytest.raises(PeopleRefused, match="Only an administrator"):
        grant_role(person=person, wanted=wanted(), by=other, actor=ACTOR)
    with pytest.raises(PeopleRefused, match="Only an administrator"):
        end_role(role=person.roles_held.get(), last_day=None, by=other, actor=ACTOR)
    with pytest.raises(PeopleRefused, match="Only an administrator"):
        deactivate(person=administrator, by=other, actor=ACTOR)


def test_the_secret_works_once_and_stands_nowhere(administrator: Person) -> None:
    invitation = invited(administrator)
    secret = new_secret(invitation=invitation, actor=ACTOR)
    assert secret is not None
    assert invitation_behind(secret, timezone.now()) == invitation
    accept_invitation(invitation=invitation, secret=secret, password="a long enough password", actor=ACTOR)
    assert invitation_behind(secret, timezone.now()) is None
    with pytest.raises(InvitationClosed):
        accept_invitation(invitation=invitation, secret=secret, password="another long password", actor=ACTOR)
    assert Person.objects.get(pk=invitation.person_id).check_password("a long enough password")
    assert list(holding([Role.BOARD], today())) == [invitation.person]
    kept = [str((event.before, event.after)) for event in Event.objects.all()]
    kept += list(PersonalDetail.objects.values_list("value", flat=True)) + [str(vars(mail)) for mail in mails()]
    assert not any(secret in text for text in kept)
    assert not any("secret_hash" in text for text in kept)


def test_a_newer_link_voids_the_older(administrator: Person) -> None:
    invitation = invited(administrator)
    older, newer = (new_secret(invitation=invitation, actor=ACTOR) for _ in range(2))
    assert older is not None
    assert newer is not None
    assert invitation_behind(older, timezone.now()) is None
    with pytest.raises(InvitationClosed):
        accept_invitation(invitation=invitation, secret=older, password="x", actor=ACTOR)
    assert invitation_behind(newer, timezone.now()) == invitation


def test_a_link_works_for_seven_days_and_not_a_second_longer(administrator: Person) -> None:
    invitation = invited(administrator)
    secret = new_secret(invitation=invitation, actor=ACTOR)
    assert secret is not None
    invitation.refresh_from_db()
    assert invitation.expires_at - timezone.now() > timedelta(days=7, minutes=-1)
    assert invitation_behind(secret, invitation.expires_at - timedelta(seconds=1)) == invitation
    assert invitation_behind(secret, invitation.expires_at) is None
    Invitation.objects.unscoped("test").update(expires_at=timezone.now())
    with pytest.raises(InvitationClosed):
        accept_invitation(invitation=invitation, secret=secret, password="x", actor=ACTOR)


def test_sending_again_writes_another_mail_and_drops_what_did_not_leave(administrator: Person) -> None:
    invitation = invited(administrator)
    secret = new_secret(invitation=invitation, actor=ACTOR)
    assert secret is not None
    invite_again(invitation=invitation, by=administrator, site=SITE, actor=ACTOR)
    assert [mail.state for mail in mails()] == ["dropped", "waiting"]
    assert invitation_behind(secret, timezone.now()) is None
    accept_invitation(invitation=invitation, secret=None, password=None, actor=ACTOR)
    with pytest.raises(PeopleRefused, match="accepted already"):
        invite_again(invitation=invitation, by=administrator, site=SITE, actor=ACTOR)


def test_whoever_is_withdrawn_before_coming_in_has_a_dead_link_for_good(administrator: Person) -> None:
    invitation = invited(administrator)
    secret = new_secret(invitation=invitation, actor=ACTOR)
    assert secret is not None
    deactivate(person=invitation.person, by=administrator, actor=ACTOR)
    assert invitation_behind(secret, timezone.now()) is None
    assert new_secret(invitation=invitation, actor=ACTOR) is None
    reactivate(person=invitation.person, by=administrator, actor=ACTOR)
    assert invitation_behind(secret, timezone.now()) is None


def test_nobody_grants_a_role_to_themselves(administrator: Person) -> None:
    with pytest.raises(PeopleRefused, match="Nobody grants a role to themselves"):
        grant_role(person=administrator, wanted=wanted(Role.SECRETARIAT), by=administrator, actor=ACTOR)
    assert viewer_for(administrator, today()).roles == {Role.ADMINISTRATOR}


@pytest.mark.parametrize(
    ("role", "given", "reason"),
    [
        (Role.ENTITY, "nothing", "Choose the entity"),
        (Role.STATE, "entity", "Choose the State"),
        (Role.ASSESSOR, "entity", "Choose the State"),
        (Role.AUDITOR, "entity", "not held for an entity"),
        (Role.SECRETARIAT, "state", "not held for a State"),
        (Role.ENTITY, "both", "not held for a State"),
    ],
)
def test_a_role_is_held_for_what_it_is_for(
    role: Role, given: str, reason: str, administrator: Person, office: Entity, state: Country
) -> None:
    asked = wanted(
        role,
        entity=office if given in {"entity", "both"} else None,
        country=state if given in {"state", "both"} else None,
    )
    with pytest.raises(PeopleRefused, match=reason):
        grant_role(person=somebody("karim"), wanted=asked, by=administrator, actor=ACTOR)


def test_a_role_counts_from_its_first_day_to_its_last(administrator: Person, state: Country) -> None:
    karim, day = somebody("karim"), today()
    asked = Wanted(Role.STATE, day + timedelta(days=2), day + timedelta(days=4), None, state)
    grant_role(person=karim, wanted=asked, by=administrator, actor=ACTOR)
    counts = [bool(viewer_for(karim, day + timedelta(days=number)).roles) for number in range(7)]
    assert counts == [False, False, True, True, True, False, False]


def test_the_past_is_not_granted_and_a_role_is_not_held_twice_at_once(administrator: Person) -> None:
    karim, day = somebody("karim"), today()

    def granted(first: int, last: int | None) -> None:
        asked = Wanted(Role.DONOR, day + timedelta(days=first), None if last is None else day + timedelta(days=last))
        grant_role(person=karim, wanted=asked, by=administrator, actor=ACTOR)

    with pytest.raises(PeopleRefused, match="today or later"):
        granted(-1, None)
    with pytest.raises(PeopleRefused, match="before the first"):
        granted(5, 4)
    granted(0, 9)
    with pytest.raises(PeopleRefused, match="held already"):
        granted(9, None)
    granted(10, None)
    assert karim.roles_held.count() == 2


def test_an_ended_role_is_over_at_that_moment_and_stays_on_record(administrator: Person) -> None:
    karim = somebody("karim", Role.SECRETARIAT, Role.DONOR)
    assert viewer_for(karim, today()).sees_restricted
    ended = end_role(role=karim.roles_held.get(role=Role.SECRETARIAT), last_day=None, by=administrator, actor=ACTOR)
    assert viewer_for(karim, today()).roles == {Role.DONOR}
    assert (RoleHeld.objects.get(pk=ended.pk).ended_at is None, karim.roles_held.count()) == (False, 2)
    with pytest.raises(PeopleRefused, match="ended already"):
        end_role(role=ended, last_day=None, by=administrator, actor=ACTOR)


def test_a_role_granted_today_ends_today(administrator: Person) -> None:
    karim = somebody("karim")
    role = grant_role(person=karim, wanted=wanted(), by=administrator, actor=ACTOR)
    end_role(role=role, last_day=None, by=administrator, actor=ACTOR)
    assert viewer_for(karim, today()).roles == frozenset()
    grant_role(person=karim, wanted=wanted(), by=administrator, actor=ACTOR)
    assert viewer_for(karim, today()).roles == {Role.BOARD}


def test_a_last_day_lies_within_the_role_and_not_before_today(administrator: Person) -> None:
    role = grant_role(
        person=somebody("karim"), wanted=wanted(ends_on=today() + timedelta(days=5)), by=administrator, actor=ACTOR
    )
    for days in (-1, 6):
        with pytest.raises(PeopleRefused, match="within the days"):
            end_role(role=role, last_day=today() + timedelta(days=days), by=administrator, actor=ACTOR)
    end_role(role=role, last_day=today(), by=administrator, actor=ACTOR)
    role.refresh_from_db()
    assert (role.ends_on, role.ended_at) == (today(), None)


def test_the_last_administrator_stays(administrator: Person) -> None:
    role = administrator.roles_held.get()
    for last_day in (None, today()):
        with pytest.raises(PeopleRefused, match="last administrator"):
            end_role(role=role, last_day=last_day, by=administrator, actor=ACTOR)
    invitation = invited(administrator, "second@office.example", wanted(Role.ADMINISTRATOR))
    with pytest.raises(PeopleRefused, match="last administrator"):
        end_role(role=role, last_day=None, by=administrator, actor=ACTOR)  # the second has not come in
    accept_invitation(invitation=invitation, secret=None, password=None, actor=ACTOR)
    end_role(role=role, last_day=None, by=administrator, actor=ACTOR)
    with pytest.raises(PeopleRefused, match="last administrator"):
        end_role(role=invitation.person.roles_held.get(), last_day=None, by=invitation.person, actor=ACTOR)


def test_two_administrators_do_not_withdraw_each_other(administrator: Person) -> None:
    second = somebody("second", Role.ADMINISTRATOR)
    deactivate(person=administrator, by=second, actor=ACTOR)
    with pytest.raises(PeopleRefused, match="Only an administrator"):
        deactivate(person=second, by=administrator, actor=ACTOR)
    with pytest.raises(PeopleRefused, match="Another administrator does this for you"):
        deactivate(person=second, by=second, actor=ACTOR)


def test_whoever_is_withdrawn_is_nobody_until_they_are_let_in_again(administrator: Person) -> None:
    karim = somebody("karim", Role.AUDITOR)
    assert viewer_for(deactivate(person=karim, by=administrator, actor=ACTOR), today()) == PUBLIC
    with pytest.raises(PeopleRefused, match="is withdrawn"):
        grant_role(person=karim, wanted=wanted(), by=administrator, actor=ACTOR)
    assert viewer_for(reactivate(person=karim, by=administrator, actor=ACTOR), today()).roles == {Role.AUDITOR}


def test_the_log_knows_who_did_it_and_holds_no_address(administrator: Person) -> None:
    invitation = invited(administrator)
    events = Event.objects.filter(
        table_name__in=["members_person", "members_roleheld", "members_mail"], action="invite"
    )
    assert {event.table_name for event in events} >= {"members_person", "members_roleheld"}
    texts = [str((event.before, event.after)) for event in Event.objects.all()]
    assert not any("karim@office.example" in text for text in texts)
    assert PersonalDetail.objects.filter(value='"karim@office.example"', person_id=invitation.person_id).exists()
