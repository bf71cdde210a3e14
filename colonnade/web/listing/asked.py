"""What an address asks a list for: which records, which columns, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from colonnade.analysis.crosstab.dimensions import DIMENSIONS
from colonnade.analysis.crosstab.listing import DOWN
from colonnade.analysis.crosstab.model import Selection
from colonnade.web.listing.model import ListColumn, ListOf
from colonnade.web.shared.addresses import INVENTORY
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.selections import TEXT, parameters_of, selection_in
from colonnade.web.shared.sorting import SORT

#: The parameter that names a column to show; repeated.
COLUMN = "column"


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it was asked for. ``sort`` is empty for the list's own order; ``left_out`` are dates that are none."""

    of: ListOf
    reading: Reading
    selection: Selection
    columns: tuple[ListColumn, ...]
    chosen: bool
    sort: str
    left_out: Mapping[str, str]

    @property
    def order(self) -> str:
        """The order of the rows: what was asked for; else the best match first where something was typed."""
        return self.sort or ("" if self.selection.text else self.of.sort)

    @property
    def settled(self) -> str:
        """The query of the address of exactly this list, in a settled order."""
        pairs = parameters_of(self.selection, self.reading)
        pairs += [(SORT, self.sort)] if self.sort else []
        pairs += [(COLUMN, column.name) for column in self.columns] if self.chosen else []
        return urlencode(pairs)


def asked_in(query: QueryDict, of: ListOf, reading: Reading) -> Asked:
    """What ``query`` asks for. Columns that the list does not have are passed over; an inventory must be there."""
    if query.get(INVENTORY) and query[INVENTORY] not in reading.inventories:
        raise Http404
    selection = selection_in(_readable(query), of.subject, reading)
    left_out = {}
    for name, codes in selection.filters.items():
        if DIMENSIONS[of.subject][name].bound and not all(_is_date(code) for code in codes):
            left_out[name] = next(code for code in codes if not _is_date(code))
            selection = selection.where(name)
    named = [column for name in dict.fromkeys(query.getlist(COLUMN)) if (column := of.column(name))]
    title = of.columns[0]
    columns = [title, *(column for column in named if column != title)] if named else _default(of)
    sort = query.get(SORT, "")
    return Asked(
        of=of,
        reading=reading,
        selection=selection,
        columns=tuple(columns),
        chosen=bool(named),
        sort=sort if of.column(sort.removeprefix(DOWN)) else "",
        left_out=left_out,
    )


def _default(of: ListOf) -> list[ListColumn]:
    return [column for column in of.columns if column.name in of.default]


def _readable(query: QueryDict) -> QueryDict:
    """The parameters without signs that no text has."""
    if "\0" not in "".join(value for _, values in query.lists() for value in values):
        return query
    clean = query.copy()
    for name, values in query.lists():
        clean.setlist(name, [value.replace("\0", "") for value in values])
    return clean


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


__all__ = ["COLUMN", "TEXT", "Asked", "asked_in"]
