"""What is said about a merging is said about the pair as well: agreeing to it, that the two are one project; ending it,
that this is to be decided again."""

from django.utils import timezone

from colonnade.analysis.merging.access import SIDES
from colonnade.analysis.merging.joined import every
from colonnade.analysis.models import Merging, OverlapDecision
from colonnade.analysis.overlaps import recorded_twice
from colonnade.core.viewer import Viewer


def say_same(viewer: Viewer, merging: Merging) -> None:
    """Write into the decision that the two are one project, where it keeps the same record, which side agreed."""
    decision = _said_of(merging)
    if decision is None or decision.declined_at is not None or decision.kept_id != merging.kept_id:
        return
    instead = recorded_twice(viewer, merging.kept).kept
    if instead is not None and instead.pk != merging.merged_id:
        return  # a chain has to have an end
    before = (decision.one_accepted_by_id, decision.other_accepted_by_id)
    for side in SIDES:
        of_pair = "one" if decision.one_id == getattr(merging, f"{side}_id") else "other"
        if getattr(merging, f"{side}_agreed_by_id") and not getattr(decision, f"{of_pair}_accepted_by_id"):
            setattr(decision, f"{of_pair}_accepted_by", getattr(merging, f"{side}_agreed_by"))
            setattr(decision, f"{of_pair}_accepted_at", getattr(merging, f"{side}_agreed_at"))
    if before != (decision.one_accepted_by_id, decision.other_accepted_by_id):
        decision.version += 1
        decision.save()


def take_back_same(merging: Merging) -> None:
    """End the decision that the two are one project: the pair is to be decided again, and what was said stays."""
    decision = _said_of(merging)
    if decision is not None:
        decision.ended_at = timezone.now()
        decision.version += 1
        decision.save()


def _said_of(merging: Merging) -> OverlapDecision | None:
    """The decision in force that the two are one project. Both records are locked."""
    first, second = sorted((merging.kept_id, merging.merged_id))
    rows = every(OverlapDecision).filter(one=first, other=second, ended_at__isnull=True)
    found: OverlapDecision | None = (
        rows.filter(verdict=OverlapDecision.Verdict.SAME).select_for_update(of=("self",)).first()
    )
    return found
