"""An entity says whether it leads the activities that name it."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Person
from colonnade.needs.models import ActionPlan, PlanActivity, PlanStep
from colonnade.needs.plans.access import why_not_answer
from colonnade.needs.plans.actions.writing import WHY, PlanRefused, cut, insist, insist_on_texts, locked, note


@action
def answer_lead(
    *, plan: ActionPlan, keys: Collection[str], answer: str, says: str = "", person: Person, actor: Actor
) -> list[PlanActivity]:
    """Accept or decline to lead the activities of these keys, for the entity that each names. Raises
    :class:`PlanRefused`."""
    viewer, at = locked(plan, person)
    if answer not in (PlanActivity.Answer.ACCEPTED, PlanActivity.Answer.DECLINED):
        raise PlanRefused(_("Say whether your entity leads it or not."))
    if answer == PlanActivity.Answer.DECLINED and not says.strip():
        raise PlanRefused(_("Say why your entity does not lead it."))
    insist_on_texts(says)
    rows = PlanActivity.objects.unscoped(WHY).select_related("lead", "of_plan").filter(of_plan=at.plan, key__in=keys)
    found = list(rows)
    if not found or len(found) != len(set(keys)):
        raise PlanRefused(_("Choose at least one activity of this draft."))
    for each in found:
        insist(why_not_answer(viewer, each))
        each.answer, each.says = answer, cut(says)
        each.answered_on, each.answered_by = timezone.localdate(), person
        each.save()
    done = PlanStep.Done.ACCEPTED if answer == PlanActivity.Answer.ACCEPTED else PlanStep.Done.DECLINED
    for entity in {each.lead for each in found}:
        texts = "; ".join(each.text for each in found if each.lead == entity)
        note(at.plan, done, viewer, f"{texts}. {says}".strip(), entity=entity)
    return found
