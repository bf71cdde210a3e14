"""Days as tables print them, short and in one piece; and by when something is to be done."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: Between the parts of a date, so that it stays on one line.
NO_BREAK = "\u00a0"


def short_day(day: date) -> str:
    """``31 Aug 2019``, which no column breaks."""
    return date_format(day, "j M Y").replace(" ", NO_BREAK)


def clock_in_words(overdue: int, due_on: date | None) -> str:
    """By which day a step is to be done, or for how long it has been overdue."""
    if overdue:
        return ngettext("overdue by %(days)d day", "overdue by %(days)d days", overdue) % {"days": overdue}
    return _("until %(day)s") % {"day": short_day(due_on)} if due_on else "–"
