"""Who is looking. Every read of the registry begins with a :class:`Viewer`.

The levels and who sees them are section 5 of ``docs/architecture.md``: *public* everyone; *compact* people signed in
for a member entity, the secretariat, assessors, board members, auditors, and a State's people for what concerns their
State; *restricted* the assessed State, its assessors, the secretariat, auditors, and entities that were named.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How far a record may travel, from the widest circle to the narrowest."""

    PUBLIC = "public"
    COMPACT = "compact"
    RESTRICTED = "restricted"


class Role(StrEnum):
    """What a person does here. Someone can hold several."""

    SECRETARIAT = "secretariat"
    ASSESSOR = "assessor"
    ENTITY = "entity_focal_point"
    STATE = "state_focal_point"
    CHAIR = "working_group_chair"
    BOARD = "board_member"
    DONOR = "donor"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    COORDINATOR = "resident_coordinator"


#: Roles that see every record inside the compact.
INSIDE_THE_COMPACT = frozenset({Role.SECRETARIAT, Role.ASSESSOR, Role.ENTITY, Role.CHAIR, Role.BOARD, Role.AUDITOR})
#: Roles that see every restricted record, whatever the State.
SEES_RESTRICTED = frozenset({Role.SECRETARIAT, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Viewer:
    """A reader, reduced to what visibility depends on.

    ``entity_ids`` are entity codes (``UNODC``) the person acts for, ``country_codes`` are the States (ISO alpha-3)
    that a State focal point speaks for or that an assessor assesses. ``gives_states`` and ``gives_entities`` are those
    whose contributions a donor answers for; ``coordinates`` are the States in which a resident coordinator serves, of
    which they read what each State, or the channel that it chose, lets them read.
    """

    user_id: int | None = None
    roles: frozenset[Role] = frozenset()
    entity_ids: frozenset[str] = frozenset()
    country_codes: frozenset[str] = frozenset()
    gives_states: frozenset[str] = frozenset()
    gives_entities: frozenset[str] = frozenset()
    coordinates: frozenset[str] = frozenset()

    @property
    def inside_the_compact(self) -> bool:
        """Whether compact-level records are visible wherever they concern."""
        return bool(self.roles & INSIDE_THE_COMPACT)

    @property
    def sees_restricted(self) -> bool:
        """Whether restricted records of every State are visible."""
        return bool(self.roles & SEES_RESTRICTED)


#: Everyone. What this viewer sees is published.
PUBLIC = Viewer()


@dataclass(frozen=True, slots=True)
class Audience:
    """A circle of readers that a report or a snapshot is made for, and the viewer that stands for it."""

    key: str
    title: str
    viewer: Viewer = field(repr=False)
    levels: tuple[Level, ...]


AUDIENCES: dict[str, Audience] = {
    audience.key: audience
    for audience in (
        Audience("public", "the public", PUBLIC, (Level.PUBLIC,)),
        Audience(
            "compact",
            "member entities of the compact",
            Viewer(roles=frozenset({Role.ENTITY})),
            (Level.PUBLIC, Level.COMPACT),
        ),
        Audience(
            "secretariat",
            "the secretariat",
            Viewer(roles=frozenset({Role.SECRETARIAT})),
            (Level.PUBLIC, Level.COMPACT, Level.RESTRICTED),
        ),
    )
}
