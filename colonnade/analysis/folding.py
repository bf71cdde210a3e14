"""Folding: the form of a text that search compares, the same for what is recorded and for what somebody types.

Both sides are folded by DuckDB with the SQL written here. A folded text is in small letters without accents, marks or
the Arabic stretching stroke; whatever is neither letter nor digit, of any script, is one space; and a space stands
before and after, so that ``' word'`` finds the beginning of a word and ``' word '`` a whole one.
"""

from typing import Final

#: Letters that no decomposition reduces, and what people type for them.
_LETTERS: Final = (
    ("ø", "o"),
    ("ł", "l"),
    ("đ", "d"),
    ("ð", "d"),
    ("ħ", "h"),
    ("ı", "i"),
    ("ς", "σ"),
    ("\N{ARABIC LETTER ALEF MAKSURA}", "\N{ARABIC LETTER YEH}"),
    ("\N{ARABIC LETTER FARSI YEH}", "\N{ARABIC LETTER YEH}"),
    ("\N{ARABIC LETTER TEH MARBUTA}", "\N{ARABIC LETTER HEH}"),
    ("\N{ARABIC LETTER KEHEH}", "\N{ARABIC LETTER KAF}"),
)
_FROM: Final = "".join(letter for letter, _ in _LETTERS)
_TO: Final = "".join(typed for _, typed in _LETTERS)
_STRETCH: Final = "\N{ARABIC TATWEEL}"


def folded_sql(expression: str) -> str:
    """The SQL that folds the text ``expression`` (itself SQL). An empty or missing text folds to one space."""
    plain = f"strip_accents(replace(coalesce({expression}, ''), '{_STRETCH}', ''))"
    small = f"translate(lower({plain}), '{_FROM}', '{_TO}')"
    return rf"regexp_replace(' ' || {small} || ' ', '[^\p{{L}}\p{{M}}\p{{N}}]+', ' ', 'g')"
