"""Likeness: features between 0 and 1, the same both ways, and more in common never less likely."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.likeness import AGAINST, FEATURES, Likeness, Statistics, compared
from colonnade.analysis.overlap.model import Model, the_model
from colonnade.analysis.overlap.record import Record
from colonnade.analysis.overlap.tests.projects import BORDER, BORDER_AGAIN, several


def likeness(one: Record, other: Record, *beside: Record) -> Likeness:
    corpus = Corpus.of((one, other, *beside))
    rows = [np.array([corpus.columns.ids.index(each.id)]) for each in (one, other)]
    left, right = (corpus.columns.take(row) for row in rows)
    return compared(left, right, Statistics.of(corpus))


def feature(name: str, one: Record, other: Record) -> float:
    return float(likeness(one, other).column(name)[0])


@settings(max_examples=80, deadline=None)
@given(several(2, 4))
def test_every_feature_lies_between_0_and_1_and_is_the_same_both_ways(records: list[Record]) -> None:
    one, other, *beside = records
    features = likeness(one, other, *beside).features
    assert ((features >= 0) & (features <= 1)).all()
    assert np.allclose(features, likeness(other, one, *beside).features)


@settings(max_examples=60, deadline=None)
@given(several(2, 4))
def test_without_stems_a_pair_is_never_less_likely(records: list[Record]) -> None:
    corpus = Corpus.of(records)
    left, right = np.triu_indices(len(records), 1)
    sides = corpus.columns.part(left), corpus.columns.part(right)
    with_, without = (compared(*sides, Statistics.of(corpus), stems=stems).features for stems in (True, False))
    assert (the_model().log_odds(without) >= the_model().log_odds(with_) - 1e-9).all()


def test_a_record_is_like_itself_in_everything() -> None:
    features = likeness(BORDER, replace(BORDER, id="X")).features[0]
    for name, value in zip(FEATURES, features, strict=True):
        assert value == pytest.approx(
            0.0 if name in AGAINST or name in ("numbers_same", "codes_same") else 1.0, abs=0.3
        )


def test_words_that_were_dropped_on_one_side_leave_the_shorter_one_covered() -> None:
    assert feature("cover", BORDER, BORDER_AGAIN) == pytest.approx(1.0)
    assert feature("union", BORDER, BORDER_AGAIN) < 1.0


def test_a_rare_word_says_more_than_a_common_one() -> None:
    beside = [Record(f"x{number}", title="training officers") for number in range(30)]
    rare, common = Record("a", title="training radiological"), Record("b", title="radiological prisons")
    other = Record("c", title="training prisons")
    assert likeness(rare, common, other, *beside).column("cover") > likeness(rare, other, common, *beside).column(
        "cover"
    )


def test_countries_in_any_language_are_the_same_country() -> None:
    assert feature("place_same", replace(BORDER, countries=("马里",)), BORDER_AGAIN) == 1.0
    assert feature("place_differ", replace(BORDER, countries=("Кения",)), BORDER_AGAIN) == 1.0
    assert feature("place_differ", replace(BORDER, countries=()), BORDER_AGAIN) == 0.0


def test_what_is_not_known_counts_neither_for_nor_against() -> None:
    unknown = replace(BORDER_AGAIN, start=None, end=None, amount=None, countries=())
    features = dict(zip(FEATURES, likeness(BORDER, unknown).features[0], strict=True))
    for name in FEATURES:
        if name.startswith(("time", "year", "amount", "place")):
            assert features[name] == 0.0


def test_years_alone_that_differ_are_told_from_periods_that_do() -> None:
    year = Record("a", title="x", start=(day := BORDER.start) and day.replace(year=1999, month=1, day=1))
    later = replace(year, id="b", start=year.start and year.start.replace(year=2001))
    assert feature("year_differs", year, later) == 1.0
    assert feature("time_apart", year, later) == 0.0
    assert feature("time_apart", replace(year, end=later.start), replace(BORDER, id="c")) == 1.0


def test_numbers_in_titles_that_differ_speak_against() -> None:
    assert feature("numbers_differ", Record("a", title="Round 4"), Record("b", title="Round 5")) == 1.0
    assert feature("codes_same", Record("a", title="Pump PS-LX350H"), Record("b", title="PSLX350H")) == 1.0


def test_a_coefficient_with_the_wrong_sign_is_refused() -> None:
    signs = np.array([-1.0 if name in AGAINST else 1.0 for name in FEATURES])
    assert Model(0.0, signs).log_odds(np.zeros((1, len(FEATURES)))) == [0.0]
    with pytest.raises(ValueError, match="wrong sign"):
        Model(0.0, -signs)
