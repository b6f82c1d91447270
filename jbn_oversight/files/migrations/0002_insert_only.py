"""Rows of stored files never change."""

from django.db import migrations

from jbn_oversight.database import InsertOnly


class Migration(migrations.Migration):
    """The database refuses."""

    dependencies = [("files", "0001_initial")]
    operations = [InsertOnly("files_storedfile")]
