"""The probes: every address, method, query, language and form, for every reader; and fair samples of them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, TypeVar
from urllib.parse import urlencode

from colonnade.config.settings import LANGUAGES
from proof.addresses import ADDRESSES
from proof.asking import Address
from proof.readers import CIRCLES
from proof.twins import Difference

Pairs = tuple[tuple[str, str], ...]
V = TypeVar("V")

#: Asked of every address, beside GET.
OTHER_METHODS: Final = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")
#: Sent with every path, one at a time.
HEADERS: Final[tuple[Pairs, ...]] = (
    *((("accept-language", code),) for code, _title in LANGUAGES if code != "en"),
    (("accept-encoding", "gzip"),),
    (("if-none-match", "*"),),
    (("if-none-match", "as answered"),),
    (("if-modified-since", "Mon, 02 Mar 2020 09:30:00 GMT"),),
    (("range", "bytes=0-99"),),
    (("accept", "application/json"),),
    (("hx-request", "true"),),
)


@dataclass(frozen=True, slots=True)
class Probe:
    """One request: to the address ``name``, by ``reader``, in a twin that differs by ``difference``."""

    circle: str
    difference: Difference
    reader: str
    name: str
    method: str
    path: str
    headers: Pairs = ()
    form: Pairs = ()

    @property
    def key(self) -> str:
        """What the chance of both worlds is drawn from: the same for the same request."""
        return "|".join((self.reader, self.method, self.path, urlencode(self.headers), urlencode(self.form)))

    def __str__(self) -> str:
        sent = f" {urlencode(self.headers)}" if self.headers else ""
        return f"{self.reader}: {self.method} {self.path}{sent} ({self.difference} in {self.circle})"


def every_probe(circles: Iterable[str] = CIRCLES, differences: Iterable[Difference] = Difference) -> Iterator[Probe]:
    """All of them, a pair of worlds at a time, in an order that does not change."""
    asked = [(name, *one) for name, address in ADDRESSES.items() for one in _requests(name, address)]
    for circle in circles:
        for difference in differences:
            for reader in CIRCLES[circle]:
                for name, method, path, headers, form in asked:
                    yield Probe(circle, difference, reader, name, method, path, headers, form)


def _requests(name: str, address: Address) -> Iterator[tuple[str, str, Pairs, Pairs]]:
    """Method, path, headers and form of every request to an address.

    The first path gets every query, method and header; each other every form, and some of the rest in turn.
    """
    for place, path in enumerate(address.paths(name)):
        for method in _some(OTHER_METHODS, place, 2):
            yield method, path, (), ()
        for form in address.forms:
            yield "POST", path, (), form
        for headers in _some(HEADERS, place, 3):
            yield "GET", path, headers, ()
        for query in _some(address.queries, place, 12):
            yield "GET", path + (f"?{urlencode(query)}" if query else ""), (), ()


def _some(every: Sequence[V], place: int, number: int) -> list[V]:
    """All for the first path; the first and ``number`` others for each later one."""
    if place == 0 or len(every) <= number:
        return list(every)
    return list(dict.fromkeys([every[0], *(every[(place * number + step) % len(every)] for step in range(number))]))


def sample(probes: Sequence[Probe], number: int, seed: int) -> list[Probe]:
    """At least ``number`` of them by chance, so that every address is read by every reader among them.

    Within each pair of worlds the order stays.
    """
    random = Random(f"sample {seed}")  # noqa: S311  # a sample that can be drawn again
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, probe in enumerate(probes):
        if probe.method == "GET":
            groups[probe.reader, probe.name].append(place)
    chosen = {random.choice(places) for places in groups.values()}
    others = [place for place in range(len(probes)) if place not in chosen]
    more = max(0, number - len(chosen))
    # Pages with thousands of filters would crowd the others out.
    by_name: dict[str, list[int]] = defaultdict(list)
    for place in others:
        by_name[probes[place].name].append(place)
    names = sorted(by_name)
    while more and names:
        for name in list(names):
            places = by_name[name]
            if not places:
                names.remove(name)
                continue
            at = random.randrange(len(places))
            places[at], places[-1] = places[-1], places[at]
            chosen.add(places.pop())
            more -= 1
            if not more:
                break
    return [probes[place] for place in sorted(chosen)]


def shard(probes: Iterable[Probe], number: int, of: int) -> Iterator[Probe]:
    """The probes of part ``number`` (from 1) of ``of``: each is in exactly one part, wherever it is asked, and a
    request is in the same part whatever the twin, so that the base need answer it once."""
    for probe in probes:
        digest = hashlib.sha256(f"{probe.circle}|{probe.key}".encode()).digest()
        if int.from_bytes(digest[:8], "big") % of == number - 1:
            yield probe


def by_circle(probes: Iterable[Probe]) -> dict[str, list[Probe]]:
    """The probes of each circle of readers."""
    found: dict[str, list[Probe]] = defaultdict(list)
    for probe in probes:
        found[probe.circle].append(probe)
    return dict(found)


def by_worlds(probes: Iterable[Probe]) -> dict[tuple[str, Difference], list[Probe]]:
    """The probes of each pair of worlds."""
    found: dict[tuple[str, Difference], list[Probe]] = defaultdict(list)
    for probe in probes:
        found[probe.circle, probe.difference].append(probe)
    return dict(found)
