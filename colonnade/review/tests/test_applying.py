"""Those who apply: a proposal is begun, written by two, and sent once every rule is met."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from colonnade.audit.models import Event
from colonnade.core.actor import Actor
from colonnade.needs.models import Recommendation
from colonnade.portfolio.models import Project, ProjectCountry
from colonnade.review.actions.applying import begin_amendment, begin_proposal, save_proposal, save_section
from colonnade.review.actions.sending import submit_proposal, withdraw_proposal
from colonnade.review.models import BudgetLine, Call, Decision, Proposal, Standing
from colonnade.review.sections import SECTIONS
from colonnade.review.summaries import active_there, checks_of, cited_need, money_of_group, rests_on
from colonnade.review.tests.conftest import House
from colonnade.review.tests.registries import MOMENT, WHY
from colonnade.review.writing import NotEligible, ProposalChanged, ProposalRefused

CLERK = Actor("a clerk")
TODAY = date(2020, 3, 1)


def fresh(proposal: Proposal) -> Proposal:
    """The proposal as it stands in the database."""
    return Proposal.objects.unscoped(WHY).select_related("call", "entity").get(pk=proposal.pk)


def save(
    house: House, proposal: Proposal, who: str = "applicant", version: int | None = None, **changes: Any
) -> Proposal:
    now = fresh(proposal)
    return save_proposal(
        proposal=now, expected_version=version or now.version, changes=changes, person=house.people[who], actor=CLERK
    )


def write(house: House, proposal: Proposal, section: str, *rows: dict[str, Any], who: str = "applicant") -> Proposal:
    now = fresh(proposal)
    return save_section(
        proposal=now, expected_version=now.version, section=SECTIONS[section], rows=rows, person=house.people[who],
        actor=CLERK,
    )  # fmt: skip


def line(amount: int, **values: Any) -> dict[str, Any]:
    known = {"category": "staff", "description": "", "amount_usd": Decimal(amount), "cofunded_usd": Decimal(0)}
    return {**known, **values}


def begin(house: House, who: str = "applicant", **values: Any) -> Proposal:
    known: dict[str, Any] = {"call": house.call, "entity": house.entities["ALPHA"], "title": "Wells", "project": None}
    return begin_proposal(**{**known, **values}, person=house.people[who], actor=CLERK)


def test_a_focal_point_begins_a_draft_that_only_its_people_and_officers_see(house: House) -> None:
    proposal = begin(house)
    assert (proposal.standing, proposal.version, proposal.title) == (Standing.DRAFT, 1, "Wells")
    assert not Proposal.objects.visible_to(house.viewer("member")).exists()


@pytest.mark.parametrize(
    "who", ["officer", "auditor", "member", "donor", "state", "administrator", "stranger", "assessor"]
)
def test_nobody_applies_for_an_entity_that_they_do_not_act_for(who: str, house: House) -> None:
    with pytest.raises(ProposalRefused):
        begin(house, who)
    assert not Proposal.objects.unscoped(WHY).exists()


@pytest.mark.parametrize("standing", [Call.Standing.PREPARING, Call.Standing.CLOSED, Call.Standing.DECIDED])
def test_nobody_applies_where_a_call_is_not_open(standing: Call.Standing, house: House) -> None:
    Call.objects.unscoped(WHY).update(standing=standing)
    with pytest.raises(ProposalRefused):
        begin(house)


def test_what_a_project_says_is_not_entered_again(house: House) -> None:
    project = Project.objects.unscoped(WHY).create(
        reference="P", title="The old well", description="It is deep.", lead_entity=house.entities["ALPHA"],
        status="ongoing", scope="national", starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31),
    )  # fmt: skip
    ProjectCountry.objects.unscoped(WHY).create(project=project, country=house.country)
    proposal = begin(house, title="", project=project)
    assert (proposal.title, proposal.purpose, proposal.scope) == ("The old well", "It is deep.", "national")
    assert list(proposal.countries.all()) == [house.country]
    other = Project.objects.unscoped(WHY).create(
        reference="Q", title="Theirs", lead_entity=house.entities["BETA"], status="ongoing"
    )
    with pytest.raises(ProposalRefused):
        begin(house, project=other)


def test_a_partner_writes_along_and_a_stranger_finds_nothing(house: House) -> None:
    proposal = house.proposal()
    assert save(house, proposal, "partner", purpose="Water").purpose == "Water"
    with pytest.raises(Proposal.DoesNotExist):
        save(house, proposal, "stranger", purpose="Mine")
    with pytest.raises(ProposalRefused):
        save(house, proposal, "officer", purpose="Theirs")
    assert fresh(proposal).purpose == "Water"


def test_a_partner_chooses_no_partners(house: House) -> None:
    proposal = house.proposal()
    gamma = house.entities["GAMMA"].pk
    with pytest.raises(ProposalRefused):
        save(house, proposal, "partner", partners=[gamma])
    with pytest.raises(ProposalRefused):
        save(house, proposal, partners=[house.entities["ALPHA"].pk])
    save(house, proposal, partners=[gamma])
    assert [each.code for each in fresh(proposal).partners.all()] == ["GAMMA"]


def test_a_stale_save_writes_nothing_and_gives_what_stands(house: House) -> None:
    proposal = house.proposal()
    save(house, proposal, purpose="First")
    with pytest.raises(ProposalChanged) as stale:
        save(house, proposal, "partner", version=1, purpose="Second")
    assert stale.value.current.purpose == "First"
    assert (fresh(proposal).purpose, fresh(proposal).version) == ("First", 2)


def test_saving_the_same_writes_nothing(house: House) -> None:
    proposal = save(house, house.proposal(), purpose="Water")
    write(house, proposal, "budget", line(5), line(6))
    events = Event.objects.count()
    save(house, proposal, purpose="Water", countries=[])
    write(house, proposal, "budget", line(5), line(6))
    assert Event.objects.count() == events


def test_a_section_is_replaced_and_rows_that_stay_are_left_alone(house: House) -> None:
    proposal = house.proposal()
    write(house, proposal, "budget", line(5), line(6), line(7))
    events = Event.objects.count()
    write(house, proposal, "budget", line(5), line(60), who="partner")
    rows = BudgetLine.objects.unscoped(WHY).filter(proposal=proposal)
    assert list(rows.values_list("position", "amount_usd")) == [(1, Decimal(5)), (2, Decimal(60))]
    # one line went, one changed, and the proposal has another version
    assert Event.objects.count() == events + 3


def test_a_section_holds_each_row_once(house: House) -> None:
    row = {"entity_id": house.entities["GAMMA"].pk, "held_on": None, "outcome": "They agree"}
    with pytest.raises(ProposalRefused):
        write(house, house.proposal(), "consultations", row, row)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"scope": "everywhere"},
        {"origin": "a dream"},
        {"requested_usd": Decimal(0)},
        {"requested_usd": Decimal("NaN")},
        {"starts_on": date(2020, 2, 1), "ends_on": date(2020, 1, 1)},
        {"standing": "approved"},
        {"submitted_at": MOMENT},
    ],
)
def test_what_cannot_stand_is_refused(changes: dict[str, Any], house: House) -> None:
    proposal = house.proposal()
    with pytest.raises(ProposalRefused):
        save(house, proposal, **changes)
    assert fresh(proposal).version == 1


@pytest.mark.parametrize("standing", [s for s in Standing if s not in (Standing.DRAFT, Standing.RETURNED)])
def test_what_was_sent_is_not_written(standing: Standing, house: House) -> None:
    proposal = house.proposal(standing=standing)
    with pytest.raises(ProposalRefused):
        save(house, proposal, purpose="x")
    with pytest.raises(ProposalRefused):
        write(house, proposal, "budget", line(5))


def test_only_a_need_that_the_writer_may_read_is_cited(house: House) -> None:
    proposal, hidden, shared = house.proposal(), house.need("restricted"), house.need()
    with pytest.raises(ProposalRefused):
        save(house, proposal, origin="recommendation", cited_need_id=hidden.pk)
    with pytest.raises(ProposalRefused):
        save(house, proposal, origin="recommendation", cited_need_id=hidden.pk + 100)
    save(house, proposal, origin="recommendation", cited_need_id=shared.pk)
    assert fresh(proposal).cited_need_id == shared.pk


def test_who_may_not_read_the_need_keeps_it_by_saving_and_is_not_told_of_it(house: House) -> None:
    proposal, need = house.proposal(), house.need("restricted")
    need.named_entities.add(house.entities["ALPHA"])
    save(house, proposal, origin="recommendation", cited_need_id=need.pk)
    partner = house.viewer("partner")
    assert cited_need(partner, fresh(proposal)) is None
    assert not rests_on(partner, fresh(proposal))
    assert rests_on(house.viewer("applicant"), fresh(proposal))
    save(house, proposal, "partner", purpose="Water")
    assert fresh(proposal).cited_need_id == need.pk


def test_another_origin_takes_the_place_of_what_the_first_rested_on(house: House) -> None:
    proposal, need = house.proposal(), house.need()
    save(house, proposal, origin="recommendation", cited_need_id=need.pk)
    save(house, proposal, origin="request", requested_by_id=house.country.pk, request_document="Letter")
    now = fresh(proposal)
    assert (now.cited_need_id, now.requested_by_id, now.request_document) == (None, house.country.pk, "Letter")
    assert Recommendation.objects.unscoped(WHY).count() == 1


def test_nothing_is_sent_without_its_origin(house: House) -> None:
    proposal = house.proposal()
    with pytest.raises(NotEligible) as refused:
        submit(house, proposal)
    (check,) = refused.value.checks
    assert (check.rule, check.met) == ("origin", False)
    assert fresh(proposal).standing == Standing.DRAFT
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.unscoped(WHY).update(standing="submitted", submitted_at=MOMENT)


def submit(house: House, proposal: Proposal, who: str = "applicant", version: int | None = None) -> Proposal:
    now = fresh(proposal)
    return submit_proposal(proposal=now, expected_version=version or now.version, person=house.people[who], actor=CLERK)


def test_a_need_that_was_closed_to_the_applicant_carries_no_submission(house: House) -> None:
    proposal, need = house.proposal(), house.need()
    save(house, proposal, origin="recommendation", cited_need_id=need.pk)
    Recommendation.objects.unscoped(WHY).update(level="restricted")
    with pytest.raises(NotEligible):
        submit(house, proposal)


def test_the_lead_sends_a_whole_proposal_once(house: House) -> None:
    proposal = save(house, house.proposal(), origin="mandate", mandate_note="As mandated")
    with pytest.raises(ProposalRefused):
        submit(house, proposal, "partner")
    with pytest.raises(ProposalChanged):
        submit(house, proposal, version=1)
    sent = submit(house, proposal)
    assert (sent.standing, sent.submitted_by) == (Standing.SUBMITTED, house.people["applicant"])
    assert Proposal.objects.visible_to(house.viewer("member")).exists()
    with pytest.raises(ProposalRefused):
        submit(house, proposal)


def test_a_proposal_is_withdrawn_for_a_reason_and_stays(house: House) -> None:
    proposal = house.proposal()
    for because, who in (("", "applicant"), ("Elsewhere", "partner")):
        with pytest.raises(ProposalRefused):
            withdraw_proposal(
                proposal=proposal, expected_version=1, because=because, person=house.people[who], actor=CLERK
            )
    withdraw_proposal(
        proposal=proposal, expected_version=1, because="Paid elsewhere", person=house.people["applicant"], actor=CLERK
    )
    now = fresh(proposal)
    assert (now.standing, now.withdrawn_because) == (Standing.WITHDRAWN, "Paid elsewhere")


def test_an_approved_proposal_is_amended_by_a_draft_that_says_the_same(house: House) -> None:
    proposal = house.proposal(standing=Standing.DRAFT, working_group=house.group, purpose="Water")
    write(house, proposal, "budget", line(5), line(6))
    with pytest.raises(ProposalRefused):
        begin_amendment(proposal=proposal, person=house.people["applicant"], actor=CLERK)
    Proposal.objects.unscoped(WHY).update(standing="approved", submitted_at=MOMENT, origin="mandate", mandate_note="x")
    for who in ("partner", "officer"):
        with pytest.raises(ProposalRefused):
            begin_amendment(proposal=proposal, person=house.people[who], actor=CLERK)
    Call.objects.unscoped(WHY).update(standing="decided")
    made = begin_amendment(proposal=proposal, person=house.people["applicant"], actor=CLERK)
    assert (made.standing, made.amends, made.purpose, made.submitted_at) == (Standing.DRAFT, proposal, "Water", None)
    assert [each.code for each in made.partners.all()] == ["BETA"]
    assert BudgetLine.objects.unscoped(WHY).filter(proposal=made).count() == 2
    with pytest.raises(ProposalRefused):
        begin_amendment(proposal=proposal, person=house.people["applicant"], actor=CLERK)
    assert submit(house, made).standing == Standing.SUBMITTED


def test_a_group_hears_of_the_money_of_proposals_that_it_may_read(house: House) -> None:
    beside: dict[str, Any] = {"working_group": house.group, "requested_usd": Decimal(100_000)}
    own, partnered, theirs = house.proposal(**beside), house.proposal(**beside), house.proposal(**beside)
    Proposal.objects.unscoped(WHY).filter(pk__in=[partnered.pk, theirs.pk]).update(
        standing="approved", submitted_at=MOMENT, origin="mandate", mandate_note="x"
    )
    Proposal.objects.unscoped(WHY).filter(pk=theirs.pk).update(entity=house.entities["GAMMA"])
    theirs.partners.clear()
    for proposal, first in ((partnered, None), (theirs, None)):
        Decision.objects.unscoped(WHY).create(
            proposal=proposal, outcome="approve", amount_usd=Decimal(70_000), reasons="x", follows=first,
            decided_by=house.people["officer"], decided_at=MOMENT,
        )  # fmt: skip
    assert money_of_group(house.viewer("applicant"), own).given_usd == Decimal(70_000)
    assert money_of_group(house.viewer("chair"), own).given_usd == Decimal(140_000)
    assert money_of_group(house.viewer("officer"), own).given_usd == Decimal(140_000)


def test_who_is_active_there_is_told_of_projects_that_the_reader_sees(house: House) -> None:
    proposal = house.proposal()
    proposal.countries.add(house.country)
    for number, (level, code, status) in enumerate(
        [("compact", "GAMMA", "ongoing"), ("restricted", "GAMMA", "ongoing"), ("public", "ALPHA", "ongoing"),
         ("public", "GAMMA", "completed")]
    ):  # fmt: skip
        project = Project.objects.unscoped(WHY).create(
            reference=f"P{number}", title="x", lead_entity=house.entities[code], status=status, level=level,
            state=house.country if level == "restricted" else None,
        )  # fmt: skip
        ProjectCountry.objects.unscoped(WHY).create(project=project, country=house.country)
    assert [(row.entity.code, row.projects) for row in active_there(house.viewer("applicant"), proposal)] == [
        ("GAMMA", 1)
    ]
    assert [(row.entity.code, row.projects) for row in active_there(house.viewer("officer"), proposal)] == [
        ("GAMMA", 2)
    ]


def test_the_checks_are_those_of_the_calls_rules(house: House) -> None:
    proposal = fresh(house.proposal())
    assert [check.rule for check in checks_of(house.viewer("applicant"), proposal, TODAY)] == ["origin"]
