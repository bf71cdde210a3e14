"""Which entities a request is proposed to, and why: points for mandate, presence, past delivery and capacity. Pure.

A proposal is no decision: a person passes the request on, to whom they think right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Facts:
    """What the registry knows of one entity with regard to a request, as far as its reader sees it.

    ``leads`` and ``joins``: programmes on the request's theme that it leads, or takes part in. ``there`` and
    ``on_theme``: active projects in the State, and on the theme. ``done_there`` and ``done_on_theme``: completed ones.
    ``busy``: requests that it leads and that are open.
    """

    entity: str
    leads: int = 0
    joins: int = 0
    there: int = 0
    on_theme: int = 0
    done_there: int = 0
    done_on_theme: int = 0
    busy: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entity with its points of each part; the parts add up to the score."""

    facts: Facts
    parts: Mapping[str, int] = field(default_factory=dict)

    @property
    def score(self) -> int:
        """All points."""
        return sum(self.parts.values())


def points(facts: Facts, weights: Mapping[str, int]) -> dict[str, int]:
    """The points of each part, whole numbers from 0 to its weight.

    A programme led is the whole mandate, one taken part in half of it. Of the other parts the first record gives half
    the points, each further one half of what is left to give less and less: n of n + 1. Capacity counts active
    projects on the theme against those and the requests that the entity leads already.
    """
    done = 2 * facts.done_there + facts.done_on_theme
    return {
        "mandate": weights["mandate"] if facts.leads else weights["mandate"] // 2 if facts.joins else 0,
        "presence": weights["presence"] * facts.there // (facts.there + 1),
        "delivery": weights["delivery"] * done // (done + 1),
        "capacity": weights["capacity"] * facts.on_theme // (facts.on_theme + 1 + facts.busy),
    }


def proposals(known: Iterable[Facts], weights: Mapping[str, int], most: int) -> list[Proposal]:
    """The ``most`` entities with the highest scores above 0, by score and then by code."""
    found = [Proposal(facts, points(facts, weights)) for facts in known]
    ranked = sorted((each for each in found if each.score), key=lambda each: (-each.score, each.facts.entity))
    return ranked[:most]
