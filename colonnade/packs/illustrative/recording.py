"""Storing the illustrative portfolio through the ordinary actions. The same portfolio twice changes nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from colonnade.audit.actions import action
from colonnade.audit.lists import ListRow, record_list
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.problems import Problem, ProblemsFound
from colonnade.funding.models import Appeal, AppealEntry, Contribution, Contributor
from colonnade.members.models import Entity
from colonnade.needs.models import Assessment, Recommendation, Response
from colonnade.packs.illustrative.generate import generate
from colonnade.packs.illustrative.records import IllustrativePortfolio
from colonnade.packs.illustrative.vocabulary import FOLDER, has_illustrative_records, read_vocabulary
from colonnade.packs.pack import Pack
from colonnade.places.models import Country, Region
from colonnade.portfolio.actions import open_inventory, record_inventory
from colonnade.portfolio.models import Project
from colonnade.results.models import Event, EventAttendance
from colonnade.strategy.models import Mandate, Pillar, Strategy, Theme

SOURCE = "Illustrative: invented to show how these pages work"
MADE_UP = {"provenance": Provenance.ILLUSTRATIVE.value}
SOURCED = {"source": SOURCE, "source_kind": "public", "note": ""}


@dataclass(slots=True)
class _Keys:
    """Code or public identifier -> database key, looked up when first asked for."""

    found: dict[type[Model], dict[str, int]]

    def of(self, model: type[Model], code: str | None, by: str = "code") -> int | None:
        if code is None:
            return None
        if model not in self.found:
            self.found[model] = dict(model._base_manager.values_list(by, "pk"))
        return self.found[model][code]


def record_illustrative_portfolio(pack: Pack, *, actor: Actor) -> bool:
    """Make and store the illustrative portfolio of ``pack``; whether there was anything to store.

    Raises ``ProblemsFound`` where the registry holds another one: records of two would stand side by side.
    """
    if not has_illustrative_records(pack):
        return False
    portfolio = generate(read_vocabulary(pack))
    digest = hashlib.sha256(repr(portfolio).encode()).hexdigest()
    recorded = Strategy.objects.get(code=pack.strategy.key).illustrative_digest
    if recorded and recorded != digest:
        raise ProblemsFound([_another_portfolio(recorded)])
    if not recorded:
        record_portfolio(portfolio=portfolio, digest=digest, actor=actor)
    return not recorded


def _another_portfolio(recorded: str) -> Problem:
    return Problem(
        file=FOLDER,
        row=None,
        column=None,
        value=recorded[:8],
        message="this registry holds the illustrative portfolio of another release",
        mend="start a demonstration anew: remove the state folder (.colonnade), or name another database",
    )


@action
def record_portfolio(*, portfolio: IllustrativePortfolio, digest: str, actor: Actor) -> None:
    """Store all of ``portfolio`` in one transaction. The pack it belongs to must be loaded."""
    keys = _Keys({})
    _record_places(portfolio, keys, actor)
    for made in portfolio.inventories:
        inventory = open_inventory(
            key=made.key,
            title=made.title,
            as_of=made.as_of,
            provenance=Provenance.ILLUSTRATIVE.value,
            source=made.source,
            previous=made.previous,
            actor=actor,
        )
        record_inventory(inventory=inventory, projects=made.projects, actor=actor)
    _record_needs(portfolio, keys, actor)
    _record_money(portfolio, keys, actor)
    _record_events(portfolio, keys, actor)
    Strategy.objects.exclude(illustrative_digest=digest).update(illustrative_digest=digest)


def _record(
    model: type[Model], rows: Sequence[Mapping[str, Any]], actor: Actor, key: tuple[str, ...] = ("public_id",)
) -> None:
    record_list(model=model, key=key, rows=[ListRow(row) for row in rows], actor=actor)


def _record_places(portfolio: IllustrativePortfolio, keys: _Keys, actor: Actor) -> None:
    regions = [
        {"code": region.code, "name": region.name, "fictional": True, "position": 1000 + region.position, **SOURCED}
        for region in portfolio.regions
    ]
    _record(Region, regions, actor, ("code",))
    states = [
        {
            "code": state.code,
            "name": state.name,
            "region_id": keys.of(Region, state.region),
            "standing": Country.Standing.FICTIONAL.value,
            **SOURCED,
        }
        for state in portfolio.states
    ]
    _record(Country, states, actor, ("code",))


def _record_needs(portfolio: IllustrativePortfolio, keys: _Keys, actor: Actor) -> None:
    assessor = keys.of(Entity, portfolio.assessor)
    assessments = [
        {
            "public_id": visit.public_id,
            "country_id": keys.of(Country, visit.country),
            "assessor_id": assessor,
            "kind": visit.kind,
            "starts_on": visit.starts_on,
            "ends_on": visit.ends_on,
            **MADE_UP,
        }
        for visit in portfolio.assessments
    ]
    _record(Assessment, assessments, actor)
    needs = [
        ListRow(
            {
                "public_id": need.public_id,
                "level": need.level,
                "reference": need.reference,
                "assessment_id": keys.of(Assessment, need.assessment, "public_id"),
                "country_id": keys.of(Country, need.country),
                "title": need.title,
                "text": need.text,
                "theme_id": keys.of(Theme, need.theme),
                "pillar_id": keys.of(Pillar, need.pillar),
                "priority": need.priority,
                "issued_on": need.issued_on,
                **MADE_UP,
            },
            {
                "mandates": _several(keys, Mandate, need.mandates),
                "named_entities": _several(keys, Entity, need.named_entities),
            },
        )
        for need in portfolio.recommendations
    ]
    record_list(model=Recommendation, key=("public_id",), rows=needs, actor=actor)
    responses = [
        {
            "public_id": response.public_id,
            "recommendation_id": keys.of(Recommendation, response.recommendation, "public_id"),
            "project_id": keys.of(Project, response.project, "public_id"),
            "strength": response.strength,
            "standing": response.standing,
            "evidence": response.evidence,
            "claimed_by_id": keys.of(Entity, response.claimed_by),
            "claimed_on": response.claimed_on,
            "verified_by_id": assessor if response.verified_on else None,
            "verified_on": response.verified_on,
            "reason": response.reason,
            **MADE_UP,
        }
        for response in portfolio.responses
    ]
    _record(Response, responses, actor)


def _several(keys: _Keys, model: type[Model], codes: Sequence[str]) -> list[int]:
    return [key for code in codes if (key := keys.of(model, code)) is not None]


def _record_money(portfolio: IllustrativePortfolio, keys: _Keys, actor: Actor) -> None:
    contributors = [
        {
            "code": contributor.code,
            "name": contributor.name,
            "kind": Contributor.Kind.STATE.value,
            "country_id": keys.of(Country, contributor.country),
            **SOURCED,
            **MADE_UP,
        }
        for contributor in portfolio.contributors
    ]
    _record(Contributor, contributors, actor, ("code",))
    contributions = [
        {
            "public_id": given.public_id,
            "level": given.level,
            "contributor_id": keys.of(Contributor, given.contributor),
            "project_id": keys.of(Project, given.project, "public_id"),
            "currency": "USD",
            "amount": given.amount,
            "amount_usd": given.amount,
            "received_on": given.received_on,
            **MADE_UP,
        }
        for given in portfolio.contributions
    ]
    _record(Contribution, contributions, actor)
    entries = [
        {
            "public_id": entry.public_id,
            "appeal_id": keys.of(Appeal, portfolio.appeal, "key"),
            "level": entry.level,
            "project_id": keys.of(Project, entry.project, "public_id"),
            "title": entry.title,
            "entity_id": keys.of(Entity, entry.entity),
            "pillar_id": keys.of(Pillar, entry.pillar),
            "requirement_usd": entry.requirement,
            "at_launch": entry.at_launch,
            "priority": entry.priority,
            "partial_sums": entry.partial_sums,
            "joined_on": entry.joined_on,
            **MADE_UP,
        }
        for entry in portfolio.appeal_entries
    ]
    _record(AppealEntry, entries, actor)


def _record_events(portfolio: IllustrativePortfolio, keys: _Keys, actor: Actor) -> None:
    events = [
        {
            "public_id": event.public_id,
            "code": event.code,
            "kind": event.kind,
            "title": event.title,
            "organiser_id": keys.of(Entity, event.organiser),
            "country_id": keys.of(Country, event.country),
            "starts_on": event.starts_on,
            "ends_on": event.ends_on,
            "participants": sum(number for _, number in event.attendance),
            "series": event.series,
            "source": SOURCE,
            **MADE_UP,
        }
        for event in portfolio.events
    ]
    _record(Event, events, actor, ("code",))
    attendance = [
        {
            "event_id": keys.of(Event, event.public_id, "public_id"),
            "country_id": keys.of(Country, country),
            "participants": number,
        }
        for event in portfolio.events
        for country, number in event.attendance
    ]
    _record(EventAttendance, attendance, actor, ("event_id", "country_id"))
