"""What words and concepts are worth in a collection, and which words go together there.

Only the texts that are given are counted: of a viewer's snapshot, those of its rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.matching.corpus import Corpus, Ints, Vocabulary, sorted_distinct
from colonnade.analysis.matching.latent import TEXTS, WORDS, Floats, Rows, word_vectors

#: A concept that is named only by a narrower one counts for this part of a mention.
BROADER: Final = 0.5


@dataclass(frozen=True, slots=True)
class Statistics:
    """Worth by stem and by concept, the mean worth of a text, and the vectors of the stems that are ``placed``."""

    texts: int
    word: Floats
    concept: Floats
    mean: float
    placed: Ints
    vectors: NDArray[np.float32]

    def worth_of(self, stems: Ints) -> Floats:
        """What stems are worth; one that no text of the collection has, as much as the rarest."""
        known = np.minimum(stems, len(self.word) - 1)
        unseen = float(_worth(np.zeros(1), self.texts)[0])
        return np.where(stems < len(self.word), self.word[known] if len(self.word) else unseen, unseen)


def _worth(found: Floats, texts: int) -> Floats:
    """The inverse document frequency, above zero for whatever number of texts."""
    return np.log((texts + 1.0) / (found + 0.5))


def counted(corpora: Sequence[Corpus], vocabulary: Vocabulary) -> Statistics:
    """Count corpora that were read with one vocabulary; the words have no vectors yet."""
    texts = sum(map(len, corpora))
    stems = np.zeros(max(len(vocabulary.stems), 1))
    concepts = np.zeros(max(len(vocabulary.keys), 1))
    for each in corpora:
        stems += np.bincount(each.stems, minlength=len(stems))
        concepts += np.bincount(_named(each), minlength=len(concepts))
    word, concept = _worth(stems, texts), _worth(concepts, texts)
    total = sum(float((word[each.stems] ** 2).sum()) for each in corpora)
    placed = np.argsort(-stems, kind="stable")[:WORDS]
    placed = np.sort(placed[stems[placed] > 1])
    none = np.zeros((len(placed), 0), dtype=np.float32)
    return Statistics(texts, word, concept, total / max(texts, 1) or 1.0, placed, none)


def vectors_of(corpora: Sequence[Corpus], statistics: Statistics) -> NDArray[np.float32]:
    """The vectors of the placed words."""
    return word_vectors(_rows(corpora, statistics.word, statistics.placed))


def _named(corpus: Corpus) -> Ints:
    """Each concept of each text once, by its number."""
    width = int(corpus.pair_concept.max(initial=0)) + 1
    return sorted_distinct(corpus.text_of[corpus.slot_of[corpus.pair_word]] * width + corpus.pair_concept) % width


def _rows(corpora: Sequence[Corpus], word: Floats, placed: Ints) -> Rows:
    """Weighted texts over the placed words, each of length one with its other words: all of them, or every n-th."""
    column = np.full(len(word), -1, dtype=np.int64)
    column[placed] = np.arange(len(placed))
    step = -(-sum(map(len, corpora)) // TEXTS) or 1
    columns, values, lengths = [], [], []
    for each in corpora:
        for text in range(0, len(each), step):
            stems = each.stems[each.starts[text] : each.starts[text + 1]]
            weights = word[stems]
            weights /= float(np.sqrt((weights**2).sum())) or 1.0
            kept = column[stems] >= 0
            columns.append(column[stems[kept]])
            values.append(weights[kept])
            lengths.append(int(kept.sum()))
    starts = np.concatenate(([0], np.cumsum(np.array(lengths, dtype=np.int64))))
    flat = np.concatenate([*columns, np.zeros(0, dtype=np.int64)])
    return Rows(starts, flat, np.concatenate([*values, np.zeros(0)]).astype(np.float32), len(placed))
