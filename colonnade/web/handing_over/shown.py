"""What is open of somebody, and what was handed over, as far as the reader may see it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.core.viewer import Viewer
from colonnade.members.models import HandedOver, Handover, Person, SavedView
from colonnade.needs.handing_over import Open
from colonnade.needs.models import Lifting
from colonnade.web.saved.addresses import view_address
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.roles import role_for


@dataclass(frozen=True, slots=True)
class Item:
    """One thing: what it is, where it is, and, once it was handed over, what was done with it."""

    key: str
    title: str
    aside: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is open: views and proposals that the reader may see, and what is said of those that they may not."""

    views: list[Item]
    proposals: list[Item]
    others: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A handover: of which role, from whom to whom, when, with which note, and its parts."""

    role: str
    from_whom: str
    to_whom: str
    when: datetime
    note: str
    items: list[Item]


def shown(viewer: Viewer, found: Open, *, own: bool) -> Shown:
    """What is open, for whoever hands it over, as far as they see it.

    Whoever does it for somebody else is told that the rest goes along, whether there is any or not: a number of what
    they may not see would tell them of it.
    """
    readable = set(SavedView.objects.visible_to(viewer).values_list("pk", flat=True))
    views = [_view(one) for one in found.views if one.pk in readable]
    seen = set(Lifting.objects.visible_to(viewer).values_list("pk", flat=True))
    proposals = [_proposal(one) for one in found.proposals if one.pk in seen]
    return Shown(views, proposals, "" if own else _("Whatever else is open, and not yours to see, goes along."))


def taken(viewer: Viewer) -> list[Taken]:
    """The handovers that ``viewer`` had a part in, the latest first, each with what is still theirs to see."""
    mine = Handover.objects.visible_to(viewer).select_related("role__entity", "role__country")
    found = list(mine.filter(to_person_id=viewer.user_id) | mine.filter(from_person_id=viewer.user_id))
    both = {key for one in found for key in (one.from_person_id, one.to_person_id)}
    names = dict(Person.objects.filter(pk__in=both).values_list("pk", "name"))
    items: dict[int, list[Item]] = defaultdict(list)
    parts = list(HandedOver.objects.visible_to(viewer).filter(handover__in=[one.pk for one in found]))
    views = {
        one.public_id: one
        for one in SavedView.objects.visible_to(viewer).filter(public_id__in=[part.record for part in parts])
    }
    proposals = {
        one.public_id: one
        for one in Lifting.objects.visible_to(viewer)
        .filter(public_id__in=[part.record for part in parts])
        .select_related("recommendation__country")
    }
    for part in parts:
        items[part.handover_id].append(_part(part, views.get(part.record), proposals.get(part.record)))
    return [
        Taken(
            role_for(one.role.role, one.role.entity, one.role.country),
            names[one.from_person_id],
            names[one.to_person_id],
            one.made_at,
            one.note,
            items[one.pk],
        )
        for one in found
    ]


def _part(part: HandedOver, view: SavedView | None, proposal: Lifting | None) -> Item:
    fate = str(part.get_fate_display())
    if view is not None:
        item = _view(view)
        return Item(item.key, item.title, fate, item.address)
    if proposal is not None:
        item = _proposal(proposal)
        return Item(item.key, item.title, f"{fate} · {proposal.get_standing_display()}", item.address)
    return Item(part.record, str(part.get_kind_display()), fate)


def _view(view: SavedView) -> Item:
    return Item(
        view.public_id,
        view.title,
        str(view.get_page_display()),
        view_address(view.page, view.query) or reverse("saved-views"),
    )


def _proposal(proposal: Lifting) -> Item:
    need = proposal.recommendation
    title = _("Proposal to show need %(need)s of %(state)s to: %(level)s") % {
        "need": need.reference or need.public_id,
        "state": need.country.name,
        "level": proposal.get_level_display(),
    }
    return Item(proposal.public_id, title, "", record_address("recommendation", need.public_id))
