"""The kinds of readers that the proof looks as, and which of them share a pair of worlds."""

from dataclasses import dataclass
from typing import Final

from colonnade.core.viewer import PUBLIC, Role, Viewer

Held = tuple[Role, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who looks: their roles, each with its entity and its State. ``complete``: with a second factor."""

    name: str
    roles: tuple[Held, ...] = ()
    signs_in: bool = True
    complete: bool = True

    def viewer(self, user_id: int | None) -> Viewer:
        """The viewer that they are once signed in; half-way in, everybody's."""
        if not self.signs_in or not self.complete:
            return PUBLIC
        speaking = (Role.STATE, Role.ASSESSOR)
        return Viewer(
            user_id,
            frozenset(role for role, _entity, _state in self.roles),
            frozenset(entity for _role, entity, _state in self.roles if entity),
            frozenset(state for role, _entity, state in self.roles if state and role in speaking),
            frozenset(state for role, _entity, state in self.roles if state and role is Role.DONOR),
            frozenset(entity for role, entity, _state in self.roles if entity and role is Role.DONOR),
            frozenset(state for role, _entity, state in self.roles if state and role is Role.COORDINATOR),
        )


#: The secretariat sees everything. It is the control: where nothing is hidden, the twins must differ.
CONTROL: Final = Reader("secretariat", ((Role.SECRETARIAT, None, None),))

EVERYBODY: Final = (
    Reader("public", signs_in=False),
    Reader("half-way", ((Role.SECRETARIAT, None, None),), complete=False),
    Reader("donor", ((Role.DONOR, None, None),)),
    Reader("administrator", ((Role.ADMINISTRATOR, None, None),)),
    Reader("chair", ((Role.CHAIR, "ALPHA", None),)),
    Reader("board", ((Role.BOARD, None, None),)),
    Reader("entity", ((Role.ENTITY, "BETA", None),)),
    Reader("named entity", ((Role.ENTITY, "GAMMA", None),)),
    Reader("state", ((Role.STATE, None, "QMA"),)),
    Reader("other State", ((Role.STATE, None, "QMB"),)),
    Reader("third State", ((Role.STATE, None, "QMC"),)),
    Reader("assessor", ((Role.ASSESSOR, "DELTA", "QMA"),)),
    Reader("auditor", ((Role.AUDITOR, None, None),)),
    CONTROL,
    Reader("giver", ((Role.DONOR, None, "QMA"),)),
    Reader("coordinator", ((Role.COORDINATOR, None, "QMA"),)),
)
BY_NAME: Final = {reader.name: reader for reader in EVERYBODY}

#: Name of a pair of worlds -> who looks at both. What differs is hidden from each of them.
CIRCLES: Final[dict[str, tuple[str, ...]]] = {
    "outside": ("public", "half-way", "donor"),
    "administrator": ("administrator",),
    "board": ("board",),
    "chair": ("chair",),
    "entity": ("entity",),
    "named": ("named entity",),
    "state": ("state",),
    "states": ("other State", "third State"),
    "assessor": ("assessor",),
    "auditor": ("auditor",),
    "giver": ("giver",),
    "coordinator": ("coordinator",),
}
#: Circle -> tables of which its readers are told, by what they may do, that a row is there: it may change, not go.
#: Whoever administers people hands over for them, and is not offered to do so twice.
KNOWN_TO_BE_THERE: Final[dict[str, tuple[str, ...]]] = {"administrator": ("members_handover", "members_handedover")}
#: Circles that read the whole log: of what differs there is no event in their twin.
READ_THE_LOG: Final = frozenset({"auditor"})
