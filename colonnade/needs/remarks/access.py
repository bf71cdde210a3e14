"""Who says what about a recommendation: ``None``, or the reason why not.

Every function gets the viewer as they are at this moment, and a recommendation that they may see.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer
from colonnade.needs.models import Recommendation, Remark

_OF_ASSESSORS: Final = (Remark.Kind.ANSWER, Remark.Kind.FINDING)
#: Whose side -> the kinds of remarks that it makes.
KINDS: Final[Mapping[Remark.Side, tuple[Remark.Kind, ...]]] = MappingProxyType(
    {
        Remark.Side.STATE: (Remark.Kind.COMMENT, Remark.Kind.CORRECTION, Remark.Kind.PROGRESS),
        Remark.Side.ASSESSOR: _OF_ASSESSORS,
        Remark.Side.SECRETARIAT: _OF_ASSESSORS,
    }
)


def side_of(viewer: Viewer, need: Recommendation) -> Remark.Side | None:
    """On whose side the viewer speaks about ``need``: its State's before its assessor's, where they hold both."""
    if viewer.user_id is None:
        return None
    here = need.country.code in viewer.country_codes
    if here and Role.STATE in viewer.roles:
        return Remark.Side.STATE
    if here and Role.ASSESSOR in viewer.roles:
        return Remark.Side.ASSESSOR
    return Remark.Side.SECRETARIAT if Role.SECRETARIAT in viewer.roles else None


def why_not_say(viewer: Viewer, need: Recommendation) -> str | None:
    """Remarks are made by the State, its assessors and the secretariat."""
    if side_of(viewer, need) is None:
        return _("Only the State that was assessed, its assessors and the secretariat speak about this here.")
    return None


def why_never_say(viewer: Viewer) -> str | None:
    """Whether the viewer could make a remark about any recommendation at all."""
    of_a_state = viewer.roles & {Role.STATE, Role.ASSESSOR} and viewer.country_codes
    if viewer.user_id is not None and (of_a_state or Role.SECRETARIAT in viewer.roles):
        return None
    return _("Only the State that was assessed, its assessors and the secretariat speak about this here.")
