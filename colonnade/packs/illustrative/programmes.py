"""Programmes under way: which of the portfolio's ongoing projects an office leads, and how many States they reach."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from colonnade.packs.illustrative.allocation import fill_up
from colonnade.packs.illustrative.records import MadeState
from colonnade.packs.illustrative.vocabulary import Topic


@dataclass(slots=True)
class Plan:
    """A project before it has words, places and dates. Who leads it is settled last."""

    pillar: str
    scope: str
    status: str
    topic: Topic
    entity: str


def share_leads(
    rng: random.Random, plans: Sequence[Plan], entities: Sequence[str], programmes: Sequence[Mapping[str, Any]]
) -> None:
    """Let the ``entities`` of each programme lead its ``number`` of ongoing projects: others give or take the rest.

    Programmes stand from the narrowest to the widest, each with all entities of the one before. What is given or taken
    is typical of the new lead where that can be. Raises ``ValueError`` where too few projects are under way.
    """
    before: set[str] = set()
    counted = 0
    for asked in programmes:
        inside = [entity for entity in asked["entities"] if entity not in before]
        outside = [entity for entity in entities if entity not in {*before, *inside}]
        ongoing = [plan for plan in plans if plan.status == "ongoing" and plan.entity not in before]
        rng.shuffle(ongoing)
        led = sum(plan.entity in inside for plan in ongoing)
        wanted = asked["number"] - counted
        givers, takers = (outside, inside) if led < wanted else (inside, outside)
        moving = _spare([plan for plan in ongoing if plan.entity in givers], takers, plans)[: abs(wanted - led)]
        if len(moving) < abs(wanted - led):
            raise ValueError(f"only {len(moving)} ongoing projects can change their lead to or from {inside}")
        for plan in moving:
            plan.entity = rng.choice([entity for entity in takers if entity in plan.topic.leads])
        before.update(inside)
        counted = asked["number"]


def _spare(offered: Sequence[Plan], takers: Sequence[str], plans: Sequence[Plan]) -> list[Plan]:
    """Those of ``offered`` that are typical of a taker, and whose lead keeps two projects when all of them go."""
    leads = Counter(plan.entity for plan in plans)
    spare = []
    for plan in offered:
        if leads[plan.entity] > 2 and set(takers) & set(plan.topic.leads):
            leads[plan.entity] -= 1
            spare.append(plan)
    return spare


def share_states(
    rng: random.Random,
    plans: Sequence[Plan],
    states: Sequence[MadeState],
    programmes: Sequence[Mapping[str, Any]],
) -> dict[int, list[MadeState]]:
    """The States of each programme's ongoing projects, by the place of the project among ``plans``.

    A programme reaches exactly its ``states``, those of the programme before among them. National projects take one
    State each, new ones first; regional ones share what is missing in their regions.
    """
    shared: dict[int, list[MadeState]] = {}
    covered: list[MadeState] = []
    before: set[str] = set()
    for asked in programmes:
        led = [
            place
            for place, plan in enumerate(plans)
            if plan.status == "ongoing" and plan.entity in asked["entities"] and plan.entity not in before
        ]
        fresh = [state for state in states if state not in covered]
        for place in led:
            if plans[place].scope == "national":
                new = bool(fresh) and len(covered) < asked["states"]
                state = fresh.pop() if new else rng.choice(covered)
                covered += [state] if new else []
                shared[place] = [state]
        regional = [place for place in led if plans[place].scope == "regional"]
        shared |= _by_region(rng, regional, states, covered, asked["states"])
        if len(covered) != asked["states"]:
            raise ValueError(f"projects of {asked['entities']} reach {len(covered)} States, not {asked['states']}")
        before.update(asked["entities"])
    return shared


def _by_region(
    rng: random.Random, places: Sequence[int], states: Sequence[MadeState], covered: list[MadeState], total: int
) -> dict[int, list[MadeState]]:
    """Two States of one region or more for each of ``places``; ``covered`` grows to ``total`` as far as it can."""
    if not places:
        return {}
    need = total - len(covered)
    missing = {state.region: [s for s in states if s.region == state.region and s not in covered] for state in states}
    least: dict[str, int] = {}  # how many new States a region needs, so that two are reached there
    for code in sorted(missing, key=lambda code: -len(missing[code])):
        first = max(0, 2 - sum(state.region == code for state in covered))
        if len(least) < len(places) and first <= min(len(missing[code]), need - sum(least.values())):
            least[code] = first
    if not least:
        raise ValueError(f"no region where regional projects reach two of {total} States")
    served = list(least)
    room = [len(missing[code]) - least[code] for code in served]
    more = min(need - sum(least.values()), sum(room))
    shared: dict[int, list[MadeState]] = {}
    for code, number in zip(served, fill_up(more, room, [more] * len(room)), strict=True):
        new = missing[code][: least[code] + number]
        covered += new
        here = [place for turn, place in enumerate(places) if served[turn % len(served)] == code]
        for turn, place in enumerate(here):
            part = new[turn :: len(here)]
            known = [state for state in covered if state.region == code and state not in part]
            shared[place] = [*part, *rng.sample(known, max(0, 2 - len(part)))]
    return shared
