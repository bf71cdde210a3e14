"""Mails that remind somebody of what waits for them. Nothing in the database changes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0008_sign_ins'),
    ]

    operations = [
        migrations.AlterField(
            model_name='mail',
            name='kind',
            field=models.CharField(choices=[('invitation', 'Invitation'), ('reset', 'Link to a new password'), ('changed', 'Note that signing in was changed'), ('extra_access', 'Announcement of extra access'), ('reminder', 'Reminder of what waits')], max_length=12),
        ),
    ]
