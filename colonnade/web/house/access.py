"""Who runs the house."""

from typing import Final

from django.utils.translation import gettext as _

from colonnade.core.viewer import Role, Viewer

#: Roles that see the details of the health page. None of them is a record.
OPERATORS: Final = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR, Role.AUDITOR})


def may_see_details(viewer: Viewer) -> bool:
    """Whether the reader runs or audits the house."""
    return bool(viewer.roles & OPERATORS)


def why_not_see_details(viewer: Viewer) -> str | None:
    """The same, with the reason."""
    return None if may_see_details(viewer) else _("Only those who run or audit the house see them.")
