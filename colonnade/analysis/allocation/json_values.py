"""Reading JSON by its path: every problem as file, path, value and mend, so that a file is refused whole."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Final, cast

from colonnade.core.problems import Problem as Refusal
from colonnade.core.problems import ProblemsFound

#: Digits that a number may have: beyond them it is a slip.
LONGEST: Final = 30
_MOST: Final = Decimal(10) ** 13


@dataclass
class Refusals:
    """What is wrong with a file."""

    file: str
    found: list[Refusal] = field(default_factory=list)

    def add(self, path: str, value: object, message: str, mend: str) -> None:
        """One thing wrong at a path of the file."""
        shown = "" if value is None else value if isinstance(value, str) else json.dumps(value, default=str)
        self.found.append(Refusal(self.file, None, path, shown[:80], message, mend))

    def raise_any(self) -> None:
        """Refuse the file, where anything was found."""
        if self.found:
            raise ProblemsFound(self.found)


class _Twice(ValueError):
    pass


def load_json(path: Path) -> object:
    """The file as plain values, numbers exact (``Decimal``). Raises ``ProblemsFound`` where it is no JSON."""
    refusals = Refusals(str(path))
    try:
        return json.loads(
            path.read_text(encoding="utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_no_key_twice,
        )
    except UnicodeDecodeError as error:
        refusals.add("$", None, f"is not UTF-8 text ({error.reason} at byte {error.start})", "save it as UTF-8")
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        refusals.add("$", None, f"is no JSON: {error.msg} at {place}", "mend the file there")
    except _Twice as error:
        refusals.add("$", error.args[0], "a key stands twice in one object", "keep one of the two")
    except RecursionError:
        refusals.add("$", None, "is nested too deeply", "write it as the how-to shows")
    except ValueError as error:
        refusals.add("$", error.args[0], "is no number that can be counted with", "write a plain decimal number")
    refusals.raise_any()
    raise AssertionError("unreachable")


def _no_number(constant: str) -> object:
    raise ValueError(constant)


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for key in keys if keys.count(key) > 1))
    return found


@dataclass(frozen=True)
class Node:
    """A value with the path that leads to it."""

    value: object
    path: str
    refusals: Refusals

    def refuse(self, message: str, mend: str) -> None:
        self.refusals.add(self.path, self.value, message, mend)

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, "Node"]:
        """Its members as an object; what lacks or is unknown is refused."""
        if not isinstance(self.value, dict):
            self.refuse("an object is wanted here", f"write {{...}} with {', '.join(required) or 'its members'}")
            return {}
        members = cast("dict[str, object]", self.value)
        for name in required:
            if name not in members:
                self.refusals.add(f"{self.path}.{name}", None, "is missing", f"add {name!r}")
        for name in members:
            if name not in required and name not in optional:
                known = ", ".join((*required, *optional))
                self.refusals.add(f"{self.path}.{name}", members[name], "is not known here", f"use one of {known}")
        return {name: Node(value, f"{self.path}.{name}", self.refusals) for name, value in members.items()}

    def members(self) -> Mapping[str, "Node"]:
        """Its members as an object whose keys are free."""
        if not isinstance(self.value, dict):
            self.refuse("an object is wanted here", "write {...}")
            return {}
        members = cast("dict[str, object]", self.value)
        return {name: Node(value, f"{self.path}[{name!r}]", self.refusals) for name, value in members.items()}

    def items(self) -> Iterator["Node"]:
        """Its members as a list."""
        if not isinstance(self.value, list):
            self.refuse("a list is wanted here", "write [...]")
            return
        for place, value in enumerate(cast("list[object]", self.value)):
            yield Node(value, f"{self.path}[{place}]", self.refusals)

    def text(self) -> str:
        """Its words; a code or a title."""
        if not isinstance(self.value, str):
            self.refuse("text is wanted here", 'write it in quotes, "..."')
            return ""
        return self.value

    def code(self) -> str:
        """Words that are not empty."""
        found = self.text()
        if isinstance(self.value, str) and not found.strip():
            self.refuse("is empty", "give it a code")
        return found

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            self.refuse("true or false is wanted here", "write true or false")
            return False
        return self.value

    def number(self, low: int, high: int | None, what: str) -> Fraction:
        """An exact number from ``low`` to ``high``; written as a number, or as text with a decimal point."""
        value = self.value
        decimal: Decimal | None = None
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            decimal = Decimal(value)
        elif isinstance(value, str) and len(value) <= LONGEST:
            try:
                decimal = Decimal(value)
            except InvalidOperation:
                decimal = None
        end = _MOST if high is None else Decimal(high)
        span = f"from {low} to {high}" if high is not None else f"of {low} or more"
        if decimal is None or not decimal.is_finite() or not Decimal(low) <= decimal <= end:
            self.refuse(f"{what} {span} is wanted here", f'write a plain decimal number {span}, such as "{low or 1}"')
            return Fraction(low)
        if len(decimal.as_tuple().digits) > LONGEST or cast("int", decimal.as_tuple().exponent) < -LONGEST:
            self.refuse("has more digits than can be meant", f"round it to fewer than {LONGEST} digits")
            return Fraction(low)
        return Fraction(decimal)

    def money(self, *, least: int = 0) -> int:
        """Cents, so many at least."""
        before = len(self.refusals.found)
        amount = self.number(0, None, "an amount of money") * 100
        if amount.denominator != 1:
            self.refuse("is finer than a cent", "round it to two places")
        elif amount < least and len(self.refusals.found) == before:
            self.refuse("is not above nought", "write an amount above nought")
        return max(int(amount), least)

    def count(self) -> int:
        found = self.number(0, None, "a whole number")
        if found.denominator != 1:
            self.refuse("is no whole number", "write a whole number")
        return int(found)
