"""A statement of any period: what was there, what came in and went out, what is there. It adds up, and opens."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.funding.queries import Balance, PurseStatement, together
from colonnade.reporting.wording import date_in_english
from colonnade.web.fund.amounts import cell, of_purse
from colonnade.web.fund.purses import earmark_title
from colonnade.web.listing.spreadsheet import Head
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.separated import Field

HEAD: Final = (
    gettext_lazy("Opening balance"),
    gettext_lazy("Given"),
    gettext_lazy("Passed on by entities"),
    gettext_lazy("Refunded"),
    gettext_lazy("Moved"),
    gettext_lazy("Spent"),
    gettext_lazy("Programme support"),
    gettext_lazy("Closing balance"),
    gettext_lazy("of which committed"),
    gettext_lazy("of which free"),
    gettext_lazy("In kind, in no balance"),
)


_NOTE: Final = gettext_lazy(
    "US dollars. The opening balance, with what was given and passed on, less refunds, with moves, less what was"
    " spent and programme support, comes to the closing balance. Goods and services in kind were used as they came:"
    " they stand apart, at their valuation, and in no balance."
)


class PeriodForm(forms.Form):
    """The first and the last day."""

    first = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, date]:
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["first"] > cleaned["last"]:
            self.add_error("last", _("The last day is before the first."))
        return cleaned


def statement_table(rows: Sequence[PurseStatement], first: date, last: date) -> TableView:
    """A row a purse, and their sum."""
    header = (
        HeaderView(_("Window")),
        HeaderView(_("Earmark")),
        *(HeaderView(str(title), numeric=True) for title in HEAD),
    )
    made = tuple(
        (
            CellView(str(row.window), header=True),
            CellView(earmark_title(row.earmark)),
            *_cells(row.opening, row.happened, row.closing, first, last, **of_purse(row.window, row.earmark)),
        )
        for row in rows
    )
    whole = [together(getattr(row, part) for row in rows) for part in ("opening", "happened", "closing")]
    totals = (
        CellView(_("Total"), header=True),
        CellView(""),
        *_cells(whole[0], whole[1], whole[2], first, last),
    )
    return TableView(_("Statement by window and earmark"), header, made, totals, str(_NOTE))


def statement_heads() -> list[Head]:
    """The columns of the file: the period stands in every row, so that files can be put under one another."""
    named = (_("From"), _("Until"), _("Code"), _("Window"), _("Earmark"))
    return [*(Head(title) for title in named), *(Head(str(title), numeric=True) for title in HEAD)]


def statement_rows(rows: Sequence[PurseStatement], first: date, last: date) -> list[list[Field]]:
    """The same for a file, amounts in US dollars to the cent, the total last."""
    made: list[list[Field]] = [
        [
            first,
            last,
            row.window.code,
            str(row.window),
            earmark_title(row.earmark),
            *_amounts(row.opening, row.happened, row.closing),
        ]
        for row in rows
    ]
    whole = [together(getattr(row, part) for row in rows) for part in ("opening", "happened", "closing")]
    return [*made, [first, last, "", _("Total"), "", *_amounts(whole[0], whole[1], whole[2])]]


def statement_about(first: date, last: date, audience: str) -> list[tuple[str, str]]:
    """What the rows are, for whoever opens the workbook a year from now."""
    return [
        (_("Statement of the fund"), f"{first.isoformat()} – {last.isoformat()}"),
        (_("As of"), date_in_english(timezone.localdate())),
        (_("As seen by"), audience),
        (_("Unit"), _("US dollars")),
        (_("How this is counted"), str(_NOTE)),
    ]


def _amounts(opening: Balance, happened: Balance, closing: Balance) -> tuple[Field, ...]:
    return (
        opening.held,
        happened.new_money,
        happened.transfers_in,
        -happened.refunds,
        happened.moved,
        -happened.spent,
        -happened.support,
        closing.held,
        closing.committed,
        closing.free,
        happened.in_kind,
    )


def _cells(
    opening: Balance, happened: Balance, closing: Balance, first: date, last: date, **purse: str
) -> Iterator[CellView]:
    within = {**purse, "first": first.isoformat(), "last": last.isoformat()}
    until = {**purse, "last": last.isoformat()}
    yield cell(opening.held, **purse, last=(first.fromordinal(first.toordinal() - 1)).isoformat(), of="held")
    yield cell(happened.new_money, **within, of="given")
    yield cell(happened.transfers_in, **within, of="passed_on")
    yield cell(-happened.refunds, **within, of="refunded")
    yield cell(happened.moved, **within, of="moved")
    yield cell(-happened.spent, **within, of="spent")
    yield cell(-happened.support, **within, of="support")
    yield cell(closing.held, **until, of="held")
    yield cell(closing.committed, **until, of="committed")
    yield cell(closing.free, **until, of="free")
    yield cell(happened.in_kind, **within, of="in_kind")
