"""Proposals as one reader sees them: what the rules of eligibility look at, and what surrounds a proposal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Q, Sum

from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity
from colonnade.needs.models import Recommendation
from colonnade.portfolio.models import Origin, Project, ProjectPartner
from colonnade.portfolio.models.project import CLOSED_STATUSES
from colonnade.review.eligibility import Check, OutputSaid, Summary, checks
from colonnade.review.models import (
    BudgetLine,
    Call,
    Consultation,
    Decision,
    Output,
    Proposal,
    ProposedMarker,
    Risk,
    SafeguardAnswer,
    Standing,
)
from colonnade.review.rules import Rules
from colonnade.strategy.models import MarkerLevel, Safeguard, Strategy

#: Texts that rules of eligibility ask for.
_TEXTS: Final = (
    "purpose",
    "performance",
    "limits",
    "product_description",
    "outcomes",
    "benefits",
    "quality",
    "programme_alignment",
    "group_alignment",
    "fund_alignment",
    "cofunding",
    "sustainability",
    "due_diligence",
)
#: Where a proposal asks for money that nobody has decided on.
_WAITING: Final = (Standing.SUBMITTED, Standing.RETURNED, Standing.SCREENED, Standing.SCORED, Standing.RECOMMENDED)


@dataclass(frozen=True, slots=True)
class GroupMoney:
    """What proposals of one working group in one call ask and were given, of those that a reader may see."""

    asked_usd: Decimal
    given_usd: Decimal


def rules_of(call: Call) -> Rules:
    """The rules of a call, as they were when it was opened."""
    return Rules.read(call.rules)


def proposal_called(viewer: Viewer, public_id: str) -> Proposal | None:
    """The proposal, where ``viewer`` may see it."""
    return (
        Proposal.objects.visible_to(viewer)
        .select_related(
            "call", "call__process", "entity", "working_group", "pillar", "theme", "mandate", "requested_by"
        )
        .filter(public_id=public_id)
        .first()
    )


def cited_need(viewer: Viewer, proposal: Proposal) -> Recommendation | None:
    """The need that a proposal cites, where ``viewer`` may see it: whoever reads the proposal need not read that."""
    if proposal.cited_need_id is None:
        return None
    found = Recommendation.objects.visible_to(viewer).select_related("country", "theme", "pillar")
    return found.filter(pk=proposal.cited_need_id).first()


def citable_needs(viewer: Viewer, countries: Collection[int] = ()) -> "list[Recommendation]":
    """The needs that ``viewer`` may cite, those of ``countries`` first; what was met or taken back is none any more."""
    found = Recommendation.objects.visible_to(viewer).filter(standing=Recommendation.Standing.OPEN)
    chosen = frozenset(countries)
    rows = list(found.select_related("country").order_by("country__name", "reference"))
    return sorted(rows, key=lambda need: need.country_id not in chosen)


def money_of_group(viewer: Viewer, proposal: Proposal) -> GroupMoney:
    """What other proposals of the same group in the same call ask and were given, of those that ``viewer`` may see."""
    if proposal.working_group_id is None:
        return GroupMoney(Decimal(0), Decimal(0))
    beside = (
        Proposal.objects.visible_to(viewer)
        .filter(call=proposal.call_id, working_group=proposal.working_group_id)
        .exclude(pk__in=[proposal.pk, proposal.amends_id or 0])  # an amendment takes the place of what it amends
        .order_by()
    )
    asked = beside.filter(standing__in=_WAITING).aggregate(sum=Sum("requested_usd"))["sum"]
    granted = beside.filter(standing__in=(Standing.APPROVED, Standing.CLOSED))
    # The newest decision of each is the one that holds.
    decided = Decision.objects.visible_to(viewer).filter(proposal__in=granted.values("pk"))
    newest = (
        decided.order_by("proposal_id", "-decided_at", "-pk")
        .distinct("proposal_id")
        .values_list("amount_usd", flat=True)
    )
    given = sum((amount for amount in newest if amount is not None), Decimal(0))
    return GroupMoney(asked or Decimal(0), given)


@dataclass(frozen=True, slots=True)
class ActiveThere:
    """An entity with active projects where a proposal would work, of those that a reader may see."""

    entity: Entity
    projects: int


def active_there(viewer: Viewer, proposal: Proposal) -> list[ActiveThere]:
    """Who is active in the States of ``proposal`` and in its theme, the busiest first; not its own entities.

    Without States, or without a theme, the other of the two says where; without both, nobody can be named.
    """
    countries = [country.pk for country in proposal.countries.all()]
    if not countries and proposal.theme_id is None:
        return []
    found = Project.objects.visible_to(viewer).exclude(status__in=CLOSED_STATUSES).order_by()
    if countries:
        found = found.filter(Q(projectcountry__country__in=countries))
    if proposal.theme_id is not None:
        found = found.filter(Q(projecttheme__theme=proposal.theme_id))
    keys = list(found.distinct().values_list("pk", "lead_entity_id"))
    there: dict[int, set[int]] = {}
    for key, lead in keys:
        there.setdefault(lead, set()).add(key)
    partners = ProjectPartner.objects.visible_to(viewer).filter(project__in=[key for key, _ in keys])
    for key, entity in partners.exclude(entity=None).values_list("project_id", "entity_id"):
        there.setdefault(entity, set()).add(key)
    own = {proposal.entity_id, *(partner.pk for partner in proposal.partners.all())}
    entities = Entity.objects.in_bulk([key for key in there if key not in own])
    rows = [ActiveThere(entity, len(there[key])) for key, entity in entities.items()]
    return sorted(rows, key=lambda row: (-row.projects, row.entity.code))


def summary_of(viewer: Viewer, proposal: Proposal) -> Summary:
    """``proposal`` as the rules look at it, with what ``viewer`` may know of what surrounds it."""
    call = proposal.call
    money = money_of_group(viewer, proposal)
    lines = list(BudgetLine.objects.visible_to(viewer).filter(proposal=proposal))
    outputs = Output.objects.visible_to(viewer).filter(proposal=proposal).order_by("position")
    consulted = Consultation.objects.visible_to(viewer).filter(proposal=proposal).select_related("entity")
    strategy = Strategy.objects.first()
    own = {proposal.entity.code, *(partner.code for partner in proposal.partners.all())}
    assessor = strategy.assessor if strategy is not None else ""
    return Summary(
        texts={name: getattr(proposal, name) for name in _TEXTS},
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        requested_usd=proposal.requested_usd,
        origin=proposal.origin,
        rests_on=rests_on(viewer, proposal),
        has_group=proposal.working_group_id is not None,
        ceiling_usd=call.group_ceiling_usd,
        group_given_usd=money.given_usd,
        group_asked_usd=money.asked_usd,
        lines=tuple(line.amount_usd for line in lines),
        cofunded_usd=sum((line.cofunded_usd for line in lines), Decimal(0)),
        outputs=tuple(OutputSaid(each.title, each.outcome, each.indicator, each.target) for each in outputs),
        risks=tuple(Risk.objects.visible_to(viewer).filter(proposal=proposal).values_list("mitigation", flat=True)),
        assessor="" if assessor in own else assessor,
        active=frozenset(row.entity.code for row in active_there(viewer, proposal)),
        consulted={each.entity.code: each.outcome for each in consulted},
        asked_markers=frozenset(MarkerLevel.objects.order_by().values_list("marker", flat=True)),
        markers=dict(
            ProposedMarker.objects.visible_to(viewer).filter(proposal=proposal).values_list("marker", "justification")
        ),
        touches_protected=proposal.touches_protected,
        questions=dict(Safeguard.objects.values_list("code", "question")),
        answers=dict(
            SafeguardAnswer.objects.visible_to(viewer)
            .filter(proposal=proposal)
            .values_list("safeguard__code", "explanation")
        ),
        is_open=call.standing == Call.Standing.OPEN,
        opens_on=call.opens_on,
        closes_on=call.closes_on,
        was_sent=proposal.submitted_at is not None or proposal.amends_id is not None,
    )


def rests_on(viewer: Viewer, proposal: Proposal) -> bool:
    """Whether the origin of ``proposal`` names something that ``viewer`` may read."""
    match proposal.origin:
        case Origin.RECOMMENDATION:
            return cited_need(viewer, proposal) is not None
        case Origin.REQUEST:
            return proposal.requested_by_id is not None
        case Origin.MANDATE:
            return proposal.mandate_id is not None or bool(proposal.mandate_note.strip())
    return False


def checks_of(viewer: Viewer, proposal: Proposal, today: date) -> list[Check]:
    """Every rule of the call's process, judged of ``proposal`` as ``viewer`` sees it."""
    return checks(rules_of(proposal.call).eligibility, summary_of(viewer, proposal), today)
