"""The scales of markers, and the writes to them: scoring, drawing a sample, checking, answering.

A marker says how far a project aims at what cuts across the pillars: gender equality (A/74/677, annex II, paragraph
67), human rights, youth, civil society, victims. Its scale is the data pack's.
"""

import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.lots import Ticket, draw_of_each
from colonnade.core.viewer import Viewer
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.portfolio.access import why_not_answer, why_not_check, why_not_draw, why_not_score
from colonnade.portfolio.models import MarkerCheck, MarkerSample, Project, ProjectMarker
from colonnade.strategy.models import MarkerLevel

_WHY = "an action on markers that locked the project"
#: At most so many scores of an entity in one sample.
MOST_OF_EACH = 50


class MarkerRefused(ValueError):
    """What was asked for may not be done; the text says why."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A score, and why."""

    score: int
    justification: str


Scales = Mapping[str, Mapping[int, str]]


def scales() -> Scales:
    """Marker -> score -> what it means, in the order of the data pack."""
    found: dict[str, dict[int, str]] = {}
    for marker, level, title in MarkerLevel.objects.order_by("pk").values_list("marker", "level", "title"):
        found.setdefault(marker, {})[level] = title
    return {marker: dict(sorted(levels.items())) for marker, levels in found.items()}


@action
def score_markers(
    *,
    project: Project,
    expected_version: int,
    scores: Mapping[str, Scored],
    person: Person,
    actor: Actor,  # noqa: ARG001  # the decorator reads it
) -> Project:
    """Score some markers of ``project``, each with its justification; return it as it stands then.

    A score that is the same, with the same justification, is not written anew: it stays whose it was.

    :raises Project.DoesNotExist: where ``person`` may not see it any more.
    :raises MarkerRefused: where they may not score it, somebody else changed it, or a score is not on its scale.
    """
    viewer, current = _locked(project, person)
    _insist(why_not_score(viewer, current))
    if current.version != expected_version:
        raise MarkerRefused(_("Somebody else changed this project while you were scoring it. Look at it again first."))
    return _score(current, scores, person)


def _score(project: Project, scores: Mapping[str, Scored], person: Person) -> Project:
    """Write what is different of ``scores``. The project is locked."""
    known = scales()
    rows = ProjectMarker.objects.unscoped(_WHY).filter(project=project)
    standing = {row.marker: row for row in rows}
    written = False
    for marker, given in scores.items():
        said = given.justification.strip()
        if given.score not in known.get(marker, {}):
            raise MarkerRefused(_("%(marker)s: %(score)d is not on its scale.") % _named(marker, given.score))
        if not said:
            raise MarkerRefused(_("%(marker)s: say why the score is %(score)d.") % _named(marker, given.score))
        row = standing.get(marker) or ProjectMarker(project=project, marker=marker)
        if row.pk and (row.score, row.justification) == (given.score, said):
            continue
        row.score, row.justification = given.score, said
        row.scored_by, row.scored_at = person, timezone.now()
        row.save()
        written = True
    if written:
        project.version += 1
        project.save(update_fields=["version"])
    return project


@action
def draw_sample(
    *,
    first_on: date,
    last_on: date,
    undated: bool = False,
    of_each: int,
    markers: frozenset[str] = frozenset(),
    person: Person,
    actor: Actor,  # noqa: ARG001  # the decorator reads it
) -> MarkerSample:
    """Draw scores to be checked: of each lead entity ``of_each``, among those of a period; of ``markers``, or of all.

    ``undated`` takes in scores that reports brought, of which no day is known. A score that waits to be checked is
    not drawn again. The seed is random and kept, with everything that was considered. Raises :class:`MarkerRefused`.
    """
    viewer = viewer_for(person, timezone.localdate())
    _insist(why_not_draw(viewer))
    if last_on < first_on:
        raise MarkerRefused(_("The period would end before it begins."))
    if not 1 <= of_each <= MOST_OF_EACH:
        raise MarkerRefused(_("Draw between 1 and %(most)d scores of each entity.") % {"most": MOST_OF_EACH})
    among = _in_period(viewer, first_on, last_on, undated=undated, markers=markers)
    if not among:
        raise MarkerRefused(_("No score of that period is there to be drawn."))
    seed = secrets.token_hex(16)
    considered: dict[str, list[str]] = defaultdict(list)
    for key, row in among.items():
        considered[row.project.lead_entity.code].append(key)
    tickets = [Ticket(key, row.project.lead_entity.code) for key, row in among.items()]
    now = timezone.now()
    sample = MarkerSample.objects.unscoped(_WHY).create(
        first_on=first_on,
        last_on=last_on,
        undated=undated,
        of_each=of_each,
        seed=seed,
        considered={entity: sorted(keys) for entity, keys in sorted(considered.items())},
        drawn_by=person,
        drawn_at=now,
    )
    MarkerCheck.objects.unscoped(_WHY).bulk_create(
        MarkerCheck(
            sample=sample,
            project=row.project,
            marker=row.marker,
            score=row.score,
            justification=row.justification,
            scored_by_id=row.scored_by_id,
            drawn_on=timezone.localdate(now),
        )
        for row in (among[key] for key in draw_of_each(seed, tickets, of_each))
    )
    return sample


def _in_period(
    viewer: Viewer, first_on: date, last_on: date, *, undated: bool, markers: frozenset[str]
) -> dict[str, ProjectMarker]:
    """The scores that can be drawn, by their key: the project's public identifier and the marker."""
    when = Q(scored_at__date__gte=first_on, scored_at__date__lte=last_on)
    if undated:
        when |= Q(scored_at__isnull=True)
    rows = ProjectMarker.objects.visible_to(viewer).filter(when, marker__in=markers or scales().keys())
    waiting = set(MarkerCheck.objects.unscoped(_WHY).filter(outcome="").values_list("project_id", "marker"))
    return {
        f"{row.project.public_id} {row.marker}": row
        for row in rows.select_related("project__lead_entity").order_by("pk")
        if (row.project_id, row.marker) not in waiting
    }


@action
def check_score(
    *,
    check: MarkerCheck,
    person: Person,
    proposed: int | None = None,
    reason: str = "",
    actor: Actor,  # noqa: ARG001  # the decorator reads it
) -> MarkerCheck:
    """Agree with a drawn score, or propose another one and say why. Raises :class:`MarkerRefused`."""
    viewer, current = _locked_check(check, person)
    _insist(why_not_check(viewer, current))
    reason = reason.strip()
    if proposed is not None and proposed not in scales().get(current.marker, {}):
        raise MarkerRefused(_("%(marker)s: %(score)d is not on its scale.") % _named(current.marker, proposed))
    if proposed == current.score:
        raise MarkerRefused(_("That is the score that it has: agree with it."))
    if proposed is not None and not reason:
        raise MarkerRefused(_("Say why another score is right."))
    agrees = proposed is None
    current.outcome = MarkerCheck.Outcome.AGREES if agrees else MarkerCheck.Outcome.PROPOSES
    current.proposed, current.reason = proposed, reason
    current.checked_by, current.checked_at = person, timezone.now()
    current.save(update_fields=["outcome", "proposed", "reason", "checked_by", "checked_at"])
    return current


@action
def answer_check(
    *,
    check: MarkerCheck,
    person: Person,
    accepts: bool,
    reason: str = "",
    actor: Actor,  # noqa: ARG001  # the decorator reads it
) -> MarkerCheck:
    """Answer for the lead entity: take the proposed score over, or keep one's own and say why.

    What is taken over is scored like any other, by the person who answers; without words of theirs, the reason of the
    check is its justification. Raises :class:`MarkerRefused`.
    """
    viewer, current = _locked_check(check, person)
    _insist(why_not_answer(viewer, current))
    reason = reason.strip()
    if not accepts and not reason:
        raise MarkerRefused(_("Say why the score is kept."))
    if accepts:
        assert current.proposed is not None  # the database and why_not_answer say so
        _score(current.project, {current.marker: Scored(current.proposed, reason or current.reason)}, person)
    current.answer = MarkerCheck.Answer.ACCEPTED if accepts else MarkerCheck.Answer.KEPT
    current.answer_reason = reason
    current.answered_by, current.answered_at = person, timezone.now()
    current.save(update_fields=["answer", "answer_reason", "answered_by", "answered_at"])
    return current


def _locked(project: Project, person: Person) -> tuple[Viewer, Project]:
    viewer = viewer_for(person, timezone.localdate())
    seen = Project.objects.visible_to(viewer).select_related("lead_entity")
    return viewer, seen.select_for_update(of=("self",)).get(pk=project.pk)


def _locked_check(check: MarkerCheck, person: Person) -> tuple[Viewer, MarkerCheck]:
    """The check with its project, both locked, the project first as scoring does."""
    viewer, project = _locked(Project(pk=check.project_id), person)
    current = MarkerCheck.objects.visible_to(viewer).select_for_update(of=("self",)).get(pk=check.pk)
    current.project = project
    return viewer, current


def _named(marker: str, score: int) -> dict[str, object]:
    return {"marker": marker.replace("_", " ").capitalize(), "score": score}


def _insist(why_not: str | None) -> None:
    if why_not:
        raise MarkerRefused(why_not)
