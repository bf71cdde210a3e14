"""Fields of an agreement that not every reader of its pledge reads: its terms.

The records that these rules speak of are :class:`~colonnade.funding.queries.SeenAgreement`: an agreement as one reader
sees it. The terms lie in a row of their own, so that whatever else reads agreements meets nothing of them.
"""

from typing import Any, Final

from django.utils.translation import gettext_noop

from colonnade.core.fields import FieldRule, FieldRules
from colonnade.core.viewer import Viewer

#: What stands where terms would.
OF_THE_DONOR: Final = gettext_noop("Between the contributor and the secretariat")


def _donor_or_office(viewer: Viewer, seen: Any) -> bool:
    return viewer.sees_restricted or seen.is_own


RULES: Final[FieldRules] = {"terms": FieldRule(_donor_or_office, OF_THE_DONOR)}
