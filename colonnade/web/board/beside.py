"""What a proposal says of each thing that the secretariat comments on, to stand beside the box of its comment."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from colonnade.core.viewer import Viewer
from colonnade.review.actions.screening import COMMENTED
from colonnade.review.models import Proposal
from colonnade.web.proposals.card import origin_of, tables_of
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Line, amount
from colonnade.web.shared.numbers import TableView


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the proposal: a text, lines, or a table; nothing of it where it says nothing."""

    text: str = ""
    lines: tuple[Line, ...] = ()
    table: TableView | None = None

    @property
    def nothing(self) -> bool:
        """Whether the proposal says nothing of it."""
        return not (self.text.strip() or self.lines or (self.table and self.table.rows))


def said_of(viewer: Viewer, proposal: Proposal) -> Mapping[str, Said]:
    """Everything that is commented on, by its name (:data:`~colonnade.review.actions.screening.COMMENTED`).

    Of a need that the reader may not read, that it is one and nothing more.
    """
    tables = tables_of(viewer, proposal)
    found = {name: Said(table=table) for name, table in tables.items()}
    found["requested_usd"] = Said(amount(proposal.requested_usd))
    found["starts_on"] = Said(_period(proposal))
    found["origin"] = Said(lines=tuple(origin_of(viewer, proposal)))
    found["places"] = Said(
        lines=tuple(
            Line(text)
            for text in (
                str(proposal.get_scope_display()) if proposal.scope else "",
                *(str(each) for each in (*proposal.countries.all(), *proposal.regions.all())),
            )
            if text
        )
    )
    return {name: found.get(name) or Said(str(getattr(proposal, name))) for name in COMMENTED}


def _period(proposal: Proposal) -> str:
    if proposal.starts_on and proposal.ends_on:
        days = {"first": short_day(proposal.starts_on), "last": short_day(proposal.ends_on)}
        return _("%(first)s to %(last)s") % days
    return ""
