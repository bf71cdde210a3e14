"""Two projects in words: side by side, how likely it is that they do nearly the same, and why."""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.figures.display import grouped
from colonnade.analysis.overlap.judging import Pair
from colonnade.analysis.overlap.kinds import Kind
from colonnade.analysis.overlap.model import START
from colonnade.analysis.overlap.reasons import Reason
from colonnade.analysis.overlap.record import Record
from colonnade.portfolio.models import Project
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.record_addresses import PROJECT, record_address

KIND_TITLES: Final[Mapping[str, Promise]] = {
    Kind.DUPLICATE: gettext_lazy("Likely duplicate record"),
    Kind.OVERLAP: gettext_lazy("Likely overlap"),
    Kind.COMPLEMENTARY: gettext_lazy("Complementary"),
    Kind.PARENT: gettext_lazy("Related: one is a part of the other"),
    Kind.CHILD: gettext_lazy("Related: one is a part of the other"),
    Kind.PART: gettext_lazy("Related: parts of one sum"),
    Kind.PHASE: gettext_lazy("Related: phases"),
    Kind.DIFFERENT: gettext_lazy("Different"),
}
_PARTS: Final[Mapping[str, Promise]] = {
    START: gettext_lazy("What any two records start with"),
    "words": gettext_lazy("Words"),
    "title": gettext_lazy("Titles"),
    "numbers": gettext_lazy("Numbers in the titles"),
    "place": gettext_lazy("Places"),
    "time": gettext_lazy("Periods"),
    "amount": gettext_lazy("Amounts"),
}
#: Decimals of the parts of a pair's log-odds.
_DECIMALS: Final = 3
_ALIKE: Final = re.compile(r"(\d+)%")


def kind_title(kind: str) -> str:
    """What a kind of pair is called; one that nobody proposed has none."""
    return str(KIND_TITLES.get(kind, ""))


def percent(probability: float | None) -> str:
    """A probability as it is read."""
    return "–" if probability is None else _("%(value)s per cent") % {"value": f"{probability * 100:.0f}"}


def reasons_table(pair: Pair, ends: tuple[Record, Record], states: Mapping[str, str]) -> TableView:
    """What speaks for and against a pair: parts that add up to its log-odds."""
    header = (HeaderView(_("Part")), HeaderView(_("Because of")), HeaderView(_("Speaks for it by"), numeric=True))
    parts = [(reason, round(reason.log_odds, _DECIMALS)) for reason in pair.reasons]
    rows = tuple(
        (
            CellView(str(_PARTS.get(reason.part, reason.part)), header=True),
            _because(reason, ends, states),
            CellView(f"{amount + 0.0:+.{_DECIMALS}f}", numeric=True),
        )
        for reason, amount in parts
    )
    total = sum(amount for _reason, amount in parts)
    totals = (
        CellView(_("Log-odds"), header=True),
        CellView(_("a probability of %(percent)s") % {"percent": percent(pair.probability)}),
        CellView(f"{total:+.{_DECIMALS}f}", numeric=True),
    )
    return TableView(
        _("Why"),
        header,
        rows,
        totals,
        note=_("Parts are logarithms of odds: each unit makes the odds 2.7 times as large, a negative one as small."),
    )


def _because(reason: Reason, ends: tuple[Record, Record], states: Mapping[str, str]) -> CellView:
    one, other = ends
    if reason.part == START:
        return CellView("")
    if reason.part == "words":
        _said, colon, words = reason.evidence.rpartition(": ")
        return CellView(_("Rarest that both have: %(words)s") % {"words": words} if colon else _("none shared"))
    if reason.part == "place":
        shared = [code for code in one.countries if code in other.countries]
        told = _("both in %(states)s") if shared else _("in none of the same States")
        return CellView(told % {"states": _named(shared, states)} if shared else told)
    if reason.part == "time":
        return CellView(_("%(one)s and %(other)s") % {"one": period(one), "other": period(other)})
    if reason.part == "amount":
        return CellView(_("%(one)s and %(other)s") % {"one": _amount(one), "other": _amount(other)})
    if reason.part == "title" and (alike := _ALIKE.search(reason.evidence)):
        return CellView(_("titles %(share)s per cent alike") % {"share": alike[1]})
    return CellView(reason.evidence, lang="en")


def _named(codes: list[str], states: Mapping[str, str]) -> str:
    return ", ".join(states.get(code, code) for code in codes)


def period(record: Record) -> str:
    """From when to when."""
    if record.start is None and record.end is None:
        return _("not reported")
    return " – ".join(short_day(day) if day else "…" for day in (record.start, record.end))


def _amount(record: Record) -> str:
    return _("not reported") if record.amount is None else f"{record.amount:,.0f}"


def side_by_side(
    projects: tuple[Project, Project], ends: tuple[Record, Record], states: Mapping[str, str]
) -> TableView:
    """What is known of both, field by field."""

    def row(title: str, *cells: CellView) -> tuple[CellView, ...]:
        return (CellView(title, header=True), *cells)

    def of(each: Project) -> str:
        return record_address(PROJECT, each.public_id)

    unknown = _("not reported")
    rows = (
        row(_("Title"), *(CellView(each.title, of(each), lang=each.language) for each in projects)),
        row(
            _("Lead entity"),
            *(CellView(each.lead_entity.name, record_address("entity", each.lead_entity.code)) for each in projects),
        ),
        row(_("Reference"), *(CellView(each.reference) for each in projects)),
        row(_("Status"), *(CellView(str(each.get_status_display())) for each in projects)),
        row(_("States"), *(CellView(_named(list(each.countries), states) or unknown) for each in ends)),
        row(_("Period"), *(CellView(period(each)) for each in ends)),
        row(
            _("Budget, US dollars"),
            *(CellView(unknown if each.budget_usd is None else grouped(each.budget_usd, 0)) for each in projects),
        ),
        row(
            _("Funding received, US dollars"),
            *(CellView(unknown if each.funding_usd is None else grouped(each.funding_usd, 0)) for each in projects),
        ),
        row(_("Description"), *(CellView(each.description or unknown, lang=each.language) for each in projects)),
        row(_("Visible to"), *(CellView(str(each.get_level_display())) for each in projects)),
    )
    header = (HeaderView(_("Field")), *(HeaderView(each.lead_entity.abbreviation) for each in projects))
    return TableView(_("Side by side"), header, rows)
