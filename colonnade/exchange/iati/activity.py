"""An activity as published: the families of elements put together, nothing interpreted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from lxml.etree import _Element

from colonnade.exchange.iati import codes
from colonnade.exchange.iati.budgets import Budget, PlannedDisbursement, read_budgets, read_planned_disbursements
from colonnade.exchange.iati.dates import ActivityDates, read_dates
from colonnade.exchange.iati.identification import (
    OtherIdentifier,
    ReportingOrganisation,
    read_identifier,
    read_other_identifiers,
    read_reporting_organisation,
)
from colonnade.exchange.iati.markers import (
    HumanitarianScope,
    PolicyMarker,
    Tag,
    read_humanitarian_scopes,
    read_policy_markers,
    read_tags,
)
from colonnade.exchange.iati.narratives import Narrative, preferred, read_narratives
from colonnade.exchange.iati.organisations import ParticipatingOrganisation, read_participating_organisations
from colonnade.exchange.iati.places import Location, RecipientCountry, RecipientRegion, read_locations, read_places
from colonnade.exchange.iati.relations import RelatedActivity, read_related_activities
from colonnade.exchange.iati.sectors import Sector, read_sectors
from colonnade.exchange.iati.transactions import Transaction, read_transactions
from colonnade.exchange.iati.values import Notes, attribute, code, flag, language, line_of

#: The children of an activity that are read. All others are freed unread, contact persons first of all.
_READ = (
    "iati-identifier reporting-org title description participating-org other-identifier activity-status activity-date"
    " activity-scope recipient-country recipient-region location sector tag humanitarian-scope policy-marker budget"
    " planned-disbursement transaction related-activity"
)
READ: Final = frozenset(_READ.split())


@dataclass(frozen=True, slots=True)
class Activity:
    """One ``iati-activity``: where it stands, and what it says. Codes are those of the standard."""

    file: str
    line: int
    version: str
    identifier: str
    reporting: ReportingOrganisation
    titles: tuple[Narrative, ...]
    descriptions: tuple[Narrative, ...]
    status: str
    dates: ActivityDates
    scope: str
    countries: tuple[RecipientCountry, ...]
    regions: tuple[RecipientRegion, ...]
    locations: tuple[Location, ...]
    sectors: tuple[Sector, ...]
    markers: tuple[PolicyMarker, ...]
    tags: tuple[Tag, ...]
    humanitarian: bool | None
    humanitarian_scopes: tuple[HumanitarianScope, ...]
    budgets: tuple[Budget, ...]
    planned_disbursements: tuple[PlannedDisbursement, ...]
    transactions: tuple[Transaction, ...]
    organisations: tuple[ParticipatingOrganisation, ...]
    related: tuple[RelatedActivity, ...]
    other_identifiers: tuple[OtherIdentifier, ...]
    hierarchy: int | None
    default_currency: str
    language: str
    last_updated: datetime | None

    @property
    def title(self) -> Narrative | None:
        """The title in English where there is one, else the first."""
        return preferred(self.titles)


def read_activity(element: _Element, version: str, notes: Notes) -> Activity | None:
    """Read one activity. Without an identifier it is refused: ``None``, and it is noted."""
    identifier = read_identifier(element)
    notes.activity = identifier or "an activity without identifier"
    if not identifier:
        notes.add(
            element, "", "there is no iati-identifier; the activity is refused", "give the activity its identifier"
        )
        return None
    spoken = language(element, "", notes)
    currency = code(element, "default-currency", codes.CURRENCY, "currency", notes)
    titles = read_narratives(element.find("title"), spoken, notes)
    if not titles:
        notes.add(element, "", "there is no title", "give the activity a title")
    countries, regions = read_places(element, spoken, notes)
    return Activity(
        file=notes.file,
        line=line_of(element),
        version=version,
        identifier=identifier,
        reporting=read_reporting_organisation(element, spoken, notes),
        titles=titles,
        descriptions=tuple(
            narrative
            for description in element.findall("description")
            for narrative in read_narratives(description, spoken, notes)
        ),
        status=_code_of(element.find("activity-status"), codes.ACTIVITY_STATUS, "activity status", notes),
        dates=read_dates(element, notes),
        scope=_code_of(element.find("activity-scope"), codes.ACTIVITY_SCOPE, "activity scope", notes),
        countries=countries,
        regions=regions,
        locations=read_locations(element, spoken, notes),
        sectors=read_sectors(element, spoken, notes),
        markers=read_policy_markers(element, notes),
        tags=read_tags(element),
        humanitarian=flag(element, "humanitarian", notes),
        humanitarian_scopes=read_humanitarian_scopes(element),
        budgets=read_budgets(element, currency, notes),
        planned_disbursements=read_planned_disbursements(element, currency, notes),
        transactions=read_transactions(element, currency, spoken, notes),
        organisations=read_participating_organisations(element, spoken, notes),
        related=read_related_activities(element, notes),
        other_identifiers=read_other_identifiers(element),
        hierarchy=_hierarchy(element, notes),
        default_currency=currency,
        language=spoken,
        last_updated=_moment(element, notes),
    )


def _code_of(element: _Element | None, known: Mapping[str, str], what: str, notes: Notes) -> str:
    return code(element, "code", known, what, notes) if element is not None else ""


def _hierarchy(element: _Element, notes: Notes) -> int | None:
    met = attribute(element, "hierarchy")
    if not met:
        return None
    if not met.isdecimal():
        notes.add(element, met, "not a level of hierarchy; it is left out", "write a whole number", "hierarchy")
        return None
    return int(met)


def _moment(element: _Element, notes: Notes) -> datetime | None:
    """When the activity was last updated; a moment without a time zone is taken as UTC."""
    met = attribute(element, "last-updated-datetime")
    if not met:
        return None
    try:
        moment = datetime.fromisoformat(met)
    except ValueError:
        notes.add(
            element, met, "not a moment; it is left out", "write it as 2019-05-16T12:00:00Z", "last-updated-datetime"
        )
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
