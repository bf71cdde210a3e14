"""What was typed in a section as plain texts, the same for the same value wherever it comes from, so that two hands can
be compared: field by field, and in lists row by row."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

#: Field -> text; or what a row is known by -> its cells, one after the other.
Typed = Mapping[str, str]
#: Stands between the cells of a row, and between the members of a set. Browsers do not send it.
BETWEEN: Final = "\x1f"
_LONGEST: Final = 2_000_000


def as_text(value: object) -> str:
    """A value of a field or a cell as text."""
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return BETWEEN.join(sorted((str(each) for each in value), key=lambda text: (len(text), text)))
    return str(value).replace("\r\n", "\n").replace(BETWEEN, " ").strip()


def row_as_text(columns: Iterable[str], row: Mapping[str, Any]) -> str:
    """The cells of a row in the order of ``columns``."""
    return BETWEEN.join(as_text(row[name]) for name in columns)


def cells_of(columns: Iterable[str], text: str) -> dict[str, str]:
    """The cells of a row again; of one that is not there, all empty."""
    names = list(columns)
    parts = text.split(BETWEEN) if text else []
    return dict(zip(names, [*parts, *[""] * (len(names) - len(parts))], strict=False))


def kept(typed: Typed) -> str:
    """``typed`` for a hidden field of a form."""
    return json.dumps(dict(typed), ensure_ascii=False)


def read_kept(text: str) -> dict[str, str] | None:
    """What :func:`kept` wrote. A form that somebody tampered with says nothing: ``None``."""
    try:
        found = json.loads(text) if len(text) <= _LONGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    texts = {str(name): value for name, value in found.items() if isinstance(value, str) and "\0" not in value}
    return texts if len(texts) == len(found) else None
