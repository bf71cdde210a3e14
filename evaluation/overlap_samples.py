"""Pairs with their features and labels: those that people labelled, and near-copies planted among activities."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.index import Index
from colonnade.analysis.overlap.likeness import FEATURES, Statistics, compared
from colonnade.analysis.overlap.pair_file import read_pairs
from colonnade.analysis.overlap.ragged import Floats
from colonnade.analysis.overlap.record import Record
from evaluation.planting import near_copy, translated, without

#: Two activities of which one was not made from the other are not called different where so much of one is in the
#: other.
_PERHAPS_THE_SAME: Final = 0.7


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of features for each pair, and whether the two are the same."""

    name: str
    features: Floats
    same: NDArray[np.bool_]


def labelled(path: Path) -> Sample:
    """The pairs of a file; words are counted over its records."""
    pairs = [pair for pair in read_pairs(path) if pair.same is not None]
    sides = [(pair.left, pair.right) for pair in pairs]
    return _sample(path.stem, sides, np.array([bool(pair.same) for pair in pairs]))


def planted(records: Sequence[Record], *, seed: int, part: int) -> Iterator[Sample]:
    """Every other activity (``part`` 0 or 1) with copies of several kinds, and with what only looks like one."""
    draw = np.random.default_rng(seed)
    mine = [record for at, record in enumerate(records) if at % 2 == part and len(record.title.split()) > 1]
    yield _among("near-copies", mine, [_copied(each, draw, at) for at, each in enumerate(mine)], draw)
    retold = [_retold(each, draw, at) for at, each in enumerate(mine)]
    yield _among("retold", mine, retold, draw)
    short = [replace(each, text="") for each in mine if len(each.title.split()) > 3]
    titles = [_shortened(each, draw, at) for at, each in enumerate(short)]
    yield _among("titles alone", short, titles, draw)
    coded = [replace(each, title=f"{each.title} {_code(draw)}") for each in short]
    yield _among("titles with codes", coded, [_coded(each, draw, at) for at, each in enumerate(coded)], draw)


def _copied(record: Record, draw: np.random.Generator, at: int, *, dropped: float = 0.3, dates: bool = True) -> Record:
    entity = f"another-{at % 40}"
    return near_copy(record, draw, id_=f"copy-{at:06d}", entity=entity, dropped=dropped, dates=dates)


def _retold(record: Record, draw: np.random.Generator, at: int) -> Record:
    """Words missing on both sides, fewer and more of them; now and then the countries, dates, text or amount are
    too."""
    copy = _copied(record, draw, at, dropped=float(draw.uniform(0.05, 0.5)), dates=bool(draw.random() < 0.5))
    if draw.random() < 0.3:
        copy = replace(copy, countries=())
    if draw.random() < 0.3:
        copy = replace(copy, start=None, end=None)
    if draw.random() < 0.15:
        copy = replace(copy, text="")
    if copy.amount and draw.random() < 0.6:
        copy = replace(copy, amount=None if draw.random() < 0.3 else copy.amount * float(np.exp(draw.normal(0, 0.5))))
    return copy


def _shortened(record: Record, draw: np.random.Generator, at: int) -> Record:
    """A title with a few words missing and a few further ones, as catalogues have them."""
    further = ["further", "new", "full", "standard", "edition", "programme"]
    title = without(record.title, draw, float(draw.uniform(0.0, 0.4)))
    title += " " + " ".join(draw.choice(further, int(draw.integers(0, 3)), replace=False))
    return replace(record, id=f"copy-{at:06d}", entity="another", title=title, start=None, end=None, amount=None)


def _code(draw: np.random.Generator) -> str:
    letters = "".join(draw.choice(list("ABCDEFGHKLMNPRSTVX"), int(draw.integers(1, 4))))
    return f"{letters}{'-' if draw.random() < 0.5 else ''}{draw.integers(10, 10_000)}"


def _coded(record: Record, draw: np.random.Generator, at: int) -> Record:
    """A title that is told otherwise, but whose last word, a code, is the same, if perhaps without its hyphen."""
    title, code = record.title.rsplit(" ", 1)
    told = _shortened(replace(record, title=without(title, draw, float(draw.uniform(0.0, 0.4)))), draw, at)
    return replace(told, title=f"{told.title} {code if draw.random() < 0.7 else code.replace('-', '')}")


def _elsewhere(record: Record, draw: np.random.Generator, at: int) -> Record:
    """Nearly the same words about another country."""
    others = [each for each in ("KEN", "PER", "NPL", "MAR", "FJI", "GHA") if (each,) != record.countries]
    copy = near_copy(record, draw, id_=f"other-{at:06d}", entity="another", dropped=0.15)
    return replace(copy, countries=(translated(str(draw.choice(others)), "en"),))


def _renumbered(record: Record, draw: np.random.Generator, at: int) -> Record:
    """The same title with other numbers: another model, another year."""
    title = "".join(str(draw.integers(10)) if letter.isdigit() else letter for letter in record.title)
    return replace(record, id=f"number-{at:06d}", entity="another", title=title, text="")


def _among(name: str, records: Sequence[Record], copies: Sequence[Record], draw: np.random.Generator) -> Sample:
    """Copies, as many neighbours that are none, and some that look like copies: all as pairs of one corpus."""
    pairs = list(zip(records, copies, strict=True))
    same = [True] * len(pairs)
    for at, record in enumerate(records):
        if at % 4 == 0 and record.countries:
            pairs.append((record, _elsewhere(record, draw, at)))
            same.append(False)
        numbered = _renumbered(record, draw, at)
        if numbered.title != record.title:
            pairs.append((record, numbered))
            same.append(False)
    by_id = {each.id: each for each in (*records, *copies)}
    neighbours = list(_neighbours(records, copies, by_id, draw))
    return _sample(name, [*pairs, *neighbours], np.array(same + [False] * len(neighbours)))


def _neighbours(
    records: Sequence[Record], copies: Sequence[Record], by_id: dict[str, Record], draw: np.random.Generator
) -> Iterator[tuple[Record, Record]]:
    """Candidates of which one was not made from the other and that do not look the same, several a record."""
    index = Index.of(Corpus.of((*records, *copies)))
    columns = index.corpus.columns
    pairs = index.forests[0].candidates().pairs
    left, right = pairs >> 32, pairs & 0xFFFFFFFF
    random = draw.integers(len(columns), size=(2, len(records)))
    left, right = np.concatenate((left, random[0])), np.concatenate((right, random[1]))
    likeness = compared(columns.part(left), columns.part(right), index.statistics)
    cover, letters = likeness.column("cover"), likeness.column("letters")
    origin = {copy.id: record.id for record, copy in zip(records, copies, strict=True)}
    for one, other, much, alike in zip(left.tolist(), right.tolist(), cover, letters, strict=True):
        first, second = columns.ids[one], columns.ids[other]
        apart = origin.get(first, first) != origin.get(second, second)
        if apart and much < _PERHAPS_THE_SAME and alike < _PERHAPS_THE_SAME:
            yield by_id[first], by_id[second]


def _sample(name: str, pairs: Sequence[tuple[Record, Record]], same: NDArray[np.bool_]) -> Sample:
    records = {each.id: each for pair in pairs for each in pair}
    corpus = Corpus.of(records.values())
    rows = {id_: row for row, id_ in enumerate(corpus.columns.ids)}
    left, right = (np.array([rows[pair[side].id] for pair in pairs], dtype=np.int64) for side in (0, 1))
    likeness = compared(corpus.columns.part(left), corpus.columns.part(right), Statistics.of(corpus))
    assert likeness.features.shape == (len(pairs), len(FEATURES))
    return Sample(name, likeness.features, same)
