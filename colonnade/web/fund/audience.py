"""For whom a page or a file about money was made: sums of records of money are wider than figures are.

A figure counts what is public for a donor, and what is compact for the board; a sum of pledges is made of what they may
read of the books as well.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.funding.models import Contributor
from colonnade.web.shared.audiences import Reader, label_of


def seen_as(reader: Reader) -> str:
    """Who sees of money what ``reader`` sees, in words of the active language."""
    viewer = reader.viewer
    if reader.asked:
        return reader.label
    if viewer.sees_restricted:
        return label_of(viewer)
    parts = []
    if Role.BOARD in viewer.roles:
        parts.append(_("the review board"))
    if viewer.entity_ids or viewer.country_codes or (viewer.inside_the_compact and not parts):
        parts.append(label_of(viewer))
    parts += [_("the contributor %(name)s") % {"name": name} for name in _givers(viewer)]
    return ", ".join(parts) or label_of(viewer)


def _givers(viewer: Viewer) -> list[str]:
    """The names of the contributors that the viewer is a donor for."""
    if not (viewer.gives_states or viewer.gives_entities):
        return []
    own = Q(country__code__in=viewer.gives_states) | Q(entity__code__in=viewer.gives_entities)
    return list(Contributor.objects.filter(own).order_by("name").values_list("name", flat=True))
