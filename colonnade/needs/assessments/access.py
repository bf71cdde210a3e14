"""Who records assessments and recommendations: ``None``, or the reason why not.

Every function gets the viewer as they are at this moment, and records that they may see.
"""

from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.needs.models import Recommendation
from colonnade.places.models import Country


def why_never_record(viewer: Viewer) -> str | None:
    """Whether the viewer could record an assessment of any State at all."""
    if viewer.user_id is not None and (
        Role.SECRETARIAT in viewer.roles or (Role.ASSESSOR in viewer.roles and viewer.country_codes)
    ):
        return None
    return _("Only the State's assessor or the secretariat can do this.")


def why_not_record(viewer: Viewer, country: Country) -> str | None:
    """An assessment of a State, and what it recommends, is recorded by its assessor or by the secretariat."""
    if reason := why_never_record(viewer):
        return reason
    if Role.SECRETARIAT in viewer.roles or country.code in viewer.country_codes:
        return None
    return _("Only the State's assessor or the secretariat can do this.")


def why_not_revise(viewer: Viewer, need: Recommendation) -> str | None:
    """A recommendation is revised by whoever could have recorded it, with what its State keeps left as it is."""
    return why_not_record(viewer, need.country)
