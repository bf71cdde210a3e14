"""An illustrative call with proposals on their way: two drafts that cannot be sent yet, others sent, some screened.

It is recorded through the ordinary actions by the people of a demonstration, so that every rule of the board's process
holds for it. Each record says that it was made to illustrate; the needs that are cited are those of fictional States.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any, Final

from colonnade.audit.actions import action
from colonnade.audit.records import Provenance
from colonnade.core.actor import Actor
from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity, Person, WorkingGroup
from colonnade.members.queries import viewer_for
from colonnade.needs.models import Recommendation, Response
from colonnade.portfolio.models import Origin, Scope
from colonnade.review.actions.applying import begin_proposal, save_proposal, save_whole
from colonnade.review.actions.calls import appoint, open_call, prepare_call
from colonnade.review.actions.screening import screen_proposal
from colonnade.review.actions.sending import submit_proposal
from colonnade.review.models import Call, Office, Process, Proposal, Standing
from colonnade.review.summaries import active_there, rules_of, summary_of

CODE: Final = "illustrative"
BUDGET, CEILING = Decimal(400_000), Decimal(169_500)
#: What the proposals of one applicant ask for; the first of each is screened.
ASKED: Final = (Decimal(96_000), Decimal(142_500), Decimal(71_250))
OVER_THE_CEILING: Final = Decimal(240_000)
_ILLUSTRATIVE: Final = "Illustrative text."


@action
def record_illustrative_call(*, officer: Person, applicants: Sequence[Person], today: date, actor: Actor) -> bool:
    """Record it as of ``today``: ``applicants`` apply, each for their entity, and ``officer`` screens; whether there
    was anything to record.

    Nothing is recorded twice, and nothing where a strategy has no board or working group, or nobody has needs to cite.
    """
    process, groups = Process.objects.order_by("pk").first(), list(WorkingGroup.objects.order_by("position", "pk"))
    if process is None or not groups or Call.objects.unscoped("whether it is there").filter(code=CODE).exists():
        return False
    by: dict[str, Any] = {"person": officer, "actor": actor}
    call = prepare_call(
        code=CODE, title="Illustrative call for seed money", process=process, opens_on=today - timedelta(days=21),
        summary="Made up, so that one can see how proposals are written, weighed and chosen among.",
        closes_on=today + timedelta(days=39), budget_usd=BUDGET, group_ceiling_usd=CEILING,
        provenance=Provenance.ILLUSTRATIVE, **by,
    )  # fmt: skip
    call = open_call(call=call, **by)
    some_group = cycle(groups)
    for place, person in enumerate(applicants):
        _draft(call, person, today, over=place % 2 == 0, group=groups[0], actor=actor)
        needs = _needs_of(viewer_for(person, today), skip=place * len(ASKED))
        for asks, need in zip(ASKED, needs, strict=False):
            sent = _sent(call, person, need, asks, next(some_group), today, actor)
            if asks == ASKED[0] and rules_of(call).step("screening"):
                screen_proposal(proposal=sent, complete=True, comment="Complete.", **by)
    return True


@action
def record_illustrative_offices(*, officer: Person, chair: Person, head: Person, today: date, actor: Actor) -> bool:
    """Let ``chair`` lead the board's meetings and ``head`` decide, from ``today`` on; whether an office was free.

    Without them a proposal of the demonstration would stop before its decision. An office that somebody holds stays.
    """
    process = Process.objects.order_by("pk").first()
    if process is None:
        return False
    held = set(Office.objects.filter(process=process).values_list("kind", flat=True))
    wanted = {Office.Kind.CHAIR: chair, Office.Kind.HEAD: head}
    free = {kind: holder for kind, holder in wanted.items() if kind not in held}
    for kind, holder in free.items():
        appoint(process=process, holder=holder, kind=kind, starts_on=today, person=officer, actor=actor)
    return bool(free)


def _entity_of(person: Person, today: date) -> Entity:
    return Entity.objects.get(code=min(viewer_for(person, today).entity_ids))


def _needs_of(viewer: Viewer, skip: int) -> list[Recommendation]:
    """Open needs that the applicant may read and that nothing meets yet, of as many themes as can be."""
    answered = Response.objects.visible_to(viewer).filter(standing="verified").values("recommendation")
    found = (
        Recommendation.objects.visible_to(viewer)
        .filter(standing="open", provenance=Provenance.ILLUSTRATIVE, theme__isnull=False, pillar__isnull=False)
        .exclude(pk__in=answered)
        .exclude(title="")
        .select_related("country", "theme", "pillar")
        .order_by("reference")
    )
    first_of_theme: dict[int | None, Recommendation] = {}
    for need in found:
        first_of_theme.setdefault(need.theme_id, need)
    return list(first_of_theme.values())[skip : skip + len(ASKED)]


def _draft(call: Call, person: Person, today: date, *, over: bool, group: WorkingGroup, actor: Actor) -> None:
    """A draft that asks for more than a group can be given, or one that names no origin."""
    entity = _entity_of(person, today)
    title = "Illustrative: larger than the ceiling" if over else "Illustrative: without an origin yet"
    begun = begin_proposal(call=call, entity=entity, title=title, person=person, actor=actor)
    changes: dict[str, Any] = {
        "purpose": _ILLUSTRATIVE,
        "requested_usd": OVER_THE_CEILING if over else ASKED[0],
        "working_group_id": group.pk,
    }
    save_proposal(proposal=begun, expected_version=begun.version, changes=changes, person=person, actor=actor)


def _sent(
    call: Call,
    person: Person,
    need: Recommendation,
    asks: Decimal,
    group: WorkingGroup,
    today: date,
    actor: Actor,
) -> Proposal:
    by: dict[str, Any] = {"person": person, "actor": actor}
    entity = _entity_of(person, today)
    begun = begin_proposal(call=call, entity=entity, title=f"Illustrative: {need.title}"[:200], **by)
    described = save_proposal(
        proposal=begun, expected_version=begun.version, changes=_described(need, asks, group, today), **by
    )
    lists = _lists(viewer_for(person, today), described, asks, today)
    whole = save_whole(proposal=described, expected_version=described.version, changes={}, lists=lists, **by)
    sent = submit_proposal(proposal=whole, expected_version=whole.version, **by)
    assert sent.standing == Standing.SUBMITTED
    return sent


def _described(need: Recommendation, asks: Decimal, group: WorkingGroup, today: date) -> dict[str, Any]:
    begins = date(today.year + 1, 1, 1)
    texts = (
        *("purpose", "performance", "limits", "product_description", "outcomes", "benefits", "quality"),
        *("programme_alignment", "group_alignment", "fund_alignment", "cofunding", "sustainability", "due_diligence"),
    )
    return {
        **dict.fromkeys(texts, _ILLUSTRATIVE),
        "purpose": f"Illustrative: to answer recommendation {need.reference}.",
        "working_group_id": group.pk,
        "pillar_id": need.pillar_id,
        "theme_id": need.theme_id,
        "scope": Scope.NATIONAL,
        "starts_on": begins,
        "ends_on": date(begins.year + 1, 12, 31),
        "requested_usd": asks,
        "origin": Origin.RECOMMENDATION,
        "cited_need_id": need.pk,
        "countries": [need.country_id],
    }


def _lists(viewer: Viewer, proposal: Proposal, asks: Decimal, today: date) -> dict[str, list[dict[str, Any]]]:
    """Rows of every section, as many as the rules of the call ask for."""
    summary = summary_of(viewer, proposal)
    there = [each.entity for each in active_there(viewer, proposal)][:1]
    assessor = list(Entity.objects.filter(code=summary.assessor))
    consulted = {entity.pk: entity for entity in (*assessor, *there)}
    third = (asks / 3).quantize(Decimal("0.01"))
    return {
        "budget": [
            {"category": "staff", "description": "Experts", "amount_usd": asks - third, "cofunded_usd": Decimal(0)},
            {"category": "travel", "description": "Workshops", "amount_usd": third, "cofunded_usd": Decimal(5_000)},
        ],
        "outputs": [
            {
                "kind": "service",
                "title": "Workshops with the institutions concerned",
                "outcome": _ILLUSTRATIVE,
                "indicator": "Workshops held",
                "baseline": "0",
                "target": "6",
                "due_on": proposal.ends_on,
            }
        ],
        "risks": [
            {
                "title": "Illustrative: posts change hands",
                "likelihood": "medium",
                "impact": "low",
                "mitigation": "Illustrative: two people of each institution are trained.",
            }
        ],
        "consultations": [
            {"entity_id": key, "held_on": today - timedelta(days=10), "outcome": "Illustrative: no objection."}
            for key in consulted
        ],
        "markers": list(_markers(summary.asked_markers)),
    }


def _markers(asked: frozenset[str]) -> Iterator[dict[str, Any]]:
    for marker in sorted(asked):
        yield {"marker": marker, "level": 1, "justification": _ILLUSTRATIVE}
