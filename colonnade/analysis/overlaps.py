"""Projects of the registry that do nearly the same: proposed from what a reader may see, decided once.

Everything is counted over the reader's own projects (:func:`overlaps_of`): what a word is worth, which candidates there
are, the probability. So no answer says anything about a project that its reader may not see.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from colonnade.analysis.models import OverlapDecision, OverlapDecisionQuerySet
from colonnade.analysis.overlap.corpus import Corpus
from colonnade.analysis.overlap.index import Index, pairs_of, propose
from colonnade.analysis.overlap.judging import LEAST, TOP, Pair
from colonnade.analysis.overlap.record import Record
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.portfolio.models import Project, ProjectCountry


@dataclass(frozen=True, slots=True)
class Proposed:
    """A pair of projects, by public identifiers, that was not decided about yet."""

    one: str
    other: str
    pair: Pair


def records_of(viewer: Viewer) -> list[Record]:
    """The projects that ``viewer`` may see, as records; their identifiers are the public ones."""
    with reading_as(viewer):
        countries: dict[int, list[str]] = {}
        links = (
            ProjectCountry.objects.visible_to(viewer).order_by("country__code").values_list("project", "country__code")
        )
        for project, country in links:
            countries.setdefault(project, []).append(country)
        rows = list(
            Project.objects.visible_to(viewer)
            .order_by("public_id")
            .values_list(
                *("pk", "public_id", "lead_entity__code", "title", "description", "starts_on", "ends_on", "budget_usd"),
                "parent_id",
            )
        )
    named = {row[0]: row[1] for row in rows}  # a parent that the viewer may not see is not named
    return [
        Record(
            id=public_id,
            entity=entity,
            title=title,
            text=description,
            countries=tuple(countries.get(key, ())),
            start=starts_on,
            end=ends_on,
            amount=None if budget is None else float(budget),
            parent=named.get(parent, ""),
        )
        for key, public_id, entity, title, description, starts_on, ends_on, budget, parent in rows
    ]


def overlaps_of(viewer: Viewer, *, top: int = TOP, least: float = LEAST) -> list[Proposed]:
    """The pairs of projects that ``viewer`` may see and that do nearly the same, most likely first, without those that
    were decided about."""
    return list(_undecided(pairs_among(records_of(viewer), top=top, least=least), viewer))


def pairs_among(records: Sequence[Record], *, top: int = TOP, least: float = LEAST) -> list[Pair]:
    """The pairs of ``records`` that do nearly the same, most likely first, decided about or not."""
    return list(propose(Index.of(Corpus.of(records)), top=top, least=least)) if records else []


def overlaps_with(viewer: Viewer, published: Index, *, top: int = TOP, least: float = LEAST) -> list[Pair]:
    """The pairs of projects that ``viewer`` may see with published activities, which ``published`` holds."""
    pairs = pairs_of(records_of(viewer), published, top=top, least=least)
    return [pair for pair in pairs if (pair.a in published.rows) != (pair.b in published.rows)]


def decisions_of(viewer: Viewer) -> list[OverlapDecision]:
    """The decisions in force that ``viewer`` may see, with their projects and who coordinates."""
    rows = OverlapDecision.objects.visible_to(viewer).in_force()
    return list(rows.select_related("one__lead_entity", "other__lead_entity", "kept", "coordinator", "declined_for"))


def decided_on(viewer: Viewer, one: Project, other: Project) -> list[OverlapDecision]:
    """Every decision about two projects, the latest first: the one in force, and those that it took the place of."""
    first, second = sorted((one, other), key=lambda project: project.pk)
    rows = OverlapDecision.objects.visible_to(viewer).filter(one=first, other=second)
    return list(rows.select_related("one__lead_entity", "other__lead_entity", "kept", "coordinator", "declined_for"))


@dataclass(frozen=True, slots=True)
class Twice:
    """A project that was recorded twice or more: the record that is kept instead of this one, or, where this one is
    kept, the others, with which stays what was reported there."""

    kept: Project | None
    others: tuple[Project, ...]


def recorded_twice(viewer: Viewer, project: Project) -> Twice:
    """What both sides said about other records of ``project``, as far as ``viewer`` may see."""
    rows = _same(viewer).filter(Q(one=project) | Q(other=project))
    kept, others = None, []
    for each in rows.select_related("one__lead_entity", "other__lead_entity"):
        other = each.other if each.one_id == project.pk else each.one
        if each.kept_id == project.pk:
            others.append(other)
        else:
            kept = other
    return Twice(kept, tuple(others))


def superseded(viewer: Viewer) -> frozenset[str]:
    """The projects, by public identifier, that were recorded twice and of which the other record is kept."""
    rows = _same(viewer).order_by().values_list("one__public_id", "other__public_id", "kept__public_id")
    return frozenset(name for one, other, kept in rows for name in (one, other) if name != kept)


def _same(viewer: Viewer) -> OverlapDecisionQuerySet:
    return OverlapDecision.objects.visible_to(viewer).settled_same()


def undecided(pairs: Iterable[Pair], decided: Collection[frozenset[str]], gone: Collection[str]) -> Iterator[Pair]:
    """The pairs that nobody decided about, without those of a record that is not kept."""
    return (pair for pair in pairs if frozenset((pair.a, pair.b)) not in decided and not {pair.a, pair.b} & {*gone})


def _undecided(pairs: Iterable[Pair], viewer: Viewer) -> Iterator[Proposed]:
    with reading_as(viewer):
        rows = OverlapDecision.objects.visible_to(viewer).not_declined().order_by()
        decided = {frozenset(names) for names in rows.values_list("one__public_id", "other__public_id")}
        gone = superseded(viewer)
    return (Proposed(pair.a, pair.b, pair) for pair in undecided(pairs, decided, gone))
