"""Calls, proposals, sending and withdrawing: what each reader finds."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from colonnade.funding.models import SeedRound
from colonnade.review.models import Call, Proposal, Screening, Standing
from colonnade.review.tests.registries import MOMENT, WHY, a_call, a_proposal
from colonnade.web.proposals.tests.conftest import Browser, Round, fresh


def test_everybody_reads_a_call_with_its_rules_and_nobody_one_in_preparation(opened: Round) -> None:
    a_call(opened.call.process, "secret", title="A secret call", standing=Call.Standing.PREPARING)
    page = Client().get("/calls/").content.decode()
    assert "Call wells-2030" in page
    assert "A secret call" not in page
    assert Client().get("/calls/secret/").status_code == 404
    one = Client().get("/calls/wells-2030/").content.decode()
    for said in ("It has an origin", "It stays within the ceiling", "169,500", "The head", "Proposals are not scored."):
        assert said in one
    assert "/apply/" not in one


def test_a_round_of_the_past_is_a_call_and_the_two_lead_to_each_other(opened: Round) -> None:
    past = a_call(
        opened.call.process, "2019", standing=Call.Standing.DECIDED, opens_on=None, closes_on=None, budget_usd=None
    )
    seed = SeedRound.objects.get()
    Call.objects.unscoped(WHY).filter(pk=past.pk).update(seed_round=seed)
    page = Client().get("/calls/2019/").content.decode()
    assert "A seed" in page
    assert f"/money/seed/{seed.code}/" in page
    assert "/calls/2019/" in Client().get(f"/money/seed/{seed.code}/").content.decode()


def test_a_focal_point_begins_a_proposal_from_a_call(browser: Browser) -> None:
    client = browser("applicant")
    assert "/calls/wells-2030/apply/" in client.get("/calls/wells-2030/").content.decode()
    assert client.post("/calls/wells-2030/apply/", {"entity": "WATER", "title": ""}).status_code == 400
    assert client.post("/calls/wells-2030/apply/", {"entity": "AIR", "title": "x"}).status_code == 400
    answer = client.post("/calls/wells-2030/apply/", {"entity": "WATER", "title": "Deep wells", "project": ""})
    made = Proposal.objects.unscoped(WHY).get()
    assert answer["Location"] == f"/proposals/{made.public_id}/write/description/"
    assert (made.title, made.entity.code) == ("Deep wells", "WATER")
    for who in ("member", "clerk"):
        assert browser(who).get("/calls/wells-2030/apply/").status_code == 404


@pytest.mark.parametrize("standing", [Standing.DRAFT, Standing.SUBMITTED])
def test_a_proposal_is_there_for_those_who_may_see_it(standing: Standing, opened: Round, browser: Browser) -> None:
    proposal = opened.proposal(standing=standing, purpose="Deeper wells")
    address = f"/proposals/{proposal.public_id}/"
    statuses = {
        who: browser(who).get(address).status_code for who in ("applicant", "partner", "stranger", "member", "clerk")
    }
    sees = {"applicant", "partner", "clerk"} | ({"member"} if standing == Standing.SUBMITTED else set())
    assert {who for who, status in statuses.items() if status == 200} == sees
    assert Client().get(address).status_code == 404
    lists = {who: proposal.public_id in browser(who).get("/proposals/").content.decode() for who in statuses}
    assert {who for who, listed in lists.items() if listed} == sees
    assert Client().get("/proposals/").status_code == 302


def test_what_is_missing_is_shown_and_nothing_is_sent(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(requested_usd=Decimal(170_000)), browser("applicant")
    address = f"/proposals/{proposal.public_id}/send/"
    page = client.get(address).content.decode()
    for said in (
        "Name the origin",
        "USD 500 more than the USD 169,500",
        "Describe the human rights due diligence",
    ):
        assert said in page
    assert '<button class="button">Send' not in page
    assert client.post(address, {"version": "1"}).status_code == 400
    assert fresh(proposal).standing == Standing.DRAFT
    assert browser("partner").get(address).status_code == 404


def test_what_the_groups_other_proposals_ask_is_said_beside_the_ceiling_and_stops_nothing(
    opened: Round, browser: Browser
) -> None:
    """A ceiling bounds awards: one may ask beside another, but is told that both cannot be had."""
    Call.objects.unscoped(WHY).update(rules={**opened.call.rules, "eligibility": ["origin", "within_ceiling"]})
    whole: dict[str, Any] = {"origin": "mandate", "mandate_note": "As mandated", "working_group": opened.group}
    opened.proposal(requested_usd=Decimal(90_000), standing=Standing.SUBMITTED, **whole)
    proposal, client = opened.proposal(requested_usd=Decimal(100_000), **whole), browser("applicant")
    address = f"/proposals/{proposal.public_id}/send/"
    page = " ".join(client.get(address).content.decode().split())
    assert "Every rule is met." in page
    assert "ask USD 90,000 already. Together with this one that is USD 190,000, USD 20,500 more than" in page
    assert "those beside this one ask <bdi>USD 90,000</bdi>" in page
    assert client.post(address, {"version": "1"}).status_code == 302
    assert fresh(proposal).standing == Standing.SUBMITTED


def test_of_what_others_ask_that_the_reader_may_not_see_nothing_is_said(opened: Round, browser: Browser) -> None:
    other = a_proposal(
        opened.call, opened.entities["SEA"], opened.people["stranger"], standing=Standing.SUBMITTED,
        requested_usd=Decimal(90_000), working_group=opened.group,
    )  # fmt: skip
    proposal = opened.proposal(requested_usd=Decimal(100_000), working_group=opened.group)
    page = browser("applicant").get(f"/proposals/{proposal.public_id}/").content.decode()
    assert other.requested_usd == Decimal(90_000)
    assert "90,000" not in page
    assert "not all of them can be awarded" not in page


def test_a_whole_proposal_is_sent_over_the_version_that_was_checked(opened: Round, browser: Browser) -> None:
    Call.objects.unscoped(WHY).update(rules={**opened.call.rules, "eligibility": ["origin"]})
    proposal, client = opened.proposal(origin="mandate", mandate_note="As mandated"), browser("applicant")
    address = f"/proposals/{proposal.public_id}/send/"
    assert "Every rule is met." in client.get(address).content.decode()
    Proposal.objects.unscoped(WHY).update(version=2)
    assert client.post(address, {"version": "1"}).status_code == 409
    assert client.post(address, {"version": "2"}).status_code == 302
    assert fresh(proposal).standing == Standing.SUBMITTED
    assert client.get(address).status_code == 404
    assert client.get(f"/proposals/{proposal.public_id}/write/origin/").status_code == 302


def test_a_proposal_is_withdrawn_with_its_reason(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(), browser("applicant")
    address = f"/proposals/{proposal.public_id}/withdraw/"
    assert browser("partner").get(address).status_code == 404
    assert client.post(address, {"version": "1", "because": ""}).status_code == 400
    assert client.post(address, {"version": "1", "because": "Paid elsewhere"}).status_code == 302
    assert "Paid elsewhere" in client.get(f"/proposals/{proposal.public_id}/").content.decode()


def test_lists_ask_few_queries_however_many_rows_there_are(
    opened: Round, browser: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        opened.proposal(title=f"Proposal {number}")
    client = browser("applicant")
    client.get("/proposals/")
    with django_assert_max_num_queries(12):
        client.get("/proposals/")
    with django_assert_max_num_queries(12):
        client.get("/calls/")


def test_the_history_of_a_proposal_tells_its_partners_what_changed_and_the_board_nothing_of_the_draft(
    opened: Round, browser: Browser
) -> None:
    proposal = opened.proposal(purpose="At first")
    Proposal.objects.unscoped(WHY).filter(pk=proposal.pk).update(purpose="A second thought")
    Proposal.objects.unscoped(WHY).filter(pk=proposal.pk).update(
        standing="submitted", submitted_at=MOMENT, origin="mandate", mandate_note="x"
    )
    Proposal.objects.unscoped(WHY).filter(pk=proposal.pk).update(quality="Seen by the board")
    address = f"/history/proposal/{proposal.public_id}/"
    assert "A second thought" in browser("partner").get(address).content.decode()
    board = browser("member").get(address)
    assert board.status_code == 200
    assert "A second thought" not in board.content.decode()
    assert "Seen by the board" in board.content.decode()
    assert browser("stranger").get(address).status_code == 404


def test_why_a_proposal_was_returned_stands_where_it_is_mended(opened: Round, browser: Browser) -> None:
    proposal, client = opened.proposal(standing=Standing.RETURNED), browser("applicant")
    for comment, said in (("Not this one", {}), ("Nearly there", {"purpose": "Be shorter", "budget": "Add it up"})):
        Screening.objects.unscoped(WHY).create(
            proposal=proposal, outcome="returned", comment=comment, field_comments=said,
            screened_by=opened.people["clerk"], screened_at=MOMENT,
        )  # fmt: skip
    page = client.get(f"/proposals/{proposal.public_id}/").content.decode()
    for said_there in ("Nearly there", "Be shorter", "/write/description/#id_purpose", "Add it up", "/write/budget/"):
        assert said_there in page
    assert "Not this one" not in page
    description = client.get(f"/proposals/{proposal.public_id}/write/description/").content.decode()
    assert "Be shorter" in description
    assert "Add it up" not in description
    assert "Nearly there" not in browser("member").get(f"/proposals/{proposal.public_id}/").content.decode()
