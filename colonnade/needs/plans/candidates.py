"""What a plan could hold: needs of its States that wait, and projects that answer its needs, as a reader sees them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from colonnade.core.viewer import Role, Viewer
from colonnade.needs.coverage import ANSWERS, Coverage, coverage_of
from colonnade.needs.models import ActionPlan, PlanActivity, PlanNeed, Recommendation, Response
from colonnade.needs.plans.content import PlanContent, PlannedNeed
from colonnade.needs.queries import kept_values
from colonnade.portfolio.models import Project

#: Most needs that can be chosen from, and most projects that are proposed.
MOST_NEEDS: Final = 150
MOST_PROJECTS: Final = 50
_URGENCY: Final = {"high": 0, "medium": 1, "low": 2}
_MISSING: Final = {Coverage.UNMET: 0, Coverage.CONTESTED: 1, Coverage.CLAIMED: 2, Coverage.PARTLY_MET: 3}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A need that a plan could answer, and what says so already where it does: its place and reason."""

    need: Recommendation
    shown: PlannedNeed
    is_in: bool


def needs_to_choose(viewer: Viewer, states: Collection[str], plan: ActionPlan | None = None) -> list[Candidate]:
    """The open needs of some States (codes) that ``viewer`` sees: those in the plan in its order, then the others, the
    least covered and most urgent first."""
    inside: dict[int, PlanNeed] = {}
    if plan is not None:
        inside = {each.need_id: each for each in PlanNeed.objects.visible_to(viewer).filter(of_plan=plan)}
    # Ranks are counted over what is seen: a gap would tell that something else stands there.
    ranks = {key: rank for rank, key in enumerate(inside, start=1)}
    seen = Recommendation.objects.visible_to(viewer).filter(country__code__in=states).select_related("country")
    rows = [
        *seen.filter(pk__in=inside),
        *seen.filter(standing=Recommendation.Standing.OPEN).exclude(pk__in=inside).order_by("reference")[:MOST_NEEDS],
    ]
    kept = kept_values(viewer, rows)
    answers: dict[int, list[tuple[str, str]]] = defaultdict(list)
    responses = Response.objects.visible_to(viewer).filter(recommendation__in=[each.pk for each in rows]).order_by()
    for key, strength, standing in responses.values_list("recommendation_id", "strength", "standing"):
        answers[key].append((strength, standing))
    found = []
    for need in rows:
        row, values = inside.get(need.pk), kept.get(need.pk, {})
        shown = PlannedNeed(
            rank=ranks.get(need.pk, 0), public_id=need.public_id, reference=need.reference,
            title=values.get("title", need.title), country=need.country.code,
            priority=values.get("priority", need.priority), coverage=coverage_of(answers[need.pk]).value,
            reason=row.reason if row is not None else "",
        )  # fmt: skip
        found.append(Candidate(need, shown, row is not None))
    return sorted(found, key=_order)


def _order(one: Candidate) -> tuple[int, ...]:
    missing = _MISSING.get(Coverage(one.shown.coverage), len(_MISSING))
    return (0 if one.is_in else 1, one.shown.rank, missing, _URGENCY.get(one.shown.priority, len(_URGENCY)))


def projects_to_take(viewer: Viewer, plan: ActionPlan) -> list[Project]:
    """The projects that are claimed or verified to answer needs of a draft, and that no activity of it is yet, as far
    as ``viewer`` sees needs, claims and projects."""
    needs = PlanNeed.objects.visible_to(viewer).filter(of_plan=plan).order_by().values("need")
    claims = Response.objects.visible_to(viewer).filter(recommendation__in=needs, standing__in=ANSWERS).order_by()
    taken = PlanActivity.objects.visible_to(viewer).filter(of_plan=plan, for_project__isnull=False).order_by()
    found = Project.objects.visible_to(viewer).filter(pk__in=claims.values("project"))
    found = found.exclude(pk__in=taken.values("for_project")).select_related("lead_entity")
    return list(found.order_by("title", "pk")[:MOST_PROJECTS])


def unread_by_leads(viewer: Viewer, content: PlanContent) -> list[tuple[str, tuple[str, ...]]]:
    """The leads of a draft, as ``viewer`` who writes it sees it, that cannot read some of its needs, by name, and the
    references of those. One query, however many leads there are."""
    leads = sorted({(each.lead, each.lead_name) for each in content.activities})
    if not leads or not content.needs:
        return []
    seen = Recommendation.objects.visible_to(viewer).filter(public_id__in=[each.public_id for each in content.needs])
    reads = {
        f"read_{number}": seen.entitled(Viewer(roles=frozenset({Role.ENTITY}), entity_ids=frozenset({code})))
        for number, (code, _name) in enumerate(leads)
    }
    told = list(seen.annotate(**reads).order_by("reference").values("reference", *reads))
    found = [
        (name, tuple(str(each["reference"]) for each in told if not each[f"read_{number}"]))
        for number, (_code, name) in enumerate(leads)
    ]
    return [(name, references) for name, references in found if references]


def project_to_take(viewer: Viewer, public_id: str) -> Project | None:
    """A project, where ``viewer`` sees it."""
    return Project.objects.visible_to(viewer).select_related("lead_entity").filter(public_id=public_id).first()


def projects_called(viewer: Viewer, public_ids: Collection[str]) -> dict[str, Project]:
    """Public identifier -> project, of those that ``viewer`` sees: to say where a project reports other amounts."""
    rows = Project.objects.visible_to(viewer).filter(public_id__in=list(public_ids))
    return {each.public_id: each for each in rows}
