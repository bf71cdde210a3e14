"""What a State wished is held by the database too, and what it wished and consented to is under audit.

A wider level, and a field taken off the list of those that are kept, need a consent that is in force and a proposal
under it that another person approved: whoever writes, with whatever SQL. The consent is locked while that is found,
so that it cannot be withdrawn meanwhile; and it cannot be withdrawn while what it allowed still stands.
"""

from django.db import migrations

from colonnade.audit.operations import audited

CREATE = """
CREATE FUNCTION needs_consented(need bigint, wanted text, opened text[]) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM needs_consent AS consent JOIN needs_lifting AS lifting ON lifting.consent_id = consent.id
    WHERE consent.recommendation_id = need AND lifting.recommendation_id = need
      AND consent.withdrawn_at IS NULL AND lifting.standing = 'approved'
      AND (wanted = 'compact' AND lifting.level IN ('compact', 'public') AND consent.level IN ('compact', 'public')
           OR wanted = 'public' AND lifting.level = 'public' AND consent.level = 'public'
           OR wanted = '')
      AND lifting.fields::text[] @> opened AND consent.fields::text[] @> opened
    FOR SHARE OF consent;
    RETURN FOUND;
END $$;

CREATE FUNCTION needs_refuse_without_consent() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    opened text[] := '{}';
BEGIN
    IF NEW.level = 'public' AND NOT needs_consented(NEW.id, 'public', '{}') THEN
        RAISE EXCEPTION 'need % cannot be public: no consent of its State is in force', NEW.public_id
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.level = 'restricted' AND NEW.level = 'compact' AND NOT needs_consented(NEW.id, 'compact', '{}') THEN
            RAISE EXCEPTION 'need % stays restricted: no consent of its State is in force', NEW.public_id
                USING ERRCODE = 'check_violation';
        END IF;
        SELECT coalesce(array_agg(name), '{}') INTO opened
        FROM unnest(OLD.confidential_fields::text[]) AS name WHERE name <> ALL (NEW.confidential_fields::text[]);
        IF opened <> '{}' AND NOT needs_consented(NEW.id, '', opened) THEN
            RAISE EXCEPTION 'fields of need % stay confidential: no consent of its State is in force', NEW.public_id
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER needs_recommendation_consent BEFORE INSERT OR UPDATE OF level, confidential_fields
    ON needs_recommendation FOR EACH ROW EXECUTE FUNCTION needs_refuse_without_consent();

CREATE FUNCTION needs_refuse_withdrawal_of_what_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM needs_recommendation WHERE id = OLD.recommendation_id AND level = 'public';
    IF FOUND AND NOT needs_consented(OLD.recommendation_id, 'public', '{}') THEN
        RAISE EXCEPTION 'the need is public under this consent: its level goes back first'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER needs_consent_stands AFTER UPDATE OR DELETE ON needs_consent
    FOR EACH ROW EXECUTE FUNCTION needs_refuse_withdrawal_of_what_stands();
CREATE TRIGGER needs_lifting_stands AFTER UPDATE OR DELETE ON needs_lifting
    FOR EACH ROW EXECUTE FUNCTION needs_refuse_withdrawal_of_what_stands();

CREATE FUNCTION needs_refuse_another_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was decided about a need is not decided again: propose it anew'
        USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER needs_lifting_is_final BEFORE UPDATE ON needs_lifting
    FOR EACH ROW WHEN (OLD.standing <> 'proposed') EXECUTE FUNCTION needs_refuse_another_decision();
"""

DROP = """
DROP TRIGGER needs_lifting_is_final ON needs_lifting;
DROP FUNCTION needs_refuse_another_decision();
DROP TRIGGER needs_lifting_stands ON needs_lifting;
DROP TRIGGER needs_consent_stands ON needs_consent;
DROP FUNCTION needs_refuse_withdrawal_of_what_stands();
DROP TRIGGER needs_recommendation_consent ON needs_recommendation;
DROP FUNCTION needs_refuse_without_consent();
DROP FUNCTION needs_consented(bigint, text, text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0003_wishes"), ("audit", "0002_triggers")]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        audited("needs_keptfield", "needs_wish", "needs_consent", "needs_lifting"),
    ]
