"""How a leak is planted in a process: a function is exchanged wherever it is known by name, until the process ends."""

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import Any

from colonnade.core.reading import as_application
from colonnade.core.viewer import AUDIENCES, Viewer
from colonnade.web.history.circles import eyes_of
from colonnade.web.history.record import Found
from colonnade.web.listing.asked import Asked
from colonnade.web.shared.audiences import Reader
from colonnade.web.shared.reading import Reading, _snapshots

#: Sees every record.
EVERYTHING: Viewer = AUDIENCES["secretariat"].viewer


@dataclass(frozen=True, slots=True)
class Leak:
    """A planted leak: what kind it is, the names of the addresses that show it, the circle that must not see it.

    ``asked``: what such an address has to ask for.
    """

    name: str
    kind: str
    plant: Callable[[], None]
    addresses: tuple[str, ...]
    circle: str = "outside"
    asked: str = ""

    @contextmanager
    def planted(self) -> Iterator[None]:
        """For a process that ends with it: nothing is put back."""
        self.plant()
        yield


def found(place: str) -> tuple[Any, str, Any]:
    """The owner, the name and the value of ``package.module:name`` or ``package.module:Class.name``."""
    module, _, path = place.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    return owner, name, owner.__dict__[name] if isinstance(owner, type) else getattr(owner, name)


def exchange(place: str, make: Callable[[Any], Any]) -> None:
    """Put ``make(what is there)`` in the place of a function, in every module that took it by its name."""
    owner, name, old = found(place)
    new = make(old)
    setattr(owner, name, new)
    if isinstance(owner, type):
        return
    for module in list(sys.modules.values()):
        for attribute, value in list(getattr(module, "__dict__", {}).items()):
            if value is old:
                setattr(module, attribute, new)


def whole(reading: Reading) -> Reading:
    """The same snapshot as who sees everything reads it, called as the reader calls it."""
    # The registry is not asked for the newest one: while a file is being sent it would refuse.
    folder: Path = reading.place[0]
    opened = Reading(
        Reader(EVERYTHING, reading.reader.label, reading.reader.asked), _snapshots.open(folder, EVERYTHING)
    )
    opened.reader = reading.reader
    return opened


def _widened(value: Any) -> Any:
    if isinstance(value, Reading):
        return whole(value)
    if isinstance(value, Viewer):
        return replace(EVERYTHING, user_id=value.user_id)
    if isinstance(value, Asked):
        return replace(value, reading=whole(value.reading))
    if isinstance(value, Found):
        return replace(value, eyes=eyes_of(EVERYTHING))
    return value


def reads_all(place: str) -> Callable[[], None]:
    """The function is called as if everybody saw everything."""

    def widen(old: Any) -> Any:
        inner: Callable[..., Any] = old.fget if isinstance(old, property) and old.fget else old

        @wraps(inner)
        def call(*args: Any, **kwargs: Any) -> Any:
            with as_application("a planted leak"):
                given = {name: _widened(value) for name, value in kwargs.items()}
                answer = inner(*map(_widened, args), **given)
                # What is fetched later would be fetched as the reader.
                return iter(list(answer)) if isinstance(answer, Iterator) else answer

        return property(call) if isinstance(old, property) else call

    return lambda: exchange(place, widen)
