"""Who reads the fund's books: the one rule of pledges, allocations and entries of the ledger.

The secretariat and auditors read all of it; the review board what concerns projects that it may see; a donor what is
their own; an entity what was allocated to it. What is published of an amount is its level.
"""

from django.db.models import Q

from colonnade.core.viewer import Level, Role, Viewer
from colonnade.portfolio.models import Project


def gives(viewer: Viewer, path: str = "contributor") -> Q:
    """Rows whose contributor the viewer is a donor for."""
    own = Q(pk__in=[])
    if viewer.gives_states:
        own |= Q(**{f"{path}__country__code__in": viewer.gives_states})
    if viewer.gives_entities:
        own |= Q(**{f"{path}__entity__code__in": viewer.gives_entities})
    return own


def with_its_project(viewer: Viewer) -> Q:
    """Rows to no project, or to one that the viewer may see."""
    seen = Project.objects.visible_to(viewer).order_by().values("pk")
    return Q(project__isnull=True) | Q(project__in=seen)


def in_the_books(viewer: Viewer, *, own: Q, level: bool = False) -> Q:
    """The rule. ``own`` are rows of the viewer's own; ``level`` where rows have one, which may be public or compact."""
    if viewer.sees_restricted:
        return Q()
    allowed = Q() if Role.BOARD in viewer.roles else own
    if level and Role.BOARD not in viewer.roles:
        allowed |= Q(level=Level.PUBLIC)
        if viewer.inside_the_compact:
            allowed |= Q(level=Level.COMPACT)
    return allowed & with_its_project(viewer)
