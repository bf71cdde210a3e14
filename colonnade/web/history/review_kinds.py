"""The kinds of what is proposed to a board: calls and proposals."""

from typing import Any, Final

from django.utils.translation import gettext_noop

from colonnade.review.models import WITH_THE_APPLICANT, Call, Proposal
from colonnade.web.history.shape import Circle, Kind, Link, Part

_partnered: Any = Proposal.partners.through
PROPOSAL: Final = Kind(
    "proposal",
    gettext_noop("Proposal"),
    Proposal,
    (
        "title",
        "standing",
        "purpose",
        "performance",
        "limits",
        "starts_on",
        "ends_on",
        "requested_usd",
        "product_description",
        "outcomes",
        "benefits",
        "quality",
        "origin",
        "cited_need_id",
        "requested_by_id",
        "request_document",
        "mandate_id",
        "mandate_note",
        "programme_alignment",
        "group_alignment",
        "fund_alignment",
        "cofunding",
        "sustainability",
        "due_diligence",
        "touches_protected",
        "working_group_id",
        "pillar_id",
        "theme_id",
        "scope",
        "withdrawn_because",
    ),
    circle=Circle(
        named="entity_id",
        named_by=Link(_partnered, "proposal_id", "entity_id"),
        closed_in=tuple(map(str, WITH_THE_APPLICANT)),
        sent="submitted_at",
    ),
    owner="proposal_id",
    parts=(
        Part("review_proposal_partners", gettext_noop("Partner"), ("entity_id",)),
        Part("review_proposal_countries", gettext_noop("State"), ("country_id",)),
        Part("review_proposal_regions", gettext_noop("Region"), ("region_id",)),
        Part("review_budgetline", gettext_noop("Budget line"), ("category", "description", "amount_usd")),
        Part("review_output", gettext_noop("Output"), ("title", "kind", "indicator", "target", "due_on")),
        Part("review_risk", gettext_noop("Risk"), ("title", "likelihood", "impact", "mitigation")),
        Part("review_consultation", gettext_noop("Consultation"), ("entity_id", "held_on", "outcome")),
        Part("review_proposedmarker", gettext_noop("Marker"), ("marker", "level", "justification")),
        Part("review_safeguardanswer", gettext_noop("Safeguard"), ("safeguard_id", "answer", "explanation")),
    ),
    of_entity=("entity", "partners"),
    of_state=("countries",),
)
CALL: Final = Kind(
    "call",
    gettext_noop("Call for proposals"),
    Call,
    ("title", "summary", "standing", "opens_on", "closes_on", "budget_usd", "group_ceiling_usd"),
    identifier="code",
    circle=Circle(closed_in=(str(Call.Standing.PREPARING),)),
)
