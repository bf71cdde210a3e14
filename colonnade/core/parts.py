"""Reading a document of tables, lists and plain values, and noting all that is wrong in it by its path. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

_LONGEST: Final = 100_000
ANY_TEXT: Final = re.compile(r"(?s).*\S.*")
#: A short name: small letters, digits, hyphens and underscores.
SHORT_NAME: Final = re.compile(r"[a-z][a-z0-9_-]{0,49}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, what was met, what is wrong with it, and what would be right."""

    path: str
    value: str
    message: str
    mend: str

    def __str__(self) -> str:
        met = f" ({self.value})" if self.value else ""
        return f"{self.path}{met}: {self.message}; {self.mend}"


class RulesWrong(ValueError):
    """Rules are not described as they must be; ``faults`` are all that is wrong, each with its path."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = tuple(faults)


class Part:
    """A table of the document at ``path``. What is wrong is added to ``faults``, which a whole document shares; a value
    that is wrong is read as the least that would be right, so that reading goes on."""

    def __init__(self, table: object, path: str = "", faults: list[Fault] | None = None) -> None:
        self.path = path
        self.faults: list[Fault] = [] if faults is None else faults
        self._asked: set[str] = set()
        if not isinstance(table, Mapping):
            self.faults.append(Fault(path, str(table)[:80], "not a table", "write it as a table with its keys"))
            table = {}
        self._table: Mapping[str, Any] = table
        self._is_table = bool(table)

    def wrong(self, name: str, value: object, message: str, mend: str) -> None:
        """Note that ``name`` is wrong."""
        self.faults.append(Fault(f"{self.path}{name}", str(value)[:80], message, mend))

    def nothing_else(self) -> None:
        """Note every key that nobody asked for."""
        for name in self._table:
            if name not in self._asked:
                self.wrong(
                    str(name), name, "not a key of this table", f"write one of: {', '.join(sorted(self._asked))}"
                )

    def text(self, name: str, pattern: re.Pattern[str] = ANY_TEXT, *, needed: bool = True) -> str:
        """A text that matches ``pattern`` as a whole."""
        value = self._get(name)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or len(value) > _LONGEST or not pattern.fullmatch(value.strip()):
            self._unlike(name, value, "a text in double quotes" if pattern is ANY_TEXT else f"like {pattern.pattern}")
            return ""
        return value.strip()

    def number(self, name: str, default: int, *, least: int = 0, most: int = 10_000) -> int:
        """A whole number from ``least`` to ``most``."""
        value = self._get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self._unlike(name, value, f"a whole number from {least} to {most}")
            return default
        return value

    def decimal(self, name: str) -> Decimal:
        """A number above 0."""
        value = self._get(name)
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal(0)
        if isinstance(value, bool) or not number.is_finite() or number <= 0:
            self._unlike(name, value, "a number above 0")
            return Decimal(1)
        return number

    def truth(self, name: str) -> bool:
        """``true`` or ``false``; false where it is not said."""
        value = self._get(name, False)
        if not isinstance(value, bool):
            self._unlike(name, value, "true or false")
            return False
        return value

    def choice(self, name: str, choices: Sequence[str], default: str = "") -> str:
        """One of ``choices``."""
        value = self._get(name, default or None)
        if not isinstance(value, str) or value not in choices:
            self._unlike(name, value, f"one of: {', '.join(choices)}")
            return default or choices[0]
        return value

    def choices(self, name: str, choices: Sequence[str]) -> Iterator[str]:
        """A list of some of ``choices``, each once."""
        met: set[str] = set()
        for place, value in enumerate(self._list(name, needed=True)):
            if not isinstance(value, str) or value not in choices:
                self._unlike(f"{name}[{place}]", value, f"one of: {', '.join(choices)}")
            elif value in met:
                self.wrong(f"{name}[{place}]", value, "stands twice", "remove it")
            else:
                met.add(value)
                yield value

    def has(self, name: str) -> bool:
        """Whether anything stands there."""
        return self._get(name) is not None

    def part(self, name: str) -> "Part":
        """The table of that name."""
        return Part(self._get(name), f"{self.path}{name}.", self.faults)

    def parts(self, name: str, *, needed: bool = False) -> Iterator["Part"]:
        """The tables of a list."""
        for place, value in enumerate(self._list(name, needed=needed)):
            yield Part(value, f"{self.path}{name}[{place}].", self.faults)

    def plain(self, name: str) -> Any:
        """Whatever stands there."""
        return self._get(name)

    def _list(self, name: str, *, needed: bool) -> Sequence[Any]:
        value = self._get(name)
        if value is None and not needed:
            return ()
        if not isinstance(value, list):
            self._unlike(name, value, "a list")
            return ()
        return value

    def _get(self, name: str, default: Any = None) -> Any:
        self._asked.add(name)
        value = self._table.get(name)
        return default if value is None else value

    def _unlike(self, name: str, value: object, wanted: str) -> None:
        if self._is_table or not self.path:
            message = "missing" if value is None else "not what belongs here"
            self.wrong(name, "" if value is None else value, message, f"write {wanted}")
