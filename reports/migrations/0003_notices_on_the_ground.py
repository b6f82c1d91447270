"""The notices about briefings and overdue actions move to the ground, those that wait too."""

from typing import ClassVar

from django.db import migrations

_COLUMNS = """
INSERT INTO notices_notice (user_id, kind, about, path, made_at, rhythm, due_at, gathered_id,
    attempts, next_try_at, sent_at, dropped_at, failure)
"""
# Those that went stay too: they are why nobody is told twice.
OF_BRIEFINGS = (
    _COLUMNS
    + """
SELECT n.user_id, 'briefing_' || n.kind,
    b.public_id || CASE n.about WHEN '' THEN '' ELSE ':' || n.about END,
    '/briefings/' || b.public_id || '/', n.made_at, 'at_once', n.made_at, NULL,
    n.attempts, n.next_try_at, n.sent_at, n.dropped_at, n.failure
FROM reports_notice n JOIN reports_briefing b ON b.id = n.briefing_id
ORDER BY n.id
"""
)
# One for each institution where the owner had something late on that day. What waits goes with
# the gathered mail of its day, after the same question as ever: is it still late?
OF_ACTIONS = (
    _COLUMNS
    + """
SELECT DISTINCT r.user_id, 'actions_overdue', r."on"::text || ':' || i.code,
    '/oversight/' || i.code || '/findings/?overdue=on',
    r."on"::timestamp AT TIME ZONE 'Europe/Amsterdam', 'daily',
    (r."on" + time '07:00') AT TIME ZONE 'Europe/Amsterdam', NULL::bigint,
    0, (r."on" + time '07:00') AT TIME ZONE 'Europe/Amsterdam', r.sent_at, r.dropped_at, r.failure
FROM reports_actionreminder r
JOIN audits_planaction a ON a.owner_id = r.user_id AND a.due_on < r."on"
JOIN organisations_institution i ON i.id = a.institution_id
"""
)


class Migration(migrations.Migration):
    """In SQL: Python would have Django work out all models for this."""

    dependencies: ClassVar = [
        ("reports", "0002_insert_only"),
        ("audits", "0001_initial"),
        ("organisations", "0001_initial"),
        ("notices", "0001_initial"),
    ]
    operations: ClassVar = [
        migrations.RunSQL(OF_BRIEFINGS),
        migrations.RunSQL(OF_ACTIONS),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL("DROP TABLE reports_notice"),
                migrations.RunSQL("DROP TABLE reports_actionreminder"),
            ],
            state_operations=[
                migrations.DeleteModel("Notice"),
                migrations.DeleteModel("ActionReminder"),
            ],
        ),
    ]
