"""The functions in the database that write the log: events, the queue of the sealer, personal details beside them.

Migration 0004 creates them. They replace those of migration 0002, whose triggers call them by the same name.
"""

from typing import Final

#: Marks a commitment in ``actor``, ``before`` and ``after``.
MARK: Final = "personal:"

PERSONAL: Final = """
-- The commitment to a personal detail (JSON text) of a person. The same detail of the same person keeps its commitment,
-- so that a reader can tell whether it changed. The salt is 244 random bits.
CREATE FUNCTION audit_commit(person bigint, detail text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    known text;
    fresh bytea;
BEGIN
    SELECT commitment INTO known FROM audit_personal
    WHERE value = detail AND person_id IS NOT DISTINCT FROM person LIMIT 1;
    IF known IS NULL THEN
        fresh := decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
        known := encode(sha256(fresh || convert_to(detail, 'UTF8')), 'hex');
        INSERT INTO audit_personal (commitment, salt, value, person_id) VALUES (known, fresh, detail, person);
    END IF;
    RETURN 'personal:' || known;
END $$;

-- A row without the columns to omit, and with commitments in those to commit.
CREATE FUNCTION audit_conceal(shown jsonb, omit text[], hide text[], owner text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    name text;
BEGIN
    shown := shown - omit;
    FOREACH name IN ARRAY hide LOOP
        IF shown ? name AND shown -> name NOT IN ('null'::jsonb, '""'::jsonb) THEN
            shown := jsonb_set(
                shown, ARRAY[name], to_jsonb(audit_commit((shown ->> owner)::bigint, (shown -> name)::text))
            );
        END IF;
    END LOOP;
    RETURN shown;
END $$;

-- Who acts, as the log names them: a person by a commitment.
CREATE FUNCTION audit_actor() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    who text := coalesce(nullif(current_setting('colonnade.actor', true), ''), 'outside the application');
    person bigint := nullif(current_setting('colonnade.person', true), '')::bigint;
BEGIN
    IF person IS NULL THEN
        RETURN who;
    END IF;
    RETURN audit_commit(person, to_jsonb(who)::text);
END $$;
"""

# The queue of the sealer gets one row for a statement, with the ids of at most 4,096 events in each, so that a bulk
# load does not pay for a second row an event. Where a table has no rule, no function is called for its rows.
NOTE_CHANGE: Final = """
CREATE OR REPLACE FUNCTION audit_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
#variable_conflict use_variable
DECLARE
    who text := audit_actor();
    person bigint := nullif(current_setting('colonnade.person', true), '')::bigint;
    what text := coalesce(current_setting('colonnade.action', true), '');
    request text := coalesce(current_setting('colonnade.request', true), '');
    omit text[];
    hide text[];
    owner text;
BEGIN
    SELECT coalesce(array_agg(column_name) FILTER (WHERE treatment = 'omit'), '{}'),
           array_agg(column_name) FILTER (WHERE treatment = 'commit'), coalesce(max(person_column), '')
    INTO omit, hide, owner FROM audit_columnrule WHERE table_name = TG_TABLE_NAME;
    omit := omit || 'password'::text;
    IF TG_OP = 'INSERT' THEN
        WITH noted AS (
            INSERT INTO audit_event (actor, person_id, action, request_id, table_name, row_id, operation, before, after)
            SELECT who, person, what, request, TG_TABLE_NAME, new_rows.id::text, TG_OP, NULL,
                   CASE WHEN hide IS NULL THEN to_jsonb(new_rows) - omit
                        ELSE audit_conceal(to_jsonb(new_rows), omit, hide, owner) END
            FROM new_rows RETURNING id
        )
        INSERT INTO audit_waiting (event_ids) SELECT array_agg(id) FROM noted GROUP BY id / 4096;
    ELSIF TG_OP = 'UPDATE' THEN
        WITH noted AS (
            INSERT INTO audit_event (actor, person_id, action, request_id, table_name, row_id, operation, before, after)
            SELECT who, person, what, request, TG_TABLE_NAME, new_rows.id::text, TG_OP,
                   CASE WHEN hide IS NULL THEN to_jsonb(old_rows) - omit
                        ELSE audit_conceal(to_jsonb(old_rows), omit, hide, owner) END,
                   CASE WHEN hide IS NULL THEN to_jsonb(new_rows) - omit
                        ELSE audit_conceal(to_jsonb(new_rows), omit, hide, owner) END
            FROM new_rows JOIN old_rows USING (id) RETURNING id
        )
        INSERT INTO audit_waiting (event_ids) SELECT array_agg(id) FROM noted GROUP BY id / 4096;
    ELSE
        WITH noted AS (
            INSERT INTO audit_event (actor, person_id, action, request_id, table_name, row_id, operation, before, after)
            SELECT who, person, what, request, TG_TABLE_NAME, old_rows.id::text, TG_OP,
                   CASE WHEN hide IS NULL THEN to_jsonb(old_rows) - omit
                        ELSE audit_conceal(to_jsonb(old_rows), omit, hide, owner) END, NULL
            FROM old_rows RETURNING id
        )
        INSERT INTO audit_waiting (event_ids) SELECT array_agg(id) FROM noted GROUP BY id / 4096;
    END IF;
    RETURN NULL;
END $$;
"""

# The one way in which the application's login erases: as the owner, with an event for every detail that goes.
ERASURE: Final = """
CREATE FUNCTION audit_note_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH noted AS (
        INSERT INTO audit_event (actor, person_id, action, request_id, table_name, row_id, operation, before, after)
        SELECT audit_actor(), nullif(current_setting('colonnade.person', true), '')::bigint,
               coalesce(current_setting('colonnade.action', true), ''),
               coalesce(current_setting('colonnade.request', true), ''), TG_TABLE_NAME, commitment, 'ERASE',
               jsonb_build_object('person_id', person_id),
               jsonb_build_object('reason', coalesce(current_setting('colonnade.reason', true), ''))
        FROM old_rows RETURNING id
    )
    INSERT INTO audit_waiting (event_ids) SELECT array_agg(id) FROM noted GROUP BY id / 4096;
    RETURN NULL;
END $$;

CREATE TRIGGER audit_personal_erasure AFTER DELETE ON audit_personal REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_note_erasure();

CREATE FUNCTION audit_erase_personal(whose bigint, why text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    IF coalesce(trim(why), '') = '' THEN
        RAISE EXCEPTION 'personal details are erased for a reason';
    END IF;
    PERFORM set_config('colonnade.reason', why, true);
    DELETE FROM audit_personal WHERE person_id = whose OR (
        person_id IS NULL AND value IN (SELECT value FROM audit_personal WHERE person_id = whose)
    );
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION audit_erase_personal(bigint, text) FROM PUBLIC;

CREATE TRIGGER audit_head_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_personal_never_changed BEFORE UPDATE OR TRUNCATE ON audit_personal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
ALTER TABLE audit_head ALTER COLUMN leaves SET STORAGE EXTERNAL;
"""

#: Events of before the chain: their personal details move out, and all of them wait for the first seal.
FIRST_SEAL: Final = """
INSERT INTO audit_columnrule (table_name, column_name, treatment, person_column)
VALUES ('members_person', 'name', 'commit', 'id'), ('members_person', 'email', 'commit', 'id');

ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only;
UPDATE audit_event SET actor = audit_commit(person_id, to_jsonb(actor)::text) WHERE person_id IS NOT NULL;
UPDATE audit_event SET before = audit_conceal(before, '{}', '{name,email}', 'id'),
                       after = audit_conceal(after, '{}', '{name,email}', 'id')
WHERE table_name = 'members_person';
ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only;

INSERT INTO audit_waiting (event_ids) SELECT array_agg(id) FROM audit_event GROUP BY id / 4096 ORDER BY id / 4096;
"""
