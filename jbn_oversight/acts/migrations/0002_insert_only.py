"""Rows that are never changed or removed."""

from typing import ClassVar

from django.db import migrations

from jbn_oversight.database import InsertOnly


class Migration(migrations.Migration):
    """Triggers of the database, whoever writes and however."""

    dependencies: ClassVar = [("acts", "0001_initial")]
    operations: ClassVar = [
        InsertOnly("acts_recordedact"),
    ]
