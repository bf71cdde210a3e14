"""What of a proposal its people write, and which values of it go together. Pure, but for the choices."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.portfolio.models import Origin, Scope
from colonnade.review.models import Proposal

if TYPE_CHECKING:
    from colonnade.review.eligibility import Check

#: Fields that are written -> how people call them, in the order in which they are asked. Keys end in ``_id``.
WRITTEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": gettext_noop("Title"),
        "working_group_id": gettext_noop("Working group"),
        "pillar_id": gettext_noop("Pillar"),
        "theme_id": gettext_noop("Thematic priority"),
        "scope": gettext_noop("Scope"),
        "purpose": gettext_noop("Purpose"),
        "performance": gettext_noop("Performance requirements"),
        "limits": gettext_noop("Constraints of cost, time and place"),
        "starts_on": gettext_noop("Begins"),
        "ends_on": gettext_noop("Ends"),
        "requested_usd": gettext_noop("Asked for, in US dollars"),
        "product_description": gettext_noop("Products and services"),
        "outcomes": gettext_noop("How outputs lead to outcomes"),
        "benefits": gettext_noop("How benefits will be sustained"),
        "quality": gettext_noop("Quality agreed with beneficiaries"),
        "origin": gettext_noop("Origin"),
        "cited_need_id": gettext_noop("Recommendation that it answers"),
        "requested_by_id": gettext_noop("State that asked for it"),
        "request_document": gettext_noop("Where the State asked"),
        "mandate_id": gettext_noop("Mandate"),
        "mandate_note": gettext_noop("How it follows from the mandate"),
        "programme_alignment": gettext_noop("With the joint programme of work"),
        "group_alignment": gettext_noop("With the group's terms of reference"),
        "fund_alignment": gettext_noop("With the fund's terms of reference"),
        "cofunding": gettext_noop("Co-funding"),
        "sustainability": gettext_noop("Sustainability"),
        "due_diligence": gettext_noop("Human rights due diligence"),
        "touches_protected": gettext_noop("Women or children linked to listed groups are concerned"),
    }
)
#: Sets that are written with them: the field -> how people call it.
CHOSEN: Final[Mapping[str, str]] = MappingProxyType(
    {"countries": gettext_noop("States"), "regions": gettext_noop("Regions"), "partners": gettext_noop("Partners")}
)


class ProposalRefused(ValueError):
    """What was asked for may not be done; the text says why."""


class ProposalChanged(ValueError):
    """Somebody else saved the proposal since it was read. ``current`` is the proposal as it stands."""

    def __init__(self, current: Proposal) -> None:
        super().__init__(_("Somebody else changed this proposal while you were writing."))
        self.current = current


class NotEligible(ValueError):
    """A proposal cannot be sent yet; ``checks`` are all of its checks, with what is missing."""

    def __init__(self, checks: "list[Check]") -> None:
        super().__init__(_("The proposal cannot be sent yet."))
        self.checks = checks


def why_not_so(values: Mapping[str, Any]) -> str | None:
    """Whether a proposal could stand like this: ``values`` are those of the written fields, all of them. A draft may
    lack anything but its title."""
    if not str(values["title"]).strip():
        return _("A proposal has a title.")
    if values["scope"] not in ("", *Scope.values) or values["origin"] not in ("", *Origin.values):
        return _("There is no such scope or origin.")
    if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
        return _("The project would end before it begins.")
    asked = values["requested_usd"]
    if asked is not None and not (isinstance(asked, Decimal) and asked.is_finite() and asked > 0):
        return _("What is asked for is an amount above 0.")
    return None


def without_other_origins(values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` where only the origin that is named keeps what it rests on."""
    kept = {
        Origin.RECOMMENDATION: ("cited_need_id",),
        Origin.REQUEST: ("requested_by_id", "request_document"),
        Origin.MANDATE: ("mandate_id", "mandate_note"),
    }
    found = dict(values)
    for origin, columns in kept.items():
        if values["origin"] != origin:
            found |= {column: None if column.endswith("_id") else "" for column in columns}
    return found
