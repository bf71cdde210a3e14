"""What the illustrative portfolio adds up to and speaks of, read from ``illustrative/`` in the pack's folder."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.packs.pack import Pack

FOLDER = "illustrative"
TARGETS, PLACES, TOPICS = "targets.toml", "places.toml", "topics-*.toml"
#: What the targets cannot do without; the other sections make nothing where they are left out.
REQUIRED = ("seed", "as_of", "entities", "portfolio", "money", "needs", "appeal", "contributors")


@dataclass(frozen=True, slots=True)
class Topic:
    """What projects and needs of one kind are about, in phrases that fit the sentences of :mod:`.texts`."""

    key: str
    pillar: str
    theme: str
    areas: tuple[str, ...]
    mandates: tuple[str, ...]
    leads: tuple[str, ...]
    markers: tuple[str, ...]  # matters across the pillars at which these projects aim
    weight: int
    subjects: tuple[str, ...]
    abilities: tuple[str, ...]
    audiences: tuple[str, ...]
    activities: tuple[str, ...]
    legacies: tuple[str, ...]
    needs: tuple[str, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pack's targets as they stand in the file, its fictional places, its topics."""

    targets: Mapping[str, Any]
    first_code: str
    regions: tuple[tuple[str, str, tuple[str, ...]], ...]  # code, name, names of States
    topics: tuple[Topic, ...]

    @property
    def as_of(self) -> date:
        day: date = self.targets["as_of"]
        return day

    def topics_of(self, pillar: str) -> list[Topic]:
        """The topics of one pillar, each as often as its weight."""
        return [topic for topic in self.topics if topic.pillar == pillar for _ in range(topic.weight)]


def has_illustrative_records(pack: Pack) -> bool:
    """Whether the pack brings targets for an illustrative portfolio."""
    return (pack.folder / FOLDER / TARGETS).is_file()


def read_vocabulary(pack: Pack) -> Vocabulary:
    """The vocabulary of ``pack``. Raises ``ProblemsFound`` naming every code that the pack does not know."""
    folder = pack.folder / FOLDER
    targets, places = _toml(folder / TARGETS), _toml(folder / PLACES)
    topics: list[Topic] = []
    problems = list(_missing(targets))
    for path in sorted(folder.glob(TOPICS)):
        for entry in _toml(path)["topic"]:
            topic = _topic(entry)
            problems += _unknown_codes(f"{FOLDER}/{path.name}", topic, pack)
            topics.append(topic)
    if all(name in targets for name in REQUIRED):
        problems += _unknown_targets(targets, pack)
    if problems:
        raise ProblemsFound(problems)
    regions = tuple((region["code"], region["name"], tuple(region["states"])) for region in places["region"])
    return Vocabulary(targets, places["first_code"], regions, tuple(topics))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problem = Problem(f"{FOLDER}/{path.name}", None, None, "", f"cannot be read: {error}", "mend or add the file")
        raise ProblemsFound([problem]) from error


def _topic(entry: Mapping[str, Any]) -> Topic:
    lists = (
        "areas",
        "mandates",
        "leads",
        "markers",
        "subjects",
        "abilities",
        "audiences",
        "activities",
        "legacies",
        "needs",
        "gaps",
    )
    return Topic(
        key=entry["key"],
        pillar=entry["pillar"],
        theme=entry["theme"],
        weight=int(entry.get("weight", 1)),
        **{name: tuple(entry.get(name, ())) for name in lists},
    )


def _unknown_codes(file: str, topic: Topic, pack: Pack) -> Iterator[Problem]:
    asked = (
        ("pillar", (topic.pillar,), {row.code for row in pack.pillars}),
        ("theme", (topic.theme,), {row.code for row in pack.themes}),
        ("areas", topic.areas, {row.code for row in pack.areas}),
        ("mandates", topic.mandates, {row.code for row in pack.mandates}),
        ("leads", topic.leads, {row.code for row in pack.entities}),
        ("markers", topic.markers, {row.marker for row in pack.markers}),
    )
    for column, codes, known in asked:
        for code in codes:
            if code not in known:
                mend = f"use one of: {', '.join(sorted(known))}"
                yield Problem(file, None, f"{topic.key}.{column}", code, "the pack knows no such code", mend)


def _missing(targets: Mapping[str, Any]) -> Iterator[Problem]:
    for name in REQUIRED:
        if name not in targets:
            yield Problem(f"{FOLDER}/{TARGETS}", None, name, "", "is missing", "add it; strategies/ungcts has one")


def _unknown_targets(targets: Mapping[str, Any], pack: Pack) -> Iterator[Problem]:
    for column, code, known in _named(targets, pack):
        if code not in known:
            mend = f"use one of: {', '.join(sorted(known))}"
            yield Problem(f"{FOLDER}/{TARGETS}", None, column, code, "the pack knows no such code", mend)


def _named(targets: Mapping[str, Any], pack: Pack) -> Iterator[tuple[str, str, set[str]]]:
    """The codes in the targets: where each stands, the code, and those that the pack knows."""
    entities, pillars = {row.code for row in pack.entities}, {row.code for row in pack.pillars}
    yield from (("entities", code, entities) for code in targets["entities"])
    for part in ("mapping", "office", "needs"):
        section = targets.get(part, {})
        yield from ((f"{part}.entities", code, entities) for code in section.get("entities", ()))
        for key in ("entity", "assessor"):
            if key in section:
                yield f"{part}.{key}", section[key], entities
    for programme in targets.get("programmes", ()):
        yield from (("programmes.entities", code, set(targets["entities"])) for code in programme["entities"])
    yield from (("series.organiser", series["organiser"], entities) for series in targets.get("series", ()))
    for part in ("portfolio", "needs"):
        yield from ((f"{part}.pillars", code, pillars) for code in targets[part]["pillars"])
    if "mapping" in targets:
        yield "mapping.pillar", targets["mapping"]["pillar"], pillars
        areas = {row.code for row in pack.areas}
        yield from (("mapping.areas", code, areas) for code in targets["mapping"]["areas"])
    yield from (("markers", code, {row.marker for row in pack.markers}) for code in targets.get("markers", {}))
    yield "appeal.key", targets["appeal"]["key"], {row.code for row in pack.appeals}
