"""As whom a page's numbers are read: the reader's own entitlement, or a wider audience that they ask to look as.

An officer may look at a page as the public sees it; nobody can look as an audience that sees more than they do.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.analysis.entitlement import partitions_for
from colonnade.core.viewer import AUDIENCES, Audience, Viewer
from colonnade.places.models import Country

# The titles of the audiences, for the catalogue.
gettext_noop("the public")
gettext_noop("member entities of the compact")
gettext_noop("the secretariat")


class NoSuchAudience(LookupError):
    """The audience asked for is none, or sees more than the reader."""


@dataclass(frozen=True, slots=True)
class Reader:
    """As whom numbers are read. ``asked`` is the audience named in the address, empty for the reader's own view."""

    viewer: Viewer
    label: str
    asked: str = ""

    @property
    def sees_everything(self) -> bool:
        """Whether no record is left out of the numbers; a page says so where some may be."""
        return self.viewer.sees_restricted


def reader_for(viewer: Viewer, asked: str = "") -> Reader:
    """``viewer`` as they are, or as the audience ``asked`` for. Raises :class:`NoSuchAudience`."""
    if not asked:
        return Reader(viewer, label_of(viewer))
    audience = AUDIENCES.get(asked)
    if audience is None or audience not in audiences_within(viewer):
        raise NoSuchAudience(asked)
    return Reader(audience.viewer, _(audience.title), asked)


def audiences_within(viewer: Viewer) -> tuple[Audience, ...]:
    """The audiences that see no more than ``viewer``, narrowest view first."""
    own = partitions_for(viewer)
    # An audience reads whole levels; what a reader sees beyond them makes no further audience theirs.
    return tuple(
        audience
        for audience in AUDIENCES.values()
        if partitions_for(audience.viewer).levels <= own.levels
        and (own.states is None or partitions_for(audience.viewer).states is not None)
    )


def widest_audience(viewer: Viewer) -> Audience:
    """The audience that sees most among those that see no more than ``viewer``: theirs are the reports to read."""
    return audiences_within(viewer)[-1]


def own_audience(viewer: Viewer) -> str:
    """The key of the audience that sees exactly what ``viewer`` sees.

    Empty where there is none: for a State's people, who also see what concerns their State, and for an entity's, who
    also see the restricted records that name it.
    """
    widest = widest_audience(viewer)
    return widest.key if partitions_for(widest.viewer) == partitions_for(viewer) else ""


def file_label_of(viewer: Viewer) -> str:
    """Who sees what ``viewer`` sees, as part of a file's name: an audience's key, or their States and entities."""
    own = own_audience(viewer)
    if own:
        return own
    states = ("state", *sorted(viewer.country_codes)) if viewer.country_codes else ()
    entities = ("entity", *sorted(viewer.entity_ids)) if viewer.entity_ids else ()
    return "-".join((*states, *entities))


def label_of(viewer: Viewer) -> str:
    """Who sees what ``viewer`` sees, in words."""
    if viewer.sees_restricted:
        return _("the secretariat")
    if viewer.inside_the_compact:
        if viewer.entity_ids:
            return _("the people of %(states)s") % {"states": ", ".join(sorted(viewer.entity_ids))}
        return _("member entities of the compact")
    if viewer.country_codes:
        named = Country.objects.filter(code__in=viewer.country_codes).values_list("name", flat=True)
        return _("the people of %(states)s") % {"states": ", ".join(named)}
    return _("the public")
