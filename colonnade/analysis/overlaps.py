"""Projects of the registry that do nearly the same: proposed from what a reader may see, decided once.

Everything is counted over the reader's own projects (:func:`overlaps_of`): what a word is worth, which candidates there
are, the probability. So no answer says anything about a project that its reader may not see.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from colonnade.analysis.models import OverlapDecision
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
    index = Index.of(Corpus.of(records_of(viewer)))
    return list(_undecided(propose(index, top=top, least=least), viewer))


def overlaps_with(viewer: Viewer, published: Index, *, top: int = TOP, least: float = LEAST) -> list[Pair]:
    """The pairs of projects that ``viewer`` may see with published activities, which ``published`` holds."""
    pairs = pairs_of(records_of(viewer), published, top=top, least=least)
    return [pair for pair in pairs if (pair.a in published.rows) != (pair.b in published.rows)]


def _undecided(pairs: Iterable[Pair], viewer: Viewer) -> Iterator[Proposed]:
    with reading_as(viewer):
        rows = OverlapDecision.objects.visible_to(viewer).in_force().order_by()
        decided = {frozenset(names) for names in rows.values_list("one__public_id", "other__public_id")}
    for pair in pairs:
        if frozenset((pair.a, pair.b)) not in decided:
            yield Proposed(pair.a, pair.b, pair)
