"""What is said of a kind of record, so that its history can be told and read by the right people."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from colonnade.core.viewer import Viewer


def rows_read(manager: Any, viewer: Viewer) -> Any:
    """The rows of a guarded model whose history ``viewer`` reads: of projects, those that were merged as well."""
    rows = manager.get_queryset()
    return rows.readable_by(viewer) if hasattr(rows, "readable_by") else rows.visible_to(viewer)


@dataclass(frozen=True, slots=True)
class Link:
    """A table of links that gives a record readers: ``record`` and ``reader`` are its columns."""

    model: type[Model]
    record: str
    reader: str


@dataclass(frozen=True, slots=True)
class Circle:
    """Who read a row of a given level. Columns hold keys of States and entities.

    A compact row is read by people of the State in ``concerned`` and of those linked by ``concerned_by``, a restricted
    one by those of the State in ``assessed``, of the entities in ``named`` and of those linked by ``named_by``. What a
    ``closed`` one was is told to whoever sees every record alone, whatever its level.

    A kind without levels names its standings in ``closed_in``: there, and before the column ``sent`` was filled, a row
    was read by people who act for the entities in ``named`` and those linked by ``named_by`` alone; otherwise by
    whoever reads it today.
    """

    concerned: str = ""
    assessed: str = ""
    named: str = ""
    concerned_by: Link | None = None
    named_by: Link | None = None
    closed: bool = False
    closed_in: tuple[str, ...] = ()
    sent: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong to a record and are read with it. ``told`` are the columns that say what a row is.

    ``closed`` ones are not for every reader of the record: whoever sees every record alone is told of them.
    """

    table: str
    title: str
    told: tuple[str, ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record.

    ``identifier`` is the field that its address names, ``named`` the column that is its title (``otherwise``: where
    that is empty), ``fields`` the columns told in their order. ``parts`` hold its key in the column ``owner``. A row is
    read where the records in ``read_with`` (column -> kind) are, too. ``of_entity`` and ``of_state`` lead from it to
    the entities and States that recent changes are filtered by.
    """

    key: str
    title: str
    model: type[Model]
    fields: tuple[str, ...]
    identifier: str = "public_id"
    named: str = "title"
    otherwise: str = ""
    circle: Circle | None = None
    owner: str = ""
    parts: tuple[Part, ...] = ()
    read_with: tuple[tuple[str, str], ...] = ()
    of_entity: tuple[str, ...] = ()
    of_state: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """The table of its rows."""
        return self.model._meta.db_table

    @property
    def is_guarded(self) -> bool:
        """Whether its rows are read through ``visible_to``."""
        return hasattr(self.model._default_manager, "visible_to")
