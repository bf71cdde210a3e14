"""What cuts across sectors: policy markers with their significance, tags, and humanitarian scopes."""

from dataclasses import dataclass

from lxml.etree import _Element

from colonnade.exchange.iati import codes
from colonnade.exchange.iati.values import Notes, attribute, code


@dataclass(frozen=True, slots=True)
class PolicyMarker:
    """A marker (vocabulary 1: the OECD DAC's) and its significance, 0 to 4."""

    vocabulary: str
    code: str
    significance: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A code of a tag vocabulary."""

    vocabulary: str
    code: str


@dataclass(frozen=True, slots=True)
class HumanitarianScope:
    """The emergency (type 1) or appeal (type 2) that an activity belongs to."""

    type: str
    vocabulary: str
    code: str


def read_policy_markers(activity: _Element, notes: Notes) -> tuple[PolicyMarker, ...]:
    """The policy markers that state a significance: one without it says nothing, and is noted where it is empty."""
    found = []
    for element in activity.findall("policy-marker"):
        vocabulary = attribute(element, "vocabulary") or "1"
        if vocabulary == "1":
            marker = code(element, "code", codes.POLICY_MARKER, "policy marker", notes)
        else:
            marker = attribute(element, "code")
        significance = code(element, "significance", codes.POLICY_SIGNIFICANCE, "significance", notes)
        if marker and significance:
            found.append(PolicyMarker(vocabulary, marker, significance))
    return tuple(found)


def read_tags(activity: _Element) -> tuple[Tag, ...]:
    """Every tag that has a code."""
    return tuple(
        Tag(attribute(element, "vocabulary"), attribute(element, "code"))
        for element in activity.findall("tag")
        if attribute(element, "code")
    )


def read_humanitarian_scopes(activity: _Element) -> tuple[HumanitarianScope, ...]:
    """Every humanitarian scope that has a code."""
    return tuple(
        HumanitarianScope(attribute(element, "type"), attribute(element, "vocabulary"), attribute(element, "code"))
        for element in activity.findall("humanitarian-scope")
        if attribute(element, "code")
    )
