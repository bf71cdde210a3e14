"""Each kind of relation: reported exactly if no true values could be behind the printed numbers."""

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.reporting.claims.loading import meant
from colonnade.reporting.claims.model import Claim
from colonnade.reporting.claims.operands import Constant, Share, Stated, Sum
from colonnade.reporting.claims.relations import Comparison, Complete, SharePrinted
from colonnade.reporting.claims.tests.files import claim, disagreements, relation

TENTHS = [Fraction(tenth, 10) for tenth in range(-5, 5)]


def stated(value: int, unit: str = "USD", *, step: int = 0, qualifier: str = "exact") -> Stated:
    interval = meant(Fraction(value), Fraction(step), qualifier)
    whole = interval.whole_numbers() if unit == "count" else interval
    return Stated(
        Claim("k", "X/1 para. 1", "wells", unit, 1, value=Fraction(value), interval=whole, printed=str(value))
    )


def half_up(value: Fraction) -> int:
    return (value + Fraction(1, 2)).__floor__()


# --- if true values exist, nothing is reported ---


@given(st.lists(st.fractions(0, 1000, max_denominator=100), min_size=1, max_size=8))
def test_parts_and_a_total_that_round_from_true_values_are_never_reported(true: list[Fraction]) -> None:
    parts = Sum(tuple(stated(half_up(value), step=1) for value in true))
    assert Comparison(parts, "equal", stated(half_up(sum(true, Fraction(0))), step=1)).verdict().holds


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6).filter(any))
def test_shares_of_true_counts_are_never_reported(counts: list[int]) -> None:
    whole = stated(sum(counts), "count")
    shares = [stated(half_up(Fraction(count * 100, sum(counts))), "per cent", step=1) for count in counts]
    assert Complete(tuple(shares), whole).verdict().holds
    assert Complete(tuple(shares), None).verdict().holds
    for count, share in zip(counts, shares, strict=True):
        assert SharePrinted(stated(count, "count"), whole, share).verdict().holds
        assert Comparison(stated(count, "count"), "at_most", Share(share, whole)).verdict().holds


@given(st.integers(1, 500), st.integers(1, 500), st.sampled_from(["more_than", "at_least"]))
def test_a_qualifier_that_is_true_is_never_reported(true: int, printed: int, qualifier: str) -> None:
    holds = true > printed if qualifier == "more_than" else true >= printed
    verdict = Comparison(stated(true, "count"), "equal", stated(printed, "count", qualifier=qualifier)).verdict()
    assert verdict.holds == holds


# --- if no true values exist, it is reported ---


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 6), min_size=1, max_size=3), st.integers(0, 20))
def test_a_sum_is_reported_exactly_if_no_tenths_add_up(parts: list[int], printed: int) -> None:
    possible = any(
        half_up(sum(true, Fraction(0))) == printed
        for true in product(*([part + tenth for tenth in TENTHS] for part in parts))
    )
    operand = Sum(tuple(stated(part, step=1) for part in parts))
    assert Comparison(operand, "equal", stated(printed, step=1)).verdict().holds == possible


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 40), st.lists(st.integers(0, 100), min_size=1, max_size=3))
def test_shares_are_reported_exactly_if_no_counts_make_up_the_whole(whole: int, printed: list[int]) -> None:
    counts = [
        [count for count in range(whole + 1) if half_up(Fraction(count * 100, whole)) == share] for share in printed
    ]
    possible = any(sum(chosen) == whole for chosen in product(*counts))
    shares = tuple(stated(share, "per cent", step=1) for share in printed)
    assert Complete(shares, stated(whole, "count")).verdict().holds == possible


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 12), st.integers(1, 15), st.integers(0, 100), st.booleans())
def test_a_printed_share_is_reported_exactly_if_no_counts_have_it(
    part: int, whole: int, share: int, more: bool
) -> None:
    parts = range(part + 1, 200) if more else [part]
    possible = any(half_up(Fraction(count * 100, whole)) == share for count in parts)
    claimed = stated(part, "count", qualifier="more_than" if more else "exact")
    checked = SharePrinted(claimed, stated(whole, "count"), stated(share, "per cent", step=1))
    assert checked.verdict().holds == possible


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 100))
def test_a_part_of_a_share_is_reported_exactly_if_every_count_of_the_share_is_smaller(
    part: int, whole: int, share: int
) -> None:
    counts = [count for count in range(whole + 1) if half_up(Fraction(count * 100, whole)) == share]
    checked = Comparison(
        stated(part, "count"), "at_most", Share(stated(share, "per cent", step=1), stated(whole, "count"))
    )
    assert checked.verdict().holds == any(part <= count for count in counts)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_the_smallest_difference_is_what_must_be_added_for_the_relation_to_hold(one: int, two: int, all_: int) -> None:
    parts = Sum((stated(one, step=1), stated(two, step=1)))
    verdict = Comparison(parts, "at_most", stated(all_, step=1)).verdict()
    if verdict.holds:
        return
    kinder = Sum((*parts.parts, Constant(-verdict.gap.smallest - Fraction(1, 1000))))
    too_little = Sum((*parts.parts, Constant(-verdict.gap.smallest + Fraction(1, 1000))))
    assert Comparison(kinder, "at_most", stated(all_, step=1)).verdict().holds
    assert verdict.gap.smallest == 0 or not Comparison(too_little, "at_most", stated(all_, step=1)).verdict().holds


# --- each kind as a file states it: (claims, relation, does it hold) ---

A, B, C = (claim(key, value) for key, value in (("a", 3), ("b", 4), ("c", 7)))
SHARES = claim("x", 25, "per cent") + claim("y", 16, "per cent") + claim("z", 55, "per cent")
PLACES = claim("places", 3, list='["Oslo", "Lima", "Quito"]')
DATED = claim(
    "held", unit="list", list='[{name="Oslo", on="2019-03"}, {name="Lima", on="2019-06-01"}, {name="Quito", on="2018"}]'
)
TOWNS = claim("towns", unit="list", list='["Lima", "Quito"]')
WEEK = claim("week", '"2020-06-29"', "date", until='"2020-07-02"')

KINDS = {
    "parts and a total": (A + B + C, relation("r", "sum", parts='["a", "b"]', total='"c"'), True),
    "parts and another total": (A + B + C, relation("r", "sum", parts='["a", "c"]', total='"b"'), False),
    "parts below a total": (A + B + C, relation("r", "sum", parts='["a"]', comparing='"at_most"', total='"c"'), True),
    "a difference": (A + B + C, relation("r", "difference", first='"c"', less='["a"]', result='"b"'), True),
    "no difference": (A + B + C, relation("r", "difference", first='"c"', less='["b"]', result='"b"'), False),
    "a product": (A + B, relation("r", "product", factors='["a", "b"]', result="12"), True),
    "another product": (A + B, relation("r", "product", factors='["a", "b"]', result="13"), False),
    "a ratio": (A + claim("d", 12), relation("r", "ratio", over='"d"', under='"a"', result="4"), True),
    "another ratio": (A + claim("d", 12), relation("r", "ratio", over='"d"', under='"a"', result="5"), False),
    "a share": (A + claim("d", 12) + SHARES, relation("r", "share_of", part='"a"', whole='"d"', share='"x"'), True),
    "no share": (A + claim("d", 12) + SHARES, relation("r", "share_of", part='"a"', whole='"d"', share='"y"'), False),
    "shares of 96 per cent": (SHARES, relation("r", "complete", shares='["x", "y", "z"]'), False),
    "shares of 99 per cent": (
        claim("x", 33, "per cent") + claim("y", 33, "per cent") + claim("z", 33, "per cent"),
        relation("r", "complete", shares='["x", "y", "z"]'),
        True,
    ),
    "a part in its whole": (A + B, relation("r", "subset", part='"a"', whole='"b"'), True),
    "a part above its whole": (A + B, relation("r", "subset", part='"b"', whole='"a"'), False),
    "amounts under a ceiling": (A + B + C, relation("r", "each_at_most", parts='["a", "b"]', whole='"c"'), True),
    "one above the ceiling": (A + B + C, relation("r", "each_at_most", parts='["a", "c"]', whole='"b"'), False),
    "two sides": (A + B, relation("r", "compared", left='{difference=["b", 1]}', right='"a"'), True),
    "two unequal sides": (A + B, relation("r", "compared", left='{difference=["b", 2]}', right='"a"'), False),
    "one quantity twice": (
        claim("m", 70, qualifier='"more_than"') + claim("n", 71),
        relation("r", "same_quantity", claims='["m", "n"]'),
        True,
    ),
    "two quantities": (
        claim("m", 40, qualifier='"more_than"') + claim("n", 40),
        relation("r", "same_quantity", claims='["m", "n"]'),
        False,
    ),
    "a list": (PLACES, relation("r", "count_of_list", count='"places"', list='"places"'), True),
    "a list too short": (
        PLACES, relation("r", "count_of_list", count='"places"', list='{list="places", without=["Lima"]}'), False,
    ),
    "what is listed in a year": (
        A + DATED, relation("r", "count_of_list", count="2", list='{list="held", in_year=2019}'), True,
    ),
    "the same items": (
        PLACES + TOWNS,
        relation("r", "same_items", left='{list="places", without=["Oslo"]}', right='"towns"'),
        True,
    ),
    "other items": (PLACES + TOWNS, relation("r", "same_items", left='"places"', right='"towns"'), False),
    "items among others": (PLACES + TOWNS, relation("r", "among", left='"towns"', right='"places"'), True),
    "items not among others": (PLACES + TOWNS, relation("r", "among", left='"places"', right='"towns"'), False),
    "nothing in common": (
        PLACES + TOWNS, relation("r", "disjoint", left='{list="places", first=1}', right='"towns"'), True,
    ),
    "something in common": (PLACES + TOWNS, relation("r", "disjoint", left='"places"', right='"towns"'), False),
    "dates in order": (DATED, relation("r", "order", list='{list="held", first=2}'), True),
    "dates out of order": (DATED, relation("r", "order", list='"held"'), False),
    "a day in its week": (
        WEEK + claim("day", "2020-06-30", "date"), relation("r", "within", inner='"day"', outer='"week"'), True,
    ),
    "a day after its week": (
        WEEK + claim("day", "2020-07-03", "date"), relation("r", "within", inner='"day"', outer='"week"'), False,
    ),
    "a date in its year": (WEEK, relation("r", "date_in_year", date='"week"', year="2020"), True),
    "a date in another year": (WEEK, relation("r", "date_in_year", date='"week"', year="2019"), False),
    "told again": (
        A + claim("again", 3, source='"X/1 annex I para. 9"', restates='"a"'),
        relation("r", "told_in", claims='["a"]', place='"X/1 annex I"'),
        True,
    ),
    "not told again": (
        A + claim("again", 3, source='"X/1 annex II para. 9"', restates='"a"'),
        relation("r", "told_in", claims='["a"]', place='"X/1 annex I"'),
        False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_relation_is_reported_exactly_if_it_does_not_hold(tmp_path: Path, name: str) -> None:
    claims, stated_relation, holds = KINDS[name]
    assert [found.relation for found in disagreements(tmp_path, claims, stated_relation)] == ([] if holds else ["r"])


def test_a_claim_that_restates_another_must_say_the_same(tmp_path: Path) -> None:
    again = claim("again", 4, restates='"a"', source='"X/1 para. 9"')
    (found,) = disagreements(tmp_path, A, again)
    assert (found.relation, found.form) == ("again-restates-a", "same_quantity")
    assert found.paragraphs == ("X/1 para. 1", "X/1 para. 9")
    assert found.gap.smallest == 1


def test_a_date_that_restates_another_must_be_able_to_be_the_same_day(tmp_path: Path) -> None:
    month, day = claim("month", '"2019-03"', "date"), claim("day", "2019-03-11", "date", restates='"month"')
    assert disagreements(tmp_path, month, day) == ()
    later = claim("day", "2019-04-11", "date", restates='"month"')
    (found,) = disagreements(tmp_path, month, later)
    assert found.gap.smallest == 11


def test_shares_of_a_count_are_counts_so_that_some_shares_cannot_be_complete(tmp_path: Path) -> None:
    """50, 30 and 19 per cent may be 100 after rounding, but of 10 wells 19 per cent are no number of wells."""
    shares = "".join(claim(key, share, "per cent") for key, share in (("x", 50), ("y", 30), ("z", 19)))
    wells = claim("wells", 10)
    assert disagreements(tmp_path, shares, wells, relation("r", "complete", shares='["x", "y", "z"]')) == ()
    (found,) = disagreements(
        tmp_path, shares, wells, relation("r", "complete", shares='["x", "y", "z"]', whole='"wells"')
    )
    assert found.gap.printed == 1


def test_a_reading_explains_only_if_all_its_checks_hold(tmp_path: Path) -> None:
    reading = """
[[relation.reading]]
text = "Some wells were not counted"
checks = [{ kind = "subset", part = "a", whole = "b" }, { kind = "subset", part = "c", whole = CHECK }]
"""
    not_equal = relation("r", "compared", left='"a"', right='"b"')
    (found,) = disagreements(tmp_path, A, B, C, not_equal + reading.replace("CHECK", "7"))
    assert found.explained_by == ("Some wells were not counted",)
    (found,) = disagreements(tmp_path, A, B, C, not_equal + reading.replace("CHECK", "6"))
    assert found.explained_by == ()
    assert [tried.holds for tried in found.readings] == [False]
