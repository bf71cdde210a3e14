"""The words of a reminder: what waits for its reader, on the board's way or of a request, with its link and its day.

A mail leaves the house, and is read on screens that we know nothing of. So it names a call, which is public, and a
day, and links to the page; titles of proposals and everything else that is not public stay there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.core.reading import reading_as
from colonnade.members.models import Mail
from colonnade.members.queries import viewer_for
from colonnade.review.waiting import Kind, Waiting, waiting_for

#: What is to be done -> how the mail says it, and the page where it is done.
_SAID: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.RETURNED: (gettext_noop("A proposal was returned to you: mend it and send it again"), "proposal"),
    Kind.REVIEW: (gettext_noop("You were drawn to score a proposal"), "score-proposal"),
    Kind.REPORT: (gettext_noop("A report is due"), "send-report"),
    Kind.DECISION: (gettext_noop("A proposal waits for your decision"), "decide-proposal"),
    Kind.ANSWER: (gettext_noop("A request of a State waits for your entity's answer"), "assistance-request"),
    Kind.PASS: (gettext_noop("A request of a State waits to be passed on to entities"), "assistance-request"),
    Kind.LEAD: (gettext_noop("A request of a State waits for a lead"), "assistance-request"),
    Kind.OBJECTION: (gettext_noop("A State's objection to the closing of its request waits"), "assistance-request"),
    Kind.OUTCOME: (gettext_noop("A request of a State that your entity leads is due"), "assistance-request"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits, in words: what, in which call (a request has none), by when (empty: no clock runs), and its
    page."""

    what: str
    call: str
    when: str
    link: str


def reminder_words(mail: Mail) -> Mapping[str, Any] | None:
    """What waits now for whom ``mail`` goes to, of what they may see now; ``None`` where nothing does any more."""
    if mail.person is None:
        return None
    today = timezone.localdate()
    viewer = viewer_for(mail.person, today)
    with reading_as(viewer):
        waiting = waiting_for(viewer, today)
    items = [_item(each, mail.site) for each in waiting]
    whole = "board" if any(each.call for each in waiting) else "requests"
    return {"items": items, "board": mail.site + reverse(whole)} if items else None


def _item(waiting: Waiting, site: str) -> Item:
    what, page = _SAID[waiting.kind]
    return Item(_(what), waiting.call, _when(waiting), site + reverse(page, args=[waiting.public_id]))


def _when(waiting: Waiting) -> str:
    if waiting.due_on is None:
        return ""
    said = _("overdue since %(day)s") if waiting.due_on < timezone.localdate() else _("until %(day)s")
    return said % {"day": date_format(waiting.due_on, "j F Y")}
