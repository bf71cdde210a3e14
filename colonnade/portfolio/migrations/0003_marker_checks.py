"""Who scored a marker and when; samples of scores, and checks of them by a second person."""

import colonnade.core.identifiers
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from colonnade.audit.operations import audited


class Migration(migrations.Migration):

    dependencies = [
        ('portfolio', '0002_audit'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MarkerCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=colonnade.core.identifiers.new_public_id, editable=False, max_length=16, unique=True)),
                ('marker', models.CharField(max_length=40)),
                ('score', models.PositiveSmallIntegerField()),
                ('justification', models.TextField(blank=True)),
                ('drawn_on', models.DateField()),
                ('outcome', models.CharField(blank=True, choices=[('agrees', 'Agrees'), ('proposes', 'Proposes another score')], max_length=8)),
                ('proposed', models.PositiveSmallIntegerField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, choices=[('accepted', 'Accepted'), ('kept', 'Kept, with a reason')], max_length=8)),
                ('answer_reason', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-drawn_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='MarkerSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=colonnade.core.identifiers.new_public_id, editable=False, max_length=16, unique=True)),
                ('first_on', models.DateField()),
                ('last_on', models.DateField()),
                ('undated', models.BooleanField(default=False)),
                ('of_each', models.PositiveSmallIntegerField(help_text='How many scores of each entity')),
                ('seed', models.TextField(unique=True)),
                ('considered', models.JSONField()),
                ('drawn_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-drawn_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='projectmarker',
            name='scored_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='projectmarker',
            name='scored_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='projectmarker',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scored_at__isnull', True), ('scored_by__isnull', True)), models.Q(('scored_at__isnull', False), ('scored_by__isnull', False), models.Q(('justification', ''), _negated=True)), _connector='OR'), name='who_scores_a_marker_says_why'),
        ),
        migrations.AddField(
            model_name='markercheck',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='markercheck',
            name='checked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='markercheck',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', related_query_name='%(class)s', to='portfolio.project'),
        ),
        migrations.AddField(
            model_name='markercheck',
            name='scored_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='markersample',
            name='drawn_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='markercheck',
            name='sample',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portfolio.markersample'),
        ),
        migrations.AddConstraint(
            model_name='markersample',
            constraint=models.CheckConstraint(condition=models.Q(('last_on__gte', models.F('first_on'))), name='sample_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='markersample',
            constraint=models.CheckConstraint(condition=models.Q(('of_each__gte', 1)), name='sample_reaches_each_entity'),
        ),
        migrations.AddConstraint(
            model_name='markercheck',
            constraint=models.UniqueConstraint(fields=('sample', 'project', 'marker'), name='drawn_once_a_sample'),
        ),
        migrations.AddConstraint(
            model_name='markercheck',
            constraint=models.CheckConstraint(condition=models.Q(('score__lte', 3)), name='checked_score_0_to_3'),
        ),
        migrations.AddConstraint(
            model_name='markercheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True), ('outcome', ''), ('proposed__isnull', True)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), ('outcome', 'agrees'), ('proposed__isnull', True)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), ('outcome', 'proposes'), ('proposed__lte', 3), models.Q(('proposed', models.F('score')), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='a_check_agrees_or_says_what_and_why'),
        ),
        migrations.AddConstraint(
            model_name='markercheck',
            constraint=models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), ('scored_by__isnull', True), models.Q(('checked_by', models.F('scored_by')), _negated=True), _connector='OR'), name='who_scores_does_not_check'),
        ),
        migrations.AddConstraint(
            model_name='markercheck',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('outcome', 'proposes'), models.Q(('answered_by', models.F('checked_by')), _negated=True), models.Q(('answer', 'accepted'), models.Q(('answer', 'kept'), models.Q(('answer_reason', ''), _negated=True)), _connector='OR')), _connector='OR'), name='another_answers_a_proposed_score'),
        ),
        audited("portfolio_markersample", "portfolio_markercheck"),
    ]
