"""A need as the readers whom it is to be opened to see it: before, after, and what changes in their lists.

Whoever looks at it may see less of the rest than those readers do (a State's people read no other State's needs), so
everything beside the need itself is counted over what both see.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from colonnade.core.viewer import AUDIENCES, Level, Viewer
from colonnade.needs.models import Recommendation
from colonnade.needs.queries import SeenNeed, as_opened, need_called, seen, seen_by_both
from colonnade.web.needs.card import NeedCard, heading, need_card
from colonnade.web.shared.numbers import CellView, HeaderView, TableView

#: The readers that a level adds, as the audience that stands for them.
READERS: Final = {
    Level.PUBLIC: AUDIENCES["public"],
    Level.COMPACT: AUDIENCES["compact"],
    Level.RESTRICTED: AUDIENCES["secretariat"],
}


@dataclass(frozen=True, slots=True)
class Preview:
    """``before`` is ``None`` where those readers see nothing of the need yet."""

    readers: str
    before: NeedCard | None
    after: NeedCard
    lists: TableView
    partial: bool


def preview_of(viewer: Viewer, need: Recommendation, level: str, fields: Collection[str]) -> Preview:
    """What the readers of ``level`` see of ``need`` now, and would with ``fields`` open. Writes nothing."""
    audience = READERS[Level(level)]
    now = need_called(audience.viewer, need.public_id)
    before = seen(audience.viewer, now) if now is not None else None
    after = as_opened(viewer, need, level, fields)
    return Preview(
        readers=_(audience.title),
        before=need_card(viewer, before, among=audience.viewer) if before is not None else None,
        after=need_card(viewer, after, among=audience.viewer),
        lists=_lists(viewer, audience.viewer, before, after),
        partial=not viewer.sees_restricted,
    )


def _lists(viewer: Viewer, readers: Viewer, before: SeenNeed | None, after: SeenNeed) -> TableView:
    """How the need stands in lists, and how many needs their filters find."""
    both, need = seen_by_both(viewer, readers), after.need
    rows = [
        (
            CellView(_("How it stands in a list"), header=True),
            CellView(heading(readers, before) if before is not None else _("It is not there")),
            CellView(heading(readers, after)),
        )
    ]
    counted = [(_("Needs"), both.count(), before is not None)]
    of_state = both.filter(country=need.country).count()
    counted.append((_("Needs of %(state)s") % {"state": need.country.name}, of_state, before is not None))
    if after.theme is not None:
        there = before is not None and before.theme is not None
        counted.append((after.theme.title, both.filter(theme=after.theme).count(), there))
    if after.pillar is not None:
        there = before is not None and before.pillar is not None
        counted.append((after.pillar.title, both.filter(pillar=after.pillar).count(), there))
    if after.priority:
        there = before is not None and bool(before.priority)
        title = _("Priority: %(priority)s") % {"priority": after.priority_title}
        counted.append((title, both.filter(priority=after.priority).count(), there))
    rows += [
        (
            CellView(title, header=True),
            CellView(f"{count:,}", numeric=True),
            CellView(f"{count if there else count + 1:,}", numeric=True),
        )
        for title, count, there in counted
    ]
    header = (HeaderView(_("What changes in lists and figures")), HeaderView(_("Now")), HeaderView(_("Then")))
    return TableView(_("What changes in lists and figures"), header, tuple(rows))
