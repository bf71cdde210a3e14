"""How rows are drawn: by a fixed hash of a row's number and a salt, so that every run fills the same registry."""

from collections.abc import Sequence


def drawn(number: str, salt: int, size: int | str) -> str:
    """SQL for a whole number from 0 to ``size`` - 1 that depends on the integer ``number`` and on ``salt`` alone."""
    return f"((hashint4extended(({number})::int, {salt}) & 2147483647) %% ({size}))::int"


def one_of(values: Sequence[str], number: str, salt: int) -> str:
    """SQL for one of ``values``; repeat a value to draw it more often."""
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    return f"(ARRAY[{listed}])[1 + {drawn(number, salt, len(values))}]"


def key_of(ids: str, number: str, salt: int) -> str:
    """SQL for one element of the array ``ids``."""
    return f"({ids})[1 + {drawn(number, salt, f'array_length({ids}, 1)')}]"


def often(per_cent: int, number: str, salt: int) -> str:
    """SQL that is true for about ``per_cent`` of the numbers."""
    return f"{drawn(number, salt, 100)} < {per_cent}"
