"""Texts as arrays: which words and which concepts each of them has.

A *slot* is a word (stem) of a text, once however often it stands there. Everything here counts; what counts are worth
is said in ``statistics.py`` and ``scoring.py``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from colonnade.analysis.matching.thesaurus import Thesaurus
from colonnade.analysis.matching.words import (
    ASCII_WORD,
    WORD,
    declared_language,
    folded,
    has_pairs,
    language_by_script,
    languages,
    stem,
    stop_words,
    words,
)

Ints = NDArray[np.int64]


class _Written(dict[str, int]):
    """Words as they are written, with the numbers of their forms, which are found when they are first asked for."""

    def __init__(self, forms: Mapping[str, int]) -> None:
        super().__init__()
        self._forms = forms

    def __missing__(self, word: str) -> int:
        number = self[word] = self._forms[folded(word)]
        return number


class Vocabulary:
    """Numbers of stems and of concepts; it grows with what is read."""

    def __init__(self, thesaurus: Thesaurus) -> None:
        self.thesaurus = thesaurus
        self.stems: defaultdict[str, int] = defaultdict()
        self.stems.default_factory = self.stems.__len__
        self.concepts = {key: number for number, key in enumerate(thesaurus.concepts)}
        self.keys = tuple(thesaurus.concepts)
        self._forms: defaultdict[str, int] = defaultdict()
        self._forms.default_factory = self._forms.__len__
        self._written = _Written(self._forms)
        self._names: list[str] = []
        self._single: list[tuple[int, ...]] = []
        self._stop = np.zeros((0, len(languages())), dtype=bool)
        self._opens = self._follows = np.zeros(0, dtype=bool)

    def number_of(self) -> Callable[[str], int]:
        """What gives the number of a word's form; after new words, :meth:`note` has to be called."""
        return self._written.__getitem__

    def note(self) -> None:
        """Note what is to be known of forms that are new."""
        fresh = list(islice(reversed(self._forms), len(self._forms) - len(self._names)))[::-1]
        if fresh:
            self._names += fresh
            self._single += [tuple(self.concepts[key] for key in self.thesaurus.named_by(form)) for form in fresh]
            stop = np.array([[form in stop_words()[each] for form in fresh] for each in languages()], dtype=bool).T
            self._stop = np.concatenate((self._stop, stop))
            self._opens = np.concatenate((self._opens, [self.thesaurus.opens(form) for form in fresh]))
            self._follows = np.concatenate((self._follows, [self.thesaurus.follows(form) for form in fresh]))

    def form_names(self) -> Sequence[str]:
        """All forms by number."""
        return self._names

    def stop(self) -> NDArray[np.bool_]:
        """Forms by languages: which are function words."""
        return self._stop

    def single(self) -> Sequence[tuple[int, ...]]:
        """By form: the concepts that it names alone."""
        return self._single

    def ends(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """By form: whether a term of several words can begin with it, and whether it can be one's second word."""
        return self._opens, self._follows


@dataclass(frozen=True, slots=True)
class Corpus:
    """The words of texts in turn, their slots, and the concepts that they name.

    ``starts[d]:starts[d+1]`` are the slots of text ``d``, and ``stems`` their stems.
    ``token_starts[d]:token_starts[d+1]`` are all its words, ``slot_of`` the slot of each, or -1 for a function word.
    ``pair_word`` and ``pair_concept`` are pairs in the order of words: a mention of the concept covers the word; one of
    a narrower concept, where ``pair_direct`` is false.
    """

    starts: Ints
    stems: Ints
    token_starts: Ints
    slot_of: Ints
    pair_word: Ints
    pair_concept: Ints
    pair_direct: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def text_of(self) -> Ints:
        """By slot: its text."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))


def read(texts: Sequence[str], declared: Sequence[str], vocabulary: Vocabulary) -> Corpus:
    """Read texts. ``declared``: the language of each, as far as it is said."""
    forms, lengths = _tokens(texts, vocabulary)
    token_starts = np.concatenate(([0], np.cumsum(lengths)))
    text_of = np.repeat(np.arange(len(texts)), lengths)
    spoken = _languages(forms, text_of, declared, vocabulary)
    kept = np.flatnonzero(~vocabulary.stop()[forms, spoken[text_of]])
    content, owner = forms[kept], text_of[kept]
    stems = _stems(content, spoken[owner], vocabulary)
    width = max(len(vocabulary.stems), 1)
    keys, place = np.unique(owner * width + stems, return_inverse=True)
    starts = np.searchsorted(keys, np.arange(len(texts) + 1) * width)
    slot_of = np.full(len(forms), -1, dtype=np.int64)
    slot_of[kept] = place
    found, concept, direct = _mentions(content, owner, vocabulary)
    return Corpus(starts, keys % width, token_starts, slot_of, kept[found], concept, direct)


def _tokens(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[Ints, Ints]:
    """The forms of all texts in turn, and how many each text has. Agrees with :func:`words.words`."""
    number_of = vocabulary.number_of()
    flat: list[int] = []
    lengths = np.zeros(len(texts), dtype=np.int64)
    for number, text in enumerate(texts):
        before = len(flat)
        if text.isascii():
            flat.extend(map(number_of, ASCII_WORD.findall(text)))
        elif has_pairs(text):
            flat.extend(number_of(each.form) for each in words(text))
        else:
            flat.extend(map(number_of, WORD.findall(text)))
        lengths[number] = len(flat) - before
    vocabulary.note()
    return np.array(flat, dtype=np.int64), lengths


def _languages(forms: Ints, text_of: Ints, declared: Sequence[str], vocabulary: Vocabulary) -> Ints:
    """The number of each text's language: what is declared, what most of its function words are of, its script."""
    known = {code: number for number, code in enumerate(languages())}
    votes = np.zeros((len(declared), len(known)), dtype=np.int64)
    stop = vocabulary.stop()
    for number in range(len(known)):
        hits = stop[forms, number] if len(forms) else np.zeros(0, dtype=bool)
        votes[:, number] = np.bincount(text_of[hits], minlength=len(declared))
    spoken: Ints = votes.argmax(axis=1).astype(np.int64)
    untold = np.flatnonzero(votes.max(axis=1, initial=0) == 0)
    if len(untold):
        names = vocabulary.form_names()
        bounds = np.searchsorted(text_of, np.arange(len(declared) + 1))
        for text in untold.tolist():
            found = (names[form] for form in forms[bounds[text] : bounds[text + 1]])
            spoken[text] = int(known[language_by_script(found)])
    for text, value in enumerate(declared):
        if value and (code := declared_language(value)):
            spoken[text] = int(known[code])
    return spoken


def _stems(forms: Ints, spoken: Ints, vocabulary: Vocabulary) -> Ints:
    codes = languages()
    pairs, place = _distinct(forms * len(codes) + spoken)
    names = vocabulary.form_names()
    numbers = [vocabulary.stems[stem(names[pair // len(codes)], codes[pair % len(codes)])] for pair in pairs.tolist()]
    return np.array(numbers, dtype=np.int64)[place] if len(pairs) else np.zeros(0, dtype=np.int64)


def _mentions(forms: Ints, owner: Ints, vocabulary: Vocabulary) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Pairs of a word and a concept whose mention covers it, each once, in the order of words."""
    single = vocabulary.single()
    distinct, place = _distinct(forms)
    at, concepts = _spread([single[form] for form in distinct.tolist()], place)
    places, found = [at], [concepts]
    for start, length, some in _several(forms, owner, vocabulary):
        for step in range(length):
            places.append(start + step)
            found.append(some)
    return _with_broader(np.concatenate(places), np.concatenate(found), vocabulary)


def sorted_distinct(values: Ints) -> Ints:
    """The distinct values in turn, by sorting: several times as fast here as ``numpy.unique``, which hashes."""
    found = np.sort(values)
    return found[np.concatenate(([True], found[1:] != found[:-1]))] if len(found) else found


def _distinct(values: Ints) -> tuple[Ints, Ints]:
    """The distinct values in turn, and which of them stands at each place. For small numbers: it keeps a table."""
    present = np.bincount(values) > 0
    return np.flatnonzero(present), (np.cumsum(present) - 1)[values]


def _spread(values: Sequence[Sequence[int]], place: Ints) -> tuple[Ints, Ints]:
    """For each place, each of the values there: where it stands among the places, and the value."""
    counts = np.array([len(each) for each in values], dtype=np.int64)
    flat = np.array([value for each in values for value in each], dtype=np.int64)
    if not len(flat):
        return flat, flat
    offsets = np.cumsum(counts) - counts
    reach = counts[place]
    within = np.arange(reach.sum()) - np.repeat(np.cumsum(reach) - reach, reach)
    return np.repeat(np.arange(len(place)), reach), flat[np.repeat(offsets[place], reach) + within]


def _several(forms: Ints, owner: Ints, vocabulary: Vocabulary) -> Iterator[tuple[Ints, int, Ints]]:
    """Mentions by terms of several words: where they start, of how many words, and the concept of each.

    All texts go through the terms together, a word at a step: what was begun at a place is a node, and each pair of a
    node and a next form is looked at once.
    """
    if len(forms) < 2:
        return
    names = vocabulary.form_names()
    opens, follows = vocabulary.ends()
    starts = np.flatnonzero(opens[forms[:-1]] & follows[forms[1:]] & (owner[:-1] == owner[1:]))
    ends = np.searchsorted(owner, owner[starts], side="right")
    firsts, node = _distinct(forms[starts])
    nodes = [vocabulary.thesaurus.begun_by(names[form]) for form in firsts.tolist()]
    length = 1
    while len(starts):
        inside = starts + length < ends
        starts, ends, node = starts[inside], ends[inside], node[inside]
        length += 1
        pairs, place = np.unique(node * len(names) + forms[starts + length - 1], return_inverse=True)
        steps = (divmod(pair, len(names)) for pair in pairs.tolist())
        nodes = [vocabulary.thesaurus.gone_on(nodes[before], names[form]) for before, form in steps]
        at, concepts = _spread([[vocabulary.concepts[key] for key, rest in some if not rest] for some in nodes], place)
        yield starts[at], length, concepts
        further = np.array([any(rest for _, rest in some) for some in nodes], dtype=bool)[place]
        starts, ends, node = starts[further], ends[further], place[further]


def _with_broader(places: Ints, concepts: Ints, vocabulary: Vocabulary) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    width = max(len(vocabulary.keys), 1)
    direct = places * width + concepts
    further = [direct[:0]]
    for key, concept in vocabulary.thesaurus.concepts.items():
        covered = places[concepts == vocabulary.concepts[key]] if concept.broader else places[:0]
        further.extend(covered * width + vocabulary.concepts[each] for each in concept.broader)
    # Twice the number, and one more where it is told by a narrower concept: the direct one comes first.
    keys = np.sort(np.concatenate((direct * 2, np.concatenate(further) * 2 + 1)))
    keys = keys[np.concatenate(([True], np.diff(keys // 2) > 0))] if len(keys) else keys
    return keys // 2 // width, keys // 2 % width, keys % 2 == 0
