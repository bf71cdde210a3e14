"""Fields of the fund's records that not every reader of them reads: terms of an agreement, and what entries say.

Terms lie in a row of their own, so that whatever else reads agreements meets nothing of them. What an entry says in
words may name what a project keeps to itself; whoever keeps or audits the books reads it, and whoever it concerns.
"""

from typing import Any, Final

from django.utils.translation import gettext_noop

from colonnade.core.fields import FieldRule, FieldRules
from colonnade.core.viewer import Role, Viewer

#: What stands where they would.
OF_THE_DONOR: Final = gettext_noop("Between the contributor and the secretariat")
OF_THE_KEEPERS: Final = gettext_noop("For those who keep the books")


def _donor_or_office(viewer: Viewer, seen: Any) -> bool:
    return viewer.sees_restricted or seen.is_own


def _not_for_the_board(viewer: Viewer, entry: Any) -> bool:  # noqa: ARG001  # the shape of a rule
    return viewer.sees_restricted or Role.BOARD not in viewer.roles


#: Of :class:`~colonnade.funding.queries.SeenAgreement`.
TERMS: Final[FieldRules] = {"terms": FieldRule(_donor_or_office, OF_THE_DONOR)}
#: Of entries. An entry is seen by its own people, or by the board.
WORDS: Final[FieldRules] = {name: FieldRule(_not_for_the_board, OF_THE_KEEPERS) for name in ("narrative", "document")}
