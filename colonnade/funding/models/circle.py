"""Who reads the fund's books: the one rule of pledges, allocations and entries of the ledger.

The secretariat, auditors and the review board read all pledges and entries, so that their totals are whole; what an
entry says beside its amounts is not for the board (:mod:`colonnade.funding.fields`), and a project that they may not
see is not named to them. A donor reads what is their own, an entity what was allocated to it. What is published of an
amount is its level.
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


def with_its_project(viewer: Viewer, path: str = "for_project") -> Q:
    """Rows to no project, or to one that the viewer may see; the books keep naming a record that was merged."""
    seen = Project.objects.readable_by(viewer).order_by().values("pk")
    return Q(**{f"{path}__isnull": True}) | Q(**{f"{path}__in": seen})


def in_the_books(viewer: Viewer, *, own: Q) -> Q:
    """The rule. ``own`` are rows of the viewer's own, which they see where they see the project."""
    if viewer.sees_restricted or Role.BOARD in viewer.roles:
        return Q()
    return own & with_its_project(viewer)


def by_its_level(viewer: Viewer) -> Q:
    """Rows that are published, or shared inside the compact with somebody inside it."""
    allowed = Q(level=Level.PUBLIC)
    return allowed | Q(level=Level.COMPACT) if viewer.inside_the_compact else allowed
