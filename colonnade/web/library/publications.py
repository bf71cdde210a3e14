"""Publications: handbooks, compendiums, guides and reports, by pillar or by kind. No theme is recorded of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from colonnade.results.models import Publication
from colonnade.strategy.models import Pillar
from colonnade.web.library.narrowing import RowFacet
from colonnade.web.library.words import capital
from colonnade.web.shared.facts import Line
from colonnade.web.shared.partial_dates import in_words
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.separated import Field
from colonnade.web.shared.sorting import DESCENDING, SORT

#: The parameter that says how publications are grouped.
BY: Final = "by"
BY_PILLAR, BY_KIND = "pillar", "kind"
ORDERS: Final = ("title", "published_in", "standing")
DEFAULT_ORDER: Final = "-published_in"


@dataclass(frozen=True, slots=True)
class PublicationView:
    """A publication in a table. ``beside`` is its kind where the group is a pillar, and the other way round."""

    title: str
    note: str
    beside: str
    publishers: tuple[Line, ...]
    when: str
    standing: str
    planned: bool
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """The publications of a pillar or of a kind that stand on this page, of ``total`` in all."""

    title: str
    total: int
    rows: tuple[PublicationView, ...]


def publications() -> list[Publication]:
    """Every publication with its publishers and pillar."""
    return list(Publication.objects.select_related("pillar").prefetch_related("publishers"))


def facets_of(rows: Sequence[Publication]) -> list[RowFacet[Publication]]:
    """What publications can be filtered by."""
    pillars = {pillar.code: f"{pillar.code} {pillar.short_title}" for pillar in Pillar.objects.all()}
    publishers = {entity.code: entity.abbreviation for row in rows for entity in row.publishers.all()}
    return [
        RowFacet("pillar", _("Pillar"), lambda row: [row.pillar.code] if row.pillar else [], pillars),
        RowFacet("kind", _("Kind"), lambda row: [row.kind], {kind: capital(kind) for kind in _kinds(rows)}),
        RowFacet(
            "publisher",
            _("Publisher"),
            lambda row: [entity.code for entity in row.publishers.all()],
            dict(sorted(publishers.items(), key=lambda item: item[1].casefold())),
        ),
        RowFacet(
            "standing",
            _("Standing"),
            lambda row: [row.standing] if row.standing else [],
            {standing: capital(standing) for standing in sorted({row.standing for row in rows})},
        ),
    ]


def words_of(row: Publication) -> str:
    """What of a publication is searched."""
    named = [f"{entity.name} {entity.abbreviation}" for entity in row.publishers.all()]
    return " ".join([row.title, row.kind, row.note, row.code, *named])


def grouping(query: QueryDict) -> str:
    """How the address groups publications: by pillar unless it says by kind."""
    return BY_KIND if query.get(BY) == BY_KIND else BY_PILLAR


def ordered(rows: list[Publication], query: QueryDict) -> list[Publication]:
    """The rows in the order of the page: group by group, within each as ``sort`` says, what is not known last."""
    asked = query.get(SORT, "")
    order = asked if asked.removeprefix(DESCENDING) in ORDERS else DEFAULT_ORDER
    name, falling = order.removeprefix(DESCENDING), order.startswith(DESCENDING)
    known = [row for row in rows if getattr(row, name)]
    unknown = [row for row in rows if not getattr(row, name)]
    known.sort(key=lambda row: row.title.casefold())
    known.sort(key=lambda row: str(getattr(row, name)).casefold(), reverse=falling)
    by = grouping(query)
    return sorted([*known, *sorted(unknown, key=lambda row: row.title.casefold())], key=lambda row: _rank(row, by))


def grouped(shown: Sequence[Publication], every: Sequence[Publication], by: str) -> list[Group]:
    """The rows of a page by group; each group says how many it has on all pages."""
    totals = {key: len(list(rows)) for key, rows in groupby(every, key=lambda row: _rank(row, by))}
    return [
        Group(_group_title(rows[0], by), totals[key], tuple(_view(row, by) for row in rows))
        for key, found in groupby(shown, key=lambda row: _rank(row, by))
        if (rows := list(found))
    ]


def fields_of(rows: Sequence[Publication]) -> Iterator[list[Field]]:
    """The rows of the file."""
    for row in rows:
        yield [
            row.title,
            row.kind,
            row.pillar.code if row.pillar else None,
            "; ".join(entity.abbreviation for entity in row.publishers.all()),
            row.published_in,
            row.standing,
            row.source,
            row.note,
        ]


def header() -> list[str]:
    """The head of the file."""
    return [
        _("Title"),
        _("Kind"),
        _("Pillar"),
        _("Publishers"),
        _("Published"),
        _("Standing"),
        _("Source"),
        _("Note"),
    ]


def _view(row: Publication, by: str) -> PublicationView:
    pillar = f"{row.pillar.code} {row.pillar.short_title}" if row.pillar else _("Not reported")
    return PublicationView(
        title=row.title,
        note=row.note,
        beside=pillar if by == BY_KIND else capital(row.kind),
        publishers=tuple(
            Line(entity.abbreviation, record_address("entity", entity.code)) for entity in row.publishers.all()
        ),
        when=in_words(row.published_in) or _("not reported"),
        standing=capital(row.standing),
        planned=row.standing != "published",
        source=row.source,
    )


def _rank(row: Publication, by: str) -> tuple[bool, int, str]:
    """Pillars in the strategy's order, kinds from A on; what has none stands last."""
    if by == BY_KIND:
        return (not row.kind, 0, row.kind.casefold())
    return (False, row.pillar.position, row.pillar.code) if row.pillar else (True, 0, "")


def _group_title(row: Publication, by: str) -> str:
    if by == BY_KIND:
        return capital(row.kind) or _("Kind not reported")
    return f"{row.pillar.code} {row.pillar.title}" if row.pillar else _("Pillar not reported")


def _kinds(rows: Sequence[Publication]) -> list[str]:
    return sorted({row.kind for row in rows if row.kind})
