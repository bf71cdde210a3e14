"""A project as somebody reports it: plain values and codes, before it is a record.

Workbooks, IATI files and the illustrative portfolio all arrive in this shape; :func:`colonnade.portfolio.actions.
record_inventory` stores it. Codes are those of the data pack, countries ISO 3166-1 alpha-3, money exact.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ReportedMoney:
    """An amount in its own currency, the date its rate is taken at, and the US dollars it makes (``None``: no rate)."""

    amount: Decimal
    currency: str
    on: date | None
    usd: Decimal | None


@dataclass(frozen=True, slots=True)
class ReportedPartner:
    """An organisation with its role (funding, accountable, extending, implementing); ``entity`` where it is listed."""

    name: str
    role: str
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class ReportedPlace:
    """A country or region code, with its share of the project in per cent where that was reported."""

    code: str
    share: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ReportedMarker:
    """A marker's score, 0 to 3, and why."""

    marker: str
    score: int
    justification: str = ""


@dataclass(frozen=True, slots=True)
class ReportedFact:
    """Where a value came from: the file and row, the rule that mapped it, and the words or codes it rests on."""

    field: str
    value: str
    rule: str
    evidence: str
    file: str
    row: int | None


@dataclass(frozen=True, slots=True)
class ReportedProject:
    """What one inventory says of one project. The lead entity and ``reference`` together identify it."""

    reference: str
    title: str
    entity: str
    status: str
    description: str = ""
    language: str = "en"
    scope: str = ""
    pillar: str | None = None
    level: str = "compact"
    state: str | None = None
    origin: str = ""
    origin_note: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    budget: ReportedMoney | None = None
    funding: ReportedMoney | None = None
    areas: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    mandates: tuple[str, ...] = ()
    countries: tuple[ReportedPlace, ...] = ()
    regions: tuple[ReportedPlace, ...] = ()
    partners: tuple[ReportedPartner, ...] = ()
    markers: tuple[ReportedMarker, ...] = ()
    reference_codes: tuple[tuple[str, str], ...] = ()  # (scheme, code)
    facts: tuple[ReportedFact, ...] = ()
    named_entities: tuple[str, ...] = ()
    public_id: str | None = None  # set for illustrative records only, so that they are the same everywhere
