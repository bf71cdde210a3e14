"""Overlaps of the registry: proposed from what a reader may see, and a decision is recorded and not asked again."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from colonnade.analysis.models import OverlapDecision
from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.index import Index
from colonnade.analysis.overlap.kinds import Kind
from colonnade.analysis.overlap.record import Record
from colonnade.analysis.overlap_actions import (
    OverlapRefused,
    accept_coordination,
    decide_overlap,
    decline_coordination,
)
from colonnade.analysis.overlaps import overlaps_of, overlaps_with, recorded_twice, records_of, superseded
from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.core.viewer import PUBLIC, Role, Viewer
from colonnade.core.visibility import ViewerMissing
from colonnade.members.models import Entity, Person, RoleHeld
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Project, ProjectCountry

pytestmark = pytest.mark.django_db

DAY = date(2020, 2, 7)
#: A day that is still to come.
LATER = date(2999, 6, 1)
OFFICE = Viewer(roles=frozenset({Role.SECRETARIAT}))
COMPACT = Viewer(roles=frozenset({Role.ENTITY}))
SAME, COORDINATE, FINE = OverlapDecision.Verdict


class Registry:
    """Two entities' border projects, one of them told twice, and people who decide."""

    def __init__(self) -> None:
        region = Region.objects.create(code="R", name="The region")
        self.land = Country.objects.create(code="MLI", name="Mali", region=region, standing="member")
        self.well, self.pipe, self.third = (
            Entity.objects.create(code=code, abbreviation=code, name=code.title(), kind="office", role="member")
            for code in ("WELL", "PIPE", "THIRD")
        )
        text = "Training of officers at four border posts on passenger data and travel documents."
        self.one = self.project(self.well, "Strengthening border management in Mali", text)
        again = "border posts officers travel Training passenger four documents at data"
        self.other = self.project(self.pipe, "border management Strengthening Mali", again)
        self.officer = self.person(Role.SECRETARIAT, None)
        self.of_pipe = self.person(Role.ENTITY, self.pipe)
        self.of_third = self.person(Role.ENTITY, self.third)

    def project(self, entity: Entity, title: str, text: str, **named: Any) -> Project:
        number = Project.objects.unscoped("test").count()
        told = {"reference": f"P-{number}", "status": "ongoing", "level": "compact", "starts_on": DAY, **named}
        made = Project.objects.unscoped("test").create(lead_entity=entity, title=title, description=text, **told)
        ProjectCountry.objects.unscoped("test").create(project=made, country=self.land)
        return made

    @staticmethod
    def person(role: Role, entity: Entity | None) -> Person:
        email = f"{role}-{entity.code if entity else 'office'}@demo.example".lower()
        person = Person.objects.create(email=email, name=email.split("@")[0])
        RoleHeld.objects.create(person=person, role=role, entity=entity, starts_on=DAY)
        return person

    def decide(self, person: Person, verdict: OverlapDecision.Verdict = FINE, **named: Any) -> OverlapDecision:
        told = {"one": self.one, "other": self.other, "reason": "They share the work.", **named}
        return decide_overlap(person=person, verdict=verdict, actor=Actor(person.name, person.pk), **told)


@pytest.fixture
def registry(db: None) -> Registry:  # noqa: ARG001  # opens the database
    return Registry()


def in_force() -> list[OverlapDecision]:
    return list(OverlapDecision.objects.visible_to(OFFICE).in_force())


def test_projects_that_do_nearly_the_same_are_proposed_with_kind_and_reasons(registry: Registry) -> None:
    (proposed,) = overlaps_of(OFFICE)
    assert {proposed.one, proposed.other} == {registry.one.public_id, registry.other.public_id}
    assert proposed.pair.kind is Kind.DUPLICATE
    assert "both in MLI" in "; ".join(map(str, proposed.pair.reasons))


def test_a_project_that_the_reader_may_not_see_is_in_no_pair_and_changes_none(registry: Registry) -> None:
    before = overlaps_of(COMPACT)
    text = "border officers training passenger data travel documents Mali Strengthening management"
    registry.project(registry.third, "Strengthening border management", text, level="restricted", state=registry.land)
    assert overlaps_of(COMPACT) == before
    assert len(overlaps_of(OFFICE)) == 3
    assert overlaps_of(PUBLIC) == []


def test_a_parent_that_the_reader_may_not_see_is_not_named(registry: Registry) -> None:
    whole = registry.project(registry.well, "Borders", "All of it", level="restricted", state=registry.land)
    for part in (registry.one, registry.other):
        part.parent = whole
        part.save()
    assert {record.parent for record in records_of(COMPACT)} == {""}
    assert {pair.pair.kind for pair in overlaps_of(COMPACT)} == {Kind.DUPLICATE}
    assert Kind.PART in {pair.pair.kind for pair in overlaps_of(OFFICE)}


@pytest.mark.parametrize("verdict", [SAME, COORDINATE, FINE])
def test_what_was_decided_is_not_asked_again(registry: Registry, verdict: OverlapDecision.Verdict) -> None:
    (proposed,) = overlaps_of(OFFICE)
    needed: dict[OverlapDecision.Verdict, dict[str, Any]] = {
        SAME: {"kept": registry.one},
        COORDINATE: {"coordinator": registry.well, "due_on": LATER},
        FINE: {},
    }
    registry.decide(registry.officer, verdict, pair=proposed.pair, **needed[verdict])
    assert overlaps_of(OFFICE) == overlaps_of(COMPACT) == []
    (decision,) = in_force()
    assert (decision.verdict, decision.kind) == (verdict, "likely duplicate record")
    assert float(decision.probability or 0) == pytest.approx(proposed.pair.probability, abs=1e-6)


def test_a_later_decision_ends_the_earlier_one_which_stays(registry: Registry) -> None:
    registry.decide(registry.officer)
    registry.decide(registry.of_pipe, SAME, kept=registry.other, one=registry.other, other=registry.one)
    assert [decision.verdict for decision in in_force()] == [SAME]
    assert OverlapDecision.objects.visible_to(OFFICE).count() == 2
    named = Event.objects.filter(table_name="analysis_overlapdecision").values_list("action", flat=True)
    assert set(named) == {"decide_overlap"}
    assert len(named) == 3


def test_what_is_not_kept_is_compared_no_more_and_kept_by_no_later_decision(registry: Registry) -> None:
    agreed(registry, registry.decide(registry.officer, SAME, kept=registry.one))
    third = registry.project(registry.third, registry.other.title, registry.other.description)
    assert {name for each in overlaps_of(OFFICE) for name in (each.one, each.other)} == {
        registry.one.public_id,
        third.public_id,
    }
    assert recorded_twice(OFFICE, registry.other).kept == registry.one
    assert recorded_twice(OFFICE, registry.one).others == (registry.other,)
    with pytest.raises(OverlapRefused, match=f"{registry.one.reference} is"):
        registry.decide(registry.officer, SAME, one=third, kept=registry.other)
    turned = registry.decide(registry.officer, SAME, kept=registry.other)  # about the same pair it may be turned round
    agreed(registry, turned)
    assert superseded(OFFICE) == {registry.one.public_id}


def test_only_the_secretariat_and_the_two_entities_decide(registry: Registry) -> None:
    with pytest.raises(OverlapRefused, match="focal point of one of the two"):
        registry.decide(registry.of_third)
    registry.decide(registry.of_pipe)


def test_who_may_not_see_a_project_is_told_nothing_of_it(registry: Registry) -> None:
    hidden = registry.project(registry.well, "Hidden", "", level="restricted", state=registry.land)
    for other in (hidden, registry.other):
        with pytest.raises(OverlapRefused, match="two projects of different entities"):
            registry.decide(registry.of_pipe, one=registry.other, other=other)


@pytest.mark.parametrize(
    ("verdict", "named", "why"),
    [
        (FINE, {"reason": " "}, "Say why"),
        (SAME, {}, "which of the two"),
        (FINE, {"kept": "one"}, "which of the two"),
        (COORDINATE, {"due_on": LATER}, "who coordinates"),
        (COORDINATE, {"coordinator": "well"}, "who coordinates"),
        (FINE, {"due_on": LATER}, "who coordinates"),
        (COORDINATE, {"coordinator": "well", "due_on": DAY}, "has passed"),
    ],
)
def test_a_decision_says_what_its_verdict_needs_and_no_more(
    registry: Registry, verdict: OverlapDecision.Verdict, named: dict[str, Any], why: str
) -> None:
    told = {name: getattr(registry, value) if value in ("one", "well") else value for name, value in named.items()}
    with pytest.raises(OverlapRefused, match=why):
        registry.decide(registry.officer, verdict, **told)
    assert in_force() == []


def test_the_database_refuses_two_decisions_in_force_about_a_pair(registry: Registry) -> None:
    decision = registry.decide(registry.officer)
    decision.pk, decision.public_id = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save(force_insert=True)


def test_decisions_are_read_inside_the_compact_where_both_projects_are(registry: Registry) -> None:
    registry.one.level = "public"
    registry.one.save()
    registry.decide(registry.officer)
    assert not OverlapDecision.objects.visible_to(PUBLIC).exists()
    assert OverlapDecision.objects.visible_to(COMPACT).count() == 1
    registry.other.level, registry.other.state = "restricted", registry.land
    registry.other.save()
    assert not OverlapDecision.objects.visible_to(COMPACT).exists()
    with pytest.raises(ViewerMissing):
        list(OverlapDecision.objects.all())


def test_projects_are_compared_with_published_activities(registry: Registry) -> None:
    activity = Record(
        id="XM-1",
        entity="Another",
        title="Border management strengthened, Mali",
        text="training for border posts' officers on passenger data and travel documents",
        countries=("ML",),
    )
    index = Index.of(Corpus.of([activity]))
    pairs = overlaps_with(OFFICE, index)
    assert {name for pair in pairs for name in (pair.a, pair.b)} == {
        "XM-1",
        registry.one.public_id,
        registry.other.public_id,
    }


def coordinated(registry: Registry, person: Person, **named: Any) -> OverlapDecision:
    return registry.decide(person, COORDINATE, **{"coordinator": registry.well, "due_on": LATER, **named})


def agreed(registry: Registry, decision: OverlapDecision) -> OverlapDecision:
    """``decision`` once both lead entities accepted it."""
    of_well = Person.objects.filter(roles_held__entity=registry.well).first()
    for person in (registry.of_pipe, of_well or registry.person(Role.ENTITY, registry.well)):
        decision = answer(accept_coordination, decision, person)
    return decision


def answer(what: Any, decision: OverlapDecision, person: Person, **named: Any) -> OverlapDecision:
    told = {"seen_version": decision.version, "actor": Actor(person.name, person.pk), **named}
    answered: OverlapDecision = what(decision=decision, person=person, **told)
    return answered


def test_coordination_is_proposed_until_both_sides_accept(registry: Registry) -> None:
    of_well = registry.person(Role.ENTITY, registry.well)
    decision = coordinated(registry, registry.officer)
    assert decision.standing == "proposed"
    decision = answer(accept_coordination, decision, registry.of_pipe)
    assert decision.standing == "proposed"
    with pytest.raises(OverlapRefused, match="has not answered"):
        answer(accept_coordination, decision, registry.of_pipe)
    with pytest.raises(OverlapRefused, match="has not answered"):
        answer(accept_coordination, decision, registry.officer)
    assert answer(accept_coordination, decision, of_well).standing == "accepted"


def test_whoever_proposes_to_coordinate_has_accepted_for_their_side(registry: Registry) -> None:
    decision = coordinated(registry, registry.of_pipe)
    assert (decision.one_accepted_by, decision.other_accepted_by) == (None, registry.of_pipe)


def test_who_declines_says_why_and_for_which_entity(registry: Registry) -> None:
    decision = coordinated(registry, registry.officer)
    with pytest.raises(OverlapRefused, match="Say why"):
        answer(decline_coordination, decision, registry.of_pipe, reason=" ")
    with pytest.raises(OverlapRefused, match="declines this"):
        answer(decline_coordination, decision, registry.of_third, reason="No.")
    declined = answer(decline_coordination, decision, registry.of_pipe, reason="We are done by then.")
    assert (declined.standing, declined.declined_for, declined.declined_by) == (
        "declined",
        registry.pipe,
        registry.of_pipe,
    )
    assert [each.one for each in overlaps_of(OFFICE)]  # it is to be decided again
    with pytest.raises(OverlapRefused, match="has not answered"):
        answer(accept_coordination, declined, registry.person(Role.ENTITY, registry.well))


def test_who_declined_can_accept_after_all(registry: Registry) -> None:
    decision = answer(accept_coordination, coordinated(registry, registry.officer), registry.of_pipe)
    declined = answer(decline_coordination, decision, registry.of_pipe, reason="We are done by then.")
    assert declined.other_accepted_at is None
    accepted = answer(accept_coordination, declined, registry.of_pipe)
    assert (accepted.standing, accepted.declined_for, accepted.declined_because) == ("proposed", None, "")
    assert accepted.other_accepted_by == registry.of_pipe
    assert overlaps_of(OFFICE) == []


def test_one_sides_word_marks_no_record_of_the_other(registry: Registry) -> None:
    said = registry.decide(registry.of_pipe, SAME, kept=registry.other)
    assert (said.standing, said.other_accepted_by) == ("proposed", registry.of_pipe)
    assert superseded(OFFICE) == frozenset()
    assert recorded_twice(OFFICE, registry.one).kept is None
    of_well = registry.person(Role.ENTITY, registry.well)
    declined = answer(decline_coordination, said, of_well, reason="Two trainings.")
    assert superseded(OFFICE) == frozenset()
    assert answer(accept_coordination, declined, of_well).standing == "accepted"
    assert superseded(OFFICE) == {registry.one.public_id}


def test_a_record_that_both_sides_gave_up_is_kept_by_no_agreement(registry: Registry) -> None:
    third = registry.project(registry.third, registry.other.title, registry.other.description)
    chain = registry.decide(registry.of_third, SAME, one=third, kept=registry.other)
    agreed(registry, registry.decide(registry.officer, SAME, kept=registry.one))
    with pytest.raises(OverlapRefused, match=f"{registry.one.reference} is"):
        answer(accept_coordination, chain, registry.of_pipe)


def test_a_change_is_another_proposal_about_which_the_other_side_is_asked_again(registry: Registry) -> None:
    of_well = registry.person(Role.ENTITY, registry.well)
    decision = answer(accept_coordination, coordinated(registry, registry.officer), of_well)
    changed = coordinated(registry, registry.of_pipe, due_on=date(2999, 7, 1))
    assert changed.standing == "proposed"
    assert (changed.one_accepted_at, changed.other_accepted_by) == (None, registry.of_pipe)
    with pytest.raises(OverlapRefused, match="not open"):
        answer(accept_coordination, decision, of_well)


def test_an_answer_over_another_one_is_refused(registry: Registry) -> None:
    decision = coordinated(registry, registry.officer)
    answer(accept_coordination, decision, registry.of_pipe)
    with pytest.raises(OverlapRefused, match="answered meanwhile"):
        answer(decline_coordination, decision, registry.of_pipe, reason="No.")


def test_the_database_keeps_that_what_is_fine_is_not_accepted(registry: Registry) -> None:
    registry.decide(registry.officer)
    with pytest.raises(IntegrityError, match="not_accepted_or_declined"), transaction.atomic():
        OverlapDecision.objects.unscoped("test").update(one_accepted_at="2020-02-07T10:00Z")
