"""Every table of this app is under audit."""

from django.db import migrations

from colonnade.audit.operations import audited


class Migration(migrations.Migration):
    dependencies = [("results", "0001_initial"), ("audit", "0002_triggers")]

    operations = [
        audited(
            "results_event_partner_countries",
            "results_event_partner_entities",
            "results_event",
            "results_eventattendance",
            "results_publication_publishers",
            "results_publication",
            "results_submission",
            "results_oversightrecommendation",
        )
    ]
