"""How wide the columns of a table are, for formats that lay nothing out themselves."""

from math import sqrt
from typing import Final

from colonnade.reporting.document import TableBlock

#: About the width of a digit in a table's type, and what a cell adds on both sides, in twentieths of a point.
_CHARACTER: Final = 100
#: The same in bold, in which totals are set.
_BOLD: Final = 118
_PADDING: Final = 190
#: A column of words is never narrower than this.
_NARROWEST: Final = 900


def column_widths(table: TableBlock, whole: int) -> list[int]:
    """The width of each column in twentieths of a point; together they make ``whole``.

    Numbers take what they need, with a header of up to three lines; words have the rest.
    """
    needs = [_need(table, place) for place in range(len(table.header))]
    numbers = sum(need for need, numeric in zip(needs, table.numeric, strict=True) if numeric)
    words = [place for place, numeric in enumerate(table.numeric) if not numeric]
    room = max(whole - numbers, whole // 4)
    widths = dict(enumerate(needs))
    # The shortest columns of words get what they need, as long as that is not above their share. Shares go by the roots
    # of needs: a long text gets more room than a short one, yet not so much that the short one becomes a pole of words.
    shortest_first = sorted(words, key=lambda place: needs[place])
    for number, place in enumerate(shortest_first):
        share = room * sqrt(needs[place]) / sum(sqrt(needs[each]) for each in shortest_first[number:])
        widths[place] = max(_NARROWEST, min(needs[place], int(share)))
        room -= widths[place]
    if words and room > 0:
        widths[max(words, key=lambda place: widths[place])] += room
    total = sum(widths.values())
    fitted = [widths[place] * whole // total for place in range(len(needs))]
    fitted[0] += whole - sum(fitted)
    return fitted


def _need(table: TableBlock, place: int) -> int:
    """What a column needs so that no word of its header and no number breaks; words may wrap at a third."""
    title = table.header[place]
    longest_word = max((len(word) for word in title.split(" ")), default=0)
    totals = len(table.rows) - table.total_rows
    cells = (
        len(row[place].text) * (_BOLD if number >= totals else _CHARACTER) for number, row in enumerate(table.rows)
    )
    third = -(-len(title) // 3) + 2
    return max(max(longest_word, third) * _CHARACTER, max(cells, default=0)) + _PADDING
