"""What changed since the inventory before: a flow that adds up, every number of it a figure."""

from dataclasses import dataclass

from django.urls import reverse

from colonnade.reporting.build import Inventory
from colonnade.web.shared.addresses import Place
from colonnade.web.shared.numbers import LinkedNumber, number_of
from colonnade.web.shared.press import main_report
from colonnade.web.shared.reading import Reading


@dataclass(frozen=True, slots=True)
class Change:
    """From ``before`` projects, less those that left, with those that are new, to ``now``."""

    since: str
    before: LinkedNumber
    left: LinkedNumber
    new: LinkedNumber
    carried: LinkedNumber
    now: LinkedNumber
    compare: str


def change_since(reading: Reading, inventory: Inventory) -> Change | None:
    """The change since the inventory that ``inventory`` is compared with; ``None`` where there is none."""
    previous = reading.inventories.get(inventory.previous or "")
    if previous is None:
        return None
    before, left, new, carried, now = (
        number_of(reading.figure(key), Place(key, audience=reading.reader.asked))
        for key in ("projects_previous", "projects_left", "projects_new", "projects_carried", "projects")
    )
    report = main_report()
    compare = reverse("report-compare", args=[report.name]) if report else ""
    if compare:
        compare += f"?before={previous.key}&after={inventory.key}"
    return Change(previous.title, before, left, new, carried, now, compare)
