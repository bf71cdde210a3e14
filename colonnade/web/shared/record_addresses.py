"""Where the page of a record is, by the kind and identifier that a figure's records carry."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.urls import reverse

PROJECT: Final = "project"
#: Kinds with a page in an area of their own -> the name of its address. Under ``records/`` they lead on to it.
OWN_PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        PROJECT: "project",
        "recommendation": "need",
        "assessment": "assessment",
        "response": "response",
        "assistance_request": "assistance-request",
        "action_plan": "action-plan",
        "event": "event",
        "proposal": "proposal",
        "call": "call",
        "seed_round": "seed-round",
        "appeal": "appeal",
        "contributor": "contributor-page",
        "pledge": "pledge",
        "allocation": "allocation",
        "marker_check": "marker-check",
        "country": "country",
        "region": "region",
        "entity": "entity",
        "pillar": "pillar",
        "theme": "theme",
        "area": "area",
        "working_group": "group",
        "programme": "programme",
        "mandate": "mandate",
        "instrument": "instrument",
    }
)
#: Kinds with a plain page under ``records/``.
PLAIN_KINDS: Final = ("seed_award", "contribution")


def record_address(kind: str, identifier: str) -> str:
    """The page of a record, or empty where its kind has none."""
    if kind in OWN_PAGES:
        return reverse(OWN_PAGES[kind], args=[identifier])
    if kind in PLAIN_KINDS:
        return reverse("record", args=[kind, identifier])
    return ""
