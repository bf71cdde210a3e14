"""Rates that were entered are under audit, and only ever added to."""

from django.db import migrations

from colonnade.audit.operations import audited

CREATE = """
CREATE FUNCTION funding_refuse_another_rate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rates are only ever added to: enter another for the month'
        USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER funding_monthlyrate_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_monthlyrate
    FOR EACH STATEMENT EXECUTE FUNCTION funding_refuse_another_rate();
"""

DROP = """
DROP TRIGGER funding_monthlyrate_is_kept ON funding_monthlyrate;
DROP FUNCTION funding_refuse_another_rate();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0007_acknowledged_and_rates"), ("audit", "0002_triggers")]

    operations = [migrations.RunSQL(CREATE, DROP), audited("funding_monthlyrate")]
