"""Who sees a proposal: a table of every kind of reader and every place where one can stand, in both rings."""

import pytest
from django.db import connection

from colonnade.core.reading import as_application, reading_as
from colonnade.core.viewer import PUBLIC
from colonnade.review.models import Call, Proposal, Reviewer, Standing
from colonnade.review.tests.conftest import HELD, House
from colonnade.review.tests.registries import MOMENT, WHY, a_call

ALWAYS = {"officer", "auditor", "applicant", "partner"}
ONCE_SENT = ALWAYS | {"member", "chair"}


def readers(house: House, proposal: Proposal) -> set[str]:
    """Who sees it; both rings are asked."""
    found = set()
    for name in HELD:
        viewer = house.viewer(name)
        with as_application("the first ring alone"):
            first = Proposal.objects.visible_to(viewer).filter(pk=proposal.pk).exists()
        with reading_as(viewer), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM review_proposal WHERE id = %s", [proposal.pk])
            second = cursor.fetchone() is not None
        assert first == second, name
        found |= {name} if first else set()
    assert not Proposal.objects.visible_to(PUBLIC).filter(pk=proposal.pk).exists()
    return found


@pytest.mark.parametrize("standing", Standing)
def test_others_see_a_proposal_once_it_was_sent_and_while_it_is_not_back(standing: Standing, house: House) -> None:
    proposal = house.proposal(standing=standing, working_group=house.group)
    with_its_own = standing in (Standing.DRAFT, Standing.RETURNED, Standing.WITHDRAWN)
    assert readers(house, proposal) == (ALWAYS if with_its_own else ONCE_SENT)


def test_what_was_sent_and_withdrawn_stays_with_those_who_read_it(house: House) -> None:
    sent = house.proposal(standing=Standing.WITHDRAWN, submitted_at=MOMENT, working_group=house.group)
    assert readers(house, sent) == ONCE_SENT


def test_a_chair_sees_proposals_of_their_own_group_alone(house: House) -> None:
    assert "chair" not in readers(house, house.proposal(standing=Standing.SUBMITTED))


def test_whoever_was_drawn_sees_what_they_score_unless_they_have_a_conflict(house: House) -> None:
    proposal = house.proposal(standing=Standing.SUBMITTED)
    reviewer = Reviewer.objects.unscoped(WHY).create(
        proposal=proposal, person=house.people["assessor"], drawn_by=house.people["officer"], drawn_at=MOMENT
    )
    assert "assessor" in readers(house, proposal)
    Reviewer.objects.unscoped(WHY).filter(pk=reviewer.pk).update(conflict="A friend applies")
    assert "assessor" not in readers(house, proposal)


@pytest.mark.parametrize("standing", Call.Standing)
def test_everybody_sees_a_call_that_was_opened(standing: Call.Standing, house: House) -> None:
    call = a_call(house.call.process, "other", standing=standing)
    for viewer in (PUBLIC, house.viewer("applicant"), house.viewer("member")):
        seen = Call.objects.visible_to(viewer).filter(pk=call.pk).exists()
        assert seen == (standing != Call.Standing.PREPARING)
    assert Call.objects.visible_to(house.viewer("officer")).filter(pk=call.pk).exists()
