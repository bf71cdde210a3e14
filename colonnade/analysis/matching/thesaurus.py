"""The thesaurus of the field: concepts, the terms that name them in six languages, and where a text uses them.

The data is in ``thesaurus/*.toml``, written for this project. A term is one or more words without function words;
``word*`` is any form that begins so, and ``?`` any letter or none. A concept may name ``broader`` ones, of which a
mention speaks as well.
"""

import functools
import string
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

from colonnade.analysis.matching.words import stop_words, words

_LANGUAGES: Final = ("en", "fr", "es", "ru", "ar", "zh")


#: Terms of which some words were met: the concept's key, and the patterns of the words that have to follow.
Begun = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept: its key, its English label and the keys of broader ones."""

    key: str
    label: str
    broader: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept that a text names: the key, and the first word and the one after the last (of the words given)."""

    concept: str
    first: int
    end: int


class Thesaurus:
    """Concepts and the patterns of their terms."""

    def __init__(self, concepts: Mapping[str, Concept], terms: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """``terms``: pairs of a concept's key and the patterns of one term's words."""
        self.concepts = dict(concepts)
        #: Terms by language, as they are written.
        self.terms: dict[str, list[str]] = {}
        self._exact: dict[str, set[str]] = {}
        self._prefix: dict[str, set[str]] = {}
        self._by_first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        self._known: dict[str, frozenset[str]] = {}
        for key, patterns in terms:
            for pattern in patterns:
                for variant in _variants(pattern):
                    into, form = (self._prefix, variant[:-1]) if variant.endswith("*") else (self._exact, variant)
                    into.setdefault(form, set()).add(pattern)
            self._by_first.setdefault(patterns[0], []).append((key, patterns))
        self._longest = max(map(len, self._prefix), default=0)
        several = [patterns for some in self._by_first.values() for _, patterns in some if len(patterns) > 1]
        self._openers = {patterns[0] for patterns in several}
        self._seconds = {patterns[1] for patterns in several}

    def patterns_of(self, form: str) -> frozenset[str]:
        """The patterns that a form fits."""
        known = self._known.get(form)
        if known is None:
            found = set(self._exact.get(form, ()))
            for length in range(1, min(len(form), self._longest) + 1):
                found |= self._prefix.get(form[:length], set())
            known = self._known[form] = frozenset(found)
        return known

    def named_by(self, form: str) -> tuple[str, ...]:
        """The keys of concepts that a form names alone."""
        found = {
            key
            for pattern in self.patterns_of(form)
            for key, patterns in self._by_first.get(pattern, ())
            if len(patterns) == 1
        }
        return tuple(sorted(found))

    def opens(self, form: str) -> bool:
        """Whether a term of several words can begin with the form."""
        return any(pattern in self._openers for pattern in self.patterns_of(form))

    def follows(self, form: str) -> bool:
        """Whether the form can be the second word of a term."""
        return any(pattern in self._seconds for pattern in self.patterns_of(form))

    def begun_by(self, form: str) -> Begun:
        """Terms of several words that can begin with the form, each with the patterns that have to follow."""
        found = {
            (key, patterns[1:])
            for pattern in self.patterns_of(form)
            for key, patterns in self._by_first.get(pattern, ())
            if len(patterns) > 1
        }
        return tuple(sorted(found))

    def gone_on(self, begun: Begun, form: str) -> Begun:
        """Those of the begun terms that the form goes on with, and what still has to follow."""
        patterns = self.patterns_of(form)
        return tuple((key, rest[1:]) for key, rest in begun if rest and rest[0] in patterns)

    def mentions(self, forms: Sequence[str]) -> list[Mention]:
        """What a text names, in turn. ``forms``: its words without function words."""
        found = set()
        for place, form in enumerate(forms):
            found |= {Mention(key, place, place + 1) for key in self.named_by(form)}
            begun = self.begun_by(form)
            for end, other in enumerate(forms[place + 1 :], place + 2):
                begun = self.gone_on(begun, other)
                if not begun:
                    break
                found |= {Mention(key, place, end) for key, rest in begun if not rest}
        return sorted(found, key=lambda each: (each.first, each.end, each.concept))


def _variants(pattern: str) -> Iterable[str]:
    """A pattern with each ``?`` written out."""
    if "?" not in pattern:
        return (pattern,)
    before, _, after = pattern.partition("?")
    return [before + each + rest for rest in _variants(after) for each in ("", *string.ascii_lowercase)]


@functools.lru_cache(maxsize=1)
def the_thesaurus() -> Thesaurus:
    """The thesaurus that Colonnade carries."""
    folder = resources.files(__package__).joinpath("thesaurus")
    tables: dict[str, dict[str, str]] = {}
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if each.name.endswith(".toml"):
            tables.update(tomllib.loads(each.read_text(encoding="utf-8")))
    return thesaurus_from(tables)


def thesaurus_from(tables: Mapping[str, Mapping[str, str]]) -> Thesaurus:
    """A thesaurus of tables as they stand in the files. Raises ``ValueError`` where a broader concept is not there."""
    concepts = {
        key: Concept(key, table["label"], tuple(table.get("broader", "").split())) for key, table in tables.items()
    }
    for each in concepts.values():
        if missing := [key for key in each.broader if key not in concepts]:
            raise ValueError(f"{each.key}: broader names {', '.join(missing)}, which is no concept")
    terms = {
        (key, patterns)
        for key, table in tables.items()
        for language in _LANGUAGES
        for term in table.get(language, "").split("|")
        if (patterns := _patterns(term, language))
    }
    thesaurus = Thesaurus(concepts, sorted(terms))
    thesaurus.terms = {
        language: [
            term.strip() for table in tables.values() for term in table.get(language, "").split("|") if term.strip()
        ]
        for language in _LANGUAGES
    }
    return thesaurus


def _patterns(term: str, language: str) -> tuple[str, ...]:
    """The patterns of a term's words: folded like any text, with their signs kept, without function words."""
    found = []
    for part in term.replace("'", " ").split():
        sign = "*" if part.endswith("*") else ""
        if "?" in part:
            found.append(part)
        else:
            forms = [each.form for each in words(part.rstrip("*"))]
            forms = [form for form in forms if form not in stop_words()[language]]
            found += [*forms[:-1], *(form + sign for form in forms[-1:])]
    return tuple(found)
