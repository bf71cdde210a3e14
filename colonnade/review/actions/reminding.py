"""Telling a person by mail, once a day, that something waits for them on the board's way."""

from datetime import date

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.reading import reading_as
from colonnade.members.actions import Letter, write_mail
from colonnade.members.models import Mail, Person
from colonnade.members.queries import viewer_for
from colonnade.review.waiting import waiting_for

_WHY = "whether somebody was reminded that day already"


@action
def remind_person(*, person: Person, today: date, site: str, actor: Actor) -> Mail | None:
    """Put one mail into the outbox where something waits for ``person``; ``None`` where nothing does.

    A second time on the same day nothing is written. The mail keeps the day alone: what waits is read, as its reader
    may see it by then, when it is put into words.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    told = Mail.objects.unscoped(_WHY).filter(kind=Mail.Kind.REMINDER, person=locked, context__day=today.isoformat())
    if not locked.is_active or told.exists():
        return None
    viewer = viewer_for(locked, today)
    with reading_as(viewer):
        waits = bool(waiting_for(viewer, today))
    if not waits:
        return None
    context = {"day": today.isoformat()}
    return write_mail(letter=Letter(Mail.Kind.REMINDER, locked, locked.email, site, context), actor=actor)
