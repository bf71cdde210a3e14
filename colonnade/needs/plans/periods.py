"""Whether the days of a plan's parts lie within its period, and whether an activity has begun. Pure: the reasons are
texts, ``None`` or empty where nothing is wrong."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.needs.plans.content import PlanContent

#: Statuses of which an activity can only be once it has begun.
BEGUN_STATUSES: Final = ("under_way", "done")


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day of a plan."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Misfit:
    """A part of a plan (its kind, key and words) that does not lie within its period, and why."""

    kind: str
    key: str
    text: str
    why: str


def wrong_days(period: Period, *, starts_on: date | None, ends_on: date | None) -> dict[str, str]:
    """Field of an activity -> why it is outside of the plan's period; a day that is not known is not judged."""
    found = {}
    if starts_on is not None and not period.starts_on <= starts_on <= period.ends_on:
        found["starts_on"] = (
            _("It would begin before the plan does, on %(day)s.") % {"day": _day(period.starts_on)}
            if starts_on < period.starts_on
            else _("It would begin after the plan ends, on %(day)s.") % {"day": _day(period.ends_on)}
        )
    if ends_on is not None and ends_on > period.ends_on:
        found["ends_on"] = _("It would end after the plan does, on %(day)s.") % {"day": _day(period.ends_on)}
    return found


def why_not_due(period: Period, due_on: date) -> str | None:
    """Why an indicator is not due within the plan's period."""
    if due_on > period.ends_on:
        return _("It would be due after the plan ends, on %(day)s.") % {"day": _day(period.ends_on)}
    if due_on < period.starts_on:
        return _("It would be due before the plan begins, on %(day)s.") % {"day": _day(period.starts_on)}
    return None


def misfits(content: PlanContent) -> list[Misfit]:
    """Every activity and indicator that does not lie within the plan's period."""
    period = Period(content.starts_on, content.ends_on)
    found = []
    for one in content.activities:
        reasons = wrong_days(period, starts_on=one.starts_on, ends_on=one.ends_on)
        if reasons:
            found.append(Misfit("activity", one.key, one.text, " ".join(reasons.values())))
    found += [
        Misfit("indicator", each.key, each.title, reason)
        for each in content.indicators
        if (reason := why_not_due(period, each.due_on))
    ]
    return found


def why_not_begun(status: str, starts_on: date, today: date) -> str | None:
    """Why an activity cannot be under way, or done: it begins on a day that is still to come."""
    if status not in BEGUN_STATUSES or starts_on <= today:
        return None
    return _(
        "This activity begins on %(day)s: report it once it has begun, or bring the date forward in a new version."
    ) % {"day": _day(starts_on)}


def _day(day: date) -> str:
    return date_format(day, "j F Y")
