"""Versions, attempts and logs: rows that the database never lets anyone change or remove."""

from typing import ClassVar

from django.db import migrations

from jbn_oversight.database import InsertOnly


class Migration(migrations.Migration):
    """Triggers; see ``jbn_oversight.database``."""

    dependencies: ClassVar = [("reports", "0001_initial")]
    operations: ClassVar = [
        InsertOnly("reports_briefingversion", closes=("published_at", "published_by_id")),
        InsertOnly("reports_rendering", closes=("finished_at", "pdf_id", "failure")),
        InsertOnly("reports_versionattachment"),
        InsertOnly("reports_contribution"),
        InsertOnly("reports_readinglog"),
        InsertOnly("reports_overduenotice"),
    ]
