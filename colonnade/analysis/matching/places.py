"""Countries as people write them: codes of two or three letters, or names in any of six languages, to one key."""

import functools
import re
from typing import Final

from babel import Locale

from colonnade.analysis.matching.words import folded, words

_LOCALES: Final = ("en", "fr", "es", "ru", "ar", "zh")
#: What is written where a record is of no single country.
_WIDER: Final = frozenset(
    folded(each)
    for each in """
    global worldwide world regional region multi country multicountry multiregional international interregional all
    countries various several none unspecified mondial monde mundial глобальный региональный عالمي اقليمي
    """.split()  # noqa: SIM905  # a list of words reads best as lines
)
_FURTHER: Final = {
    "cotedivoire": "CI",
    "ivorycoast": "CI",
    "turkey": "TR",
    "russianfederation": "RU",
    "syrianarabrepublic": "SY",
    "democraticrepublicofcongo": "CD",
    "democraticrepublicofthecongo": "CD",
    "drc": "CD",
    "republiquedemocratiqueducongo": "CD",
    "republicademocraticadelcongo": "CD",
    "republicofcongo": "CG",
    "republicofthecongo": "CG",
    "republicofkorea": "KR",
    "democraticpeoplesrepublicofkorea": "KP",
    "laopeoplesdemocraticrepublic": "LA",
    "vietnam": "VN",
    "iranislamicrepublicof": "IR",
    "islamicrepublicofiran": "IR",
    "boliviaplurinationalstateof": "BO",
    "venezuelabolivarianrepublicof": "VE",
    "unitedrepublicoftanzania": "TZ",
    "republicofmoldova": "MD",
    "macedonia": "MK",
    "stateofpalestine": "PS",
    "palestine": "PS",
    "swaziland": "SZ",
    "capeverde": "CV",
    "czechrepublic": "CZ",
    "burma": "MM",
    "easttimor": "TL",
    "bruneidarussalam": "BN",
    "unitedkingdomofgreatbritainandnorthernireland": "GB",
    "unitedstatesofamerica": "US",
    "usa": "US",
    "uk": "GB",
    "uae": "AE",
}
_SEPARATORS: Final = re.compile(r"[;|\n]")


@functools.lru_cache(maxsize=50_000)
def countries_of(value: str) -> frozenset[str]:
    """The keys of the countries that a cell names, parted by ``;`` or ``|``: none where it is global or regional.

    A name that is known nowhere is its own key, so that equal names meet.
    """
    found = (country_of(each) for each in _SEPARATORS.split(value))
    return frozenset(each for each in found if each)


@functools.lru_cache(maxsize=50_000)
def country_of(name: str) -> str:
    """The key of one country; empty where the name is of no single one."""
    parts = [each.form for each in words(name)]
    if not parts or all(each in _WIDER for each in parts):
        return ""
    joined = "".join(parts)
    bare = "".join(each for each in parts if each not in ("the", "of", "and", "st", "saint"))
    return _names().get(joined) or _names().get(bare) or joined


@functools.lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for locale in _LOCALES:
        for code, name in Locale(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "EZ", "UN", "QO"):
                parts = [each.form for each in words(name)]
                bare = "".join(each for each in parts if each not in ("the", "of", "and", "st", "saint"))
                found.setdefault("".join(parts), code)
                found.setdefault(bare, code)
                found.setdefault(code.lower(), code)
    return {**found, **_FURTHER}
