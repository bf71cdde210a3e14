"""Where the page of a record is, by the kind and identifier that a figure's records carry."""

from typing import Final

from django.urls import reverse

PROJECT: Final = "project"
#: Kinds with a plain page of their own, under ``records/``.
PLAIN_KINDS: Final = (
    "recommendation",
    "event",
    "seed_award",
    "seed_round",
    "contributor",
    "contribution",
    "entity",
    "country",
)


def record_address(kind: str, identifier: str) -> str:
    """The page of a record, or empty where its kind has none."""
    if kind == PROJECT:
        return reverse("project", args=[identifier])
    if kind in PLAIN_KINDS:
        return reverse("record", args=[kind, identifier])
    return ""
