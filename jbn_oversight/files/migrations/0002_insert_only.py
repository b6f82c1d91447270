"""Rows that are never changed or removed; ``closes`` names what may once be filled."""

from typing import ClassVar

from django.db import migrations

from jbn_oversight.database import InsertOnly


class Migration(migrations.Migration):
    """Triggers of the database, whoever writes and however."""

    dependencies: ClassVar = [("files", "0001_initial")]
    operations: ClassVar = [
        InsertOnly("files_storedfile"),
    ]
