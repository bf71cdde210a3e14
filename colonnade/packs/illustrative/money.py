"""Fictional contributors and what they gave to each project, and what the appeal asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from colonnade.core.identifiers import public_id_from
from colonnade.funding.partial_sums import PartialSum, write_partial_sums
from colonnade.packs.illustrative.allocation import apportion
from colonnade.packs.illustrative.projects import Maker
from colonnade.packs.illustrative.records import MadeAppealEntry, MadeContribution, MadeContributor
from colonnade.portfolio.reported import ReportedProject


def make_contributors(maker: Maker, number: int) -> list[MadeContributor]:
    """Fictional States that give; the last ones of the list, so that most of them are not assessed."""
    return [MadeContributor(f"C-{state.code}", state.name, state.code) for state in maker.states[-number:]]


def make_contributions(
    maker: Maker, contributors: Sequence[MadeContributor], projects: Sequence[ReportedProject]
) -> list[MadeContribution]:
    """Contributions that add up, for every active project, to the funding that it received."""
    rng = maker.rng
    generosity = [max(1, 100 * 3**4 // (place + 2) ** 2) for place in range(len(contributors))]
    made = []
    for project in projects:
        received = int(project.funding.amount) if project.funding else 0
        if project.status == "completed" or received == 0:
            continue
        givers = list(dict.fromkeys(rng.choices(contributors, weights=generosity, k=rng.choice((1, 1, 2, 3)))))
        parts = apportion(received, [rng.randrange(1, 10) for _ in givers])
        for giver, part in zip(givers, parts, strict=True):
            if part:
                on = maker.vocabulary.as_of - timedelta(days=rng.randrange(30, 700))
                level = "public" if project.level == "public" else "compact"
                made.append(MadeContribution(public_id_from(rng), giver.code, project.public_id or "", part, on, level))
    return made


def make_appeal(maker: Maker, asked: Mapping[str, Any], projects: Sequence[ReportedProject]) -> list[MadeAppealEntry]:
    """The appeal's projects: those of the portfolio that were there at the launch, and others that joined later."""
    rng = maker.rng
    entities = _appealing_entities(maker, projects, asked["entities"])
    short = [
        project
        for project in projects
        if project.entity in entities and project.level != "restricted" and _missing(project) > 0
    ]
    first = [next(project for project in short if project.entity == entity) for entity in entities]
    rest = rng.sample([project for project in short if project not in first], asked["at_launch"] - len(first))
    made = [
        MadeAppealEntry(
            public_id_from(rng),
            project.public_id,
            project.title,
            project.entity,
            project.pillar or "",
            _missing(project),
            at_launch=True,
            level=project.level,
        )
        for project in (*first, *rest)
    ]
    pillars = list(maker.vocabulary.targets["portfolio"]["pillars"])
    for number in range(asked["projects"] - len(made)):
        pillar = pillars[number % len(pillars)]
        topic = rng.choice(maker.vocabulary.topics_of(pillar))
        made.append(
            MadeAppealEntry(
                public_id_from(rng),
                None,
                maker.writer.project(topic, "global", "", "awaiting_funding")[0],
                maker.lead(topic, entities),
                pillar,
                25_000 * rng.randrange(4, 120),
                at_launch=False,
                level="public",
            )
        )
    return [_for_a_desk(place, entry, maker.vocabulary.as_of) for place, entry in enumerate(made)]


#: What a quarter, a half and three quarters of a requirement do, in every illustrative project.
_PARTIAL = (
    (1, "Agrees the work with the national counterparts, and begins it in one place"),
    (2, "Carries out the first half of the activities"),
    (3, "Carries out all of the activities, without their evaluation"),
)


def _for_a_desk(place: int, entry: MadeAppealEntry, as_of: date) -> MadeAppealEntry:
    """The entry with a priority in turn, what parts of its requirement do, and since when money counts."""
    step = entry.requirement // 4 // 1000 * 1000
    several = [PartialSum(Decimal(step * times), does) for times, does in _PARTIAL if step]
    return replace(
        entry,
        priority=("high", "medium", "low")[place % 3],
        partial_sums=write_partial_sums(several),
        joined_on=as_of if entry.project else None,
    )


def _appealing_entities(maker: Maker, projects: Sequence[ReportedProject], number: int) -> list[str]:
    """The entities that have most projects with money missing."""
    reporting = maker.vocabulary.targets["entities"]
    missing = {
        entity: sum(
            _missing(project) > 0 and project.level != "restricted" for project in projects if project.entity == entity
        )
        for entity in reporting
    }
    return sorted(reporting, key=lambda entity: (-missing[entity], entity))[:number]


def _missing(project: ReportedProject) -> int:
    if project.status == "completed" or project.budget is None or project.funding is None:
        return 0
    return max(0, int(project.budget.amount - project.funding.amount))
