"""How long a proposal has been where it is, whether its step is overdue, and when reports fall due. Pure."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from colonnade.review.models.proposal import Standing
from colonnade.review.rules import ReportDue, Rules, Step

#: Where a proposal stands when a step of the process is done.
_AFTER = {"screening": Standing.SCREENED, "scoring": Standing.SCORED, "board": Standing.RECOMMENDED}


@dataclass(frozen=True, slots=True)
class Clock:
    """The step that a proposal is in, for how many days, and by which day the step is to be done (``None``: none)."""

    step: Step
    days: int
    due_on: date | None

    def overdue(self, today: date) -> int:
        """Days past the day by which it is to be done; 0 while there is time."""
        return max(0, (today - self.due_on).days) if self.due_on else 0


def step_at(rules: Rules, standing: str) -> Step | None:
    """The step that a proposal of that standing waits for; ``None`` where it waits for nobody but its applicant."""
    reached: str = Standing.SUBMITTED
    for step in rules.steps:
        if standing == reached:
            return step
        reached = _AFTER.get(step.code, "")
    return None


def clock(rules: Rules, standing: str, since: date, today: date) -> Clock | None:
    """The clock of a proposal that came to ``standing`` on the day ``since``."""
    step = step_at(rules, standing)
    if step is None:
        return None
    return Clock(step, (today - since).days, since + timedelta(days=step.days) if step.days else None)


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def reports_due(starts_on: date, ends_on: date, reports: Sequence[ReportDue]) -> list[tuple[str, date]]:
    """The kind and day of every report: each so many months of the project, and where it is 0, once at its end.

    A periodic report that would fall on the end or after it is left to the one that closes, where there is one of its
    kind; otherwise the last falls due at the end.
    """
    due: set[tuple[str, date]] = set()
    closing = {report.kind for report in reports if not report.every_months}
    for report in reports:
        if not report.every_months:
            due.add((report.kind, ends_on))
            continue
        number = 1
        while (day := months_after(starts_on, number * report.every_months)) < ends_on:
            due.add((report.kind, day))
            number += 1
        if report.kind not in closing:
            due.add((report.kind, ends_on))
    return sorted(due, key=lambda one: (one[1], one[0]))
