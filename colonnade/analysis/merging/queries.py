"""Reads about mergings: where a merged record leads, what would move, which wait."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Q

from colonnade.analysis.merging.access import why_never_propose_merging
from colonnade.analysis.merging.comparing import Question, questions_about
from colonnade.analysis.merging.table import RELATIONS, Relation
from colonnade.analysis.models import Merging
from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.portfolio.models import Project


@dataclass(frozen=True, slots=True)
class Led:
    """A record that was merged, and the one that is kept: ``viewer`` may see both."""

    merged: Project
    kept: Project


def merged_record(viewer: Viewer, public_id: str) -> Led | None:
    """Where the record of an identifier leads, if it was merged; nothing for whoever does not see both."""
    rows = Project.objects.readable_by(viewer).select_related("lead_entity")
    merged = rows.filter(public_id=public_id, merged_into__isnull=False).first()
    if merged is None:
        return None
    kept = (
        Project.objects.visible_to(viewer).select_related("lead_entity").filter(pk=merged.merged_into_id or 0).first()
    )
    return None if kept is None else Led(merged, kept)


def kept_of_name(viewer: Viewer, text: str) -> list[Project]:
    """The records that are kept instead of those whose whole title or reference is ``text``; ``viewer`` may see both.
    Two queries, the second where there is one; none for a text that PostgreSQL cannot hold, which names nothing."""
    if "\x00" in text:
        return []
    named = Project.objects.readable_by(viewer).filter(merged_into__isnull=False)
    called = named.filter(Q(title__iexact=text) | Q(reference__iexact=text))
    keys = [key for key in called.values_list("merged_into", flat=True) if key is not None]
    if not keys:
        return []
    seen = Project.objects.visible_to(viewer).filter(pk__in=keys).select_related("lead_entity")
    return list(seen.order_by("title", "pk"))


def merged_here(viewer: Viewer, project: Project) -> list[Project]:
    """The records that were merged into ``project``, as far as ``viewer`` read them."""
    rows = Project.objects.readable_by(viewer).filter(merged_into=project).select_related("lead_entity")
    return list(rows.order_by("reference", "pk"))


def seen_questions(viewer: Viewer, kept: Project, merged: Project) -> list[Question]:
    """What there is to be chosen, as far as ``viewer`` sees it."""
    return questions_about(kept, merged, lambda model: model.objects.visible_to(viewer))


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows of a kind hang on the record that is merged, as far as somebody sees them, and what becomes of
    them."""

    relation: Relation
    number: int


def moving_with(viewer: Viewer, merged: Project) -> list[Moving]:
    """What hangs on ``merged``: one query for each relation."""
    return [Moving(relation, number) for relation, number in _counted(viewer, merged) if number]


def _counted(viewer: Viewer, merged: Project) -> Iterator[tuple[Relation, int]]:
    for name, relation in RELATIONS.items():
        if not relation.how:
            continue
        app, model_name, field = name.split(".")
        rows = apps.get_model(app, model_name)._default_manager.get_queryset()
        # Links without a model of their own are seen with the record.
        seen = rows.visible_to(viewer) if isinstance(rows, GuardedQuerySet) else rows
        yield relation, seen.filter(**{field: merged}).count()


def mergings_of(viewer: Viewer) -> list[Merging]:
    """Every merging that ``viewer`` may read, those that wait first."""
    rows = Merging.objects.visible_to(viewer).select_related("kept__lead_entity", "merged__lead_entity")
    return sorted(rows, key=lambda each: each.standing != Merging.Standing.PROPOSED)


def mergings_waiting(viewer: Viewer) -> list[Merging]:
    """The proposals that wait and that ``viewer`` could answer; for whoever answers none, nothing is asked."""
    if why_never_propose_merging(viewer) is not None:
        return []
    rows = Merging.objects.visible_to(viewer).filter(standing=Merging.Standing.PROPOSED)
    return list(rows.order_by("proposed_at", "pk").select_related("kept__lead_entity", "merged__lead_entity"))


def merging_called(viewer: Viewer, public_id: str) -> Merging | None:
    """One merging."""
    rows = Merging.objects.visible_to(viewer).select_related(
        *(f"{side}__{what}" for side in ("kept", "merged") for what in ("lead_entity", "pillar", "programme")),
        *(f"{side}__working_group" for side in ("kept", "merged")),
    )
    return rows.filter(public_id=public_id).first()


def mergings_about(viewer: Viewer, one: Project, other: Project) -> list[Merging]:
    """What was proposed about two records, the latest first: made, declined or withdrawn as well."""
    rows = Merging.objects.visible_to(viewer)
    return list(rows.filter(Q(kept=one, merged=other) | Q(kept=other, merged=one)))


def waiting_about(viewer: Viewer, one: Project, other: Project) -> Merging | None:
    """The proposal about two records that waits."""
    rows = Merging.objects.visible_to(viewer).filter(standing=Merging.Standing.PROPOSED)
    return rows.filter(Q(kept=one, merged=other) | Q(kept=other, merged=one)).first()
