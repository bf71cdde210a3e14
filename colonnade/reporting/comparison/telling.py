"""A comparison of two builds as the command line prints it: lines of English, or JSON with every digit as a text.

JSON: ``before`` and ``after`` (folder, report, inventory, audience, as_of, snapshot), ``same`` (how many figures), and
``figures``: key, title, unit, outcome, versions, values, ``difference``, ``records`` (came, left, altered: identifiers
with titles, amounts and changed fields; closed: how many more there are of each that are no longer open to these
readers) and, for a table, ``cells``.
"""

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from colonnade.analysis.figures.definition import FigureDefinition, library
from colonnade.analysis.figures.display import display, display_cell
from colonnade.analysis.figures.result import Number, TableValue
from colonnade.reporting.comparison.builds import Build
from colonnade.reporting.comparison.figures import CellChange, FigureChange, Outcome
from colonnade.reporting.comparison.records import Met, Parts, size
from colonnade.reporting.comparison.sides import explain

OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.CHANGED: "Changed",
    Outcome.REDEFINED: "Defined otherwise (a break, not a change)",
    Outcome.ONLY_BEFORE: "Stated by the earlier build only",
    Outcome.ONLY_AFTER: "Stated by the later build only",
}


def as_lines(changes: tuple[FigureChange, ...], before: Build, after: Build, *, listed: int) -> Iterator[str]:
    """The figures that differ with up to ``listed`` records of each part and cells of each table, and a summary."""
    yield f"before: {_described(before)}"
    yield f"after:  {_described(after)}"
    told: dict[Hashable, str] = {}
    for outcome, words in OUTCOMES.items():
        chosen = [change for change in changes if change.outcome is outcome]
        if not chosen:
            continue
        yield ""
        yield f"{words}: {_counted(len(chosen), 'figure')}"
        for change in chosen:
            yield from _figure_lines(change, before, after, listed, told)
    same = sum(change.outcome is Outcome.SAME for change in changes)
    yield ""
    yield f"{_counted(len(changes) - same, 'difference')}; {_counted(same, 'figure')} the same"


def _figure_lines(
    change: FigureChange, before: Build, after: Build, listed: int, listed_under: dict[Hashable, str]
) -> Iterator[str]:
    told = change.told
    if change.outcome is Outcome.REDEFINED and change.before and change.after:
        versions = f"version {change.before.version}, then version {change.after.version}"
        yield f"  {told.title} ({change.key}): {versions}; {_values(change)}"
        return
    if change.outcome is not Outcome.CHANGED:
        yield f"  {told.title} ({change.key}): {_value(told.value, told.unit)}"
        return
    if change.change is not None:
        yield f"  {told.title} ({change.key}): {_values(change)}"
    else:
        yield f"  {told.title} ({change.key}): {_counted(len(change.cells), 'cell')} of {_all_cells(change)}"
        for cell in change.cells[:listed]:
            yield f"      {_cell_line(cell)}"
        yield from _rest(len(change.cells) - listed, "cell")
    definition = library().get(change.key)
    if definition is not None:
        parts = explain(definition, before, after).parts
        yield f"    {in_words(parts)}"
        records = tuple(tuple(met.told.id for met in part) for part in (parts.came, parts.left, parts.altered))
        if records in listed_under:
            yield f"      the records that are listed under {listed_under[records]}"
        else:
            listed_under[records] = change.key
            yield from _parts_lines(parts, listed)


def _parts_lines(parts: Parts, listed: int) -> Iterator[str]:
    for sign, part in (("+", parts.came), ("-", parts.left), ("~", parts.altered)):
        named = [met for met in part if not met.closed]
        for met in named[:listed]:
            yield f"      {sign} {met.told.title} ({met.told.id}){_why(met)}"
        yield from _rest(len(named) - listed, "record")
        if closed := len(part) - len(named):
            yield f"      {sign} {_counted(closed, 'record')} no longer open to these readers, not named"


def in_words(parts: Parts) -> str:
    """The parts in a sentence, with their amounts where they are not simply the records."""
    came, gone, stayed = (_counted(count, "record") for count in (len(parts.came), len(parts.left), parts.stayed))
    sentence = f"{came} came, {gone} left; {stayed} stayed, {len(parts.altered)} changed"
    if parts.amount_before is None or parts.amount_after is None or not (parts.weight and parts.weight.column):
        return sentence
    moved = parts.amount_stayed
    return (
        f"{sentence}: {_digits(parts.amount_before)} + {_digits(parts.amount_came)} - {_digits(parts.amount_left)} "
        f"{'-' if moved < 0 else '+'} {_digits(size(moved))} = {_digits(parts.amount_after)}"
    )


def _digits(amount: Number) -> str:
    return display_cell(amount, "")


def _why(met: Met) -> str:
    said = [f"{change.name} {_plain(change.before)} -> {_plain(change.after)}" for change in met.changes]
    return f": {', '.join(said)}" if said else ""


def _rest(count: int, noun: str) -> Iterator[str]:
    if count > 0:
        yield f"      ... and {_counted(count, noun)} more (--records N lists N, --json all)"


def _cell_line(cell: CellChange) -> str:
    place = ", ".join(f"{name} {code if code is not None else 'not reported'}" for name, code in cell.codes) or "total"
    values = [display_cell(each, cell.unit) for each in (cell.change.after, cell.change.before)]
    return f"{place}, {cell.measure}: {values[0]} against {values[1]}"


def _values(change: FigureChange) -> str:
    before, after = change.before, change.after
    if before is None or after is None:
        return ""
    return f"{_value(after.value, after.unit)} against {_value(before.value, before.unit)}"


def _value(value: Number | TableValue | None, unit: str) -> str:
    return _counted(len(value.rows), "row") if isinstance(value, TableValue) else display(value, unit)


def _all_cells(change: FigureChange) -> int:
    return len(change.cells) + change.cells_same


def _described(build: Build) -> str:
    told = build.published
    return (
        f"{build.folder}: {told.report}, {build.inventory or 'no inventory'}, for {told.audience}, as of {told.as_of}"
    )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def as_json(changes: tuple[FigureChange, ...], before: Build, after: Build) -> dict[str, Any]:
    """The whole comparison as plain data."""
    differing = [change for change in changes if change.outcome is not Outcome.SAME]
    return {
        "before": _build_as_json(before),
        "after": _build_as_json(after),
        "same": len(changes) - len(differing),
        "figures": [_figure_as_json(change, before, after) for change in differing],
    }


def _build_as_json(build: Build) -> dict[str, Any]:
    told = build.published
    return {
        "folder": str(build.folder),
        "report": told.report,
        "inventory": build.inventory,
        "audience": told.audience,
        "as_of": told.as_of,
        "snapshot": told.snapshot,
    }


def _figure_as_json(change: FigureChange, before: Build, after: Build) -> dict[str, Any]:
    told, definition = change.told, library().get(change.key)
    found: dict[str, Any] = {
        "key": change.key,
        "title": told.title,
        "unit": told.unit,
        "outcome": change.outcome.value,
        "versions": [side.version if side else None for side in (change.before, change.after)],
    }
    if not change.is_table:
        found["values"] = [_plain(side.value) if side else None for side in (change.before, change.after)]
    if change.change is not None:
        found["difference"] = _plain(change.change.difference)
    if change.outcome is Outcome.CHANGED and definition is not None:
        found["records"] = _parts_as_json(explain(definition, before, after).parts)
        if change.is_table:
            found["cells"] = [_cell_as_json(cell, definition, before, after) for cell in change.cells]
    return found


def _cell_as_json(cell: CellChange, definition: FigureDefinition, before: Build, after: Build) -> dict[str, Any]:
    parts = explain(definition, before, after, cell=dict(cell.codes), measure=cell.measure).parts
    return {
        "codes": dict(cell.codes),
        "measure": cell.measure,
        "values": [_plain(cell.change.before), _plain(cell.change.after)],
        "difference": _plain(cell.change.difference),
        "came": [met.told.id for met in parts.came if not met.closed],
        "left": [met.told.id for met in parts.left if not met.closed],
        "altered": [met.told.id for met in parts.altered if not met.closed],
        "closed": _closed(parts),
    }


def _parts_as_json(parts: Parts) -> dict[str, Any]:
    return {
        "before": parts.records_before,
        "after": parts.records_after,
        "same": parts.same,
        "amount_of": (parts.weight.column or "records") if parts.weight else None,
        "came": [_met_as_json(met) for met in parts.came if not met.closed],
        "left": [_met_as_json(met) for met in parts.left if not met.closed],
        "altered": [_met_as_json(met) for met in parts.altered if not met.closed],
        "closed": _closed(parts),
    }


def _closed(parts: Parts) -> dict[str, int]:
    """How many records of each part are no longer open to these readers."""
    named = {"came": parts.came, "left": parts.left, "altered": parts.altered}
    return {name: sum(met.closed for met in part) for name, part in named.items()}


def _met_as_json(met: Met) -> dict[str, Any]:
    return {
        "kind": met.told.kind,
        "id": met.told.id,
        "title": met.told.title,
        "amounts": [_plain(side.amount) if side else None for side in (met.before, met.after)],
        "changes": {change.name: [_plain(change.before), _plain(change.after)] for change in met.changes},
    }


def _plain(met: Any) -> Any:
    """Decimals and dates as texts, every digit kept."""
    if isinstance(met, Decimal):
        return format(met, "f")
    if isinstance(met, tuple):
        return [_plain(part) for part in met]
    return met if met is None or isinstance(met, str | int) else str(met)
