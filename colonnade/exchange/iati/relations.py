"""Which other activities an activity belongs to: parents, children, siblings, co-funded and third-party reports."""

from dataclasses import dataclass

from lxml.etree import _Element

from colonnade.exchange.iati import codes
from colonnade.exchange.iati.values import Notes, attribute, code

PARENT, CHILD = "1", "2"


@dataclass(frozen=True, slots=True)
class RelatedActivity:
    """The identifier of another activity, and how it is related (1 parent, 2 child, 3 sibling, 4, 5)."""

    ref: str
    type: str


def read_related_activities(activity: _Element, notes: Notes) -> tuple[RelatedActivity, ...]:
    """Every related activity that states its identifier and how it is related."""
    found = []
    for element in activity.findall("related-activity"):
        ref = "".join(attribute(element, "ref").split())
        kind = code(element, "type", codes.RELATED_ACTIVITY_TYPE, "type of relation", notes)
        if ref and kind:
            found.append(RelatedActivity(ref, kind))
    return tuple(found)
