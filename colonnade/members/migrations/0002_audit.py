"""Every table of this app is under audit."""

from django.db import migrations

from colonnade.audit.operations import audited


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("audit", "0002_triggers")]

    operations = [
        audited(
            "members_entity",
            "members_workinggroup_chairs",
            "members_workinggroup",
            "members_arrangement",
            "members_person",
            "members_roleheld",
        )
    ]
