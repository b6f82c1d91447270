"""Move what an inspection said of its one institution to a row for that institution."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from jbn_oversight.database import RunOnRows


def verdict(row: Any) -> dict[str, Any]:
    """What a row, or a row of its history, said of the institution."""
    return {
        "inspection_id": row.id,
        "institution_id": row.institution_id,
        # The address of the page stays what it was.
        "public_id": row.public_id,
        "judgement": row.judgement,
        "findings": row.findings if row.published_on else "",
        "published_on": row.published_on,
        "published_precision": row.published_precision,
        "published_source_id": row.published_source_id,
    }


def measure(row: Any) -> dict[str, Any]:
    """What a row, or a row of its history, said of the measure."""
    return {
        "kind": row.measure,
        "imposed_on": row.published_on,
        "imposed_precision": row.published_precision,
        "imposed_source_id": row.published_source_id,
        "term_ends_on": row.term_ends_on,
        "term_ends_precision": row.term_ends_precision,
        "term_ends_source_id": row.term_ends_source_id,
    }


def change(row: Any) -> dict[str, Any]:
    """Who changed it, and when."""
    return {
        "history_date": row.history_date,
        "history_user_id": row.history_user_id,
        "history_change_reason": row.history_change_reason,
    }


def move(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A row for the institution with its verdict, one for the measure, and both histories."""
    model = {
        name: apps.get_model("audits", name)
        for name in (
            "Inspection",
            "HistoricalInspection",
            "InspectedInstitution",
            "HistoricalInspectedInstitution",
            "SupervisionMeasure",
            "HistoricalSupervisionMeasure",
        )
    }
    for row in model["Inspection"].objects.all():
        inspected = model["InspectedInstitution"].objects.create(**verdict(row))
        imposed = None
        if row.measure != "none":
            imposed = model["SupervisionMeasure"].objects.create(
                inspected_id=inspected.pk, **measure(row)
            )
        first = "+"
        for past in model["HistoricalInspection"].objects.filter(id=row.pk).order_by("history_id"):
            model["HistoricalInspectedInstitution"].objects.create(
                id=inspected.pk, history_type=past.history_type, **verdict(past), **change(past)
            )
            if imposed and past.measure != "none" and past.published_on:
                model["HistoricalSupervisionMeasure"].objects.create(
                    id=imposed.pk,
                    public_id=imposed.public_id,
                    inspected_id=inspected.pk,
                    history_type=first,
                    **measure(past),
                    **change(past),
                )
                first = "~"


class Migration(migrations.Migration):
    dependencies = [("audits", "0002_findings_plans_studies")]

    operations = [RunOnRows("audits_inspection", move)]
