"""What a reader's role may read, as data: each app states it for its own tables in ``<app>/policies.py``.

The conditions are written anew in SQL, from section 5 of ``docs/architecture.md``, and not made from ``entitled()``:
two rings that were cast in one mould would have the same holes. A test compares them over random registries.

The rules of writing one are in ``docs/decisions/0011-row-level-security.md``: call each function of the viewer in a
sub-select, so that it is asked once a statement, and reach other confidential tables through ``EXISTS`` (their policies
hold there as well) or, where two tables' policies would ask each other, through a function of the owner's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Ring:
    """What an app's tables show a reader; a table that is not named is not readable at all.

    ``policed``: table -> SQL condition on its rows, for the viewer. ``open``: tables whose every row is public.
    ``columns``: the columns that are readable, of tables with others that are not. ``functions``: what the conditions
    call, each a whole ``CREATE OR REPLACE FUNCTION`` statement.
    """

    policed: Mapping[str, str] = field(default_factory=dict)
    open: Sequence[str] = ()
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    functions: Sequence[str] = ()


#: Put before every condition: without a viewer, the first row of a confidential table that is looked at is an error,
#: a public one too.
KNOWN: Final = "(SELECT reader_is_known())"

#: Conditions on the viewer, each asked once a statement.
SEES_ALL: Final = "(SELECT reader_holds('secretariat', 'auditor'))"
INSIDE: Final = (
    "(SELECT reader_holds('secretariat', 'assessor', 'entity_focal_point', 'working_group_chair', 'board_member',"
    " 'auditor'))"
)
#: The viewer's States and entities, as keys.
STATES: Final = "(SELECT reader_states())"
ENTITIES: Final = "(SELECT reader_entities())"


def by_levels(*, concerns: str = "false", assessed: str = "false", named: str = "false") -> str:
    """The three levels, in SQL: ``concerns`` for compact rows of the viewer's States, ``assessed`` and ``named`` for
    restricted ones. The table has a column ``level``."""
    return (
        f"({SEES_ALL} OR level = 'public'"
        f" OR (level = 'compact' AND ({INSIDE} OR {concerns}))"
        f" OR (level = 'restricted' AND ({assessed} OR {named})))"
    )


def seen_with(table: str, column: str) -> str:
    """Rows that are seen with the row of ``table`` that their ``column`` holds: its own policy decides."""
    return f"EXISTS (SELECT 1 FROM {table} AS whole WHERE whole.id = {column})"  # noqa: S608  # names of ours


def lookup(name: str, query: str) -> str:
    """A function of the owner's that returns the keys that ``query`` finds, past the policies of what it asks."""
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER"
        f" SET search_path = pg_catalog, public, pg_temp AS $$ {query} $$"
    )


#: What every condition may call. The viewer is JSON, as :func:`colonnade.core.reading.viewer_as_json` writes it.
OF_THE_VIEWER: Final = (
    """
CREATE OR REPLACE FUNCTION reader_viewer() RETURNS jsonb LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    said text := pg_catalog.current_setting('colonnade.viewer', true);
BEGIN
    -- After the transaction that set it, the setting is empty, not gone.
    IF said IS NULL OR said = '' OR pg_catalog.jsonb_typeof(said::jsonb) <> 'object' THEN
        RAISE EXCEPTION 'no viewer is set: the registry is read inside reading_as(viewer)'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN said::jsonb;
END $$""",
    """
CREATE OR REPLACE FUNCTION reader_is_known() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT public.reader_viewer() IS NOT NULL
$$""",
    """
CREATE OR REPLACE FUNCTION reader_holds(VARIADIC roles text[]) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(public.reader_viewer() -> 'roles' ?| roles, false)
$$""",
    """
CREATE OR REPLACE FUNCTION reader_person() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (public.reader_viewer() ->> 'person')::bigint
$$""",
    """
CREATE OR REPLACE FUNCTION reader_states() RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT id FROM public.places_country
    WHERE code IN (SELECT pg_catalog.jsonb_array_elements_text(public.reader_viewer() -> 'states'))
$$""",
    """
CREATE OR REPLACE FUNCTION reader_coordinates() RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT id FROM public.places_country
    WHERE code IN (SELECT pg_catalog.jsonb_array_elements_text(public.reader_viewer() -> 'coordinates'))
$$""",
    """
CREATE OR REPLACE FUNCTION reader_entities() RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    SELECT id FROM public.members_entity
    WHERE code IN (SELECT pg_catalog.jsonb_array_elements_text(public.reader_viewer() -> 'entities'))
$$""",
)
