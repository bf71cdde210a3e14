"""What every page knows: which strategy this is, what it says of illustrative records, who looks, where one can go.

A page of one inventory, or of one record, says itself whether that is ``illustrative``, which overrides the house's.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.audit.records import Provenance
from colonnade.core.viewer import PUBLIC
from colonnade.portfolio.models import Inventory
from colonnade.strategy.models import Strategy
from colonnade.web.shared.audiences import label_of
from colonnade.web.shared.languages import languages


@dataclass(frozen=True, slots=True)
class Destination:
    """An entry of the navigation. ``current`` is the value of ``aria-current``, or empty."""

    title: str
    address: str
    current: str


def house(request: HttpRequest) -> dict[str, Any]:
    """The variables of the base template."""
    strategy = Strategy.objects.first()
    illustrative = Inventory.objects.filter(provenance=Provenance.ILLUSTRATIVE).exists()
    return {
        "strategy": strategy,
        "illustrative_notice": strategy.illustrative_notice if strategy else "",
        "illustrative": illustrative,
        "audience_label": label_of(getattr(request, "viewer", PUBLIC)),
        "navigation": _navigation(request.path),
        "languages": languages(),
        "demo": settings.DEMO,
    }


def _navigation(path: str) -> list[Destination]:
    entries = [
        (_("Overview"), reverse("home")),
        (_("Reports"), reverse("reports")),
        (_("Projects"), reverse("projects")),
        (_("Figures"), reverse("figures")),
    ]
    return [Destination(title, address, _current(address, path)) for title, address in entries]


def _current(address: str, path: str) -> str:
    if path == address:
        return "page"
    return "true" if address != reverse("home") and path.startswith(address) else ""
