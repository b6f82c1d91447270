"""Move what an inspection said of its one institution to a row for that institution."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from jbn_oversight.database import RunOnRows


def move(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A row for the institution with its verdict, and one for the measure where there is one."""
    inspected_row = apps.get_model("audits", "InspectedInstitution")
    measure_row = apps.get_model("audits", "SupervisionMeasure")
    for row in apps.get_model("audits", "Inspection").objects.all():
        inspected = inspected_row.objects.create(
            inspection_id=row.pk,
            institution_id=row.institution_id,
            # The address of the page stays what it was.
            public_id=row.public_id,
            judgement=row.judgement,
            findings=row.findings if row.published_on else "",
            published_on=row.published_on,
            published_precision=row.published_precision,
            published_source_id=row.published_source_id,
        )
        if row.measure != "none":
            measure_row.objects.create(
                inspected_id=inspected.pk,
                kind=row.measure,
                imposed_on=row.published_on,
                imposed_precision=row.published_precision,
                imposed_source_id=row.published_source_id,
                term_ends_on=row.term_ends_on,
                term_ends_precision=row.term_ends_precision,
                term_ends_source_id=row.term_ends_source_id,
            )


class Migration(migrations.Migration):
    dependencies = [("audits", "0002_findings_plans_studies")]

    operations = [RunOnRows("audits_inspection", move)]
