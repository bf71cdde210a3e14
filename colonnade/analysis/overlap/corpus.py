"""All records that are compared, with what is counted over them. Nothing outside of them is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from colonnade.analysis.overlap.columns import Columns, Gathering, Numbering
from colonnade.analysis.overlap.ragged import Floats
from colonnade.analysis.overlap.record import Record


@dataclass(frozen=True, slots=True)
class Corpus:
    """``words`` and ``places`` name the numbers in ``columns``; ``used_by`` says how many records use each word."""

    columns: Columns
    words: Numbering
    places: Numbering
    used_by: Floats

    def __len__(self) -> int:
        return len(self.columns)

    @staticmethod
    def of(records: Iterable[Record]) -> "Corpus":
        """Of records, whose identifiers are all different."""
        gathering = Gathering()
        for record in records:
            gathering.add(record)
        return Corpus.of_columns([gathering.columns()], gathering.words, gathering.places)

    @staticmethod
    def of_columns(parts: Sequence[Columns], words: Numbering, places: Numbering) -> "Corpus":
        """Of columns that share the numberings. Places are numbered anew, in the order of their codes."""
        columns = Columns.joined(parts) if len(parts) > 1 else parts[0]
        texts = places.texts
        ranked = sorted(range(len(places)), key=texts.__getitem__)
        renewed = Numbering(texts[number] for number in ranked)
        ranks = np.empty(len(places), dtype=np.int32)
        ranks[ranked] = np.arange(len(places), dtype=np.int32)
        columns = columns.with_places(ranks).by_id()
        if len(set(columns.ids)) < len(columns):
            raise ValueError("two records have one identifier")
        used_by = np.bincount(columns.words.values, minlength=len(words)).astype(np.float64)
        return Corpus(columns, words, renewed, used_by)
