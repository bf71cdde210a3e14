"""What the writes of requests share: what is asked, refusals, the lock on a request, and the step that each leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from colonnade.core.individuals import MEND, find_individuals
from colonnade.core.viewer import Role, Viewer
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.needs.assistance.access import acts_for, speaks_for
from colonnade.needs.assistance.clocks import due_after
from colonnade.needs.assistance.queries import Twin, rules_now
from colonnade.needs.assistance.rules import Rules
from colonnade.needs.assistance.workflow import STEP_AT, WORKFLOW
from colonnade.needs.models import AssistanceRequest, AssistanceStep, Recommendation
from colonnade.strategy.models import Theme

WHY: Final = "an action on a request, which it locked"
LONGEST: Final = 5_000


class RequestRefused(ValueError):
    """What was asked for may not be done; the text says why."""


class TwinsUnseen(RequestRefused):
    """There are requests that may be the same, and whoever files was not shown them yet."""

    def __init__(self, twins: Sequence[Twin]) -> None:
        super().__init__(_("There are requests that may be the same. Look at them, then send it if it is another."))
        self.twins = tuple(twins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a State asks for. The named read it; the compact and the resident coordinator where the State says so."""

    kind: str
    channel: str
    title: str
    what: str
    why: str
    need: Recommendation | None = None
    theme: Theme | None = None
    by_when: date | None = None
    document: str = ""
    brought_by: str = AssistanceRequest.Brought.STATE
    touches: str = ""
    facilitation: bool = False
    sent_to: Entity | None = None
    open_to_compact: bool = False
    coordinator_reads: bool = False


def rules() -> Rules:
    """The rules of the strategy. Raises :class:`RequestRefused` where it has none."""
    found = rules_now()
    if found is None:
        raise RequestRefused(_("This strategy says nothing of how requests are dealt with: no channel leads anywhere."))
    return found


def insist(why_not: str | None) -> None:
    """Raise :class:`RequestRefused` with the reason, where there is one."""
    if why_not:
        raise RequestRefused(why_not)


def insist_on_texts(*texts: str) -> None:
    """Raise :class:`RequestRefused` where a text seems to hold a detail of an individual."""
    for text in texts:
        for one in find_individuals(text):
            raise RequestRefused(f"{capfirst(one.why)}. {capfirst(_(MEND))}.")


def cut(text: str) -> str:
    """A text as it is kept."""
    return text.strip()[:LONGEST]


def locked(
    asked: AssistanceRequest, person: Person, seen_version: int | None = None
) -> tuple[Viewer, AssistanceRequest]:
    """The viewer that ``person`` is now, and the request, locked. Raises :class:`RequestRefused` where they may not see
    it, or where it changed since ``seen_version``."""
    viewer = viewer_for(person, timezone.localdate())
    seen = AssistanceRequest.objects.visible_to(viewer).select_related(
        "country", "lead", "sent_to", "asked_programme", "asked_theme__pillar"
    )
    current = seen.select_for_update(of=("self",)).filter(pk=asked.pk).first()
    if current is None:
        raise RequestRefused(_("There is no such request among those that you may read."))
    if seen_version is not None and current.version != seen_version:
        raise RequestRefused(_("This request changed since you opened the page. Look at it again."))
    return viewer, current


def for_step(
    asked: AssistanceRequest, person: Person, seen_version: int, step: str, reason: str | None = None
) -> tuple[Viewer, AssistanceRequest]:
    """The same for a step of the workflow, which must be open to the person; ``reason`` must say something where it is
    given."""
    viewer, current = locked(asked, person)
    insist(WORKFLOW[step].why_not(viewer, current))
    locked_version(current, seen_version)
    if reason is not None:
        if not reason.strip():
            raise RequestRefused(_("Say why."))
        insist_on_texts(reason)
    return viewer, current


def locked_version(current: AssistanceRequest, seen_version: int) -> None:
    """Raise :class:`RequestRefused` where the request changed since it was looked at."""
    if current.version != seen_version:
        raise RequestRefused(_("This request changed since you opened the page. Look at it again."))


def move(current: AssistanceRequest, step: str, reason: str = "") -> None:
    """Bring a request to where ``step`` leads, and start the clock that runs there."""
    today, target = timezone.localdate(), WORKFLOW[step].target
    if current.standing != target:
        current.standing, current.standing_since = target, today
        current.due_on = due_at(target, today)
    current.reason = cut(reason)
    current.version += 1
    current.save()


def due_at(standing: str, today: date) -> date | None:
    """The day by which a request that comes to ``standing`` today is to go on from there."""
    step = STEP_AT.get(AssistanceRequest.Standing(standing))
    known = rules_now()
    return due_after(today, known.days(step)) if step is not None and known is not None else None


def note(
    current: AssistanceRequest,
    done: str,
    viewer: Viewer,
    says: str = "",
    *,
    about: Entity | None = None,
    entity: Entity | None = None,
) -> AssistanceStep:
    """Write down what was done, about whom, and for whom: ``entity`` where it is given, else the State, the entity that
    leads or was turned to, or the secretariat."""
    acting = {"entity": entity} if entity is not None else _acting_for(viewer, current)
    return AssistanceStep.objects.unscoped(WHY).create(
        of_request=current, done=done, standing=current.standing, says=cut(says), about=about, **acting
    )


def _acting_for(viewer: Viewer, current: AssistanceRequest) -> dict[str, Any]:
    if speaks_for(viewer, current):
        return {"country": current.country}
    if Role.SECRETARIAT in viewer.roles:
        return {}
    for entity in (current.lead, current.sent_to):
        if entity is not None and acts_for(viewer, entity.code):
            return {"entity": entity}
    return {"entity": Entity.objects.filter(code__in=viewer.entity_ids).order_by("code").first()}
