"""What can be chosen in the sections of a proposal: lists of the registry, as far as whoever writes may read them."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from django.utils.translation import gettext as _

from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity, WorkingGroup
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Origin, Scope
from colonnade.review.models import Proposal
from colonnade.review.summaries import citable_needs
from colonnade.strategy.models import Mandate, Pillar, Theme

Choices = list[tuple[str, str]]
Offer = Callable[[Viewer, Proposal], Choices]
_LONGEST: Final = 110


def entities() -> Choices:
    """Every entity, by its abbreviation."""
    return [(str(each.pk), f"{each.abbreviation}: {each.name}") for each in Entity.objects.order_by("abbreviation")]


def _needs(viewer: Viewer, proposal: Proposal) -> Choices:
    places = [country.pk for country in proposal.countries.all()]
    return [
        (str(need.pk), f"{need.country.name}: {need.reference} {need.title}"[:_LONGEST])
        for need in citable_needs(viewer, places)
    ]


def _partners(_viewer: Viewer, proposal: Proposal) -> Choices:
    return [choice for choice in entities() if choice[0] != str(proposal.entity_id)]


def _titled(model: type[Pillar] | type[Theme] | type[WorkingGroup], _viewer: Viewer, _proposal: Proposal) -> Choices:
    return [(str(each.pk), each.title) for each in model._default_manager.all()]


def _countries(_viewer: Viewer, _proposal: Proposal) -> Choices:
    return [(str(each.pk), each.name) for each in Country.objects.order_by("name")]


def _regions(_viewer: Viewer, _proposal: Proposal) -> Choices:
    return [(str(each.pk), each.name) for each in Region.objects.order_by("name")]


def _mandates(_viewer: Viewer, _proposal: Proposal) -> Choices:
    return [(str(each.pk), f"{each.code}: {each.subject}"[:_LONGEST]) for each in Mandate.objects.order_by("code")]


#: Field -> what it offers; all but those of :data:`SEVERAL` may be left open.
OFFERED: Final[Mapping[str, Offer]] = {
    "working_group": partial(_titled, WorkingGroup),
    "pillar": partial(_titled, Pillar),
    "theme": partial(_titled, Theme),
    "requested_by": _countries,
    "mandate": _mandates,
    "cited_need": _needs,
    "scope": lambda _viewer, _proposal: [(value, str(label)) for value, label in Scope.choices],
    "origin": lambda _viewer, _proposal: [(value, str(label)) for value, label in Origin.choices],
    "countries": _countries,
    "regions": _regions,
    "partners": _partners,
}
#: Fields of which several are chosen.
SEVERAL: Final = frozenset({"countries", "regions", "partners"})


def nothing_chosen(name: str) -> str:
    """What stands where nothing is chosen. A need stays as it is: whoever writes may not be shown which one it is."""
    return _("As it is") if name == "cited_need" else _("Not chosen")
