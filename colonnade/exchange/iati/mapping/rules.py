"""The rules of a strategy: what they look at, and what they give. Plain values; :mod:`.rulebook` reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from colonnade.exchange.iati.mapping.phrases import Term

TITLE: Final = "title"
TEXT: Final = "text"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapped value, the rule it rests on, and the words or codes that the rule found."""

    field: str
    value: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class TextRule:
    """Gives ``value`` to an activity for which everything holds that the rule states.

    ``any_of``: one of these terms stands ``where`` (in the title, or anywhere in title and descriptions). ``also``: all
    of these stand anywhere. ``unless``: none of these stands in the title. ``sectors``: OECD DAC purpose codes
    (``152*`` for all that begin so) that make at least ``least_share`` per cent. ``places``: one of these countries
    (ISO alpha-2) or DAC regions is a recipient. ``pillars``: the activity was given one of these pillars.
    """

    id: str
    order: int
    value: str
    where: str
    any_of: tuple[str, ...]
    also: tuple[str, ...]
    unless: tuple[str, ...]
    sectors: tuple[str, ...]
    least_share: Decimal
    places: frozenset[str]
    pillars: frozenset[str]


@dataclass(frozen=True, slots=True)
class ScopeRule:
    """Gives a scope by the published scope code and by how many countries and regions are named.

    ``codes``: published scope codes, ``none`` for an activity without. ``countries`` and ``regions``: ``none``,
    ``one``, ``several`` or ``any``; ``unspecified`` is DAC region 998 alone.
    """

    id: str
    order: int
    value: str
    codes: frozenset[str]
    countries: str
    regions: str


@dataclass(frozen=True, slots=True)
class MarkerRule:
    """Gives a marker's score, 0 to 3, by a policy marker and its significance."""

    id: str
    vocabulary: str
    code: str
    significance: str
    marker: str
    score: int


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of a strategy, in their order."""

    terms: Mapping[str, Term]
    pillars: tuple[TextRule, ...]
    themes: tuple[TextRule, ...]
    areas: tuple[TextRule, ...]
    scopes: tuple[ScopeRule, ...]
    statuses: Mapping[str, Mapped]  # by published status code
    markers: tuple[MarkerRule, ...]
    regions: Mapping[tuple[str, str], Mapped]  # by (vocabulary, code)
