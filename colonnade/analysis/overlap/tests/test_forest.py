"""The forest: what stands together is compared, what is alike is found, and sketches tell how alike."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from colonnade.analysis.overlap.columns import hashes_of
from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.forest import TOGETHER, Candidates, closest, together
from colonnade.analysis.overlap.index import Index
from colonnade.analysis.overlap.ragged import Ragged
from colonnade.analysis.overlap.record import Record
from colonnade.analysis.overlap.sketches import agreement, sketched


@given(st.lists(st.sampled_from([0, 1, 1 << 12, 1 << 24, 1 << 40, (1 << 40) + 1]), max_size=40))
def test_each_pair_that_stands_together_comes_once(keys: list[int]) -> None:
    ascending = np.sort(np.array(keys, dtype=np.uint64))
    pairs = [pair for one, other in together(ascending) for pair in zip(one.tolist(), other.tolist(), strict=True)]
    assert len(pairs) == len(set(pairs))
    assert all(one < other for one, other in pairs)
    if len(keys) <= TOGETHER:
        same = {
            (one, other)
            for one in range(len(keys))
            for other in range(one + 1, len(keys))
            if int(ascending[one]) >> 40 == int(ascending[other]) >> 40
        }
        assert set(pairs) == same


def test_sketches_agree_as_often_as_records_share_words() -> None:
    words = Ragged.of(np.array([*range(20), *range(10, 30)], dtype=np.int32), np.array([20, 20]))
    hashes = hashes_of([f"word {number}" for number in range(30)])
    signature = sketched(words, hashes, np.ones(30), 240)
    left, right = ((signature[:, at] & np.uint32(0xFF)).astype(np.uint8)[None, :] for at in (0, 1))
    assert abs(int(agreement(left, right)[0]) / 255 - 1 / 3) < 0.12


def test_records_without_words_are_nobodys_neighbours() -> None:
    index = Index.of(Corpus.of(Record(f"r{number}") for number in range(30)))
    assert [len(forest.candidates().pairs) for forest in index.forests] == [0, 0]


def test_of_each_record_those_that_agree_most_are_kept() -> None:
    pairs = np.array([(0 << 32) | other for other in range(1, 101)])
    found = Candidates(pairs, np.arange(100, dtype=np.uint8))
    assert (closest(found, of_either=False) & 0xFFFFFFFF).tolist() == list(range(77, 101))
    assert len(closest(found, of_either=True)) == 100


def test_hashes_are_the_same_in_every_run() -> None:
    assert hashes_of(["border", "граница"]).tolist() == [10806522853588117042, 11766059617994232716]
