"""``colonnade remind``: one mail a day to each for whom something waits, with links and nothing that is not public."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core import mail as outgoing
from django.utils import timezone

from colonnade.config.cli import remind
from colonnade.config.cli.main import main
from colonnade.core.viewer import Role
from colonnade.members.models import Mail, RoleHeld
from colonnade.needs.assistance.actions.passing import Recipient, answer_request, name_lead, pass_on
from colonnade.needs.models import Assessment, AssistancePassing, AssistanceRequest, Recommendation
from colonnade.needs.tests.assistance_house import house_of_requests
from colonnade.portfolio.models import Origin
from colonnade.review.actions.reminding import remind_person
from colonnade.review.actions.scoring import draw_reviewers
from colonnade.review.actions.screening import screen_proposal
from colonnade.review.models import DueReport, Proposal, Reviewer
from colonnade.review.tests.boards import BOARD_DECIDES, TEST, Board, approved, board_of, recommended, scored, screened
from colonnade.review.waiting import AHEAD
from colonnade.web.people.post import deliver_due

pytestmark = pytest.mark.django_db
SITE = "https://registry.example"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> None:
    """The command works in the database of the test."""
    monkeypatch.setattr(remind, "connect_settings", lambda: None)
    settings.STATE_DIR = tmp_path


@pytest.fixture
def board() -> Board:
    return board_of()


def reminded() -> dict[str, str]:
    """Run the command: who was mailed, by name, and what."""
    outgoing.outbox.clear()
    assert main(["remind", "--address", SITE]) == 0
    found = {message.to[0].partition("@")[0]: str(message.body) for message in outgoing.outbox}
    assert len(found) == len(outgoing.outbox)
    return found


def returned(board: Board, proposal: Proposal) -> None:
    screen_proposal(proposal=proposal, person=board["officer1"], complete=False, comment="Say more.", actor=TEST)


def test_whom_nothing_waits_for_is_not_mailed(board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    board.proposal()
    assert reminded() == {}
    assert " 0 of " in f" {capsys.readouterr().out}"


def test_a_proposal_that_came_back_waits_for_its_entity_and_partners(board: Board) -> None:
    proposal = board.proposal("ALPHA")
    proposal.partners.add(board.entities["BETA"])
    returned(board, proposal)
    found = reminded()
    assert set(found) == {"alpha", "beta"}
    assert "A proposal was returned to you" in found["alpha"]
    assert f"{SITE}/proposals/{proposal.public_id}/" in found["beta"]


def test_a_review_waits_for_those_who_were_drawn_until_they_finish(board: Board) -> None:
    proposal = screened(board, board.proposal())
    draw_reviewers(proposal=proposal, person=board["officer1"], actor=TEST)
    reviewers = list(Reviewer.objects.unscoped("test").select_related("person"))
    found = reminded()
    assert set(found) == {each.person.email.partition("@")[0] for each in reviewers}
    for body in found.values():
        assert "You were drawn to score a proposal (A call for wells), until " in body
        assert f"{SITE}/board/proposals/{proposal.public_id}/score/" in body


def test_a_report_waits_from_some_days_before_it_is_due(board: Board) -> None:
    approved(board, board.proposal("ALPHA"))
    today, reports = timezone.localdate(), DueReport.objects.unscoped("test")
    soon, late, *later = reports.order_by("pk")
    for place, report in enumerate((soon, late, *later), 1):
        reports.filter(pk=report.pk).update(due_on=today + timedelta(days=AHEAD + place))
    assert reminded() == {}
    reports.filter(pk=soon.pk).update(due_on=today + timedelta(days=AHEAD))
    reports.filter(pk=late.pk).update(due_on=today - timedelta(days=1))
    [body] = reminded().values()
    assert body.index("overdue since") < body.index(", until")
    assert late.public_id in body
    assert body.count("A report is due") == 2


def test_a_decision_waits_for_the_head_alone(board: Board) -> None:
    proposal = scored(board, board.proposal())
    assert reminded() == {}
    recommended(board, proposal)
    found = reminded()
    assert set(found) == {"head"}
    assert "waits for your decision" in found["head"]


def test_where_the_board_decides_it_waits_for_its_chair() -> None:
    board = board_of(BOARD_DECIDES)
    recommended(board, screened(board, board.proposal()))
    assert set(reminded()) == {"chair"}


def test_it_is_one_mail_a_day_however_often_it_runs(board: Board) -> None:
    for _ in range(2):
        returned(board, board.proposal("ALPHA"))
    assert set(reminded()) == {"alpha"}
    assert reminded() == {}
    assert Mail.objects.unscoped("test").count() == 1
    # The next day it is said again.
    Mail.objects.unscoped("test").update(context={"day": "2020-01-01"})
    assert set(reminded()) == {"alpha"}


def test_a_mail_says_nothing_that_is_not_public(board: Board) -> None:
    """Neither the words of a proposal, nor a need that it rests on, nor who else is in it."""
    day = timezone.localdate()
    visit = Assessment.objects.unscoped("test").create(
        country=board.country, assessor=board.entities["DELTA"], kind="visit", starts_on=day, ends_on=day
    )
    need = Recommendation.objects.unscoped("test").create(
        reference="R-SECRET", assessment=visit, country=board.country, title="Guarded wells", text="Dig.",
        priority="high", issued_on=day, level="restricted",
    )  # fmt: skip
    proposal = board.proposal("ALPHA", title="Wells in secret", origin=Origin.RECOMMENDATION, cited_need=need)
    returned(board, proposal)
    [body] = reminded().values()
    for hidden in ("secret", "SECRET", "Guarded", "Say more", "Hereland", "Officer1", "ALPHA", "100"):
        assert hidden not in body
    mail = Mail.objects.unscoped("test").get()
    assert mail.context == {"day": day.isoformat()}


def test_what_waits_no_longer_or_is_no_longer_theirs_to_see_is_not_sent(board: Board) -> None:
    returned(board, board.proposal("ALPHA"))
    today = timezone.localdate()
    assert remind_person(person=board["alpha"], today=today, site=SITE, actor=TEST)
    RoleHeld.objects.filter(person=board["alpha"]).update(ends_on=today - timedelta(days=1))
    assert deliver_due().dropped == 1
    assert not outgoing.outbox


def test_who_left_is_not_reminded(board: Board) -> None:
    returned(board, board.proposal("ALPHA"))
    board["alpha"].is_active = False
    board["alpha"].save()
    assert reminded() == {}
    assert remind_person(person=board["alpha"], today=timezone.localdate(), site=SITE, actor=TEST) is None


def test_who_has_a_part_in_a_proposal_is_not_asked_to_decide_on_it(board: Board) -> None:
    proposal = scored(board, board.proposal())
    recommended(board, proposal)
    RoleHeld.objects.create(
        person=board["head"], role=Role.ENTITY, entity=board.entities["ALPHA"], starts_on=timezone.localdate()
    )
    assert "head" not in reminded()


def test_requests_whose_clock_runs_out_wait_for_those_whose_turn_it_is() -> None:
    here = house_of_requests()
    asked = here.file(title="Secret wells")
    assert reminded() == {}, "a week is left"
    AssistanceRequest.objects.unscoped("test").update(due_on=timezone.localdate() + timedelta(days=1))
    found = reminded()
    assert set(found) == {"officer", "second", "both"}
    assert "A request of a State waits to be passed on to entities, until " in found["officer"]
    assert f"{SITE}/requests/{asked.public_id}/" in found["officer"]
    assert f"{SITE}/requests/" in found["officer"]
    assert "Secret" not in found["officer"]
    assert "Land" not in found["officer"]


def test_an_answer_and_an_outcome_wait_for_the_entity() -> None:
    here = house_of_requests()
    asked = here.file()
    pass_on(**here.by(asked, "officer"), to=[Recipient(here.entities[code], "x") for code in ("ALPHA", "BETA")])
    yesterday = timezone.localdate() - timedelta(days=1)
    AssistancePassing.objects.unscoped("test").update(due_on=yesterday)
    found = reminded()
    assert set(found) == {"alpha", "beta", "both"}
    assert "A request of a State waits for your entity's answer, overdue since " in found["alpha"]
    Mail.objects.unscoped("test").all().delete()
    answer_request(
        asked=asked, entity=here.entities["ALPHA"], answer="can_lead", says="", person=here.people["alpha"], actor=TEST
    )
    name_lead(**here.by(asked, "officer"), entity=here.entities["ALPHA"])
    AssistanceRequest.objects.unscoped("test").update(due_on=yesterday)
    found = reminded()
    assert "A request of a State that your entity leads is due, overdue since " in found["alpha"]
    assert "that your entity leads" not in found.get("beta", "")
