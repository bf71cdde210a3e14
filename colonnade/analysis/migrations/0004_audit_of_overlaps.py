"""Decisions on projects that overlap are under audit."""

from django.db import migrations

from colonnade.audit.operations import audited


class Migration(migrations.Migration):
    dependencies = [("analysis", "0003_overlap_decisions"), ("audit", "0002_triggers")]

    operations = [audited("analysis_overlapdecision")]
