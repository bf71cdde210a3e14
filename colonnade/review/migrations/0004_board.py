"""Draws of reviewers; scores that name their proposal; what is recommended is not changed, as what is decided."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from colonnade.audit.operations import audited

RECOMMENDATIONS_STAND = """
CREATE FUNCTION review_refuse_other_recommendation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.outcome <> '' THEN
        RAISE EXCEPTION 'what the board recommended is not edited: it recommends anew at another meeting';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

CREATE TRIGGER review_agendaitem_set_once BEFORE UPDATE OR DELETE ON review_agendaitem
    FOR EACH ROW EXECUTE FUNCTION review_refuse_other_recommendation();
"""
RECOMMENDATIONS_FALL = """
DROP TRIGGER review_agendaitem_set_once ON review_agendaitem;
DROP FUNCTION review_refuse_other_recommendation();
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0003_what_a_proposal_rests_on"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seed", models.TextField()),
                ("considered", models.JSONField()),
                ("chosen", models.JSONField()),
                ("drawn_at", models.DateTimeField()),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        related_query_name="%(class)s",
                        to="review.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ["drawn_at", "id"],
                "constraints": [models.UniqueConstraint(fields=("proposal", "seed"), name="one_draw_a_seed")],
            },
        ),
        audited("review_draw"),
        migrations.AlterField(
            "reviewer",
            "drawn_by",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            "reviewer",
            models.CheckConstraint(
                condition=models.Q(("conflict", ""), _negated=True) | models.Q(("drawn_by__isnull", False)),
                name="who_scores_was_drawn_by_somebody",
            ),
        ),
        migrations.AddField(
            "score",
            "proposal",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                related_query_name="%(class)s",
                to="review.proposal",
            ),
        ),
        migrations.AddField("score", "final", models.BooleanField(default=False, help_text="Its reviewer has finished")),
        migrations.RunSQL(
            "UPDATE review_score SET proposal_id = whose.proposal_id, final = whose.finished_at IS NOT NULL"
            " FROM review_reviewer AS whose WHERE whose.id = reviewer_id;"
            # Checked here, so that the table can be altered; a restore, which asks for the same, goes on as it was.
            " SET CONSTRAINTS ALL IMMEDIATE",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            "score",
            "proposal",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                related_query_name="%(class)s",
                to="review.proposal",
            ),
        ),
        migrations.AlterField(
            "decision",
            "item",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                related_query_name="decision",
                to="review.agendaitem",
            ),
        ),
        migrations.AddConstraint(
            "decision",
            models.UniqueConstraint(
                condition=models.Q(("follows__isnull", True)),
                fields=("proposal",),
                name="one_first_decision_a_proposal",
            ),
        ),
        migrations.AddField("duereport", "dropped_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "duereport",
            models.CheckConstraint(
                condition=models.Q(("dropped_at__isnull", True), ("sent_at__isnull", True), _connector="OR"),
                name="what_was_sent_is_not_dropped",
            ),
        ),
        migrations.RunSQL(RECOMMENDATIONS_STAND, RECOMMENDATIONS_FALL),
    ]
