"""Results are never changed; the norms of law and sector are loaded."""

from django.db import migrations

from certification.indicators.reference import load
from jbn_oversight.database import InsertOnly


class Migration(migrations.Migration):
    """Going back leaves the norms."""

    dependencies = [("certification", "0001_initial")]
    operations = [
        InsertOnly("certification_kpiresult", closes=("superseded_at",)),
        migrations.RunPython(lambda apps, editor: load(apps), migrations.RunPython.noop),
    ]
