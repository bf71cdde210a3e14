"""What a snapshot takes of needs: each without the fields that its State keeps, and whole for those who may read them.

A restricted need is one row, whole: its readers are those of the kept fields. Any other need of which fields are kept
is two: one in ``recommendation``, without the fields, and one in ``kept_need``, restricted to its State.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, CharField, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, NullIf

from colonnade.core.viewer import Level, Viewer
from colonnade.needs.models import Assessment, KeptField, Recommendation

#: Rows in the column order of ``schema.TABLES``.
Rows = QuerySet[Any, Any] | Iterable[Sequence[Any]]


def _whole(viewer: Viewer, field: str, own: str) -> Coalesce:
    """``field`` of a need, also where its State keeps it, as far as ``viewer`` may read that."""
    kept = KeptField.objects.visible_to(viewer).filter(
        recommendation=OuterRef("pk"), field=field, ended_at__isnull=True
    )
    values = Subquery(kept.values("value")[:1], output_field=TextField())
    return Coalesce(NullIf(own, Value("")), NullIf(values, Value("")), output_field=TextField())


def _need_columns(viewer: Viewer, *, whole: bool) -> tuple[Any, ...]:
    """The columns of a need that do not depend on its level; ``whole`` with what its State keeps."""
    named = {"pillar": "pillar__code", "theme": "theme__code", "priority": "priority", "title": "title"}
    own = {field: NullIf(column, Value("")) for field, column in named.items()}
    told = {field: _whole(viewer, field, column) for field, column in named.items()} if whole else own
    # Who reads a need learns nothing of an assessment that fewer people read.
    found = Assessment.objects.visible_to(viewer).filter(pk=OuterRef("assessment_id")).values("public_id")
    shared = found.filter(level=Level.COMPACT)
    assessment = Case(
        When(level=Level.RESTRICTED, then=Subquery(found[:1])),
        When(level=Level.COMPACT, then=Subquery(shared[:1])),
        output_field=CharField(),
    )
    return (
        "country__code",
        told["pillar"],
        told["theme"],
        told["priority"],
        "issued_on",
        # Something has to stand for a title that is kept, and the reference says nothing.
        Coalesce(told["title"], F("reference"), output_field=TextField()),
        assessment,
        "provenance",
        "reference",
        "standing",
    )


def recommendations(viewer: Viewer) -> Rows:
    # Whoever reads a restricted need reads what its State keeps of it, too.
    restricted = Q(level=Level.RESTRICTED)
    columns = [
        Case(When(restricted, then=whole), default=wider, output_field=TextField())
        if isinstance(whole, Coalesce)
        else wider
        for whole, wider in zip(_need_columns(viewer, whole=True), _need_columns(viewer, whole=False), strict=True)
    ]
    kept = Case(When(restricted, then=Value("")), default=_kept_names(), output_field=TextField())
    return Recommendation.objects.visible_to(viewer).values_list(
        "public_id", "level", Case(When(level=Level.RESTRICTED, then=F("country__code"))), *columns, kept
    )


def _kept_names() -> Func:
    return Func(F("confidential_fields"), Value(","), function="array_to_string", output_field=TextField())


def kept_needs(viewer: Viewer) -> Rows:
    kept = KeptField.objects.visible_to(viewer).filter(ended_at__isnull=True).values("recommendation")
    return (
        Recommendation.objects.visible_to(viewer)
        .filter(~Q(level=Level.RESTRICTED), pk__in=kept)
        .values_list(
            "public_id",
            Value(Level.RESTRICTED.value, output_field=CharField()),
            F("country__code"),
            *_need_columns(viewer, whole=True),
            Value("", output_field=TextField()),
            F("level"),
        )
    )


def named_of_needs(viewer: Viewer) -> Rows:
    closed = Q(level=Level.RESTRICTED) | ~Q(confidential_fields=[])
    seen = Recommendation.objects.visible_to(viewer).filter(closed, named_entities__isnull=False)
    return seen.values_list("public_id", "named_entities__code")


def mandates_of_needs(viewer: Viewer) -> Rows:
    seen = Recommendation.objects.visible_to(viewer).filter(mandates__isnull=False)
    return seen.values_list("public_id", "mandates__code")
