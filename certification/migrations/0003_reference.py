"""The norms of law and sector."""

from typing import ClassVar

from django.db import migrations

from certification.indicators.reference import load


class Migration(migrations.Migration):
    """Load the reference data; going back leaves it."""

    dependencies: ClassVar = [("certification", "0002_insert_only")]
    operations: ClassVar = [
        migrations.RunPython(lambda apps, editor: load(apps), migrations.RunPython.noop)
    ]
