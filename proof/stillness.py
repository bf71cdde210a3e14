"""A process in which nothing differs by itself: the clock stands, and chance repeats.

With both fixed, answers of two worlds can be compared byte by byte: nonces, CSRF tokens, identifiers of requests and
keys of sessions are drawn from the number of the probe, so that there is nothing left to normalise.
"""

import datetime as real
import hashlib
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date as _date
from datetime import datetime as _datetime
from typing import Any, Final

#: The moment at which every answer is given.
NOW: Final = real.datetime(2020, 3, 2, 9, 30, tzinfo=real.UTC)

_later: list[float] = [0.0]


def moment() -> float:
    """The moment at which this process stands, in seconds since 1970."""
    return NOW.timestamp() + _later[0]


@contextmanager
def later(seconds: float) -> Iterator[None]:
    """Stand somewhat later for a while."""
    _later[0] = seconds
    try:
        yield
    finally:
        _later[0] = 0.0


class _Instances(type):
    """What was made before the clock stood still is a date all the same."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, _datetime if issubclass(cls, _datetime) else _date)


class _StillDatetime(_datetime, metaclass=_Instances):
    @classmethod
    def now(cls, tz: real.tzinfo | None = None) -> Any:
        return _datetime.fromtimestamp(moment(), tz)

    @classmethod
    def utcnow(cls) -> Any:
        return _datetime.fromtimestamp(moment(), real.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> Any:
        return cls.now()


class _StillDate(_date, metaclass=_Instances):
    @classmethod
    def today(cls) -> Any:
        return _date(NOW.year, NOW.month, NOW.day)


class Chance:
    """Bytes that look random and are the same wherever the same ``seed`` was set."""

    def __init__(self) -> None:
        self.seed("")

    def seed(self, text: str) -> None:
        """Begin anew."""
        self._state = hashlib.sha256(text.encode()).digest()
        self._left = b""

    def draw(self, number: int) -> bytes:
        """The next ``number`` bytes."""
        while len(self._left) < number:
            self._state = hashlib.sha256(self._state).digest()
            self._left += hashlib.sha256(b"drawn" + self._state).digest()
        drawn, self._left = self._left[:number], self._left[number:]
        return drawn


#: The chance of this process, once it stands still.
CHANCE: Final = Chance()


def stand_still() -> None:
    """Stop the clock of this process and let its chance repeat. Only for a process that ends with the proof."""
    time.time = moment
    time.time_ns = lambda: int(moment()) * 1_000_000_000
    zoned, local = time.gmtime, time.localtime
    time.gmtime = lambda seconds=None: zoned(moment() if seconds is None else seconds)
    time.localtime = lambda seconds=None: local(moment() if seconds is None else seconds)
    os.urandom = CHANCE.draw
    random._urandom = CHANCE.draw  # type: ignore[attr-defined]  # what ``secrets`` draws from
    repeat_chance("")
    for module in list(sys.modules.values()):
        _still(module)


def repeat_chance(seed: str) -> None:
    """Let every later draw follow from ``seed``."""
    CHANCE.seed(seed)
    random.seed(seed)


def _still(module: object) -> None:
    """Give a module that has taken ``datetime`` or ``date`` into its names the still ones."""
    name = getattr(module, "__name__", "")
    if name in {"datetime", "_pydatetime", "_strptime", __name__} or name.startswith(("duckdb", "psycopg")):
        return
    for attribute, found in list(getattr(module, "__dict__", {}).items()):
        if found is _datetime:
            setattr(module, attribute, _StillDatetime)
        elif found is _date:
            setattr(module, attribute, _StillDate)
        elif found is real and name.split(".")[0] in _BY_MODULE:
            setattr(module, attribute, _still_module())


#: Packages that say ``datetime.datetime.now()``.
_BY_MODULE: Final = {"django", "allauth", "docx", "xlsxwriter", "openpyxl", "fido2"}


def _still_module() -> Any:
    still = type(real)("datetime")
    still.__dict__.update(real.__dict__)
    still.__dict__.update(datetime=_StillDatetime, date=_StillDate)
    return still
