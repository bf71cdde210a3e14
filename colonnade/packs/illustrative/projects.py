"""Projects and the four inventories that they stand in."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from colonnade.core.identifiers import public_id_from
from colonnade.packs.illustrative.allocation import apportion, by_share, deal, fill_up, skewed_weight
from colonnade.packs.illustrative.records import MadeInventory, MadeState
from colonnade.packs.illustrative.texts import Writer
from colonnade.packs.illustrative.vocabulary import Topic, Vocabulary
from colonnade.portfolio.reported import ReportedMarker, ReportedMoney, ReportedPartner, ReportedPlace, ReportedProject

ACTIVE_UNFUNDED = ("in_development", "awaiting_funding")
MARKER_REASONS = {
    0: "The project does not aim at equality between women and men.",
    1: "Women and men are addressed alike; equality is a side effect.",
    2: "Equality between women and men is one of several objectives.",
    3: "Equality and the rights of women are the principal objective.",
}


@dataclass(slots=True)
class Maker:
    """What all the makers of records share: the seed, the words, the places."""

    rng: random.Random
    writer: Writer
    vocabulary: Vocabulary
    states: tuple[MadeState, ...]

    def region_of(self, state: MadeState) -> str:
        """The name of the State's region."""
        return next(name for code, name, _ in self.vocabulary.regions if code == state.region)

    def project(
        self, *, reference: str, topic: Topic, entity: str, scope: str, status: str, pillar: str
    ) -> ReportedProject:
        """A project with its texts, places and dates; money, markers and level come later."""
        where = self._where(scope)
        place = "" if not where else (where[0].name if scope == "national" else self.region_of(where[0]))
        title, description = self.writer.project(topic, scope, place)
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
            public_id=public_id_from(self.rng),
        )

    def lead(self, topic: Topic, among: Sequence[str]) -> str:
        """An entity for which the topic is typical, else any of those that report."""
        typical = [entity for entity in topic.leads if entity in among]
        return self.rng.choice(typical or list(among))

    def _where(self, scope: str) -> list[MadeState]:
        if scope == "national":
            return [self.rng.choice(self.states)]
        if scope == "regional":
            region = self.rng.choice(self.vocabulary.regions)[0]
            return self.rng.sample([state for state in self.states if state.region == region], self.rng.randrange(2, 6))
        return []

    def _dates(self, status: str) -> tuple[date | None, date | None]:
        as_of, day = self.vocabulary.as_of, self.rng.randrange
        if status == "completed":
            ends = as_of - timedelta(days=day(20, 560))
            return ends - timedelta(days=day(300, 1100)), ends
        if status in ACTIVE_UNFUNDED:
            starts = as_of + timedelta(days=day(30, 300))
            return starts, starts + timedelta(days=day(360, 1100))
        starts = as_of - timedelta(days=day(60, 900))
        return starts, as_of + timedelta(days=day(30, 900))

    def _partners(self, topic: Topic, entity: str) -> tuple[ReportedPartner, ...]:
        others = [code for code in topic.leads if code != entity]
        chosen = self.rng.sample(others, min(len(others), self.rng.choice((0, 0, 1, 1, 2))))
        return tuple(ReportedPartner(name=code, role="implementing", entity=code) for code in chosen)


def make_portfolio(maker: Maker) -> tuple[list[ReportedProject], list[ReportedProject]]:
    """The portfolio and the one before: (this year's projects, last year's), with markers, levels and money."""
    targets, rng = maker.vocabulary.targets, maker.rng
    asked = targets["portfolio"]
    pillars = deal(asked["pillars"], rng)
    scopes = deal(asked["scopes"], rng)
    statuses = deal({**asked["carried"], **asked["new"]}, rng)
    projects = [
        _portfolio_project(maker, number, pillar, scope, status, targets["entities"])
        for number, (pillar, scope, status) in enumerate(zip(pillars, scopes, statuses, strict=True), start=1)
    ]
    projects = _with_every_entity(maker, projects, targets["entities"])
    projects = _with_markers(maker, _with_money(maker, projects, targets["money"]))
    projects = _with_levels(maker, projects, asked["restricted"])
    return projects, _the_year_before(maker, projects, targets["before"], set(asked["new"]))


def _portfolio_project(
    maker: Maker, number: int, pillar: str, scope: str, status: str, entities: Sequence[str]
) -> ReportedProject:
    topic = maker.rng.choice(maker.vocabulary.topics_of(pillar))
    entity = maker.lead(topic, entities)
    reference = f"{entity}-{number:04d}"
    return maker.project(reference=reference, topic=topic, entity=entity, scope=scope, status=status, pillar=pillar)


def _with_every_entity(maker: Maker, projects: list[ReportedProject], entities: Sequence[str]) -> list[ReportedProject]:
    """Each entity leads at least two projects: those it lacks come from the entities that lead most."""
    projects = list(projects)
    for entity in entities:
        while sum(project.entity == entity for project in projects) < 2:
            leads = [project.entity for project in projects]
            most = max(entities, key=lambda code: (leads.count(code), code))
            place = maker.rng.choice([place for place, lead in enumerate(leads) if lead == most])
            number = projects[place].reference.rsplit("-", 1)[1]
            projects[place] = replace(projects[place], entity=entity, reference=f"{entity}-{number}")
    return projects


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
    running = [place for place in active if projects[place].status not in ACTIVE_UNFUNDED]
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
        replace(project, budget=_usd(budget[place], as_of), funding=_usd(funding[place], as_of))
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


def _usd(amount: int, on: date) -> ReportedMoney:
    return ReportedMoney(Decimal(amount), "USD", on, Decimal(amount))


def _with_markers(maker: Maker, projects: Sequence[ReportedProject]) -> list[ReportedProject]:
    percent = {int(level): share for level, share in maker.vocabulary.targets["markers"]["gender"].items()}
    scores = deal(by_share(len(projects), percent), maker.rng)
    return [
        replace(project, markers=(ReportedMarker("gender", score, MARKER_REASONS[score]),))
        for project, score in zip(projects, scores, strict=True)
    ]


def _with_levels(maker: Maker, projects: Sequence[ReportedProject], restricted: int) -> list[ReportedProject]:
    """Public once it runs, compact before that and for some others, restricted where a State asked for it."""
    national = [
        place for place, project in enumerate(projects) if project.scope == "national" and project.status == "ongoing"
    ]
    kept = set(maker.rng.sample(national, restricted))
    levelled = []
    for place, project in enumerate(projects):
        if place in kept:
            levelled.append(replace(project, level="restricted", state=project.countries[0].code))
        elif project.status in ACTIVE_UNFUNDED or maker.rng.randrange(100) < 9:
            levelled.append(replace(project, level="compact"))
        else:
            levelled.append(replace(project, level="public"))
    return levelled


def _the_year_before(
    maker: Maker, projects: Sequence[ReportedProject], before: Mapping[str, Any], new: set[str]
) -> list[ReportedProject]:
    """What the earlier inventory said of the carried projects, and the projects that have left since."""
    rng = maker.rng
    carried = [project for project in projects if project.status not in new]
    then = {
        "completed": iter(deal(before["carried_completed"], rng)),
        "ongoing": iter(deal(before["carried_ongoing"], rng)),
    }
    places = list(range(len(carried)))
    unknown = set(rng.sample([place for place in places if carried[place].scope], before["scope_unknown"]))
    moved = set(rng.sample(places, before["other_pillar"]))
    pillars = list(maker.vocabulary.targets["portfolio"]["pillars"])
    earlier = []
    for place, project in enumerate(carried):
        pillar = project.pillar
        if place in moved:
            pillar = rng.choice([code for code in pillars if code != project.pillar])
        earlier.append(
            replace(
                project,
                status=next(then[project.status]),
                scope="" if place in unknown else project.scope,
                pillar=pillar,
                budget=_earlier(project.budget, rng.choice((100, 100, 100, 95, 90, 80, 110))),
                funding=_earlier(project.funding, rng.choice((100, 60, 40, 20, 0))),
            )
        )
    left = deal(before["left"], rng)
    scopes = deal(by_share(len(left), {"global": 25, "regional": 20, "national": 55}), rng)
    entities = maker.vocabulary.targets["entities"]
    for number, (status, scope) in enumerate(zip(left, scopes, strict=True), start=len(projects) + 1):
        project = _portfolio_project(maker, number, rng.choice(pillars), scope, status, entities)
        amount = 40_000 * rng.randrange(2, 30)
        earlier.append(
            replace(
                project,
                level="public",
                budget=_usd(amount, before["as_of"]),
                funding=_usd(amount * 3 // 4, before["as_of"]),
                **_in_the_past(before["as_of"]),
            )
        )
    if len(earlier) != before["projects"]:
        raise ValueError(f"the portfolio before has {len(earlier)} projects, not {before['projects']}")
    return earlier


def _in_the_past(as_of: date) -> dict[str, Any]:
    """Dates of a project that had ended, or was given up, by the time of the later inventory."""
    ends = as_of + timedelta(days=120)
    return {"starts_on": ends - timedelta(days=700), "ends_on": ends}


def _earlier(money: ReportedMoney | None, percent: int) -> ReportedMoney | None:
    if money is None:
        return None
    amount = Decimal(int(money.amount) * percent // 100)
    return replace(money, amount=amount, usd=amount)


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
