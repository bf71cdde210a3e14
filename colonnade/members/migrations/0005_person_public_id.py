"""People get a public identifier: the pages about them are addressed by it, not by a key of the database."""

from django.db import migrations, models

import colonnade.core.identifiers

# Random, in the alphabet of the identifiers; drawn in the database, one for each row.
FILL = """
UPDATE members_person SET public_id = (
    SELECT string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', 1 + get_byte(bytes, place) % 32, 1), '')
    FROM (SELECT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex') AS bytes
          WHERE members_person.id IS NOT NULL) AS drawn,
         unnest('{0,1,2,3,4,5,7,9,10,11,12,13,14,15,16,17}'::int[]) AS place
)
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0004_sign_in_audit")]

    operations = [
        migrations.AddField("person", "public_id", models.CharField(max_length=16, null=True, editable=False)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            "person",
            "public_id",
            models.CharField(
                max_length=16, unique=True, default=colonnade.core.identifiers.new_public_id, editable=False
            ),
        ),
    ]
