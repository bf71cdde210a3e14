"""How many rows of each table fit on the pages of a brief. Pure arithmetic over lines of type.

Word, LibreOffice and Typst break lines a little differently, so that lines are estimated from characters, on the
safe side, and the room is less than a page holds.
"""

from collections.abc import Mapping, Sequence
from math import ceil, sqrt
from typing import Final

#: Lines of small type on the first page, after the title block, and on the second.
FIRST_PAGE: Final = 56
SECOND_PAGE: Final = 68
#: What a section takes beside its rows: heading, head of the table, space around them.
SECTION: Final = 4
#: Characters of a table's small type on a full line.
LINE: Final = 112
#: No table is cut to fewer rows.
LEAST: Final = 3


def lines_of(row: Sequence[str], header: Sequence[str], numeric: Sequence[bool]) -> int:
    """How many lines a row takes: numbers take what their heads take, columns of words share the rest by the roots of
    their lengths, as in :mod:`colonnade.reporting.widths`.
    """
    numbers = sum(_head(title) for title, is_number in zip(header, numeric, strict=True) if is_number)
    words = sorted((len(text) + 2 for text, is_number in zip(row, numeric, strict=True) if not is_number))
    room = float(max(LINE - numbers, LINE // 4))
    longest = 1
    for number, need in enumerate(words):
        given = max(9, min(need, int(room * sqrt(need) / sum(map(sqrt, words[number:])))))
        longest = max(longest, ceil(need / given))
        room -= given
    return longest


def rows_that_fit(wanted: Mapping[str, Sequence[int]], room: int) -> dict[str, int]:
    """How many rows of each table to print, from the lines that each of its rows takes.

    Every table gets its first :data:`LEAST` rows; then they take turns, one row each, while there is room.
    """
    given = {name: min(LEAST, len(lines)) for name, lines in wanted.items()}
    left = room - sum(sum(lines[: given[name]]) for name, lines in wanted.items())
    growing = True
    while growing:
        growing = False
        for name, lines in wanted.items():
            if given[name] < len(lines) and lines[given[name]] <= left:
                left -= lines[given[name]]
                given[name] += 1
                growing = True
    return given


def _head(title: str) -> int:
    longest_word = max((len(word) for word in title.split()), default=0)
    return max(longest_word, ceil(len(title) / 3) + 2) + 2
