"""Records as columns: whole numbers and flat arrays, a million of them in memory.

Records are kept in the order of their identifiers, whatever order they came in, so that nothing depends on it.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.overlap.places import codes_in, words_of_names
from colonnade.analysis.overlap.ragged import Floats, Ints, Longs, Ragged
from colonnade.analysis.overlap.record import Record
from colonnade.analysis.overlap.words import NOT_WORDS, folded, words_of

#: Stands where a day is not known.
NO_DAY: Final = -(2**31)
#: Of a text so many words are read; longer ones are annexes.
_MOST_WORDS: Final = 2_000
_GRAM_CODES: Final = 1 << 20


class Numbering:
    """Texts <-> whole numbers from 0 on, in the order in which they were first met."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._numbers = _Numbers()
        for text in texts:
            self._numbers[text]

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def texts(self) -> list[str]:
        """All texts, in the order of their numbers; a new list each time."""
        return list(self._numbers)

    def copy(self) -> "Numbering":
        """One that grows on its own."""
        copied = Numbering()
        copied._numbers.update(self._numbers)
        return copied

    def of(self, texts: Iterable[str]) -> Iterator[int]:
        """The numbers of ``texts``, in their order; new ones where they have none yet."""
        return map(self._numbers.__getitem__, texts)

    def of_all(self, texts: Iterable[str]) -> Ints:
        """The same as an array."""
        return np.fromiter(self.of(texts), dtype=np.int32)


class _Numbers(dict[str, int]):
    """Gives a text that it does not know the next number."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number


@dataclass(frozen=True, slots=True)
class Columns:
    """All that is kept of records, row by row.

    ``words`` are those of title and text, ``title`` those of the title alone, ``grams`` the runs of three letters in
    the title, ``places`` the countries. ``start`` and ``end`` are days since 1970, ``NO_DAY`` where not known;
    ``amount`` is not a number where not known.
    """

    ids: list[str]
    titles: list[str]
    parents: list[str]
    entities: list[str]
    words: Ragged
    title: Ragged
    grams: Ragged
    places: Ragged
    start: Ints
    end: Ints
    amount: Floats

    def __len__(self) -> int:
        return len(self.start)

    def take(self, rows: Longs) -> "Columns":
        """These rows, in this order."""
        places = rows.tolist()
        return Columns(
            [self.ids[row] for row in places],
            [self.titles[row] for row in places],
            [self.parents[row] for row in places],
            [self.entities[row] for row in places],
            self.words.take(rows),
            self.title.take(rows),
            self.grams.take(rows),
            self.places.take(rows),
            self.start[rows],
            self.end[rows],
            self.amount[rows],
        )

    def part(self, rows: Longs) -> "Columns":
        """These rows for comparing: without their texts."""
        return replace(
            self,
            ids=[],
            titles=[],
            parents=[],
            entities=[],
            words=self.words.take(rows),
            title=self.title.take(rows),
            grams=self.grams.take(rows),
            places=self.places.take(rows),
            start=self.start[rows],
            end=self.end[rows],
            amount=self.amount[rows],
        )

    def by_id(self) -> "Columns":
        """In the order of the identifiers."""
        rows = sorted(range(len(self)), key=self.ids.__getitem__)
        return self if rows == list(range(len(self))) else self.take(np.array(rows, dtype=np.int64))

    @staticmethod
    def joined(parts: Sequence["Columns"]) -> "Columns":
        """One after the other; all must be of the same numberings."""
        return Columns(
            [each for part in parts for each in part.ids],
            [each for part in parts for each in part.titles],
            [each for part in parts for each in part.parents],
            [each for part in parts for each in part.entities],
            Ragged.joined(part.words for part in parts),
            Ragged.joined(part.title for part in parts),
            Ragged.joined(part.grams for part in parts),
            Ragged.joined(part.places for part in parts),
            np.concatenate([part.start for part in parts]),
            np.concatenate([part.end for part in parts]),
            np.concatenate([part.amount for part in parts]),
        )

    def with_words(self, numbers: Ints) -> "Columns":
        """With every number of a word replaced by the one that stands at it in ``numbers``."""
        words, title = (Ragged.of(numbers[each.values], each.lengths) for each in (self.words, self.title))
        return replace(self, words=words, title=title)

    def with_places(self, numbers: Ints) -> "Columns":
        """With every number of a place replaced by the one that stands at it in ``numbers``."""
        return replace(self, places=Ragged.of(numbers[self.places.values], self.places.lengths))


class Gathering:
    """Takes records one by one and gives their columns."""

    def __init__(self, words: Numbering | None = None, places: Numbering | None = None) -> None:
        self.words = words or Numbering()
        self.places = places or Numbering()
        self._texts: tuple[list[str], list[str], list[str], list[str]] = ([], [], [], [])
        self._flat = {name: array("i") for name in ("words", "title", "places")}
        self._lengths = {name: array("i") for name in ("words", "title", "places")}
        self._start, self._end, self._amount = array("i"), array("i"), array("d")

    def add(self, record: Record) -> None:
        """One more record."""
        title = dict.fromkeys(words_of(record.title))  # not sets: their order is another in each run
        words = title | dict.fromkeys(words_of(record.text)[:_MOST_WORDS]) if record.text else title
        for kept, value in zip(self._texts, (record.id, record.title, record.parent, record.entity), strict=True):
            kept.append(value)
        codes = codes_in("; ".join(record.countries)) if record.countries else ()
        for code in codes:
            title, words = _without_parts_of_name(title, code), _without_parts_of_name(words, code)
        self._put("title", self.words, title)
        self._put("words", self.words, words)
        self._put("places", self.places, codes)
        start, end = _day(record.start), _day(record.end)
        if start != NO_DAY and end != NO_DAY and end < start:  # one of the two is wrong, and nobody knows which
            start = end = NO_DAY
        self._start.append(start)
        self._end.append(end)
        self._amount.append(float("nan") if record.amount is None else record.amount)

    def _put(self, name: str, numbering: Numbering, texts: Collection[str]) -> None:
        self._flat[name].extend(numbering.of(texts))
        self._lengths[name].append(len(texts))

    def columns(self) -> Columns:
        """The columns of all that were added, in the order in which they were."""
        words, title, places = (
            Ragged.of(np.array(self._flat[name], dtype=np.int32), np.array(self._lengths[name], dtype=np.int32))
            for name in ("words", "title", "places")
        )
        ids, titles, parents, entities = self._texts
        return Columns(
            ids,
            titles,
            parents,
            entities,
            words,
            title,
            grams_of(titles),
            places,
            np.array(self._start, dtype=np.int32),
            np.array(self._end, dtype=np.int32),
            np.array(self._amount, dtype=np.float64),
        )


def _without_parts_of_name(words: dict[str, None], code: str) -> dict[str, None]:
    """Parts of the name of a record's own country, in whatever order, are the country."""
    named = words_of_names(code)
    if named.isdisjoint(words):
        return words
    return dict.fromkeys([*(word for word in words if word not in named), "@" + code])


def _day(day: date | None) -> int:
    return NO_DAY if day is None else day.toordinal() - 719_163


def grams_of(titles: Sequence[str]) -> Ragged:
    """The runs of three letters or digits in folded titles, a space on either side of a title, as hashes of 20 bits."""
    plain = [f" {NOT_WORDS.sub(' ', folded(title))} " for title in titles]
    lengths = np.fromiter((max(0, len(title) - 2) for title in plain), dtype=np.int64, count=len(plain))
    letters = np.frombuffer("".join(plain).encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    if len(letters) < 3:
        return Ragged.of(np.zeros(0, dtype=np.int32), lengths)
    mixed = (letters[:-2] * 0x9E3779B1 + letters[1:-1] * 0x85EBCA77 + letters[2:] * 0xC2B2AE3D) & 0xFFFFFFFF
    hashes = ((mixed * 0x9E3779B97F4A7C15) >> 44).astype(np.int32)
    sizes = np.fromiter(map(len, plain), dtype=np.int64, count=len(plain))
    firsts = np.cumsum(sizes) - sizes
    at = np.repeat(firsts - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
    return Ragged.of(hashes[at], lengths)


def hashes_of(texts: Sequence[str]) -> NDArray[np.uint64]:
    """A number of 64 bits for each text, the same on every machine and in every run."""
    joined = b"".join(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in texts)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)
