"""Rows of organisations: entities, working groups, arrangements with other organisations."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from colonnade.packs.columns import Cell
from colonnade.packs.rows.base import Sourced


class EntityRole(StrEnum):
    """How an organisation stands to the strategy's coordination framework."""

    MEMBER = "member"
    OBSERVER = "observer"
    CONTRIBUTOR = "contributor"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Sourced):
    """The organisations that carry out the strategy, and those they work with."""

    code: Annotated[str, Cell("Code of the entity", key=True)]
    abbreviation: Annotated[str, Cell("Abbreviation, or the name that is used in tables", longest=60)]
    name: Annotated[str, Cell("Full name")]
    kind: Annotated[str, Cell("Kind of organisation", longest=40)]
    role: Annotated[EntityRole, Cell("How it stands to the coordination framework")]
    contributed: Annotated[bool, Cell("Whether the report counts it among those that gave it material")]
    governing_body: Annotated[str | None, Cell("The organ that it answers to")]
    governing_source: Annotated[str | None, Cell("Public source of the governing body, where the report is silent")]
    parent: Annotated[str | None, Cell("The entity that it is a part of", refers_to="entities")]
    iati_ref: Annotated[str | None, Cell("Organisation identifier in the IATI standard", unique=True, longest=80)]
    position: Annotated[int, Cell("Place in the order of lists", unique=True, least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingGroup(Sourced):
    """Groups of entities that each work on one field of the strategy."""

    code: Annotated[str, Cell("Code of the working group", key=True)]
    title: Annotated[str, Cell("Full title")]
    short_title: Annotated[str, Cell("A few words for tables")]
    chairs: Annotated[tuple[str, ...], Cell("Entities that chair it, where stated", refers_to="entities")]
    position: Annotated[int, Cell("Place in the order of lists", unique=True, least=1)]


class ArrangementKind(StrEnum):
    """How formal an arrangement is."""

    FRAMEWORK = "framework"
    COOPERATION = "cooperation"
    COLLABORATION = "collaboration"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement(Sourced):
    """Arrangements between an entity and an organisation outside the framework."""

    party: Annotated[str, Cell("The entity of the framework", refers_to="entities")]
    organisation: Annotated[str, Cell("The organisation that it works with", refers_to="entities", unique=True)]
    kind: Annotated[ArrangementKind, Cell("Framework of cooperation, cooperation arrangement, or collaboration")]
