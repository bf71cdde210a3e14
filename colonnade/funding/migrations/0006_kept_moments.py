"""The tables of the appeal are under audit, and what was kept of a moment is not changed."""

from django.db import migrations

from colonnade.audit.operations import audited

CREATE = """
CREATE FUNCTION funding_refuse_another_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'moments of an appeal are only ever added to: keep another'
        USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER funding_appealmoment_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_appealmoment
    FOR EACH STATEMENT EXECUTE FUNCTION funding_refuse_another_past();
CREATE TRIGGER funding_frozenentry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_frozenentry
    FOR EACH STATEMENT EXECUTE FUNCTION funding_refuse_another_past();
CREATE TRIGGER funding_frozensum_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_frozensum
    FOR EACH STATEMENT EXECUTE FUNCTION funding_refuse_another_past();
"""

DROP = """
DROP TRIGGER funding_frozensum_is_kept ON funding_frozensum;
DROP TRIGGER funding_frozenentry_is_kept ON funding_frozenentry;
DROP TRIGGER funding_appealmoment_is_kept ON funding_appealmoment;
DROP FUNCTION funding_refuse_another_past();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0005_the_appeal"), ("audit", "0002_triggers")]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        audited(
            "funding_appealmoment",
            "funding_frozenentry",
            "funding_frozensum",
            "funding_intention",
            "funding_intentionamount",
        ),
    ]
