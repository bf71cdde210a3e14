"""The rules of eligibility: each by itself, and that filling in never takes away."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.review.eligibility import OutputSaid, Summary, checks
from colonnade.review.rules import ELIGIBILITY

TODAY = date(2020, 3, 1)
TEXTS = (
    "purpose", "performance", "limits", "product_description", "outcomes", "benefits", "quality", "programme_alignment",
    "group_alignment", "fund_alignment", "cofunding", "sustainability", "due_diligence",
)  # fmt: skip
WHOLE = Summary(
    texts=dict.fromkeys(TEXTS, "x"),
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=365),
    requested_usd=Decimal(100_000),
    origin="mandate",
    rests_on=True,
    has_group=True,
    ceiling_usd=Decimal(169_500),
    lines=(Decimal(60_000), Decimal(40_000)),
    outputs=(OutputSaid("A guide", "Wiser", "Readers", "100"),),
    risks=("Start early",),
    assessor="LAB",
    active=frozenset({"LAB", "AIR"}),
    consulted={"LAB": "They agree", "AIR": "They join"},
    asked_markers=frozenset({"gender"}),
    markers={"gender": "Half of them are women"},
    touches_protected=True,
    questions={"q": "Were they asked?"},
    answers={"q": "They were"},
    closes_on=TODAY,
)


def lacking(summary: Summary) -> set[str]:
    """The rules that are not met."""
    return {check.rule for check in checks(ELIGIBILITY, summary, TODAY) if not check.met}


def places(summary: Summary) -> set[tuple[str, str]]:
    """Where something is to be mended."""
    return {(lack.section, lack.field) for check in checks(ELIGIBILITY, summary, TODAY) for lack in check.lacks}


def test_a_whole_proposal_lacks_nothing() -> None:
    assert lacking(WHOLE) == set()


def test_an_empty_one_lacks_everything_that_rules_ask_for() -> None:
    empty = Summary(assessor="LAB", asked_markers=frozenset({"gender"}), touches_protected=True, questions={"q": "?"})
    assert lacking(empty) == set(ELIGIBILITY) - {"within_ceiling", "before_the_deadline"}


@pytest.mark.parametrize(
    ("changes", "rule", "place"),
    [
        ({"origin": ""}, "origin", ("origin", "origin")),
        ({"origin": "recommendation", "rests_on": False}, "origin", ("origin", "cited_need")),
        ({"origin": "request", "rests_on": False}, "origin", ("origin", "requested_by")),
        ({"rests_on": False}, "origin", ("origin", "mandate")),
        ({"texts": {**WHOLE.texts, "quality": " "}}, "described", ("description", "quality")),
        ({"texts": {**WHOLE.texts, "fund_alignment": ""}}, "aligned", ("alignment", "fund_alignment")),
        ({"texts": {**WHOLE.texts, "cofunding": ""}}, "cofunding", ("alignment", "cofunding")),
        ({"texts": {**WHOLE.texts, "sustainability": ""}}, "sustainability", ("alignment", "sustainability")),
        ({"texts": {**WHOLE.texts, "due_diligence": ""}}, "due_diligence", ("rights", "due_diligence")),
        ({"starts_on": None}, "period", ("description", "starts_on")),
        ({"ends_on": TODAY - timedelta(days=1)}, "period", ("description", "ends_on")),
        ({"lines": ()}, "budget_adds_up", ("budget", "amount_usd")),
        ({"lines": (Decimal("99999.99"),)}, "budget_adds_up", ("budget", "amount_usd")),
        ({"ceiling_usd": Decimal("99999.99")}, "within_ceiling", ("description", "requested_usd")),
        ({"group_given_usd": Decimal("69500.01")}, "within_ceiling", ("description", "requested_usd")),
        ({"has_group": False}, "working_group", ("description", "working_group")),
        ({"consulted": {"AIR": "x"}}, "consulted", ("consultations", "LAB")),
        ({"consulted": {"LAB": "x"}}, "consulted", ("consultations", "")),
        ({"consulted": {"LAB": "x", "AIR": " "}}, "consulted", ("consultations", "AIR")),
        (
            {"ends_on": TODAY + timedelta(days=1), "closes_on": TODAY + timedelta(days=1)},
            "period",
            ("description", "ends_on"),
        ),
        ({"markers": {}}, "marked", ("markers", "gender")),
        ({"answers": {"q": ""}}, "safeguards", ("safeguards", "q")),
        ({"outputs": ()}, "outputs", ("outputs", "title")),
        ({"outputs": (OutputSaid("A guide", "Wiser", "", "100"),)}, "outputs", ("outputs", "indicator")),
        ({"risks": ("",)}, "risks", ("risks", "mitigation")),
        ({"closes_on": TODAY - timedelta(days=1)}, "before_the_deadline", ("", "")),
        ({"is_open": False}, "before_the_deadline", ("", "")),
    ],
)
def test_one_lack_is_named_by_its_rule_and_where_it_is_mended(
    changes: dict[str, Any], rule: str, place: tuple[str, str]
) -> None:
    changed = replace(WHOLE, **changes)
    assert lacking(changed) == {rule}
    assert places(changed) == {place}


def test_without_a_ceiling_any_amount_is_within_it() -> None:
    assert lacking(replace(WHOLE, ceiling_usd=None, requested_usd=Decimal(10**9), lines=(Decimal(10**9),))) == set()


def test_a_ceiling_is_reached_and_not_passed() -> None:
    assert lacking(replace(WHOLE, ceiling_usd=Decimal(100_000))) == set()
    assert lacking(replace(WHOLE, group_given_usd=Decimal(69_500))) == set()


def test_what_others_of_the_group_ask_is_a_remark_once_not_all_can_be_awarded() -> None:
    def remarks(asked: int) -> list[str]:
        whole = replace(WHOLE, group_given_usd=Decimal(9_500), group_asked_usd=Decimal(asked))
        assert lacking(whole) == set()
        return [remark.why for check in checks(ELIGIBILITY, whole, TODAY) for remark in check.remarks]

    assert remarks(60_000) == []
    [said] = remarks(60_001)
    assert "USD 160,001, USD 1 more than the USD 160,000" in said


@pytest.mark.parametrize("end", [TODAY - timedelta(days=600), TODAY, TODAY + timedelta(days=30)])
def test_a_project_that_is_over_before_the_call_closes_has_nothing_left_to_be_paid(end: date) -> None:
    past = replace(WHOLE, starts_on=TODAY - timedelta(days=900), ends_on=end, closes_on=TODAY + timedelta(days=30))
    [lack] = [lack for check in checks(["period"], past, TODAY) for lack in check.lacks]
    assert lack.field == "ends_on"
    assert "the call closes on 31 March 2020" in lack.why
    assert lacking(replace(past, ends_on=TODAY + timedelta(days=31))) == set()
    assert lacking(replace(past, closes_on=None, opens_on=end)) == {"period"}


def test_where_nobody_protected_is_concerned_no_safeguard_is_asked() -> None:
    assert lacking(replace(WHOLE, touches_protected=False, answers={})) == set()


def test_what_came_in_time_and_was_returned_is_in_time() -> None:
    assert lacking(replace(WHOLE, closes_on=TODAY - timedelta(days=1), is_open=False, was_sent=True)) == set()


amounts = st.decimals(0, 10**7, places=2)
summaries = st.builds(
    Summary,
    texts=st.dictionaries(st.sampled_from(TEXTS), st.sampled_from(["", " ", "x"])),
    starts_on=st.none() | st.dates(date(2019, 1, 1), date(2021, 1, 1)),
    ends_on=st.none() | st.dates(date(2019, 1, 1), date(2021, 1, 1)),
    requested_usd=st.none() | amounts,
    origin=st.sampled_from(["", "recommendation", "request", "mandate", "a dream"]),
    rests_on=st.booleans(),
    has_group=st.booleans(),
    ceiling_usd=st.none() | amounts,
    group_given_usd=amounts,
    lines=st.lists(amounts, max_size=4).map(tuple),
    outputs=st.lists(st.builds(OutputSaid, *[st.sampled_from(["", "x"])] * 4), max_size=3).map(tuple),
    risks=st.lists(st.sampled_from(["", "x"]), max_size=3).map(tuple),
    assessor=st.sampled_from(["", "LAB"]),
    active=st.frozensets(st.sampled_from(["LAB", "AIR", "SEA"])),
    consulted=st.dictionaries(st.sampled_from(["LAB", "AIR", "SEA"]), st.sampled_from(["", "x"])),
    asked_markers=st.frozensets(st.sampled_from(["gender", "youth"])),
    markers=st.dictionaries(st.sampled_from(["gender", "youth"]), st.sampled_from(["", "x"])),
    touches_protected=st.booleans(),
    is_open=st.booleans(),
    closes_on=st.none() | st.dates(date(2019, 1, 1), date(2021, 1, 1)),
    was_sent=st.booleans(),
)
rules = st.lists(st.sampled_from(ELIGIBILITY), unique=True)


@given(summaries, rules)
def test_every_rule_is_judged_in_its_order_and_says_why(summary: Summary, asked: list[str]) -> None:
    found = checks(asked, summary, TODAY)
    assert [check.rule for check in found] == asked
    for check in found:
        assert check.title
        assert check.met == (not check.lacks)
        assert all(lack.why for lack in check.lacks)


@given(summaries, rules)
def test_a_rule_is_judged_the_same_whichever_others_there_are(summary: Summary, asked: list[str]) -> None:
    alone = [checks([rule], summary, TODAY)[0] for rule in asked]
    assert checks(asked, summary, TODAY) == alone


@given(summaries, st.sampled_from(TEXTS))
def test_writing_what_is_missing_never_breaks_a_rule(summary: Summary, name: str) -> None:
    written = replace(summary, texts={**summary.texts, name: "x"})
    assert lacking(written) <= lacking(summary)


@given(summaries, amounts)
def test_asking_for_less_never_passes_a_ceiling(summary: Summary, less: Decimal) -> None:
    asked = summary.requested_usd or Decimal(0)
    lower = replace(summary, requested_usd=min(asked, less))
    assert not (
        "within_ceiling" in lacking(lower) and "within_ceiling" not in lacking(replace(summary, requested_usd=asked))
    )


@given(summaries)
def test_nothing_without_an_origin_that_rests_on_something_is_eligible(summary: Summary) -> None:
    if not summary.origin or not summary.rests_on:
        assert "origin" in lacking(summary)
