"""Days on which the confidentiality of needs changed, under audit; those so far are days of wishes and approvals."""

from django.db import migrations, models

from colonnade.audit.operations import audited

FILL = """
INSERT INTO needs_confidentialitychange ("on")
SELECT asked_at::date FROM needs_wish
UNION SELECT decided_at::date FROM needs_lifting WHERE standing = 'approved' AND decided_at IS NOT NULL
UNION SELECT withdrawn_at::date FROM needs_consent WHERE withdrawn_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0004_consent_first")]

    operations = [
        migrations.CreateModel(
            name="ConfidentialityChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(unique=True)),
            ],
            options={"ordering": ["-on"]},
        ),
        audited("needs_confidentialitychange"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
