"""What a request that is about to be filed still lacks, field by field.

The action refuses it with this, and the form says all of it at once.
"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from colonnade.needs.assistance.rules import Rules
from colonnade.needs.models import AssistanceRequest


def what_is_missing(
    rules: Rules, *, kind: str, channel: str, to_entity: bool, touches: str, by_when: date | None, today: date
) -> Iterator[tuple[str, str]]:
    """Yield the field and what is wrong with it. ``kind`` and ``channel`` are codes; ``to_entity``: an entity is
    named. Where no kind is chosen yet, nothing is said of what depends on it."""
    of_kind, by_way_of = rules.kind(kind), rules.channel(channel)
    if of_kind is None:
        yield "kind", _("Say what kind of request it is.")
    if by_way_of is None or (of_kind is not None and by_way_of.code not in of_kind.channels):
        yield "channel", _("Choose one of the channels that this kind of request can take.")
    elif by_way_of.to == "entity" and not to_entity:
        yield "sent_to", _("Name the entity that the State turns to.")
    if touches not in AssistanceRequest.Touches.values or (of_kind is not None and of_kind.safeguards and not touches):
        yield "touches", _("Say whom it touches: women, children, or both.")
    if by_when is not None and by_when < today:
        yield "by_when", _("The day by which it is needed is over.")
