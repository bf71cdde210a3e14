"""Every table of this app is under audit."""

from django.db import migrations

from colonnade.audit.operations import audited


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_initial"), ("audit", "0002_triggers")]

    operations = [
        audited(
            "needs_assessment_mandates",
            "needs_assessment",
            "needs_recommendation_mandates",
            "needs_recommendation_named_entities",
            "needs_recommendation",
            "needs_response",
        )
    ]
