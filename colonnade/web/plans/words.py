"""Plans of action in words: statuses, kinds of parts, fields, amounts, indicators, what waits for whom."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from colonnade.analysis.figures.display import grouped
from colonnade.needs.models import ActionPlan, ActivityReport, PlanConsent, PlanRisk, PlanStep, Recommendation
from colonnade.needs.plans.content import Indicator
from colonnade.needs.plans.differences import Change, Difference
from colonnade.needs.plans.said import COMPACT_CLOSED, COMPACT_OPEN, COSTS_CLOSED, COSTS_OPEN, VERSION_AGREED, read
from colonnade.needs.plans.standing import Stands
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import amount

#: Kind of a part -> what it is called, and the way to add one.
PARTS: Final = {
    "plan": gettext_lazy("Plan"),
    "need": gettext_lazy("Need"),
    "order": gettext_lazy("Order of the needs, the most urgent first"),
    "outcome": gettext_lazy("Outcome"),
    "output": gettext_lazy("Output"),
    "activity": gettext_lazy("Activity"),
    "indicator": gettext_lazy("Indicator"),
    "risk": gettext_lazy("Risk"),
}
ADD: Final = {
    "outcome": gettext_lazy("Add an outcome"),
    "output": gettext_lazy("Add an output"),
    "activity": gettext_lazy("Add an activity"),
    "indicator": gettext_lazy("Add an indicator"),
    "risk": gettext_lazy("Add a risk"),
}
#: Field of a part -> its name.
FIELDS: Final = {
    "title": gettext_lazy("Title"),
    "text": gettext_lazy("Words"),
    "starts_on": gettext_lazy("Begins"),
    "ends_on": gettext_lazy("Ends"),
    "reason": gettext_lazy("Why"),
    "lead_name": gettext_lazy("Who leads"),
    "partners": gettext_lazy("Partners"),
    "cost": gettext_lazy("Cost"),
    "funded_from": gettext_lazy("Where the funding comes from"),
    "unit": gettext_lazy("Unit"),
    "baseline": gettext_lazy("Baseline"),
    "target": gettext_lazy("Target"),
    "due_on": gettext_lazy("Due"),
    "likelihood": gettext_lazy("Likelihood"),
    "impact": gettext_lazy("Impact"),
    "response": gettext_lazy("What is done about it"),
    "owner": gettext_lazy("Who watches it"),
}
_SORTS: Final = {
    "new": gettext_noop("New"),
    "gone": gettext_noop("Dropped"),
    "changed": gettext_noop("Changed"),
}
#: Steps of which nobody words what is said.
_COMPOSED: Final = (
    PlanStep.Done.CONSENTED, PlanStep.Done.CONFIRMED, PlanStep.Done.WITHDRAWN, PlanStep.Done.AGREED,
    PlanStep.Done.READERS,
)  # fmt: skip
#: Code of what a step says -> the words.
_SAID: Final = {
    VERSION_AGREED: gettext_lazy("Version %(number)s"),
    COSTS_OPEN: gettext_lazy("Donors and the public read the costed table."),
    COSTS_CLOSED: gettext_lazy("Donors and the public do not read the costed table any more."),
    COMPACT_OPEN: gettext_lazy("The whole compact reads what is agreed."),
    COMPACT_CLOSED: gettext_lazy("Only its circle reads the plan."),
}
_MOST_PLACES: Final = 4


def standing_title(one: Stands) -> str:
    """Where a plan stands."""
    return str(one.standing.label)


def coming_words(one: Stands) -> str:
    """Where its next version stands, beside the one in force; empty where nothing is told of one."""
    if one.coming is None:
        return ""
    if one.coming == ActionPlan.Standing.PROPOSED:
        return _("a new version is proposed to the State")
    return _("a new version is being drafted")


def said_words(step: PlanStep) -> str:
    """What a step says: somebody's own words, or what is kept as a code, in the reader's language."""
    said = read(step.says) if step.done in _COMPOSED else None
    if said is None:
        return _(step.says) if step.done == PlanStep.Done.READERS else step.says
    if said.code in _SAID:
        about = str(_SAID[said.code]) % {"number": said.about}
    else:
        about = f"{said.about}: {PlanConsent.Covers(said.code).label}."
    return " ".join(part for part in (about, said.words) if part)


def status_title(status: str) -> str:
    """How far an activity is."""
    return str(ActivityReport.Status(status).label)


def degree_title(degree: str) -> str:
    """How likely, or how bad, something is."""
    return str(PlanRisk.Degree(degree).label)


def priority_title(priority: str) -> str:
    """A need's priority; a dash where its State keeps it."""
    return str(Recommendation.Priority(priority).label) if priority else "–"


def measured(value: Decimal | None) -> str:
    """A value of an indicator, without noughts that say nothing."""
    if value is None:
        return "–"
    text = grouped(value, _MOST_PLACES)
    return text.rstrip("0").rstrip(".") if "." in text else text


def latest(one: Indicator) -> str:
    """The last value and its day."""
    if one.latest is None or one.latest_on is None:
        return _("Nothing yet")
    return f"{measured(one.latest)} ({short_day(one.latest_on)})"


def way_gone(one: Indicator) -> str:
    """How much of the way from the baseline to the target is gone."""
    if one.way is None:
        return "–"
    return _("Met") if one.is_met else _("%(number)s per cent") % {"number": grouped(one.way * 100)}


def difference_words(one: Difference) -> str:
    """``New activity``."""
    return _("%(sort)s: %(kind)s") % {"sort": _(_SORTS[one.sort]), "kind": str(PARTS[one.kind])}


def change_words(one: Change) -> str:
    """``Cost: USD 100, before USD 50``."""
    return _("%(field)s: %(after)s; before: %(before)s") % {
        "field": str(FIELDS[one.field]), "after": _value(one.field, one.after), "before": _value(one.field, one.before),
    }  # fmt: skip


def _value(field: str, value: Any) -> str:
    if value is None or value in ("", ()):
        return _("nothing")
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, Decimal):
        return amount(value) if field == "cost" else measured(value)
    if field in ("likelihood", "impact"):
        return degree_title(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(value)
    return str(value)
