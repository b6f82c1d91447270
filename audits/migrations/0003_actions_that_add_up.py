"""What is about an action is of one institution, and plans build on no circle."""

from typing import ClassVar

from django.db import migrations

_OWN = """
CREATE FUNCTION audits_action_own() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    own bigint;
    other bigint;
BEGIN
    IF TG_TABLE_NAME = 'audits_planaction' THEN
        IF TG_OP = 'UPDATE' AND NEW.institution_id <> OLD.institution_id THEN
            other := OLD.institution_id;
        ELSE
            SELECT institution_id INTO other FROM audits_plan WHERE id = NEW.plan_id;
        END IF;
        own := NEW.institution_id;
    ELSE
        SELECT institution_id INTO own FROM audits_planaction WHERE id = NEW.planaction_id;
        IF TG_TABLE_NAME = 'audits_planaction_recommendations' THEN
            SELECT COALESCE(s.institution_id, i.institution_id) INTO other
            FROM audits_recommendation r
            LEFT JOIN audits_study s ON s.id = r.study_id
            LEFT JOIN audits_inspectedinstitution i ON i.id = r.inspected_id
            WHERE r.id = NEW.recommendation_id;
        ELSIF TG_TABLE_NAME = 'audits_planaction_causes' THEN
            SELECT COALESCE(a.institution_id, i.institution_id) INTO other
            FROM audits_cause c JOIN audits_finding f ON f.id = c.finding_id
            LEFT JOIN audits_audit a ON a.id = f.found_in_id
            LEFT JOIN audits_inspectedinstitution i ON i.id = f.inspected_id
            WHERE c.id = NEW.cause_id;
        ELSE
            SELECT COALESCE(a.institution_id, i.institution_id) INTO other
            FROM audits_finding f
            LEFT JOIN audits_audit a ON a.id = f.found_in_id
            LEFT JOIN audits_inspectedinstitution i ON i.id = f.inspected_id
            WHERE f.id = NEW.finding_id;
        END IF;
    END IF;
    IF other IS NOT NULL AND other <> own THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'action_of_one_institution',
            MESSAGE = 'action_of_one_institution: everything about an action is of one institution';
    END IF;
    RETURN NEW;
END
$body$;
"""
_TABLES = (
    "audits_planaction",
    "audits_planaction_findings",
    "audits_planaction_causes",
    "audits_planaction_recommendations",
)
_TRIGGER = """
CREATE TRIGGER {table}_own BEFORE INSERT OR UPDATE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audits_action_own();
"""
# Two people who tie two plans both ways at once wait for each other, so that one sees the other.
_CYCLE = """
CREATE FUNCTION audits_plan_no_cycle() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audits_plan_based_on'));
    IF EXISTS (
        WITH RECURSIVE below(id) AS (
            SELECT NEW.to_plan_id
            UNION
            SELECT b.to_plan_id FROM audits_plan_based_on b JOIN below ON b.from_plan_id = below.id
        )
        SELECT 1 FROM below WHERE id = NEW.from_plan_id
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'plan_based_on_no_cycle',
            MESSAGE = 'plan_based_on_no_cycle: a plan does not build on itself';
    END IF;
    IF (SELECT institution_id FROM audits_plan WHERE id = NEW.from_plan_id)
        <> (SELECT institution_id FROM audits_plan WHERE id = NEW.to_plan_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation',
            CONSTRAINT = 'plan_based_on_one_institution',
            MESSAGE = 'plan_based_on_one_institution: plans of one institution build on each other';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER audits_plan_based_on_no_cycle BEFORE INSERT OR UPDATE ON audits_plan_based_on
    FOR EACH ROW EXECUTE FUNCTION audits_plan_no_cycle();
"""
_BACK = "".join(
    [
        "DROP TRIGGER audits_plan_based_on_no_cycle ON audits_plan_based_on;",
        "DROP FUNCTION audits_plan_no_cycle();",
        *(f"DROP TRIGGER {table}_own ON {table};" for table in _TABLES),
        "DROP FUNCTION audits_action_own();",
    ]
)
THEMES = (
    ("bedrijfsvoering", "Bedrijfsvoering"),
    ("sturingsinformatie", "Sturingsinformatie"),
    ("beleidscapaciteit", "Strategische beleidscapaciteit"),
    ("leiderschap", "Leiderschap"),
    ("werksfeer", "Werksfeer"),
    ("organisatiecultuur", "Organisatiecultuur"),
    ("sturingskader", "Sturingskader"),
)


# In SQL, since Python would have Django work out all models for seven rows.
ADD_THEME = """
INSERT INTO audits_plantheme (code, label, position) VALUES (%s, %s, %s)
ON CONFLICT (code) DO NOTHING
"""


class Migration(migrations.Migration):
    """Triggers, and the seven themes of the recovery plan, in its order."""

    dependencies: ClassVar = [("audits", "0002_insert_only")]
    operations: ClassVar = [
        migrations.RunSQL(
            _OWN + "".join(_TRIGGER.format(table=table) for table in _TABLES) + _CYCLE, _BACK
        ),
        migrations.RunSQL(
            [(ADD_THEME, [*theme, position]) for position, theme in enumerate(THEMES, start=1)],
            migrations.RunSQL.noop,
        ),
    ]
