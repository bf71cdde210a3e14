"""Suggestions as a page lists them: each with its score, its reasons, and what its reader may do with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.analysis.access import why_not_dismiss, why_not_take_back
from colonnade.analysis.models import DismissedSuggestion
from colonnade.analysis.suggested import Suggested
from colonnade.core.viewer import Viewer
from colonnade.needs.models import Recommendation
from colonnade.needs.responses.access import why_not_claim
from colonnade.portfolio.marker_queries import names_of
from colonnade.portfolio.models import Project, ProjectPartner
from colonnade.web.needs.card import headings
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.suggestions.telling import Segments, Titles, in_a_line, marked, parts_table, score_text


@dataclass(frozen=True, slots=True)
class SuggestionCard:
    """One suggestion. Addresses are empty where its reader may not do it; ``name`` is unique on the page."""

    name: str
    title: Segments
    address: str
    aside: str
    score: str
    line: str
    parts: TableView
    claim: str
    claim_in_words: str
    dismiss: str


@dataclass(frozen=True, slots=True)
class Dismissed:
    """A suggestion that somebody dismissed."""

    title: str
    address: str
    by: str
    on: str
    reason: str
    take_back: str


def titles_of(reading: Reading) -> Titles:
    """What codes and identifiers are called for this reader."""
    labels = {name: dict(codes) for name, codes in reading.labels.items() if name in ("country", "theme")}
    return Titles(labels, reading.suggestions)


def project_cards(
    viewer: Viewer, reading: Reading, need: Recommendation, found: Sequence[Suggested]
) -> list[SuggestionCard]:
    """Projects that are suggested for ``need``."""
    rows = Project.objects.visible_to(viewer).filter(public_id__in=[each.candidate.id for each in found])
    projects = {project.public_id: project for project in rows.select_related("lead_entity")}
    partners = partners_by_project(viewer, projects.values())
    titles = titles_of(reading)
    cards = []
    for each in found:
        project = projects.get(each.candidate.id)
        if project is None:  # the registry changed since the snapshot
            continue
        pair = (viewer, need, project, partners.get(project.pk, frozenset()))
        table = parts_table(each, titles, _("In the need"), _("In the project"))
        address = record_address(PROJECT, project.public_id)
        cards.append(_card(each, pair, titles, table, project.title, address, project.lead_entity.abbreviation))
    return cards


def need_cards(viewer: Viewer, reading: Reading, project: Project, found: Sequence[Suggested]) -> list[SuggestionCard]:
    """Needs that are suggested for ``project``."""
    rows = Recommendation.objects.visible_to(viewer).filter(public_id__in=[each.candidate.id for each in found])
    needs = {need.public_id: need for need in rows.select_related("country")}
    called = headings(viewer, needs.values())
    partners = partners_by_project(viewer, [project]).get(project.pk, frozenset())
    titles = titles_of(reading)
    cards = []
    for each in found:
        need = needs.get(each.candidate.id)
        if need is None:
            continue
        pair = (viewer, need, project, partners)
        table = parts_table(each, titles, _("In the project"), _("In the need"))
        address = record_address("recommendation", need.public_id)
        aside = f"{titles.of('country', need.country.code)}, {need.reference}"
        cards.append(_card(each, pair, titles, table, called[need.pk], address, aside))
    return cards


def _card(
    found: Suggested,
    pair: tuple[Viewer, Recommendation, Project, Collection[str]],
    titles: Titles,
    parts: TableView,
    title: str,
    address: str,
    aside: str,
) -> SuggestionCard:
    viewer, need, project, partners = pair
    ends = [need.public_id, project.public_id]
    claims = why_not_claim(viewer, need, project, partners) is None
    dismisses = why_not_dismiss(viewer, need, project, partners) is None
    return SuggestionCard(
        name=f"{found.asked.id}-{found.candidate.id}",
        title=marked(title, found),
        address=address,
        aside=aside,
        score=score_text(found.suggestion.score),
        line=in_a_line(found, titles),
        parts=parts,
        claim=reverse("claim-suggestion", args=ends) if claims else "",
        claim_in_words=f"{reverse('claim-for-need', args=ends[:1])}?of={project.public_id}" if claims else "",
        dismiss=reverse("dismiss-suggestion", args=ends) if dismisses else "",
    )


def partners_by_project(viewer: Viewer, projects: Collection[Project]) -> Mapping[int, frozenset[str]]:
    """The codes of the entities that take part in each project beside its lead, by the project's key."""
    found: dict[int, set[str]] = {}
    rows = ProjectPartner.objects.visible_to(viewer).filter(project__in=[each.pk for each in projects])
    for key, code in rows.filter(entity__isnull=False).values_list("project", "entity__code"):
        found.setdefault(key, set()).add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def dismissed_rows(viewer: Viewer, rows: Sequence[DismissedSuggestion], *, of_need: bool) -> list[Dismissed]:
    """What was dismissed, with who did it and, for whoever may, the way to take it back."""
    called = {} if of_need else headings(viewer, [each.recommendation for each in rows])
    partners = partners_by_project(viewer, [each.project for each in rows])
    names = names_of(each.dismissed_by_id for each in rows)
    told = []
    for each in rows:
        need, project = each.recommendation, each.project
        may = why_not_take_back(viewer, each, partners.get(project.pk, frozenset())) is None
        told.append(
            Dismissed(
                title=project.title if of_need else called[need.pk],
                address=record_address(PROJECT, project.public_id)
                if of_need
                else record_address("recommendation", need.public_id),
                by=names.get(each.dismissed_by_id, ""),
                on=short_day(timezone.localdate(each.dismissed_at)),
                reason=each.reason,
                take_back=reverse("take-back-dismissal", args=[each.public_id]) if may else "",
            )
        )
    return told
