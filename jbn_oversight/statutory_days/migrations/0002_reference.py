"""The equated days known when the portal shipped."""

from django.db import migrations

from jbn_oversight.statutory_days.reference import load


class Migration(migrations.Migration):
    """Load the reference data; going back leaves it."""

    dependencies = [("statutory_days", "0001_initial")]
    operations = [
        migrations.RunPython(lambda apps, editor: load(apps), migrations.RunPython.noop)
    ]
