"""Mergings of records are under audit."""

from django.db import migrations

from colonnade.audit.operations import audited


class Migration(migrations.Migration):
    dependencies = [("analysis", "0008_merging"), ("audit", "0002_triggers")]

    operations = [audited("analysis_merging")]
