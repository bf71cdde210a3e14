"""Records of their own that point at a merged record: responses, money, parts, requests, proposals, results."""

from collections.abc import Collection
from typing import Any, Final

from django.db.models import Case, F, Value, When
from django.utils import timezone

from colonnade.analysis.merging.access import MERGED
from colonnade.analysis.merging.comparing import ONCE, keyed
from colonnade.analysis.merging.joined import MERGED_REASON, Joined, every
from colonnade.core.viewer import Level
from colonnade.funding.models import AppealEntry, Contribution, Pledge
from colonnade.members.models import Entity
from colonnade.needs.models import AssistanceRequest, PlanActivity, Response, ResponseStep
from colonnade.portfolio.models import MarkerCheck, Project
from colonnade.review.models import ProjectResult, Proposal

_STANDING = Response.Standing
#: Standings of a response, the strongest first. What somebody contests outweighs what nobody looked at.
STRONGEST_FIRST: Final = (
    _STANDING.VERIFIED,
    _STANDING.CONTESTED,
    _STANDING.CLAIMED,
    _STANDING.RETURNED,
    _STANDING.REJECTED,
    _STANDING.WITHDRAWN,
)
_LEVELS: Final = (Level.PUBLIC, Level.COMPACT, Level.RESTRICTED)


def move_responses(joined: Joined) -> None:
    """Each need is answered once: by the stronger of two responses, with the steps that were taken; the other changes
    places with it and is withdrawn. On a tie, the kept record's own stands."""
    own = {each.recommendation_id: each for each in every(Response).filter(project=joined.kept)}
    for response in every(Response).filter(project=joined.merged).order_by("pk"):
        standing = own.get(response.recommendation_id)
        if standing is None:
            _give(Response, "project", joined, [response.pk])
        elif _strength(response) < _strength(standing):
            every(Response).filter(pk__in=(response.pk, standing.pk)).update(
                project=Case(When(pk=response.pk, then=Value(joined.kept.pk)), default=Value(joined.merged.pk)),
                version=F("version") + 1,
            )
            _withdraw(standing)
        else:
            _withdraw(response)


def _strength(response: Response) -> tuple[int, bool]:
    """The lower, the stronger."""
    place = STRONGEST_FIRST.index(Response.Standing(response.standing))
    return place, response.strength != Response.Strength.FULL


def _withdraw(response: Response) -> None:
    if response.standing == _STANDING.WITHDRAWN:
        return
    every(Response).filter(pk=response.pk).update(
        standing=_STANDING.WITHDRAWN,
        reason=MERGED_REASON,
        verified_by=None,
        verified_by_person=None,
        verified_on=None,
        version=F("version") + 1,
    )
    every(ResponseStep).create(
        response=response, standing=_STANDING.WITHDRAWN, strength=response.strength, reason=MERGED_REASON
    )


def move_contributions(joined: Joined) -> None:
    """Each line moves as it is; one that was told twice stays, and counts no more."""
    for key, identifier in every(Contribution).filter(project=joined.merged).values_list("pk", "public_id"):
        if joined.chosen(f"contribution:{identifier}") != ONCE:
            _give(Contribution, "project", joined, [key])


def move_appeals(joined: Joined) -> None:
    """Where both are in one appeal, the chosen requirement stands and the other is taken out."""
    standing = every(AppealEntry).filter(left_on__isnull=True)
    appeals = set(standing.filter(project=joined.merged).values_list("appeal_id", "appeal__key"))
    own = set(standing.filter(project=joined.kept).values_list("appeal_id", flat=True))
    for appeal, key in appeals:
        if appeal in own:
            loser = joined.kept if joined.chosen(f"appeal:{key}") == MERGED else joined.merged
            standing.filter(appeal=appeal, project=loser).update(
                left_on=timezone.localdate(), left_because=MERGED_REASON, version=F("version") + 1
            )
        remaining = standing.filter(appeal=appeal, project=joined.merged)
        _give(AppealEntry, "project", joined, list(remaining.values_list("pk", flat=True)))


def move_pledges(joined: Joined) -> None:
    """Pledges for the project."""
    _give(Pledge, "for_project", joined)


def move_requests(joined: Joined) -> None:
    """Requests for assistance that became the project."""
    _give(AssistanceRequest, "became_project", joined)


def move_activities(joined: Joined) -> None:
    """Activities of plans in the making that are the project."""
    every(PlanActivity).filter(for_project=joined.merged).update(for_project=joined.kept)


def move_proposals(joined: Joined) -> None:
    """Proposals that were approved as the project."""
    _give(Proposal, "approved_project", joined)


def move_results(joined: Joined) -> None:
    """Published results; the action refuses where both have some."""
    every(ProjectResult).filter(project=joined.merged).update(project=joined.kept)


def move_checks(joined: Joined) -> None:
    """Checks of a score that the kept record has from the other; where a sample drew both, each stays."""
    mine, theirs = (keyed("marker", each, every) for each in (joined.kept, joined.merged))
    scores = [name for name, said in theirs.items() if mine.get(name) == said]
    drawn = set(every(MarkerCheck).filter(project=joined.kept).values_list("sample_id", "marker"))
    for check in every(MarkerCheck).filter(project=joined.merged, marker__in=scores).order_by("pk"):
        if (check.sample_id, check.marker) not in drawn:
            every(MarkerCheck).filter(pk=check.pk).update(project=joined.kept)


def move_parts(joined: Joined) -> None:
    """Parts of the other are parts of the kept one, which takes over what it was a part of where it was of nothing."""
    every(Project).filter(parent=joined.merged).update(parent=joined.kept, version=F("version") + 1)
    if joined.kept.parent_id is None:
        joined.kept.parent_id = joined.merged.parent_id


def lead_on(joined: Joined) -> None:
    """Records that were merged into the other lead to the kept one: an identifier resolves in one step."""
    every(Project).filter(merged_into=joined.merged).update(merged_into=joined.kept, version=F("version") + 1)


def settle_readers(joined: Joined) -> None:
    """The narrower of two levels. A restricted record is read by the entities that were named on each that was
    restricted, and by both leads: nobody reads more than before because of a merging."""
    kept, merged = joined.kept, joined.merged
    named = [
        set(each.named_entities.values_list("pk", flat=True)) for each in (kept, merged) if each.level == _LEVELS[2]
    ]
    if not named:
        kept.level = max(kept.level, merged.level, key=lambda level: _LEVELS.index(Level(level)))
        return
    if kept.level != _LEVELS[2]:
        kept.level, kept.state_id = merged.level, merged.state_id
    readers = set.intersection(*named)
    if kept.lead_entity_id != merged.lead_entity_id:
        readers.add(merged.lead_entity_id)
    kept.named_entities.set(Entity.objects.filter(pk__in=readers))


def _give(model: Any, field: str, joined: Joined, keys: Collection[int] | None = None) -> None:
    """Rows that point at the merged record (``keys``: these of them) point at the kept one."""
    rows = every(model).filter(**{field: joined.merged})
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    rows.update(**{field: joined.kept, "version": F("version") + 1})
