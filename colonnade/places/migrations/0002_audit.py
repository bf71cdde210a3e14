"""Every table of this app is under audit."""

from django.db import migrations

from colonnade.audit.operations import audited


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial"), ("audit", "0002_triggers")]

    operations = [
        audited(
            "places_region",
            "places_country",
        )
    ]
