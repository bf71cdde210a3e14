"""Writes of responses: a claim, and every step after it. Each leaves a step that says for whom and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role, Viewer
from colonnade.members.models import Entity, Person
from colonnade.members.queries import viewer_for
from colonnade.needs.models import Recommendation, Response, ResponseStep
from colonnade.needs.responses.access import OF_ENTITIES, why_not_claim
from colonnade.needs.responses.workflow import WORKFLOW
from colonnade.places.models import Country
from colonnade.portfolio.models import Project, ProjectPartner

_WHY: Final = "an action on a response, which it locked"
_LONGEST: Final = 5_000


class ResponseRefused(ValueError):
    """What was asked for may not be done; the text says why."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed: how much of the need the project meets, what exactly, on what evidence, from when to when."""

    strength: str
    says: str
    evidence: str
    from_on: date | None = None
    until_on: date | None = None

    def insist(self) -> None:
        """Raise :class:`ResponseRefused` where it says too little, or ends before it begins."""
        if self.strength not in Response.Strength.values:
            raise ResponseRefused(_("Say whether the project meets the need, or part of it."))
        if not self.says.strip():
            raise ResponseRefused(_("Say what exactly of the recommendation the project meets."))
        if not self.evidence.strip():
            raise ResponseRefused(_("Say on what evidence: a document, a report, a record."))
        if self.from_on and self.until_on and self.until_on < self.from_on:
            raise ResponseRefused(_("It would end before it begins."))

    def values(self) -> dict[str, Any]:
        """The fields of a response."""
        return {
            "strength": self.strength,
            "says": self.says.strip()[:_LONGEST],
            "evidence": self.evidence.strip()[:_LONGEST],
            "from_on": self.from_on,
            "until_on": self.until_on,
        }


@action
def claim_response(*, need: Recommendation, project: Project, claim: Claim, person: Person, actor: Actor) -> Response:
    """Claim that ``project`` responds to ``need``. The entity is that of ``person`` where it takes part in the project,
    else its lead, for which the secretariat claims. Raises :class:`ResponseRefused`."""
    viewer = viewer_for(person, timezone.localdate())
    seen = Recommendation.objects.visible_to(viewer).select_related("country")
    current = seen.select_for_update(of=("self",)).filter(pk=need.pk).first()
    what = Project.objects.visible_to(viewer).select_related("lead_entity").filter(pk=project.pk).first()
    if current is None or what is None:
        raise ResponseRefused(_("There is no such recommendation or project among those that you may read."))
    partners = partners_of(viewer, what)
    _insist(why_not_claim(viewer, current, what, partners))
    claim.insist()
    _insist_on_time(claim, current)
    if Response.objects.unscoped(_WHY).filter(recommendation=current, project=what).exists():
        raise ResponseRefused(_("It is on record already whether this project responds. Go on from there."))
    own = viewer.entity_ids & {what.lead_entity.code, *partners}
    entity = what.lead_entity if what.lead_entity.code in own or not own else Entity.objects.get(code=min(own))
    made = Response.objects.unscoped(_WHY).create(
        recommendation=current, project=what, claimed_by=entity, claimed_by_person=person,
        claimed_on=timezone.localdate(), provenance=current.provenance, **claim.values(),
    )  # fmt: skip
    _note(made, "", entity=entity if own else None)
    return made


def partners_of(viewer: Viewer, project: Project) -> frozenset[str]:
    """The codes of the entities that take part in a project beside its lead."""
    rows = ProjectPartner.objects.visible_to(viewer).filter(project=project, entity__isnull=False)
    return frozenset(rows.values_list("entity__code", flat=True))


@action
def verify_response(
    *, response: Response, strength: str, reason: str = "", seen_version: int, person: Person, actor: Actor
) -> Response:
    """Verify a claim, as it is claimed or as less. Raises :class:`ResponseRefused`."""
    if strength not in Response.Strength.values:
        raise ResponseRefused(_("Say whether the project meets the need, or part of it."))
    viewer, current = _locked(response, person, seen_version, "verify")
    weaker = strength == Response.Strength.PARTIAL and current.strength == Response.Strength.FULL
    if strength != current.strength and not weaker:
        raise ResponseRefused(_("More cannot be verified than is claimed."))
    if weaker and not reason.strip():
        raise ResponseRefused(_("Say why it meets only part of the need."))
    entity = _assessor(viewer, current)
    if entity is not None and entity.pk == current.claimed_by_id:
        raise ResponseRefused(_("Your side claimed this: somebody else has to look at it."))
    current.strength = strength
    current.verified_by, current.verified_by_person, current.verified_on = entity, person, timezone.localdate()
    return _moved(viewer, current, "verify", reason)


@action
def return_response(*, response: Response, reason: str, seen_version: int, person: Person, actor: Actor) -> Response:
    """Return a claim with a question. Raises :class:`ResponseRefused`."""
    viewer, current = _locked(response, person, seen_version, "return", reason)
    return _moved(viewer, current, "return", reason)


@action
def reject_response(*, response: Response, reason: str, seen_version: int, person: Person, actor: Actor) -> Response:
    """Reject a claim with the reason. Raises :class:`ResponseRefused`."""
    viewer, current = _locked(response, person, seen_version, "reject", reason)
    return _moved(viewer, current, "reject", reason)


@action
def contest_response(*, response: Response, reason: str, seen_version: int, person: Person, actor: Actor) -> Response:
    """Contest a claim, as the State or another entity. Raises :class:`ResponseRefused`."""
    viewer, current = _locked(response, person, seen_version, "contest", reason)
    return _moved(viewer, current, "contest", reason)


@action
def withdraw_response(*, response: Response, reason: str, seen_version: int, person: Person, actor: Actor) -> Response:
    """Withdraw a claim, as whoever made it. Nothing is deleted. Raises :class:`ResponseRefused`."""
    viewer, current = _locked(response, person, seen_version, "withdraw", reason)
    return _moved(viewer, current, "withdraw", reason)


@action
def claim_again(*, response: Response, claim: Claim, seen_version: int, person: Person, actor: Actor) -> Response:
    """Claim what was returned, rejected or withdrawn, better. Raises :class:`ResponseRefused`."""
    viewer, current = _locked(response, person, seen_version, "claim")
    claim.insist()
    _insist_on_time(claim, current.recommendation)
    if current.recommendation.standing != Recommendation.Standing.OPEN:
        raise ResponseRefused(_("This recommendation is not open any more."))
    for name, value in claim.values().items():
        setattr(current, name, value)
    current.claimed_by_person, current.claimed_on = person, timezone.localdate()
    return _moved(viewer, current, "claim", "")


def _insist_on_time(claim: Claim, need: Recommendation) -> None:
    if claim.until_on and claim.until_on < need.issued_on:
        raise ResponseRefused(_("It would have ended before the recommendation was issued."))


def _locked(
    response: Response, person: Person, seen_version: int, step: str, reason: str | None = None
) -> tuple[Viewer, Response]:
    viewer = viewer_for(person, timezone.localdate())
    seen = Response.objects.visible_to(viewer).select_related("recommendation__country", "claimed_by")
    current = seen.select_for_update(of=("self",)).filter(pk=response.pk).first()
    if current is None:
        raise ResponseRefused(_("There is no such response among those that you may read."))
    _insist(WORKFLOW[step].why_not(viewer, current))
    if current.version != seen_version:
        raise ResponseRefused(_("This response changed since you opened the page. Look at it again."))
    if reason is not None and not reason.strip():
        raise ResponseRefused(_("Say why."))
    return viewer, current


def _moved(viewer: Viewer, current: Response, step: str, reason: str) -> Response:
    current.standing = WORKFLOW[step].target
    if step != "verify":
        current.verified_by = current.verified_by_person = current.verified_on = None
    current.reason = reason.strip()[:_LONGEST]
    current.version += 1
    current.save()
    _note(current, current.reason, **_acting_for(viewer, current, step))
    return current


def _acting_for(viewer: Viewer, response: Response, step: str) -> dict[str, Any]:
    """For whom the step is taken: the State, an entity, or, empty, the secretariat."""
    if step in ("verify", "return", "reject"):
        return {"entity": _assessor(viewer, response)}
    if step in ("claim", "withdraw"):
        own = viewer.roles & OF_ENTITIES and response.claimed_by.code in viewer.entity_ids
        return {"entity": response.claimed_by if own else None}
    country = response.recommendation.country
    if Role.STATE in viewer.roles and country.code in viewer.country_codes:
        return {"country": Country.objects.get(pk=country.pk)}
    return {"entity": Entity.objects.filter(code__in=viewer.entity_ids).order_by("code").first()}


def _assessor(viewer: Viewer, response: Response) -> Entity | None:
    """The entity that the viewer assesses the State for; ``None`` for the secretariat."""
    if Role.ASSESSOR not in viewer.roles or response.recommendation.country.code not in viewer.country_codes:
        return None
    return Entity.objects.filter(code__in=viewer.entity_ids).order_by("code").first()


def _note(response: Response, reason: str, **acting: Any) -> None:
    ResponseStep.objects.unscoped(_WHY).create(
        response=response, standing=response.standing, strength=response.strength, reason=reason, **acting
    )


def _insist(why_not: str | None) -> None:
    if why_not:
        raise ResponseRefused(why_not)
