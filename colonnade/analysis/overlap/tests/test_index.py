"""The index: which pairs are proposed, of what kind, and why."""

import math
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.index import Index, pairs_of, propose
from colonnade.analysis.overlap.judging import Pair
from colonnade.analysis.overlap.kinds import Kind
from colonnade.analysis.overlap.record import Record
from colonnade.analysis.overlap.tests.projects import BORDER, BORDER_AGAIN, PORTS, PRISONS, several

#: Small enough that all candidates are proposed.
ALL = 1e-9


def found(*records: Record, least: float = 0.05, top: int = 10) -> dict[tuple[str, str], Pair]:
    return {(pair.a, pair.b): pair for pair in propose(Index.of(Corpus.of(records)), least=least, top=top)}


def told(pairs: dict[tuple[str, str], Pair]) -> dict[tuple[str, str], tuple[float, Kind, list[str]]]:
    """What is written of pairs. Sums in another order differ in the last digits."""
    return {
        names: (round(pair.probability, 9), pair.kind, [f"{each.part}: {each.evidence}" for each in pair.reasons])
        for names, pair in pairs.items()
    }


def test_a_near_copy_of_another_entity_is_a_likely_duplicate_with_its_reasons() -> None:
    pairs = found(BORDER, BORDER_AGAIN, PRISONS, PORTS)
    assert next(iter(pairs)) == ("A1", "B1")
    pair = pairs["A1", "B1"]
    assert pair.kind is Kind.DUPLICATE
    assert pair.probability > 0.9
    told = "; ".join(map(str, pair.reasons))
    assert "both in MLI" in told
    assert "2019-03-01/2021-02-28 and 2019-09-01/2021-06-30" in told


def test_what_happens_elsewhere_is_not_proposed() -> None:
    assert all("D1" not in names for names in found(BORDER, BORDER_AGAIN, PRISONS, PORTS))


def test_a_child_is_related_and_never_a_duplicate() -> None:
    child = replace(BORDER_AGAIN, parent="A1")
    assert found(BORDER, child)["A1", "B1"].kind is Kind.PARENT
    assert found(replace(BORDER, parent="B1"), BORDER_AGAIN)["A1", "B1"].kind is Kind.CHILD


def test_parts_of_one_parent_are_related() -> None:
    parts = replace(BORDER, parent="P"), replace(BORDER_AGAIN, parent="P")
    assert found(*parts)["A1", "B1"].kind is Kind.PART


def test_a_child_is_proposed_however_unlike_its_parent() -> None:
    assert found(BORDER, replace(PORTS, parent="A1"))["A1", "D1"].kind is Kind.PARENT


def test_two_projects_of_one_entity_are_proposed_only_where_one_continues_the_other() -> None:
    second = replace(BORDER, id="A2", title=BORDER.title + ", phase II", start=date(2021, 3, 1), end=date(2023, 3, 1))
    assert found(BORDER, second)["A1", "A2"].kind is Kind.PHASE
    assert found(BORDER, replace(BORDER_AGAIN, entity="One")) == {}


def test_the_same_text_about_another_country_is_not_proposed_as_the_same() -> None:
    elsewhere = replace(BORDER_AGAIN, countries=("Kenya",), title="border Strengthening management Kenya")
    pairs = found(BORDER, elsewhere, least=ALL)
    assert all(pair.probability < 0.5 for pair in pairs.values())


def test_a_record_has_as_many_pairs_as_were_asked_for() -> None:
    copies = [replace(BORDER_AGAIN, id=f"B{number}", entity=f"of {number}") for number in range(6)]
    assert len(found(BORDER, *copies, top=1)) < len(found(BORDER, *copies, top=3)) <= 3 * 7


def test_two_records_with_one_identifier_are_refused() -> None:
    with pytest.raises(ValueError, match="one identifier"):
        Corpus.of([BORDER, BORDER])


def test_no_records_have_no_pairs() -> None:
    assert found() == {}
    assert found(Record("empty"), Record("also empty")) == {}


@settings(max_examples=30, deadline=None)
@given(several(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_nothing(records: list[Record], random: Random) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    assert told(found(*records, least=ALL)) == told(found(*shuffled, least=ALL))


@settings(max_examples=30, deadline=None)
@given(several())
def test_contributions_add_up_to_the_log_odds(records: list[Record]) -> None:
    for pair in found(*records, least=ALL).values():
        total = sum(reason.log_odds for reason in pair.reasons)
        assert math.isclose(total, pair.log_odds, abs_tol=1e-9)
        assert math.isclose(pair.probability, 1 / (1 + math.exp(-total)), abs_tol=1e-9)
        assert pair.a < pair.b


@settings(max_examples=30, deadline=None)
@given(several(), several(1, 5))
def test_records_that_share_nothing_with_a_pair_change_nothing_about_it(
    records: list[Record], others: list[Record]
) -> None:
    unrelated = [
        Record(
            id=f"other {each.id}",
            entity=each.entity,
            title=" ".join(f"zz{word}zz" for word in each.title.split()),
            text=" ".join(f"zz{word}zz" for word in each.text.split()),
            countries=("Fiji",),
        )
        for each in others
    ]
    before = told(found(*records, least=ALL, top=99))
    after = told(found(*records, *unrelated, least=ALL, top=99))
    for names in before.keys() & after.keys():
        assert before[names] == after[names]
    likely = {names for names, (probability, *_) in before.items() if probability >= 0.5}
    assert likely <= after.keys()


@settings(max_examples=25, deadline=None)
@given(several(2, 8), st.integers(1, 7))
def test_changed_records_have_the_pairs_that_they_have_among_all(records: list[Record], count: int) -> None:
    index = Index.of(Corpus.of(records))
    changed = {each.id for each in records[:count]}
    asked = {(pair.a, pair.b): pair for pair in pairs_of(records[:count], index, least=ALL, top=99)}
    among_all = found(*records, least=ALL, top=99)
    expected = {names: pair for names, pair in among_all.items() if changed & set(names)}
    both = asked.keys() & expected.keys()
    assert told({names: asked[names] for names in both}) == told({names: expected[names] for names in both})
    assert {names for names, pair in expected.items() if pair.probability >= 0.5} <= asked.keys()


def test_an_earlier_version_of_a_changed_record_is_passed_over() -> None:
    index = Index.of(Corpus.of([BORDER, BORDER_AGAIN]))
    assert pairs_of([replace(PORTS, id="B1")], index) == []
    again = replace(BORDER_AGAIN, id="E1", entity="Five")
    assert {(pair.a, pair.b) for pair in pairs_of([again], index)} == {("A1", "E1"), ("B1", "E1")}
