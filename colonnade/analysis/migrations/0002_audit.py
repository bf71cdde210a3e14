"""Every table of this app is under audit."""

from django.db import migrations

from colonnade.audit.operations import audited


class Migration(migrations.Migration):
    dependencies = [("analysis", "0001_initial"), ("audit", "0002_triggers")]

    operations = [
        audited(
            "analysis_releasedtotal",
            "analysis_releasebasis",
            "analysis_releasecheck",
            "analysis_knownfigure",
        )
    ]
