"""Likeness: what two records have in common and what sets them apart, as numbers from 0 to 1. Vectorised over pairs.

A word of a pair weighs ``ln(R / r)``: ``r`` records use the word, and ``R`` use the most common word of the two
records. So a word says the more the rarer it is, words that everybody uses say nothing, and records that share no
word with the two change nothing about them. What is not known of one of the two counts neither for nor against.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.overlap.columns import NO_DAY, Columns
from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.ragged import Floats, Ints, Longs, Ragged, shared

#: The most common word of a pair counts as used by so many records at least.
_COMMON: Final = 60.0
#: What even the most common word weighs.
_LEAST: Final = 0.05
_YEAR: Final = 365.25
#: Periods this many years apart are as far apart as can be; amounts this many times different too.
_FAR_YEARS: Final = 5.0
_FAR_TIMES: Final = 20.0
#: The logarithm of how many records may use a number that still says something.
_RARE: Final = 8.0
#: Words with the same beginning of so many letters have one stem.
_STEM: Final = 4
#: So many shared words are half of enough.
_HALF_ENOUGH: Final = 4.0

#: The features, by the part of the explanation that they belong to. Those of ``AGAINST`` lower the probability.
PARTS: Final = {
    "words": ("cover", "cover_high", "union", "union_high", "stems_cover", "stems_union", "enough"),
    "title": ("title_cover", "title_union", "letters", "letters_high", "both"),
    "numbers": ("numbers_same", "codes_same", "numbers_differ"),
    "place": ("place_same", "place_differ"),
    "time": ("time_same", "time_apart", "time_far", "year_differs"),
    "amount": ("amount_same", "amount_differ"),
}
FEATURES: Final = tuple(name for names in PARTS.values() for name in names)
AGAINST: Final = frozenset(
    {"numbers_differ", "place_differ", "time_apart", "time_far", "year_differs", "amount_differ"}
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A row for each pair, a column for each of ``FEATURES``; and the words that a pair shares: ``pair`` and
    ``word``."""

    features: Floats
    pair: Longs
    word: Ints

    def column(self, name: str) -> Floats:
        """One feature of all pairs."""
        values: Floats = self.features[:, FEATURES.index(name)]
        return values


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of every word the logarithm of how many records use it, and whether a digit is in it (numbers, years, codes).

    Words that begin alike have one ``stem``, so that inflected, abbreviated and some foreign forms meet; a stem
    counts as used as often as its words are.
    """

    log_used: Floats
    numeric: NDArray[np.bool_]
    stem: Ints
    stem_log_used: Floats
    stems: Mapping[str, int]

    @staticmethod
    def of(corpus: Corpus) -> "Statistics":
        stems: dict[str, int] = {}
        stem = _stems(corpus.words.texts, stems)
        used = np.bincount(stem, weights=corpus.used_by, minlength=len(stems))
        numeric = _numeric(corpus.words.texts)
        return Statistics(_log(corpus.used_by), numeric, stem, _log(np.minimum(used, len(corpus))), stems)

    def with_words(self, texts: Sequence[str]) -> "Statistics":
        """With further words, each used by one record."""
        stems = dict(self.stems)
        stem = np.concatenate((self.stem, _stems(texts, stems)))
        numeric = np.concatenate((self.numeric, _numeric(texts)))
        log_used = np.concatenate((self.log_used, np.zeros(len(texts))))
        stem_log_used = np.concatenate((self.stem_log_used, np.zeros(len(stems) - len(self.stems))))
        return Statistics(log_used, numeric, stem, stem_log_used, stems)


def _log(used_by: Floats) -> Floats:
    return np.log(np.maximum(used_by, 1.0))


def _stems(words: Sequence[str], stems: dict[str, int]) -> Ints:
    """The number of each word's stem; new ones are added to ``stems``. Numbers and countries are their own."""
    number = stems.setdefault
    return np.fromiter(
        (number(word if word[0] == "@" or word.isdecimal() else word[:_STEM], len(stems)) for word in words),
        dtype=np.int32,
        count=len(words),
    )


def _numeric(words: Sequence[str]) -> NDArray[np.bool_]:
    digit = re.compile(r"\d").search
    return np.fromiter((digit(word) is not None for word in words), dtype=bool, count=len(words))


def compared(left: Columns, right: Columns, statistics: Statistics, *, stems: bool = True) -> Likeness:
    """Row ``n`` of one with row ``n`` of the other. Without ``stems``, whose comparison takes longest, all of them
    count as shared: what the features say is then the most that they could."""
    most = np.maximum(left.words.tops(statistics.log_used), right.words.tops(statistics.log_used))
    common = np.maximum(most, np.log(_COMMON)) + _LEAST
    pair, word = shared(left.words, right.words)
    words = _shares(left.words, right.words, pair, word, common, statistics.log_used)
    all_stems = np.ones(len(left)), np.ones(len(left))
    by_stem = _stemmed(left.words, right.words, statistics) if stems else all_stems
    title = _shares(left.title, right.title, *shared(left.title, right.title), common, statistics.log_used)
    grams, _ = shared(left.grams, right.grams)
    letters = _ratio(2.0 * _counts(grams, len(left)), (left.grams.lengths + right.grams.lengths).astype(float))
    count = _counts(pair, len(left))
    numbers = _numbers(left, right, pair, word, statistics)
    place = _places(left.places, right.places)
    time = _times(left, right)
    amount = _amounts(left.amount, right.amount)
    columns = (
        words[0],
        _above(words[0], 0.6),
        words[1],
        _above(words[1], 0.5),
        *by_stem,
        count / (count + _HALF_ENOUGH),
        title[0],
        title[1],
        letters,
        _above(letters, 0.6),
        words[0] * np.maximum(letters, title[0]),
        *numbers,
        *place,
        *time,
        *amount,
    )
    return Likeness(np.stack(columns, axis=1), pair, word)


def _above(share: Floats, from_: float) -> Floats:
    """How far a share lies above ``from_``, of what it could."""
    return np.maximum(share - from_, 0.0) / (1.0 - from_)


def _ratio(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


def _counts(pair: Longs, pairs: int, weights: Floats | None = None) -> Floats:
    return np.bincount(pair, weights=weights, minlength=pairs).astype(np.float64)


def _shares(
    left: Ragged, right: Ragged, pair: Longs, word: Ints, common: Floats, worth: Floats
) -> tuple[Floats, Floats]:
    """What the shared words weigh: of the record that has less, and of both together."""
    both = _counts(pair, len(left)) * common - np.bincount(pair, weights=worth[word], minlength=len(left))
    one, other = (each.lengths * common - each.sums(worth) for each in (left, right))
    cover = _ratio(both, np.minimum(one, other))
    union = _ratio(both, one + other - both)
    return np.clip(cover, 0.0, 1.0), np.clip(union, 0.0, 1.0)


def _stemmed(left: Ragged, right: Ragged, statistics: Statistics) -> tuple[Floats, Floats]:
    """As the words, for their stems."""
    one, other = (Ragged.of(statistics.stem[each.values], each.lengths) for each in (left, right))
    worth = statistics.stem_log_used
    common = np.maximum(np.maximum(one.tops(worth), other.tops(worth)), np.log(_COMMON)) + _LEAST
    return _shares(one, other, *shared(one, other), common, worth)


def _numbers(
    left: Columns, right: Columns, pair: Longs, word: Ints, statistics: Statistics
) -> tuple[Floats, Floats, Floats]:
    """The share of the numbers in titles that is the same; the same of all numbers, the rarer the more, of the record
    that has less; and the share of numbers in titles that differ, where both titles have some."""
    numeric = statistics.numeric.astype(np.float64)
    rare = numeric * np.maximum(_RARE - statistics.log_used, 0.0)
    all_shared = _counts(pair, len(left), rare[word])
    fewer_of_all = np.minimum(left.words.sums(rare), right.words.sums(rare))
    pair, word = shared(left.title, right.title)
    both = _counts(pair, len(left), numeric[word])
    one, other = left.title.sums(numeric), right.title.sums(numeric)
    fewer, more = np.minimum(one, other), np.maximum(one, other)
    differ = np.where(fewer > 0, 1.0 - _ratio(both, fewer), 0.0)
    return _ratio(both, more), _ratio(all_shared, fewer_of_all), differ


def _places(left: Ragged, right: Ragged) -> tuple[Floats, Floats]:
    """The share of the countries of the record that has fewer; and whether both have some and none is shared."""
    pair, _ = shared(left, right)
    both = _counts(pair, len(left))
    fewer = np.minimum(left.lengths, right.lengths).astype(np.float64)
    return _ratio(both, fewer), ((fewer > 0) & (both == 0)).astype(np.float64)


def _times(left: Columns, right: Columns) -> tuple[Floats, Floats, Floats, Floats]:
    """The share of the shorter period in which both run; whether they never do; how far apart the periods lie; and,
    where of both only a year is known, whether it differs, instead of the three."""
    (first, last), (other_first, other_last) = _period(left), _period(right)
    known = ~(np.isnan(first) | np.isnan(other_first))
    year, other_year = _only_year(left), _only_year(right)
    years = (year > 0) & (other_year > 0)
    with np.errstate(invalid="ignore"):
        overlap = np.minimum(last, other_last) - np.maximum(first, other_first) + 1.0
        shorter = np.minimum(last - first, other_last - other_first) + 1.0
        same = np.where(known, np.clip(overlap / shorter, 0.0, 1.0), 0.0)
        far = np.where(known & ~years, np.clip(-overlap / _YEAR / _FAR_YEARS, 0.0, 1.0), 0.0)
        apart = np.where(known & ~years & (overlap <= 0.0), 1.0, 0.0)
    return same, apart, far, np.where(years & (year != other_year), 1.0, 0.0)


def _only_year(columns: Columns) -> Longs:
    """The year of records of which only that is known: from its first day to its last or to no day; 0 for others."""
    start, end = (each.astype("datetime64[D]") for each in (columns.start, columns.end))
    year = start.astype("datetime64[Y]")
    to_its_end = (end == (year + 1).astype("datetime64[D]") - 1) | (columns.end == NO_DAY)
    only = (columns.start != NO_DAY) & (start == year.astype("datetime64[D]")) & to_its_end
    return np.where(only, year.astype(np.int64) + 1970, 0)


def _period(columns: Columns) -> tuple[Floats, Floats]:
    """First and last day; a year where only one of the two is known; not numbers where none is."""
    first = np.where(columns.start == NO_DAY, np.nan, columns.start.astype(np.float64))
    last = np.where(columns.end == NO_DAY, np.nan, columns.end.astype(np.float64))
    return np.where(np.isnan(first), last - _YEAR, first), np.where(np.isnan(last), first + _YEAR, last)


def _amounts(left: Floats, right: Floats) -> tuple[Floats, Floats]:
    """How nearly the amounts are equal (within a tenth); and how many times one is the other beyond that."""
    known = (left > 0) & (right > 0)
    times = np.abs(np.log(np.where(known, left, 1.0) / np.where(known, right, 1.0)))
    same = np.where(known, np.clip(1.0 - times / 0.1, 0.0, 1.0), 0.0)
    return same, np.where(known, np.clip(times / np.log(_FAR_TIMES), 0.0, 1.0), 0.0)
