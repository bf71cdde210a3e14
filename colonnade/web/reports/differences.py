"""What a comparison says, as components receive it: sentences, tables of figures and cells, lists of records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.display import display_cell, grouped
from colonnade.analysis.figures.result import FigureResult, Number
from colonnade.reporting.comparison.figures import CellChange, Change, FigureChange, Outcome
from colonnade.reporting.comparison.records import Met, Parts, size
from colonnade.reporting.comparison.sides import PROJECT, Explained
from colonnade.reporting.tags import NOT_REPORTED
from colonnade.web.figures.listing import Reads
from colonnade.web.reports.comparing import Comparison
from colonnade.web.shared.addresses import MEASURE
from colonnade.web.shared.numbers import CellView, HeaderView, TableView, spoken
from colonnade.web.shared.record_addresses import record_address

MINUS: Final = "\u2212"
#: Fields by which a list of records tells them apart, the first three that they have.
TOLD_BY: Final = (
    "entity",
    "pillar",
    "scope",
    "status",
    "country",
    "region",
    "theme",
    "area",
    "event_kind",
    "starts_on",
)
CAME, LEFT, ALTERED = "came", "left", "altered"


@dataclass(frozen=True, slots=True)
class Listed:
    """One part of the records: its name in the address, its title, its records, and what they add."""

    name: str
    title: str
    records: tuple[Met, ...]
    explanation: str


def signed(amount: Number | None, unit: str) -> str:
    """A change as a table prints it: ``+7``, ``−3``, nought as ``0``; nothing where there is none."""
    if amount is None:
        return ""
    text = display_cell(size(amount), unit)
    return f"+{text}" if amount > 0 else f"{MINUS}{text}" if amount < 0 else text


def sentence(definition: FigureDefinition, explained: Explained, heading: str = "") -> str:
    """The whole difference in words, counted from its records. ``heading`` is what was opened, the figure if empty."""
    parts = explained.parts
    said = {
        "after": spoken(explained.after, explained.unit),
        "before": spoken(explained.before, explained.unit),
        "came": grouped(len(parts.came)),
        "left": grouped(len(parts.left)),
        "stayed": grouped(parts.stayed),
        "altered": grouped(len(parts.altered)),
        "title": heading or _(definition.title),
    }
    if explained.unit == "table":
        first = _("%(title)s.") % said
    elif definition.key == "projects":
        first = (
            ngettext(
                "%(after)s project against %(before)s.",
                "%(after)s projects against %(before)s.",
                int(explained.after or 0),
            )
            % said
        )
    else:
        first = _("%(title)s: %(after)s against %(before)s.") % said
    records = _("%(came)s came, %(left)s left and %(stayed)s stayed, %(altered)s of them with something else reported.")
    if definition.key != "projects":
        records = _("Of its records, %(came)s came, %(left)s left and %(stayed)s stayed, %(altered)s of them changed.")
    return " ".join(filter(None, (first, records % said, _of_amounts(parts, explained.unit))))


def _of_amounts(parts: Parts, unit: str) -> str:
    if unit != "USD" or parts.weight is None:
        return ""
    moved = parts.amount_stayed
    words = {
        "came": spoken(parts.amount_came, unit),
        "left": spoken(parts.amount_left, unit),
        "stayed": spoken(size(moved), unit),
    }
    if moved < 0:
        return _("What came adds %(came)s, what left took %(left)s, what stayed has %(stayed)s less.") % words
    return _("What came adds %(came)s, what left took %(left)s, what stayed has %(stayed)s more.") % words


def figures_table(comparison: Comparison, changes: Sequence[FigureChange], caption: str) -> TableView:
    """Figures with both values and the change; each change leads to its records."""
    header = (
        HeaderView(_("Figure")),
        HeaderView(comparison.before.inventory.title, numeric=True),
        HeaderView(comparison.after.inventory.title, numeric=True),
        HeaderView(_("Change"), numeric=True),
    )
    return TableView(caption, header, tuple(_figure_row(comparison, change) for change in changes))


def _figure_row(comparison: Comparison, change: FigureChange) -> tuple[CellView, ...]:
    address = figure_address(comparison, change.key)
    before, after = (
        CellView(_value(side), comparison.place(place, change.key).page if is_open else "", numeric=True)
        for side, place, is_open in (
            (change.before, comparison.before, not comparison.taken),
            (change.after, comparison.after, True),
        )
    )
    return (
        CellView(_(change.told.title), address, header=True),
        before,
        after,
        CellView(_change(change), address, numeric=True),
    )


def _value(side: FigureResult | None) -> str:
    if side is None or side.value is None:
        return _("not reported")
    if isinstance(side.value, int) or not hasattr(side.value, "rows"):
        return spoken(side.value, side.unit)
    rows = len(side.value.rows)
    return ngettext("%(rows)s row", "%(rows)s rows", rows) % {"rows": grouped(rows)}


def _change(change: FigureChange) -> str:
    if change.outcome is Outcome.REDEFINED:
        return _("defined otherwise")
    if change.change is not None:
        return change_in_words(change.change, change.told.unit)
    if change.cells:
        words = {"differ": grouped(len(change.cells)), "all": grouped(len(change.cells) + change.cells_same)}
        return _("%(differ)s of %(all)s numbers") % words
    return _("one side only")


def change_in_words(change: Change, unit: str) -> str:
    """A change with its unit: percentages change by percentage points."""
    amount = change.difference
    if amount is None:
        return ""
    sign = "+" if amount > 0 else MINUS if amount < 0 else ""
    if unit == "per cent":
        return _("%(points)s points") % {"points": f"{sign}{display_cell(size(amount), unit)}"}
    return f"{sign}{spoken(size(amount), unit)}"


def cells_table(comparison: Comparison, change: FigureChange, caption: str) -> TableView:
    """The cells of a table figure that differ, each leading to its records."""
    told = change.told
    columns = {column.name: column for column in library()[change.key].columns}
    rows = []
    for cell in change.cells:
        title = ", ".join(
            told.label(name, code) if code is not None else _("Not reported") for name, code in cell.codes
        )
        place = figure_address(comparison, change.key, cell)
        rows.append(
            (
                CellView(title or _("Total"), header=True),
                CellView(_(columns[cell.measure].title)),
                CellView(display_cell(cell.change.before, cell.unit), numeric=True),
                CellView(display_cell(cell.change.after, cell.unit), numeric=True),
                CellView(signed(cell.change.difference, cell.unit) or _("one side only"), place, numeric=True),
            )
        )
    header = (
        HeaderView(_("Row")),
        HeaderView(_("Measure")),
        HeaderView(comparison.before.inventory.title, numeric=True),
        HeaderView(comparison.after.inventory.title, numeric=True),
        HeaderView(_("Change"), numeric=True),
    )
    return TableView(caption, header, tuple(rows))


def figure_address(comparison: Comparison, key: str, cell: CellChange | None = None, name: str = "") -> str:
    """The comparison of one figure, or of one cell of it."""
    codes = {name: NOT_REPORTED if code is None else code for name, code in cell.codes} if cell else {}
    query = {**comparison.query, **codes, **({MEASURE: cell.measure} if cell else {})}
    path = reverse(name or "report-compare-figure", args=[comparison.report.name, key])
    return f"{path}?{urlencode(query)}"


def sum_up(comparison: Comparison, explained: Explained) -> list[tuple[str, str, str, str, str]]:
    """The parts as rows that add up: sign, title, number of records, amount, anchor of the list."""
    parts, unit = explained.parts, explained.unit
    shown = unit if parts.weight else ""

    def amount(value: Number | None) -> str:
        return display_cell(value, unit) if shown and value is not None else ""

    moved = parts.amount_stayed
    rows = [
        ("", comparison.before.inventory.title, grouped(parts.records_before), amount(parts.amount_before), ""),
        ("+", _("Came"), grouped(len(parts.came)), amount(parts.amount_came), CAME),
        (MINUS, _("Left"), grouped(len(parts.left)), amount(parts.amount_left), LEFT),
    ]
    if shown and moved:
        title = ngettext(
            "Stayed with another amount: %(moved)s record",
            "Stayed with another amount: %(moved)s records",
            parts.moved,
        ) % {"moved": grouped(parts.moved)}
        rows.append(("+" if moved > 0 else MINUS, title, "", amount(size(moved)), ALTERED))
    rows.append(("=", comparison.after.inventory.title, grouped(parts.records_after), amount(parts.amount_after), ""))
    return rows


def parts_listed(comparison: Comparison, parts: Parts) -> list[Listed]:
    """The three lists of records, in the order in which the sum names them."""
    titles = {"before": comparison.before.inventory.title, "after": comparison.after.inventory.title}
    return [
        Listed(CAME, _("Came"), parts.came, _("Counted in %(after)s and not in %(before)s.") % titles),
        Listed(LEFT, _("Left"), parts.left, _("Counted in %(before)s and not in %(after)s.") % titles),
        Listed(ALTERED, _("Stayed, and changed"), parts.altered, _("Counted in both, with something else reported.")),
    ]


def records_table(
    comparison: Comparison, definition: FigureDefinition, listed: Listed, shown: Sequence[Met], parts: Parts
) -> TableView:
    """Records of one part: what tells them apart, why they are here, and what they add."""
    reads = Reads(definition, comparison.after.reading.labels)
    fields = [name for name in TOLD_BY if any(name in met.told.fields for met in shown)][:3]
    weighs = parts.weight is not None and bool(parts.weight.column)
    header = [
        HeaderView(_("Title")),
        HeaderView(_("What changed") if listed.name == ALTERED else _("Why")),
        *(HeaderView(reads.title(name)) for name in fields),
        *([HeaderView(_("Adds"), numeric=True)] if weighs else []),
    ]
    rows = []
    for met in shown:
        told = met.told
        cells = [
            CellView(_(CLOSED), header=True)
            if met.closed
            else CellView(told.title, record_address(told.kind, told.id), header=True),
            CellView("" if met.closed else why(met, listed.name, reads)),
            *(CellView("" if met.closed else _field(reads, name, told.fields.get(name))) for name in fields),
            *([CellView("" if met.closed else signed(met.change, ""), numeric=True)] if weighs else []),
        ]
        rows.append(tuple(cells))
    return TableView(listed.title, tuple(header), tuple(rows))


def why(met: Met, part: str, reads: Reads) -> str:
    """Why a record came, left or differs: what is reported of it now and was not before."""
    changes = "; ".join(
        _("%(field)s: %(before)s → %(after)s")
        % {
            "field": reads.title(change.name),
            "before": _field(reads, change.name, change.before),
            "after": _field(reads, change.name, change.after),
        }
        for change in met.changes
    )
    if changes:
        return changes
    if part == CAME and not met.known_before:
        return _("New to the inventory") if met.told.kind == PROJECT else _("Not there before")
    if part == LEFT and not met.known_after:
        return _("No longer in the inventory") if met.told.kind == PROJECT else _("No longer there")
    return _("Counted otherwise")


def _field(reads: Reads, name: str, value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(reads.field(name, part) for part in value)
    return reads.field(name, value)


def figures_rows(changes: Sequence[FigureChange]) -> Iterator[list[Any]]:
    """Every number of every figure as a row of a file, the same ones too."""
    for change in changes:
        if change.before is None and change.after is None:
            continue  # it is kept from this reader on both sides
        versions = [side.version if side else None for side in (change.before, change.after)]
        about = [change.key, change.told.title, change.outcome.value, *versions]
        if change.change is not None:
            yield [*about, change.told.unit, "", "", *_both(change.change)]
        elif not change.cells:
            values = [
                side.value if side is not None and not hasattr(side.value, "rows") else None
                for side in (change.before, change.after)
            ]
            yield [*about, change.told.unit, "", "", *values, None]
        for cell in change.cells:
            codes = "; ".join(f"{name}={NOT_REPORTED if code is None else code}" for name, code in cell.codes)
            yield [*about, cell.unit, codes or "total", cell.measure, *_both(cell.change)]


def _both(change: Change) -> list[Number | None]:
    return [change.before, change.after, change.difference]


#: Stands where the title of a record would that the readers of the later side may no longer read.
CLOSED: Final = gettext_noop("A record that is no longer open to these readers")
FIGURES_HEADER: Final = (
    "figure", "title", "outcome", "version_before", "version_after", "unit", "row", "measure", "before", "after",
    "change",
)  # fmt: skip
RECORDS_HEADER: Final = (
    "part", "kind", "id", "title", "amount_before", "amount_after", "change", "known_before", "known_after", "changes",
)  # fmt: skip


def records_rows(parts: Parts) -> Iterator[list[Any]]:
    """Every record of every part as a row of a file."""
    for name, part in ((CAME, parts.came), (LEFT, parts.left), (ALTERED, parts.altered)):
        for met in part:
            told = met.told
            changes = "; ".join(f"{change.name}: {change.before} -> {change.after}" for change in met.changes)
            amounts = [side.amount if side else None for side in (met.before, met.after)]
            change = met.change if parts.weight else None
            if met.closed:
                yield [name, told.kind, "", CLOSED, None, None, None, None, None, ""]
                continue
            yield [
                name, told.kind, told.id, told.title, *amounts, change, met.known_before, met.known_after, changes,
            ]  # fmt: skip
