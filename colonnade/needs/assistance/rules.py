"""How requests are dealt with, read from the data of a strategy: kinds, channels, who is told, clocks, triage.

Pure. Everything that is wrong is found at once, and named by its path in the document.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from colonnade.core.parts import SHORT_NAME, Part, RulesWrong

#: Steps with a clock: until entities are asked, until a lead is named, until something comes of it.
STEPS: Final = ("triage", "answers", "outcome")
#: Whom a channel leads to: an entity that the State names, the resident coordinator, or the chair, who passes it on
#: to every relevant entity.
TO: Final = ("entity", "coordinator", "chair")
#: What is done with whoever is told.
ACTS: Final = ("inform", "notify", "consult", "approach")
#: When somebody is told: always, where children or women are concerned, where a facilitation is sought.
WHEN: Final = ("always", "children", "women", "facilitation")
#: What a proposal of triage is made of.
PARTS: Final = ("mandate", "presence", "delivery", "capacity")
#: Who reads a request that took a channel, where its State says nothing: those named, or the whole compact.
READERS: Final = ("named", "compact")


@dataclass(frozen=True, slots=True)
class Step:
    """A step that a request waits for, and the days that it may take (0: no clock runs).

    ``source`` says where that comes from; ``assumed``: no source states it.
    """

    code: str
    title: str
    days: int
    source: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Channel:
    """A way for a request to come in. ``to`` is whom it leads to, ``readers`` who reads what took it."""

    code: str
    title: str
    to: str
    help: str
    readers: str
    source: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of request: the channels that it may take, and whether the safeguards come with it.

    ``facilitation`` is the question whether somebody else's help is sought too; ``assumed``: no source states its
    channels.
    """

    code: str
    title: str
    channels: tuple[str, ...]
    safeguards: bool
    help: str
    facilitation: str
    source: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Tell:
    """Somebody who is told of a request of one of ``kinds`` that took one of ``channels`` (all, where none is named).

    ``entity`` is the code of a listed entity, which reads the request then.
    """

    act: str
    whom: str
    text: str
    when: str
    kinds: tuple[str, ...]
    channels: tuple[str, ...]
    entity: str
    source: str

    def applies(self, kind: str, channel: str, touches: str, *, facilitation: bool) -> bool:
        """Whether it is due for such a request."""
        due = {
            "always": True,
            "children": touches in ("children", "both"),
            "women": touches in ("women", "both"),
            "facilitation": facilitation,
        }[self.when]
        return due and (not self.kinds or kind in self.kinds) and (not self.channels or channel in self.channels)


@dataclass(frozen=True, slots=True)
class Joining:
    """Requests to join a programme: which of them can be asked for, and the days in which they are answered."""

    programmes: tuple[str, ...]
    days: int
    source: str


@dataclass(frozen=True, slots=True)
class Objection:
    """The days in which a State can object to the closing of its request, once; ``assumed``: no source states them."""

    days: int
    source: str
    assumed: bool


def _weights() -> dict[str, int]:
    return {"mandate": 40, "presence": 25, "delivery": 20, "capacity": 15}


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole of them. ``triage``: the most points that each part of a proposal gives."""

    steps: tuple[Step, ...]
    channels: tuple[Channel, ...]
    kinds: tuple[Kind, ...]
    tells: tuple[Tell, ...] = ()
    triage: Mapping[str, int] = field(default_factory=_weights)
    joining: Joining | None = None
    objection: Objection | None = None

    def days(self, step: str) -> int:
        """The days that a step may take; 0: no clock runs."""
        return next((each.days for each in self.steps if each.code == step), 0)

    def channel(self, code: str) -> Channel | None:
        """The channel of that code."""
        return next((each for each in self.channels if each.code == code), None)

    def kind(self, code: str) -> Kind | None:
        """The kind of that code."""
        return next((each for each in self.kinds if each.code == code), None)

    def told(self, kind: str, channel: str, touches: str, *, facilitation: bool) -> Iterator[Tell]:
        """Who is told of such a request, in the order of the rules."""
        return (each for each in self.tells if each.applies(kind, channel, touches, facilitation=facilitation))

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """The rules in ``document``, as TOML or JSON give it. Raises :class:`RulesWrong`."""
        whole = Part(document)
        usual = _weights()
        rules = cls(
            steps=tuple(_step(each) for each in whole.parts("steps", needed=True)),
            channels=tuple(_channel(each) for each in whole.parts("channels", needed=True)),
            kinds=tuple(_kind(each) for each in whole.parts("kinds", needed=True)),
            tells=tuple(_tell(each) for each in whole.parts("tells")),
            triage=_triage(whole.part("triage"), usual) if whole.has("triage") else usual,
            joining=_joining(whole.part("joining")) if whole.has("joining") else None,
            objection=_objection(whole.part("objection")) if whole.has("objection") else None,
        )
        whole.nothing_else()
        rules._insist(whole)
        if whole.faults:
            raise RulesWrong(whole.faults)
        return rules

    def _insist(self, whole: Part) -> None:
        """What holds between the rules."""
        for name, given in (("steps", self.steps), ("channels", self.channels), ("kinds", self.kinds)):
            met = [each.code for each in given]
            for place, code in enumerate(met):
                if code in met[:place]:
                    whole.wrong(f"{name}[{place}].code", code, "stands twice", "write another code")
        if list(STEPS) != [each.code for each in self.steps] and not whole.faults:
            whole.wrong(
                "steps",
                ", ".join(each.code for each in self.steps),
                "not in their order, each once",
                f"write {', '.join(STEPS)}",
            )
        channels = {each.code for each in self.channels}
        kinds = {each.code for each in self.kinds}
        referring = [(f"kinds[{place}].channels", each.channels, channels) for place, each in enumerate(self.kinds)]
        for place, tell in enumerate(self.tells):
            referring.append((f"tells[{place}].kinds", tell.kinds, kinds))
            referring.append((f"tells[{place}].channels", tell.channels, channels))
        for path, codes, known in referring:
            for code in codes:
                if code not in known:
                    whole.wrong(path, code, "no such code", f"write one of: {', '.join(sorted(known))}")
        for place, each in enumerate(self.kinds):
            if not each.channels:
                whole.wrong(f"kinds[{place}].channels", "", "no channel leads to anybody", "name at least one channel")


def _step(part: Part) -> Step:
    step = Step(
        part.choice("code", STEPS),
        part.text("title"),
        part.number("days", 0, most=1000),
        part.text("source", needed=False),
        part.truth("assumed"),
    )
    part.nothing_else()
    return step


def _channel(part: Part) -> Channel:
    channel = Channel(
        part.text("code", SHORT_NAME),
        part.text("title"),
        part.choice("to", TO),
        part.text("help", needed=False),
        part.choice("readers", READERS, "named"),
        part.text("source", needed=False),
    )
    part.nothing_else()
    return channel


def _kind(part: Part) -> Kind:
    kind = Kind(
        part.text("code", SHORT_NAME),
        part.text("title"),
        _codes(part, "channels"),
        part.truth("safeguards"),
        part.text("help", needed=False),
        part.text("facilitation", needed=False),
        part.text("source", needed=False),
        part.truth("assumed"),
    )
    part.nothing_else()
    return kind


def _tell(part: Part) -> Tell:
    tell = Tell(
        part.choice("act", ACTS),
        part.text("whom"),
        part.text("text", needed=False),
        part.choice("when", WHEN, "always"),
        _codes(part, "kinds"),
        _codes(part, "channels"),
        part.text("entity", needed=False),
        part.text("source", needed=False),
    )
    part.nothing_else()
    return tell


def _joining(part: Part) -> Joining:
    joining = Joining(_codes(part, "programmes"), part.number("days", 0, most=1000), part.text("source", needed=False))
    part.nothing_else()
    return joining


def _objection(part: Part) -> Objection:
    objection = Objection(part.number("days", 1, most=1000), part.text("source", needed=False), part.truth("assumed"))
    part.nothing_else()
    return objection


def _triage(part: Part, usual: Mapping[str, int]) -> dict[str, int]:
    weights = {name: part.number(name, usual[name], most=100) for name in PARTS}
    part.nothing_else()
    return weights


def _codes(part: Part, name: str) -> tuple[str, ...]:
    value = part.plain(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        part.wrong(name, value, "not what belongs here", "write a list of codes in double quotes")
        return ()
    return tuple(value)
