"""How tables of the board print amounts, means and clocks."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colonnade.analysis.figures.display import grouped, rounded
from colonnade.web.shared.days import short_day

NOTHING: Final = "–"


def money(value: Decimal | None) -> str:
    """An amount as tables print it: with cents where there are any."""
    if value is None:
        return NOTHING
    return grouped(value, 0 if rounded(value, 2) == rounded(value, 0) else 2)


def mean(value: Fraction | None) -> str:
    """A mean, rounded here and nowhere else."""
    return NOTHING if value is None else grouped(Decimal(value.numerator) / Decimal(value.denominator), 2)


def clock_in_words(overdue: int, due_on: date | None) -> str:
    """By which day a step is to be done, or for how long it has been overdue."""
    if overdue:
        return ngettext("overdue by %(days)d day", "overdue by %(days)d days", overdue) % {"days": overdue}
    return _("until %(day)s") % {"day": short_day(due_on)} if due_on else NOTHING
