"""Inventories beside the portfolio: a mapping of one pillar by its areas, and one office's own projects."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from colonnade.packs.illustrative.allocation import deal
from colonnade.packs.illustrative.projects import Maker
from colonnade.packs.illustrative.vocabulary import Topic
from colonnade.portfolio.reported import ReportedProject

REACHING = ("completed", "ongoing")


def make_mapping(maker: Maker, asked: Mapping[str, Any]) -> list[ReportedProject]:
    """Projects under one pillar: statuses, scopes, areas, entities and States as published.

    The first ``states`` States are those that projects completed or ongoing name: national ones take them in turn, then
    any of them; regional ones are in their regions.
    """
    rng = maker.rng
    statuses = deal(asked["statuses"], rng)
    reaching = iter(deal(asked["scopes"], rng))
    planned = iter(deal(asked["planned_scopes"], rng))
    areas = iter(_areas(maker, asked["areas"], sum(asked["scopes"].values())))
    among = maker.states[: asked["states"]]
    in_turn = iter(among)
    projects = []
    for number, status in enumerate(statuses, start=1):
        reaches = status in REACHING
        scope = next(reaching if reaches else planned)
        served = next(areas) if reaches else ()
        topic = _topic_for(maker, asked["pillar"], served)
        turn = next(in_turn, None) if reaches and scope == "national" else None
        project = maker.project(
            reference=f"{asked['reference']}-{number:03d}",
            topic=topic,
            entity=maker.lead(topic, asked["entities"]),
            scope=scope,
            status=status,
            pillar=asked["pillar"],
            among=(turn,) if turn else among,
        )
        projects.append(replace(project, areas=served, level="public" if reaches else "compact"))
    return _with_every_entity(maker, projects, asked["entities"])


def make_office(maker: Maker, asked: Mapping[str, Any]) -> list[ReportedProject]:
    """The projects of one office, across the pillars in which it is at home."""
    statuses, scopes = deal(asked["statuses"], maker.rng), deal(asked["scopes"], maker.rng)
    topics = [topic for topic in maker.vocabulary.topics if asked["entity"] in topic.leads]
    projects = []
    for number, (status, scope) in enumerate(zip(statuses, scopes, strict=True), start=1):
        topic = maker.rng.choice(topics)
        project = maker.project(
            reference=f"{asked['reference']}-{number:03d}",
            topic=topic,
            entity=asked["entity"],
            scope=scope,
            status=status,
            pillar=topic.pillar,
        )
        projects.append(replace(project, level="public" if status in REACHING else "compact"))
    return projects


def _areas(maker: Maker, counts: Mapping[str, int], projects: int) -> list[tuple[str, ...]]:
    """Each project's areas: one, and a second one for as many as the tags outnumber the projects."""
    tags = deal(counts, maker.rng)
    first, more = tags[:projects], tags[projects:]
    served: list[tuple[str, ...]] = [(area,) for area in first]
    place = 0
    for area in more:
        while area in served[place]:
            place += 1
        served[place] = (*served[place], area)
        place += 1
    maker.rng.shuffle(served)
    return served


def _topic_for(maker: Maker, pillar: str, areas: Sequence[str]) -> Topic:
    topics = maker.vocabulary.topics_of(pillar)
    fitting = [topic for topic in topics if areas and areas[0] in topic.areas]
    return maker.rng.choice(fitting or topics)


def _with_every_entity(maker: Maker, projects: list[ReportedProject], entities: Sequence[str]) -> list[ReportedProject]:
    """Each entity leads at least one project; references stay, for they do not name the entity."""
    projects = list(projects)
    for entity in entities:
        leads = [project.entity for project in projects]
        if entity not in leads:
            most = max(entities, key=lambda code: (leads.count(code), code))
            place = maker.rng.choice([place for place, lead in enumerate(leads) if lead == most])
            projects[place] = replace(projects[place], entity=entity)
    return projects
