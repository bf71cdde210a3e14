"""Cuts the tables of a page of a brief to the rows that the page holds."""

from collections.abc import Mapping
from dataclasses import replace

from colonnade.reporting.briefs.facts import BriefTable
from colonnade.reporting.briefs.room import SECTION, lines_of, rows_that_fit


def fitting(tables: Mapping[str, BriefTable], room: int) -> dict[str, BriefTable]:
    """The tables with as many rows as fit into ``room`` lines together."""
    taken = sum(section_lines(replace(table, rows=())) for table in tables.values())
    wanted = {
        name: [lines_of(row, table.header, table.numeric) for row in table.rows] for name, table in tables.items()
    }
    given = rows_that_fit(wanted, room - taken)
    return {name: replace(table, rows=table.rows[: given[name]]) for name, table in tables.items()}


def section_lines(table: BriefTable) -> int:
    """The lines of a section whose rows take one each."""
    return SECTION + bool(table.totals) + (2 if table.note or table.total else 0) + len(table.rows)
