"""The illustrative records as plain values, before they are stored."""

from dataclasses import dataclass
from datetime import date

from colonnade.portfolio.reported import ReportedProject


@dataclass(frozen=True, slots=True)
class MadeRegion:
    """A fictional region."""

    code: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class MadeState:
    """A fictional State, by a code that ISO 3166-1 leaves to users."""

    code: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class MadeInventory:
    """An inventory and what it reports. ``previous`` is the key of the one it is compared with."""

    key: str
    title: str
    as_of: date
    source: str
    previous: str | None
    projects: tuple[ReportedProject, ...]


@dataclass(frozen=True, slots=True)
class MadeAssessment:
    """A visit to a fictional State."""

    public_id: str
    country: str
    kind: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class MadeRecommendation:
    """A need that an assessment found."""

    public_id: str
    reference: str
    assessment: str
    country: str
    title: str
    text: str
    theme: str
    pillar: str
    mandates: tuple[str, ...]
    priority: str
    level: str
    issued_on: date
    named_entities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeResponse:
    """A claim that a project answers a need. ``project`` is the project's public identifier."""

    public_id: str
    recommendation: str
    project: str
    strength: str
    standing: str
    evidence: str
    claimed_by: str
    claimed_on: date
    verified_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class MadeContributor:
    """A fictional contributor: a fictional State."""

    code: str
    name: str
    country: str


@dataclass(frozen=True, slots=True)
class MadeContribution:
    """Whole US dollars from a contributor to a project."""

    public_id: str
    contributor: str
    project: str
    amount: int
    received_on: date
    level: str


@dataclass(frozen=True, slots=True)
class MadeAppealEntry:
    """What the appeal asks for. ``project`` is empty for one outside the portfolio.

    What one of the portfolio asks for was short on the day of the inventory: money counts from ``joined_on``, that day.
    """

    public_id: str
    project: str | None
    title: str
    entity: str
    pillar: str
    requirement: int
    at_launch: bool
    level: str
    priority: str = ""
    partial_sums: str = ""
    joined_on: date | None = None


@dataclass(frozen=True, slots=True)
class MadeEvent:
    """An event, and how many people each State sent."""

    public_id: str
    code: str
    kind: str
    title: str
    organiser: str
    country: str
    starts_on: date
    ends_on: date
    series: str
    attendance: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class IllustrativePortfolio:
    """Everything that is made up, and nothing else."""

    regions: tuple[MadeRegion, ...]
    states: tuple[MadeState, ...]
    inventories: tuple[MadeInventory, ...]
    assessor: str
    assessments: tuple[MadeAssessment, ...]
    recommendations: tuple[MadeRecommendation, ...]
    responses: tuple[MadeResponse, ...]
    contributors: tuple[MadeContributor, ...]
    contributions: tuple[MadeContribution, ...]
    appeal: str
    appeal_entries: tuple[MadeAppealEntry, ...]
    events: tuple[MadeEvent, ...]
