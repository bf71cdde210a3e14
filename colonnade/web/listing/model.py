"""What a list is of: its subject, the columns to choose from, what it can be filtered by. Data, no behaviour."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.dimensions import DIMENSIONS, IDENTIFIER
from colonnade.analysis.crosstab.model import Subject
from colonnade.members.models import SavedView
from colonnade.web.shared.reading import Reading


class Kind(StrEnum):
    """How the values of a column read, on the page and in a file."""

    RECORD = "record"  # the title, which leads to the record
    TEXT = "text"
    CODE = "code"  # of a dimension, read by its title; several of them for a dimension of many values
    DATE = "date"
    USD = "usd"  # an amount in US dollars
    AMOUNT = "amount"  # an amount in the currency that it was reported in
    NUMBER = "number"

    @property
    def numeric(self) -> bool:
        return self in (Kind.USD, Kind.AMOUNT, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column that a list can show. ``name`` is one of ``crosstab.listing.columns_of`` the subject."""

    name: str
    title: str
    kind: Kind = Kind.CODE


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list: ``page`` is the name of its address, and what views of it are saved under.

    ``default`` names the columns shown where none are chosen, ``facets`` the dimensions to filter by, ``inside`` those
    among them that are offered only to who sees more than the public. ``measures`` are the totals of what is shown,
    the count of the records first. ``withheld`` says whether what is not in the list is there all the same, and kept
    from the reader: then an empty list says so.
    """

    subject: Subject
    page: SavedView.Page
    record: str
    title: str
    lead: str
    columns: tuple[ListColumn, ...]
    default: tuple[str, ...]
    facets: tuple[str, ...]
    sort: str
    measures: tuple[str, ...]
    explore_rows: str
    inside: frozenset[str] = frozenset()
    withheld: Callable[[Reading], bool] | None = None

    @property
    def identifier(self) -> str:
        """The column that identifies a record."""
        return IDENTIFIER[self.subject]

    def column(self, name: str) -> ListColumn | None:
        """The column ``name``, if the list has it."""
        return next((column for column in self.columns if column.name == name), None)


def of_dimensions(subject: Subject, *names: str) -> tuple[ListColumn, ...]:
    """Columns that show dimensions of ``subject`` under their own titles."""
    return tuple(ListColumn(name, DIMENSIONS[subject][name].title) for name in names)


def title_of_column(column: ListColumn) -> str:
    """The head of a column in the reader's language, with its unit."""
    title = _(column.title)
    return _("%(title)s (US dollars)") % {"title": title} if column.kind is Kind.USD else title
