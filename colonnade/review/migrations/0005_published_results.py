"""What closed projects achieved, as it was published."""

import colonnade.core.identifiers
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from colonnade.audit.operations import audited


class Migration(migrations.Migration):

    dependencies = [
        ('portfolio', '0003_marker_checks'),
        ('review', '0004_board'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProjectResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=colonnade.core.identifiers.new_public_id, editable=False, max_length=16, unique=True)),
                ('given_usd', models.DecimalField(decimal_places=2, max_digits=18)),
                ('spent_usd', models.DecimalField(decimal_places=2, max_digits=18)),
                ('outputs', models.JSONField(default=list)),
                ('lessons', models.TextField()),
                ('closed_on', models.DateField()),
                ('published_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='review.call')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portfolio.project')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-closed_on', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('project',), name='one_published_result_a_project'), models.CheckConstraint(condition=models.Q(('published_by', models.F('closed_by')), _negated=True), name='who_closes_does_not_publish'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='a_withdrawal_says_who_and_when')],
            },
        ),
        audited("review_projectresult"),
    ]
