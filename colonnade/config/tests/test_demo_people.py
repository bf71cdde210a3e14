"""The people of the demonstration are enough for a proposal's whole way."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone

from colonnade.config.cli.demo import DOMAIN, demo_people
from colonnade.core.viewer import Role
from colonnade.members.actions import welcome_demo_people
from colonnade.members.models import Person, RoleHeld
from colonnade.packs.illustrative.call import record_illustrative_offices
from colonnade.packs.pack import Pack
from colonnade.packs.reading import read_pack
from colonnade.review.actions.decisions import decide
from colonnade.review.actions.meetings import (
    members_of_the_board,
    plan_meeting,
    record_attendance,
    record_recommendation,
    record_vote,
    set_agenda,
)
from colonnade.review.actions.scoring import Mark, close_scoring, draw_reviewers, give_scores
from colonnade.review.actions.screening import screen_proposal
from colonnade.review.models import Office, Process, Proposal, Reviewer, Standing
from colonnade.review.tests.boards import HEAD_DECIDES, TEST, board_of, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack() -> Pack:
    return read_pack(settings.ROOT / "strategies" / "ungcts")


def test_a_proposal_of_the_demonstration_goes_all_the_way_to_its_decision(pack: Pack) -> None:
    """With nobody but the demonstration's people: screened, drawn, scored, met about, recommended, decided."""
    assert pack.board is not None
    board = board_of({**HEAD_DECIDES, **{name: pack.board.rules[name] for name in ("reviewers", "quorum")}})
    Office.objects.all().delete()
    today = timezone.localdate()
    RoleHeld.objects.filter(role=Role.BOARD).update(ends_on=today - timedelta(days=1))
    Person.objects.update(email=Concat(Value("not."), "email"))
    inside = [each for each in demo_people(pack) if each.entity is None and each.country is None]
    welcome_demo_people(people=inside, password="demo", on=today, actor=TEST)
    people = {each.email.removesuffix(f"@{DOMAIN}"): each for each in Person.objects.all()}
    officer, head = people["officer"], people["decides"]
    assert record_illustrative_offices(officer=officer, chair=people["board"], head=head, today=today, actor=TEST)
    assert not record_illustrative_offices(officer=officer, chair=head, head=people["board"], today=today, actor=TEST)

    proposal = board.proposal()
    screen_proposal(proposal=proposal, person=officer, complete=True, comment="Complete.", actor=TEST)
    draw_reviewers(proposal=proposal, person=officer, actor=TEST)
    reviewers = list(Reviewer.objects.unscoped("test").filter(proposal=proposal).select_related("person"))
    assert head not in [each.person for each in reviewers]
    for each in reviewers:
        marks = {one["code"]: Mark(4) for one in HEAD_DECIDES["criteria"]}
        give_scores(proposal=proposal, person=each.person, marks=marks, overall="", finish=True, actor=TEST)
    close_scoring(proposal=proposal, person=officer, text="They agree.", actor=TEST)
    meeting = plan_meeting(call=board.call, person=officer, title="Meeting", held_on=today, actor=TEST)
    [item] = set_agenda(meeting=meeting, person=officer, proposals=[proposal], actor=TEST)
    members = members_of_the_board(board.call, today)
    record_attendance(meeting=meeting, person=officer, present=members, actor=TEST)
    for member in members:
        record_vote(item=item, member=member, person=member, outcome="approve", actor=TEST)
    amount = Decimal(100)
    record_recommendation(item=item, person=officer, outcome="approve", amount_usd=amount, reasons="Sound.", actor=TEST)
    decide(proposal=proposal, person=head, outcome="approve", amount_usd=amount, reasons="Sound.", actor=TEST)
    assert fresh(proposal).standing == Standing.APPROVED
    assert Process.objects.count() == Proposal.objects.unscoped("test").count() == 1


def test_they_are_few(pack: Pack) -> None:
    assert len(demo_people(pack)) <= 20
