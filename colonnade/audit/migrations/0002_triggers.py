"""The functions behind every audit trigger, and the guard that keeps the log append-only."""

from django.db import migrations

from colonnade.audit.operations import CREATE_FUNCTION, DROP_FUNCTION


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(CREATE_FUNCTION, DROP_FUNCTION)]
