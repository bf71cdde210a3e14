"""Fields of a need that not every reader of it reads: those that its State keeps.

The records that these rules speak of are :class:`~colonnade.needs.queries.SeenNeed`: a need as one reader sees it.
"""

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext_noop

from colonnade.core.fields import FieldRule, FieldRules
from colonnade.core.viewer import Viewer
from colonnade.needs.keepable import KEEPABLE

#: What stands where a value would: that the State keeps it, and nothing of it.
KEPT: Final = gettext_noop("Kept by the State")


def _unless_kept(name: str) -> Callable[[Viewer, Any], bool]:
    return lambda _viewer, seen: name not in seen.hidden


RULES: Final[FieldRules] = {name: FieldRule(_unless_kept(name), KEPT) for name in KEEPABLE}
