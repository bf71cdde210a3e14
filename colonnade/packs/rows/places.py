"""Rows of places: the countries and regions of the world, and those that a pack invents."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from colonnade.packs.columns import Cell, Kind
from colonnade.packs.rows.base import Sourced


class Standing(StrEnum):
    """How a country or area stands to the United Nations."""

    MEMBER = "member"
    OBSERVER = "observer"
    OTHER = "other"
    FICTIONAL = "fictional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Region(Sourced):
    """Groups of countries, each inside a wider one."""

    code: Annotated[
        str, Cell("Code of the region; three digits for those of the United Nations geoscheme", key=True, longest=20)
    ]
    name: Annotated[str, Cell("Name in English")]
    parent: Annotated[str | None, Cell("The wider region", refers_to="regions")]
    position: Annotated[int, Cell("Place in the order of lists", unique=True, least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country(Sourced):
    """Countries and areas. A pack's own are fictional, with codes that ISO leaves to users (QMA to QZZ, XAA to XZZ)."""

    iso3: Annotated[str, Cell("ISO 3166-1 alpha-3", key=True, longest=3, pattern="[A-Z]{3}", example="KEN")]
    iso2: Annotated[
        str | None, Cell("ISO 3166-1 alpha-2", unique=True, kind=Kind.CODE, longest=2, pattern="[A-Z]{2}", example="KE")
    ]
    m49: Annotated[
        str | None,
        Cell(
            "Numeric code of the United Nations",
            unique=True,
            kind=Kind.CODE,
            longest=3,
            pattern="[0-9]{3}",
            example="404",
        ),
    ]
    name: Annotated[str, Cell("Short name in English, as the United Nations writes it", unique=True)]
    region: Annotated[str, Cell("The region that it lies in", refers_to="regions")]
    standing: Annotated[Standing, Cell("How it stands to the United Nations")]
