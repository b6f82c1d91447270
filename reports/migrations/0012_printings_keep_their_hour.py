"""What was printed before names the hour as it stands, unless two people moved that since."""

from typing import ClassVar

from django.db import migrations

from jbn_oversight.database import InsertOnly

PRINTINGS = InsertOnly("reports_rendering", closes=("finished_at", "pdf_id", "failure"))


class Migration(migrations.Migration):
    """From the approval on an hour moves by a confirmed act alone."""

    dependencies: ClassVar = [("reports", "0011_makers_files_are_logged")]
    operations: ClassVar = [
        migrations.RunSQL(PRINTINGS.reverse_sql, PRINTINGS.sql),
        migrations.RunSQL(
            """
            UPDATE reports_rendering printing SET hour = briefing.embargo_until
            FROM reports_briefingversion version
            JOIN reports_briefing briefing ON briefing.id = version.briefing_id
            WHERE printing.version_id = version.id AND printing.hour IS NULL
            AND printing.pdf_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM reports_act act WHERE act.briefing_id = briefing.id
                AND act.kind IN ('postpone', 'advance') AND act.confirmed_at IS NOT NULL
            )
            """,
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(PRINTINGS.sql, PRINTINGS.reverse_sql),
    ]
