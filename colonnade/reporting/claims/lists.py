"""Lists that stand with a claim: written in the file, or taken from a column of a CSV file beside it."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from colonnade.reporting.claims.dates import Span
from colonnade.reporting.claims.model import Item
from colonnade.reporting.claims.reading import Fields


def read_items(fields: Fields, folder: Path) -> tuple[Item, ...]:
    """The items of the key ``list``, in their order.

    It is a list of texts and of tables ``{name, on, until}``, or a table that points to a CSV file: ``file``, the
    ``column`` of the names, ``on`` and ``until`` for columns of dates, ``split`` for the character between several
    names in one cell, and ``where``, a table of columns and the values that a row must have to count.
    """
    raw = fields.get("list")
    if isinstance(raw, dict):
        items = tuple(_from_file(fields, fields.inside(raw), folder))
    else:
        items = tuple(item for entry in fields.list("list") if (item := _item(fields, entry)) is not None)
    names = [item.name for item in items]
    for name in sorted({name for name in names if names.count(name) > 1}):
        fields.wrong("list", "an item stands twice", "list it once", name)
    return items


def _item(fields: Fields, entry: Any) -> Item | None:
    if isinstance(entry, str) and entry.strip():
        return Item(entry)
    if not isinstance(entry, dict):
        fields.wrong("list", "neither a text nor a table", "write { name = '...', on = 2019-03-11 }", entry)
        return None
    inside = fields.inside(entry)
    item = Item(inside.text("name"), inside.span("on", "until"))
    inside.finish()
    return item


def _from_file(fields: Fields, pointer: Fields, folder: Path) -> Iterator[Item]:
    name, column = pointer.text("file"), pointer.text("column")
    on, until, split = (pointer.text(key, "") for key in ("on", "until", "split"))
    where = pointer.table("where")
    pointer.finish()
    if not (name and column):
        return
    rows = _rows(fields, folder, name)
    wanted = {column, *where, *filter(None, (on, until))}
    if rows and (missing := wanted - rows[0].keys()):
        fields.wrong("list", f"{name} has no such column", f"use one of {', '.join(rows[0])}", ", ".join(missing))
        return
    for row in rows:
        if all(row[key] == str(value) for key, value in where.items()):
            names = row[column].split(split) if split else [row[column]]
            when = _when(fields, row, on, until)
            yield from (Item(part.strip(), when) for part in names if part.strip())


def _when(fields: Fields, row: Mapping[str, str], on: str, until: str) -> Span | None:
    if not on or not row[on]:
        return None
    return fields.inside({on: row[on], until: row[until]} if until else {on: row[on]}).span(on, until)


def _rows(fields: Fields, folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / name
    if Path(name).name != name:
        fields.wrong("list", "not a file beside this one", "name a CSV file of the same folder", name)
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        fields.wrong("list", f"cannot be read: {error}", "name a CSV file in UTF-8 in the same folder", name)
        return []
    return [{key: value or "" for key, value in row.items() if isinstance(key, str)} for row in rows]
