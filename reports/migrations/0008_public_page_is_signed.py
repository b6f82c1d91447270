"""Whether there is a public page is part of a signed version; what is public stays so."""

from django.db import migrations, models

from jbn_oversight.database import InsertOnly, Together

VERSIONS = InsertOnly("reports_briefingversion", closes=("published_at", "published_by_id"))


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0007_answers_by_two'),
    ]

    operations = [
        Together([
            migrations.AddField(
                model_name='briefingversion',
                name='public_page',
                field=models.BooleanField(default=False),
            ),
        ]),
        migrations.RunSQL(VERSIONS.reverse_sql, VERSIONS.sql),
        migrations.RunSQL(
            "UPDATE reports_briefingversion SET public_page = true WHERE id IN "
            "(SELECT published_version_id FROM reports_briefing WHERE public_page)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(VERSIONS.sql, VERSIONS.reverse_sql),
    ]
