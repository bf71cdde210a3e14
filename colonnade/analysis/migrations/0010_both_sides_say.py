"""That two records are of one project is accepted by both sides, as coordination is; what is fine is not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("analysis", "0009_audit_of_mergings")]

    operations = [
        migrations.RemoveConstraint(
            model_name="overlapdecision",
            name="what_is_coordinated_is_accepted_or_declined",
        ),
        migrations.AddConstraint(
            model_name="overlapdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "fine"), _negated=True),
                    models.Q(
                        ("declined_at__isnull", True),
                        ("one_accepted_at__isnull", True),
                        ("other_accepted_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="what_is_fine_is_not_accepted_or_declined",
            ),
        ),
    ]
