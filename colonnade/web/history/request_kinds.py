"""The kind of a request of a State. Who read it followed whom it was passed to: its history in the log is for those who
see every record, and its page tells every step to all who read it."""

from typing import Final

from django.utils.translation import gettext_noop

from colonnade.needs.models import AssistanceRequest
from colonnade.web.history.shape import Circle, Kind, Part

ASSISTANCE_REQUEST: Final = Kind(
    "assistance_request",
    gettext_noop("Request"),
    AssistanceRequest,
    (
        "title",
        "sort",
        "standing",
        "what",
        "why",
        "country_id",
        "answers_need_id",
        "asked_theme_id",
        "asked_programme_id",
        "by_when",
        "document",
        "brought_by",
        "coordinator_reads",
        "touches",
        "sent_to_id",
        "lead_id",
        "due_on",
        "reason",
        "object_until",
        "objected_on",
        "became_project_id",
        "level",
    ),
    circle=Circle(closed=True),
    owner="of_request_id",
    parts=(
        Part(
            "needs_assistancepassing", gettext_noop("Entity that has it"), ("entity_id", "asked_as", "answer", "says")
        ),
        Part("needs_assistancenotice", gettext_noop("Who is told"), ("whom", "act", "done_on", "done_note")),
        Part("needs_assistancesafeguard", gettext_noop("Safeguard"), ("safeguard_id", "respected", "how")),
    ),
    of_entity=("lead",),
    of_state=("country",),
)
