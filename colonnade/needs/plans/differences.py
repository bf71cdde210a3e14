"""What one version of a plan has that another has not, part by part. Pure: the words are the page's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from colonnade.needs.plans.content import PlanContent, PlannedNeed

#: Kind of a part -> the fields that are compared. Progress and order are no difference of what was agreed.
COMPARED: Final[Mapping[str, tuple[str, ...]]] = {
    "plan": ("title", "starts_on", "ends_on"),
    "need": ("reason",),
    "outcome": ("text",),
    "output": ("text",),
    "activity": ("text", "lead_name", "partners", "starts_on", "ends_on", "cost", "funded_from"),
    "indicator": ("title", "unit", "baseline", "target", "due_on"),
    "risk": ("text", "likelihood", "impact", "response", "owner"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what it was and what it is."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that is new, gone, or changed in some fields. ``text`` is what it is called."""

    kind: str
    sort: str
    text: str
    changes: tuple[Change, ...] = ()


def differences(before: PlanContent, after: PlanContent) -> list[Difference]:
    """Everything in which ``after`` differs from ``before``, in the order of :data:`COMPARED`.

    Last comes the order of needs.
    """
    one, other = _parts(before), _parts(after)
    found = []
    for kind in COMPARED:
        old, new = one[kind], other[kind]
        for key, part in new.items():
            if key not in old:
                found.append(Difference(kind, "new", _called(part)))
            elif changes := _changes(kind, old[key], part):
                found.append(Difference(kind, "changed", _called(part), changes))
        found += [Difference(kind, "gone", _called(part)) for key, part in old.items() if key not in new]
    return found + _reordered(before.needs, after.needs)


def _reordered(before: Sequence[PlannedNeed], after: Sequence[PlannedNeed]) -> list[Difference]:
    """The new order, where needs that both have stand otherwise to one another. It is told without numbers: what a
    reader does not see is not counted, so that a number would name another need to another reader."""
    old, new = ([each.public_id for each in found] for found in (before, after))
    if [each for each in old if each in new] == [each for each in new if each in old]:
        return []
    return [Difference("order", "changed", "; ".join(_called(each) for each in after))]


def _parts(content: PlanContent) -> dict[str, dict[str, Any]]:
    """The parts of a plan by kind and key."""
    return {
        "plan": {"": content},
        "need": {each.public_id: each for each in content.needs},
        "outcome": {each.key: each for each in content.outcomes},
        "output": {each.key: each for each in content.outputs},
        "activity": {each.key: each for each in content.activities},
        "indicator": {each.key: each for each in content.indicators},
        "risk": {each.key: each for each in content.risks},
    }


def _changes(kind: str, old: Any, new: Any) -> tuple[Change, ...]:
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in COMPARED[kind])
    return tuple(Change(name, before, after) for name, before, after in pairs if before != after)


def _called(part: Any) -> str:
    known = {each.name for each in fields(part)}
    if "reference" in known:
        return f"{part.title} ({part.reference})" if part.title else str(part.reference)
    return str(part.text if "text" in known else part.title)
