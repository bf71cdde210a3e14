"""The books keep themselves, whoever writes with whatever SQL: entries balance, are only added to, and overdraw nothing.

Balance and what is free are looked at when the transaction commits, over all lines of the entry and of the purse (a
window and an earmark), on each day that has any. The purse is locked first, so that two who spend at once are one after the other.
"""

from django.db import migrations

from colonnade.audit.operations import audited

CREATE = """
CREATE FUNCTION funding_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books are only ever added to: correct an entry by another'
        USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER funding_entry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_entry
    FOR EACH STATEMENT EXECUTE FUNCTION funding_refuse_change();
CREATE TRIGGER funding_posting_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_posting
    FOR EACH STATEMENT EXECUTE FUNCTION funding_refuse_change();
CREATE TRIGGER funding_closing_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON funding_closing
    FOR EACH STATEMENT EXECUTE FUNCTION funding_refuse_change();

CREATE FUNCTION funding_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM funding_posting WHERE entry_id = NEW.entry_id
    GROUP BY window_id, earmark_id HAVING sum(usd) <> 0;
    IF FOUND THEN
        RAISE EXCEPTION 'debits and credits of entry % differ', NEW.entry_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER funding_posting_balances AFTER INSERT ON funding_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_entry_balances();

CREATE FUNCTION funding_purse_lasts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    missing numeric;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('purse ' || NEW.window_id || ' ' || coalesce(NEW.earmark_id, 0), 0));
    -- Debits less credits of what makes up the free money, from day to day: above nothing on none of them.
    SELECT max(running) INTO missing FROM (
        SELECT sum(sum(posting.usd)) OVER (ORDER BY entry."on") AS running
        FROM funding_posting AS posting JOIN funding_entry AS entry ON entry.id = posting.entry_id
        WHERE posting.window_id = NEW.window_id AND posting.earmark_id IS NOT DISTINCT FROM NEW.earmark_id
          AND posting.account IN ('contributions', 'transfers_received', 'refunds', 'reassigned', 'expenditure',
                                  'support_costs', 'encumbered')
        GROUP BY entry."on"
    ) AS days;
    IF missing > 0 THEN
        RAISE EXCEPTION 'window % earmark % would be overdrawn by %', NEW.window_id, NEW.earmark_id, missing
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER funding_posting_lasts AFTER INSERT ON funding_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.usd > 0 AND NEW.account IN ('contributions', 'transfers_received', 'refunds', 'reassigned',
                                          'expenditure', 'support_costs', 'encumbered'))
    EXECUTE FUNCTION funding_purse_lasts();

CREATE FUNCTION funding_not_into_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM funding_closing WHERE until >= NEW."on";
    IF FOUND THEN
        RAISE EXCEPTION 'the books of % are closed: date the entry after', NEW."on" USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER funding_entry_in_open_books BEFORE INSERT ON funding_entry
    FOR EACH ROW EXECUTE FUNCTION funding_not_into_closed();

CREATE FUNCTION funding_correction_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM funding_entry WHERE id = NEW.corrects_id AND kind = 'correction';
    IF FOUND THEN
        RAISE EXCEPTION 'a correction is not corrected: record what is right anew' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER funding_entry_corrects BEFORE INSERT ON funding_entry
    FOR EACH ROW WHEN (NEW.corrects_id IS NOT NULL) EXECUTE FUNCTION funding_correction_fits();

CREATE FUNCTION funding_refuse_another_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.standing IN ('refused', 'taken_back')
       OR (OLD.standing <> 'proposed' AND (OLD.decided_by_id, OLD.amount_usd, OLD.support_usd, OLD.project_id,
            OLD.entity_id, OLD.window_id, OLD.earmark_id) IS DISTINCT FROM (NEW.decided_by_id, NEW.amount_usd,
            NEW.support_usd, NEW.project_id, NEW.entity_id, NEW.window_id, NEW.earmark_id)) THEN
        RAISE EXCEPTION 'what was decided about an allocation is not decided again: propose it anew'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER funding_allocation_is_final BEFORE UPDATE ON funding_allocation
    FOR EACH ROW EXECUTE FUNCTION funding_refuse_another_decision();
"""

DROP = """
DROP TRIGGER funding_allocation_is_final ON funding_allocation;
DROP FUNCTION funding_refuse_another_decision();
DROP TRIGGER funding_entry_corrects ON funding_entry;
DROP FUNCTION funding_correction_fits();
DROP TRIGGER funding_entry_in_open_books ON funding_entry;
DROP FUNCTION funding_not_into_closed();
DROP TRIGGER funding_posting_lasts ON funding_posting;
DROP FUNCTION funding_purse_lasts();
DROP TRIGGER funding_posting_balances ON funding_posting;
DROP FUNCTION funding_entry_balances();
DROP TRIGGER funding_closing_is_kept ON funding_closing;
DROP TRIGGER funding_posting_is_kept ON funding_posting;
DROP TRIGGER funding_entry_is_kept ON funding_entry;
DROP FUNCTION funding_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0003_the_ledger"), ("audit", "0002_triggers")]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        audited(
            "funding_window",
            "funding_earmark",
            "funding_pledge",
            "funding_agreement",
            "funding_instalment",
            "funding_agreementterms",
            "funding_allocation",
            "funding_entry",
            "funding_posting",
            "funding_closing",
        ),
    ]
