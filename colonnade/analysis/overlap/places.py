"""Countries by any name: ISO 3166-1 and M49 codes, and names in the six languages of the United Nations and further.

The names are those of the Unicode locale data (Babel) and of the table of countries (``colonnade/places/tables``),
beside short and former names in ``names.csv``. A name that means two countries means none.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale

from colonnade import places

#: Names in texts are looked for in these: the six languages, and Portuguese.
_IN_TEXTS: Final = ("en", "fr", "es", "ar", "ru", "zh", "pt")
#: And in the column of countries in these too.
_IN_COLUMNS: Final = (
    *_IN_TEXTS,
    "zh_Hant",
    "de",
    "it",
    "nl",
    "sw",
    "tr",
    "fa",
    "uk",
    "id",
    "ja",
    "ko",
    "hi",
    "pl",
    "sv",
)
_TABLE: Final = Path(places.__file__).parent / "tables" / "countries.csv"
_FURTHER: Final = Path(__file__).parent / "names.csv"
_PARTS: Final = re.compile(r"[;|\n]")
_FINER_PARTS: Final = re.compile(r"[,/،、，；]")
_NOT_LETTERS: Final = re.compile(r"[^\w@]+|_+")
_MARKS: Final = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670]+")
#: Names in texts shorter than this are too likely to be something else.
_SHORTEST: Final = 4


def codes_in(cell: str) -> tuple[str, ...]:
    """The countries that a cell names, as ISO 3166-1 codes of three letters, sorted; what is not known stays as folded.

    Countries are parted by ``;`` or ``|``, or by commas and strokes where the cell is not itself one name.
    """
    return _codes_in(cell.strip())


@cache
def _codes_in(cell: str) -> tuple[str, ...]:
    found: set[str] = set()
    for part in _PARTS.split(cell):
        if not (plain := _plain(part)):
            continue
        if code := _codes().get(plain):
            found.add(code)
            continue
        for piece in _FINER_PARTS.split(part):
            if name := _plain(piece):
                found.add(_codes().get(name) or (_split_by_spaces(name) or name))
    return tuple(sorted(found))


def _split_by_spaces(name: str) -> str | None:
    """A name with its article or its preposition taken off."""
    for cut in ("the ", "la ", "le ", "les ", "el ", "republic of ", "republica de ", "republique de ", "ال"):
        if name.startswith(cut) and (code := _codes().get(name.removeprefix(cut))):
            return code
    return None


def is_known(code: str) -> bool:
    """Whether a code of :func:`codes_in` is that of a country, rather than a text that was not understood."""
    return len(code) == 3 and code.isupper()


def _plain(name: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", name)).casefold()
    return unicodedata.normalize("NFKC", _NOT_LETTERS.sub(" ", plain).strip())


@cache
def _table() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """ISO codes of two letters -> of three; and every other code of the table -> of three."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    twos = {row["iso2"]: row["iso3"] for row in rows}
    others = {_plain(row[name]): row["iso3"] for name in ("iso2", "iso3", "m49", "name") for row in rows}
    return twos, others


def _names(languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    twos, _ = _table()
    for language in languages:
        for code, name in Locale.parse(language).territories.items():
            if code in twos:
                yield name, twos[code]
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["name"], row["iso3"]
    with _FURTHER.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["name"], row["iso3"]


@cache
def _codes() -> Mapping[str, str]:
    _, codes = _table()
    return {**_unambiguous(_IN_COLUMNS), **codes}


def _unambiguous(languages: tuple[str, ...]) -> dict[str, str]:
    meant: dict[str, set[str]] = {}
    for name, code in _names(languages):
        meant.setdefault(_plain(name), set()).add(code)
    return {name: next(iter(codes)) for name, codes in meant.items() if name and len(codes) == 1}


@cache
def names_by_first_word() -> Mapping[str, tuple[tuple[list[str], str], ...]]:
    """First words of countries' names -> the whole names, longest first, each with its word in texts."""
    heads: dict[str, list[tuple[list[str], str]]] = {}
    for name, code in sorted(_unambiguous(_IN_TEXTS).items()):
        if len(name) >= _SHORTEST:
            words = name.split()
            heads.setdefault(words[0], []).append((words, "@" + code))
    return {head: tuple(sorted(names, key=lambda each: -len(each[0]))) for head, names in heads.items()}


@cache
def words_of_names(code: str) -> frozenset[str]:
    """The words in which a country is named in texts and that name no other: ``viet`` and ``nam`` of ``VNM``."""
    return _words_of_names().get(code, frozenset())


@cache
def _words_of_names() -> Mapping[str, frozenset[str]]:
    owners: dict[str, set[str]] = {}
    for name, code in _unambiguous(_IN_TEXTS).items():
        for word in name.split():
            owners.setdefault(word, set()).add(code)
    found: dict[str, set[str]] = {}
    for word, codes in owners.items():
        if len(codes) == 1 and len(word) >= _SHORTEST - 1:
            found.setdefault(next(iter(codes)), set()).add(word)
    return {code: frozenset(words) for code, words in found.items()}


@cache
def unparted_names() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern of the Chinese names with the name as its one group, and their codes."""
    codes = {name: code for name, code in _unambiguous(("zh", "zh_Hant")).items() if not name.isascii()}
    names = sorted((name for name in codes if len(name) > 1), key=lambda name: (-len(name), name))
    return re.compile("(" + "|".join(map(re.escape, names)) + ")"), codes
