"""What happens at the door is a row, and so an event of the log. Nothing that somebody typed is part of it."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from colonnade.audit.operations import audited


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_standing'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('in', 'Signed in'), ('out', 'Signed out'), ('ended', 'Signed out: the session’s time was over'), ('failed', 'Signing in failed'), ('confirmed', 'Confirmed anew'), ('not_confirmed', 'Confirming anew failed'), ('refused', 'Refused after too many attempts')], max_length=13)),
                ('way', models.CharField(blank=True, choices=[('password', 'Password'), ('code', 'Code'), ('passkey', 'Passkey'), ('organisation', 'An organisation’s own sign-in'), ('invitation', 'Invitation'), ('demo', 'Demonstration')], max_length=12)),
                ('noted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        audited("members_signin"),
    ]
