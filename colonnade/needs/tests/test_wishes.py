"""A State's wish takes effect at once; lifting it takes its consent and two people; withdrawing undoes it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from colonnade.core.actor import Actor
from colonnade.core.viewer import PUBLIC, Level, Role, Viewer
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.members.queries import viewer_for
from colonnade.needs.actions import (
    Given,
    NeedRefused,
    approve_lifting,
    keep_confidential,
    propose_lifting,
    refuse_lifting,
    take_back_lifting,
    withdraw_consent,
)
from colonnade.needs.models import Assessment, Consent, KeptField, Lifting, Recommendation, Wish
from colonnade.needs.queries import consents_of, liftings_of, need_called, seen, wishes_of
from colonnade.needs.tests.consents import consented
from colonnade.places.models import Country, Region
from colonnade.strategy.models import Theme

pytestmark = pytest.mark.django_db

DAY = date(2019, 6, 1)
ACTOR = Actor("test")
GIVEN = Given("Ministry of the Interior", DAY, "Note verbale 7")
COMPACT = Viewer(roles=frozenset({Role.ENTITY}), entity_ids=frozenset({"OTHER"}))
NAMED = Viewer(roles=frozenset({Role.ENTITY}), entity_ids=frozenset({"NAMED"}))
HERE = Viewer(roles=frozenset({Role.STATE}), country_codes=frozenset({"QMA"}))
ELSEWHERE = Viewer(roles=frozenset({Role.STATE}), country_codes=frozenset({"QMB"}))
AUDITOR = Viewer(roles=frozenset({Role.AUDITOR}))

Somebody = Callable[..., Person]


@pytest.fixture
def need() -> Recommendation:
    region = Region.objects.create(code="R", name="R", fictional=True)
    here, _ = (Country.objects.create(code=code, name=code, region=region) for code in ("QMA", "QMB"))
    named, _ = (
        Entity.objects.create(code=code, abbreviation=code, name=code, kind="office", role="member", source="s")
        for code in ("NAMED", "OTHER")
    )
    visit = Assessment.objects.unscoped("test").create(
        country=here, assessor=named, kind="visit", starts_on=DAY, ends_on=DAY
    )
    need = Recommendation.objects.unscoped("test").create(
        reference="R-1",
        assessment=visit,
        country=here,
        title="Dig wells",
        text="Dig them deep.",
        addressee="The ministry",
        theme=Theme.objects.create(code="dig", title="Digging", short_title="Digging", position=1, source="s"),
        priority="high",
        issued_on=DAY,
    )
    need.named_entities.add(named)
    return need


@pytest.fixture
def somebody(need: Recommendation) -> Somebody:  # noqa: ARG001  # its State is there
    """Makes a person with one role, for a State where the role is for one."""

    def make(role: Role, country: str | None = None) -> Person:
        number = Person.objects.count()
        person = Person.objects.create(email=f"{number}@demo.example", name=f"Person {number}")
        RoleHeld.objects.create(
            person=person, role=role, country=Country.objects.get(code=country) if country else None, starts_on=DAY
        )
        return person

    return make


def levels(need: Recommendation) -> tuple[str, list[str]]:
    row = Recommendation.objects.unscoped("test").get(pk=need.pk)
    return row.level, row.confidential_fields


def sees(viewer: Viewer, need: Recommendation) -> bool:
    return need_called(viewer, need.public_id) is not None


@pytest.mark.parametrize("role", [Role.STATE, Role.ASSESSOR])
def test_a_state_or_its_assessor_keeps_a_need_and_others_read_it_no_more(
    need: Recommendation, somebody: Somebody, role: Role
) -> None:
    assert sees(COMPACT, need)
    keep_confidential(need=need, person=somebody(role, "QMA"), actor=ACTOR)
    assert levels(need) == ("restricted", [])
    assert [sees(viewer, need) for viewer in (PUBLIC, COMPACT, ELSEWHERE, NAMED, HERE, AUDITOR)] == [
        False,
        False,
        False,
        True,
        True,
        True,
    ]


def test_who_speaks_for_nobody_keeps_nothing(need: Recommendation, somebody: Somebody) -> None:
    for person in (somebody(Role.SECRETARIAT), somebody(Role.CHAIR), somebody(Role.ASSESSOR, "QMB")):
        with pytest.raises(NeedRefused, match="Only the State"):
            keep_confidential(need=need, person=person, actor=ACTOR)
    with pytest.raises(Recommendation.DoesNotExist):  # another State is not told that there is such a need
        keep_confidential(need=need, person=somebody(Role.STATE, "QMB"), actor=ACTOR)
    assert levels(need) == ("compact", [])


def test_a_field_that_is_kept_is_read_by_those_only_whom_the_state_shares_it_with(
    need: Recommendation, somebody: Somebody
) -> None:
    keep_confidential(need=need, person=somebody(Role.STATE, "QMA"), fields=["title", "theme"], actor=ACTOR)
    for viewer in (HERE, AUDITOR, NAMED):
        found = need_called(viewer, need.public_id)
        assert found is not None
        shown = seen(viewer, found)
        assert (shown.title, shown.theme and shown.theme.code, shown.hidden) == ("Dig wells", "dig", frozenset())
        assert shown.kept == {"title", "theme"}
    found = need_called(COMPACT, need.public_id)
    assert found is not None
    shown = seen(COMPACT, found)
    assert (shown.title, shown.theme) == ("", None)
    assert shown.hidden == {"title", "theme"}
    assert shown.text == "Dig them deep."
    assert Recommendation.objects.visible_to(COMPACT).filter(theme__code="dig").count() == 0
    assert not KeptField.objects.visible_to(COMPACT).exists()


def test_a_need_is_opened_by_a_consent_and_a_second_person(need: Recommendation, somebody: Somebody) -> None:
    state = somebody(Role.STATE, "QMA")
    keep_confidential(need=need, person=state, fields=["title", "priority"], actor=ACTOR)
    lifting = propose_lifting(need=need, person=state, level=Level.PUBLIC, fields=["title"], given=GIVEN, actor=ACTOR)
    assert levels(need) == ("compact", ["priority", "title"])  # nothing is shown before it is approved
    approve_lifting(lifting=lifting, person=somebody(Role.SECRETARIAT), actor=ACTOR)
    assert levels(need) == ("public", ["priority"])
    found = need_called(PUBLIC, need.public_id)
    assert found is not None
    assert seen(PUBLIC, found).title == "Dig wells"
    assert seen(PUBLIC, found).priority == ""


def test_nobody_approves_what_they_proposed_whatever_roles_they_hold(need: Recommendation, somebody: Somebody) -> None:
    person = somebody(Role.STATE, "QMA")
    RoleHeld.objects.create(person=person, role=Role.SECRETARIAT, starts_on=DAY)
    lifting = propose_lifting(need=need, person=person, level=Level.PUBLIC, fields=[], given=GIVEN, actor=ACTOR)
    with pytest.raises(NeedRefused, match="another person"):
        approve_lifting(lifting=lifting, person=person, actor=ACTOR)
    with pytest.raises(IntegrityError, match="another_person_decides"), transaction.atomic():
        Lifting.objects.unscoped("test").filter(pk=lifting.pk).update(standing="approved", decided_by=person)
    assert levels(need) == ("compact", [])


@pytest.mark.parametrize(("role", "country"), [(Role.ASSESSOR, "QMA"), (Role.AUDITOR, None), (Role.CHAIR, None)])
def test_only_the_state_and_the_secretariat_approve(
    need: Recommendation, somebody: Somebody, role: Role, country: str | None
) -> None:
    lifting = propose_lifting(
        need=need, person=somebody(Role.SECRETARIAT), level=Level.PUBLIC, fields=[], given=GIVEN, actor=ACTOR
    )
    with pytest.raises(NeedRefused, match="Only the State"):
        approve_lifting(lifting=lifting, person=somebody(role, country), actor=ACTOR)


def test_a_consent_that_is_withdrawn_takes_back_what_was_done_under_it(
    need: Recommendation, somebody: Somebody
) -> None:
    state = somebody(Role.STATE, "QMA")
    keep_confidential(need=need, person=state, actor=ACTOR)
    keep = consented(need, Level.COMPACT)
    publish = consented(need, Level.PUBLIC)
    assert sees(PUBLIC, need)
    withdraw_consent(consent=publish, person=state, actor=ACTOR)
    assert levels(need) == ("compact", [])
    assert not sees(PUBLIC, need)
    withdraw_consent(consent=keep, person=state, actor=ACTOR)
    assert levels(need) == ("restricted", [])
    assert not Consent.objects.unscoped("test").filter(withdrawn_at__isnull=True).exists()
    with pytest.raises(NeedRefused, match="already"):
        withdraw_consent(consent=keep, person=state, actor=ACTOR)


def test_a_consent_withdrawn_keeps_its_fields_again(need: Recommendation, somebody: Somebody) -> None:
    state = somebody(Role.STATE, "QMA")
    keep_confidential(need=need, person=state, fields=["text", "theme"], actor=ACTOR)
    consent = consented(need, Level.COMPACT, ("text", "theme"))
    assert levels(need) == ("compact", [])
    assert not Wish.objects.unscoped("test").filter(ended_at__isnull=True).exists()
    withdraw_consent(consent=consent, person=state, actor=ACTOR)
    row = Recommendation.objects.unscoped("test").get(pk=need.pk)
    assert (row.confidential_fields, row.text, row.theme) == (["text", "theme"], "", None)
    assert seen(HERE, row).text == "Dig them deep."
    assert Wish.objects.unscoped("test").filter(ended_at__isnull=True, fields=["text", "theme"]).exists()


def test_a_new_wish_takes_back_consents_and_proposals(need: Recommendation, somebody: Somebody) -> None:
    state = somebody(Role.STATE, "QMA")
    consented(need, Level.PUBLIC)
    keep_confidential(need=need, person=state, fields=["title"], actor=ACTOR)
    assert levels(need) == ("compact", ["title"])
    lifting = propose_lifting(need=need, person=state, level=Level.PUBLIC, fields=[], given=GIVEN, actor=ACTOR)
    keep_confidential(need=need, person=state, actor=ACTOR)
    with pytest.raises(NeedRefused, match="already"):
        approve_lifting(lifting=lifting, person=somebody(Role.SECRETARIAT), actor=ACTOR)
    assert levels(need) == ("restricted", ["title"])


def test_what_changed_since_it_was_proposed_is_proposed_anew(need: Recommendation, somebody: Somebody) -> None:
    lifting = propose_lifting(
        need=need, person=somebody(Role.SECRETARIAT), level=Level.PUBLIC, fields=[], given=GIVEN, actor=ACTOR
    )
    Recommendation.objects.unscoped("test").filter(pk=need.pk).update(version=9, text="Something else.")
    with pytest.raises(NeedRefused, match="changed since"):
        approve_lifting(lifting=lifting, person=somebody(Role.SECRETARIAT), actor=ACTOR)


def test_a_proposal_is_refused_by_another_and_taken_back_by_its_own(need: Recommendation, somebody: Somebody) -> None:
    one, another = somebody(Role.SECRETARIAT), somebody(Role.SECRETARIAT)

    def propose() -> Lifting:
        return propose_lifting(need=need, person=one, level=Level.PUBLIC, fields=[], given=GIVEN, actor=ACTOR)

    lifting = propose()
    with pytest.raises(NeedRefused, match="waiting"):
        propose()
    with pytest.raises(NeedRefused, match="another person"):
        refuse_lifting(lifting=lifting, person=one, actor=ACTOR)
    refuse_lifting(lifting=lifting, person=another, actor=ACTOR)
    lifting = propose()
    with pytest.raises(NeedRefused, match="Only whoever"):
        take_back_lifting(lifting=lifting, person=another, actor=ACTOR)
    take_back_lifting(lifting=lifting, person=one, actor=ACTOR)
    assert levels(need) == ("compact", [])


@pytest.mark.parametrize(
    ("level", "fields", "given", "why"),
    [
        (Level.COMPACT, [], GIVEN, "wider circle"),
        (Level.RESTRICTED, [], GIVEN, "fewer people"),
        (Level.PUBLIC, ["text"], GIVEN, "not kept"),
        (Level.PUBLIC, [], Given("Ministry", timezone.localdate() + timedelta(days=3), "N 1"), "still to come"),
        (Level.PUBLIC, [], Given(" ", DAY, "N 1"), "which office"),
    ],
)
def test_a_proposal_says_what_it_opens_and_who_consented(
    need: Recommendation, somebody: Somebody, level: Level, fields: list[str], given: Given, why: str
) -> None:
    with pytest.raises(NeedRefused, match=why):
        propose_lifting(
            need=need, person=somebody(Role.SECRETARIAT), level=level, fields=fields, given=given, actor=ACTOR
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE needs_recommendation SET level = 'public'",
        "INSERT INTO needs_recommendation (public_id, version, provenance, level, reference, title, text, priority,"
        " standing, addressee, issued_on, assessment_id, country_id) SELECT 'x', 1, 'reported', 'public', 'x', 'x',"
        " 'x', 'high', 'open', '', issued_on, assessment_id, country_id FROM needs_recommendation",
        "UPDATE needs_assessment SET level = 'public'",
    ],
)
def test_raw_sql_publishes_nothing_without_consent(need: Recommendation, statement: str) -> None:
    with pytest.raises(IntegrityError, match=r"no consent|is_not_public"), transaction.atomic():
        connection.cursor().execute(statement)
    assert levels(need) == ("compact", [])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE needs_recommendation SET level = 'compact'",
        "UPDATE needs_recommendation SET confidential_fields = '{}'",
        "UPDATE needs_recommendation SET title = 'Dig wells'",
    ],
)
def test_raw_sql_lifts_no_wish(need: Recommendation, somebody: Somebody, statement: str) -> None:
    state = somebody(Role.STATE, "QMA")
    keep_confidential(need=need, person=state, fields=["title"], actor=ACTOR)
    keep_confidential(need=need, person=state, actor=ACTOR)
    with pytest.raises(IntegrityError, match=r"no consent|kept_title_is_elsewhere"), transaction.atomic():
        connection.cursor().execute(statement)


def test_raw_sql_takes_no_consent_from_under_a_public_need_and_changes_no_decision(need: Recommendation) -> None:
    consent = consented(need, Level.PUBLIC)
    for statement in (
        f"UPDATE needs_consent SET withdrawn_at = now(), withdrawn_by_id = recorded_by_id WHERE id = {consent.pk}",
        "UPDATE needs_consent SET level = 'compact'",
        "DELETE FROM needs_lifting",
        "UPDATE needs_lifting SET level = 'compact'",
    ):
        refused = r"its level goes back first|not decided again"
        with pytest.raises(IntegrityError, match=refused), transaction.atomic():
            connection.cursor().execute(statement)


def test_wishes_and_consents_are_between_the_state_its_assessor_and_the_secretariat(
    need: Recommendation, somebody: Somebody
) -> None:
    state = somebody(Role.STATE, "QMA")
    keep_confidential(need=need, person=state, fields=["title"], actor=ACTOR)
    consented(need, Level.COMPACT, ("title",))
    keep_confidential(need=need, person=state, fields=["title"], actor=ACTOR)
    for viewer in (HERE, AUDITOR, viewer_for(state, timezone.localdate())):
        assert [len(of(viewer, need)) for of in (wishes_of, consents_of, liftings_of)] == [2, 1, 1]
    for viewer in (PUBLIC, COMPACT, NAMED, ELSEWHERE):
        assert [len(of(viewer, need)) for of in (wishes_of, consents_of, liftings_of)] == [0, 0, 0]
        for model in (Wish, Consent, Lifting):
            assert not model.objects.visible_to(viewer).exists()
