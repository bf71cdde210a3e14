"""Two records of one project become one: by two people and both entities, with what was chosen, and nothing is lost."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from colonnade.analysis.merging.actions import (
    MergingChanged,
    MergingRefused,
    Seen,
    decline_merging,
    withdraw_merging,
)
from colonnade.analysis.merging.tests.conftest import COMPACT, DAY, OFFICE, Pair
from colonnade.analysis.models import Merging, OverlapDecision
from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.core.viewer import PUBLIC, Role, Viewer
from colonnade.funding.models import AppealEntry, Contribution
from colonnade.members.models import Entity
from colonnade.needs.models import Response, ResponseStep
from colonnade.portfolio.models import (
    Inventory,
    InventoryEntry,
    Project,
    ProjectCountry,
    ProjectMarker,
    ProjectPartner,
    ReferenceCode,
)
from colonnade.review.models import Call, Process, ProjectResult

pytestmark = pytest.mark.django_db


def rows(model: Any) -> Any:
    return model.objects.unscoped("test")


def test_the_kept_record_stands_and_the_other_leads_to_it(pair: Pair) -> None:
    kept = pair.made()
    merged = pair.fresh(pair.merged)
    assert merged.merged_into_id == kept.pk
    assert list(Project.objects.visible_to(OFFICE)) == [kept]
    assert set(Project.objects.readable_by(OFFICE)) == {kept, merged}
    merging = rows(Merging).get()
    assert (merging.standing, merging.ended_by) == ("made", pair.second)


def test_each_entity_speaks_for_its_side_and_who_proposes_does_not_merge(pair: Pair) -> None:
    merging = pair.propose()
    with pytest.raises(MergingRefused, match="Not agreed to yet: WELL, PIPE"):
        pair.merge(merging)
    merging = pair.agree(merging, pair.of_well)
    with pytest.raises(MergingRefused, match="Not agreed to yet: PIPE"):
        pair.merge(merging)
    with pytest.raises(MergingRefused, match="has not agreed yet"):
        pair.agree(merging, pair.of_well)
    merging = pair.agree(merging, pair.of_pipe)
    with pytest.raises(MergingRefused, match="another person"):
        pair.merge(merging, person=pair.officer)
    with pytest.raises(MergingRefused, match="Only the secretariat"):
        pair.merge(merging, person=pair.of_well)
    assert pair.merge(merging) == pair.kept


def test_a_focal_point_who_proposes_agrees_for_their_side_alone(pair: Pair) -> None:
    merging = pair.propose(pair.of_pipe)
    assert (merging.kept_agreed_by, merging.merged_agreed_by) == (None, pair.of_pipe)
    merging = pair.agree(merging, pair.of_well)
    assert pair.merge(merging, person=pair.officer) == pair.kept


def test_where_one_entity_leads_both_nobody_else_is_asked(pair: Pair) -> None:
    pair.merged = pair.project(pair.well, "K-2")
    assert pair.merge(pair.propose()) == pair.kept


def test_others_do_not_propose_decline_or_withdraw(pair: Pair) -> None:
    stranger = pair.person("stranger", Role.AUDITOR)
    with pytest.raises(MergingRefused, match="proposes this"):
        pair.propose(stranger)
    merging = pair.propose()
    named: dict[str, Any] = {"merging": merging, "reason": "No.", "seen_version": merging.version}
    with pytest.raises(MergingRefused, match="declines this"):
        decline_merging(person=stranger, actor=Actor("x", stranger.pk), **named)
    with pytest.raises(MergingRefused, match="Only who proposed"):
        withdraw_merging(person=pair.second, actor=Actor("x", pair.second.pk), **named)
    declined = decline_merging(person=pair.of_pipe, actor=Actor("x", pair.of_pipe.pk), **named)
    assert (declined.standing, declined.ended_because) == ("declined", "No.")
    assert pair.propose().standing == "proposed"


def test_a_record_is_proposed_for_one_merging_at_a_time(pair: Pair) -> None:
    pair.propose()
    with pytest.raises(MergingRefused, match="proposed already"):
        pair.propose()


def test_what_somebody_saved_meanwhile_is_not_written_over(pair: Pair) -> None:
    proposed = pair.propose()
    merging = pair.agree(proposed, pair.of_well)
    with pytest.raises(MergingChanged):
        pair.agree(proposed, pair.of_pipe)
    merging = pair.agree(merging, pair.of_pipe)
    rows(Project).filter(pk=pair.merged.pk).update(version=2, title="Another title")
    with pytest.raises(MergingChanged):
        pair.merge(merging, seen=Seen(1, 1))
    assert pair.fresh(pair.merged).merged_into_id is None


def test_a_column_is_taken_from_the_other_where_that_was_chosen_or_the_kept_one_says_nothing(pair: Pair) -> None:
    rows(Project).filter(pk=pair.merged.pk).update(description="Deep wells.", starts_on=DAY)
    kept = pair.made({"status": "merged"})
    assert (kept.title, kept.status) == ("Wells for Hereland", "suspended")
    assert (kept.description, kept.starts_on) == ("Deep wells.", DAY)
    assert kept.reference == "K-1"


def test_money_that_both_report_is_chosen_by_a_person(pair: Pair) -> None:
    for project, budget in ((pair.kept, 100), (pair.merged, 70)):
        rows(Project).filter(pk=project.pk).update(budget=budget, budget_usd=budget)
        pair.reported(project, budget=budget)
    with pytest.raises(MergingRefused, match="Budget and funding, wells-2019"):
        pair.propose()
    kept = pair.made({"money": "merged", "entry:wells-2019": "merged"})
    assert (kept.budget, kept.budget_usd) == (Decimal(70), Decimal(70))
    seen = InventoryEntry.objects.visible_to(OFFICE).get()
    assert (seen.project, seen.budget, seen.budget_usd) == (kept, Decimal(70), Decimal(70))


def test_an_inventory_in_which_only_the_other_stood_counts_the_kept_one(pair: Pair) -> None:
    before = Inventory.objects.create(key="wells-2018", title="x", as_of=DAY - timedelta(365), source="s")
    pair.reported(pair.merged, before, budget=5)
    kept = pair.made()
    assert InventoryEntry.objects.visible_to(OFFICE).get().project == kept
    assert rows(InventoryEntry).filter(project=pair.merged).count() == 1


@pytest.mark.parametrize(
    ("own", "other", "stands", "whose"),
    [
        ("claimed", "verified", "verified", "merged"),
        ("verified", "claimed", "verified", "kept"),
        ("claimed", "contested", "contested", "merged"),
        ("claimed", "claimed", "claimed", "kept"),
        ("withdrawn", "rejected", "rejected", "merged"),
    ],
)
def test_of_two_responses_to_a_need_the_stronger_stands(
    pair: Pair, own: str, other: str, stands: str, whose: str
) -> None:
    need = pair.need("N-1")
    made = {
        side: pair.response(need, getattr(pair, side), standing=standing)
        for side, standing in (("kept", own), ("merged", other))
    }
    kept = pair.made()
    standing = rows(Response).get(recommendation=need, project=kept)
    assert (standing.pk, standing.standing) == (made[whose].pk, stands)
    other_one = rows(Response).get(recommendation=need, project=pair.merged)
    assert other_one.standing == "withdrawn"
    assert Response.objects.visible_to(OFFICE).get() == standing
    if {own, other} & {"withdrawn"}:
        return
    assert other_one.reason == "merged"
    assert ResponseStep.objects.unscoped("test").get(response=other_one).reason == "merged"


def test_a_response_that_who_merges_may_not_see_moves_as_well(pair: Pair) -> None:
    hidden = pair.response(pair.need("N-2", level="restricted"), pair.merged)
    assert not Response.objects.visible_to(COMPACT).filter(pk=hidden.pk).exists()
    kept = pair.made()
    assert rows(Response).get(pk=hidden.pk).project == kept


def test_partners_and_places_are_united_and_the_other_lead_takes_part(pair: Pair) -> None:
    third = pair.project(pair.well, "K-3").lead_entity
    rows(ProjectPartner).create(project=pair.merged, entity=third, name="Well", role="funding")
    rows(ProjectPartner).create(project=pair.merged, entity=None, name="A village", role="implementing")
    rows(ProjectCountry).filter(project=pair.kept).update(share=100)
    kept = pair.made()
    partners = rows(ProjectPartner).filter(project=kept).values_list("entity__code", "name")
    assert set(partners) == {(None, "A village"), ("PIPE", "Pipe")}
    places = rows(ProjectCountry).filter(project=kept).values_list("country__code", "share")
    assert set(places) == {("QMA", None), ("QMB", None)}
    assert rows(ProjectCountry).filter(project=pair.merged).count() == 1


def test_a_score_of_a_marker_is_chosen_and_one_that_only_the_other_has_comes_along(pair: Pair) -> None:
    for project, marker, score in ((pair.kept, "gender", 1), (pair.merged, "gender", 2), (pair.merged, "youth", 3)):
        rows(ProjectMarker).create(project=project, marker=marker, score=score)
    kept = pair.made({"marker:gender": "merged"})
    assert set(rows(ProjectMarker).filter(project=kept).values_list("marker", "score")) == {("gender", 2), ("youth", 3)}


def test_the_other_reference_finds_the_kept_record(pair: Pair) -> None:
    rows(ReferenceCode).create(project=pair.merged, scheme="iati", code="XM-1-M")
    kept = pair.made()
    assert set(rows(ReferenceCode).filter(project=kept).values_list("scheme", "code")) == {
        ("iati", "XM-1-M"),
        ("merged record", "PIPE M-1"),
    }


def test_lines_of_money_move_and_one_that_was_told_twice_is_counted_once(pair: Pair) -> None:
    pair.contribution(pair.kept, "giver", 10)
    twice, second, other = (
        pair.contribution(pair.merged, name, amount) for name, amount in (("giver", 10), ("giver", 4), ("else", 7))
    )
    merging = pair.agree(pair.agree(pair.propose(), pair.of_well), pair.of_pipe)
    with pytest.raises(MergingRefused, match="giver"):
        pair.merge(merging)
    choices = {f"contribution:{twice.public_id}": "once", f"contribution:{second.public_id}": "both"}
    kept = pair.merge(merging, choices)
    assert rows(Merging).get().choices == {"status": "kept", "title": "kept"}, "lines of money stand in the log alone"
    seen = Contribution.objects.visible_to(OFFICE)
    assert sorted(seen.values_list("amount", flat=True)) == [4, 7, 10]
    assert {each.project for each in seen} == {kept}
    assert rows(Contribution).get(pk=twice.pk).project == pair.merged
    assert rows(Contribution).get(pk=other.pk).version == 2


@pytest.mark.parametrize(("choice", "amount"), [("kept", 100), ("merged", 60)])
def test_of_two_requirements_in_one_appeal_one_stands(pair: Pair, choice: str, amount: int) -> None:
    pair.asked(pair.kept, 100)
    pair.asked(pair.merged, 60)
    kept = pair.made({"appeal:wells": choice})
    standing = AppealEntry.objects.visible_to(OFFICE).get(left_on__isnull=True)
    assert standing.project == kept
    assert standing.requirement_usd == amount
    assert AppealEntry.objects.visible_to(OFFICE).get(left_on__isnull=False).left_because == "merged"


def test_a_part_is_no_double_and_parts_follow(pair: Pair) -> None:
    part = pair.project(pair.well, "K-9", parent=pair.merged)
    kept = pair.made()
    assert pair.fresh(part).parent_id == kept.pk
    pair.kept, pair.merged = kept, pair.fresh(part)
    with pytest.raises(MergingRefused, match="a part of the other"):
        pair.propose()


def test_the_narrower_level_stands_and_nobody_reads_more_than_before(pair: Pair) -> None:
    rows(Project).filter(pk=pair.kept.pk).update(level="public")
    rows(Project).filter(pk=pair.merged.pk).update(level="restricted", state=pair.there)
    third = pair.project(pair.well, "K-5").lead_entity
    pair.fresh(pair.merged).named_entities.add(third)
    kept = pair.made()
    assert (kept.level, kept.state_id) == ("restricted", pair.there.pk)
    assert set(kept.named_entities.values_list("code", flat=True)) == {"WELL", "PIPE"}
    assert not Project.objects.visible_to(PUBLIC).filter(pk=kept.pk).exists()
    assert not Project.objects.visible_to(COMPACT).filter(pk=kept.pk).exists()


def test_two_that_different_states_keep_to_themselves_are_not_merged(pair: Pair) -> None:
    rows(Project).filter(pk=pair.kept.pk).update(level="restricted", state=pair.here)
    rows(Project).filter(pk=pair.merged.pk).update(level="restricted", state=pair.there)
    with pytest.raises(MergingRefused, match="different States"):
        pair.propose()


def test_two_published_results_are_not_one(pair: Pair) -> None:
    board = Process.objects.create(code="B", title="The board", rules={}, source="s")
    call = Call.objects.create(
        code="C", title="A call", opens_on=DAY, closes_on=DAY, budget_usd=1, rules={}, process=board
    )
    for project in (pair.kept, pair.merged):
        rows(ProjectResult).create(
            project=project, call=call, given_usd=1, spent_usd=1, lessons="x", closed_on=DAY, closed_by=pair.of_well,
            published_by=pair.officer, published_at="2020-02-07T10:00Z",
        )  # fmt: skip
    with pytest.raises(MergingRefused, match="published results"):
        pair.propose()


def test_a_merged_record_leads_to_the_last_one_in_one_step(pair: Pair) -> None:
    first, last = pair.made(), pair.project(pair.well, "K-7")
    before = pair.merged
    pair.kept, pair.merged = last, first
    pair.merge(pair.propose())
    assert pair.fresh(before).merged_into_id == last.pk


def test_what_was_decided_with_a_third_is_not_asked_again(pair: Pair) -> None:
    entity = Entity.objects.create(code="THIRD", abbreviation="THIRD", name="Third", kind="office", role="member")
    third = pair.project(entity, "T-1")
    one, other = sorted((pair.merged, third), key=lambda each: each.pk)
    rows(OverlapDecision).create(one=one, other=other, verdict="fine", reason="x", decided_by=pair.officer)
    kept = pair.made()
    decision = OverlapDecision.objects.visible_to(OFFICE).get()
    assert {decision.one, decision.other} == {kept, third}


def test_every_row_that_moved_is_in_the_log_as_one_action(pair: Pair) -> None:
    pair.response(pair.need("N-1"), pair.merged)
    pair.made()
    written = Event.objects.filter(action="merge_projects")
    assert {"portfolio_project", "needs_response", "analysis_merging"} <= set(
        written.values_list("table_name", flat=True)
    )
    assert not written.filter(operation="delete").exists()


def test_mergings_are_read_inside_the_compact_where_both_records_are(pair: Pair) -> None:
    pair.made()
    assert Merging.objects.visible_to(COMPACT).count() == 1
    assert Merging.objects.visible_to(PUBLIC).count() == 0
    assert (
        Merging.objects.visible_to(Viewer(roles=frozenset({Role.STATE}), country_codes=frozenset({"QMA"}))).count() == 0
    )
    rows(Project).filter(pk=pair.merged.pk).update(level="restricted", state=pair.there)
    assert Merging.objects.visible_to(COMPACT).count() == 0


def test_the_database_keeps_that_two_people_merge(pair: Pair) -> None:
    merging = pair.propose()
    with pytest.raises(IntegrityError, match="who_proposes_does_not_merge"), transaction.atomic():
        rows(Merging).filter(pk=merging.pk).update(standing="made", ended_by=pair.officer, ended_at="2020-02-07T10:00Z")
