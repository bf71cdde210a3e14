"""Where the facts of a project came from: the rule that read each, the words it rests on, the file and the row."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.portfolio.models import InventoryEntry, MappedFact
from colonnade.web.shared.bidirectional import isolated


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value came from. ``place`` is the file, with the row where that is known."""

    rule: str
    evidence: str
    place: str


class Origins:
    """The origins of a project's mapped facts, found by the field that they explain."""

    def __init__(self, mapped: Iterable[MappedFact]) -> None:
        self._by_field: dict[str, list[MappedFact]] = {}
        for fact in mapped:
            self._by_field.setdefault(fact.field, []).append(fact)

    def of(self, field: str, value: str | None = None) -> tuple[Origin, ...]:
        """The origins of ``field``, of one value of it where ``value`` is given."""
        found = self._by_field.get(field, ())
        return tuple(_origin(fact) for fact in found if value is None or fact.value == value)


def reported_in(entry: InventoryEntry | None) -> str:
    """In which inventory the latest was reported, and what that rests on, in words."""
    if entry is None:
        return _("Recorded after the last inventory closed: no inventory counts it yet.")
    inventory = entry.inventory
    return _("As reported in the inventory “%(title)s”, as of %(day)s. Source: %(source)s.") % {
        "title": inventory.title,
        "day": date_format(inventory.as_of, "j F Y"),
        "source": isolated(inventory.source),
    }


def _origin(fact: MappedFact) -> Origin:
    place = _("%(file)s, row %(row)s") % {"file": fact.file, "row": fact.row} if fact.row else fact.file
    return Origin(fact.rule, fact.evidence, place)
