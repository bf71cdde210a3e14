"""Near-copies of records: words dropped and shuffled, countries in another language, other dates. Drawn, repeatable."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np
from babel import Locale

from colonnade.analysis.overlap.places import codes_in
from colonnade.analysis.overlap.record import Record

LANGUAGES: Final = ("en", "fr", "es", "ar", "ru", "zh")
_TWO_LETTERS: Final = {
    three: two
    for two in map(str, Locale("en").territories)
    if len(two) == 2 and two.isalpha()
    for three in codes_in(two)
}


def near_copy(
    record: Record, draw: np.random.Generator, *, id_: str, entity: str, dropped: float = 0.3, dates: bool = True
) -> Record:
    """A copy that another entity might have reported: ``dropped`` of its words are missing, the rest is shuffled."""
    language = LANGUAGES[draw.integers(len(LANGUAGES))]
    start, end = _other_dates(record, draw) if dates else (record.start, record.end)
    return replace(
        record,
        id=id_,
        entity=entity,
        title=without(record.title, draw, dropped),
        text=without(record.text, draw, dropped),
        countries=tuple(translated(each, language) for each in record.countries),
        start=start,
        end=end,
    )


def without(text: str, draw: np.random.Generator, dropped: float) -> str:
    """``text`` without a share of its words, the others in any order; one word stays of what has any."""
    words = text.split()
    kept = max(1, round(len(words) * (1.0 - dropped)))
    return " ".join(words[at] for at in draw.permutation(len(words))[:kept])


def translated(country: str, language: str) -> str:
    """A country's name in a language; what is no country stays as it is."""
    codes: Sequence[str] = codes_in(country)
    two = _TWO_LETTERS.get(codes[0]) if len(codes) == 1 else None
    return country if two is None else str(Locale(language).territories[two])


def _other_dates(record: Record, draw: np.random.Generator) -> tuple[date | None, date | None]:
    """Both dates moved by up to three years, by little more often than by much, and by three months against each
    other."""
    moved = round(30 + 1_065 * float(draw.random()) ** 2) * (1 if draw.random() < 0.5 else -1)
    start = record.start and record.start + timedelta(days=moved)
    end = record.end and record.end + timedelta(days=moved + int(draw.integers(-90, 91)))
    return start, end
