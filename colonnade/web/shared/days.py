"""Days as tables print them: short, and in one piece."""

from datetime import date

from django.utils.formats import date_format

#: Between the parts of a date, so that it stays on one line.
NO_BREAK = "\u00a0"


def short_day(day: date) -> str:
    """``31 Aug 2019``, which no column breaks."""
    return date_format(day, "j M Y").replace(" ", NO_BREAK)
