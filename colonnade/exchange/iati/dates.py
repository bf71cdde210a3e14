"""When an activity begins and ends, as planned and in fact."""

from dataclasses import dataclass
from datetime import date

from lxml.etree import _Element

from colonnade.exchange.iati import codes
from colonnade.exchange.iati.values import Notes, code, iso_date


@dataclass(frozen=True, slots=True)
class ActivityDates:
    """The four dates of the standard; ``None`` where one is not published."""

    planned_start: date | None = None
    actual_start: date | None = None
    planned_end: date | None = None
    actual_end: date | None = None

    @property
    def starts_on(self) -> date | None:
        """The actual start, else the planned one."""
        return self.actual_start or self.planned_start

    @property
    def ends_on(self) -> date | None:
        """The actual end, else the planned one."""
        return self.actual_end or self.planned_end


def read_dates(activity: _Element, notes: Notes) -> ActivityDates:
    """The dates of an activity. A second date of a type is noted and left out."""
    found: dict[str, date] = {}
    for element in activity.findall("activity-date"):
        kind = code(element, "type", codes.ACTIVITY_DATE_TYPE, "type of date", notes)
        day = iso_date(element, "iso-date", notes)
        if not kind or day is None:
            if not element.get("type"):
                notes.add(element, "", "a date without a type; it is left out", "give the type, 1 to 4", "type")
            continue
        if kind in found:
            if found[kind] != day:
                name = codes.ACTIVITY_DATE_TYPE[kind]
                notes.add(element, day.isoformat(), f"a second {name}; it is left out", "state one of each type")
            continue
        found[kind] = day
    return ActivityDates(found.get("1"), found.get("2"), found.get("3"), found.get("4"))
