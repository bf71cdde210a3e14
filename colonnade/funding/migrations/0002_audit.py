"""Every table of this app is under audit."""

from django.db import migrations

from colonnade.audit.operations import audited


class Migration(migrations.Migration):
    dependencies = [("funding", "0001_initial"), ("audit", "0002_triggers")]

    operations = [
        audited(
            "funding_contributor",
            "funding_contribution",
            "funding_seedround",
            "funding_seedaward",
            "funding_appeal",
            "funding_appealentry",
        )
    ]
