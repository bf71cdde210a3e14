"""What the page of a proposal says, section by section, as far as its reader may read what it cites."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from colonnade.core.viewer import Viewer
from colonnade.portfolio.models import Origin
from colonnade.review.board_queries import project_of
from colonnade.review.models import (
    BudgetLine,
    Consultation,
    Output,
    Proposal,
    ProposedMarker,
    Risk,
    SafeguardAnswer,
)
from colonnade.review.summaries import cited_need
from colonnade.review.writing import WRITTEN
from colonnade.strategy.models import MarkerLevel
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, amount, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import PROJECT, record_address

_TEXTS = (
    "purpose", "performance", "limits", "product_description", "outcomes", "benefits", "quality", "programme_alignment",
    "group_alignment", "fund_alignment", "cofunding", "sustainability", "due_diligence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A proposal in words: facts first, then its texts, then its lists."""

    facts: list[Fact]
    texts: list[tuple[str, str]]
    tables: list[tuple[str, TableView]]


def card_of(viewer: Viewer, proposal: Proposal) -> Card:
    """The whole of ``proposal``, without what its reader may not read."""
    return Card(
        _facts(viewer, proposal),
        [(_(WRITTEN[name]), getattr(proposal, name)) for name in _TEXTS if getattr(proposal, name)],
        [(name, table) for name, table in _tables(viewer, proposal) if table.rows],
    )


def origin_of(viewer: Viewer, proposal: Proposal) -> list[Line]:
    """What a proposal rests on. Of a need that the reader may not read, that it is one and nothing more."""
    if proposal.origin == Origin.RECOMMENDATION:
        need = cited_need(viewer, proposal)
        if need is None:
            return [Line(_("A recommendation that is not open to you"))]
        href = record_address("recommendation", need.public_id)
        return [Line(_("Recommendation %(reference)s") % {"reference": need.reference}, href, need.title)]
    if proposal.origin == Origin.REQUEST:
        asked_by = proposal.requested_by.name if proposal.requested_by else _("a State")
        said = _("Requested by %(state)s") % {"state": asked_by}
        return [Line(said, aside=proposal.request_document)]
    if proposal.origin == Origin.MANDATE:
        mandate = proposal.mandate
        href = record_address("mandate", mandate.code) if mandate else ""
        return [Line(mandate.code if mandate else _("Mandate of the entity"), href, proposal.mandate_note)]
    return []


def _facts(viewer: Viewer, proposal: Proposal) -> list[Fact]:
    approved = project_of(viewer, proposal)
    group = proposal.working_group
    return facts(
        (_("Standing"), proposal.get_standing_display()),
        (_("Call"), Line(proposal.call.title, record_address("call", proposal.call.code))),
        (_("Amends"), _amended(viewer, proposal)),
        (_("Entity"), Line(proposal.entity.name, record_address("entity", proposal.entity.code))),
        (_("Partners"), [Line(each.name, record_address("entity", each.code)) for each in proposal.partners.all()]),
        (_("Working group"), Line(group.title, record_address("working_group", group.code)) if group else None),
        (_("Asked for"), amount(proposal.requested_usd)),
        (_("Begins"), proposal.starts_on),
        (_("Ends"), proposal.ends_on),
        (_("Origin"), origin_of(viewer, proposal)),
        (_("Pillar"), proposal.pillar.title if proposal.pillar else ""),
        (_("Thematic priority"), proposal.theme.title if proposal.theme else ""),
        (_("Scope"), proposal.get_scope_display()),
        (_("States"), [Line(each.name, record_address("country", each.code)) for each in proposal.countries.all()]),
        (_("Regions"), [Line(each.name, record_address("region", each.code)) for each in proposal.regions.all()]),
        (
            _("Women or children linked to listed groups"),
            _("Concerned: the safeguards are answered below") if proposal.touches_protected else "",
        ),
        (_("Sent"), proposal.submitted_at.date() if proposal.submitted_at else None),
        (_("Withdrawn because"), proposal.withdrawn_because),
        (_("Project"), Line(approved.title, record_address(PROJECT, approved.public_id)) if approved else None),
    )


def _amended(viewer: Viewer, proposal: Proposal) -> Line | None:
    """The approved proposal that this one would change, where the reader may see it."""
    if proposal.amends_id is None:
        return None
    found = Proposal.objects.visible_to(viewer).filter(pk=proposal.amends_id).first()
    return Line(found.title, record_address("proposal", found.public_id)) if found else None


def tables_of(viewer: Viewer, proposal: Proposal) -> dict[str, TableView]:
    """The lists of a proposal by name, those without a row too."""
    return dict(_tables(viewer, proposal))


def _tables(viewer: Viewer, proposal: Proposal) -> Iterable[tuple[str, TableView]]:
    def rows_of(model: Any, *joined: str) -> Any:
        rows = model.objects.visible_to(viewer).filter(proposal=proposal)
        return rows.select_related(*joined) if joined else rows

    yield (
        "budget",
        _table(
            _("Budget"),
            (_("Kind of cost"), _("What for"), _("Asked for"), _("Paid by others")),
            [
                (line.category, line.description, amount(line.amount_usd), amount(line.cofunded_usd))
                for line in rows_of(BudgetLine).order_by("position")
            ],
            numeric=(2, 3),
        ),
    )
    yield (
        "outputs",
        _table(
            _("Outputs and results"),
            (_("Output"), _("Kind"), _("Outcome"), _("Indicator"), _("Baseline"), _("Target")),
            [
                (each.title, str(each.get_kind_display()), each.outcome, each.indicator, each.baseline, each.target)
                for each in rows_of(Output).order_by("position")
            ],
        ),
    )
    yield (
        "risks",
        _table(
            _("Risks"),
            (_("Risk"), _("Likelihood"), _("Impact"), _("What is done about it")),
            [
                (each.title, str(each.get_likelihood_display()), str(each.get_impact_display()), each.mitigation)
                for each in rows_of(Risk).order_by("position")
            ],
        ),
    )
    yield (
        "consultations",
        _table(
            _("Consultations"),
            (_("With whom"), _("Day"), _("What came of it")),
            [
                (each.entity.name, short_day(each.held_on) if each.held_on else "", each.outcome)
                for each in rows_of(Consultation, "entity").order_by("entity__code")
            ],
        ),
    )
    titles = {(each.marker, each.level): each.title for each in MarkerLevel.objects.all()}
    yield (
        "markers",
        _table(
            _("Markers"),
            (_("Marker"), _("Score"), _("Why")),
            [
                (each.marker.replace("_", " ").capitalize(), _score(each, titles), each.justification)
                for each in rows_of(ProposedMarker).order_by("marker")
            ],
        ),
    )
    yield (
        "safeguards",
        _table(
            _("Safeguards"),
            (_("Question"), _("Answer"), _("Explanation")),
            [
                (each.safeguard.question, str(each.get_answer_display()), each.explanation)
                for each in rows_of(SafeguardAnswer, "safeguard").order_by("safeguard__position")
            ],
        ),
    )


def _score(row: ProposedMarker, titles: dict[tuple[str, int], str]) -> str:
    title = titles.get((row.marker, row.level), "")
    return f"{row.level}: {title}" if title else str(row.level)


def _table(
    caption: str, heads: tuple[str, ...], rows: list[tuple[str, ...]], numeric: tuple[int, ...] = ()
) -> TableView:
    header = tuple(HeaderView(head, numeric=place in numeric) for place, head in enumerate(heads))
    cells = tuple(
        tuple(CellView(text or "–", header=not place, numeric=place in numeric) for place, text in enumerate(row))
        for row in rows
    )
    return TableView(caption, header, cells)
