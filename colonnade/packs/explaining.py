"""The tables of ``strategies/README.md``, made from the declarations, so that what authors read is what is checked.

``python -m colonnade.packs.explaining strategies/README.md`` writes them anew between the two marks.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from colonnade.packs import assistance, board
from colonnade.packs.columns import Column, Table
from colonnade.packs.header import FILE, SETTINGS
from colonnade.packs.rows.base import Sourced
from colonnade.packs.tables import OTHER_FILES, TABLES

BEGIN: Final = "<!-- made by colonnade.packs.explaining: begin -->"
END: Final = "<!-- made by colonnade.packs.explaining: end -->"
_IN_EVERY_FILE: Final = frozenset(Sourced.__annotations__)


def explanation() -> str:
    """Every file and column of a pack, in Markdown."""
    return "\n".join(
        [
            *_settings(),
            *_board(),
            *_assistance(),
            *_common(),
            *(line for table in TABLES for line in _table(table)),
            *_others(),
        ]
    )


def with_explanation(text: str) -> str:
    """``text`` with what stands between the marks made anew. Raises ``ValueError`` where a mark is missing."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"the text lacks the marks {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{explanation()}\n{END}{after}"


def _settings() -> Iterator[str]:
    yield from (f"### {FILE}", "", "| key | required | what it holds |", "| --- | --- | --- |")
    for setting in SETTINGS:
        yield f"| `{setting.path}` | {_yes(setting.required)} | {_cell(setting.meaning)} |"
    yield ""


def _board() -> Iterator[str]:
    yield from (f"### {board.FILE}", "", "How the board works. Without this file nobody applies for money.", "")
    yield from _keys(board.KEYS)


def _assistance() -> Iterator[str]:
    yield from (f"### {assistance.FILE}", "", "How States ask for assistance. Without this file nobody can.", "")
    yield from _keys(assistance.KEYS)


def _keys(known: Mapping[str, tuple[bool, str]]) -> Iterator[str]:
    yield from ("| key | required | what it holds |", "| --- | --- | --- |")
    for key, (required, meaning) in known.items():
        yield f"| `{key}` | {_yes(required)} | {_cell(meaning)} |"
    yield ""


def _common() -> Iterator[str]:
    yield from ("### In every CSV file", "", *_HEAD)
    yield from (_row(column) for column in TABLES[0].columns if column.name in _IN_EVERY_FILE)
    yield ""


_HEAD: Final = ("| column | required | what to write | what it means |", "| --- | --- | --- | --- |")


def _table(table: Table) -> Iterator[str]:
    yield from (f"### {table.file}", "", table.meaning + (" Required." if table.required else ""), "")
    rules = [f"No two rows may share {' and '.join(f'`{name}`' for name in group)}." for group in table.unique_together]
    rules += [f"`{later}` must not come before `{earlier}`." for earlier, later in table.in_order]
    if rules:
        yield from (" ".join(rules), "")
    yield from _HEAD
    yield from (_row(column) for column in table.columns if column.name not in _IN_EVERY_FILE)
    yield ""


def _row(column: Column) -> str:
    marks = (" (key)" if column.key else "") + (" (unique)" if column.unique and not column.key else "")
    return f"| `{column.name}`{marks} | {_yes(column.required)} | {_cell(column.holds)} | {_cell(column.meaning)} |"


def _others() -> Iterator[str]:
    yield from ("### What else may lie in the folder", "", "| name | what it is |", "| --- | --- |")
    yield from (
        f"| `{name}` | {_cell(use)} |"
        for name, use in OTHER_FILES.items()
        if name not in (FILE, board.FILE, assistance.FILE)
    )
    yield ""


def _yes(required: bool) -> str:
    return "yes" if required else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(with_explanation(path.read_text(encoding="utf-8")), encoding="utf-8")
