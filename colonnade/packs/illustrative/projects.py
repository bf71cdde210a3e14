"""Projects, and the portfolio: what is asked of it, shared out exactly over invented projects."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from colonnade.core.identifiers import public_id_from
from colonnade.packs.illustrative.allocation import apportion, by_share, deal, fill_up, skewed_weight
from colonnade.packs.illustrative.programmes import Plan, share_leads, share_states
from colonnade.packs.illustrative.records import MadeInventory, MadeState
from colonnade.packs.illustrative.texts import Writer
from colonnade.packs.illustrative.vocabulary import Topic, Vocabulary
from colonnade.portfolio.reported import ReportedMarker, ReportedMoney, ReportedPartner, ReportedPlace, ReportedProject

#: Statuses of projects that have not begun and received nothing yet.
NOT_BEGUN = ("in_development", "awaiting_funding")


@dataclass(slots=True)
class Maker:
    """What all the makers of records share: the seed, the words, the places."""

    rng: random.Random
    writer: Writer
    vocabulary: Vocabulary
    states: tuple[MadeState, ...]
    topics: dict[str, Topic] = field(default_factory=dict)  # by the public identifiers of the projects about them

    @property
    def shown(self) -> list[MadeState]:
        """The first States by code, which visitors of a demonstration can sign in for."""
        return sorted(self.states, key=lambda state: state.code)[: self.vocabulary.targets.get("shown_states", 0)]

    def region_of(self, state: MadeState) -> str:
        """The name of the State's region."""
        return next(name for code, name, _ in self.vocabulary.regions if code == state.region)

    def topic_of(self, project: ReportedProject) -> Topic:
        """What a project made here is about."""
        return self.topics[project.public_id or ""]

    def project(
        self,
        *,
        reference: str,
        topic: Topic,
        entity: str,
        scope: str,
        status: str,
        pillar: str,
        among: Sequence[MadeState] = (),
        exactly: Sequence[MadeState] = (),
    ) -> ReportedProject:
        """A project with its texts, places and dates; money, markers and level come later.

        Where ``among`` is given, its places are some of these States; where ``exactly`` is given, all of those.
        """
        where = list(exactly) or self._where(scope, among or self.states)
        public_id = public_id_from(self.rng)
        self.topics[public_id] = topic
        place = "" if not where else (where[0].name if scope == "national" else self.region_of(where[0]))
        title, description = self.writer.project(topic, scope, place, status)
        starts_on, ends_on = self._dates(status)
        origin = self.rng.choice(("recommendation", "recommendation", "request", "mandate"))
        return ReportedProject(
            reference=reference,
            title=title,
            description=description,
            entity=entity,
            status=status,
            scope=scope,
            pillar=pillar,
            origin=origin,
            starts_on=starts_on,
            ends_on=ends_on,
            areas=topic.areas[:1],
            themes=(topic.theme,),
            mandates=topic.mandates,
            countries=tuple(ReportedPlace(state.code) for state in where),
            regions=tuple(ReportedPlace(code) for code in dict.fromkeys(s.region for s in where))
            if scope == "regional"
            else (),
            partners=self._partners(topic, entity),
            public_id=public_id,
        )

    def lead(self, topic: Topic, among: Sequence[str]) -> str:
        """An entity for which the topic is typical, else any of those that report."""
        typical = [entity for entity in topic.leads if entity in among]
        return self.rng.choice(typical or list(among))

    def _where(self, scope: str, among: Sequence[MadeState]) -> list[MadeState]:
        if scope == "national":
            return [self.rng.choice(among)]
        if scope == "regional":
            region = self.rng.choice(list(dict.fromkeys(state.region for state in among)))
            there = [state for state in among if state.region == region]
            return self.rng.sample(there, min(len(there), self.rng.randrange(2, 6)))
        return []

    def _dates(self, status: str) -> tuple[date | None, date | None]:
        as_of, day = self.vocabulary.as_of, self.rng.randrange
        if status == "completed":
            ends = as_of - timedelta(days=day(20, 560))
            return ends - timedelta(days=day(300, 1100)), ends
        if status in NOT_BEGUN:
            starts = as_of + timedelta(days=day(30, 300))
            return starts, starts + timedelta(days=day(360, 1100))
        starts = as_of - timedelta(days=day(60, 900))
        return starts, as_of + timedelta(days=day(30, 900))

    def _partners(self, topic: Topic, entity: str) -> tuple[ReportedPartner, ...]:
        others = [code for code in topic.leads if code != entity]
        chosen = self.rng.sample(others, min(len(others), self.rng.choice((0, 0, 1, 1, 2))))
        return tuple(ReportedPartner(name=code, role="implementing", entity=code) for code in chosen)


def make_portfolio(maker: Maker) -> list[ReportedProject]:
    """The portfolio's projects, led by every reporting entity; money, markers and levels come with :func:`complete`."""
    targets, rng = maker.vocabulary.targets, maker.rng
    asked = targets["portfolio"]
    pillars = deal(asked["pillars"], rng)
    scopes = deal(asked["scopes"], rng)
    statuses = deal({**asked.get("carried", {}), **asked["new"]}, rng)
    plans = [
        plan_one(maker, pillar, scope, status) for pillar, scope, status in zip(pillars, scopes, statuses, strict=True)
    ]
    _give_every_entity_some(maker, plans, targets["entities"])
    programmes = targets.get("programmes", ())
    share_leads(maker.rng, plans, targets["entities"], programmes)
    reached = share_states(maker.rng, plans, maker.states, programmes)
    return [carry_out(maker, number, plan, reached.get(number - 1, ())) for number, plan in enumerate(plans, start=1)]


def complete(maker: Maker, projects: Sequence[ReportedProject]) -> list[ReportedProject]:
    """The projects with the money, markers and levels that the targets ask for."""
    targets = maker.vocabulary.targets
    completed = _with_money(maker, projects, targets["money"])
    for marker, asked in targets.get("markers", {}).items():
        completed = _with_marker(maker, completed, marker, asked)
    return _with_levels(maker, completed, targets["portfolio"].get("restricted", 0))


def plan_one(maker: Maker, pillar: str, scope: str, status: str) -> Plan:
    """A project under a pillar, with what it is about and an entity for which that is typical."""
    topic = maker.rng.choice(maker.vocabulary.topics_of(pillar))
    return Plan(pillar, scope, status, topic, maker.lead(topic, maker.vocabulary.targets["entities"]))


def carry_out(maker: Maker, number: int, plan: Plan, exactly: Sequence[MadeState] = ()) -> ReportedProject:
    """The planned project, by its number in the portfolio."""
    return maker.project(
        reference=f"{plan.entity}-{number:04d}",
        topic=plan.topic,
        entity=plan.entity,
        scope=plan.scope,
        status=plan.status,
        pillar=plan.pillar,
        exactly=exactly,
    )


def _give_every_entity_some(maker: Maker, plans: Sequence[Plan], entities: Sequence[str]) -> None:
    """Each entity leads at least two projects, typical ones where there are any, from entities that can spare them."""
    for entity in entities:
        while (leads := Counter(plan.entity for plan in plans))[entity] < 2:
            spare = [plan for plan in plans if leads[plan.entity] > 2]
            typical = [plan for plan in spare if entity in plan.topic.leads]
            maker.rng.choice(typical or spare).entity = entity


def _with_money(maker: Maker, projects: Sequence[ReportedProject], money: Mapping[str, int]) -> list[ReportedProject]:
    """Budgets and funding to the dollar: a completed project received its budget, one not begun nothing yet."""
    rng = maker.rng
    completed = [place for place, project in enumerate(projects) if project.status == "completed"]
    active = [place for place, project in enumerate(projects) if project.status != "completed"]
    budget = [0] * len(projects)
    for places, total in ((completed, money["budget_completed"]), (active, money["budget_active"])):
        shares = apportion(total, [skewed_weight(rng) for _ in places])
        for place, share in zip(places, shares, strict=True):
            budget[place] = share
    funding = list(budget)
    running = [place for place in active if projects[place].status not in NOT_BEGUN]
    wanted = [budget[place] * rng.choice((100, 95, 80, 70, 60, 50, 40, 30, 20, 0)) // 100 for place in running]
    received = fill_up(money["funding_active"] - money["surplus"], [budget[place] for place in running], wanted)
    for place in active:
        funding[place] = 0
    for place, part in zip(running, received, strict=True):
        funding[place] = part
    richest = max(running, key=lambda place: (funding[place] == budget[place], -budget[place]))
    if funding[richest] == budget[richest]:
        funding[richest] += money["surplus"]
    else:  # nobody is fully funded: fill one up from the others, so that the surplus is one
        funding = _fill_one(funding, budget, running, richest, money["surplus"])
    as_of = maker.vocabulary.as_of
    return [
        replace(project, budget=usd(budget[place], as_of), funding=usd(funding[place], as_of))
        for place, project in enumerate(projects)
    ]


def _fill_one(funding: list[int], budget: list[int], running: list[int], chosen: int, surplus: int) -> list[int]:
    filled = list(funding)
    missing = budget[chosen] - filled[chosen]
    others = [place for place in running if place != chosen]
    for place, part in zip(others, apportion(missing, [filled[other] for other in others]), strict=True):
        filled[place] -= part
    filled[chosen] = budget[chosen] + surplus
    return filled


def usd(amount: int, on: date) -> ReportedMoney:
    """Whole US dollars, which the registry adds up in."""
    return ReportedMoney(Decimal(amount), "USD", on, Decimal(amount))


def _with_marker(
    maker: Maker, projects: Sequence[ReportedProject], marker: str, asked: Mapping[str, Any]
) -> list[ReportedProject]:
    """Scores in the shares asked for; projects of topics that aim at the matter have the highest of them."""
    shares = {int(score): share for score, share in asked["shares"].items()}
    scores = sorted(deal(by_share(len(projects), shares), maker.rng))
    aiming = [place for place, project in enumerate(projects) if marker in maker.topic_of(project).markers]
    others = [place for place in range(len(projects)) if place not in set(aiming)]
    highest = [scores.pop() for _ in aiming]
    maker.rng.shuffle(scores)
    given = dict(zip((*aiming, *others), (*highest, *scores), strict=True))
    return [
        replace(
            project, markers=(*project.markers, ReportedMarker(marker, given[place], asked["reasons"][given[place]]))
        )
        for place, project in enumerate(projects)
    ]


def _with_levels(maker: Maker, projects: Sequence[ReportedProject], restricted: int) -> list[ReportedProject]:
    """Public once it runs, compact before that and for some others, restricted where a State asked for it."""
    national = [
        place for place, project in enumerate(projects) if project.scope == "national" and project.status == "ongoing"
    ]
    shown = {state.code for state in maker.shown}
    first = [place for place in national if projects[place].countries[0].code in shown][: min(1, restricted)]
    others = [place for place in national if place not in first]
    kept = {*first, *maker.rng.sample(others, restricted - len(first))}
    levelled = []
    for place, project in enumerate(projects):
        if place in kept:
            levelled.append(replace(project, level="restricted", state=project.countries[0].code))
        elif project.status in NOT_BEGUN or maker.rng.randrange(100) < 9:
            levelled.append(replace(project, level="compact"))
        else:
            levelled.append(replace(project, level="public"))
    return levelled


def inventory(
    section: Mapping[str, Any], as_of: date, projects: Sequence[ReportedProject], previous: str | None
) -> MadeInventory:
    """An inventory as the targets name it."""
    return MadeInventory(
        key=section["key"],
        title=section["title"],
        as_of=section.get("as_of", as_of),
        source=section["source"],
        previous=previous,
        projects=tuple(projects),
    )
