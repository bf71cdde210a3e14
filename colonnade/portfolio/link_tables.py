"""Where the links of projects that people state are kept, and how their rows are read as statements."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from django.db.models import QuerySet

from colonnade.portfolio.linked import Key, Linked
from colonnade.portfolio.models import ProjectArea, ProjectCountry, ProjectPartner, ProjectRegion, ProjectTheme

#: Key of a link -> its rows (a report may have brought a partner twice) and its share.
Standing: TypeAlias = Mapping[Key, tuple[tuple[int, ...], Decimal | None]]


@dataclass(frozen=True, slots=True)
class Table:
    """Where links of a kind are kept: the columns that identify one, and whether it has a share."""

    model: Any
    columns: tuple[str, ...]
    shared: bool = False


TABLES: Final[Mapping[Linked, Table]] = MappingProxyType(
    {
        Linked.COUNTRY: Table(ProjectCountry, ("country_id",), shared=True),
        Linked.REGION: Table(ProjectRegion, ("region_id",), shared=True),
        Linked.PARTNER: Table(ProjectPartner, ("entity_id", "name", "role")),
        Linked.AREA: Table(ProjectArea, ("area_id",)),
        Linked.THEME: Table(ProjectTheme, ("theme_id",)),
    }
)


def standing_links(rows: QuerySet[Any], table: Table) -> Standing:
    """``rows`` of a project in ``table``, by what identifies each: one query."""
    columns = ("pk", *table.columns, *(("share",) if table.shared else ()))
    found: dict[Key, tuple[tuple[int, ...], Decimal | None]] = {}
    for pk, *values in rows.order_by("pk").values_list(*columns):
        share = values.pop() if table.shared else None
        key = tuple(values)
        before = found[key][0] if key in found else ()
        found[key] = ((*before, pk), share)
    return found


def shares_of(standing: Standing) -> dict[Key, Decimal | None]:
    """The links as a statement."""
    return {key: share for key, (_rows, share) in standing.items()}
