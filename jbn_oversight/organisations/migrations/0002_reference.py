"""The organisations of the north."""

from django.db import migrations

from jbn_oversight.organisations.reference import load


class Migration(migrations.Migration):
    """Load the reference data; going back leaves it."""

    dependencies = [("organisations", "0001_initial"), ("accounts", "0001_initial")]
    operations = [
        migrations.RunPython(lambda apps, editor: load(apps), migrations.RunPython.noop)
    ]
