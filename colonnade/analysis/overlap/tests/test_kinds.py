"""The rules of kinds."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from colonnade.analysis.overlap.kinds import Kind, Shared, Side, kind_of, numbered

WHOLE = Side("A", "One", "Border posts", "", date(2019, 1, 1), date(2022, 12, 31), 1_000_000)
OTHER = Side("B", "Two", "Posts at the border", "", date(2020, 1, 1), date(2021, 12, 31), 400_000)
SAME = Shared(probability=0.97, cover=0.95, titles=0.9, place=True, apart=False)


@pytest.mark.parametrize(
    ("title", "stem", "number"),
    [
        ("Border posts (phase II)", "border posts", 2),
        ("Border posts, Phase 3", "border posts", 3),
        ("Postes de frontière - deuxième phase", "postes de frontiere", 2),
        ("Puestos fronterizos, fase 2", "puestos fronterizos", 2),
        ("Border posts 2019", "border posts", 2019),
        ("Border posts III", "border posts", 3),
        ("Border posts", "border posts", None),
        ("Phase", "", None),
        ("", "", None),
    ],
)
def test_a_title_is_parted_from_the_number_of_its_phase(title: str, stem: str, number: int | None) -> None:
    assert numbered(title) == (stem, number)


def test_titles_that_differ_in_the_number_of_a_phase_are_phases_of_any_entity() -> None:
    first, second = replace(WHOLE, title="Border posts, phase I"), replace(OTHER, title="Border posts, phase II")
    assert kind_of(first, second, SAME) is Kind.PHASE
    assert kind_of(WHOLE, second, SAME) is Kind.PHASE
    assert kind_of(WHOLE, replace(OTHER, title="Border posts, phase I"), SAME) is not Kind.PHASE


def test_money_and_time_within_those_of_a_project_of_the_same_title_make_a_part() -> None:
    part = replace(OTHER, title=WHOLE.title)
    assert kind_of(WHOLE, part, SAME) is Kind.PART
    assert kind_of(WHOLE, replace(part, amount=1_000_000.0), SAME) is Kind.DUPLICATE
    assert kind_of(WHOLE, replace(part, end=date(2024, 1, 1)), SAME) is Kind.DUPLICATE


def test_one_entity_continues_under_one_title() -> None:
    following = replace(WHOLE, id="B", start=date(2023, 2, 1), end=date(2024, 1, 1))
    assert kind_of(WHOLE, following, SAME) is Kind.PHASE
    assert kind_of(WHOLE, replace(following, start=date(2026, 1, 1)), SAME) is not Kind.PHASE


def test_less_alike_is_an_overlap_and_less_likely_complementary() -> None:
    assert kind_of(WHOLE, OTHER, SAME) is Kind.DUPLICATE
    assert kind_of(WHOLE, OTHER, replace(SAME, cover=0.5)) is Kind.OVERLAP
    assert kind_of(WHOLE, OTHER, replace(SAME, titles=0.2)) is Kind.OVERLAP
    assert kind_of(WHOLE, OTHER, replace(SAME, probability=0.3)) is Kind.COMPLEMENTARY
    assert kind_of(WHOLE, OTHER, replace(SAME, probability=0.3, place=False)) is Kind.OVERLAP
    assert kind_of(WHOLE, OTHER, replace(SAME, probability=0.3, apart=True)) is Kind.OVERLAP
    assert kind_of(WHOLE, OTHER, replace(SAME, probability=0.01)) is Kind.DIFFERENT


SHARE = st.floats(0, 1)
SIDES = st.builds(
    Side,
    id=st.sampled_from("AB"),
    entity=st.sampled_from(("", "One", "Two")),
    title=st.sampled_from(("Border posts", "Border posts 2", "Border posts, phase I", "Prisons", "")),
    parent=st.sampled_from(("", "A", "B", "P")),
    start=st.none() | st.dates(date(2018, 1, 1), date(2021, 1, 1)),
    end=st.none() | st.dates(date(2021, 1, 1), date(2024, 1, 1)),
    amount=st.none() | st.floats(1, 100),
)


@given(SIDES, SIDES, st.builds(Shared, SHARE, SHARE, SHARE, st.booleans(), st.booleans()))
def test_a_pair_turned_round_is_of_the_kind_turned_round(one: Side, other: Side, shared: Shared) -> None:
    one, other = replace(one, id="A"), replace(other, id="B")
    if not (one.parent == "B" and other.parent == "A"):  # each the other's parent: a mistake of whoever wrote it
        assert kind_of(other, one, shared) is kind_of(one, other, shared).turned


@given(SIDES, SIDES, SHARE)
def test_relatives_are_never_duplicates(one: Side, other: Side, probability: float) -> None:
    one, other = replace(one, id="A", parent="P"), replace(other, id="B", parent="P")
    assert kind_of(one, other, replace(SAME, probability=probability)) is Kind.PART
