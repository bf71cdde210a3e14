"""Rows of programmes that the strategy's report names."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from colonnade.packs.columns import Cell, Kind
from colonnade.packs.rows.base import Sourced


class ProgrammeKind(StrEnum):
    """What the report calls it."""

    PROGRAMME = "programme"
    PROJECT = "project"
    INITIATIVE = "initiative"
    CAMPAIGN = "campaign"
    PLAN = "plan"


class Scope(StrEnum):
    """How far it reaches."""

    GLOBAL = "global"
    REGIONAL = "regional"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Sourced):
    """Programmes, projects and initiatives by name."""

    code: Annotated[str, Cell("Code of the programme", key=True)]
    title: Annotated[str, Cell("Title, or a short description where none is given")]
    kind: Annotated[ProgrammeKind, Cell("What the report calls it")]
    lead: Annotated[str | None, Cell("The entity that leads it", refers_to="entities")]
    partners: Annotated[tuple[str, ...], Cell("Entities that take part", refers_to="entities")]
    pillar: Annotated[str | None, Cell("The pillar that it is reported under", refers_to="pillars")]
    themes: Annotated[tuple[str, ...], Cell("Thematic priorities that it serves", refers_to="themes")]
    scope: Annotated[Scope | None, Cell("How far it reaches, where stated")]
    countries: Annotated[tuple[str, ...], Cell("Countries that are named", refers_to="countries")]
    regions: Annotated[tuple[str, ...], Cell("Regions that are named", refers_to="regions")]
    mandates: Annotated[tuple[str, ...], Cell("Resolutions that it carries out", refers_to="mandates")]
    launched_in: Annotated[str | None, Cell("When it began, as far as is stated", kind=Kind.PARTIAL_DATE)]
    summary: Annotated[str, Cell("What it does, in one sentence of the pack's author")]
