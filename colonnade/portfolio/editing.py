"""What of a project its people edit by hand, and which values of it go together. Pure, but for the choices."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.portfolio.models.project import Origin, Project, Scope, Status

#: Fields that are edited -> how people call them, in the order of the form. Keys end in ``_id``.
EDITABLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "title": gettext_noop("Title"),
        "description": gettext_noop("Description"),
        "status": gettext_noop("Status"),
        "scope": gettext_noop("Scope"),
        "pillar_id": gettext_noop("Pillar"),
        "working_group_id": gettext_noop("Working group"),
        "starts_on": gettext_noop("Begins"),
        "ends_on": gettext_noop("Ends"),
        "origin": gettext_noop("Origin"),
        "origin_note": gettext_noop("Note on the origin"),
    }
)
#: Those that the newest inventory says of the project as well.
REPORTED: Final = ("status", "scope", "pillar_id")


class ProjectRefused(ValueError):
    """What was asked for may not be done; the text says why."""


class ProjectChanged(ValueError):
    """Somebody else saved the project since it was read. ``current`` is the project as it stands."""

    def __init__(self, current: Project) -> None:
        super().__init__(_("Somebody else changed this project while you were editing it."))
        self.current = current


def why_not_so(values: Mapping[str, Any]) -> str | None:
    """Whether a project could stand like this: ``values`` are those of the editable fields, all of them."""
    if not values["title"].strip():
        return _("A project has a title.")
    if values["status"] not in Status.values:
        return _("There is no such status.")
    if values["scope"] not in ("", *Scope.values) or values["origin"] not in ("", *Origin.values):
        return _("There is no such scope or origin.")
    if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
        return _("The project would end before it begins.")
    return None
