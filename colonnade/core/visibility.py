"""Reads that begin at the viewer: the guarded query set, and the one rule of the three levels.

A model that can be confidential uses a query set derived from :class:`GuardedQuerySet` as its default manager.
Reading it without saying for whom raises :class:`ViewerMissing`; ``visible_to(viewer)`` is the way in, and
``unscoped(reason)`` the marked exception for actions, which check access in another way.

What is fetched through ``visible_to`` is fetched inside the second ring (:mod:`colonnade.core.reading`): that of the
page, or one around this read alone.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Self, TypeVar

from django.db.models import Model, Q, QuerySet

from colonnade.core.reading import is_inside, ring_around
from colonnade.core.viewer import Level, Viewer

M = TypeVar("M", bound=Model)


class ViewerMissing(RuntimeError):
    """A confidential model was read without a viewer."""


class ReadOutside(RuntimeError):
    """Rows for a viewer would be read outside of the second ring."""


class GuardedQuerySet(QuerySet[M]):
    """A query set that refuses to be read or changed until it knows for whom.

    Subclasses define ``entitled(viewer) -> Q``, the model's one rule; everything else is here.
    """

    _scoped_as: str | None = None
    _viewer: Viewer | None = None

    def entitled(self, viewer: Viewer) -> Q:  # noqa: ARG002  # subclasses use it
        """The rows that ``viewer`` may see, as a condition on this model."""
        raise TypeError(f"{type(self).__name__} states no rule of visibility")

    def visible_to(self, viewer: Viewer) -> Self:
        """The rows that ``viewer`` may see."""
        seen = self.filter(self.entitled(viewer))._mark("viewer")
        seen._viewer = viewer
        return seen

    def unscoped(self, reason: str) -> Self:
        """Every row, for a named reason: an action that locks what it changes, a loader, a test."""
        return self.all()._mark(reason)

    def _mark(self, scope: str) -> Self:
        self._scoped_as, self._viewer = scope, None
        return self

    def _clone(self) -> Self:
        clone: Self = super()._clone()  # type: ignore[misc]  # django-stubs leaves this private method out
        clone._scoped_as, clone._viewer = self._scoped_as, self._viewer
        return clone

    def _insist(self) -> None:
        if self._scoped_as is None:
            raise ViewerMissing(f"{self.model.__name__} is read through visible_to(viewer)")

    def _ring(self) -> AbstractContextManager[None]:
        """The second ring around one read. A lock is the application's to take."""
        locks = self.query.select_for_update
        return ring_around(None if locks or self._result_cache is not None else self._viewer)

    def _fetch_all(self) -> None:
        self._insist()
        with self._ring():
            super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[M]:
        self._insist()
        # A block that is left between two rows would leave its viewer standing for whoever runs meanwhile.
        if self._viewer is not None and not is_inside():
            raise ReadOutside("rows that come one by one are read inside reading_as(viewer)")
        return super().iterator(chunk_size)

    def _merge_sanity_check(self, other: QuerySet[Any]) -> None:
        """``a | b`` and ``a & b`` read both."""
        _insist_on(other)
        super()._merge_sanity_check(other)  # type: ignore[misc]  # django-stubs leaves this private method out

    def _combinator_query(self, combinator: str, *others: Any, **kwargs: Any) -> Any:
        """So do ``union()``, ``intersection()`` and ``difference()``."""
        for each in (self, *others):
            _insist_on(each)
        return super()._combinator_query(combinator, *others, **kwargs)  # type: ignore[misc]  # as above

    def count(self) -> int:
        self._insist()
        with self._ring():
            return super().count()

    def exists(self) -> bool:
        self._insist()
        with self._ring():
            return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._insist()
        with self._ring():
            return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._insist()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._insist()
        return super().delete()

    update.alters_data = True  # type: ignore[attr-defined]  # Django's mark for templates
    delete.alters_data = True  # type: ignore[attr-defined]  # as above

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Inside another query, too, a confidential table is read for somebody."""
        self._insist()
        return super().resolve_expression(*args, **kwargs)


def _insist_on(rows: object) -> None:
    if isinstance(rows, GuardedQuerySet):
        rows._insist()


def by_level(viewer: Viewer, *, concerns: Q, assessed: Q, named: Q) -> Q:
    """The rule of section 5 of the architecture, once.

    ``concerns`` matches rows that concern one of the viewer's States, ``assessed`` rows restricted at the wish of one
    of them, ``named`` rows whose readers include one of the viewer's entities. Rows need a ``level`` field.
    """
    if viewer.sees_restricted:
        return Q()
    allowed = Q(level=Level.PUBLIC)
    if viewer.inside_the_compact:
        allowed |= Q(level=Level.COMPACT)
    if viewer.country_codes:
        allowed |= Q(level=Level.COMPACT) & concerns
        allowed |= Q(level=Level.RESTRICTED) & assessed
    if viewer.entity_ids:
        allowed |= Q(level=Level.RESTRICTED) & named
    return allowed
