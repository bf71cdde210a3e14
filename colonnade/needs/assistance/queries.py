"""Requests as one reader sees them: what belongs to one, which are likely twins, to whom one is proposed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Q, QuerySet

from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity
from colonnade.needs.assistance.rules import Rules
from colonnade.needs.assistance.triage import Facts, Proposal, proposals
from colonnade.needs.assistance.twins import Likeness, Told, likeness
from colonnade.needs.assistance.workflow import OPEN
from colonnade.needs.models import (
    AssistanceNotice,
    AssistancePassing,
    AssistanceProcess,
    AssistanceRequest,
    AssistanceSafeguard,
    AssistanceStep,
    Recommendation,
)
from colonnade.places.models import Country
from colonnade.portfolio.models import Programme, Project, ProjectCountry, ProjectPartner, ProjectTheme
from colonnade.portfolio.models.project import CLOSED_STATUSES, Status
from colonnade.strategy.models import Safeguard

#: How many of a State's requests a new one is held against, the latest first.
HELD_AGAINST: Final = 300
#: How many twins, and how many entities, are shown.
MOST_TWINS, MOST_PROPOSED = 5, 8
_LINKED: Final = ("country", "sent_to", "lead", "asked_theme", "asked_programme")


@dataclass(frozen=True, slots=True)
class Twin:
    """A request that may be the same as another, and how alike they are."""

    request: AssistanceRequest
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the safeguards, with its answer where there is one."""

    safeguard: Safeguard
    answer: AssistanceSafeguard | None


def process_now() -> AssistanceProcess | None:
    """How requests are dealt with; ``None`` where the strategy says nothing of it."""
    return AssistanceProcess.objects.first()


def rules_now() -> Rules | None:
    """The rules of the strategy."""
    process = process_now()
    return Rules.read(process.rules) if process is not None else None


def requests_of(viewer: Viewer) -> QuerySet[AssistanceRequest]:
    """The requests that ``viewer`` may see, the latest first."""
    return AssistanceRequest.objects.visible_to(viewer).select_related(*_LINKED)


def request_called(viewer: Viewer, public_id: str) -> AssistanceRequest | None:
    """The request, where ``viewer`` may see it."""
    return requests_of(viewer).filter(public_id=public_id).first()


def passings_of(viewer: Viewer, asked: AssistanceRequest) -> list[AssistancePassing]:
    """The entities that a request was passed to, the first asked first."""
    rows = AssistancePassing.objects.visible_to(viewer).filter(of_request=asked)
    return list(rows.select_related("entity", "of_request"))


def notices_of(viewer: Viewer, asked: AssistanceRequest) -> list[AssistanceNotice]:
    """Who is to be told of a request, in the order of the rules."""
    return list(AssistanceNotice.objects.visible_to(viewer).filter(of_request=asked))


def steps_of(viewer: Viewer, asked: AssistanceRequest) -> list[AssistanceStep]:
    """What was done with a request, the first step first."""
    rows = AssistanceStep.objects.visible_to(viewer).filter(of_request=asked)
    return list(rows.select_related("entity", "country", "about"))


def need_answered(viewer: Viewer, asked: AssistanceRequest) -> Recommendation | None:
    """The need that a request is about, where ``viewer`` may see it too."""
    if asked.answers_need_id is None:
        return None
    return Recommendation.objects.visible_to(viewer).filter(pk=asked.answers_need_id).first()


def project_made(viewer: Viewer, asked: AssistanceRequest) -> Project | None:
    """The project that a request became, where ``viewer`` may see it too."""
    if asked.became_project_id is None:
        return None
    return Project.objects.visible_to(viewer).filter(pk=asked.became_project_id).first()


def request_behind(viewer: Viewer, project: Project) -> AssistanceRequest | None:
    """The request that became ``project``, where ``viewer`` may see it; the project's own note says nothing of it."""
    return requests_of(viewer).filter(became_project=project).first()


def safeguards_asked(touches: str) -> QuerySet[Safeguard]:
    """The questions of the safeguards for those whom a request touches; all where it does not say."""
    both = Safeguard.AppliesTo.BOTH.value
    wanted = {"women": ["women", both], "children": ["children", both]}.get(touches)
    return Safeguard.objects.filter(applies_to__in=wanted) if wanted else Safeguard.objects.all()


def questions_of(viewer: Viewer, asked: AssistanceRequest) -> list[Question]:
    """The checklist that a request brings with it, with the answers that there are; empty where it brings none."""
    if not asked.with_safeguards:
        return []
    rows = AssistanceSafeguard.objects.visible_to(viewer).filter(of_request=asked)
    answers = {each.safeguard_id: each for each in rows}
    return [Question(each, answers.get(each.pk)) for each in safeguards_asked(asked.touches)]


def waiting_for(viewer: Viewer) -> QuerySet[AssistancePassing]:
    """What the viewer's entities have not answered yet, of requests that are open."""
    rows = AssistancePassing.objects.visible_to(viewer).filter(
        entity__code__in=viewer.entity_ids, answer="", asked_as=AssistancePassing.AskedAs.ASKED,
        of_request__standing__in=OPEN,
    )  # fmt: skip
    return rows.order_by("due_on", "pk")


def likely_twins(viewer: Viewer, country: Country, told: Told) -> list[Twin]:
    """The requests of ``country`` that ``viewer`` may see and that may be the same, the likeliest first.

    Those that were withdrawn are left out.
    """
    rows = requests_of(viewer).filter(country=country).exclude(standing=AssistanceRequest.Standing.WITHDRAWN)
    found = [Twin(each, likeness(told, told_of(each))) for each in rows[:HELD_AGAINST]]
    likely = sorted((each for each in found if each.likeness.is_likely), key=lambda each: -each.likeness.hundredths)
    return likely[:MOST_TWINS]


def told_of(asked: AssistanceRequest) -> Told:
    """What a request says, to be held against others."""
    return Told(
        words=f"{asked.title} {asked.what}", kind=asked.kind, need=asked.answers_need_id,
        theme=asked.asked_theme_id, programme=asked.asked_programme_id,
    )  # fmt: skip


def proposals_for(viewer: Viewer, asked: AssistanceRequest, rules: Rules) -> list[tuple[Entity, Proposal]]:
    """The entities that a request is proposed to, of those that were not asked yet, as far as ``viewer`` sees what
    speaks for them."""
    asked_already = AssistancePassing.AskedAs.ASKED
    passed = AssistancePassing.objects.visible_to(viewer).filter(of_request=asked, asked_as=asked_already)
    entities = Entity.objects.exclude(pk__in=passed.order_by().values("entity")).exclude(
        role=Entity.EntityRole.PUBLISHER
    )
    known = {each.code: each for each in entities}
    facts = [each for each in _facts(viewer, asked) if each.entity in known]
    return [(known[each.facts.entity], each) for each in proposals(facts, rules.triage, MOST_PROPOSED)]


def _facts(viewer: Viewer, asked: AssistanceRequest) -> Iterable[Facts]:
    theme = asked.asked_theme_id
    if theme is None and (need := need_answered(viewer, asked)) is not None:
        theme = need.theme_id
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    if theme is not None:
        _count_programmes(counted, theme)
    _count_projects(counted, viewer, asked.country_id, theme)
    busy = requests_of(viewer).filter(standing__in=OPEN, lead__isnull=False).exclude(pk=asked.pk).order_by()
    for code in busy.values_list("lead__code", flat=True):
        if code is not None:
            counted[code]["busy"] += 1
    return [Facts(entity, **numbers) for entity, numbers in counted.items()]


def _count_programmes(counted: dict[str, Counter[str]], theme: int) -> None:
    rows = Programme.objects.filter(themes=theme)
    for code in rows.filter(lead_entity__isnull=False).values_list("lead_entity__code", flat=True):
        counted[str(code)]["leads"] += 1
    for code in rows.filter(partners__isnull=False).values_list("partners__code", flat=True):
        counted[str(code)]["joins"] += 1


def _count_projects(counted: dict[str, Counter[str]], viewer: Viewer, country: int, theme: int | None) -> None:
    """Projects in the State and on the theme, by the entities that lead or implement them."""
    there = _linked(ProjectCountry.objects.visible_to(viewer).filter(country=country).values_list("project", flat=True))
    on_theme = (
        _linked(ProjectTheme.objects.visible_to(viewer).filter(theme=theme).values_list("project", flat=True))
        if theme is not None
        else frozenset[int]()
    )
    wanted = there | on_theme
    rows = Project.objects.visible_to(viewer).filter(pk__in=wanted).values_list("pk", "status", "lead_entity__code")
    stands = {key: status for key, status, _lead in rows}
    takes_part = {(lead, key) for key, _status, lead in rows}
    partners = ProjectPartner.objects.visible_to(viewer).filter(
        Q(role=ProjectPartner.PartnerRole.IMPLEMENTING), project__in=wanted, entity__isnull=False
    )
    takes_part |= {(str(code), key) for code, key in partners.values_list("entity__code", "project")}
    for code, key in takes_part:
        status = stands.get(key)
        if status == Status.COMPLETED:
            counted[code].update(done_there=int(key in there), done_on_theme=int(key in on_theme))
        elif status is not None and status not in CLOSED_STATUSES:
            counted[code].update(there=int(key in there), on_theme=int(key in on_theme))


def _linked(keys: Collection[int]) -> frozenset[int]:
    return frozenset(keys)
