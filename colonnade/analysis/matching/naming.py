"""Names that a text says: countries and regions by their names in the languages of the pages, resolutions by their
symbols; and what they say of a scope. Pure: nothing here is learned.

A name counts where it is written whole, with a capital where its script has any. Of two names that begin at one place
the longer counts, so that Guinea is not found in Equatorial Guinea.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from colonnade.analysis.matching.records import Place, Record
from colonnade.analysis.matching.words import Word, stop_words, words

Named = dict[str, tuple[Place, ...]]
NATIONAL, REGIONAL, GLOBAL = "national", "regional", "global"
#: Names that texts give to countries and the Unicode data does not, by codes of two letters.
FURTHER: Final = (
    ("CD", "Democratic Republic of Congo"), ("CD", "Democratic Republic of the Congo"), ("CD", "DR Congo"),
    ("CD", "République démocratique du Congo"), ("CD", "República Democrática del Congo"),
)  # fmt: skip
#: Words, folded, after which a number is that of a resolution.
_RESOLUTION: Final = frozenset(
    word.form
    for word in words("resolution resolutions résolution résolutions resolución resoluciones резолюция резолюции"
                      " резолюцией قرار القرار قرارات 决议")
)  # fmt: skip
_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Names:
    """Codes by the folded words of their names. ``longest``: words of the longest."""

    codes: Mapping[tuple[str, ...], str]
    longest: int

    @classmethod
    def of(cls, named: Iterable[tuple[str, str]]) -> "Names":
        """From codes with a name each; a code may come several times, and a name that two codes have is nobody's."""
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for code, name in named:
            forms = tuple(each.form for each in words(name))
            if forms and (len(name) >= _SHORTEST or not name.isascii()):
                found[forms].add(code)
        codes = {forms: next(iter(some)) for forms, some in found.items() if len(some) == 1}
        return cls(codes, max(map(len, codes), default=0))

    def said_in(self, record: Record) -> Named:
        """The codes whose names the record's title or text says, with the places."""
        places: dict[str, list[Place]] = defaultdict(list)
        for field in ("title", "text"):
            text = getattr(record, field)
            spoken = words(text)
            at = 0
            while at < len(spoken):
                size = next((n for n in range(self.longest, 0, -1) if self._code(text, spoken[at : at + n], n)), 0)
                if size:
                    some = spoken[at : at + size]
                    places[self._code(text, some, size)].append(Place(field, some[0].start, some[-1].end))
                at += size or 1
        return {code: tuple(some) for code, some in sorted(places.items())}

    def _code(self, text: str, some: list[Word], size: int) -> str:
        if len(some) != size:
            return ""
        code = self.codes.get(tuple(each.form for each in some), "")
        if not code or (size == 1 and any(some[0].form in each for each in stop_words().values())):
            return ""
        first = text[some[0].start]
        return code if unicodedata.category(first) != "Ll" else ""


def resolutions_in(record: Record, mandates: Collection[str]) -> Named:
    """The resolutions (``mandates`` are their symbols, as S/RES/2396 (2017) or A/RES/60/288) that a text cites: by the
    symbol, or by the number after a word for a resolution."""
    symbols = {tuple(each.form for each in words(code)): code for code in mandates}
    numbers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for code in mandates:
        number = code.upper().rpartition("RES/")[2].partition("(")[0]
        numbers[tuple(each.form for each in words(number))].add(code)
    longest = max(map(len, symbols), default=0)
    places: dict[str, list[Place]] = defaultdict(list)
    for field in ("title", "text"):
        spoken = words(getattr(record, field))
        forms = [each.form for each in spoken]
        at = 0
        while at < len(spoken):
            code, size = "", 1
            for length in range(longest, 0, -1):
                some = tuple(forms[at : at + length])
                told = numbers.get(some, set()) if _RESOLUTION & set(forms[max(0, at - 3) : at]) else set()
                if code := symbols.get(some, next(iter(told)) if len(told) == 1 else ""):
                    size = length
                    places[code].append(Place(field, spoken[at].start, spoken[at + length - 1].end))
                    break
            at += size
    return {code: tuple(some) for code, some in sorted(places.items())}


def meant(said: Named) -> Named:
    """The countries that a text is about: those of its title, or, where that names none, one that the text alone names.

    On published activities of the development part, of what this leaves four in five countries or more are right,
    whoever published them; of all that texts name, two in five or three in four.
    """
    titled = {code: places for code, places in said.items() if any(place.field == "title" for place in places)}
    return titled or (said if len(said) == 1 else {})


def scope_said(countries: Named, regions: Named) -> tuple[str, tuple[Place, ...]]:
    """What names say of a scope, with their places: one country and no region is national; a region that the title
    names, or several countries, regional. Empty for everything else: words for the whole world said it of no text."""
    titled = [place for places in regions.values() for place in places if place.field == "title"]
    of_countries = tuple(place for places in countries.values() for place in places)
    if len(countries) == 1 and not regions:
        return NATIONAL, of_countries
    if titled or len(countries) > 1:
        return REGIONAL, (*of_countries, *titled)
    return "", ()
