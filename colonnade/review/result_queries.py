"""What funded projects achieved, as far as it was published and the viewer may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from colonnade.core.viewer import Viewer
from colonnade.review.models import Output, ProjectResult, Proposal


@dataclass(frozen=True, slots=True)
class Achieved:
    """Published results in sums: projects, US dollars given and spent, outputs delivered."""

    projects: int
    given_usd: Decimal
    spent_usd: Decimal
    outputs: int


def results_of(viewer: Viewer) -> list[ProjectResult]:
    """What was published and stands, with its project and call; the latest closed first."""
    rows = ProjectResult.objects.visible_to(viewer).filter(withdrawn_at__isnull=True)
    return list(rows.select_related("project__lead_entity", "call"))


def achieved(results: Sequence[ProjectResult]) -> Achieved:
    """Their sums. Pure."""
    return Achieved(
        len(results),
        sum((each.given_usd for each in results), Decimal(0)),
        sum((each.spent_usd for each in results), Decimal(0)),
        sum(len(each.outputs) for each in results),
    )


def result_of(viewer: Viewer, proposal: Proposal) -> ProjectResult | None:
    """What stands published of the project that a proposal led to."""
    if proposal.approved_project_id is None:
        return None
    rows = ProjectResult.objects.visible_to(viewer).filter(withdrawn_at__isnull=True)
    return rows.filter(project=proposal.approved_project_id).first()


def outputs_of(viewer: Viewer, proposal: Proposal) -> list[Output]:
    """The outputs that a proposal promised."""
    return list(Output.objects.visible_to(viewer).filter(proposal=proposal).order_by("position"))
