"""A pledge for a restricted project is restricted, whoever writes either of them.

Readers of the books see every pledge, though not every project. Were such a pledge shared more widely by its own level,
then it would be missing from what they are shown of a wider circle's view, and the gap would tell them that its project
is a restricted one.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION funding_close_with_its_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM portfolio_project WHERE id = NEW.for_project_id AND level = 'restricted') THEN
        NEW.level := 'restricted';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER funding_pledge_closes BEFORE INSERT OR UPDATE OF level, for_project_id ON funding_pledge
    FOR EACH ROW WHEN (NEW.for_project_id IS NOT NULL AND NEW.level <> 'restricted')
    EXECUTE FUNCTION funding_close_with_its_project();

CREATE FUNCTION funding_close_pledges_of_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE funding_pledge SET level = 'restricted' WHERE for_project_id = NEW.id AND level <> 'restricted';
    RETURN NULL;
END $$;

CREATE TRIGGER funding_pledges_close_with_project AFTER UPDATE OF level ON portfolio_project
    FOR EACH ROW WHEN (NEW.level = 'restricted' AND OLD.level <> 'restricted')
    EXECUTE FUNCTION funding_close_pledges_of_project();

UPDATE funding_pledge SET level = 'restricted'
    WHERE level <> 'restricted'
      AND for_project_id IN (SELECT id FROM portfolio_project WHERE level = 'restricted');
"""

DROP = """
DROP TRIGGER funding_pledges_close_with_project ON portfolio_project;
DROP FUNCTION funding_close_pledges_of_project();
DROP TRIGGER funding_pledge_closes ON funding_pledge;
DROP FUNCTION funding_close_with_its_project();
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0008_kept_rates"), ("portfolio", "0003_marker_checks")]

    operations = [migrations.RunSQL(CREATE, DROP)]
