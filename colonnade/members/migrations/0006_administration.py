"""Roles that are ended at a moment, invitations, the outbox and extra access.

The log holds no secret of a link, and of a mail whom it went to, but not at which address.
"""

import colonnade.core.identifiers
import colonnade.core.viewer
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from colonnade.audit.operations import audited, omitted


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_person_public_id'),
        ('audit', '0004_sealing'),
        ('places', '0002_audit'),
    ]

    operations = [
        migrations.AddField(
            model_name='roleheld',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_hash', models.CharField(blank=True, max_length=64)),
                ('invited_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ExtraAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=colonnade.core.identifiers.new_public_id, editable=False, max_length=16, unique=True)),
                ('role', models.CharField(max_length=20)),
                ('reason', models.TextField()),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('country', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.country')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.entity')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='extra_access_ends_after_start'), models.CheckConstraint(condition=models.Q(('role', colonnade.core.viewer.Role['ADMINISTRATOR']), _negated=True), name='extra_access_administers_nobody'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='extra_access_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=colonnade.core.identifiers.new_public_id, editable=False, max_length=16, unique=True)),
                ('kind', models.CharField(choices=[('invitation', 'Invitation'), ('reset', 'Link to a new password'), ('changed', 'Note that signing in was changed'), ('extra_access', 'Announcement of extra access')], max_length=12)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(max_length=12)),
                ('site', models.CharField(blank=True, max_length=300)),
                ('context', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('sending', 'being sent'), ('sent', 'sent'), ('failed', 'failed'), ('dropped', 'not to be sent any more')], default='waiting', max_length=8)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('tried_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('next_try_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), null=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
                'indexes': [models.Index(condition=models.Q(('next_try_at__isnull', False)), fields=['next_try_at'], name='mail_to_send')],
            },
        ),
        omitted("members_invitation", "secret_hash"),
        omitted("members_mail", "address"),
        audited("members_invitation", "members_mail", "members_extraaccess"),
    ]
