"""What each inventory said of a project, the newest first, with what changed since the one before it."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.portfolio.models import InventoryEntry
from colonnade.web.projects.amounts import dollars
from colonnade.web.shared.numbers import CellView, HeaderView, TableView

#: Places of the amounts among what is said of an entry.
_AMOUNTS = frozenset({3, 4})


def inventories_table(entries: Sequence[InventoryEntry]) -> TableView:
    """``entries`` the newest first. A cell that differs from the row below says what that one said."""
    header = (
        HeaderView(_("Inventory")),
        HeaderView(_("Status")),
        HeaderView(_("Scope")),
        HeaderView(_("Pillar")),
        HeaderView(_("Budget (US dollars)"), numeric=True),
        HeaderView(_("Funding received (US dollars)"), numeric=True),
    )
    rows = []
    for place, entry in enumerate(entries):
        before = _comparable(entries, place)
        day = date_format(entry.inventory.as_of, "j F Y")
        title = CellView(
            entry.inventory.title,
            header=True,
            aside=_("as of %(day)s · %(source)s") % {"day": day, "source": entry.inventory.source},
        )
        rows.append((title, *_cells(entry, before)))
    return TableView(_("What each inventory says of it"), header, tuple(rows))


def _comparable(entries: Sequence[InventoryEntry], place: int) -> InventoryEntry | None:
    """The entry of an earlier day to compare with: of the inventory that this one names, else the next older."""
    entry = entries[place]
    older = [other for other in entries[place + 1 :] if other.inventory.as_of < entry.inventory.as_of]
    named = [other for other in older if other.inventory_id == entry.inventory.previous_id]
    return next(iter(named or older), None)


def _cells(entry: InventoryEntry, before: InventoryEntry | None) -> tuple[CellView, ...]:
    said, said_before = _said(entry), _said(before) if before else None
    cells = []
    for place, text in enumerate(said):
        changed = said_before is not None and said_before[place] != text
        aside = _("changed, was: %(before)s") % {"before": said_before[place]} if changed and said_before else ""
        cells.append(CellView(text, numeric=place in _AMOUNTS, here=changed, aside=aside))
    return tuple(cells)


def _said(entry: InventoryEntry) -> tuple[str, ...]:
    return (
        str(entry.get_status_display()),
        str(entry.get_scope_display()) if entry.scope else _("Not reported"),
        entry.pillar.code if entry.pillar else _("Not reported"),
        dollars(entry.budget_usd),
        dollars(entry.funding_usd),
    )
