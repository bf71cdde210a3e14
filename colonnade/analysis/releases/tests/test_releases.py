"""A total over records that its readers may not see takes two people, and is shown as far as nothing follows."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from colonnade.analysis.actions import (
    PublishedFigure,
    ReleaseRefused,
    approve_release,
    note_figure_published_outside,
    note_published_figures,
    propose_release,
    refuse_release,
    withdraw_release,
)
from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.analysis.disclosure.policy import Policy
from colonnade.analysis.disclosure.tables import ALL
from colonnade.analysis.models import KnownFigure, ReleaseBasis, ReleaseCheck, ReleasedTotal
from colonnade.analysis.queries import checks_of, released_figures
from colonnade.analysis.releases.basis import NotReleasable, question_from_json
from colonnade.analysis.releases.preparing import Wanted, prepare
from colonnade.analysis.releases.tests.conftest import Needs, person_with
from colonnade.analysis.releases.values import ReleasedValues
from colonnade.core.actor import Actor
from colonnade.core.viewer import AUDIENCES, PUBLIC, Role, Viewer
from colonnade.core.visibility import ViewerMissing
from colonnade.members.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("needs")]

PARAMETERS = {"provenance": "illustrative", "inventory": None}
POLICY = Policy()


def wanted(figure: str = "needs_by_theme", **named: Any) -> Wanted:
    return Wanted(**{"audience": "public", "figure": figure, "parameters": PARAMETERS, **named})


def actor(person: Person) -> Actor:
    return Actor(person.name, person.pk)


def proposed(person: Person, what: Wanted | None = None, **named: Any) -> ReleasedTotal:
    told = {"title": "Needs by theme", "reason": "The report speaks of them.", "policy": POLICY, **named}
    return propose_release(person=person, wanted=what or wanted(), actor=actor(person), **told)


def approved(release: ReleasedTotal, person: Person) -> ReleasedTotal:
    seen = ReleasedValues.from_json(release.values).digest
    return approve_release(release=release, person=person, seen=seen, actor=actor(person))


def values(release: ReleasedTotal) -> ReleasedValues:
    return ReleasedValues.from_json(release.values)


def test_small_and_empty_cells_stay_out_and_take_another_with_them(officer: Person) -> None:
    found = values(proposed(officer))
    assert {code: found.row(code) for code in found.rows.codes} == {
        "wells": 24,
        "pipes": None,
        "taps": None,
        "drains": None,
    }
    assert found.total == 44
    assert found.suppressed == 3


def test_a_release_is_proposed_by_one_and_approved_by_another(officer: Person, second_officer: Person) -> None:
    release = proposed(officer)
    assert not ReleasedTotal.objects.visible_to(PUBLIC).exists()
    with pytest.raises(ReleaseRefused, match="another person"):
        approved(release, officer)
    approved(release, second_officer)
    assert [each.public_id for each in ReleasedTotal.objects.visible_to(PUBLIC)] == [release.public_id]
    assert released_figures(PUBLIC)["needs_by_theme"].values.total == 44


def test_the_database_refuses_an_approval_by_whoever_proposed(officer: Person) -> None:
    release = proposed(officer)
    release.standing, release.approved_by, release.approved_at = "approved", officer, release.as_of
    with pytest.raises(IntegrityError), transaction.atomic():
        release.save()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECRETARIAT}))
def test_nobody_but_the_secretariat_releases(role: Role, officer: Person) -> None:
    other = person_with(role, "other@demo.example")
    with pytest.raises(ReleaseRefused, match="Only the secretariat"):
        proposed(other)
    release = proposed(officer)
    with pytest.raises(ReleaseRefused, match="Only the secretariat"):
        approved(release, other)
    with pytest.raises(ReleaseRefused, match="Only the secretariat"):
        refuse_release(release=release, person=other, because="No.", actor=actor(other))


def test_proposals_are_seen_by_the_secretariat_and_auditors_only(officer: Person) -> None:
    proposed(officer)
    seen = {role: ReleasedTotal.objects.visible_to(Viewer(roles=frozenset({role}))).count() for role in Role}
    assert {role for role, number in seen.items() if number} == {Role.SECRETARIAT, Role.AUDITOR}


def test_a_release_inside_the_compact_is_not_the_publics(needs: Needs, officer: Person, second_officer: Person) -> None:
    needs.make(24, "drains", level="restricted")
    release = approved(proposed(officer, wanted("needs_count", audience="compact", over="every")), second_officer)
    assert values(release).total == 68
    assert not ReleasedTotal.objects.visible_to(PUBLIC).exists()
    assert not ReleasedTotal.objects.visible_to(Viewer(roles=frozenset({Role.STATE}))).exists()
    assert ReleasedTotal.objects.visible_to(AUDIENCES["compact"].viewer).exists()


def test_releases_are_not_read_without_a_viewer() -> None:
    for model in (ReleasedTotal, ReleaseBasis, ReleaseCheck):
        with pytest.raises(ViewerMissing):
            list(model._default_manager.all())


def test_the_records_behind_a_release_are_for_those_who_see_every_record(officer: Person) -> None:
    release = proposed(officer)
    assert not ReleaseBasis.objects.visible_to(AUDIENCES["compact"].viewer).exists()
    assert len(ReleaseBasis.objects.visible_to(AUDIENCES["secretariat"].viewer).get().records) == 44
    assert checks_of(PUBLIC, release) == []
    (check,) = checks_of(AUDIENCES["secretariat"].viewer, release)
    assert (check.audience, check.passed, check.hidden_records) == ("public", True, 44)


def test_a_total_that_counts_restricted_records_is_checked_for_those_who_see_the_others(
    needs: Needs, officer: Person
) -> None:
    needs.make(2, "wells", level="restricted")
    with pytest.raises(ReleaseRefused, match="Nothing of it can be shown"):
        # Whoever sees the 44 of the compact would learn from 46 that two are restricted.
        proposed(officer, wanted("needs_count", over="every"))
    assert values(proposed(officer, wanted("needs_count"))).total == 44


def test_a_record_that_came_between_two_releases_is_not_given_away(
    needs: Needs, officer: Person, second_officer: Person
) -> None:
    approved(proposed(officer, wanted("needs_count")), second_officer)
    needs.make(1, "wells")
    with pytest.raises(ReleaseRefused):
        proposed(officer, wanted("needs_count"))
    needs.make(7, "wells")
    assert values(proposed(officer, wanted("needs_count"))).total == 52


def test_a_withdrawn_release_still_counts_as_known(needs: Needs, officer: Person, second_officer: Person) -> None:
    release = approved(proposed(officer, wanted("needs_count")), second_officer)
    withdraw_release(release=release, person=officer, because="Superseded.", actor=actor(officer))
    assert released_figures(PUBLIC) == {}
    assert ReleasedTotal.objects.visible_to(PUBLIC).exists()
    needs.make(1, "wells")
    with pytest.raises(ReleaseRefused):
        proposed(officer, wanted("needs_count"))


def test_a_refused_release_was_never_known(needs: Needs, officer: Person, second_officer: Person) -> None:
    release = proposed(officer, wanted("needs_count"))
    refuse_release(release=release, person=second_officer, because="Not needed.", actor=actor(second_officer))
    assert not ReleasedTotal.objects.visible_to(PUBLIC).exists()
    needs.make(1, "wells")
    assert values(proposed(officer, wanted("needs_count"))).total == 45
    with pytest.raises(ReleaseRefused, match="Only a proposal"):
        refuse_release(release=release, person=officer, because="Again.", actor=actor(officer))


def test_a_proposal_that_no_longer_passes_is_refused_at_approval(
    needs: Needs, officer: Person, second_officer: Person
) -> None:
    first = proposed(officer, wanted("needs_count"))
    approved(first, second_officer)
    second = proposed(officer, wanted("needs_count"))
    needs.make(1, "wells")
    with pytest.raises(ReleaseRefused):
        approved(second, second_officer)


def test_what_is_approved_is_what_was_looked_at(needs: Needs, officer: Person, second_officer: Person) -> None:
    release = proposed(officer)
    needs.make(6, "wells")
    with pytest.raises(ReleaseRefused, match="look at them again"):
        approved(release, second_officer)
    seen = prepare(wanted(), POLICY).values.digest
    done = approve_release(release=release, person=second_officer, seen=seen, actor=actor(second_officer))
    assert values(done).total == 50
    assert len(ReleaseBasis.objects.unscoped("test").get().records) == 50


def test_what_is_seen_one_by_one_is_known(needs: Needs, officer: Person) -> None:
    # Inside the compact all but three of the 18 on pipes are seen: their total would give the three away.
    needs.make(24, "wells", level="restricted")
    needs.make(3, "pipes", level="restricted")
    found = values(proposed(officer, wanted(audience="compact", over="every"), policy=Policy(protects_empty=False)))
    assert found.row("pipes") is None
    assert found.row("taps") == 2


def test_a_figure_published_outside_counts_as_known(officer: Person) -> None:
    told = PublishedFigure("taps", "Needs on taps", "W/1 para. 3", "needs_by_theme", {"theme": "taps"}, None, None, "2")
    exact = PublishedFigure(**{**vars_of(told), "low": Decimal(2), "high": Decimal(2)})
    note_figure_published_outside(person=officer, figure=exact, actor=actor(officer))
    release = proposed(officer)
    (check,) = checks_of(AUDIENCES["secretariat"].viewer, release)
    assert check.against == ["W/1 para. 3: 2"]
    # That there are two is known already, and is said; pipes and drains must not follow from it.
    assert any(finding["what"] for finding in check.findings)
    assert values(release).row("pipes") is None
    assert values(release).row("drains") is None
    with pytest.raises(ReleaseRefused, match="noted already"):
        note_figure_published_outside(person=officer, figure=exact, actor=actor(officer))


def vars_of(figure: PublishedFigure) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in PublishedFigure.__slots__}


def test_published_figures_are_noted_once_and_follow_their_file() -> None:
    clerk = Actor("a clerk")
    one = PublishedFigure("needs", "Needs", "W/1 para. 3", "needs_count", {}, Decimal(40), None, "more than 39")
    assert note_published_figures(figures=[one], origin=KnownFigure.Origin.CLAIMS, actor=clerk) == 1
    assert note_published_figures(figures=[one], origin=KnownFigure.Origin.CLAIMS, actor=clerk) == 0
    other = PublishedFigure(**{**vars_of(one), "low": Decimal(41)})
    assert note_published_figures(figures=[other], origin=KnownFigure.Origin.CLAIMS, actor=clerk) == 1
    assert KnownFigure.objects.get().low == 41


@pytest.mark.parametrize("figure", ["assessed_states", "projects_by_scope", "no_such_figure"])
def test_what_is_no_count_of_records_cannot_be_released(officer: Person, figure: str) -> None:
    with pytest.raises(ReleaseRefused):
        proposed(officer, wanted(figure))


def test_a_question_can_be_released(officer: Person) -> None:
    asked = Question(Selection(Subject.NEEDS), "needs", "theme", "priority")
    release = proposed(officer, Wanted("public", question=asked), policy=Policy(protects_empty=False))
    assert release.question is not None
    assert question_from_json(release.question) == asked
    found = values(release)
    assert found.cells["wells", "high"] == 24
    assert found.cells["wells", "low"] == 0
    assert found.cells["taps", "high"] is None
    assert found.cells[ALL, ALL] == 44


@pytest.mark.parametrize("rows", ["mandate", "no_such_dimension"])
def test_a_question_whose_records_count_twice_cannot_be_released(rows: str) -> None:
    with pytest.raises(NotReleasable):
        prepare(Wanted("public", question=Question(Selection(Subject.NEEDS), "needs", rows)), POLICY)


def test_by_state_nothing_but_the_total_is_shown(officer: Person) -> None:
    asked = Question(Selection(Subject.NEEDS), "needs", "country")
    found = values(proposed(officer, Wanted("public", question=asked)))
    assert found.total == 44
    assert found.suppressed == len(found.rows.codes)


def test_a_release_says_what_and_why(officer: Person) -> None:
    with pytest.raises(ReleaseRefused, match="Say what"):
        proposed(officer, reason=" ")
