"""Means, draws, awards, clocks, calendars and ballots: arithmetic over plain values."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from colonnade.review.awards import Award, Limits, by_group, in_force, total, why_over
from colonnade.review.ballots import leading, why_no_quorum, why_not_the_will
from colonnade.review.clocks import clock, months_after, reports_due
from colonnade.review.drawing import Candidate, draw
from colonnade.review.means import means_of, weighted_mean
from colonnade.review.rules import Criterion, ReportDue, Rules
from colonnade.review.tests.boards import BOARD_DECIDES, HEAD_DECIDES

CRITERIA = (Criterion("need", "Need", Decimal(3)), Criterion("method", "Method", Decimal(1)))
TODAY = date(2020, 2, 29)
scores = st.lists(
    st.fixed_dictionaries({"need": st.integers(0, 5), "method": st.integers(0, 5)}), min_size=1, max_size=6
)


def test_a_weighted_mean_is_exact() -> None:
    assert weighted_mean(CRITERIA, {"need": 4, "method": 1}) == Fraction(13, 4)
    thirds = tuple(Criterion(code, code, Decimal("0.1")) for code in "abc")
    assert weighted_mean(thirds, {"a": 1, "b": 0, "c": 0}) == Fraction(1, 3)


def test_the_spread_says_how_far_reviewers_are_apart() -> None:
    means = means_of(CRITERIA, [{"need": 5, "method": 1}, {"need": 1, "method": 1}])
    assert means is not None
    assert (means.weighted, means.spread) == (Fraction(5, 2), Fraction(3))
    assert [(each.mean, each.spread) for each in means.criteria] == [(Fraction(3), 4), (Fraction(1), 0)]


def test_nobodys_scores_have_no_mean() -> None:
    assert means_of(CRITERIA, []) is None


@given(scores)
def test_the_mean_of_the_reviewers_is_that_of_the_criteria(given_scores: list[dict[str, int]]) -> None:
    means = means_of(CRITERIA, given_scores)
    assert means is not None
    weights = [Fraction(each.criterion.weight) for each in means.criteria]
    of_criteria = sum((weight * each.mean for weight, each in zip(weights, means.criteria, strict=True)), Fraction())
    assert means.weighted == of_criteria / sum(weights)
    assert min(means.reviewers) <= means.weighted <= max(means.reviewers)


names = st.lists(st.text(st.characters(categories=["Ll"]), min_size=1), unique=True, max_size=12)


@given(names, st.sets(st.integers(0, 11)), st.integers(0, 6), st.text(max_size=5), st.randoms())
def test_a_draw_is_repeated_by_its_seed_and_never_takes_whom_it_must_not(
    people: list[str], out: set[int], number: int, seed: str, chance: object
) -> None:
    pool = [Candidate(name, "declared" if place in out else "") for place, name in enumerate(people)]
    drawn = draw(seed, pool, number)
    shuffled = list(pool)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # Hypothesis's random
    assert draw(seed, shuffled, number) == drawn
    able = {each.public_id for each in pool if not each.excluded}
    assert set(drawn.chosen) | set(drawn.left) == able
    assert len(drawn.chosen) == min(number, len(able)) == len(set(drawn.chosen))


def test_a_draw_is_that_of_any_sha_256() -> None:
    # sha256sum of "P/1 anna", "P/1 ben" and "P/1 carl", in their order.
    assert draw("P/1", [Candidate("anna"), Candidate("ben"), Candidate("carl")], 1).chosen == ("ben",)


LIMITS = Limits(Decimal(100), Decimal(60))


def award(root: int, group: int | None, amount: int, decided: int = 0) -> Award:
    return Award(root, group, Decimal(amount), decided)


def test_a_group_does_not_come_beyond_its_ceiling() -> None:
    given_before = [award(1, 7, 40, 1)]
    assert why_over(LIMITS, given_before, award(2, 7, 20)) is None
    assert "USD 20 left below its ceiling" in (why_over(LIMITS, given_before, award(2, 7, 21)) or "")
    assert why_over(LIMITS, given_before, award(2, 8, 60)) is None


def test_a_call_does_not_give_more_than_it_has() -> None:
    given_before = [award(1, 7, 60, 1), award(2, 8, 30, 2)]
    assert "USD 10 left" in (why_over(LIMITS, given_before, award(3, None, 11)) or "")
    assert why_over(LIMITS, given_before, award(3, None, 10)) is None


def test_an_amendment_takes_the_place_of_what_it_amends() -> None:
    given_before = [award(1, 7, 60, 1)]
    assert why_over(LIMITS, given_before, award(1, 7, 60)) is None
    assert why_over(LIMITS, given_before, award(2, 7, 1)) is not None
    assert total([*given_before, award(1, 7, 20, 2)]) == 20


wanted = st.lists(st.tuples(st.integers(1, 5), st.sampled_from([None, 7, 8]), st.integers(1, 70)), max_size=15)


@given(wanted)
def test_whatever_is_asked_in_whatever_order_nothing_goes_beyond_the_limits(
    asked: list[tuple[int, int | None, int]],
) -> None:
    given_so_far: list[Award] = []
    for number, (root, group, amount) in enumerate(asked, start=1):
        wish = award(root, group, amount, number)
        if why_over(LIMITS, given_so_far, wish) is None:
            given_so_far.append(wish)
        assert total(given_so_far) <= Decimal(100)
        assert all(amount <= Decimal(60) for group, amount in by_group(given_so_far).items() if group is not None)
    assert len(in_force(given_so_far)) == len({each.root for each in given_so_far})


def test_a_clock_runs_in_the_step_where_a_proposal_waits() -> None:
    rules = Rules.read(HEAD_DECIDES)
    running = clock(rules, "screened", TODAY - timedelta(days=23), TODAY)
    assert running is not None
    assert (running.step.code, running.days, running.overdue(TODAY)) == ("scoring", 23, 3)
    assert clock(rules, "draft", TODAY, TODAY) is None
    assert clock(rules, "approved", TODAY, TODAY) is None


def test_a_step_that_a_process_does_not_have_is_passed_over() -> None:
    rules = Rules.read(BOARD_DECIDES)
    waiting = {standing: clock(rules, standing, TODAY, TODAY) for standing in ("submitted", "screened", "recommended")}
    assert [each.step.code for each in waiting.values() if each] == ["screening", "board", "decision"]
    assert all(each.due_on is None and each.overdue(TODAY) == 0 for each in waiting.values() if each)


def test_months_end_where_the_month_does() -> None:
    assert months_after(date(2019, 8, 31), 6) == TODAY
    assert months_after(TODAY, 12) == date(2021, 2, 28)


def test_reports_fall_due_while_the_project_runs_and_at_its_end() -> None:
    reports = (ReportDue("progress", 6), ReportDue("financial", 12), ReportDue("final", 0))
    due = reports_due(date(2021, 1, 1), date(2022, 6, 30), reports)
    assert due == [
        ("progress", date(2021, 7, 1)),
        ("financial", date(2022, 1, 1)),
        ("progress", date(2022, 1, 1)),
        ("final", date(2022, 6, 30)),
        ("financial", date(2022, 6, 30)),
        ("progress", date(2022, 6, 30)),
    ]


def test_a_kind_that_closes_the_project_does_not_fall_due_twice_then() -> None:
    reports = (ReportDue("financial", 12), ReportDue("financial", 0))
    assert reports_due(date(2021, 1, 1), date(2022, 1, 1), reports) == [("financial", date(2022, 1, 1))]


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 3000), st.integers(1, 24))
def test_every_project_owes_a_report_at_its_end_and_none_after(starts_on: date, days: int, months: int) -> None:
    ends_on = starts_on + timedelta(days=days)
    due = reports_due(starts_on, ends_on, (ReportDue("progress", months),))
    assert due[-1] == ("progress", ends_on)
    assert all(starts_on <= day <= ends_on for _kind, day in due)
    assert len(due) == len(set(due))


def test_members_with_a_conflict_do_not_make_a_quorum() -> None:
    assert why_no_quorum({1, 2, 3}, {9}, 3) is None
    assert "2 of 3" in (why_no_quorum({1, 2, 3}, {3}, 3) or "")


def test_what_fewer_voted_for_is_not_the_boards_will() -> None:
    votes = ["approve", "approve", "reject"]
    assert why_not_the_will(votes, "approve") is None
    assert why_not_the_will(votes, "reject") is not None
    assert leading(["approve", "reject"]) == {"approve", "reject"}
    assert why_not_the_will([], "defer") is None
