"""What every page knows: which strategy this is, what it says of illustrative records, who looks, where one can go.

A page of one inventory, or of one record, says itself whether that is ``illustrative``, which overrides the house's.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from colonnade.audit.records import Provenance
from colonnade.core.viewer import PUBLIC, Viewer
from colonnade.members.access import why_not_see_people
from colonnade.members.models import Look
from colonnade.members.queries import WATCHERS
from colonnade.places.models import Country
from colonnade.portfolio.models import Inventory
from colonnade.strategy.models import Strategy
from colonnade.web.history.tabs import record_tabs
from colonnade.web.house.access import may_see_details
from colonnade.web.shared.audiences import label_of
from colonnade.web.shared.languages import languages
from colonnade.web.shared.pages import Crumb
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.roles import for_whom, role_for, role_title


@dataclass(frozen=True, slots=True)
class Area:
    """An area of the pages: the name of its address, its title, and where else its pages are.

    ``term`` is the key under which a strategy may have a word of its own for it.
    """

    name: str
    title: str
    also: tuple[str, ...] = ()
    term: str = ""


AREAS: Final = (
    Area("home", gettext_noop("Overview")),
    Area("projects", gettext_noop("Projects"), ("/markers/", "/overlaps/", "/mergings/")),
    Area("needs", gettext_noop("Needs"), ("/records/recommendation/", "/suggestions/")),
    Area("requests", gettext_noop("Requests")),
    Area("plans", gettext_noop("Plans")),
    Area("coverage", gettext_noop("Coverage")),
    Area("countries", gettext_noop("States"), ("/regions/",), "states"),
    Area("strategy", gettext_noop("Strategy"), ("/pillars/", "/areas/", "/themes/", "/mandates/", "/instruments/")),
    Area("entities", gettext_noop("Entities"), ("/groups/",)),
    Area("money", gettext_noop("Money"), ("/records/seed_award/", "/records/contribution/")),
    Area("calls", gettext_noop("Calls"), ("/proposals/", "/board/")),
    Area("events", gettext_noop("Events")),
    Area("library", gettext_noop("Library")),
    Area("explore", gettext_noop("Explore")),
    Area("reports", gettext_noop("Reports")),
    Area("figures", gettext_noop("Figures"), ("/glossary/", "/releases/")),
)


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
    viewer: Viewer = getattr(request, "viewer", PUBLIC)
    look: Look | None = getattr(request, "look", None)
    return {
        "strategy": strategy,
        "illustrative_notice": strategy.illustrative_notice if strategy else "",
        "illustrative": illustrative,
        "audience_label": label_of(viewer),
        "looking": role_for(look.role, look.entity, look.country) if look else "",
        "own_pages": own_pages(viewer),
        "operates": may_see_details(viewer),
        "sees_people": why_not_see_people(viewer) is None,
        "watches": bool(viewer.roles & WATCHERS),
        "extra_watched": [(one, role_title(one.role), for_whom(one)) for one in getattr(request, "extra_watched", ())],
        "record_tabs": record_tabs(request),
        "navigation": _navigation(request.path, strategy),
        "languages": languages(),
        "demo": settings.DEMO,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }


def own_pages(viewer: Viewer) -> list[Crumb]:
    """The pages of the State or the entity that the reader is here for, one click from everywhere."""
    entities = [Crumb(code, record_address("entity", code)) for code in sorted(viewer.entity_ids)]
    own = viewer.country_codes | viewer.coordinates
    if not own:
        return entities
    states = Country.objects.filter(code__in=own).order_by("name")
    language = get_language() or "en"
    return [*(Crumb(state.name_in(language), record_address("country", state.code)) for state in states), *entities]


def _navigation(path: str, strategy: Strategy | None) -> list[Destination]:
    """The areas that there are, in the order of :data:`AREAS`."""
    found = []
    for area in AREAS:
        try:
            address = reverse(area.name)
        except NoReverseMatch:  # this house has no such area
            continue
        own = strategy.terms.get(area.term, "") if strategy and area.term else ""
        found.append(Destination(capfirst(own) or _(area.title), address, _current(address, area.also, path)))
    return found


def _current(address: str, also: tuple[str, ...], path: str) -> str:
    if path == address:
        return "page"
    prefixes = also if address == reverse("home") else (address, *also)
    return "true" if path.startswith(prefixes) else ""
