"""What the plain page of each kind of record says: every field that its readers may see, titles instead of codes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colonnade.audit.records import Provenance
from colonnade.core.viewer import Level, Viewer
from colonnade.funding.models import Contribution, Contributor, SeedAward, SeedRound
from colonnade.members.models import Entity
from colonnade.needs.models import Recommendation, Response
from colonnade.places.models import Country
from colonnade.results.models import Event, EventAttendance
from colonnade.web.shared.addresses import Place
from colonnade.web.shared.facts import Fact, Line, amount, facts
from colonnade.web.shared.record_addresses import PROJECT, record_address


@dataclass(frozen=True, slots=True)
class Card:
    """A record in words. ``level`` is empty for what is public."""

    kind: str
    title: str
    facts: list[Fact]
    text: str = ""
    illustrative: bool = False
    level: str = ""
    level_class: str = ""
    links: tuple[Line, ...] = ()


Finder = Callable[[Viewer, str], Card | None]


def card_of(viewer: Viewer, kind: str, identifier: str) -> Card | None:
    """The card of a record, or ``None`` where there is none of that kind that ``viewer`` may see."""
    find = FINDERS.get(kind)
    return find(viewer, identifier) if find else None


def _recommendation(viewer: Viewer, identifier: str) -> Card | None:
    need = (
        Recommendation.objects.visible_to(viewer)
        .select_related("country", "theme", "pillar", "assessment__assessor")
        .filter(public_id=identifier)
        .first()
    )
    if need is None:
        return None
    responses = Response.objects.visible_to(viewer).filter(recommendation=need).select_related("project")
    answers = [
        Line(
            answer.project.title,
            record_address(PROJECT, answer.project.public_id),
            f"{answer.get_strength_display()} · {answer.get_standing_display()}",
        )
        for answer in responses
    ]
    return Card(
        kind=_("Recommendation"),
        title=need.title,
        text=need.text,
        facts=facts(
            (_("Reference"), need.reference),
            (_("State"), Line(_country_name(need.country), record_address("country", need.country.code))),
            (_("Thematic priority"), need.theme.title if need.theme else ""),
            (_("Pillar"), f"{need.pillar.code} {need.pillar.short_title}" if need.pillar else ""),
            (_("Mandates"), [mandate.code for mandate in need.mandates.all()]),
            (_("Priority"), need.get_priority_display()),
            (_("Standing"), need.get_standing_display()),
            (_("Issued"), need.issued_on),
            (_("Addressed to"), need.addressee),
            (_("Projects that respond"), answers or _("None that is recorded and open to you")),
            (_("Version"), str(need.version)),
        ),
        illustrative=need.provenance == Provenance.ILLUSTRATIVE,
        level=_level(need.level, need.get_level_display()),
        level_class=need.level,
    )


def _event(viewer: Viewer, identifier: str) -> Card | None:
    event = Event.objects.visible_to(viewer).select_related("organiser", "country").filter(public_id=identifier).first()
    if event is None:
        return None
    attendance = EventAttendance.objects.visible_to(viewer).filter(event=event).select_related("country")
    return Card(
        kind=_("Event"),
        title=event.title,
        facts=facts(
            (_("Kind"), event.get_kind_display()),
            (_("Organiser"), _entity_line(event.organiser)),
            (_("Partners"), _partners(event)),
            (_("State"), _country_name(event.country) if event.country else ""),
            (_("City"), event.city),
            (_("Begins"), event.starts_on),
            (_("Ends"), event.ends_on),
            (_("Participants"), str(event.participants) if event.participants is not None else _("Not reported")),
            (_("By State"), [Line(_country_name(row.country), aside=str(row.participants)) for row in attendance]),
            (_("Series"), event.series),
            (_("Source"), event.source),
        ),
        illustrative=event.provenance == Provenance.ILLUSTRATIVE,
        level=_level(event.level, event.get_level_display()),
        level_class=event.level,
    )


def _seed_award(viewer: Viewer, identifier: str) -> Card | None:  # noqa: ARG001  # awards are published
    award = SeedAward.objects.select_related("round", "entity", "working_group").filter(public_id=identifier).first()
    if award is None:
        return None
    return Card(
        kind=_("Seed award"),
        title=award.title,
        facts=facts(
            (_("Round"), Line(award.round.title, record_address("seed_round", award.round.code))),
            (_("Number"), str(award.number)),
            (_("Amount"), amount(award.amount_usd)),
            (_("Entity"), _entity_line(award.entity)),
            (_("Working group"), award.working_group.title if award.working_group else ""),
            (_("Source"), award.source),
        ),
        illustrative=award.provenance == Provenance.ILLUSTRATIVE,
    )


def _seed_round(viewer: Viewer, identifier: str) -> Card | None:  # noqa: ARG001  # rounds are published
    call = SeedRound.objects.filter(code=identifier).first()
    if call is None:
        return None
    awards = [
        Line(award.title, record_address("seed_award", award.public_id), amount(award.amount_usd))
        for award in call.awards.all()
    ]
    return Card(
        kind=_("Seed round"),
        title=call.title,
        facts=facts(
            (_("Year"), str(call.year)),
            (_("Ceiling per working group"), amount(call.ceiling_usd)),
            (_("Total as published"), amount(call.published_total_usd)),
            (_("Awards"), awards),
            (_("Source"), call.source),
        ),
    )


def _contributor(viewer: Viewer, identifier: str) -> Card | None:
    contributor = Contributor.objects.filter(code=identifier).first()
    if contributor is None:
        return None
    given = Contribution.objects.visible_to(viewer).filter(contributor=contributor).select_related("project")
    return Card(
        kind=_("Contributor"),
        title=contributor.name,
        facts=facts(
            (_("Kind"), contributor.get_kind_display()),
            (_("Place in the published list"), str(contributor.rank) if contributor.rank else ""),
            (_("In kind"), [amount(contributor.in_kind_usd), contributor.in_kind_note]),
            (_("Contributions"), [_contribution_line(row) for row in given]),
            (_("Source"), contributor.source),
        ),
        illustrative=contributor.provenance == Provenance.ILLUSTRATIVE,
    )


def _contribution(viewer: Viewer, identifier: str) -> Card | None:
    row = (
        Contribution.objects.visible_to(viewer)
        .select_related("contributor", "project")
        .filter(public_id=identifier)
        .first()
    )
    if row is None:
        return None
    project = row.project
    return Card(
        kind=_("Contribution"),
        title=_("%(name)s: %(amount)s") % {"name": row.contributor.name, "amount": amount(row.amount, row.currency)},
        facts=facts(
            (_("Contributor"), Line(row.contributor.name, record_address("contributor", row.contributor.code))),
            (_("Amount"), amount(row.amount, row.currency)),
            (_("In US dollars"), amount(row.amount_usd) or _("No rate is known")),
            (_("Kind"), row.get_kind_display()),
            (_("Received"), row.received_on),
            (_("Project"), Line(project.title, record_address(PROJECT, project.public_id)) if project else ""),
        ),
        illustrative=row.provenance == Provenance.ILLUSTRATIVE,
        level=_level(row.level, row.get_level_display()),
        level_class=row.level,
    )


def _entity(viewer: Viewer, identifier: str) -> Card | None:  # noqa: ARG001  # the list of entities is public
    entity = Entity.objects.select_related("parent").filter(code=identifier).first()
    if entity is None:
        return None
    return Card(
        kind=_("Entity"),
        title=entity.name,
        facts=facts(
            (_("Abbreviation"), entity.abbreviation),
            (_("Role"), entity.get_role_display()),
            (_("Kind"), entity.kind),
            (_("Part of"), _entity_line(entity.parent)),
            (_("Governing body"), entity.governing_body),
            (_("Source"), entity.source),
        ),
        illustrative=entity.provenance == Provenance.ILLUSTRATIVE,
        links=(
            Line(_("Its projects"), Place("projects_by_entity", cell={"entity": entity.code}).records),
            Line(_("Entities and pillars"), Place("projects_by_entity_and_pillar").page),
        ),
    )


def _country(viewer: Viewer, identifier: str) -> Card | None:  # noqa: ARG001  # the list of countries is public
    country = Country.objects.select_related("region").filter(code=identifier).first()
    if country is None:
        return None
    return Card(
        kind=_("State or area"),
        title=_country_name(country),
        facts=facts((_("Code"), country.code), (_("Region"), country.region.name)),
        illustrative=country.standing == Country.Standing.FICTIONAL,
        links=(Line(_("Projects that name it"), Place("projects_by_country", cell={"country": country.code}).records),),
    )


FINDERS: Final[Mapping[str, Finder]] = {
    "recommendation": _recommendation,
    "event": _event,
    "seed_award": _seed_award,
    "seed_round": _seed_round,
    "contributor": _contributor,
    "contribution": _contribution,
    "entity": _entity,
    "country": _country,
}


def _contribution_line(row: Contribution) -> Line:
    address = record_address("contribution", row.public_id)
    return Line(amount(row.amount, row.currency), address, row.project.title if row.project else "")


def _partners(event: Event) -> list[Line | str]:
    countries = [_country_name(country) for country in event.partner_countries.all()]
    return [*countries, *(_entity_line(entity) for entity in event.partner_entities.all())]


def _entity_line(entity: Entity | None) -> Line | str:
    return Line(entity.name, record_address("entity", entity.code), entity.abbreviation) if entity else ""


def _country_name(country: Country) -> str:
    return country.name_in(get_language() or "en")


def _level(level: str, title: object) -> str:
    return "" if level == Level.PUBLIC else str(title)
