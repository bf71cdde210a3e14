"""Words of a text with their places, in any script: folding, languages, stop words, stems.

A word's *form* is small, without accents or marks; Arabic articles are taken off, and runs of Chinese characters become
overlapping pairs, which are their words here. The *stem* is what forms of one word share; stems are of the language
that most of a text's function words belong to (Snowball's algorithms, as PyStemmer ships them).
"""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

import Stemmer

#: Marks that stand inside words: combining accents, Arabic vowels and the stretching stroke.
WORD: Final = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f\u064b-\u0655\u0670]+[^\W_]*)*")
#: The same words, where a text is in ASCII: found several times as fast.
ASCII_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_ARABIC_ARTICLE: Final = re.compile(r"^(?:[وفبك]?ال|لل)(?=...)")
_LETTERS: Final = str.maketrans("øłđðħıςىیةک", "oldd" + "hiσيي" + "هك")
_STRETCH: Final = "\N{ARABIC TATWEEL}"
_STEMMERS: Final = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "ru": "russian",
    "ar": "arabic",
    "pt": "portuguese",
    "de": "german",
    "it": "italian",
}
#: A text whose function words tell nothing is read as in this language, where its script allows.
UNTOLD: Final = "en"


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its form, and where it stands (Python indices: ``text[start:end]``)."""

    form: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """All words of a text in turn, function words too."""
    found: list[Word] = []
    for match in WORD.finditer(text):
        start, end = match.span()
        if _HAN.search(match[0]):
            found.extend(_pairs(match[0], start))
        else:
            found.append(Word(folded(match[0]), start, end))
    return found


def _pairs(run: str, offset: int) -> Iterable[Word]:
    """Overlapping pairs of each run of Chinese characters, and what stands between as words."""
    last = 0
    for match in _HAN.finditer(run):
        if match.start() > last:
            yield Word(folded(run[last : match.start()]), offset + last, offset + match.start())
        start, end = match.span()
        for place in range(start, max(start + 1, end - 1)):
            upto = min(place + 2, end)
            yield Word(run[place:upto], offset + place, offset + upto)
        last = end
    if last < len(run):
        yield Word(folded(run[last:]), offset + last, offset + len(run))


@functools.lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """The form of a word."""
    plain = unicodedata.normalize("NFKD", word.replace(_STRETCH, ""))
    small = "".join(each for each in plain if not unicodedata.combining(each)).lower().translate(_LETTERS)
    return _ARABIC_ARTICLE.sub("", small) or word


@functools.lru_cache(maxsize=1)
def stop_words() -> Mapping[str, frozenset[str]]:
    """Function words by language, as forms."""
    source = resources.files(__package__).joinpath("stop_words.toml").read_text(encoding="utf-8")
    return {name: frozenset(map(folded, line.split())) for name, line in tomllib.loads(source).items()}


@functools.lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Codes of the languages whose function words are known; where two have as many in a text, the first is taken."""
    return (UNTOLD, *sorted(set(stop_words()) - {UNTOLD}))


def declared_language(value: str) -> str:
    """The code of a language as somebody wrote it (``fr``, ``fr-FR``); empty where it is none of ours."""
    code = value.strip().lower()[:2]
    return code if code in languages() else ""


def language_by_script(forms: Iterable[str]) -> str:
    """The language to assume for a text none of whose function words are known."""
    for each in "".join(forms):
        if _HAN.match(each):
            return "zh"
        if "\u0400" <= each <= "\u04ff":
            return "ru"
        if "\u0600" <= each <= "\u06ff":
            return "ar"
    return UNTOLD


def has_pairs(text: str) -> bool:
    """Whether a text has Chinese characters, which are read in pairs."""
    return _HAN.search(text) is not None


@functools.lru_cache(maxsize=400_000)
def stem(form: str, language: str) -> str:
    """The stem of a form; the form itself where the language has no stemmer or the form no letters."""
    if len(form) < 4 or not form.isalpha() or language not in _STEMMERS:
        return form
    return str(_stemmer(language).stemWord(form)) or form


@functools.lru_cache(maxsize=len(_STEMMERS))
def _stemmer(language: str) -> "Stemmer.Stemmer":
    return Stemmer.Stemmer(_STEMMERS[language], 0)  # what is stemmed is kept here already
