"""The illustrative call: complete proposals through the ordinary actions, marked as made up, recorded once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from colonnade.core.viewer import Role
from colonnade.members.queries import viewer_for
from colonnade.needs.models import Assessment, Recommendation
from colonnade.packs.illustrative.call import ASKED, CODE, OVER_THE_CEILING, record_illustrative_call
from colonnade.review.models import Call, Proposal
from colonnade.review.summaries import checks_of
from colonnade.review.tests.boards import HEAD_DECIDES, TEST, Board, board_of, somebody
from colonnade.strategy.models import MarkerLevel, Pillar, Theme

pytestmark = pytest.mark.django_db
#: Every rule that the model strategy's board asks.
RULES = {
    **HEAD_DECIDES,
    "eligibility": [
        *("described", "period", "origin", "outputs", "budget_adds_up", "within_ceiling", "working_group", "aligned"),
        *("cofunding", "sustainability", "consulted", "risks", "marked", "due_diligence", "before_the_deadline"),
    ],
}


@pytest.fixture
def board() -> Board:
    made = board_of(RULES)
    day = timezone.localdate()
    for level in (0, 1):
        MarkerLevel.objects.create(marker="gender", level=level, title=f"Level {level}", source="s")
    visit = Assessment.objects.unscoped("test").create(
        country=made.country, assessor=made.entities["DELTA"], kind="visit", starts_on=day, ends_on=day
    )
    for number in range(2 * len(ASKED)):
        theme = Theme.objects.create(
            code=f"t{number}", title=f"T{number}", short_title="T", position=number, source="s"
        )
        Recommendation.objects.unscoped("test").create(
            reference=f"IL-{number}", assessment=visit, country=made.country, title=f"Need {number}", text="Dig.",
            priority="high", issued_on=day, theme=theme, pillar=Pillar.objects.get(code="I"), provenance="illustrative",
        )  # fmt: skip
    return made


def record(board: Board) -> bool:
    applicants = [board["alpha"], board["beta"]]
    today = timezone.localdate()
    return record_illustrative_call(officer=board["officer1"], applicants=applicants, today=today, actor=TEST)


def test_it_is_complete_marked_and_recorded_once(board: Board) -> None:
    assert record(board)
    call = Call.objects.unscoped("test").get(code=CODE)
    assert (call.standing, call.provenance) == ("open", "illustrative")
    assert call.closes_on
    assert call.closes_on > timezone.localdate() + timedelta(days=30)
    proposals = Proposal.objects.unscoped("test").filter(call=call)
    assert set(proposals.values_list("provenance", flat=True)) == {"illustrative"}
    standings = sorted(proposals.values_list("standing", flat=True))
    assert standings == ["draft"] * 2 + ["screened"] * 2 + ["submitted"] * 4
    assert proposals.exclude(standing="draft").values("cited_need").distinct().count() == 6
    assert not record(board)
    assert Proposal.objects.unscoped("test").filter(call=call).count() == len(proposals)


def test_its_drafts_lack_what_they_are_to_show(board: Board) -> None:
    assert record(board)
    lacks = {}
    for name in ("alpha", "beta"):
        viewer = viewer_for(board[name], timezone.localdate())
        draft = Proposal.objects.visible_to(viewer).select_related("call", "entity").get(standing="draft")
        found = checks_of(viewer, draft, timezone.localdate())
        lacks[name] = draft.requested_usd, {check.rule for check in found if not check.met}
    assert lacks["alpha"][0] == OVER_THE_CEILING
    assert "within_ceiling" in lacks["alpha"][1]
    assert "origin" in lacks["beta"][1]
    assert "within_ceiling" not in lacks["beta"][1]


def test_where_there_is_no_board_nothing_is_recorded(db: None) -> None:  # noqa: ARG001  # the fixture opens the database
    officer = somebody("officer", Role.SECRETARIAT)
    today = timezone.localdate()
    assert not record_illustrative_call(officer=officer, applicants=[], today=today, actor=TEST)
    assert not Call.objects.unscoped("test").exists()
