"""Events as a calendar file: what every reader's calendar shows of them. See :mod:`.icalendar` for the format."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import grouped
from colonnade.audit.records import Provenance
from colonnade.strategy.models import Strategy
from colonnade.web.events.held import Held
from colonnade.web.events.icalendar import CalendarEvent, calendar


def calendar_file(
    events: Iterable[Held], strategy: Strategy, stamped_at: datetime, absolute: Callable[[str], str], *, name: str = ""
) -> Iterator[str]:
    """The lines of a calendar of ``events`` as they stood at ``stamped_at``. ``absolute`` completes an address."""
    title = name or _("%(strategy)s: events") % {"strategy": strategy.short_title}
    return calendar(title, (_entry(event, strategy, stamped_at, absolute) for event in events))


def _entry(event: Held, strategy: Strategy, stamped_at: datetime, absolute: Callable[[str], str]) -> CalendarEvent:
    return CalendarEvent(
        uid=f"{event.identifier}@events.{strategy.code}.colonnade",
        stamped_at=stamped_at,
        title=event.title,
        first_day=event.starts_on,
        last_day=event.ends_on,
        location=event.place,
        description="\n".join(_description(event, strategy)),
        categories=(event.kind,),
        address=absolute(event.href),
    )


def _description(event: Held, strategy: Strategy) -> Iterator[str]:
    yield event.kind
    if event.organiser:
        yield _("Organiser: %(entity)s") % {"entity": event.organiser}
    if event.participants is not None:
        yield _("Participants: %(number)s") % {"number": grouped(event.participants)}
    if event.provenance == Provenance.ILLUSTRATIVE and strategy.illustrative_notice:
        yield strategy.illustrative_notice
