"""The two inventories beside the portfolio: the prevention mapping, and one office's own projects."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from colonnade.packs.illustrative.allocation import deal
from colonnade.packs.illustrative.projects import Maker
from colonnade.packs.illustrative.records import MadeState
from colonnade.packs.illustrative.vocabulary import Topic
from colonnade.portfolio.reported import ReportedPlace, ReportedProject

REACHING = ("completed", "ongoing")


def make_prevention(maker: Maker, asked: Mapping[str, Any]) -> list[ReportedProject]:
    """The prevention mapping: statuses, scopes, areas, entities and States as published."""
    rng = maker.rng
    statuses = deal(asked["statuses"], rng)
    reaching = iter(deal(asked["scopes"], rng))
    planned = iter(deal(asked["planned_scopes"], rng))
    number_reaching = sum(asked["scopes"].values())
    areas = iter(_areas(maker, asked["areas"], number_reaching))
    projects = []
    for number, status in enumerate(statuses, start=1):
        scope = next(reaching if status in REACHING else planned)
        served = next(areas) if status in REACHING else ()
        topic = _topic_for(maker, asked["pillar"], served)
        entity = maker.lead(topic, asked["entities"])
        project = maker.project(
            reference=f"PVE-{number:03d}",
            topic=topic,
            entity=entity,
            scope=scope,
            status=status,
            pillar=asked["pillar"],
        )
        level = "public" if status in REACHING else "compact"
        projects.append(replace(project, areas=served, level=level))
    return _in_states(maker, _with_every_entity(maker, projects, asked["entities"]), asked["states"])


def make_office(maker: Maker, asked: Mapping[str, Any]) -> list[ReportedProject]:
    """The projects of one office, across the pillars in which it is at home."""
    statuses, scopes = deal(asked["statuses"], maker.rng), deal(asked["scopes"], maker.rng)
    topics = [topic for topic in maker.vocabulary.topics if asked["entity"] in topic.leads]
    projects = []
    for number, (status, scope) in enumerate(zip(statuses, scopes, strict=True), start=1):
        topic = maker.rng.choice(topics)
        project = maker.project(
            reference=f"OFFICE-{number:03d}",
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


def _in_states(maker: Maker, projects: Sequence[ReportedProject], number: int) -> list[ReportedProject]:
    """Exactly ``number`` States are named by projects completed or ongoing.

    National projects go to the first ``number`` States in turn, then anywhere among them; regional ones keep, of the
    States that they named, those among them. Their texts are written again for the new place.
    """
    among = maker.states[:number]
    codes = {state.code for state in among}
    in_turn = iter(among)
    placed = []
    for project in projects:
        if project.scope == "national":
            state = (next(in_turn, None) if project.status in REACHING else None) or maker.rng.choice(among)
            placed.append(_moved(maker, project, state))
        elif project.scope == "regional":
            kept = tuple(place for place in project.countries if place.code in codes)
            region = next(state for state in among if state.region == project.regions[0].code)
            placed.append(replace(project, countries=kept or (ReportedPlace(region.code),)))
        else:
            placed.append(project)
    return placed


def _moved(maker: Maker, project: ReportedProject, state: MadeState) -> ReportedProject:
    names = {known.code: known.name for known in maker.states}
    old = names[project.countries[0].code]
    title = project.title.replace(old, state.name)
    if title != project.title:
        if title in maker.writer.used:
            title = f"{title}: {names[state.code]} and its districts"
        maker.writer.used.add(title)
    return replace(
        project,
        title=title,
        description=project.description.replace(old, state.name),
        countries=(ReportedPlace(state.code),),
    )
