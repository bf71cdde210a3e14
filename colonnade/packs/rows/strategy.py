"""Rows of the strategy itself: pillars, themes, areas, law, documents, safeguards, markers and targets."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from colonnade.packs.columns import Cell, Kind
from colonnade.packs.rows.base import Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Pillar(Sourced):
    """The pillars that the strategy rests on, in its order."""

    code: Annotated[str, Cell("Code of the pillar, as figures and files call it", key=True)]
    title: Annotated[str, Cell("Full title, without the number")]
    short_title: Annotated[str, Cell("A few words for charts and tables")]
    colour: Annotated[str, Cell("Colour of the pillar on pages and charts", kind=Kind.COLOUR, unique=True)]
    position: Annotated[int, Cell("Place in the strategy's order", unique=True, least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Sourced):
    """The thematic priorities: what needs and projects are about."""

    code: Annotated[str, Cell("Code of the theme", key=True)]
    title: Annotated[str, Cell("Full title")]
    short_title: Annotated[str, Cell("A few words for charts and tables")]
    pillar: Annotated[str | None, Cell("The pillar that it falls under, where one is stated", refers_to="pillars")]
    position: Annotated[int, Cell("Place in the strategy's order", unique=True, least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(Sourced):
    """The priority areas of a plan of action under the strategy. A project may serve several."""

    code: Annotated[str, Cell("Code of the area", key=True)]
    title: Annotated[str, Cell("Full title")]
    short_title: Annotated[str, Cell("A few words for charts and tables")]
    position: Annotated[int, Cell("Place in the plan's order", unique=True, least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate(Sourced):
    """The resolutions that ask for the work."""

    code: Annotated[str, Cell("Symbol, as A/RES/72/284 or S/RES/2178 (2014)", key=True)]
    body: Annotated[str, Cell("The organ that adopted it")]
    number: Annotated[str, Cell("Number as the organ writes it", longest=40)]
    year: Annotated[int, Cell("Year of adoption", kind=Kind.YEAR)]
    subject: Annotated[str, Cell("What it is about, in a few words of the pack's author")]
    subject_source: Annotated[str | None, Cell("Where the subject comes from, if not from the source of the row")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Sourced):
    """Documents that the report cites, other than resolutions."""

    symbol: Annotated[str, Cell("Document symbol", key=True)]
    title: Annotated[str, Cell("Title, or what it is")]
    kind: Annotated[str, Cell("Report, guiding principles, plan of action, ...", longest=40)]
    year: Annotated[int | None, Cell("Year of issue", kind=Kind.YEAR)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(Sourced):
    """The legal instruments that States are asked to join and apply, in the report's order."""

    number: Annotated[int, Cell("Place in the report's list", key=True, least=1)]
    title: Annotated[str, Cell("Official title")]
    year: Annotated[int, Cell("Year as printed", kind=Kind.YEAR)]
    topic: Annotated[str, Cell("What it covers, in a word or two", longest=80)]


class AppliesTo(StrEnum):
    """Whom a safeguard protects."""

    WOMEN = "women"
    CHILDREN = "children"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguard(Sourced):
    """Questions that a project must answer before it touches people whom the strategy's principles protect."""

    code: Annotated[str, Cell("Code of the safeguard", key=True)]
    group: Annotated[str, Cell("Heading that it stands under in the checklist", longest=120)]
    question: Annotated[str, Cell("The question, to be answered with yes or no and how")]
    applies_to: Annotated[AppliesTo, Cell("Whom it protects")]
    position: Annotated[int, Cell("Place in the checklist", unique=True, least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker(Sourced):
    """The levels of each marker: how far a project aims at something that cuts across the pillars."""

    marker: Annotated[str, Cell("Code of the marker", key=True, repeats=True, longest=40)]
    level: Annotated[int, Cell("Score, from 0", most=3)]
    title: Annotated[str, Cell("What the score means")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Sourced):
    """Shares that the strategy's work is measured against."""

    code: Annotated[str, Cell("Code of the target", key=True)]
    title: Annotated[str, Cell("What should be reached")]
    percent: Annotated[Decimal, Cell("The share to reach", kind=Kind.PERCENT)]
    of: Annotated[str, Cell("The whole that the share is of")]
    marker: Annotated[str | None, Cell("Marker by which it is measured", refers_to="markers")]
    level: Annotated[int | None, Cell("Least score that counts", most=3)]
