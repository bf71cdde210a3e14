"""What the writes of plans share: refusals, the lock on a plan, who is named in it, and the step that each leaves."""

from typing import Any, Final

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from colonnade.core.individuals import MEND, find_individuals
from colonnade.core.viewer import AUDIENCES, Role, Viewer
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.needs.models import (
    ActionPlan,
    PlanActivity,
    PlanCosts,
    PlanEntity,
    PlanState,
    PlanStep,
    PlanVersion,
)
from colonnade.needs.plans.access import Held, acts_for, why_not_draft
from colonnade.needs.plans.content import PlanContent
from colonnade.needs.plans.freezing import costed, table_kept, thawed
from colonnade.needs.plans.queries import version_content
from colonnade.needs.plans.workflow import WORKFLOW

WHY: Final = "an action on a plan of action, which it locked"
LONGEST: Final = 5_000
#: For what an action works out of every row: who reads the result is another matter.
EVERY_RECORD: Final = AUDIENCES["secretariat"].viewer


class PlanRefused(ValueError):
    """What was asked for may not be done; the text says why."""


def insist(why_not: str | None) -> None:
    """Raise :class:`PlanRefused` with the reason, where there is one."""
    if why_not:
        raise PlanRefused(why_not)


def insist_on_texts(*texts: str) -> None:
    """Raise :class:`PlanRefused` where a text seems to hold a detail of an individual."""
    for text in texts:
        for one in find_individuals(text):
            raise PlanRefused(f"{capfirst(one.why)}. {capfirst(_(MEND))}.")


def cut(text: str) -> str:
    """A text as it is kept."""
    return text.strip()[:LONGEST]


def locked(plan: ActionPlan, person: Person, seen_version: int | None = None) -> tuple[Viewer, Held]:
    """The viewer that ``person`` is now, and the plan, locked. Raises :class:`PlanRefused` where they may not see it,
    or where it changed since ``seen_version``."""
    viewer = viewer_for(person, timezone.localdate())
    rows = ActionPlan.objects.visible_to(viewer).select_related("country", "region")
    current = rows.select_for_update(of=("self",)).filter(pk=plan.pk).first()
    if current is None:
        raise PlanRefused(_("There is no such plan among those that you may read."))
    states = PlanState.objects.visible_to(viewer).filter(of_plan=current)
    at = Held(current, frozenset(states.values_list("country__code", flat=True)))
    if seen_version is not None and current.version != seen_version:
        raise PlanRefused(_("This plan changed since you opened the page. Look at it again."))
    return viewer, at


def for_draft(plan: ActionPlan, person: Person, seen_version: int, *texts: str) -> tuple[Viewer, ActionPlan]:
    """The same for a write of what the plan says, which ``person`` has to be allowed; ``texts`` speak of nobody."""
    viewer, at = locked(plan, person)
    insist(why_not_draft(viewer, at))
    _insist_on_version(at, seen_version)
    insist_on_texts(*texts)
    return viewer, at.plan


def for_step(
    plan: ActionPlan, person: Person, seen_version: int, step: str, reason: str | None = None
) -> tuple[Viewer, Held]:
    """The same for a step of the workflow; ``reason`` must say something where it is given."""
    viewer, at = locked(plan, person)
    insist(WORKFLOW[step].why_not(viewer, at))
    _insist_on_version(at, seen_version)
    if reason is not None:
        if not reason.strip():
            raise PlanRefused(_("Say why."))
        insist_on_texts(reason)
    return viewer, at


def _insist_on_version(at: Held, seen_version: int) -> None:
    if at.plan.version != seen_version:
        raise PlanRefused(_("This plan changed since you opened the page. Look at it again."))


def touched(plan: ActionPlan) -> None:
    """Raise the version of a plan whose parts changed, so that whoever looked at it before looks again."""
    plan.version += 1
    plan.save()


def move(plan: ActionPlan, step: str, reason: str = "") -> None:
    """Bring a plan to where ``step`` leads."""
    plan.standing, plan.standing_since = WORKFLOW[step].target, timezone.localdate()
    plan.reason = cut(reason)
    touched(plan)


def note(plan: ActionPlan, done: str, viewer: Viewer, says: str = "", *, entity: Entity | None = None) -> None:
    """Write down what was done, and for whom: ``entity`` where it is given, else one of the plan's States, the
    secretariat, or the entity for which the viewer assesses."""
    PlanStep.objects.unscoped(WHY).create(
        of_plan=plan, done=done, standing=plan.standing, says=cut(says), **_acting_for(plan, viewer, entity)
    )


def _acting_for(plan: ActionPlan, viewer: Viewer, entity: Entity | None) -> dict[str, Any]:
    if entity is not None:
        return {"entity": entity}
    if Role.STATE in viewer.roles:
        rows = PlanState.objects.unscoped(WHY).filter(of_plan=plan, country__code__in=viewer.country_codes)
        own = rows.select_related("country").first()
        if own is not None:
            return {"country": own.country}
    if Role.SECRETARIAT in viewer.roles:
        return {}
    return {"entity": Entity.objects.filter(code__in=viewer.entity_ids).order_by("code").first()}


def led_by(viewer: Viewer, codes: set[str]) -> Entity | None:
    """The one of some entities for which the viewer speaks; ``None`` for the secretariat."""
    code = next((each for each in sorted(codes) if acts_for(viewer, each)), None)
    return Entity.objects.get(code=code) if code is not None else None


def in_force(plan: ActionPlan) -> PlanVersion | None:
    """The last version that was agreed."""
    rows = PlanVersion.objects.unscoped(WHY).filter(of_plan=plan, standing=PlanVersion.Standing.AGREED)
    return rows.order_by("-number").first()


def content_in_force(plan: ActionPlan) -> tuple[PlanVersion, PlanContent]:
    """The version in force, with what was reported since. Raises :class:`PlanRefused` where none is."""
    version = in_force(plan)
    if version is None:
        raise PlanRefused(_("No version of this plan was agreed yet."))
    return version, version_content(EVERY_RECORD, plan, version)


def sync_named(plan: ActionPlan) -> None:
    """The entities that read the plan are those that the draft or the version in force names."""
    wanted: set[str] = set()
    for lead, partners in PlanActivity.objects.unscoped(WHY).filter(of_plan=plan).values_list("lead__code", "partners"):
        wanted |= {lead, *partners}
    version = in_force(plan)
    if version is not None:
        for each in thawed(version.content, level=plan.level, number=version.number).activities:
            wanted |= {each.lead, *each.partners}
    rows = PlanEntity.objects.unscoped(WHY).filter(of_plan=plan)
    rows.exclude(entity__code__in=wanted).delete()
    missing = Entity.objects.filter(code__in=wanted).exclude(pk__in=rows.order_by().values("entity"))
    PlanEntity.objects.unscoped(WHY).bulk_create(PlanEntity(of_plan=plan, entity=each) for each in missing)


def refresh_costs(plan: ActionPlan) -> None:
    """Bring the costed table up to the version in force and what was reported since."""
    version, content = content_in_force(plan)
    today = timezone.localdate()
    table = table_kept(costed(content, version.agreed_on or today, today))
    PlanCosts.objects.unscoped(WHY).update_or_create(of_plan=plan, defaults={"table": table, "as_of": today})
