"""What somebody may do here, and why not. Each reason is the access rule's own: the page states none of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.access import why_not_propose as why_not_release
from colonnade.analysis.merging.access import why_never_propose_merging
from colonnade.core.viewer import Viewer
from colonnade.members.access import (
    why_never_hand_over,
    why_never_take,
    why_not_administer,
    why_not_change_entities,
    why_not_keep_views,
    why_not_look,
)
from colonnade.needs.access import why_never_decide, why_never_mark, why_never_propose
from colonnade.needs.assistance.access import why_never_file
from colonnade.needs.plans.access import why_never_begin
from colonnade.portfolio.access import why_never_edit
from colonnade.web.house.access import why_not_see_details


@dataclass(frozen=True, slots=True)
class Act:
    """Something that people do here, who may, where it is done, and the duty that it conflicts with."""

    title: Promise
    why_not: Callable[[Viewer], str | None]
    page: str = ""
    conflict: Promise | str = ""


@dataclass(frozen=True, slots=True)
class Possible:
    """An act for one reader: ``why_not`` is empty where they may."""

    title: str
    address: str
    why_not: str
    conflict: str


ACTS: Final = (
    Act(gettext_lazy("Keep views of lists under a name"), why_not_keep_views, "saved-views"),
    Act(gettext_lazy("Edit projects that you answer for"), why_never_edit, "projects"),
    Act(
        gettext_lazy("Propose that two records of one project are made one"),
        why_never_propose_merging,
        "mergings",
        gettext_lazy("A second person of the secretariat makes them one."),
    ),
    Act(gettext_lazy("Make a need confidential for a State, or fields of it"), why_never_mark, "needs"),
    Act(
        gettext_lazy("Record a State's consent, and propose to open a need"),
        why_never_propose,
        "needs",
        gettext_lazy("Another person decides what you proposed."),
    ),
    Act(
        gettext_lazy("Approve or refuse what another person proposed about a need"),
        why_never_decide,
        "needs",
        gettext_lazy("Not what you proposed, or took over, yourself."),
    ),
    Act(gettext_lazy("File a State's request for assistance"), why_never_file, "requests"),
    Act(
        gettext_lazy("Begin a plan of action of a State or region, and write it"),
        why_never_begin,
        "plans",
        gettext_lazy("The State's own focal point agrees with it; entities accept what they lead."),
    ),
    Act(
        gettext_lazy("Propose, approve and withdraw released totals"),
        why_not_release,
        "releases",
        gettext_lazy("Another person approves what you proposed."),
    ),
    Act(
        gettext_lazy("Record that entities merged, were split or renamed"),
        why_not_change_entities,
        "entity-successions",
    ),
    Act(
        gettext_lazy("Hand over to a colleague, for yourself or somebody who left"), why_never_hand_over, "handing-over"
    ),
    Act(
        gettext_lazy("Invite people, give and end roles"),
        why_not_administer,
        "people",
        gettext_lazy("Another administrator does it for you."),
    ),
    Act(
        gettext_lazy("Take extra access in an emergency"),
        why_never_take,
        "extra-access",
        gettext_lazy("It is announced, and ends by itself."),
    ),
    Act(gettext_lazy("Look as somebody else"), why_not_look, "look"),
    Act(gettext_lazy("See the details of the health page"), why_not_see_details, "health"),
)


def acts_of(viewer: Viewer) -> Iterator[Possible]:
    """Every act, with the reason where ``viewer`` may not do it at all."""
    for act in ACTS:
        why_not = act.why_not(viewer) or ""
        address = reverse(act.page) if act.page and not why_not else ""
        yield Possible(str(act.title), address, why_not, "" if why_not else str(act.conflict))


def general_duty() -> str:
    """What holds whatever roles somebody holds together."""
    return _("Nobody approves their own work, whatever roles they hold together.")
