"""Every table of this app is under audit, and a decision is never changed: it can only be followed by another."""

from django.db import migrations

from colonnade.audit.operations import audited

DECISIONS_STAND = """
CREATE FUNCTION review_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a decision is not edited: it is followed by another';
END $$;

CREATE TRIGGER review_decision_append_only BEFORE UPDATE OR DELETE ON review_decision
    FOR EACH ROW EXECUTE FUNCTION review_refuse_change();
"""
DECISIONS_FALL = """
DROP TRIGGER review_decision_append_only ON review_decision;
DROP FUNCTION review_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial"), ("audit", "0002_triggers")]

    operations = [
        audited(
            "review_process",
            "review_office",
            "review_call",
            "review_proposal",
            "review_proposal_partners",
            "review_proposal_countries",
            "review_proposal_regions",
            "review_budgetline",
            "review_output",
            "review_risk",
            "review_consultation",
            "review_proposedmarker",
            "review_safeguardanswer",
            "review_screening",
            "review_question",
            "review_reviewer",
            "review_score",
            "review_synthesis",
            "review_meeting",
            "review_attendance",
            "review_agendaitem",
            "review_vote",
            "review_decision",
            "review_condition",
            "review_objection",
            "review_duereport",
            "review_closure",
        ),
        migrations.RunSQL(DECISIONS_STAND, DECISIONS_FALL),
    ]
