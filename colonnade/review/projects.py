"""What an approved proposal says of its project, in the shape in which the portfolio takes projects in."""

from datetime import date
from decimal import Decimal

from colonnade.core.viewer import Level
from colonnade.portfolio.creating import Safeguarded
from colonnade.portfolio.models import Origin, ProjectPartner, Status
from colonnade.portfolio.reported import (
    ReportedMarker,
    ReportedMoney,
    ReportedPartner,
    ReportedPlace,
    ReportedProject,
)
from colonnade.review.models import Proposal, ProposedMarker, SafeguardAnswer

_WHY = "approval carries a whole proposal over into its project"
_RESPECTED = {SafeguardAnswer.Answer.YES: True, SafeguardAnswer.Answer.NO: False}


def reference_of(proposal: Proposal) -> str:
    """How the project is called at its entity: the call and the proposal's public identifier."""
    return f"{proposal.call.code}-{proposal.public_id}"


def as_reported(proposal: Proposal, amount_usd: Decimal, decided_on: date) -> ReportedProject:
    """The project that ``proposal`` describes, with what was decided to give.

    One that rests on a confidential need is as confidential: its State and the entities of the proposal read it.
    """
    level, state = Level.COMPACT, None
    if proposal.cited_need is not None and proposal.cited_need.level == Level.RESTRICTED:
        level, state = Level.RESTRICTED, proposal.cited_need.country.code
    partners = list(proposal.partners.all())
    markers = ProposedMarker.objects.unscoped(_WHY).filter(proposal=proposal).order_by("marker")
    return ReportedProject(
        reference=reference_of(proposal),
        title=proposal.title,
        entity=proposal.entity.code,
        status=Status.AWAITING_FUNDING,
        description=_described(proposal),
        scope=proposal.scope,
        pillar=proposal.pillar.code if proposal.pillar else None,
        level=level,
        state=state,
        named_entities=tuple(partner.code for partner in partners) if state else (),
        origin=proposal.origin,
        origin_note=_origin_note(proposal),
        starts_on=proposal.starts_on,
        ends_on=proposal.ends_on,
        budget=ReportedMoney(amount_usd, "USD", decided_on, amount_usd),
        themes=(proposal.theme.code,) if proposal.theme else (),
        mandates=(proposal.mandate.code,) if proposal.mandate else (),
        countries=tuple(ReportedPlace(each.code) for each in proposal.countries.order_by("code")),
        regions=tuple(ReportedPlace(each.code) for each in proposal.regions.order_by("code")),
        partners=tuple(
            ReportedPartner(each.name, ProjectPartner.PartnerRole.IMPLEMENTING, each.code) for each in partners
        ),
        markers=tuple(ReportedMarker(each.marker, each.level, each.justification) for each in markers),
    )


def safeguards_of(proposal: Proposal) -> list[Safeguarded]:
    """The answers to the safeguards' questions, as a project keeps them."""
    answers = SafeguardAnswer.objects.unscoped(_WHY).filter(proposal=proposal).select_related("safeguard")
    return [
        Safeguarded(each.safeguard, _RESPECTED.get(SafeguardAnswer.Answer(each.answer)), each.explanation)
        for each in answers.order_by("safeguard")
    ]


def _described(proposal: Proposal) -> str:
    texts = (proposal.purpose, proposal.product_description, proposal.outcomes)
    return "\n\n".join(text.strip() for text in texts if text.strip())


def _origin_note(proposal: Proposal) -> str:
    """What is known of the origin. Nothing of a need: it may be made confidential later, and fewer people read it."""
    if proposal.origin == Origin.REQUEST:
        return " · ".join(filter(None, [str(proposal.requested_by or ""), proposal.request_document.strip()]))
    return proposal.mandate_note.strip() if proposal.origin == Origin.MANDATE else ""
