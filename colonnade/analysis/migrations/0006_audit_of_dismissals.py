"""Dismissed suggestions are under audit."""

from django.db import migrations

from colonnade.audit.operations import audited


class Migration(migrations.Migration):
    dependencies = [("analysis", "0005_dismissed_suggestions"), ("audit", "0002_triggers")]

    operations = [audited("analysis_dismissedsuggestion")]
