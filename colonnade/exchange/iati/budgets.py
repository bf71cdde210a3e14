"""What an activity is planned to cost: budgets by period, and planned disbursements."""

from dataclasses import dataclass
from datetime import date

from lxml.etree import _Element

from colonnade.exchange.iati import codes
from colonnade.exchange.iati.values import Notes, Value, code, iso_date, value

ORIGINAL, REVISED = "1", "2"


@dataclass(frozen=True, slots=True)
class Budget:
    """An amount for a period. ``type``: 1 original, 2 revised. ``status``: 1 indicative, 2 committed."""

    type: str
    status: str
    starts_on: date | None
    ends_on: date | None
    value: Value


@dataclass(frozen=True, slots=True)
class PlannedDisbursement:
    """An amount that is to be paid out in a period."""

    type: str
    starts_on: date | None
    ends_on: date | None
    value: Value


def read_budgets(activity: _Element, currency: str, notes: Notes) -> tuple[Budget, ...]:
    """Every budget that has a sound value. Where type and status are not stated they are original and indicative."""
    found = []
    for element in activity.findall("budget"):
        amount = value(element, currency, notes)
        if amount is None:
            continue
        starts_on, ends_on = _period(element, notes)
        found.append(
            Budget(
                type=code(element, "type", codes.BUDGET_TYPE, "budget type", notes, default=ORIGINAL),
                status=code(element, "status", codes.BUDGET_STATUS, "budget status", notes, default="1"),
                starts_on=starts_on,
                ends_on=ends_on,
                value=amount,
            )
        )
    return tuple(found)


def read_planned_disbursements(activity: _Element, currency: str, notes: Notes) -> tuple[PlannedDisbursement, ...]:
    """Every planned disbursement that has a sound value."""
    found = []
    for element in activity.findall("planned-disbursement"):
        amount = value(element, currency, notes)
        if amount is None:
            continue
        kind = code(element, "type", codes.BUDGET_TYPE, "budget type", notes, default=ORIGINAL)
        found.append(PlannedDisbursement(kind, *_period(element, notes), amount))
    return tuple(found)


def _period(element: _Element, notes: Notes) -> tuple[date | None, date | None]:
    start, end = element.find("period-start"), element.find("period-end")
    starts_on = iso_date(start, "iso-date", notes) if start is not None else None
    ends_on = iso_date(end, "iso-date", notes) if end is not None else None
    if starts_on and ends_on and ends_on < starts_on:
        notes.add(
            element,
            f"{starts_on} to {ends_on}",
            "the period ends before it starts; it is left out",
            "state a period that ends after it starts",
        )
        return None, None
    return starts_on, ends_on
