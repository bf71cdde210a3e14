"""Rows of money: contributors in their published order, seed rounds and awards, appeals, windows of the fund."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from colonnade.packs.columns import SLUG, Cell, Kind
from colonnade.packs.rows.base import Sourced


class ContributorKind(StrEnum):
    """Who contributes."""

    STATE = "state"
    ORGANISATION = "organisation"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor(Sourced):
    """Contributors to the trust fund, in the order of the published list. No amount where none was published."""

    code: Annotated[str, Cell("Code of the contributor", key=True)]
    rank: Annotated[int, Cell("Place in the published list, the largest first", unique=True, least=1)]
    name: Annotated[str, Cell("Name as printed")]
    kind: Annotated[ContributorKind, Cell("Who contributes")]
    country: Annotated[str | None, Cell("The State", refers_to="countries")]
    entity: Annotated[str | None, Cell("The organisation", refers_to="entities")]
    in_kind_usd: Annotated[Decimal | None, Cell("Published value of a contribution in kind, US dollars")]
    in_kind_year: Annotated[int | None, Cell("Year of that contribution", kind=Kind.YEAR)]
    in_kind_note: Annotated[str | None, Cell("What that contribution was for")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedRound(Sourced):
    """Calls for seed money, with the totals that were published of them."""

    code: Annotated[str, Cell("Code of the round", key=True, longest=20)]
    title: Annotated[str, Cell("Title")]
    year: Annotated[int, Cell("Year of the awards", kind=Kind.YEAR, unique=True)]
    ceiling_usd: Annotated[Decimal | None, Cell("The most that one working group can be given, US dollars")]
    published_count: Annotated[int | None, Cell("Number of awards as published")]
    published_total_usd: Annotated[Decimal | None, Cell("Total as published, US dollars")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedAward(Sourced):
    """Projects that a seed round paid for, in the published order."""

    round: Annotated[str, Cell("The round", refers_to="seed_rounds")]
    number: Annotated[int, Cell("Place in the published table", least=1)]
    title: Annotated[str, Cell("Title of the project")]
    amount_usd: Annotated[Decimal, Cell("Cost as published, US dollars")]
    entity: Annotated[str | None, Cell("The implementing entity, where named", refers_to="entities")]
    working_group: Annotated[str | None, Cell("The working group, where named", refers_to="working_groups")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal(Sourced):
    """Joint calls to contributors."""

    code: Annotated[str, Cell("Code of the appeal", key=True, longest=50, pattern=SLUG, example="appeal-2019")]
    title: Annotated[str, Cell("Title")]
    launched_in: Annotated[str, Cell("Day, month or year of the launch", kind=Kind.PARTIAL_DATE)]
    first_year: Annotated[int, Cell("First year that it covers", kind=Kind.YEAR)]
    last_year: Annotated[int, Cell("Last year that it covers", kind=Kind.YEAR)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window(Sourced):
    """Windows of the fund: what contributors can give to, with the rate of programme support costs in each."""

    code: Annotated[str, Cell("Code of the window", key=True, pattern=SLUG, example="pillar-iv")]
    title: Annotated[str, Cell("Title")]
    position: Annotated[int, Cell("Place in the list of windows", unique=True, least=1)]
    pillar: Annotated[str | None, Cell("The pillar that it is for, empty where it is for all", refers_to="pillars")]
    theme: Annotated[str | None, Cell("The theme that it is for", refers_to="themes")]
    support_percent: Annotated[
        Decimal, Cell("Programme support costs on direct expenditure", kind=Kind.PERCENT, most=100)
    ]
