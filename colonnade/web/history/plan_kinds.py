"""The kind of a plan of action. Who read it followed whom it named and what its States consented to: its history in the
log is for those who see every record, and its page tells every step to its circle."""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.needs.models import ActionPlan
from colonnade.web.history.shape import Circle, Kind, Part

ACTION_PLAN: Final = Kind(
    "action_plan",
    gettext_noop("Plan of action"),
    ActionPlan,
    ("title", "standing", "country_id", "region_id", "starts_on", "ends_on", "reason", "level"),
    circle=Circle(closed=True),
    owner="of_plan_id",
    parts=(
        Part("needs_planstate", gettext_noop("State"), ("country_id",), closed=True),
        Part("needs_planentity", gettext_noop("Entity"), ("entity_id",), closed=True),
        Part(
            "needs_planconsent",
            gettext_noop("Consent"),
            ("country_id", "covers", "given_by", "given_on", "document"),
            closed=True,
        ),
        Part(
            "needs_planactivity",
            gettext_noop("Activity"),
            ("text", "lead_id", "cost", "funded", "status", "answer"),
            closed=True,
        ),
    ),
    of_state=("country",),
)
