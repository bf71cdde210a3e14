"""Heads of a table that sort it: a link each, which sets the parameter ``sort`` and keeps the others.

``sort=title`` is ascending, ``sort=-budget`` descending. The order itself is the list's to make.
"""

from typing import Final

from django.http import QueryDict

from colonnade.web.shared.numbers import HeaderView
from colonnade.web.shared.parameters import address_with

SORT: Final = "sort"
DESCENDING: Final = "-"


def sorted_head(
    text: str, column: str, query: QueryDict, *, default: str = "", numeric: bool = False, path: str = ""
) -> HeaderView:
    """The head of ``column``. ``default`` is the order of a list that is asked for none, as ``sort`` would say it.

    Numbers are sorted largest first at the first click, words from A on; the head of the column that sorts turns the
    order round.
    """
    current = query.get(SORT) or default
    if current.removeprefix(DESCENDING) == column:
        falling = current.startswith(DESCENDING)
        turned = column if falling else DESCENDING + column
        direction = "descending" if falling else "ascending"
        return HeaderView(text, numeric, address_with(query, SORT, turned, path), direction)
    return HeaderView(text, numeric, address_with(query, SORT, (DESCENDING if numeric else "") + column, path))
