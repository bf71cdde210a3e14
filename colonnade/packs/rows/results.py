"""Rows of what came of the work: conferences, publications, submissions, oversight."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from colonnade.packs.columns import SLUG, Cell, Kind
from colonnade.packs.rows.base import Sourced


class EventKind(StrEnum):
    """What kind of event it was."""

    WORKSHOP = "workshop"
    SIDE_EVENT = "side_event"
    EXPERT_MEETING = "expert_meeting"
    TECHNICAL_MISSION = "technical_mission"
    OUTREACH_EVENT = "outreach_event"
    THEMATIC_REGIONAL_EVENT = "thematic_regional_event"
    HIGH_LEVEL_CONFERENCE = "high_level_conference"
    TRAINING = "training"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference(Sourced):
    """Conferences with their places and dates."""

    code: Annotated[str, Cell("Code of the conference", key=True)]
    title: Annotated[str, Cell("Official title")]
    kind: Annotated[EventKind, Cell("Kind of event")]
    series: Annotated[
        str,
        Cell(
            "The series that it is counted in", kind=Kind.CODE, longest=50, pattern=SLUG, example="regional-conferences"
        ),
    ]
    organiser: Annotated[str | None, Cell("The entity that held it", refers_to="entities")]
    city: Annotated[str, Cell("City")]
    country: Annotated[str, Cell("Country", refers_to="countries")]
    starts_on: Annotated[date, Cell("First day, as printed")]
    ends_on: Annotated[date, Cell("Last day, as printed")]
    partner_countries: Annotated[tuple[str, ...], Cell("States it was held with", refers_to="countries")]
    partner_entities: Annotated[tuple[str, ...], Cell("Organisations it was held with", refers_to="entities")]


class PublicationStanding(StrEnum):
    """Whether it is out."""

    PUBLISHED = "published"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Sourced):
    """Handbooks, compendiums, guides and other works that came out of the strategy's implementation."""

    code: Annotated[str, Cell("Code of the publication", key=True)]
    kind: Annotated[str, Cell("Handbook, compendium, guide, toolkit, study, ...", longest=40)]
    title: Annotated[str, Cell("Title, or a description where none is given")]
    publishers: Annotated[tuple[str, ...], Cell("Entities that published or wrote it", refers_to="entities")]
    published_in: Annotated[str | None, Cell("When it came out, as far as is stated", kind=Kind.PARTIAL_DATE)]
    standing: Annotated[PublicationStanding, Cell("Whether it is out")]
    pillar: Annotated[str | None, Cell("The pillar that it is reported under", refers_to="pillars")]


class SubmissionKind(StrEnum):
    """Who sent it in."""

    STATE = "state"
    ORGANISATION = "organisation"
    CIVIL_SOCIETY = "civil_society"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission(Sourced):
    """Who sent material for the report: that it came, not what it says."""

    submitter: Annotated[str, Cell("Name as printed", unique=True, longest=200)]
    kind: Annotated[SubmissionKind, Cell("Who sent it in")]
    country: Annotated[str | None, Cell("The State", refers_to="countries", unique=True)]
    entity: Annotated[str | None, Cell("The organisation", refers_to="entities", unique=True)]
    number: Annotated[int, Cell("How many submissions the row stands for", least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Oversight(Sourced):
    """Recommendations of audits and evaluations: a row for each review and field."""

    code: Annotated[str, Cell("Code of the row", key=True)]
    report: Annotated[str, Cell("The audit or evaluation")]
    body: Annotated[str, Cell("Who carried it out")]
    released_in: Annotated[str | None, Cell("When it came out or is due, as stated", kind=Kind.PARTIAL_DATE)]
    field: Annotated[str, Cell("What the recommendations are about")]
    number: Annotated[int | None, Cell("How many recommendations, where published")]
    importance: Annotated[str | None, Cell("Grade that the reviewers gave", longest=20)]
    percent_implemented: Annotated[
        Decimal | None, Cell("Share that is carried out or on time, where published", kind=Kind.PERCENT)
    ]
    standing: Annotated[str, Cell("Where it stands, in words")]
