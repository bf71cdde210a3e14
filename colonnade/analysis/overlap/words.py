"""Words of a text, the same for every spelling of a letter; names of countries among them become the country.

A word is in small letters, without accents or marks. Scripts that do not part words (Chinese, Japanese, Thai, Khmer,
Lao, Burmese) give each two neighbouring letters. Nothing is known of any language: how much a word says follows from
how many records use it.
"""

import html
import re
import unicodedata
from typing import Final

from colonnade.analysis.overlap.places import names_by_first_word, unparted_names

#: What stands between words.
NOT_WORDS: Final = re.compile(r"[\W_]+")
_WORD: Final = re.compile(r"[^\W_]+")
_CODE: Final = re.compile(r"(?=[^\s/]*\d)[^\W_]+(?:-[^\W_]+)+")
#: Letters of scripts that write no spaces between words.
_UNPARTED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
#: A letter written as an entity of HTML, perhaps with spaces inside, as texts that went through many hands have them.
_ENTITY: Final = re.compile(r"\s?& ?(#\d+|[a-zA-Z]+) ?;\s?")
_MARKS: Final = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]+")
#: Letters that no decomposition reduces, and what people type for them (as in colonnade/analysis/folding.py).
_LETTERS: Final = str.maketrans(
    "øłđðħıς\N{ARABIC LETTER ALEF MAKSURA}\N{ARABIC LETTER FARSI YEH}"
    "\N{ARABIC LETTER TEH MARBUTA}\N{ARABIC LETTER KEHEH}",
    "olddhiσ\N{ARABIC LETTER YEH}\N{ARABIC LETTER YEH}\N{ARABIC LETTER HEH}\N{ARABIC LETTER KAF}",
)


def folded(text: str) -> str:
    """``text`` in small letters, without accents, marks and the Arabic stretching stroke."""
    if "&" in text:
        text = html.unescape(_ENTITY.sub(r"&\1;", text))
    if text.isascii():
        return text.lower()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKC", plain.lower()).translate(_LETTERS)


def words_of(text: str) -> list[str]:
    """The words of ``text`` in its order, with repetitions; a country's name is one word, ``@`` and its code.

    A code with hyphens (``AF-2019/004``) comes in its parts and, at the end, once more without hyphens.
    """
    plain = folded(text)
    if "-" in plain:
        plain += " " + " ".join(code[0].replace("-", "") for code in _CODE.finditer(plain))
    if not plain.isascii() and _UNPARTED.search(plain):
        return _named(_words_of_any_script(plain))
    return _named(_WORD.findall(plain))


def _words_of_any_script(plain: str) -> list[str]:
    found: list[str] = []
    pattern, codes = unparted_names()
    for at, part in enumerate(pattern.split(plain)):
        if at % 2:
            found.append("@" + codes[part])
            continue
        found += _WORD.findall(_UNPARTED.sub(lambda run: f" {_in_twos(run[0])} ", part))
    return found


def _in_twos(run: str) -> str:
    return " ".join(run[at : at + 2] for at in range(len(run) - 1)) or run


def _named(words: list[str]) -> list[str]:
    """``words`` with the names of countries among them as codes."""
    heads = names_by_first_word()
    if heads.keys().isdisjoint(words):
        return words
    found: list[str] = []
    done = 0
    for at in [place for place, word in enumerate(words) if word in heads]:
        if at < done:
            continue
        for name, code in heads[words[at]]:
            if words[at : at + len(name)] == name:
                found += words[done:at]
                found.append(code)
                done = at + len(name)
                break
    return found + words[done:]
