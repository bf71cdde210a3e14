"""Migration operations that put a table under audit, and the grants of the application's login.

Triggers run once per statement over its transition tables, so that a bulk load of a hundred thousand rows costs one
set-based insert into the log, not a hundred thousand.
"""

from collections.abc import Iterator, Sequence

from django.db.migrations import RunSQL

# A person's password hash is left out of the log: who can read history must not be able to attack it.
CREATE_FUNCTION = """
CREATE FUNCTION audit_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who text := coalesce(nullif(current_setting('colonnade.actor', true), ''), 'outside the application');
    person bigint := nullif(current_setting('colonnade.person', true), '')::bigint;
    what text := coalesce(current_setting('colonnade.action', true), '');
    request text := coalesce(current_setting('colonnade.request', true), '');
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO audit_event (actor, person_id, action, request_id, table_name, row_id, operation, before, after)
        SELECT who, person, what, request, TG_TABLE_NAME, new_rows.id::text, TG_OP, NULL,
               to_jsonb(new_rows) - 'password'
        FROM new_rows;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO audit_event (actor, person_id, action, request_id, table_name, row_id, operation, before, after)
        SELECT who, person, what, request, TG_TABLE_NAME, new_rows.id::text, TG_OP, to_jsonb(old_rows) - 'password',
               to_jsonb(new_rows) - 'password'
        FROM new_rows JOIN old_rows USING (id);
    ELSE
        INSERT INTO audit_event (actor, person_id, action, request_id, table_name, row_id, operation, before, after)
        SELECT who, person, what, request, TG_TABLE_NAME, old_rows.id::text, TG_OP,
               to_jsonb(old_rows) - 'password', NULL
        FROM old_rows;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only ever added to';
END $$;

CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""

DROP_FUNCTION = """
DROP TRIGGER audit_event_append_only ON audit_event;
DROP FUNCTION audit_refuse_change();
DROP FUNCTION audit_note_change();
"""


def audited(*tables: str) -> RunSQL:
    """Put ``tables`` (each with a primary key ``id``) under audit."""
    create: list[str] = []
    drop: list[str] = []
    for table in tables:
        create += [
            f"CREATE TRIGGER {table}_audit_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_note_change()",
            f"CREATE TRIGGER {table}_audit_update AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows"
            " NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_note_change()",
            f"CREATE TRIGGER {table}_audit_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_note_change()",
        ]
        drop += [f"DROP TRIGGER {table}_audit_{when} ON {table}" for when in ("insert", "update", "delete")]
    return RunSQL(sql=";\n".join(create), reverse_sql=";\n".join(drop))


def personal(table: str, *columns: str, person: str = "") -> RunSQL:
    """Have the log commit to ``columns`` of ``table`` instead of holding them; ``person`` names the column with whose
    details they are. It belongs into the migration that makes the table: events that are sealed cannot be changed."""
    return _rules(table, columns, "commit", person)


def omitted(table: str, *columns: str) -> RunSQL:
    """Leave ``columns`` of ``table`` out of the log: secrets that nobody who reads history must be able to use."""
    return _rules(table, columns, "omit", "")


def _rules(table: str, columns: tuple[str, ...], treatment: str, person: str) -> RunSQL:
    rows = [(table, column, treatment, person) for column in columns]
    return RunSQL(
        [
            (
                "INSERT INTO audit_columnrule (table_name, column_name, treatment, person_column)"
                " VALUES (%s, %s, %s, %s)",
                row,
            )
            for row in rows
        ],
        [("DELETE FROM audit_columnrule WHERE table_name = %s AND column_name = %s", row[:2]) for row in rows],
    )


def application_grants(role: str, only_added_to: Sequence[str] = ()) -> Iterator[str]:
    """The statements that let the application's login ``role`` work, and no more: it adds events, and keeps them; so it
    does with rows of the tables ``only_added_to``."""
    quoted = '"' + role.replace('"', '""') + '"'
    yield f"GRANT USAGE ON SCHEMA public TO {quoted}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}"
    # It adds to the log, and takes from the sealer's queue; it erases personal details through one function only.
    yield f"REVOKE UPDATE, DELETE, TRUNCATE ON audit_event, audit_head, audit_personal FROM {quoted}"
    yield f"REVOKE UPDATE, TRUNCATE ON audit_waiting FROM {quoted}"
    yield f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_columnrule FROM {quoted}"
    yield f"GRANT EXECUTE ON FUNCTION audit_erase_personal(bigint, text) TO {quoted}"
    yield f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM {quoted}"
    for table in only_added_to:
        yield f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}"
