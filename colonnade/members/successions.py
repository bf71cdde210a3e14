"""What became of entities, read: who answers for whose past, who has ended, what somebody was called on a day."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from colonnade.members.models import Entity, FormerName, Succession


@dataclass(frozen=True, slots=True)
class Name:
    """What an entity is or was called."""

    abbreviation: str
    name: str


def with_predecessors(codes: Collection[str], on: date) -> frozenset[str]:
    """``codes`` and every entity that these followed by ``on``, through however many successions."""
    rows = Succession.objects.in_force(on).values_list("pk", "successors__code", "predecessors__code")
    followed: dict[str, set[str]] = defaultdict(set)
    staying: dict[int, set[str]] = defaultdict(set)
    for key, successor, _predecessor in rows:
        staying[key].add(successor)
    for key, successor, predecessor in rows:
        if predecessor not in staying[key]:
            followed[successor].add(predecessor)
    found, waiting = set(codes), list(codes)
    while waiting:
        new = followed.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)


def ended_by(on: date) -> Mapping[str, date]:
    """The entities that have ended by ``on``, by code, each with the day."""
    found: dict[str, date] = {}
    for succession in Succession.objects.in_force(on).prefetch_related("predecessors", "successors"):
        for entity in succession.ended:
            found.setdefault(entity.code, succession.took_effect_on)
    return found


def chain_before(entity: Entity) -> list[Succession]:
    """The successions that led to ``entity``, the latest first."""
    return _chain(entity, forward=False)


def chain_after(entity: Entity) -> list[Succession]:
    """The successions in which ``entity``, and whoever followed it, gave way, the earliest first."""
    return _chain(entity, forward=True)


def _chain(entity: Entity, *, forward: bool) -> list[Succession]:
    """Every succession on the way from ``entity`` onward or back, in the order in which they are come upon."""
    every = list(Succession.objects.standing().prefetch_related("predecessors", "successors"))
    found: list[Succession] = []
    waiting, met = [entity.pk], {entity.pk}
    while waiting:
        here = waiting.pop(0)
        for succession in every if forward else reversed(every):
            before, followed = list(succession.predecessors.all()), list(succession.successors.all())
            if forward and succession.kind == Succession.Kind.MERGED:
                before = succession.ended  # who takes others in goes on as before
            sources, targets = (before, followed) if forward else (followed, before)
            if succession in found or here not in {each.pk for each in sources}:
                continue
            found.append(succession)
            waiting.extend(each.pk for each in targets if each.pk not in met)
            met |= {each.pk for each in targets}
    return found


def names_on(day: date) -> Mapping[str, Name]:
    """What the entities that were renamed after ``day`` were called on it, by code."""
    found: dict[str, Name] = {}
    later = FormerName.objects.filter(renamed_on__gt=day).select_related("entity").order_by("-renamed_on")
    for former in later:
        found[former.entity.code] = Name(former.abbreviation, former.name)
    return found
