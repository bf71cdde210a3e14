"""What was decided about a merged record together with another: it is not asked again about the kept one."""

from django.db.models import F, Q
from django.utils import timezone

from colonnade.analysis.merging.joined import MERGED_REASON, Joined, every
from colonnade.analysis.models import DismissedSuggestion, Merging, OverlapDecision
from colonnade.portfolio.models import Project


def move_decisions(joined: Joined) -> None:
    """Decisions in force about the other and a third hold for the kept record and the third, unless something was
    decided about those two, or one entity leads both; then they stay as they are. What was ended stays."""
    of_merged = Q(one=joined.merged) | Q(other=joined.merged)
    for decision in every(OverlapDecision).filter(of_merged, ended_at__isnull=True).order_by("pk"):
        third = decision.other_id if decision.one_id == joined.merged.pk else decision.one_id
        lead = every(Project).filter(pk=third).values_list("lead_entity_id", flat=True).get()
        if third == joined.kept.pk or lead == joined.kept.lead_entity_id:
            continue
        first, second = sorted((third, joined.kept.pk))
        if every(OverlapDecision).filter(one=first, other=second, ended_at__isnull=True).exists():
            continue
        kept = joined.kept.pk if decision.kept_id == joined.merged.pk else decision.kept_id
        # What the third entity accepted it goes on accepting; the kept record's own has not been asked.
        theirs = "one" if decision.one_id == third else "other"
        side = "one" if first == third else "other"
        accepted = dict.fromkeys(f"{name}_accepted_{what}" for name in ("one", "other") for what in ("by", "at"))
        for what in ("by", "at"):
            accepted[f"{side}_accepted_{what}"] = getattr(decision, f"{theirs}_accepted_{what}")
        every(OverlapDecision).filter(pk=decision.pk).update(
            one=first, other=second, kept=kept, version=F("version") + 1, **accepted
        )


def move_dismissals(joined: Joined) -> None:
    """Suggestions that were dismissed stay dismissed."""
    rows = every(DismissedSuggestion).filter(ended_at__isnull=True)
    own = rows.filter(project=joined.kept).values("recommendation")
    rows.filter(project=joined.merged).exclude(recommendation__in=own).update(
        project=joined.kept, version=F("version") + 1
    )


def end_other_mergings(joined: Joined) -> None:
    """Proposals that wait to merge something into the record that is no more, or it into something, are withdrawn."""
    waiting = every(Merging).filter(standing=Merging.Standing.PROPOSED)
    others = waiting.filter(Q(kept=joined.merged) | Q(merged=joined.merged)).exclude(
        kept=joined.kept, merged=joined.merged
    )
    others.update(
        standing=Merging.Standing.WITHDRAWN,
        ended_by=joined.person,
        ended_at=timezone.now(),
        ended_because=MERGED_REASON,
        version=F("version") + 1,
    )
