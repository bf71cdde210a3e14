"""A focal point who leaves passes on what is open to a colleague: in one transaction, by somebody who may."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Role
from colonnade.members.actions import save_view
from colonnade.members.models import Entity, HandedOver, Handover, Person, RoleHeld, SavedView
from colonnade.members.queries import viewer_for
from colonnade.needs.actions import Given, NeedRefused, approve_lifting, propose_lifting, take_back_lifting
from colonnade.needs.handing_over import HandoverRefused, colleagues_of, hand_over, open_of
from colonnade.needs.models import Assessment, Lifting, Recommendation
from colonnade.places.models import Country, Region

pytestmark = pytest.mark.django_db

DAY = date(2019, 6, 1)
TODAY = timezone.localdate
Somebody = Callable[..., RoleHeld]


@pytest.fixture
def state() -> Country:
    region = Region.objects.create(code="R", name="R", fictional=True)
    Country.objects.create(code="QMB", name="Thereland", region=region)
    return Country.objects.create(code="QMA", name="Hereland", region=region)


@pytest.fixture
def somebody(state: Country) -> Somebody:
    """Makes the role of a new person: the State's focal point, or another."""

    def make(name: str, role: Role = Role.STATE, country: str | None = "QMA") -> RoleHeld:
        person = Person.objects.create(email=f"{name}@demo.example", name=name)
        held = state if country == state.code else Country.objects.filter(code=country).first()
        return RoleHeld.objects.create(person=person, role=role, country=held, starts_on=DAY)

    return make


@pytest.fixture
def leaving(somebody: Somebody) -> RoleHeld:
    return somebody("leaving")


@pytest.fixture
def colleague(somebody: Somebody) -> Person:
    return somebody("colleague").person


def view_of(person: Person, title: str) -> SavedView:
    projects = SavedView.Page.PROJECTS
    return save_view(
        person=person, page=projects, title=title, query="pillar=I", shared_with=None, actor=Actor(person.name)
    )


@pytest.fixture
def proposals(state: Country, leaving: RoleHeld) -> list[Lifting]:
    """Two that the leaving person made."""
    visit = Assessment.objects.unscoped("test").create(
        country=state, assessor=_assessor(), kind="visit", starts_on=DAY, ends_on=DAY
    )
    needs = [
        Recommendation.objects.unscoped("test").create(
            reference=f"R-{number}", assessment=visit, country=state, title="Dig", text="Dig.", issued_on=DAY
        )
        for number in (1, 2)
    ]
    given = Given("The ministry", DAY, "Note verbale 7")
    return [
        propose_lifting(
            need=need, person=leaving.person, level=Level.PUBLIC, fields=(), given=given, actor=Actor("leaving")
        )
        for need in needs
    ]


def _assessor() -> Entity:
    return Entity.objects.create(
        code="ASSESS", abbreviation="ASSESS", name="A", kind="office", role="member", source="s"
    )


def done(role: RoleHeld, to: Person, by: Person | None = None, back: tuple[str, ...] = ()) -> Handover:
    by = by or role.person
    return hand_over(
        role=role,
        to=to,
        last_day=TODAY(),
        note="The ministry calls on Mondays.",
        take_back=back,
        person=by,
        actor=Actor(by.name, by.pk),
    )


def test_views_and_proposals_are_the_colleagues_and_the_role_ends(
    leaving: RoleHeld, colleague: Person, proposals: list[Lifting]
) -> None:
    view_of(leaving.person, "Wells")
    view_of(colleague, "Wells")
    made = done(leaving, colleague, back=(proposals[0].public_id,))
    leaving.refresh_from_db()
    assert leaving.ends_on == TODAY()
    titles = SavedView.objects.unscoped("test").filter(person=colleague).values_list("title", flat=True)
    assert sorted(titles) == ["Wells", "Wells (2)"]
    standing = dict(Lifting.objects.unscoped("test").values_list("public_id", "standing"))
    assert standing == {proposals[0].public_id: "taken_back", proposals[1].public_id: "proposed"}
    assert Lifting.objects.unscoped("test").get(pk=proposals[1].pk).handed_to == colleague
    parts = HandedOver.objects.unscoped("test").filter(handover=made).values_list("kind", "fate")
    assert sorted(parts) == [("proposal", "passed_on"), ("proposal", "taken_back"), ("view", "passed_on")]
    assert open_of(leaving).views == []
    assert open_of(leaving).proposals == []


def test_whoever_took_a_proposal_over_takes_it_back_but_does_not_decide_it(
    leaving: RoleHeld, colleague: Person, proposals: list[Lifting], somebody: Somebody
) -> None:
    done(leaving, colleague)
    passed = Lifting.objects.unscoped("test").get(pk=proposals[0].pk)
    with pytest.raises(NeedRefused, match="handed over to you"):
        approve_lifting(lifting=passed, person=colleague, actor=Actor("colleague"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Lifting.objects.unscoped("test").filter(pk=passed.pk).update(standing="refused", decided_by=colleague)
    take_back_lifting(lifting=passed, person=colleague, actor=Actor("colleague"))
    other = Lifting.objects.unscoped("test").get(pk=proposals[1].pk)
    officer = somebody("officer", Role.SECRETARIAT, None).person
    approve_lifting(lifting=other, person=officer, actor=Actor("officer"))


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_an_officer_or_an_administrator_does_it_for_somebody_who_is_gone(
    leaving: RoleHeld, colleague: Person, proposals: list[Lifting], somebody: Somebody, role: Role
) -> None:
    leaving.ends_on = TODAY() - timedelta(days=9)
    leaving.save()
    Person.objects.filter(pk=leaving.person_id).update(is_active=False)
    made = done(leaving, colleague, by=somebody("helper", role, None).person)
    leaving.refresh_from_db()
    assert leaving.ends_on == TODAY() - timedelta(days=9)
    assert HandedOver.objects.unscoped("test").filter(handover=made).count() == len(proposals)


def test_nobody_else_does_it(leaving: RoleHeld, colleague: Person, somebody: Somebody) -> None:
    for other in (colleague, somebody("auditor", Role.AUDITOR, None).person, somebody("there", country="QMB").person):
        with pytest.raises(HandoverRefused, match="Only whoever leaves"):
            done(leaving, colleague, by=other)


def test_it_is_passed_on_to_a_colleague_of_the_same_state_only(leaving: RoleHeld, somebody: Somebody) -> None:
    there, past = somebody("there", country="QMB"), somebody("past")
    past.ends_on = TODAY() - timedelta(days=1)
    past.save()
    assert colleagues_of(leaving, TODAY()) == []
    for person in (there.person, past.person, leaving.person):
        with pytest.raises(HandoverRefused):
            done(leaving, person)
    assert leaving.ends_on is None
    assert not Handover.objects.unscoped("test").exists()


def test_it_is_done_once_and_what_is_refused_changes_nothing(
    leaving: RoleHeld, colleague: Person, proposals: list[Lifting]
) -> None:
    view_of(leaving.person, "Wells")
    with pytest.raises(HandoverRefused, match="before the first day"):
        hand_over(
            role=leaving,
            to=colleague,
            last_day=DAY - timedelta(days=1),
            note="",
            person=leaving.person,
            actor=Actor("leaving"),
        )
    assert len(open_of(leaving).views) == 1
    assert len(open_of(leaving).proposals) == len(proposals)
    done(leaving, colleague)
    with pytest.raises(HandoverRefused, match="already"):
        done(leaving, colleague)


def test_it_is_seen_by_those_whom_it_concerns_and_is_in_the_log(
    leaving: RoleHeld, colleague: Person, somebody: Somebody
) -> None:
    view_of(leaving.person, "Wells")
    third, officer = somebody("third"), somebody("officer", Role.SECRETARIAT, None)
    done(leaving, colleague)

    def sees(person: Person) -> tuple[int, int]:
        viewer = viewer_for(person, TODAY())
        return Handover.objects.visible_to(viewer).count(), HandedOver.objects.visible_to(viewer).count()

    assert [sees(one) for one in (leaving.person, colleague, officer.person, third.person)] == [
        (1, 1),
        (1, 1),
        (1, 1),
        (0, 0),
    ]
    tables = Event.objects.filter(action="hand_over").values_list("table_name", flat=True)
    assert {"members_handover", "members_handedover", "members_savedview", "members_roleheld"} <= set(tables)
