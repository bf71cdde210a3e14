"""Seed rounds: what each awarded, beside what was published of it."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.analysis.figures.display import display_cell, grouped
from colonnade.audit.records import Provenance
from colonnade.core.viewer import PUBLIC
from colonnade.funding.models import SeedAward, SeedRound
from colonnade.review.models import Call
from colonnade.web.money.stated import stated_cell, value_in
from colonnade.web.shared.facts import Fact, Line, amount, facts
from colonnade.web.shared.numbers import CellView, HeaderView, LinkedNumber, TableView
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address

#: The figure that every number of a round is a cell of.
ROUNDS = "seed_by_round"


@dataclass(frozen=True, slots=True)
class RoundPage:
    """What the page of a round prints. ``differs`` says how what was published departs from the awards, ``agrees`` what
    of it agrees with them; ``call`` is the code of the call that the round is, where it is one."""

    round: SeedRound
    awarded: LinkedNumber | None
    awards: LinkedNumber | None
    facts: list[Fact]
    table: TableView
    differs: tuple[str, ...]
    agrees: str
    illustrative: bool
    call: str


def rounds_table(reading: Reading) -> TableView | None:
    """Every round with its ceiling, its awards, and what was published of them; ``None`` where there was no round."""
    rounds = list(SeedRound.objects.all())
    if not rounds:
        return None
    rows = []
    for call in rounds:
        href = reverse("seed-round", args=[call.code])
        rows.append(
            (
                CellView(call.title, href, header=True),
                CellView(display_cell(call.ceiling_usd, "USD"), href if call.ceiling_usd else "", numeric=True),
                _cell(stated_cell(reading, ROUNDS, "awards", {"round": call.code})),
                _cell(stated_cell(reading, ROUNDS, "total", {"round": call.code}), _value(reading, call, "total")),
                CellView(_as_published(call, reading)),
            )
        )
    header = (
        HeaderView(_("Round")),
        HeaderView(_("Ceiling per working group (US dollars)"), numeric=True),
        HeaderView(_("Awards"), numeric=True),
        HeaderView(_("Awarded (US dollars)"), numeric=True),
        HeaderView(_("Beside what was published")),
    )
    totals = (
        CellView(_("Total"), header=True),
        CellView("", numeric=True),
        _cell(stated_cell(reading, ROUNDS, "awards")),
        _cell(stated_cell(reading, ROUNDS, "total"), _total(reading)),
        CellView(""),
    )
    return TableView(_("Seed money by round"), header, tuple(rows), totals)


def round_page(reading: Reading, call: SeedRound) -> RoundPage:
    """A round with its awards, which are published, so open to everyone."""
    awards = list(SeedAward.objects.filter(round=call).select_related("entity", "working_group"))
    cell = {"round": call.code}
    differs = differences(call, _value(reading, call, "awards"), _value(reading, call, "total"))
    return RoundPage(
        round=call,
        awarded=stated_cell(reading, ROUNDS, "total", cell),
        awards=stated_cell(reading, ROUNDS, "awards", cell),
        facts=facts(
            (_("Year"), str(call.year)),
            (_("Ceiling per working group"), amount(call.ceiling_usd) or _("None was published")),
            (_("Number of awards as published"), _count(call.published_count)),
            (_("Total as published"), amount(call.published_total_usd) or _("None was published")),
            (_("Source"), call.source),
            (_("Note"), call.note),
        ),
        table=_awards(call, awards, stated_cell(reading, ROUNDS, "total", cell), _value(reading, call, "total")),
        differs=differs,
        agrees="" if differs else _as_published(call, reading),
        illustrative=any(award.provenance == Provenance.ILLUSTRATIVE for award in awards),
        call=Call.objects.visible_to(PUBLIC).filter(seed_round=call).values_list("code", flat=True).first() or "",
    )


def differences(call: SeedRound, awards: int | Decimal | None, total: int | Decimal | None) -> tuple[str, ...]:
    """How what was published of a round departs from its awards, in words; nothing where it agrees or is unstated."""
    found = []
    if call.published_count is not None and call.published_count != (awards or 0):
        found.append(
            _("%(published)s awards were published, and %(recorded)s are recorded.")
            % {"published": grouped(call.published_count), "recorded": grouped(awards or 0)}
        )
    if call.published_total_usd is not None and call.published_total_usd != (total or 0):
        found.append(
            _("A total of %(published)s was published; the awards add up to %(sum)s, %(difference)s apart.")
            % {
                "published": amount(call.published_total_usd),
                "sum": amount(Decimal(total or 0)),
                "difference": amount(abs(call.published_total_usd - Decimal(total or 0))),
            }
        )
    return tuple(found)


def _awards(call: SeedRound, awards: list[SeedAward], total: LinkedNumber | None, exact: object) -> TableView:
    """The awards. A column that none of them has anything in is left out, and said to be."""
    entities = any(award.entity for award in awards)
    groups = any(award.working_group for award in awards)
    header = [
        HeaderView(_("No."), numeric=True),
        HeaderView(_("Project")),
        *([HeaderView(_("Entity"))] if entities else []),
        *([HeaderView(_("Working group"))] if groups else []),
        HeaderView(_("Amount (US dollars)"), numeric=True),
    ]
    rows = []
    for award in awards:
        href = record_address("seed_award", award.public_id)
        at_ceiling = call.ceiling_usd is not None and award.amount_usd == call.ceiling_usd
        aside = _("the ceiling") if at_ceiling else ""
        rows.append(
            (
                CellView(str(award.number), numeric=True),
                CellView(award.title, href, header=True),
                *([_entity(award)] if entities else []),
                *([_group(award)] if groups else []),
                CellView(display_cell(award.amount_usd, "USD"), href, numeric=True, aside=aside),
            )
        )
    totals = (
        CellView("", numeric=True),
        CellView(_("Total"), header=True),
        *([CellView("")] * (entities + groups)),
        _cell(total, exact),
    )
    said = [
        *([] if entities else [_("No entity was published for these awards.")]),
        *([] if groups else [_("No working group was published for these awards.")]),
    ]
    caption = _("Awards in the order published")
    return TableView(caption, tuple(header), tuple(rows), totals if rows else (), " ".join(said))


def _group(award: SeedAward) -> CellView:
    return CellView(award.working_group.short_title if award.working_group else _("Not reported"))


def _entity(award: SeedAward) -> CellView:
    if award.entity is None:
        return CellView(_("Not reported"))
    return CellView(award.entity.abbreviation, record_address("entity", award.entity.code))


def _as_published(call: SeedRound, reading: Reading) -> str:
    if call.published_count is None and call.published_total_usd is None:
        return _("No count or total was published")
    differs = differences(call, _value(reading, call, "awards"), _value(reading, call, "total"))
    if differs:
        return " ".join(differs)
    if call.published_count is None:
        return _("The total agrees; no count was published")
    if call.published_total_usd is None:
        return _("The count agrees; no total was published")
    return _("Count and total agree")


def _value(reading: Reading, call: SeedRound, measure: str) -> int | Decimal | None:
    return value_in(reading, ROUNDS, measure, {"round": call.code})


def _total(reading: Reading) -> int | Decimal | None:
    return value_in(reading, ROUNDS, "total", {})


def _cell(number: LinkedNumber | None, exact: object = None) -> CellView:
    """A number of the figure; an amount in a table is printed whole, not in millions."""
    if number is None:
        return CellView("–", numeric=True)
    text = display_cell(exact, "USD") if isinstance(exact, int | Decimal) else number.text
    return CellView(text, number.href, numeric=True)


def _count(number: int | None) -> Line:
    return Line(grouped(number)) if number is not None else Line(_("None was published"))
