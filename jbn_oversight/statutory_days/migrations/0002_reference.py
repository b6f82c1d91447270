"""The equated days known when the portal shipped."""

from typing import ClassVar

from django.db import migrations

from jbn_oversight.statutory_days.reference import load


class Migration(migrations.Migration):
    """Load the reference data; going back leaves it."""

    dependencies: ClassVar = [("statutory_days", "0001_initial")]
    operations: ClassVar = [
        migrations.RunPython(lambda apps, editor: load(apps), migrations.RunPython.noop)
    ]
